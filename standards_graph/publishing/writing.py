"""A few statements as RDF, for people to read too."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from pyoxigraph import Triple

from standards_graph.errors import NotAcceptable
from standards_graph.model.answers import GRAPH_TYPES
from standards_graph.vocab import BASE, PREFIXES

_READABLE = {prefix: space for prefix, space in PREFIXES.items() if space.endswith("#") or not space.startswith(BASE)}
"""Prefixes that make an IRI shorter: below ours of entities nearly every name has a slash, which Turtle would escape."""


def written(statements: Iterable[Triple], media_type: str) -> bytes:
    """The statements once each, in a stable order, with those prefixes that they use; raises NotAcceptable."""
    syntax = ox.RdfFormat.from_media_type(media_type) if media_type in GRAPH_TYPES else None
    if syntax is None:
        raise NotAcceptable(f"{media_type} cannot hold a graph.", offered=GRAPH_TYPES)
    told = sorted(set(statements), key=str)
    text = "\n".join(map(str, told))
    used = {prefix: space for prefix, space in sorted(_READABLE.items()) if f"<{space}" in text}
    return ox.serialize(told, format=syntax, prefixes=used) or b""
