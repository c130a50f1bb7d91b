"""RDF of anybody: its words are kept, what it cannot say is told, and nothing in it makes the reader fail."""

from __future__ import annotations

import gzip
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.curator import Curator
from standards_graph.errors import UnreadableFile, ValidationFailed
from standards_graph.importing import packing
from standards_graph.importing.base import filled, recognised
from standards_graph.importing.own.literals import is_ill_typed
from standards_graph.importing.own.naming import Nameless
from standards_graph.importing.own.rdf import RdfFiles
from standards_graph.importing.own.remarks import MOST, Remarks
from standards_graph.model.findings import Finding, Severity
from standards_graph.registry import Registry
from standards_graph.vocab import OWL, RDF, RDFS, SGO, SKOS, XSD

GRAPH = vocab.graph("rdf/mine")
PREFIXES = """
@prefix ex: <https://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sgo: <https://w3id.org/standards-graph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="https://example.org/">{}</rdf:RDF>'
LENS = NamedNode("https://example.org/lens")


def file(folder: Path, text: str, name: str = "mine.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + text if name.endswith((".ttl", ".trig")) else text, "utf-8")
    return path


def read(path: Path) -> tuple[list[Quad], list[Finding]]:
    told = list(RdfFiles().read(path, GRAPH))
    return [one for one in told if isinstance(one, Quad)], [one for one in told if isinstance(one, Finding)]


def said(quads: list[Quad], thing: NamedNode = LENS) -> set[tuple[str, str]]:
    return {(q.predicate.value, str(q.object)) for q in quads if q.subject == thing and q.predicate != SGO.hasSourceRecord}


def rules(findings: list[Finding]) -> set[str]:
    return {one.rule for one in findings} - {"rdf-licence-missing"}


# --- files ---


@pytest.mark.parametrize("name", ["mine.ttl", "Mine.trig.gz", "mine.zip", "MINE.rdf", "mine.owl", "mine.jsonld.xz"])
def test_a_file_fills_a_graph_called_by_its_name_whatever_its_syntax_and_packing(tmp_path: Path, name: str) -> None:
    assert filled("rdf", [tmp_path / name]) == "rdf/mine"


def test_packed_files_say_the_same_also_where_only_the_name_in_the_archive_tells_the_syntax(tmp_path: Path) -> None:
    plain = file(tmp_path, "ex:lens a skos:Concept .")
    packed = tmp_path / "packed.ttl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.write(plain, "inside.ttl")
    expected = said(read(plain)[0])
    assert expected == said(read(packed)[0]) == said(read(tmp_path / "packed.zip")[0]) != set()
    assert recognised(packed) == recognised(tmp_path / "packed.zip") == "rdf"


@pytest.mark.parametrize(
    ("name", "text", "is_rdf"),
    [
        ("a.owl", '<?xml version="1.0"?>\n<!-- x -->\n' + XML, True),
        ("a.owl", "@prefix ex: <https://example.org/> .", True),
        ("a.owl", '<?xml version="1.0"?><Ontology xmlns="http://www.w3.org/2002/07/owl#"/>', False),
        ("a.xml", XML, True),
        ("a.xml", "<devices><device/></devices>", False),
        ("a.json", '{"@context": {}, "@id": "https://example.org/a"}', True),
        ("a.json", '{"results": []}', False),
        ("a.sssom.ttl", "@prefix ex: <https://example.org/> .", False),
        ("a.n3", "@prefix ex: <https://example.org/> .", False),
    ],
)
def test_endings_that_say_too_little_are_settled_by_what_the_file_begins_with(
    tmp_path: Path, name: str, text: str, is_rdf: bool
) -> None:
    path = file(tmp_path, text, name)
    assert RdfFiles().accepts(path, packing.beginning(path)) is is_rdf


# --- what a file is refused for ---


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.ttl", "<lens> a <https://example.org/Thing> .", r"line \d+: .*a relative address needs a base"),
        ("a.rdf", XML.format('<rdf:Description rdf:about="lens"><ex:a>1</ex:a></rdf:Description>'), "needs a base"),
        ("a.rdf", XML.format("<rdf:Description>"), "mismatched tag; the file is not well-formed XML"),
        ("a.rdf", XML.format("")[:-10], "not well-formed XML"),
        ("a.rdf", '<?xml version="1.0" encoding="ISO-8859-1"?>' + XML, "encoding ISO-8859-1; save it as UTF-8"),
        ("a.rdf", XML.format("<ex:a>" * 600 + "</ex:a>" * 600), "nested more than 500 deep"),
        ("a.rdf", '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>' + XML, "write the entities out"),
        ("a.rdf", '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + XML.format("&a;"), "write the entities out"),
        ("a.rdf", '<!DOCTYPE r [<!ENTITY % a "x"> %a;]>' + XML, "write the entities out"),
        ("a.rdf", '<!DOCTYPE r SYSTEM "https://example.org/r.dtd">' + XML, "write the entities out"),
        ("a.rdf", f'<!DOCTYPE r [<!ENTITY a "{"x" * 2_000}">]>' + XML, "write the entities out"),
        ("a.rdf", f'<!DOCTYPE r [<!ENTITY a "{"x" * 900}">]>' + XML.format("&a;" * 5_000), "make it too large"),
        ("a.rdf", '<!DOCTYPE r [<!ENTITY a "x">]>' + XML.format("&b;"), "undefined entity"),
        ("a.jsonld", '{\n"@context": "https://schema.org/"}', "line 2: the context 'https://schema.org/' is not in the file"),
        ("a.jsonld", '{"@context": [{}, "https://example.org/c"]}', "context 'https://example.org/c' .* never fetched"),
        ("a.jsonld", '{"@context": {"@import": "https://example.org/c"}}', "context 'https://example.org/c'"),
        ("a.jsonld", '{"@context": {"a": {"@id": "https://a.b/c", "@context": "c.jsonld"}}}', "context 'c.jsonld'"),
        ("a.jsonld", "[" * 100 + "]" * 100, "nested more than 64 deep"),
        ("a.jsonld", "[" * 100_000, "not JSON"),
        ("a.jsonld", '{"@id": ', "line 1: .*not JSON"),
        ("a.nt", '<https://a.b/c> <https://a.b/c> "\ud800" .'.encode("utf-8", "surrogatepass").decode("latin-1"), None),
        ("a.nq", "<https://a.b/c> .", "line 1"),
    ],
)
def test_what_cannot_be_read_safely_or_at_all_is_refused_in_words(
    tmp_path: Path, name: str, text: str, reason: str | None
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    if reason is None:
        read(path)
        return
    with pytest.raises(UnreadableFile, match=reason):
        read(path)


def test_plain_abbreviations_of_a_doctype_are_written_out_where_they_are_meant(tmp_path: Path) -> None:
    subset = "<!ENTITY ex \"https://example.org/\"> <!-- a remark --> <!ENTITY t 'text'>"
    body = '<rdf:Description rdf:about="&ex;lens"><!-- &t; --><ex:a>&t; &lt;</ex:a></rdf:Description>'
    quads, _ = read(file(tmp_path, f"<!DOCTYPE rdf:RDF [\n{subset}\n]>\n{XML.format(body)}", "mine.rdf"))
    assert said(quads) == {("https://example.org/a", '"text <"')}


def test_an_error_after_a_doctype_names_the_line_of_the_file(tmp_path: Path) -> None:
    body = '\n\n<rdf:Description rdf:about="https://a.b/"><rdf:RDF/></rdf:Description>\n\n\n'
    with pytest.raises(UnreadableFile) as caught:
        read(file(tmp_path, f'<!DOCTYPE rdf:RDF [\n<!ENTITY ex "https://example.org/">\n]>\n{XML.format(body)}', "mine.rdf"))
    assert caught.value.line == 6


def test_addresses_without_a_base_in_json_ld_are_told_and_not_dropped_in_silence(tmp_path: Path) -> None:
    quads, findings = read(file(tmp_path, '{"@id": "lens", "https://example.org/a": "x"}', "mine.jsonld"))
    assert [(one.rule, one.severity, one.thing) for one in findings if one.rule == "rdf-no-base"] == [
        ("rdf-no-base", Severity.VIOLATION, "lens")
    ]
    assert not [quad for quad in quads if "base.invalid" in str(quad)]


# --- what a file cannot say ---


@pytest.mark.parametrize(
    "statement",
    [
        "sgo:Device rdfs:label 'gadget' .",
        "<https://w3id.org/standards-graph/shape/Actor> rdfs:label 'x' .",
        "<https://w3id.org/standards-graph/scheme/mapping-status/accepted> rdfs:label 'x' .",
        "<https://w3id.org/standards-graph/map/0123456789abcdef> sgo:hasMappingStatus ex:x .",
        "<https://w3id.org/standards-graph/graph/curated/standards> rdfs:label 'x' .",
        "<https://w3id.org/standards-graph/id/org/us-fda> sgo:withdrawnAtSource '2026-01-01'^^xsd:date .",
    ],
)
def test_what_only_the_registry_says_stops_the_import_and_is_left_out_if_asked_for(tmp_path: Path, statement: str) -> None:
    quads, findings = read(file(tmp_path, f"{statement} ex:lens a ex:Thing ."))
    assert [one.severity for one in findings if one.rule == "own-reserved"] == [Severity.VIOLATION]
    assert said(quads) == {(RDF.type.value, "<https://example.org/Thing>")}
    assert not [quad for quad in quads if quad.predicate in (RDFS.label, SGO.withdrawnAtSource, SGO.hasMappingStatus)]


def test_correspondences_do_not_come_in_as_settled(tmp_path: Path) -> None:
    quads, findings = read(
        file(tmp_path, "ex:lens skos:exactMatch ex:other ; owl:sameAs ex:other ; sgo:equivalentTo ex:other .")
    )
    assert {predicate for predicate, _ in said(quads)} == {SKOS.exactMatch.value, OWL.sameAs.value}
    assert rules(findings) == {"own-mapping"}
    quads, findings = read(file(tmp_path, f"ex:lens skos:exactMatch <{vocab.entity('org', 'us-fda').value}> ."))
    assert not said(quads)
    [told] = [one for one in findings if one.rule == "own-mapping"]
    assert "SSSOM" in told.remedy


def test_mapping_records_of_others_come_in_as_candidates(tmp_path: Path) -> None:
    accepted = vocab.concept("mapping-status", "accepted").value
    quads, findings = read(file(tmp_path, f"ex:lens a sgo:MappingRecord ; sgo:hasMappingStatus <{accepted}> ."))
    candidate = vocab.concept("mapping-status", "candidate")
    assert (SGO.hasMappingStatus.value, f"<{candidate.value}>") in said(quads)
    assert rules(findings) == {"own-mapping-status"}


def test_a_file_does_not_say_what_the_terms_of_rdf_itself_are_called(tmp_path: Path) -> None:
    quads, findings = read(file(tmp_path, "rdf:type rdfs:label 'kind' . owl:Class rdfs:comment 'x' ."))
    assert not said(quads, RDF.type)
    assert Counter(one.rule for one in findings)["own-language-term"] == 2


# --- what is kept, and how it is told ---


def test_each_thing_has_the_one_source_record_of_its_file_and_stays_the_same_in_a_changed_file(tmp_path: Path) -> None:
    before, _ = read(file(tmp_path, "ex:lens a ex:A . ex:frame a ex:A ."))
    after, _ = read(file(tmp_path, "ex:lens a ex:A . ex:frame a ex:B . ex:case a ex:A ."))
    things = {quad.subject for quad in before if quad.predicate == SGO.hasSourceRecord}
    assert {LENS, NamedNode("https://example.org/frame")} <= things
    differ = {quad for quad in set(before) ^ set(after) if "id/source/" not in str(quad.subject) and quad.subject != GRAPH}
    assert {quad.subject.value.rpartition("/")[2] for quad in differ} == {"frame", "case"}


def test_graphs_of_a_file_become_one_and_that_is_told(tmp_path: Path) -> None:
    quads, findings = read(file(tmp_path, "ex:g { ex:lens a ex:A . } ex:h { ex:lens a ex:B . }", "mine.trig"))
    assert len(said(quads)) == 2
    [told] = [one for one in findings if one.rule == "rdf-named-graphs"]
    assert "2 statements of 2 named graphs" in told.message


def test_values_that_are_none_are_kept_and_told_with_the_line_where_they_stand_once(tmp_path: Path) -> None:
    text = 'ex:lens ex:made "2026-02-30"^^xsd:date ;\n ex:weight "heavy"^^xsd:integer ;\n ex:old "heavy"^^xsd:gYear .'
    quads, findings = read(file(tmp_path, text))
    assert len(said(quads)) == 3
    told = {(one.value, one.line) for one in findings if one.rule == "rdf-value-ill-typed"}
    assert told == {("2026-02-30", 6), ("heavy", None)}


@pytest.mark.parametrize(
    ("text", "datatype", "wrong"),
    [
        ("2024-02-29", "date", False),
        ("2023-02-29", "date", True),
        ("2023-02-28Z", "date", False),
        ("12023-02-28", "date", False),
        ("-0044-03-15", "date", False),
        ("28.02.2023", "date", True),
        ("2023-02-29T10:00:00Z", "dateTime", True),
        ("2023-02-28T24:00:00", "dateTime", False),
        ("2023-13", "gYearMonth", True),
        (" 7 ", "integer", False),
        ("٧", "integer", True),
        ("7.0", "integer", True),
        ("9" * 5_000, "integer", True),
        ("256", "unsignedByte", True),
        ("-0", "nonNegativeInteger", False),
        ("yes", "boolean", True),
        ("INF", "double", False),
        ("P", "duration", True),
        ("P1Y2DT3H", "duration", False),
        ("anything", "anyURI", False),
    ],
)
def test_a_text_is_held_against_its_datatype(text: str, datatype: str, wrong: bool) -> None:
    assert is_ill_typed(Literal(text, datatype=NamedNode(XSD.iri + datatype))) is wrong


def test_findings_of_one_rule_are_told_a_hundred_times_and_then_counted(tmp_path: Path) -> None:
    remarks = Remarks(tmp_path)
    for number in range(MOST + 5):
        remarks("rule", f"number {number}")
    assert len(found := list(remarks.findings())) == MOST + 1
    assert found[-1].message == "5 more of this kind are not listed."


# --- nameless nodes ---


def named(text: str, folder: Path) -> list[Quad]:
    return [quad for quad in read(file(folder, text))[0] if "genid" in str(quad)]


def test_nameless_nodes_keep_their_names_when_other_things_change_and_when_the_order_does(tmp_path: Path) -> None:
    one, other = "ex:lens ex:part [ ex:a 1 ; ex:b [ ex:c 2 ] ] .", "ex:frame ex:part [ ex:a 3 ] ."
    assert set(named(one, tmp_path)) == set(named(f"{other} {one}", tmp_path)) - set(named(other, tmp_path))
    assert set(named("ex:x ex:y (1 2 3) .", tmp_path)) == set(named("ex:x ex:y (1 2 3) . ex:x ex:z ex:w .", tmp_path))


def test_the_same_words_about_two_nameless_nodes_stay_two(tmp_path: Path) -> None:
    assert len({quad.object for quad in named("ex:lens ex:part [], [] . ex:frame ex:part [] .", tmp_path)}) == 3


def test_a_clique_of_nameless_nodes_is_named_at_once(tmp_path: Path) -> None:
    nodes = [BlankNode(f"n{number}") for number in range(60)]
    nameless = Nameless()
    for one in nodes:
        for other in nodes:
            nameless.add(Quad(one, RDFS.seeAlso, other))
    quads = list(nameless.named(graph=GRAPH))
    assert len({quad.subject for quad in quads}) == 60
    assert len(set(quads)) == 3_600


def test_a_list_of_tens_of_thousands_is_named_in_one_pass(tmp_path: Path) -> None:
    assert len(named(f"ex:x ex:y ({'1 ' * 30_000}) .", tmp_path)) == 60_001


# --- in the registry ---


def test_a_vocabulary_comes_in_is_shown_shrinks_without_loss_and_goes_again(small_world: Registry, tmp_path: Path) -> None:
    curator = Curator(small_world)
    text = """<https://example.org/kinds> a skos:ConceptScheme ; skos:prefLabel "Kinds"@en .
    ex:lens a skos:Concept ; skos:prefLabel "Lens"@en , "Linse"@de ; skos:inScheme <https://example.org/kinds> .
    ex:frame a skos:Concept ; skos:prefLabel "Frame"@en ; skos:inScheme <https://example.org/kinds> ; ex:n [ ex:a 1 ] ."""
    path = file(tmp_path, text)
    done = curator.import_files("rdf", [path], agent="test")
    assert done.revision
    again = curator.import_files("rdf", [path], agent="test")
    assert (again.added, again.removed) == (0, 0)
    shown = small_world.entities.about(LENS)
    assert (shown.name.text, [source.graph for source in shown.sources]) == ("Lens", [vocab.graph("rdf/mine")])
    listed = small_world.entities.about(NamedNode("https://example.org/kinds"))
    assert {other.text for one in listed.incoming for other in one.things} >= {"Lens", "Frame"}
    path.write_text(PREFIXES + text.partition("ex:frame")[0])
    smaller = curator.import_files("rdf", [path], agent="test", accept_shrink=True)
    assert (smaller.withdrawn, smaller.gone) == (1, ("https://example.org/frame",))
    assert curator.revert(smaller.revision.name if smaller.revision else "", agent="test")
    assert curator.revert(done.revision.name, agent="test")


def test_words_of_the_registry_in_a_file_are_held_to_the_shapes(small_world: Registry, tmp_path: Path) -> None:
    path = file(tmp_path, "ex:mine a sgo:StandardRecognition .")
    with pytest.raises(ValidationFailed):
        Curator(small_world).import_files("rdf", [path], agent="test")


def test_the_real_vocabularies_are_read_whole(shared: Path) -> None:
    data = shared / "data"
    counts = {
        "airo-vair/airo.ttl": 558,
        "w3c-dpv-2.3/legal/eu/aiact/eu-aiact.ttl": 2_407,
        "w3c-dpv-2.3/loc/loc.ttl.gz": 137_532,
    }
    for name, statements in counts.items():
        path = data / name
        quads, findings = read(path)
        own = [q for q in quads if q.predicate != SGO.hasSourceRecord and not vocab.is_source_record(q.subject)]
        left_out = sum(one.rule == "own-language-term" for one in findings)
        assert len(own) + left_out == statements, name
    for path in sorted((data / "jurisdictions").rglob("*.rdf*")):
        assert recognised(path) == "rdf"
        assert len(read(path)[0]) > 200
