"""The merged ontology as files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF

from standards_graph import resources
from standards_graph.cli import main
from standards_graph.publishing import release


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    done = CliRunner().invoke(main, ["ontology", "build", "--output", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


def graph(path: Path) -> rdflib.Graph:
    formats = {"ttl": "turtle", "owl": "xml", "jsonld": "json-ld", "nt": "nt"}
    return rdflib.Graph().parse(data=path.read_text("utf-8"), format=formats[path.suffix[1:]])


def test_every_syntax_says_the_same(built: Path):
    first = graph(built / f"{release.NAME}.ttl")
    for ending in ("owl", "nt"):
        assert isomorphic(first, graph(built / f"{release.NAME}.{ending}")), ending
    assert (built / f"{release.NAME}.jsonld").stat().st_size > 100_000


def test_the_merged_file_is_one_ontology_that_imports_nothing(built: Path):
    found = graph(built / f"{release.NAME}.ttl")
    assert [str(one) for one in found.subjects(RDF.type, OWL.Ontology)] == ["https://w3id.org/standards-graph/ontology"]
    assert not list(found.triples((None, OWL.imports, None)))
    assert len(set(found.subjects(RDF.type, OWL.Class))) > 50


def test_the_digests_are_those_of_the_files(built: Path):
    for line in (built / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((built / name).read_bytes()).hexdigest() == digest


def test_building_twice_gives_the_same_bytes(built: Path, tmp_path: Path):
    for path in release.build(resources.ontology(), tmp_path):
        assert path.read_bytes() == (built / path.name).read_bytes()


def test_the_header_links_to_every_question_and_counts_the_terms(built: Path):
    found = graph(built / f"{release.NAME}.ttl")
    root, mod = rdflib.URIRef("https://w3id.org/standards-graph/ontology"), rdflib.Namespace("https://w3id.org/mod#")
    asked = {str(one).rpartition("/questions/")[2] for one in found.objects(root, mod.competencyQuestion)}
    assert asked == {path.stem for path in (resources.ontology() / "questions").glob("*.rq")}
    counted = {OWL.Class: mod.numberOfClasses, OWL.ObjectProperty: mod.numberOfObjectProperties}
    for kind, name in counted.items():
        ours = [one for one in found.subjects(RDF.type, kind) if str(one).startswith(f"{root}#")]
        assert [int(one) for one in found.objects(root, name)] == [len(ours)]
