"""How much the registry holds, and how new it is."""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import NamedNode

from standards_graph.browse.asking import ask
from standards_graph.browse.names import names
from standards_graph.model.coverage import Coverage, Extent, JurisdictionCoverage
from standards_graph.model.lists import LISTS
from standards_graph.store.base import Reader


def coverage(reader: Reader) -> Coverage:
    """The size of every list, and what is recorded for each jurisdiction."""
    totals = dict.fromkeys(LISTS, 0) | {row.text("list"): row.number("total") for row in ask(reader, "browse/totals")}
    return Coverage(totals, _jurisdictions(reader))


def _jurisdictions(reader: Reader) -> tuple[JurisdictionCoverage, ...]:
    found: dict[NamedNode, dict[str, Extent]] = defaultdict(dict)
    for row in ask(reader, "browse/coverage"):
        found[row.iri("jurisdiction")][row.text("kind")] = Extent(row.number("total"), row.text_if_any("newest"))
    known = names(reader, found)
    told = [JurisdictionCoverage(known[place], extents) for place, extents in found.items()]
    return tuple(sorted(told, key=lambda one: (-sum(extent.total for extent in one.extents.values()), one.jurisdiction.text)))
