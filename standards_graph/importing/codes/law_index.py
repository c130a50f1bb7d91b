"""Laws on devices that somebody cut into one file for each article or part: their index, or the archive with the files."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.codes.eurlex import REUSE
from standards_graph.importing.codes.papers import FDC_ACT, MDR, QMSR, Paper, law
from standards_graph.importing.codes.values import objects
from standards_graph.importing.facts import Facts
from standards_graph.importing.packing import beginning, members, plain_name
from standards_graph.model import dates
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, SGO

PUBLIC_DOMAIN = "https://www.usa.gov/government-works"
ENDINGS = (".yaml", ".yml", ".tar")

INSTRUMENTS: Mapping[str, tuple[str, str]] = {
    "MDR": (MDR.slug, REUSE),
    "21 CFR": ("us-21-cfr", PUBLIC_DOMAIN),
    "FD&C Act": (FDC_ACT.slug, PUBLIC_DOMAIN),
}
"""What an index calls the law, and the last part of the name of the graph that it fills; the licence of the text."""

_YEAR = re.compile(r"(?:CFR|USCODE)-((?:19|20)\d{2})\b")
_PART = re.compile(r"Part (\d+)")
_SECTION = re.compile(r"21 U\.S\.C\. § ?(\d+[a-z]*(?:[-–]\d+[a-z]*)*)")
_EFFECTIVE = re.compile(r"\s*\(EFF\. (\d{1,2})-(\d{1,2})-(\d{2})\)")
_HEADING = re.compile(r"###\s+§\s+(\d+\.\d+[a-z]?)\s+(.*)")
_HEADINGS = re.compile(r"###\s+§")
_NAMED = re.compile(r"(Article \d+|Annex [IVXLC]+)")


@dataclass(slots=True)
class Index:
    """The index of one law."""

    path: Path
    instrument: str
    address: str
    year: str
    chunks: tuple[Mapping[str, Any], ...]

    @property
    def licence(self) -> NamedNode:
        """The licence of the text."""
        return NamedNode(INSTRUMENTS[self.instrument][1])

    def effective(self, part: str) -> dt.date | None:
        """The day from which a later text of a part is in force, where the file has both texts."""
        days = [day for one in self.chunks if one.get("id") == f"Part {part}" and (day := _day(str(one.get("title"))))]
        return days[0] if days else None


class LawIndex:
    """Reads an index, and from an archive the headings of sections too."""

    name = "law-index"
    title = "Law cut into files (MDR, 21 CFR, FD&C Act)"
    description = (
        "The index (.yaml) of a law that was cut into one file for each article or part, or the archive (.tar.xz) of these "
        "files: articles, annexes, parts and sections with their headings, in the edition that the file names."
    )
    licence = PUBLIC_DOMAIN

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file is such an index, or an archive that begins with one."""
        told = plain_name(path).endswith(ENDINGS) and all(f"\n{word}:" in beginning for word in ("total_chunks", "chunks"))
        return told and beginning.startswith("instrument:")

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills: one for each law."""
        found = re.match(r'instrument: *"?([^"\n]+)"?', beginning(path))
        if not found or found[1] not in INSTRUMENTS:
            raise UnreadableFile(f"the law is none of {', '.join(INSTRUMENTS)}", source=str(path))
        return f"source/{self.name}/{INSTRUMENTS[found[1]][0]}"

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The law and its numbered parts in the order of the index, then sections in the order of the files."""
        index: Index | None = None
        reserved = 0
        for name, stream in members(path):
            if index is None:
                index = _index(path, stream)
                yield from saying.file_record(graph, path, url=index.address, licence=index.licence, release=index.year)
                yield from _chunks(index, graph)
            elif index.instrument == "21 CFR":
                for told in _sections(index, Path(name).name, stream, graph):
                    reserved += told is None
                    if told is not None:
                        yield told
        if reserved:
            message = "Sections that are reserved, and ranges of sections, are left out."
            yield Finding("law-index-reserved", "", message, Severity.INFO, source=str(path), value=str(reserved))


def _index(path: Path, stream: BinaryIO) -> Index:
    found = plain.from_yaml(stream.read(), source=str(path))
    if (
        not isinstance(found, dict)
        or str(found.get("instrument")) not in INSTRUMENTS
        or not isinstance(found.get("chunks"), list)
    ):
        told = f"the file is no index of one of {', '.join(INSTRUMENTS)}: instrument and chunks are missing"
        raise UnreadableFile(told, source=str(path))
    year = _YEAR.search(str(found.get("source_file")))
    chunks = tuple(objects(found["chunks"], "chunks", path))
    return Index(path, found["instrument"], str(found.get("source_url")), year[1] if year else "", chunks)


