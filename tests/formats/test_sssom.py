"""Mappings in the forms of SSSOM 1.1: what is read, what is told, and that writing and reading again loses nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards_graph.errors import UnreadableFile
from standards_graph.formats import sssom
from standards_graph.formats.sssom import tables
from standards_graph.formats.sssom.slots import ON_RECORDS, ON_SETS, PROPAGATED, Kind, Slot
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import LINKML, SEMAPV, SKOS, SSSOM, XSD

HEAD = """#curie_map:
#  a: https://example.org/a/
#  b: https://example.org/b/
#mapping_set_id: https://example.org/set
#license: https://creativecommons.org/publicdomain/zero/1.0/
"""
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification"
ROW = "a:1\tskos:exactMatch\tb:1\tsemapv:ManualMappingCuration"


def read(text: str, folder: Path, name: str = "set.sssom.tsv") -> tuple[sssom.MappingSet, list[Finding]]:
    path = folder / name
    path.write_text(text, "utf-8", newline="")
    return parse(path)


def parse(path: Path) -> tuple[sssom.MappingSet, list[Finding]]:
    found: list[Finding] = []
    return sssom.parse(path, found.append), [one for one in found if one.rule != "sssom-rows"]


def rules(findings: list[Finding]) -> list[str]:
    return [one.rule for one in findings]


# --- reading ---


def test_a_table_says_what_is_compared_with_full_addresses(tmp_path):
    told, findings = read(f"{HEAD}{COLUMNS}\n{ROW}\n", tmp_path)
    assert findings == []
    assert told.one("mapping_set_id") == "https://example.org/set"
    [record] = told.records
    assert (record.one("subject_id"), record.one("object_id")) == ("https://example.org/a/1", "https://example.org/b/1")
    assert record.one("predicate_id") == SKOS.exactMatch.value
    assert record.line == 7


def test_metadata_may_have_a_space_after_the_sign_and_texts_stay_as_they_are(tmp_path):
    head = HEAD.replace("#", "# ") + "# mapping_set_version: 1.10\n"
    told, findings = read(f"{head}{COLUMNS}\n{ROW}\n", tmp_path)
    assert findings == []
    assert told.one("mapping_set_version") == "1.10"


def test_metadata_may_stand_in_a_file_beside_the_table(tmp_path):
    (tmp_path / "set.sssom.yml").write_text(HEAD.replace("#", ""), "utf-8")
    told, findings = read(f"{COLUMNS}\n{ROW}\n", tmp_path)
    assert findings == []
    assert told.records[0].one("subject_id") == "https://example.org/a/1"


def test_what_holds_for_all_rows_is_written_out_on_each(tmp_path):
    told, findings = read(f"{HEAD}#mapping_date: 2026-01-31\n{COLUMNS}\n{ROW}\n", tmp_path)
    assert findings == []
    assert told.records[0].one("mapping_date") == "2026-01-31"
    assert "mapping_date" not in told.values


def test_a_value_of_the_set_is_not_passed_on_where_a_row_has_its_own(tmp_path):
    rows = f"{COLUMNS}\tmapping_date\n{ROW}\t2025-01-01\n{ROW.replace('1', '2')}\t\n"
    told, findings = read(f"{HEAD}#mapping_date: 2026-01-31\n{rows}", tmp_path)
    assert rules(findings) == ["sssom-not-propagated"]
    assert [one.one("mapping_date") for one in told.records] == ["2025-01-01", ""]
    assert told.one("mapping_date") == "2026-01-31"


def test_a_bar_after_a_backslash_belongs_to_the_value(tmp_path):
    told, _ = read(f"{HEAD}{COLUMNS}\tauthor_label\n{ROW}\tA\\|B|C\n", tmp_path)
    assert told.records[0].values["author_label"] == ("A|B", "C")


@given(st.lists(st.text(alphabet="a|\\", min_size=1), min_size=1))
def test_values_in_one_cell_come_apart_as_they_were(values):
    assert tables.split(tables.joined(values)) == values


def test_a_slot_of_sets_says_nothing_of_a_row(tmp_path):
    told, findings = read(f"{HEAD}{COLUMNS}\tmapping_set_title\n{ROW}\tMine\n", tmp_path)
    assert "mapping_set_title" not in told.records[0].values
    assert "sssom-row-wrong" in rules(findings)


def test_a_declared_slot_keeps_its_property_and_type(tmp_path):
    head = HEAD + "#extension_definitions:\n#  - slot_name: ext_from\n#    property: a:from\n#    type_hint: xsd:date\n"
    told, findings = read(f"{head}{COLUMNS}\text_from\n{ROW}\t2026-01-31\n", tmp_path)
    assert findings == []
    assert told.extensions == (sssom.Extension("ext_from", "https://example.org/a/from", XSD.date.value),)


def test_a_negated_row_and_a_term_that_was_not_found_are_kept(tmp_path):
    rows = (
        f"{COLUMNS}\tpredicate_modifier\n{ROW}\tNot\na:2\tskos:exactMatch\tsssom:NoTermFound\tsemapv:ManualMappingCuration\t\n"
    )
    told, findings = read(HEAD + rows, tmp_path)
    assert findings == []
    assert told.records[0].one("predicate_modifier") == "Not"
    assert told.records[1].one("object_id") == SSSOM.NoTermFound.value


@pytest.mark.parametrize(
    ("object_", "modifier", "meant"), [("b:1", "Not", "https://example.org/b/1"), ("", "", SSSOM.NoTermFound.value)]
)
def test_the_bare_word_no_match_is_read_and_told(object_, modifier, meant, tmp_path):
    told, findings = read(f"{HEAD}{COLUMNS}\na:1\tnoMatch\t{object_}\tsemapv:ManualMappingCuration\n", tmp_path)
    assert rules(findings) == ["sssom-no-match"]
    [record] = told.records
    assert (record.one("predicate_id"), record.one("predicate_modifier")) == (SKOS.mappingRelation.value, modifier)
    assert record.one("object_id") == meant


# --- findings ---


def test_a_prefix_that_is_not_declared_leaves_the_row_out_and_says_where(tmp_path):
    told, [finding] = read(f"{HEAD}{COLUMNS}\n{ROW.replace('b:1', 'c:1')}\n", tmp_path)
    assert told.records == ()
    assert (finding.rule, finding.severity) == ("sssom-prefix-unknown", Severity.VIOLATION)
    assert (finding.source, finding.line, finding.column, finding.value) == ("set.sssom.tsv", 7, "object_id", "c:1")
    assert finding.remedy


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("similarity_score", "58", "sssom-value-out-of-range"),
        ("confidence", "sure", "sssom-value-wrong"),
        ("mapping_date", "31.1.2026", "sssom-value-wrong"),
        ("mapping_cardinality", "many", "sssom-value-wrong"),
        ("mapping_provider", "us", "sssom-value-wrong"),
        ("mapping_source", "c:1", "sssom-prefix-unknown"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_and_the_row_kept(column, value, rule, tmp_path):
    told, [finding] = read(f"{HEAD}{COLUMNS}\t{column}\n{ROW}\t{value}\n", tmp_path)
    assert column not in told.records[0].values
    assert (finding.rule, finding.severity, finding.column, finding.value) == (rule, Severity.WARNING, column, value)


@pytest.mark.parametrize("value", ["somebody@example.org", "orcid:0000-0000"])
def test_a_name_in_place_of_a_reference_is_kept_as_a_name(value, tmp_path):
    told, [finding] = read(f"{HEAD}{COLUMNS}\tauthor_id\n{ROW}\t{value}\n", tmp_path)
    assert told.records[0].values["author_label"] == (value,)
    assert finding.column == "author_id"


@pytest.mark.parametrize(
    ("rows", "rule", "records"),
    [
        (f"{COLUMNS}\tcomment\n{ROW}\n", "sssom-row-short", 1),
        (f"{COLUMNS}\n{ROW}\tmore\n", "sssom-row-long", 0),
        (f"{COLUMNS}\n{ROW}\n{ROW}\n", "sssom-row-duplicate", 1),
        (f"{COLUMNS}\n\t\t\t\n", "sssom-row-empty", 0),
        (f"{COLUMNS}\n{ROW}\n#done\n", "sssom-comment-row", 1),
        (f"{COLUMNS}\nnothing\n", "sssom-value-wrong", 0),
        (f"{COLUMNS}\n{ROW.replace('semapv:ManualMappingCuration', '0.95')}\n", "sssom-value-wrong", 0),
        (f"{COLUMNS}\n{ROW.replace('b:1', '')}\n", "sssom-value-missing", 0),
        (f"{COLUMNS}\tmine\n{ROW}\tx\n", "sssom-column-unknown", 1),
        (f"{COLUMNS}\n{ROW.replace('semapv:Manual', 'a:')}\n", "sssom-justification-unknown", 1),
        (f"{COLUMNS}\tcomment\tcomment\n{ROW}\tx\ty\n", "sssom-column-repeated", 1),
        (f"{COLUMNS}\t\n{ROW}\tx\n", "sssom-column-unnamed", 1),
        (f"record_id\t{COLUMNS}\na:r\t{ROW}\na:r\t{ROW.replace('1', '2')}\n", "sssom-record-id-repeated", 2),
    ],
)
def test_each_defect_of_a_row_is_told(rows, rule, records, tmp_path):
    told, findings = read(HEAD + rows, tmp_path)
    assert rule in rules(findings)
    assert len(told.records) == records


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("#mine: 1\n", "sssom-metadata-unknown"),
        ("#subject_label: x\n", "sssom-metadata-wrong"),
        ("#comment: x\n#comment: y\n", "sssom-metadata-wrong"),
        ("#extension_definitions:\n#  - slot_name: comment\n", "sssom-extension-wrong"),
    ],
)
def test_each_defect_of_the_metadata_is_told(line, rule, tmp_path):
    _, findings = read(f"{HEAD}{line}{COLUMNS}\n{ROW}\n", tmp_path)
    assert rule in rules(findings)


def test_a_prefix_of_the_standard_cannot_be_turned_into_another(tmp_path):
    told, findings = read(f"{HEAD.replace('#  a:', '#  skos: https://evil.example/#')}{COLUMNS}\n", tmp_path)
    assert "sssom-prefix-wrong" in rules(findings)
    assert "skos" not in told.prefixes


def test_a_set_without_address_and_licence_or_with_the_name_of_another_file_is_told(tmp_path):
    _, findings = read(f"#curie_map: {{}}\n{COLUMNS}\n", tmp_path)
    assert rules(findings) == ["sssom-licence-missing", "sssom-set-id-missing"]
    _, findings = read(f"{HEAD.replace('org/set', 'org/other.tsv')}{COLUMNS}\n", tmp_path)
    assert rules(findings) == ["sssom-set-id-other-file"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("#a: [\n" + COLUMNS, "line 1"),
        ("#a: &x 1\n#b: *x\n" + COLUMNS, "anchors"),
        ("#- a\n" + COLUMNS, "name: value"),
        ("", "header"),
        (f'{HEAD}{COLUMNS}\n{ROW}\n"a:2\n', "line 8"),
        (f"#a: {'[' * 2000}\n{COLUMNS}", "not YAML"),
        (f"#a: {'x' * 300_000}\n{COLUMNS}", "characters"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_place(text, place, tmp_path):
    with pytest.raises(UnreadableFile, match=place):
        read(text, tmp_path)


@pytest.mark.parametrize("text", ["[1]", "{", '{"mappings": 1}', "[" * 100_000])
def test_what_is_no_json_of_mappings_is_refused(text, tmp_path):
    with pytest.raises(UnreadableFile):
        read(text, tmp_path, "set.sssom.json")


def test_entities_in_rdf_and_two_sets_in_one_file_are_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="entities"):
        read('<!DOCTYPE a [<!ENTITY a "b">]><a/>', tmp_path, "set.sssom.rdf")
    two = f"<https://a.example> a <{SSSOM.MappingSet.value}> . <https://b.example> a <{SSSOM.MappingSet.value}> ."
    with pytest.raises(UnreadableFile, match="2 mapping sets"):
        read(two, tmp_path, "set.sssom.ttl")


def test_properties_of_rdf_that_no_slot_has_are_kept_each_under_a_name_of_its_own(tmp_path):
    told, _ = read(f"{HEAD}{COLUMNS}\n{ROW}\n", tmp_path)
    plain = sssom.serialise(told, "rdf").decode()
    more = "<https://example.org/a/mine> 1 ; <https://example.org/b/mine> <https://example.org/x> ; <https://example.org/a/> 2"
    found, findings = read(plain.replace("a owl:Axiom", f"{more} ; a owl:Axiom"), tmp_path, "set.sssom.ttl")
    assert rules(findings) == ["sssom-column-unknown"] * 3
    assert {one.property for one in found.extensions} == {f"https://example.org/{one}" for one in ("a/", "a/mine", "b/mine")}
    [record] = found.records
    assert sorted(record.one(one.name) for one in found.extensions) == ["1", "2", "https://example.org/x"]


# --- writing ---

LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u0085")
TEXTS = st.text(st.one_of(LETTERS, st.sampled_from('\t\n"|\\#: ')), min_size=1, max_size=12).filter(lambda text: text.strip())
LOCAL = st.text("abcXYZ019-_.", min_size=1, max_size=6)
REFERENCES = st.builds(str.__add__, st.sampled_from(["https://example.org/a/", "https://example.org/b/"]), LOCAL)
NUMBERS = st.floats(0, 1).map(lambda one: str(int(one)) if one.is_integer() else repr(one))
DAYS = st.dates().map(lambda day: day.isoformat())
FURTHER = (
    sssom.Extension("ext_valid_from", "https://example.org/a/from", XSD.date.value),
    sssom.Extension("ext_scope", "https://example.org/a/scope", LINKML.Uriorcurie.value),
    sssom.Extension("ext_note", "https://example.org/b/note", XSD.string.value),
)


def values_of(slot: Slot) -> st.SearchStrategy[tuple[str, ...]]:
    by_kind = {
        Kind.TEXT: TEXTS,
        Kind.NUMBER: NUMBERS,
        Kind.DAY: DAYS,
        Kind.WORD: st.sampled_from(sorted(slot.words or {"1:1"})),
    }
    one = by_kind.get(slot.kind, REFERENCES)
    return (
        st.lists(one, min_size=1, max_size=3, unique=True).map(lambda found: tuple(sorted(found)))
        if slot.many
        else st.tuples(one)
    )


FURTHER_VALUES = {"ext_valid_from": st.tuples(DAYS), "ext_scope": st.tuples(REFERENCES), "ext_note": st.tuples(TEXTS)}
OPTIONAL = {slot.name: values_of(slot) for slot in ON_RECORDS if slot.name != "record_id"} | FURTHER_VALUES
NEEDED = {name: OPTIONAL.pop(name) for name in ("subject_id", "predicate_id", "object_id", "mapping_justification")}
NEEDED["mapping_justification"] = st.tuples(st.sampled_from(sorted(one.value for one in SEMAPV.terms().values())))
OF_SETS = {slot.name: values_of(slot) for slot in ON_SETS if slot not in PROPAGATED} | FURTHER_VALUES
NEEDED_OF_SETS = {name: OF_SETS.pop(name) for name in ("mapping_set_id", "license")}


def not_literal(values: dict[str, tuple[str, ...]]) -> bool:
    return "rdfs literal" not in (*values.get("subject_type", ()), *values.get("object_type", ()))


RECORDS = st.fixed_dictionaries(NEEDED, optional=OPTIONAL).filter(not_literal).map(sssom.Record)
SETS = st.builds(
    sssom.MappingSet,
    st.fixed_dictionaries(NEEDED_OF_SETS, optional=OF_SETS),
    st.just({"a": "https://example.org/a/", "b": "https://example.org/b/"}),
    st.just(FURTHER),
    st.lists(RECORDS, max_size=4, unique_by=lambda one: tuple(sorted(one.values.items()))).map(tuple),
)
ENDINGS = {"tsv": "set.sssom.tsv", "json": "set.sssom.json", "rdf": "set.sssom.ttl"}


@pytest.mark.parametrize("form", ["json", "rdf"])
@given(told=SETS)
@settings(max_examples=60, deadline=None)
def test_a_table_is_the_same_after_a_way_through_another_form(form, told, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sssom")
    table = folder / ENDINGS["tsv"]
    table.write_bytes(sssom.serialise(told, "tsv"))
    first, findings = parse(table)
    assert findings == []
    other = folder / ENDINGS[form]
    other.write_bytes(sssom.serialise(first, form))
    second, findings = parse(other)
    assert findings == []
    assert sssom.serialise(second, "tsv") == table.read_bytes()
    assert content(second) == content(told)


def content(told: sssom.MappingSet) -> tuple[object, ...]:
    return dict(told.values), Counter(str(sorted(one.values.items())) for one in told.records)


def test_the_table_is_in_canonical_form(tmp_path):
    rows = f"comment\t{COLUMNS}\tmapping_date\nz\t{ROW.replace('1', '2')}\t2026-01-31\na\t{ROW}\t2026-01-31\n"
    told, _ = read(HEAD.replace("#  b", "#  c: https://example.org/c/\n#  b") + rows, tmp_path)
    assert sssom.serialise(told, "tsv").decode() == (
        HEAD + "#mapping_date: 2026-01-31\n" + f"{COLUMNS}\tcomment\n{ROW}\ta\n{ROW.replace('1', '2')}\tz\n"
    )


def test_slots_that_nobody_uses_are_not_declared(tmp_path):
    told, _ = read(f"{HEAD}{COLUMNS}\n{ROW}\n", tmp_path)
    assert b"extension_definitions" not in sssom.serialise(replace(told, extensions=FURTHER), "tsv")


# --- real files ---

RATED = {"sssom-name-as-reference": 189, "sssom-value-out-of-range": 44, "sssom-not-propagated": 1}
IBM = {
    # file: rows, records, findings by rule
    "ailuminate-v1.0.sssom.tsv": (189, 189, RATED),
    "aiuc1_to_owasp_llm_from_tsv_data.tsv": (66, 66, {"sssom-row-short": 66, "sssom-name-as-reference": 66}),
    "granite_guardian_ibm-risk-atlas.tsv": (
        13, 13, {"sssom-row-short": 13, "sssom-name-as-reference": 13, "sssom-set-id-other-file": 1},
    ),
    "ibm2ibm.tsv": (16, 16, {"sssom-name-as-reference": 16, "sssom-not-propagated": 1}),
    "ibm2nistgenai.tsv": (84, 84, {"sssom-row-short": 78, "sssom-name-as-reference": 84, "sssom-no-match": 3}),
    "ibm2owasp.tsv": (
        73, 14,
        {"sssom-row-short": 60, "sssom-no-match": 41, "sssom-prefix-unknown": 58, "sssom-name-as-reference": 73,
         "sssom-value-wrong": 1},
    ),
    "ibm_capabilities_to_tasks.tsv": (74, 74, {"sssom-name-as-reference": 74}),
    "mit-ai-risk-repository_ibm-risk-atlas.tsv": (
        252, 61,
        {"sssom-prefix-unknown": 189, "sssom-name-as-reference": 252, "sssom-row-duplicate": 2, "sssom-not-propagated": 1},
    ),
    "owasp_asi2owasp_llm.tsv": (23, 23, {"sssom-prefix-unknown": 23}),
    "shieldgemma_risk_mappings.tsv": (
        15, 15, {"sssom-name-as-reference": 15, "sssom-not-propagated": 1, "sssom-set-id-other-file": 1},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", IBM)
def test_the_defects_of_real_files_are_told_row_by_row_and_nothing_is_lost_after(name, shared, tmp_path):
    rows, records, findings = IBM[name]
    told, found = parse(shared / "data" / "ibm-ai-atlas-nexus" / "mappings" / name)
    assert (told.rows, len(told.records)) == (rows, records)
    assert Counter(rules(found)) == findings
    again = tmp_path / name
    again.write_bytes(sssom.serialise(told, "tsv"))
    assert sssom.serialise(parse(again)[0], "tsv") == again.read_bytes()


def test_all_pairs_that_were_assessed_and_rejected_are_kept_once_their_prefix_is_declared(shared, tmp_path):
    source = shared / "data" / "ibm-ai-atlas-nexus" / "mappings" / "ibm2owasp.tsv"
    (tmp_path / source.name).symlink_to(source)
    (tmp_path / "ibm2owasp.yml").write_text("curie_map:\n  owasp-llm-2.0: https://genai.owasp.org/llmrisk/\n", "utf-8")
    told, _ = parse(tmp_path / source.name)
    assert len(told.records) == 72
    rejected = [one for one in told.records if one.one("predicate_id") == SKOS.mappingRelation.value]
    assert Counter(one.one("predicate_modifier") for one in rejected) == {"Not": 26, "": 14}


@pytest.mark.parametrize(("name", "records", "negated"), [("negative", 1825, 1825), ("unsure", 105, 0)])
def test_a_large_set_of_rejected_pairs_is_read_whole(name, records, negated, shared):
    told, found = parse(shared / "data" / "sssom-reference" / f"biomappings-{name}.sssom.tsv")
    assert rules(found) == ["sssom-licence-missing", "sssom-set-id-other-file"]
    assert len(told.records) == records
    assert sum(one.one("predicate_modifier") == "Not" for one in told.records) == negated
