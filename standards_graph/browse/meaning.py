"""Which things a text of a reader can mean, by how it is written alone."""

from __future__ import annotations

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.errors import BadArgument
from standards_graph.model import identifiers


def meant(text: str, *spaces: str) -> list[NamedNode]:
    """The things that a text can mean, the likeliest first: an IRI, a prefixed name, or the end of an address.

    ``spaces`` are beginnings of addresses that are tried before the usual ones of the registry. Raises BadArgument for what
    cannot be a name.
    """
    prefix, colon, local = text.strip().partition(":")
    usual = (*(vocab.PREFIXES[one] for one in ("sgr", "sgs", "sgm")), *(_entities(one) for one in ("jurisdiction", "edition")))
    try:
        if not colon:
            return [NamedNode(space + prefix) for space in dict.fromkeys((*spaces, *usual))]
        return [NamedNode(vocab.PREFIXES.get(prefix, f"{prefix}:") + local)]
    except ValueError as error:
        raise BadArgument(f"{text!r} is no name of a thing.", name=text) from error


def meant_or_printed(text: str, *spaces: str) -> list[NamedNode]:
    """The same, and the edition to which the text refers as it is printed: ``ISO 14971:2019``."""
    try:
        by_reference = [vocab.entity("edition", identifiers.edition(text))]
    except ValueError:
        by_reference = []
    try:
        return [*meant(text, *spaces), *by_reference]
    except BadArgument:
        if not by_reference:
            raise
        return by_reference


def _entities(kind: str) -> str:
    return vocab.entity(kind, "").value
