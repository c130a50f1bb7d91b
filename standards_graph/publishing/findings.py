"""What was found wrong with a file, as a validation report in SHACL (https://www.w3.org/TR/shacl/#validation-report)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standards_graph import vocab
from standards_graph.model.findings import Finding, Report, Severity
from standards_graph.vocab import RDF, SH, XSD

_SEVERITY = {Severity.VIOLATION: SH.Violation, Severity.WARNING: SH.Warning, Severity.INFO: SH.Info}


def as_shacl(report: Report) -> bytes:
    """The report in Turtle. A place in a file has no property in SHACL: it stands in the message."""
    return ox.serialize(_triples(report), format=ox.RdfFormat.TURTLE, prefixes=vocab.PREFIXES) or b""


def _triples(report: Report) -> Iterator[Triple]:
    whole = BlankNode("report")
    yield Triple(whole, RDF.type, SH.ValidationReport)
    yield Triple(whole, SH.conforms, Literal(str(report.conforms).lower(), datatype=XSD.boolean))
    for number, one in enumerate(report.findings, start=1):
        result = BlankNode(f"result{number}")
        yield Triple(whole, SH.result, result)
        yield from _result(result, one)


def _result(result: BlankNode, one: Finding) -> Iterator[Triple]:
    yield Triple(result, RDF.type, SH.ValidationResult)
    yield Triple(result, SH.resultSeverity, _SEVERITY[one.severity])
    yield Triple(result, SH.resultMessage, Literal(f"{_place(one)}{one.message}", language="en"))
    for predicate, text in ((SH.focusNode, one.thing), (SH.resultPath, one.path), (SH.sourceShape, one.rule)):
        if (node := _iri(text)) is not None:
            yield Triple(result, predicate, node)
    if one.value:
        yield Triple(result, SH.value, Literal(one.value))


def _place(one: Finding) -> str:
    parts = (one.source, f"line {one.line}" if one.line else "", one.column, "" if _iri(one.rule) else one.rule)
    told = ", ".join(part for part in parts if part)
    return f"{told}: " if told else ""


def _iri(text: str) -> NamedNode | None:
    if ":" not in text:
        return None
    try:
        return NamedNode(text)
    except ValueError:
        return None
