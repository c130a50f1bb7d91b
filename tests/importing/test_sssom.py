"""Mapping sets of others in the registry: candidates with their source, and the same set again on the way out."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.curator import Curator
from standards_graph.errors import BadInput, UnreadableFile, ValidationFailed
from standards_graph.formats import sssom
from standards_graph.formats.sssom import ours
from standards_graph.formats.sssom.problems import Problems
from standards_graph.importing.sssom import MappingSets
from standards_graph.model.findings import Finding, Severity
from standards_graph.registry import Registry
from standards_graph.vocab import DCTERMS, OWL, SGO, SKOS, SSSOM
from tests.formats.test_sssom import COLUMNS, FURTHER, HEAD, IBM, NEEDED_OF_SETS, OF_SETS, RECORDS, ROW

GRAPH = vocab.graph("mapping/mine")
STATUS = "ext_mapping_status"
ACCEPTED = vocab.concept("mapping-status", "accepted").value
OWN = ours.node("mine").value


def read(path: Path) -> tuple[list[Quad], list[Finding]]:
    told = list(MappingSets().read(path, GRAPH))
    return [one for one in told if isinstance(one, Quad)], [one for one in told if isinstance(one, Finding)]


def file(folder: Path, text: str, name: str = "mine.sssom.tsv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8", newline="")
    return path


def objects(quads: list[Quad], predicate: NamedNode) -> list[object]:
    return [quad.object for quad in quads if quad.predicate == predicate]


# --- what is said ---


def test_a_record_says_our_relation_and_keeps_what_the_source_wrote(tmp_path):
    quads, _ = read(file(tmp_path, f"{HEAD}{COLUMNS}\n{ROW.replace('skos:exactMatch', 'rdfs:subClassOf')}\n"))
    assert objects(quads, OWL.annotatedProperty) == [SGO.entails]
    assert objects(quads, SSSOM.predicate_id) == [NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")]
    assert [str(one.value) for one in objects(quads, SGO.strictnessUnknown)] == ["true"]


def test_the_set_is_linked_to_its_records_and_both_to_a_source_with_digest_and_licence(tmp_path):
    quads, _ = read(file(tmp_path, f"{HEAD}{COLUMNS}\n{ROW}\n"))
    [record] = [quad.subject for quad in quads if quad.object == SGO.MappingRecord]
    node = NamedNode(OWN)
    assert [quad.object for quad in quads if (quad.subject, quad.predicate) == (node, SSSOM.mappings)] == [record]
    [source] = set(objects(quads, SGO.hasSourceRecord))
    about = {quad.predicate for quad in quads if quad.subject == source}
    assert {SGO.sourceAddress, SGO.contentDigest, DCTERMS.license} <= about


def test_what_others_accepted_comes_in_as_a_candidate_and_is_told(tmp_path):
    text = with_status("https://example.org/set")
    quads, findings = read(file(tmp_path, text))
    assert objects(quads, SGO.hasMappingStatus) == [vocab.concept("mapping-status", "candidate")]
    assert "sssom-status-foreign" in {one.rule for one in findings}


def test_a_set_of_ours_keeps_its_status_and_its_identifiers(tmp_path):
    text = with_status(OWN).replace(COLUMNS, f"record_id\t{COLUMNS}").replace(ROW, f"sgm:0a1b\t{ROW}")
    quads, _ = read(file(tmp_path, text.replace("#  b:", f"#  sgm: {vocab.mapping('').value}\n#  b:")))
    assert objects(quads, SGO.hasMappingStatus) == [NamedNode(ACCEPTED)]
    assert [quad.subject for quad in quads if quad.object == SGO.MappingRecord] == [vocab.mapping("0a1b")]


def with_status(address: str) -> str:
    head = HEAD.replace("https://example.org/set", address)
    further = f"#extension_definitions:\n#  - slot_name: {STATUS}\n#    property: sgo:hasMappingStatus\n"
    further += "#    type_hint: linkml:Uriorcurie\n"
    head = head.replace("#  b:", f"#  sgo: {SGO.iri}\n#  sgs: {vocab.concept('').value}\n#  b:")
    return f"{head}{further}{COLUMNS}\t{STATUS}\n{ROW}\tsgs:mapping-status/accepted\n"


@pytest.mark.parametrize("taken", ["rdf:type", "owl:annotatedSource", "sgo:hasSourceRecord", "rdfs:label", "skos:prefLabel"])
def test_a_further_slot_cannot_say_what_only_the_registry_says(taken, tmp_path):
    head = HEAD.replace("#  b:", f"#  sgo: {SGO.iri}\n#  b:")
    definition = f"#extension_definitions:\n#  - slot_name: mine\n#    property: {taken}\n"
    quads, findings = read(file(tmp_path, f"{head}{definition}{COLUMNS}\tmine\n{ROW}\tx\n"))
    assert {one.rule for one in findings} & {"sssom-extension-wrong", "sssom-extension-reserved"}
    assert objects(quads, NamedNode("http://sssom.invalid/mine"))


def test_a_text_without_an_iri_is_no_end_of_a_record_here(tmp_path):
    row = "a:1\tskos:exactMatch\t\tsemapv:ManualMappingCuration\trdfs literal\tsome text"
    quads, findings = read(file(tmp_path, f"{HEAD}{COLUMNS}\tobject_type\tobject_label\n{row}\n"))
    assert not objects(quads, OWL.annotatedSource)
    assert [(one.rule, one.severity) for one in findings if one.line] == [("sssom-literal-end", Severity.VIOLATION)]


def test_rows_on_the_same_pair_are_records_of_their_own(tmp_path):
    quads, _ = read(file(tmp_path, f"{HEAD}{COLUMNS}\tcomment\n{ROW}\tone\n{ROW}\tother\n"))
    assert len({quad.subject for quad in quads if quad.object == SGO.MappingRecord}) == 2


# --- the way in and out again ---

FURTHER_OF_OURS = tuple(ours.EXTENSIONS.values())
OURS_VALUES = {
    "ext_valid_from": st.dates().map(lambda day: (day.isoformat(),)),
    "ext_valid_until": st.dates().map(lambda day: (day.isoformat(),)),
    "ext_mapping_scope": st.just((vocab.concept("mapping-scope", "software").value,)),
    "ext_mapping_authority": st.just(("law",)),
    "ext_mapping_basis": st.just(("as the annex says",)),
}
STATES = {
    STATUS: st.sampled_from(["accepted", "candidate", "rejected"]).map(
        lambda one: (vocab.concept("mapping-status", one).value,)
    )
}


@st.composite
def own_sets(draw):
    """Sets of ours with further slots, all those of the registry among them."""
    records = []
    for one in draw(st.lists(RECORDS, max_size=4, unique_by=lambda one: tuple(sorted(one.values.items())))):
        values = {name: texts for name, texts in one.values.items() if name not in ("ext_valid_from", "ext_scope")}
        more = draw(st.fixed_dictionaries(STATES, optional=OURS_VALUES))
        records.append(sssom.Record({**values, **more}))
    told = draw(st.fixed_dictionaries(NEEDED_OF_SETS, optional={n: v for n, v in OF_SETS.items() if not n.startswith("ext_")}))
    extensions = (*(one for one in FURTHER if one.name == "ext_note"), *FURTHER_OF_OURS)
    prefixes = {"a": "https://example.org/a/", "b": "https://example.org/b/", "sgo": SGO.iri, "sgs": vocab.concept("").value}
    return sssom.MappingSet({**told, "mapping_set_id": (OWN,)}, prefixes, extensions, tuple(records))


@given(told=own_sets())
@settings(max_examples=80, deadline=None)
def test_a_table_is_the_same_after_a_way_through_the_registry(told, tmp_path_factory):
    path = tmp_path_factory.mktemp("sssom") / "mine.sssom.tsv"
    path.write_bytes(sssom.serialise(told, "tsv"))
    quads, findings = read(path)
    assert {one.rule for one in findings} <= {"sssom-rows", "sssom-predicate-foreign"}
    assert out(quads) == path.read_bytes().decode()


def out(quads: list[Quad]) -> str:
    problems: list[Finding] = []
    told = ours.standard((quad.triple for quad in quads), "mine", Problems(PurePath("mine"), problems.append))
    assert problems == []
    return sssom.serialise(told, "tsv").decode()


@pytest.mark.parametrize("name", IBM)
def test_a_real_set_is_the_same_after_a_way_through_the_registry(name, shared, tmp_path):
    told = sssom.parse(shared / "data" / "ibm-ai-atlas-nexus" / "mappings" / name, lambda _: None)
    path = tmp_path / "mine.sssom.tsv"
    path.write_bytes(sssom.serialise(told, "tsv"))
    assert out(read(path)[0]) == path.read_bytes().decode()


# --- publishing ---


def test_rows_that_cannot_be_read_stop_an_import_unless_they_are_to_be_left_out(small_world: Registry, tmp_path: Path) -> None:
    path = file(tmp_path, f"{HEAD}{COLUMNS}\n{ROW}\n{ROW.replace('b:1', 'c:1')}\n")
    curator = Curator(small_world)
    with pytest.raises(ValidationFailed) as raised:
        curator.import_files("sssom", [path], agent="test")
    [finding] = [one for one in raised.value.findings if one.severity is Severity.VIOLATION]
    assert (finding.rule, finding.line, finding.column) == ("sssom-prefix-unknown", 8, "object_id")
    result = curator.import_files("sssom", [path], agent="test", leave_out=True)
    assert result.report.conforms
    assert result.entities == 2
    assert "sssom-prefix-unknown" in {one.rule for one in result.report.of(Severity.WARNING)}


def test_a_set_is_published_in_a_graph_of_its_own_and_written_again(small_world: Registry, tmp_path: Path) -> None:
    text = f"{HEAD}{COLUMNS}\tconfidence\n{ROW}\t0.9\n"
    Curator(small_world).import_files("sssom", [file(tmp_path, text)], agent="test")
    assert "mine" in small_world.mapping_sets.names()
    written = small_world.mapping_sets.written("mine", "tsv").body.decode()
    assert written == text
    again = Curator(small_world).import_files("sssom", [file(tmp_path, text)], agent="test")
    assert (again.added, again.removed) == (0, 0)


def test_a_second_set_leaves_the_first_alone_and_loading_keeps_both(small_world: Registry, tmp_path: Path) -> None:
    curator = Curator(small_world)
    for name in ("one.tsv", "other.tsv"):
        curator.import_files("sssom", [file(tmp_path, f"{HEAD}{COLUMNS}\n{ROW}\n", name)], agent="test")
    curator.load()
    assert {"one", "other"} <= set(small_world.mapping_sets.names())
    with pytest.raises(BadInput, match="one by one"):
        curator.import_files("sssom", [tmp_path / "one.tsv", tmp_path / "other.tsv"], agent="test")


def test_a_record_that_vanished_from_its_set_is_marked_and_stays(small_world: Registry, tmp_path: Path) -> None:
    curator = Curator(small_world)
    rows = f"{ROW}\n{ROW.replace('1', '2')}\n{ROW.replace('1', '3')}\n"
    curator.import_files("sssom", [file(tmp_path, f"{HEAD}{COLUMNS}\n{rows}")], agent="test")
    result = curator.import_files("sssom", [file(tmp_path, f"{HEAD}{COLUMNS}\n{ROW}\n")], agent="test", accept_shrink=True)
    assert len(result.gone) == 2
    written = small_world.mapping_sets.written("mine", "tsv").body.decode()
    assert written.count("skos:exactMatch") == 3
    assert "ext_withdrawn_at_source" in written


def test_an_accepted_record_of_ours_still_has_to_keep_the_rules(small_world: Registry, tmp_path: Path) -> None:
    with pytest.raises(ValidationFailed) as raised:
        Curator(small_world).import_files("sssom", [file(tmp_path, with_status(OWN))], agent="test")
    rules = {one.rule.rpartition("/")[2] for one in raised.value.findings if one.severity is Severity.VIOLATION}
    assert rules == {"MappingRecordConfidence", "MappingRecordEnds"}


@pytest.mark.parametrize("form", ["tsv", "json", "rdf"])
def test_the_packaged_risk_classes_are_written_with_every_record(form: str, tmp_path: Path, small_world: Registry) -> None:
    told = small_world.mapping_sets.written("risk-classes", form).body
    path = (
        tmp_path / {"tsv": "risk-classes.sssom.tsv", "json": "risk-classes.sssom.json", "rdf": "risk-classes.sssom.ttl"}[form]
    )
    path.write_bytes(told)
    found = sssom.parse(path, lambda _: None)
    records = {
        q.subject for q in small_world.store.dump() if q.object == SGO.MappingRecord and "mapping/risk" in str(q.graph_name)
    }
    assert {one.one("record_id") for one in found.records} == {one.value for one in records if isinstance(one, NamedNode)}
    assert all(one.one("predicate_id").startswith((SKOS.iri, SGO.iri)) for one in found.records)


# --- real and broken files ---


@pytest.mark.parametrize("name", ["ibm2owasp.tsv", "mit-ai-risk-repository_ibm-risk-atlas.tsv", "ailuminate-v1.0.sssom.tsv"])
def test_a_real_set_is_published_without_its_unreadable_rows(name: str, shared: Path, small_world: Registry) -> None:
    path = shared / "data" / "ibm-ai-atlas-nexus" / "mappings" / name
    result = Curator(small_world).import_files("sssom", [path], agent="test", leave_out=True)
    _, records, findings = IBM[name]
    assert result.entities == records + 1
    told = Counter(one.rule for one in result.report.findings)
    assert {rule: told[rule] for rule in findings} == findings


@pytest.mark.parametrize("ending", [".sssom.tsv", ".sssom.json", ".sssom.ttl"])
def test_mutated_files_are_read_or_refused(ending: str, tmp_path: Path) -> None:
    form = {".sssom.tsv": "tsv", ".sssom.json": "json", ".sssom.ttl": "rdf"}[ending]
    told = sssom.parse(Path(__file__).parent / "sssom" / "input.sssom.tsv", lambda _: None)
    whole, draw = sssom.serialise(told, form), random.Random(7)
    path = tmp_path / f"mine{ending}"
    for _ in range(300):
        path.write_bytes(mutated(whole, draw))
        with suppress(UnreadableFile):
            read(path)


def mutated(whole: bytes, draw: random.Random) -> bytes:
    content = bytearray(whole)
    for _ in range(draw.randint(1, 6)):
        place = draw.randrange(len(content))
        how = draw.randrange(4)
        if how == 0:
            content[place] = draw.randrange(256)
        elif how == 1:
            del content[place : place + draw.randint(1, 40)]
        elif how == 2:
            content[place:place] = draw.choice((b"\t", b"\n", b'"', b"#", b":", b"\\|", b"\x00", "\ud7ff".encode(), b"[[[["))
        else:
            content[place:place] = bytes(content[place : place + draw.randint(1, 60)])
    return bytes(content)
