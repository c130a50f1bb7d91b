"""What texts claim about a thing, who claims it, and what a reading of other sources found."""

from __future__ import annotations

from pyoxigraph import NamedNode

from standards_graph import queries
from standards_graph.browse.asking import told
from standards_graph.browse.names import names
from standards_graph.browse.sources import sources
from standards_graph.model.entities import Claim
from standards_graph.queries import paged
from standards_graph.store.base import Reader

SHOWN = 50
"""How many claims a page shows."""


def claims(reader: Reader, thing: NamedNode) -> tuple[Claim, ...]:
    """The claims that name a thing, those first that a reading confirms."""
    rows = list(told(reader, paged(queries.load("browse/claims").bind(thing=thing), limit=SHOWN)))
    findings = {row.iri("claim"): row.iri_if_any("finding") for row in rows}
    known = names(reader, filter(None, (*findings, *findings.values())))
    records = sources(reader, findings)
    return tuple(
        Claim(
            name=known[iri := row.iri("claim")],
            by=row.text_if_any("by"),
            stated_in=row.text_if_any("in"),
            printed=row.text_if_any("on"),
            finding=known[found] if (found := findings[iri]) else None,
            sources=records.get(iri, ()),
            unverified=not row.yes("confirmed"),
        )
        for row in rows
    )
