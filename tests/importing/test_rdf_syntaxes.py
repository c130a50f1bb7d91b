"""The syntax tests of the W3C, read by the importer: what is RDF is understood, what is not is refused with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.importing.own import syntax
from standards_graph.importing.own.naming import Nameless
from standards_graph.importing.own.rdf import RdfFiles
from standards_graph.model.findings import Finding

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
RDFT = "http://www.w3.org/ns/rdftest#"
ANY = "https://example.org/tests/"
GRAPH = NamedNode("https://example.org/any")


class Case:
    """One test of a manifest."""

    def __init__(self, name: str, kind: str, base: str, action: Path, result: Path | None) -> None:
        self.name, self.kind, self.base, self.action, self.result = name, kind, base, action, result


def cases(folder: Path) -> Iterator[Case]:
    for manifest in sorted(folder.rglob("manifest.ttl")):
        said: dict[str, dict[str, str]] = {}
        for quad in ox.parse(path=manifest, format=ox.RdfFormat.TURTLE, base_iri=manifest.as_uri()):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                said.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
        base = next((told[f"{MF}assumedTestBase"] for told in said.values() if f"{MF}assumedTestBase" in told), ANY)
        for iri, told in said.items():
            kind = told.get("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "")
            if kind.startswith(RDFT) and "C14N" not in kind:
                action = Path(told[f"{MF}action"].removeprefix("file://"))
                result = Path(told[f"{MF}result"].removeprefix("file://")) if f"{MF}result" in told else None
                address = base + str(action.relative_to(manifest.parent))
                name = f"{manifest.parent.relative_to(folder)}#{iri.rpartition('#')[2]}"
                yield Case(name, kind.removeprefix(RDFT), address, action, result)


def canonical(quads: list[ox.Quad]) -> set[str]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))


def outcome(case: Case) -> str:
    """Empty where the importer does what the test asks for."""
    try:
        found = list(syntax.quads(case.action, base=case.base))
    except UnreadableFile as error:
        if "Negative" in case.kind:
            return "" if error.line else "refused without a line"
        return f"refused: {error.reason}"
    if "Negative" in case.kind:
        return "accepted"
    if case.result and canonical(found) != canonical(list(syntax.quads(case.result, base=case.base))):
        return "understood otherwise"
    return ""


EXCEPTIONS = {
    "rdf11/rdf-xml#xml-canon-test001": "understood otherwise",
    "rdf11/rdf-xml#xml-canon-test002": "understood otherwise",
    "rdf12/rdf-xml/eval#rdf12-xml-an-13": "understood otherwise",
    "rdf12/rdf-xml/eval#rdf12-xml-an-14": "understood otherwise",
}
"""XML inside a literal, which the engine keeps as it is written and does not put into canonical form."""


def test_files_of_the_w3c_are_understood_or_refused_with_the_line_as_its_tests_ask(shared: Path) -> None:
    found = {case.name: outcome(case) for case in cases(shared / "w3c-rdf-tests" / "rdf")}
    assert {name: told for name, told in found.items() if told} == EXCEPTIONS
    assert len(found) > 1_200


def blank_again(quads: list[ox.Quad]) -> list[ox.Quad]:
    def blank(term: object) -> object:
        if isinstance(term, NamedNode) and ".well-known/genid/" in term.value:
            return ox.BlankNode(term.value.rpartition("/")[2])
        return term

    return [ox.Quad(blank(q.subject), q.predicate, blank(q.object)) for q in quads]  # type: ignore[arg-type]


def test_nameless_nodes_get_names_that_neither_merge_nor_part_them(shared: Path) -> None:
    for case in cases(shared / "w3c-rdf-tests" / "rdf" / "rdf11"):
        if "Negative" in case.kind:
            continue
        nameless = Nameless()
        before = []
        for quad in syntax.quads(case.action, base=case.base):
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                before.append(ox.Quad(quad.subject, quad.predicate, quad.object))
                nameless.add(quad)
        after = blank_again(list(nameless.named(graph=GRAPH)))
        assert canonical(before) == canonical(after), case.name


def test_every_file_of_the_w3c_goes_through_the_importer_or_is_refused_in_words(shared: Path) -> None:
    told: Counter[str] = Counter()
    for case in cases(shared / "w3c-rdf-tests" / "rdf"):
        try:
            findings = [one for one in RdfFiles().read(case.action, GRAPH) if isinstance(one, Finding)]
        except UnreadableFile as error:
            told["refused, with its name"] += case.action.name in str(error)
            told["refused"] += 1
            told["without a base"] += "needs a base" in error.reason
        else:
            told["read"] += 1
            told["with a statement about a statement left out"] += any(one.rule == "rdf-triple-term" for one in findings)
    assert told["read"] > 700
    assert told["refused"] == told["refused, with its name"]
    assert told["without a base"] > 50
    assert told["with a statement about a statement left out"] > 50


@pytest.mark.parametrize("ending", ["ttl", "trig", "nt", "nq"])
def test_statements_about_statements_without_end_are_refused_before_the_engine_dies_of_them(tmp_path, ending):
    path = tmp_path / f"deep.{ending}"
    path.write_text("<http://a> <http://b> <<( " * 300_000)
    with pytest.raises(UnreadableFile, match="nested more than 200 deep"):
        list(syntax.quads(path))
