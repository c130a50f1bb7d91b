"""The built styles and scripts: complete, small, ours alone, the same at every build."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import hatch_build
from standards_graph.errors import Misconfigured
from tests.conftest import ROOT
from webapp.assets import DIST, FOREVER, Assets, built

FRONT = ROOT / "webapp" / "frontend"
TEMPLATES = sorted((ROOT / "webapp" / "templates").rglob("*.html"))
OWN = sorted(path for path in (FRONT / "src").iterdir() if path.suffix in {".scss", ".js"})
LOADS = re.compile(
    r"""(?:src|srcset|poster)\s*=\s*["']?\s*(?:https?:)?//            # scripts, images
      | <link\b(?![^>]*rel="(?:canonical|alternate)")[^>]*href\s*=\s*["']?(?:https?:)?//
      | url\(\s*["']?(?:https?:)?//                                   # fonts and images of a style
      | @import\s+["'](?:https?:)?//
    """,
    re.X,
)


def test_every_file_of_the_manifest_is_there_plain_and_packed() -> None:
    for file in built().names.values():
        plain = (DIST / file).read_bytes()
        assert gzip.decompress((DIST / f"{file}.gz").read_bytes()) == plain
        assert (DIST / f"{file}.br").stat().st_size < len(plain)


def test_scripts_and_styles_of_the_core_pages_are_within_their_budgets() -> None:
    size = {name: len(gzip.compress((DIST / file).read_bytes())) for name, file in built().names.items()}
    assert size["site.js"] <= 45_000
    assert size["site.css"] <= 20_000
    assert size["query.css"] <= 20_000


def test_a_file_is_served_packed_and_for_ever(pages: FlaskClient) -> None:
    address = built().address("site.css")
    for coding in ("br", "gzip"):
        answer = pages.get(address, headers={"Accept-Encoding": f"{coding}, identity;q=0.5"})
        assert answer.headers["Content-Encoding"] == coding
        assert answer.headers["Cache-Control"] == FOREVER
    plain = pages.get(address)
    assert "Content-Encoding" not in plain.headers
    assert plain.data == (DIST / built().names["site.css"]).read_bytes()
    assert plain.content_type == "text/css; charset=utf-8"
    assert pages.get(address, headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", ["none.css", "manifest.json", "..%2F..%2Fassets.py", "site.css"])
def test_only_files_of_the_manifest_are_served(pages: FlaskClient, name: str) -> None:
    assert pages.get(f"/static/dist/{name}").status_code == 404


def test_without_a_build_the_error_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="pip install"):
        Assets.read(tmp_path)


def test_a_name_that_the_build_did_not_make_is_told_at_once() -> None:
    with pytest.raises(Misconfigured, match=r"made no nothing\.css"):
        built().address("nothing.css")


@pytest.mark.parametrize("path", [*TEMPLATES, *OWN], ids=lambda path: path.name)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    assert not LOADS.findall(path.read_text("utf-8"))


def test_the_built_files_load_nothing_from_elsewhere() -> None:
    for name in ("site.css", "query.css", "site.js", "query.js", "favicon.svg"):
        assert not LOADS.findall((DIST / built().names[name]).read_text("utf-8")), name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "webapp" / "templates")))
def test_templates_have_neither_style_attributes_nor_scripts_of_their_own(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.S)
    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']|javascript:|\|\s*safe\b", text)
    assert all('src="' in tag or 'type="application/json"' in tag for tag in re.findall(r"<script\b[^>]*>", text))


def test_the_lock_file_has_digests_and_no_addresses() -> None:
    packages = json.loads((FRONT / "package-lock.json").read_text("utf-8"))["packages"]
    others = {path: one for path, one in packages.items() if path}
    assert all(one["integrity"].startswith("sha512-") for one in others.values())
    assert not any("resolved" in one for one in others.values())
    given = json.loads((FRONT / "package.json").read_text("utf-8"))
    assert all(
        re.fullmatch(r"\d+\.\d+\.\d+", version)
        for kind in ("dependencies", "devDependencies")
        for version in given[kind].values()
    )


def test_the_licences_of_all_that_is_shipped_stand_beside_it() -> None:
    told = (DIST / built().names["third-party-licences.txt"]).read_text("utf-8")
    packages = json.loads((FRONT / "package-lock.json").read_text("utf-8"))["packages"]
    shipped = {path.rpartition("node_modules/")[2] for path, one in packages.items() if path and not one.get("dev")}
    assert all(re.search(rf"^{re.escape(name)} \d", told, re.M) for name in shipped if not name.startswith("@types/"))


def test_a_second_build_gives_the_same_bytes(tmp_path: Path) -> None:
    node, _ = hatch_build.tools()
    subprocess.run([node, "build.mjs", str(tmp_path)], cwd=FRONT, check=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in DIST.iterdir() if path.name != "sources.sha256"
    }


def test_the_hook_leaves_a_build_alone_whose_sources_have_not_changed(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    (tmp_path / "sources.sha256").write_text(hatch_build.digest(FRONT), "utf-8")
    assert hatch_build.build(FRONT, tmp_path) is False


def test_any_change_of_a_source_asks_for_a_new_build(tmp_path: Path) -> None:
    copy = tmp_path / "frontend"
    shutil.copytree(FRONT, copy, ignore=shutil.ignore_patterns("node_modules"))
    before = hatch_build.digest(copy)
    assert before == hatch_build.digest(FRONT)
    (copy / "src" / "site.js").write_text("// other", "utf-8")
    assert hatch_build.digest(copy) != before


def test_the_hook_says_in_one_sentence_that_the_network_is_missing() -> None:
    told = hatch_build.explained("npm ci", "npm error code ECONNREFUSED\nnpm error a long story")
    assert told.count("\n") == 0
    assert "registry cannot be reached" in told
    assert "a long story" in hatch_build.explained("npm ci", "npm error a long story")
