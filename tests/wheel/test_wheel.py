"""The wheel holds all that is needed: it is installed outside the checkout, loaded, asked and served."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest

from standards_graph import queries
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built with what is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(ROOT)], check=True, cwd=folder)
    return next(folder.glob("standards_graph-*.whl"))


@pytest.fixture(scope="module")
def held(wheel: Path) -> set[str]:
    """The names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as file:
        return set(file.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of a fresh environment that holds the wheel; its dependencies are those of this environment."""
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    packages = next(home.glob("lib/python*/site-packages"))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(home / "bin/python"), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", "--ignore-installed", str(wheel)], check=True, cwd=home)
    return home / "bin"


@pytest.fixture(scope="module")
def environment(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the installed program is told; its data folder is loaded."""
    folder = tmp_path_factory.mktemp("data")
    told = {"PATH": f"{installed}:/usr/bin:/bin", "STANDARDS_GRAPH_HOME": str(folder / "registry"), "HOME": str(folder)}
    subprocess.run([str(installed / "standards-graph"), "load"], env=told, cwd=folder, check=True, timeout=300)
    return told


def test_the_ontology_and_the_data_are_bundled(held: set[str]) -> None:
    for folder in ("ontology", "data"):
        wanted = {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert wanted
        assert {f"standards_graph/_bundled/{name}" for name in wanted} <= held


def test_the_queries_and_templates_are_in_the_wheel(held: set[str]) -> None:
    kinds = ("standards_graph/**/*.rq", "webapp/**/*.html", "standards_graph/**/*.py", "webapp/**/*.py")
    wanted = {str(path.relative_to(ROOT)) for kind in kinds for path in ROOT.glob(kind)}
    assert {name for name in wanted if "/node_modules/" not in name and "/frontend/" not in name} <= held


def test_every_file_of_the_asset_manifest_is_in_the_wheel(held: set[str]) -> None:
    manifest = json.loads((ROOT / "webapp/static/dist/manifest.json").read_text("utf-8"))
    assert manifest
    built = {f"webapp/static/dist/{path.name}" for path in (ROOT / "webapp/static/dist").iterdir() if path.is_file()}
    assert built <= held
    assert not [name for name in held if "node_modules" in name]


def test_the_licences_are_in_the_wheel(held: set[str]) -> None:
    assert {name.rpartition("/")[2] for name in held} >= {"LICENSE", "CC0-1.0.txt", "CC-BY-4.0.txt"}


def test_the_installed_program_answers_a_question(environment: dict[str, str], installed: Path) -> None:
    name = queries.questions()[0]
    command = [str(installed / "standards-graph"), "questions", name, "--format", "json"]
    done = subprocess.run(command, env=environment, cwd=environment["HOME"], capture_output=True, check=True, timeout=60)
    assert json.loads(done.stdout)["results"]["bindings"]


def test_the_installed_program_runs_from_the_wheel_and_not_from_the_checkout(installed: Path) -> None:
    told = "import standards_graph, webapp; print(standards_graph.__file__, webapp.__file__)"
    done = subprocess.run([str(installed / "python"), "-c", told], capture_output=True, text=True, check=True, cwd="/")
    assert str(ROOT) + "/" not in done.stdout


@pytest.fixture
def address(environment: dict[str, str], installed: Path) -> Iterator[str]:
    """The address of the installed service, ready."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(installed / "standards-graph"), "serve", "--port", str(port)]
    service = subprocess.Popen(command, env=environment, cwd=environment["HOME"], stderr=subprocess.DEVNULL)
    try:
        yield ready(f"http://127.0.0.1:{port}", service)
    finally:
        service.terminate()
        assert service.wait(60) == 0


def ready(address: str, service: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and service.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):
                return address
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError("The installed service did not become ready.")


def test_the_installed_service_gives_styled_pages(address: str) -> None:
    with urllib.request.urlopen(f"{address}/", timeout=10) as page:
        text = page.read().decode()
    style = re.search(r'<link[^>]*href="([^"]+\.css)"', text)
    assert style
    with urllib.request.urlopen(address + style[1], timeout=10) as sheet:
        assert sheet.headers.get_content_type() == "text/css"
        assert len(sheet.read()) > 1000
