"""CURIEs and IRIs: what a prefix stands for, and how an IRI is shortened again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from pyoxigraph import NamedNode

from standards_graph.formats.sssom.slots import BUILT_IN

_NCNAME = re.compile(r"[^\W\d][\w.\-·]*")
_SCHEMES = frozenset(("urn", "mailto", "doi", "info", "tag", "did", "tel"))
"""Schemes of IRIs that go on without ``//``."""


class UnknownPrefix(ValueError):
    """The prefix of a CURIE is declared nowhere."""


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI that RDF can hold."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def is_ncname(text: str) -> bool:
    """Whether a text can be the name of a slot or a prefix."""
    return _NCNAME.fullmatch(text) is not None


def as_path(text: str) -> str:
    """A text as the last part of an IRI."""
    return quote(text.encode("utf-8", "replace"), safe="")


def expanded(text: str, prefixes: Mapping[str, str] | None) -> str:
    """The IRI of a CURIE, or the IRI itself; raises UnknownPrefix, and ValueError for what is neither.

    Without prefixes, as in RDF, every reference is an IRI.
    """
    if prefixes is None:
        return _iri(text)
    prefix, colon, local = text.partition(":")
    if not colon or not prefix:
        raise ValueError(f"{text!r} is no CURIE and no IRI")
    space = prefixes.get(prefix) or BUILT_IN.get(prefix)
    if space is None and not local.startswith("//") and prefix not in _SCHEMES:
        raise UnknownPrefix(prefix) if is_ncname(prefix) else ValueError(f"{text!r} is no CURIE and no IRI")
    return _iri(text if space is None else space + local)


def _iri(text: str) -> str:
    if not is_iri(text):
        raise ValueError(f"{text!r} is no IRI: it has no colon, or has spaces or signs that an IRI cannot have")
    return text


class Shortener:
    """Makes CURIEs of IRIs, and remembers which prefixes it used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        known = {**BUILT_IN, **prefixes}
        self._spaces = sorted(((space, prefix) for prefix, space in known.items()), key=lambda one: (-len(one[0]), one[1]))
        self._known = known
        self.used: set[str] = set()

    def __call__(self, iri: str) -> str:
        """The CURIE by the longest namespace that gives the same IRI back; the IRI itself where no prefix fits."""
        for space, prefix in self._spaces:
            if iri.startswith(space) and len(iri) > len(space):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(space) :]}"
        return iri
