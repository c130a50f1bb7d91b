"""Acts of the European Union as EUR-Lex publishes them: recitals, chapters, articles, paragraphs and annexes of the page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.codes.papers import LAWS, Paper, law
from standards_graph.importing.facts import Facts
from standards_graph.importing.packing import opened, plain_name
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, SGO

REUSE = "https://eur-lex.europa.eu/eli/dec/2011/833/oj"
"""The Commission's decision on the reuse of its documents, under which EUR-Lex offers its texts."""

ENDINGS = (".html", ".htm", ".xhtml")
KINDS = {"reg": "Regulation (EU)", "dir": "Directive (EU)", "dec": "Decision (EU)"}

_ADDRESS = re.compile(r"https?://(?:eur-lex|data)\.europa\.eu/eli/(reg|dir|dec)/(\d{4})/(\d+)/oj")
_PARAGRAPH = re.compile(r"(\d{3})\.(\d{3})")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ROMAN = r"[IVXLC]+"
_IDS = (
    (re.compile(r"rct_(\d+)"), "Recital {0}"),
    (re.compile(rf"cpt_({_ROMAN})"), "Chapter {0}"),
    (re.compile(rf"cpt_({_ROMAN})\.sct_(\d+)"), "Chapter {0} section {1}"),
    (re.compile(r"art_(\d+[a-z]?)"), "Article {0}"),
    (re.compile(rf"anx_({_ROMAN})"), "Annex {0}"),
)
"""Ids of the parts of an act, and what the part is called."""

_TITLES = {"oj-sti-art", "oj-ti-section-2", "oj-doc-ti"}
"""Classes of paragraphs that hold the title of a part; an annex has its number in one of these too."""


@dataclass(slots=True)
class Part:
    """A part of the act: its id on the page, its number, title and words."""

    id: str
    number: str
    depth: int
    title: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The title in one line; one edition of the AI Act has a stray backtick in the title of its first article."""
        lines = [" ".join(one.split()) for one in self.title]
        return " ".join(one for one in lines if one and not re.fullmatch(rf"ANNEX\s+{_ROMAN}", one)).strip("` ")

    @property
    def text(self) -> str:
        """The words in one line."""
        return " ".join("".join(self.words).split())


class EurLex:
    """Reads the page of an act."""

    name = "eur-lex"
    title = "Act of the European Union (EUR-Lex)"
    description = (
        "The page of an act as EUR-Lex publishes it (.html): recitals, chapters, articles, numbered paragraphs and annexes "
        "with their titles. Each act fills a graph of its own. The wording is left out unless it is asked for."
    )
    licence = REUSE

    def __init__(self, *, texts: bool = False) -> None:
        self._texts = texts

    def with_texts(self) -> EurLex:
        """The same, which takes in the words of recitals and paragraphs."""
        return EurLex(texts=True)

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file is a page with the address of an act."""
        return plain_name(path).endswith(ENDINGS) and bool(_ADDRESS.search(beginning))

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills: one for each act."""
        with opened(path) as stream:
            return f"source/{self.name}/{_paper(stream.read(20_000).decode('utf-8', 'replace'), path)[0].slug}"

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The act and its parts in the order of the page."""
        page = _Page()
        with opened(path) as stream:
            text = io.TextIOWrapper(stream, "utf-8", errors="replace")
            begins = text.read(20_000)
            paper, address = _paper(begins, path)
            page.feed(begins)
            while chunk := text.read(1 << 20):
                page.feed(chunk)
        page.close()
        if not page.parts:
            raise UnreadableFile("the page has no articles with ids; save the page of the act as HTML", source=str(path))
        yield from saying.file_record(graph, path, url=address, licence=NamedNode(REUSE), release=page.day)
        facts = _record(graph, address)
        paper.say(facts)
        yield from facts.quads()
        for part in page.parts:
            if not _is_printed(part):
                continue
            yield ROW
            facts = _record(graph, f"{address}#{part.id}")
            iri = paper.provision(facts, part.number, saying.english(part.heading) if part.heading else None)
            if self._texts and part.text:
                facts.say(iri, DCTERMS.description, saying.english(part.text))
            yield from facts.quads()
        yield from self._left(page, path)

    def _left(self, page: _Page, path: Path) -> Iterator[Finding]:
        unnumbered = sum(1 for part in page.parts if not _is_printed(part))
        if unnumbered:
            message = "Paragraphs that the act does not number are left out."
            yield Finding("eur-lex-unnumbered", "", message, Severity.INFO, source=str(path), value=str(unnumbered))
        if not self._texts:
            message = "The wording of the act is left out; it is taken in only if asked for."
            yield Finding("eur-lex-texts", "", message, Severity.INFO, source=str(path))


def _is_printed(part: Part) -> bool:
    """Whether the act itself prints the number: a paragraph begins with it."""
    found = _PARAGRAPH.fullmatch(part.id)
    return not found or part.text.startswith(f"{int(found[2])}.")


def _paper(text: str, path: Path) -> tuple[Paper, str]:
    """The act that a page is of, and its address."""
    found = _ADDRESS.search(text)
    if not found:
        raise UnreadableFile("the page does not say which act it is; save the page of an act of EUR-Lex", source=str(path))
    slug, address = f"eu-{found[2]}-{found[3]}", found[0].replace("http://data", "https://eur-lex")
    citation = f"{KINDS[found[1]]} {found[2]}/{found[3]}"
    return LAWS.get(slug) or law(slug, citation, type_=SGO.RegulatoryInstrument), f"{address}/eng"


def _record(graph: NamedNode, address: str) -> Facts:
    return saying.record(
        graph,
        url=address,
        date="",
        key=f"{EurLex.name}#{address.rpartition('#')[2]}",
        level="source-read",
        licence=NamedNode(REUSE),
        printed=None,
    )


class _Page(HTMLParser):
    """The parts of a page as they are met; what is inside a part is told to it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Part] = []
        self.day = ""
        self._open: list[Part] = []
        self._depth = 0
        self._title = self._is_date = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "div":
            self._depth += 1
            self._begin(told.get("id") or "")
        elif tag == "p":
            kind = told.get("class") or ""
            self._title, self._is_date = kind in _TITLES, kind == "oj-hd-date"
            if self._title and self._open:
                self._open[-1].title.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._title = self._is_date = False
        elif tag == "div":
            if self._open and self._open[-1].depth == self._depth:
                self._open.pop()
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._is_date and not self.day and (found := _DAY.search(data)):
            self.day = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
        if self._open:
            if self._title and self._open[-1].title:
                self._open[-1].title[-1] += data
            else:
                self._open[-1].words.append(data)

    def _begin(self, id_: str) -> None:
        number = self._number(id_)
        if number:
            part = Part(id_, number, self._depth)
            self.parts.append(part)
            self._open.append(part)

    def _number(self, id_: str) -> str:
        if found := _PARAGRAPH.fullmatch(id_):
            return f"Article {int(found[1])}({int(found[2])})"
        for pattern, called in _IDS:
            if found := pattern.fullmatch(id_):
                return called.format(*found.groups())
        return ""
