"""Values on the command line as RDF terms."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import BadArgument

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPED = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "date"),
    (re.compile(r"[+-]?\d+"), "integer"),
    (re.compile(r"true|false"), "boolean"),
)
_QUOTED = re.compile(r'"(?P<text>[^"]*)"(?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(?P<kind>\S+))?')
_IRI = re.compile(r"<(?P<iri>[^<>\s]+)>|(?P<plain>https?://\S+)")
_WORD = re.compile(r"[\w./-]+")


def term(text: str, *, like: str = "") -> NamedNode | Literal:
    """Read a value: ``<IRI>``, ``https://…``, ``sgr:…``, ``"text"@en``, a date, a number, or plain text.

    ``like`` is the parameter's default: where that is an IRI, a bare word stands for its neighbour, so that ``jp`` is enough
    where the default is the IRI of ``us``.
    """
    node = _iri(text)
    if node is not None:
        return node
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        return _quoted(quoted)
    if like.startswith("<") and _WORD.fullmatch(text):
        return NamedNode(like[1:-1].rpartition("/")[0] + "/" + text.lower())
    kind = next((kind for pattern, kind in _TYPED if pattern.fullmatch(text)), None)
    return Literal(text, datatype=NamedNode(_XSD + kind)) if kind else Literal(text)


def _iri(text: str) -> NamedNode | None:
    found = _IRI.fullmatch(text)
    if found:
        return _checked(found["iri"] or found["plain"])
    prefix, colon, local = text.partition(":")
    return _checked(vocab.PREFIXES[prefix] + local) if colon and prefix in vocab.PREFIXES else None


def _checked(text: str) -> NamedNode:
    try:
        return NamedNode(text)
    except ValueError as error:
        raise BadArgument(f"{text!r} is not an IRI: {error}.") from error


def _quoted(found: re.Match[str]) -> Literal:
    if found["language"]:
        return Literal(found["text"], language=found["language"])
    if not found["kind"]:
        return Literal(found["text"])
    kind = _iri(found["kind"]) or (NamedNode(_XSD + found["kind"][4:]) if found["kind"].startswith("xsd:") else None)
    if kind is None:
        raise BadArgument(f"{found['kind']!r} is not a datatype: write <IRI> or a known prefix and name.")
    return Literal(found["text"], datatype=kind)
