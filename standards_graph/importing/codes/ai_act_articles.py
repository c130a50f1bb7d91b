"""The articles of the AI Act as a JSON file that was cut from the page of EUR-Lex."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.codes.eurlex import REUSE
from standards_graph.importing.codes.papers import AI_ACT
from standards_graph.importing.facts import Facts
from standards_graph.importing.forms import document
from standards_graph.importing.packing import plain_name
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS

PAGE = "https://eur-lex.europa.eu/eli/reg/2024/1689/oj/eng"

_TITLE = re.compile(r"Article\s+(\d+)\s*(?:[—–-]\s*(.*))?", re.S)
_ID = re.compile(r"Art(\d+)")


class AiActArticles:
    """Reads the articles."""

    name = "ai-act-articles"
    title = "Articles of the AI Act (JSON)"
    description = (
        "The articles of Regulation (EU) 2024/1689 as a list of objects with local_id, title and text, cut from the page of "
        "EUR-Lex. The wording is left out unless it is asked for."
    )
    licence = REUSE

    def __init__(self, *, texts: bool = False) -> None:
        self._texts = texts

    def with_texts(self) -> AiActArticles:
        """The same, which takes in the words of each article."""
        return AiActArticles(texts=True)

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file is JSON of articles of this act."""
        return plain_name(path).endswith(".json") and '"local_id"' in beginning and '"eu_ai_act"' in beginning

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The articles in the order of the file, and what was found wrong."""
        rows = document(path)
        if not isinstance(rows, list) or not rows or not all(isinstance(one, dict) for one in rows):
            raise UnreadableFile("the file has to hold a list of articles", source=str(path))
        yield from saying.file_record(graph, path, url=PAGE, licence=NamedNode(REUSE))
        whole = _record(graph, PAGE, "")
        AI_ACT.say(whole)
        yield from whole.quads()
        met: set[str] = set()
        for line, row in enumerate(rows, start=1):
            yield ROW
            yield from self._article(row, line, path, graph, met)
        if not self._texts:
            message = "The wording of the articles is left out; it is taken in only if asked for."
            yield Finding("ai-act-texts", "", message, Severity.INFO, source=str(path), column="text")

    def _article(self, row: Mapping[str, Any], line: int, path: Path, graph: NamedNode, met: set[str]) -> Iterator[Told]:
        title, told = _TITLE.fullmatch(str(row.get("title", ""))), _ID.fullmatch(str(row.get("local_id", "")))
        if not title or not told or title[1] != told[1] or told[1] in met:
            message = "The article is left out: its number is missing, not that of its title, or there already."
            value = f"{row.get('local_id')}: {row.get('title')}"
            yield Finding("ai-act-number", "", message, source=str(path), line=line, column="local_id", value=value)
            return
        met.add(told[1])
        facts = _record(graph, f"{PAGE}#art_{told[1]}", told[0])
        printed = " ".join((title[2] or "").split())
        heading = printed.strip("` ")
        if heading != printed:
            message = "A stray backtick in the title is left out."
            yield Finding(
                "ai-act-backtick", "", message, Severity.INFO, source=str(path), line=line, column="title", value=printed
            )
        iri = AI_ACT.provision(facts, f"Article {told[1]}", saying.english(heading) if heading else None)
        words = " ".join(str(row.get("text") or "").split())
        facts.say(iri, DCTERMS.description, saying.english(words) if self._texts and words else None)
        yield from facts.quads()


def _record(graph: NamedNode, url: str, row: str) -> Facts:
    return saying.record(
        graph,
        url=url,
        date="",
        key=f"{AiActArticles.name}#{row}",
        level="source-read",
        licence=NamedNode(REUSE),
        printed=None,
    )
