"""The layering contracts speak of every room and every library."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from tests.conftest import ROOT

TOLD = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONTRACTS: list[dict[str, Any]] = TOLD["tool"]["importlinter"]["contracts"]
OPEN_TO_PAGES = {"desk", "registry", "settings", "model", "errors", "vocab"}
RUN_AS_MODULES = {"granian"}
IMPORT_NAMES = {"pyyaml": "yaml", "sparqlwrapper": "SPARQLWrapper"}


def rooms() -> set[str]:
    """Modules and packages directly under the library."""
    folder = ROOT / "standards_graph"
    packages = {path.parent.name for path in folder.glob("*/__init__.py") if path.parent.name != "_bundled"}
    return packages | {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}


def test_every_room_is_either_open_or_closed_to_pages() -> None:
    contract = next(one for one in CONTRACTS if one.get("source_modules") == ["webapp"])
    closed = {name.removeprefix("standards_graph.") for name in contract["forbidden_modules"]}
    assert closed | OPEN_TO_PAGES == rooms()
    assert not closed & OPEN_TO_PAGES


def library_names() -> list[str]:
    return [re.split(r"[<>=!~ \[]", one)[0] for one in TOLD["project"]["dependencies"]]


@pytest.mark.parametrize("name", library_names())
def test_every_dependency_is_used(name: str) -> None:
    if name in RUN_AS_MODULES:
        wanted = re.compile(rf"\"-m\", \"{name}\"")
    else:
        wanted = re.compile(rf"^\s*(import|from) {IMPORT_NAMES.get(name, name)}\b", re.M)
    files = [path for folder in ("standards_graph", "webapp") for path in (ROOT / folder).rglob("*.py")]
    assert any(wanted.search(path.read_text("utf-8")) for path in files if "node_modules" not in path.parts)
