"""The six syntaxes of RDF: which one a file is in, and its statements as the engine reads them, within bounds."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing
from standards_graph.importing.own import markup
from standards_graph.importing.packing import opened, plain_name

SYNTAXES = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
"""By the endings of names of files."""
UNSURE = (".owl", ".xml", ".json", ".rdfs")
"""Endings that say too little: what the file begins with decides."""
MOST_LEVELS = 200
"""How deep statements about statements may be nested; the engine dies of very many."""
NOWHERE = "https://base.invalid/"
"""What addresses without a base are completed with where the engine would leave their statements out without a word."""

_LEVELS = re.compile(rb"<<|>>")
_BEGINNINGS = (
    (re.compile(r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE rdf:RDF|<rdf:RDF)", re.S), RdfFormat.RDF_XML),
    (re.compile(r"\s*(#[^\n]*\n\s*)*(@prefix|@base|PREFIX|BASE)\s", re.I), RdfFormat.TURTLE),
    (re.compile(r'\s*[\[{].*?"@(context|graph|id)"', re.S), RdfFormat.JSON_LD),
)


def of(path: Path, beginning: str) -> RdfFormat | None:
    """The syntax of a file, by its name or else by what it begins with; None where it is no RDF."""
    ending = Path(_name(path)).suffix
    if ending in UNSURE:
        return next((syntax for form, syntax in _BEGINNINGS if form.match(beginning)), None)
    return SYNTAXES.get(ending)


def stem(path: Path) -> str:
    """The name of a file without endings of syntax and packing."""
    name = plain_name(path)
    return next((name.removesuffix(one) for one in (*SYNTAXES, *UNSURE) if name.endswith(one)), name)


def quads(path: Path, *, base: str | None = None) -> Iterator[Quad]:
    """The statements of a file in its order, with its blank nodes and graphs; raises UnreadableFile with the place.

    ``base`` completes relative addresses of a file that names no base. Without one they are an error, except in JSON-LD: there
    they are completed with ``NOWHERE``, because the engine would leave out their statements without a word.
    """
    syntax = of(path, packing.beginning(path))
    if syntax is None:
        known = ", ".join(SYNTAXES)
        raise UnreadableFile(f"neither name nor beginning tells a syntax of RDF; use one of {known}", source=str(path))
    base = base or (NOWHERE if syntax == RdfFormat.JSON_LD else None)
    try:
        with _checked(path, syntax) as stream:
            yield from ox.parse(stream, format=syntax, base_iri=base)
    except SyntaxError as error:
        line = error.lineno or (_line(path, base) if syntax == RdfFormat.RDF_XML else None)
        raise UnreadableFile(_reason(error.msg), source=str(path), line=line) from error
    except ValueError as error:
        raise UnreadableFile(f"{error}; the file is not UTF-8 or not {syntax.name}", source=str(path)) from error


def is_nowhere(term: object) -> bool:
    """Whether an address had to be completed and could not be."""
    return isinstance(term, NamedNode) and term.value.startswith(NOWHERE)


@contextmanager
def _checked(path: Path, syntax: RdfFormat) -> Iterator[BinaryIO]:
    """The bytes for the engine."""
    if syntax == RdfFormat.RDF_XML:
        with opened(path) as stream:
            abbreviated = markup.has_doctype(path, stream)
        with opened(path) as stream:
            yield io.BytesIO(markup.written_out(path, stream.read(markup.MOST_IN_MEMORY + 1))) if abbreviated else stream
    elif syntax == RdfFormat.JSON_LD:
        with opened(path) as stream:
            yield io.BytesIO(markup.checked_json(path, stream))
    else:
        with opened(path) as stream:
            yield io.BufferedReader(_Shallow(path, stream), buffer_size=1 << 18)


def _line(path: Path, base: str | None) -> int | None:
    """The line of RDF/XML at which the engine gives up, which it does not say: how many it has read when given one by one."""
    with _checked(path, RdfFormat.RDF_XML) as stream:
        lines = _OneByOne(stream)
        try:
            for _ in ox.parse(cast(BinaryIO, lines), format=RdfFormat.RDF_XML, base_iri=base):
                pass
        except SyntaxError:
            return lines.count
    return None


class _OneByOne(io.RawIOBase):
    """A stream that gives one line at a time, and counts them."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._rest, self.count = stream, b"", 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = self._stream.readline()
            self.count += bool(self._rest)
        found, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(found)] = found
        return len(found)


class _Shallow(io.RawIOBase):
    """The bytes of a text, with an error where statements about statements are nested too deeply."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self._path, self._stream, self._levels, self._last = path, stream, 0, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = self._stream.read(len(buffer))
        for one in _LEVELS.findall(self._last + found):
            self._levels = max(0, self._levels + (1 if one == b"<<" else -1))
            if self._levels > MOST_LEVELS:
                reason = f"statements about statements are nested more than {MOST_LEVELS} deep, which is refused"
                raise UnreadableFile(reason, source=str(self._path))
        self._last = found[-1:] if found[-2:] not in (b"<<", b">>") else b""
        buffer[: len(found)] = found
        return len(found)


def _name(path: Path) -> str:
    """The name that tells the syntax: of the file, or of what is packed in an archive whose own name does not say it."""
    name = plain_name(path)
    if Path(name).suffix in (*SYNTAXES, *UNSURE) or path.suffix.lower() != ".zip":
        return name
    try:
        return next((inside.lower() for inside, _ in packing.members(path)), name)
    except UnreadableFile:
        return name


def _reason(text: str) -> str:
    """The engine's words without the place, and what to do where that is known."""
    told = text.partition(": ")[2] if text.startswith("Parser error at line ") else text
    told = re.sub(r" \(line \d+\)$", "", told)
    if "No scheme found" in told:
        return f"{told}; a relative address needs a base: write one in the file (@base, xml:base, @context)"
    return told
