"""Reading a foreign file: this is what runs in the confined process."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.importing.base import importer

FUNCTION = f"{__name__}:read"
"""The name by which the confined process finds ``read``."""


def argument(source: str, paths: list[Path], graph: NamedNode) -> bytes:
    """What ``read`` takes."""
    return json.dumps({"source": source, "paths": [str(path) for path in paths], "graph": graph.value}).encode()


def read(told: bytes) -> bytes:
    """The quads of the files as N-Quads; raises UnreadableFile with the place."""
    asked = json.loads(told)
    reader, graph = importer(asked["source"]), NamedNode(asked["graph"])
    quads = (quad for path in asked["paths"] for quad in reader.read(_readable(Path(path)), graph))
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _readable(path: Path) -> Path:
    if not path.is_file():
        raise UnreadableFile("there is no such file", source=str(path))
    return path
