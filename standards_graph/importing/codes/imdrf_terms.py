"""The terms by which adverse events of devices are reported: IMDRF's terminology, annexes A to G, as JSON."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.codes import concepts
from standards_graph.importing.forms import document
from standards_graph.importing.packing import plain_name
from standards_graph.model import dates
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, OWL, SKOS

PAGE = "https://www.imdrf.org/documents/terminologies-categorized-adverse-event-reporting-aer-terms-terminology-and-codes"
"""Where the terminology is published; it may be reproduced without restriction, as each document of IMDRF says of itself."""

ANNEXES: Mapping[str, str] = {
    "A": "Medical Device Problem",
    "B": "Type of Investigation",
    "C": "Investigation Findings",
    "D": "Investigation Conclusion",
    "E": "Health Effects: Clinical Signs and Symptoms or Conditions",
    "F": "Health Effects: Health Impact",
    "G": "Medical Device Component",
}
"""The annexes by the letter with which their codes begin."""

FOREIGN = ("Non-IMDRF Code/Term", "Non-IMDRF Code")
"""What the column with the code of another terminology is called; the second one in annex E alone."""

CATEGORIES = ("Primary Category", "Secondary Category")
NOT_SELECTABLE, RETIRED = "Not selectable", "Retired"

_CODE = re.compile(r"[A-G][0-9]{2,8}")
_DAY = re.compile(r"\b([0-9]{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? ((?:19|20)[0-9]{2})\b")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_INSTEAD = re.compile(r"[Pp]lease use [^()]*\(([A-G][0-9]{2,8})\)")


@dataclass(frozen=True, slots=True)
class Term:
    """One row: a code at one place of the hierarchy."""

    line: int
    code: str
    term: str
    definition: str
    path: tuple[str, ...]
    foreign: str
    categories: tuple[str, ...]
    states: tuple[tuple[str, str], ...]

    @property
    def changed(self) -> dt.date:
        """The day of the last change that the row tells of."""
        return max((day for _, note in self.states if (day := _day(note))), default=dt.date.min)

    @property
    def wording(self) -> tuple[str, ...]:
        """What two rows about one code should say alike."""
        return (self.term, self.definition, self.foreign)


class ImdrfTerms:
    """Reads the annexes, one file each or all in one."""

    name = "imdrf-aer-terms"
    title = "IMDRF adverse event terminology"
    description = (
        "The terms and codes of the International Medical Device Regulators Forum for categorised adverse event reporting, "
        "annexes A to G, as JSON: one file for each annex or all in one. Import all annexes together."
    )
    licence = PAGE

    def __init__(self, *, texts: bool = False) -> None:
        self._texts = texts

    def with_texts(self) -> ImdrfTerms:
        """The same, which takes the terms of MedDRA in that stand beside its codes: they are licensed."""
        return ImdrfTerms(texts=True)

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file is JSON with the columns of the annexes."""
        return plain_name(path).endswith(".json") and all(
            f'"{word}"' in beginning for word in ("CodeHierarchy", "Status Description", "term")
        )

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """A scheme for each annex and its codes, in the order of the file, and what was found wrong."""
        found: list[Finding] = []
        terms: dict[str, list[Term]] = defaultdict(list)
        for line, row in enumerate(_rows(path), start=1):
            yield ROW
            term = _term(row, line)
            if term is None:
                found.append(_left_out(path, line, row))
            else:
                terms[term.code].append(term)
        if not terms:
            raise UnreadableFile("the file has no term with a code; take the JSON of an annex", source=str(path))
        yield from saying.file_record(graph, path, url=PAGE, licence=NamedNode(PAGE))
        yield from self._quads(terms, graph)
        yield from found
        yield from _checked(terms, path)
        foreign = sum(1 for rows in terms.values() if rows[0].foreign.count(":") > 1)
        if foreign and not self._texts:
            message = "Terms of MedDRA are left out, and their codes kept: they are licensed, and taken in only if asked for."
            yield Finding(
                "imdrf-meddra-terms", "", message, Severity.INFO, source=str(path), column=FOREIGN[1], value=str(foreign)
            )

    def _quads(self, terms: Mapping[str, Sequence[Term]], graph: NamedNode) -> Iterator[Quad]:
        told: set[str] = set()
        for code, rows in terms.items():
            facts = saying.record(
                graph,
                url=PAGE,
                date="",
                key=f"{self.name}#{code}",
                level="source-read",
                licence=NamedNode(PAGE),
                printed=None,
            )
            within = vocab.concept(_list(code))
            if code[0] not in told:
                told.add(code[0])
                label = f"IMDRF adverse event terms, annex {code[0]}: {ANNEXES[code[0]]}"
                concepts.scheme(facts, _list(code), label=label)
            _say(facts, rows, within, terms, texts=self._texts)
            yield from facts.quads()


def _rows(path: Path) -> Iterable[Mapping[str, Any]]:
    found = document(path)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UnreadableFile("the file has to hold a list of terms", source=str(path))
    return found


def _list(code: str) -> str:
    return f"imdrf-aer-{code[0].lower()}"


def iri(code: str) -> NamedNode:
    """The concept of a code: ``A0101`` is one of the list ``imdrf-aer-a``."""
    return vocab.concept(_list(code), code.lower())


