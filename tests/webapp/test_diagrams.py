"""The diagrams of the ontology's modules: every class and data property is drawn, and arrows lead to superclasses."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
from pyoxigraph import NamedNode

from standards_graph.model.graphs import OntologyTerm
from standards_graph.registry import Registry
from standards_graph.vocab import RDFS, SGO, XSD
from webapp import diagrams


def term(name: str, kind: str, *parents: str, domain: str = "") -> OntologyTerm:
    told = f"{SGO.iri}{domain}" if domain else ""
    return OntologyTerm(
        NamedNode(SGO.iri + name), kind, name, "", "m", told, XSD.string.value, parents=tuple(SGO.iri + one for one in parents)
    )


def test_each_module_draws_its_classes_and_data_properties(shown: Registry) -> None:
    for module, found in groupby(shown.graphs.ontology(), key=lambda one: one.module):
        terms = tuple(found)
        drawn = diagrams.hierarchy(terms)
        assert drawn, module
        assert {box.name for box in drawn.boxes if not box.foreign} == {one.local for one in terms if one.kind == "Class"}
        lines = {line.partition(":")[0] for box in drawn.boxes for line in box.lines if not line.startswith("also")}
        assert lines == {one.local for one in terms if one.kind == "DatatypeProperty"}


def test_boxes_do_not_overlap_and_stay_inside(shown: Registry) -> None:
    terms = [one for one in shown.graphs.ontology() if one.module == "actor"]
    drawn = diagrams.hierarchy(terms)
    assert drawn
    for above, below in zip(drawn.boxes, drawn.boxes[1:], strict=False):
        assert above.bottom < below.top
    assert all(box.left + box.width < drawn.width and box.bottom < drawn.height for box in drawn.boxes)


def test_an_arrow_leads_up_to_the_superclass() -> None:
    drawn = diagrams.hierarchy(
        [term("Top", "Class"), term("Low", "Class", "Top"), term("name", "DatatypeProperty", domain="Top")]
    )
    assert drawn
    top, low = drawn.boxes
    assert (top.name, top.lines, low.name) == ("Top", ("name: xsd:string",), "Low")
    (arrow,) = drawn.arrows
    ((start, end),) = re.findall(r"^M(\d+ \d+)H\d+V(\d+)M.*z$", arrow)
    assert start == f"{low.left} {low.top + 14}"
    assert int(end) == top.bottom + 9


def test_a_class_of_another_module_is_drawn_once_and_marked() -> None:
    drawn = diagrams.hierarchy([term("A", "Class", "Far"), term("B", "Class", "Far", "A"), term("x", "DatatypeProperty")])
    assert drawn
    assert [(box.name, box.foreign) for box in drawn.boxes] == [("Far", True), ("A", False), ("B", False), ("anything", True)]
    assert drawn.boxes[2].lines == ("also a kind of Far",)


@pytest.mark.parametrize("range_", ["", RDFS.Literal.value])
def test_a_module_of_links_alone_has_no_class_diagram(range_: str) -> None:
    links = OntologyTerm(NamedNode(SGO.iri + "links"), "ObjectProperty", "links", "", "m", range=range_)
    assert diagrams.hierarchy([links]) is None


def test_superclasses_are_told_in_words(shown: Registry) -> None:
    told = {one.local: diagrams.links_or_kind(one) for one in shown.graphs.ontology()}
    assert told["Manufacturer"] == "kind of Actor"
    assert told["recognises"] == "StandardRecognition → StandardEdition"
