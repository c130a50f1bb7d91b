"""Reading a foreign file: this is what runs in the confined process."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from standards_graph.errors import UnreadableFile
from standards_graph.importing.base import importer
from standards_graph.model.findings import Finding, Report

FUNCTION = f"{__name__}:read"
"""The name by which the confined process finds ``read``."""


def argument(source: str, paths: list[Path], graph: NamedNode) -> bytes:
    """What ``read`` takes."""
    return json.dumps({"source": source, "paths": [str(path) for path in paths], "graph": graph.value}).encode()


def read(told: bytes) -> bytes:
    """A line with the findings, then the quads of the files as N-Quads; raises UnreadableFile with the place."""
    asked = json.loads(told)
    reader, graph = importer(asked["source"]), NamedNode(asked["graph"])
    findings: list[Finding] = []
    quads: list[Quad] = []
    for path in asked["paths"]:
        for one in reader.read(_readable(Path(path)), graph):
            if isinstance(one, Finding):
                findings.append(one)
            elif isinstance(one, Quad):
                quads.append(one)
    head = json.dumps(Report(tuple(findings)).records()).encode()
    return head + b"\n" + (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")


def outcome(told: bytes) -> tuple[tuple[Quad, ...], Report]:
    """The quads and the findings that ``read`` gave."""
    head, _, body = told.partition(b"\n")
    return tuple(ox.parse(body, format=ox.RdfFormat.N_QUADS)), Report.of_records(json.loads(head))


def _readable(path: Path) -> Path:
    if not path.is_file():
        raise UnreadableFile("there is no such file", source=str(path))
    return path
