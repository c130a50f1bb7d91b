"""Which place a text means, and what counts in it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.browse.asking import ask
from standards_graph.browse.meaning import meant, meant_or_printed
from standards_graph.browse.names import names
from standards_graph.errors import BadArgument, NotFound
from standards_graph.model.comparison import Asked
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row


def asked(reader: Reader, texts: Sequence[str]) -> tuple[Asked, ...]:
    """The places that texts mean: a jurisdiction by its code, or a classification scheme.

    The parts of a country count with it; the members of a union do not, as each has rules of its own. Raises NotFound where
    there is no such place, BadArgument where a place is named twice.
    """
    found = [_one(reader, text) for text in texts]
    for number, one in enumerate(found):
        if one.place.iri in [other.place.iri for other in found[:number]]:
            raise BadArgument(f"{one.place.text} is named twice.", name=texts[number])
    return tuple(found)


def _one(reader: Reader, text: str) -> Asked:
    code = text if ":" in text else text.casefold()
    wanted = meant(code, vocab.entity("jurisdiction", "").value, vocab.PREFIXES["sgs"])
    told: dict[NamedNode, list[Row]] = {}
    for row in ask(reader, "browse/comparing/places", thing=dict.fromkeys(wanted)):
        told.setdefault(row.iri("thing"), []).append(row)
    thing = next((one for one in wanted if one in told), None)
    if thing is None:
        raise NotFound(f"There is no jurisdiction and no classification scheme {text}.")
    parts, wholes = (_column(told[thing], name) for name in ("part", "whole"))
    known = names(reader, [thing, *parts, *wholes])
    inside = frozenset(parts)
    return Asked(
        known[thing],
        tuple(known[one] for one in parts),
        tuple(known[one] for one in wholes if one not in inside),
        told[thing][0].yes("scheme"),
    )


def every_jurisdiction(reader: Reader) -> frozenset[NamedNode]:
    """All jurisdictions."""
    return frozenset(row.iri("thing") for row in ask(reader, "browse/comparing/places") if not row.yes("scheme"))


def found_edition(reader: Reader, text: str) -> NamedNode:
    """The edition that a text means: an IRI, the end of an address, or a reference as it is printed; raises NotFound."""
    wanted = meant_or_printed(text, vocab.entity("edition", "").value)
    known = {row.iri("thing") for row in ask(reader, "browse/comparing/editions", thing=dict.fromkeys(wanted))}
    return _first(wanted, known, f"There is no edition {text}.")


def found_topic(reader: Reader, text: str) -> NamedNode:
    """The topic that a text means; raises NotFound."""
    wanted = meant(text, vocab.concept("topic").value + "/")
    known = {one for one, name in names(reader, wanted).items() if name.given}
    return _first(wanted, known, f"There is no topic {text}.")


def found_laws(reader: Reader, texts: Sequence[str]) -> list[NamedNode]:
    """The laws that texts mean; raises NotFound."""
    found = []
    for text in texts:
        wanted = meant(text, vocab.entity("law", "").value)
        known = {row.iri("law") for row in ask(reader, "browse/comparing/requirements", law=dict.fromkeys(wanted))}
        found.append(_first(wanted, known, f"There is no law {text}."))
    return found


def _first(wanted: Iterable[NamedNode], known: Container[NamedNode], otherwise: str) -> NamedNode:
    for one in wanted:
        if one in known:
            return one
    raise NotFound(otherwise)


def _column(rows: Iterable[Row], name: str) -> list[NamedNode]:
    return list(dict.fromkeys(one for row in rows if (one := row.iri_if_any(name))))
