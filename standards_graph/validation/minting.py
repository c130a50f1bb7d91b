"""Whether things are still called what their official identifiers make of them: a name that drifted leads nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from standards_graph import queries
from standards_graph.model import identifiers
from standards_graph.model.answers import JSON
from standards_graph.model.checks import Checked
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row, rows
from standards_graph.vocab import BASE

Mint = Callable[[str, str], str]

MINTS: dict[str, Mint] = {
    "standard": lambda text, _: identifiers.standard(text),
    "edition": lambda text, _: identifiers.edition(text),
    "law": identifiers.law,
    "authorisation": identifiers.authorisation,
    "jurisdiction": lambda text, _: identifiers.slug(text),
}
"""How the name of a thing of a type is made of its identifier and the code of a place.

Types that are not here take their names from the rows of tables; so does what bears no identifier of its own.
"""

QUESTION = "Which thing is not called what its official identifier makes of it?"


def of_content(reader: Reader) -> Checked:
    """Each thing of those types that has an identifier, and each source record, minted anew."""
    found = [*_things(reader), *_recognitions(reader), *_sources(reader)]
    return Checked("d4-minted-from-identifier", QUESTION, tuple(sorted(found)))


def _things(reader: Reader) -> Iterator[str]:
    """A thing with several identifiers or places is called after one of them."""
    minted: dict[str, set[str]] = {}
    for row in rows(reader.answer(queries.load("validation/identified").text, media_type=JSON)):
        thing = row.iri("thing").value
        kind = thing.removeprefix(f"{BASE}id/").partition("/")[0]
        if kind in MINTS:
            name = _name(MINTS[kind], row.text("identifier"), _last(row, "place"))
            minted.setdefault(thing, set()).add(f"{BASE}id/{kind}/{name}")
    return (thing for thing, names in minted.items() if thing not in names)


def _recognitions(reader: Reader) -> Iterator[str]:
    """The FDA's are called by their numbers, all others by place, regime and edition."""
    minted: dict[str, set[str]] = {}
    for row in rows(reader.answer(queries.load("validation/recognitions").text, media_type=JSON)):
        numbered = _name(_fda, row.text_if_any("identifier"), "")
        plain = identifiers.recognition(_last(row, "regime"), _last(row, "place"), _last(row, "edition"))
        names = minted.setdefault(row.iri("thing").value, set())
        names |= {f"{BASE}id/recognition/{name}" for name in (numbered, plain)}
    return (thing for thing, names in minted.items() if thing not in names)


def _fda(text: str, _: str) -> str:
    return identifiers.fda_recognition(text)


def _name(mint: Mint, identifier: str, place: str) -> str:
    """The name that an identifier gives, or nothing where it gives none."""
    try:
        return mint(identifier, place)
    except ValueError:
        return ""


def _last(row: Row, column: str) -> str:
    return row.text_if_any(column).rpartition("/")[2]


def _sources(reader: Reader) -> Iterator[str]:
    for row in rows(reader.answer(queries.load("validation/sources").text, media_type=JSON)):
        record = row.iri("record").value
        if record != f"{BASE}id/source/{identifiers.source(row.text('address'), row.text_if_any('day'), row.text('key'))}":
            yield record