def _term(row: Mapping[str, Any], line: int) -> Term | None:
    """The row in plain values; None where it has no code or no term."""

    def text(column: str) -> str:
        return " ".join(str(row.get(column) or "").split())

    if not _CODE.fullmatch(text("code")) or not text("term"):
        return None
    return Term(
        line,
        text("code"),
        text("term"),
        text("definition"),
        tuple(text("CodeHierarchy").split("|")),
        next((text(column) for column in FOREIGN if text(column)), ""),
        tuple(text(column) for column in CATEGORIES if text(column)),
        tuple(_states(text("Status"), text("Status Description"))),
    )


def _states(status: str, note: str) -> Iterator[tuple[str, str]]:
    """Each status with its own note: two of them are written with a slash between, and so are their notes."""
    states = status.split(" / ") if status else []
    notes = note.split(" / ") if len(states) > 1 else [note]
    for place, one in enumerate(states):
        yield one, notes[place] if len(notes) == len(states) else note


def _say(
    facts: saying.Facts, rows: Sequence[Term], within: NamedNode, known: Mapping[str, Sequence[Term]], *, texts: bool
) -> None:
    current = max(rows, key=lambda one: one.changed)
    above = dict.fromkeys(iri(row.path[-2]) for row in rows if len(row.path) > 1 and _sound(row, known))
    concept = concepts.code(facts, iri(current.code), label=current.term, within=within, above=above)
    facts.say(concept, SKOS.notation, Literal(current.code))
    facts.say(concept, SKOS.definition, saying.english(current.definition) if current.definition else None)
    others = dict.fromkeys(row.term for row in rows if row.term != current.term)
    facts.say(concept, SKOS.altLabel, *map(saying.english, others))
    for row in rows:
        facts.say(concept, SKOS.note, Literal(_foreign(row.foreign, texts=texts)) if row.foreign else None)
        for status, note in row.states:
            _state(facts, concept, status, note)


def _state(facts: saying.Facts, concept: NamedNode, status: str, note: str) -> None:
    told = saying.english(f"{status}: {note}" if note else status)
    day = _day(note)
    if status == NOT_SELECTABLE:
        facts.say(concept, SKOS.scopeNote, told)
        return
    facts.say(concept, SKOS.changeNote, told)
    facts.say(concept, DCTERMS.created if status == "New" else DCTERMS.modified, dates.day(day) if day else None)
    if status == RETIRED:
        facts.say(concept, OWL.deprecated, saying.yes(value=True))
        instead = _INSTEAD.search(note)
        facts.say(concept, DCTERMS.isReplacedBy, iri(instead[1]) if instead else None)


def _foreign(text: str, *, texts: bool) -> str:
    """``MedDRA:10049848:Balance disorder`` without the term, unless it was asked for."""
    return text if texts else ":".join(text.split(":")[:2])


def _day(note: str) -> dt.date | None:
    """The first day in a note; ``16 Feburary 2021`` is one, as printed."""
    found = _DAY.search(note)
    if not found:
        return None
    try:
        return dt.date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None


# --- what is wrong ---


def _sound(term: Term, known: Mapping[str, Sequence[Term]]) -> bool:
    """Whether the hierarchy ends with the code itself, and the code above it is in the file."""
    return term.path[-1] == term.code and (len(term.path) == 1 or term.path[-2] in known)


def _left_out(path: Path, line: int, row: Mapping[str, Any]) -> Finding:
    return Finding(
        "imdrf-no-code",
        "",
        "The row is left out: it has no code of the form A0101, or no term.",
        source=str(path),
        line=line,
        column="code",
        value=str(row.get("code", "")),
        remedy="Write the code and the term, or import with --leave-out.",
    )


def _checked(terms: Mapping[str, Sequence[Term]], path: Path) -> Iterator[Finding]:
    chapters = {code: rows[0].term for code, rows in terms.items()}
    for code, rows in terms.items():
        for row in rows:
            if not _sound(row, terms):
                message = "The place in the hierarchy is left out: it does not end with the code, or the code above is missing."
                yield _about(row, "imdrf-hierarchy", message, path, "CodeHierarchy", "|".join(row.path))
        if len({row.wording for row in rows}) > 1:
            message = "The code stands at several places with different words; those that were changed last are taken."
            last = max(rows, key=lambda one: one.changed)
            yield _about(last, "imdrf-two-wordings", message, path, "term", " / ".join({row.term: None for row in rows}))
        named = {one for row in rows for one in row.categories}
        stands = {chapters.get(row.path[0], "") for row in rows}
        if named and named != stands:
            message = "The categories are not the chapters under which the code stands; the places in the hierarchy are taken."
            yield _about(rows[0], "imdrf-category", message, path, CATEGORIES[0], f"{code}: {'; '.join(sorted(named))}")


def _about(term: Term, rule: str, message: str, path: Path, column: str, value: str) -> Finding:
    return Finding(
        rule,
        iri(term.code).value,
        message,
        Severity.WARNING,
        source=str(path),
        line=term.line,
        column=column,
        value=value,
        remedy="Compare with the annex that IMDRF publishes.",
    )