def _day(title: str) -> dt.date | None:
    found = _EFFECTIVE.search(title)
    return dt.date(2000 + int(found[3]), int(found[1]), int(found[2])) if found else None


def _chunks(index: Index, graph: NamedNode) -> Iterator[Told]:
    if index.instrument != "21 CFR":
        paper = MDR if index.instrument == "MDR" else FDC_ACT
        whole = _record(index, graph, index.instrument)
        paper.say(whole)
        yield from whole.quads()
    for line, chunk in enumerate(index.chunks, start=1):
        yield ROW
        facts = _record(index, graph, f"{index.instrument}#{chunk.get('file')}")
        if index.instrument == "21 CFR" and (found := _PART.fullmatch(str(chunk.get("id")))):
            yield from _part(index, chunk, found[1], facts, line)
        elif number := _number(" ".join(str(chunk.get("id") or "").split())):
            paper.provision(facts, number, saying.english(str(chunk["title"])) if chunk.get("title") else None)
            yield from facts.quads()
        elif chunk.get("type") not in ("PREAMBLE", "RECITALS"):
            message = "The entry is left out: its id is no number of this law."
            yield Finding(
                "law-index-number", "", message, source=str(index.path), line=line, column="id", value=str(chunk.get("id"))
            )


def _number(text: str) -> str:
    """The number of a part as the registry writes it; sections of the code are not those of the Act."""
    if _NAMED.fullmatch(text):
        return text
    found = _SECTION.fullmatch(text)
    return f"USC {found[1]}" if found else ""


def _part(index: Index, chunk: Mapping[str, Any], part: str, facts: Facts, line: int) -> Iterator[Told]:
    paper, day = _paper(index, part, str(chunk.get("file"))), index.effective(part)
    paper.say(facts)
    if paper.type_:
        facts.say(paper.iri, SGO.officialIdentifier, Literal(f"21 CFR part {part}"))
        facts.say(paper.iri, SGO.appliesIn, vocab.entity("jurisdiction", "us"))
        facts.say(paper.iri, SGO.hasInstrumentKind, vocab.concept("instrument-kind", "federal-regulation"))
        facts.say(paper.iri, DCTERMS.title, saying.english(_EFFECTIVE.sub("", str(chunk.get("title")))))
    if day and not _day(str(chunk.get("title"))):
        facts.say(paper.iri, SGO.validUntil, dates.day(day))
        facts.say(paper.iri, DCTERMS.isVersionOf, law(f"us-21-cfr-{part}", "").iri)
        message = f"This text of part {part} is the one before {day}; it is kept apart from the one in force since."
        yield Finding(
            "law-index-former", paper.iri.value, message, Severity.WARNING, source=str(index.path), line=line, value=index.year
        )
    yield from facts.quads()


def _paper(index: Index, part: str, file: str) -> Paper:
    """The part of the code as a law: the text in force, and where a file has a former text too, that one with its year."""
    chunk = next((one for one in index.chunks if one.get("file") == file), {})
    if index.effective(part) and not _day(str(chunk.get("title"))):
        name = f"21 CFR part {part} (edition {index.year})"
        return law(f"us-21-cfr-{part}-{index.year}", name, SGO.RegulatoryInstrument)
    slug = f"us-21-cfr-{part}"
    return QMSR if slug == QMSR.slug else law(slug, f"21 CFR part {part}", SGO.RegulatoryInstrument)


def _sections(index: Index, file: str, stream: BinaryIO, graph: NamedNode) -> Iterator[Told | None]:
    """The sections of one part; None for what is left out."""
    met: set[str] = set()
    chunk = next((one for one in index.chunks if one.get("file") == file), {})
    former = not _EFFECTIVE.search(str(chunk.get("title")))
    for text in io.TextIOWrapper(stream, "utf-8", errors="replace"):
        if former and text.startswith("#") and _EFFECTIVE.search(text):
            return  # the later text, which has a file of its own
        if not _HEADINGS.match(text):
            continue
        yield ROW
        found = _HEADING.match(text.strip())
        if not found or "[Reserved]" in found[2] or found[1] in met:
            yield None
            continue
        met.add(found[1])
        facts = _record(index, graph, f"{file}#{found[1]}")
        paper = _paper(index, found[1].partition(".")[0], file)
        heading = found[2].strip().rstrip(".")
        paper.provision(facts, f"21 CFR {found[1]}", saying.english(heading) if heading else None)
        yield from facts.quads()


def _record(index: Index, graph: NamedNode, key: str) -> Facts:
    return saying.record(
        graph,
        url=index.address,
        date="",
        key=f"{LawIndex.name}#{key}",
        level="source-read",
        licence=index.licence,
        printed=dates.printed(index.year) if index.year else None,
    )
