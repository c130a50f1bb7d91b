"""Values on the command line as RDF terms."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.cli.terms import term
from standards_graph.errors import BadArgument

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<https://example.org/a>", NamedNode("https://example.org/a")),
        ("https://example.org/a", NamedNode("https://example.org/a")),
        ("sgr:org/mhra", vocab.entity("org", "mhra")),
        ('"chat"@fr', Literal("chat", language="fr")),
        ('"7"', Literal("7")),
        (f'"7"^^<{XSD}integer>', Literal("7", datatype=NamedNode(XSD + "integer"))),
        ('"2026"^^xsd:gYear', Literal("2026", datatype=NamedNode(XSD + "gYear"))),
        ("2026-11-22", Literal("2026-11-22", datatype=NamedNode(XSD + "date"))),
        ("7", Literal("7", datatype=NamedNode(XSD + "integer"))),
        ("true", Literal("true", datatype=NamedNode(XSD + "boolean"))),
        ("Radiology", Literal("Radiology")),
    ],
)
def test_a_value_is_read_by_its_form(text: str, wanted: NamedNode | Literal) -> None:
    assert term(text) == wanted


def test_a_word_stands_for_the_neighbour_of_an_iri() -> None:
    assert term("JP", like=f"<{vocab.entity('jurisdiction', 'us').value}>") == vocab.entity("jurisdiction", "jp")


def test_a_text_stays_a_text_where_the_default_is_not_an_iri() -> None:
    assert term("jp", like='"us"') == Literal("jp")


def test_what_is_no_iri_stays_a_text() -> None:
    assert term("<no iri>") == Literal("<no iri>")


@pytest.mark.parametrize("text", ["http://[", '"7"^^integer'])
def test_a_broken_iri_or_datatype_is_refused(text: str) -> None:
    with pytest.raises(BadArgument, match="is not"):
        term(text)
