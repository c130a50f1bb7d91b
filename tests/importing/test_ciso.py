"""Libraries of CISO Assistant: numbers as the documents print them, and relations that have to agree both ways."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.formats.oscal import RELATIONSHIPS
from standards_graph.formats.sssom import ours
from standards_graph.importing.base import recognised
from standards_graph.importing.codes.ciso_catalogue import CisoCatalogue
from standards_graph.importing.codes.ciso_mappings import RATIONALE, RELATIONS, SCALE, STRENGTH, CisoMappings
from standards_graph.importing.codes.papers import FRAMEWORKS
from standards_graph.model.findings import Severity
from standards_graph.model.mappings import Extent
from standards_graph.registry import Registry
from standards_graph.vocab import DCTERMS, OWL, RDF, RDFS, SGO, SSSOM
from tests.importing.codes import Read, read

NODE = "urn:intuitem:risk:req_node:"
FRAMEWORK = "urn:intuitem:risk:framework:"
ROWS = {
    "map-nist-csf-1.1-nist-csf-2.0": (185, 185),
    "mapping-cis-controls-v8-and-iso27001-2022": (400, 199),
    "mapping-dora-and-finma-2023-01": (267, 267),
    "mapping-iso27001-2013-to-iso27001-2022": (134, 134),
    "mapping-nist-csf-2.0-to-iso27001-2022": (686, 341),
    "mapping-nist-sp-800-66-rev2-to-nist-csf-1.1": (3314, 1653),
    "mapping-nist-sp-800-66-rev2-to-nist-csf-2.0": (5108, 2107),
    "mapping-nist-sp-800-66-rev2-to-nist-sp-800-53-rev5": (1242, 610),
}
"""Rows of each file, and the records that are left without repeated and mirrored ones."""


def library(tmp_path: Path, objects: dict[str, object]) -> Path:
    path = tmp_path / "library.yaml"
    head = {"urn": "urn:intuitem:risk:library:example", "name": "An example", "provider": "somebody", "version": 1}
    path.write_text(json.dumps({**head, "objects": objects}, indent=1), "utf-8")  # JSON is YAML
    return path


def node(key: str, *, above: str = "", ref: str = "", **more: object) -> dict[str, object]:
    framework = str(more.pop("framework", "ai-act"))
    over = {"parent_urn": f"{NODE}{framework}:{above}"} if above else {}
    return {"urn": f"{NODE}{framework}:{key}", **over, **({"ref_id": ref} if ref else {}), **more}


def catalogue(tmp_path: Path, *nodes: dict[str, object], framework: str = "ai-act", texts: bool = False) -> Read:
    told = {"urn": FRAMEWORK + framework, "name": "A name", "requirement_nodes": list(nodes)}
    return read(CisoCatalogue(texts=texts), library(tmp_path, {"framework": told}))


def numbers(found: Read) -> dict[str, str]:
    """What each provision is called, by its slug."""
    said = {q.subject.value: q.object.value for q in found.quads if q.predicate == SGO.provisionNumber}  # type: ignore[union-attr]
    return {iri.partition("/id/provision/")[2]: number for iri, number in said.items()}


def row(source: str, target: str, relation: str, **more: object) -> dict[str, object]:
    return {
        "source_requirement_urn": NODE + source,
        "target_requirement_urn": NODE + target,
        "relationship": relation,
        **more,
    }


def direction(source: str, target: str, *rows: dict[str, object]) -> dict[str, object]:
    ends = {"source_framework_urn": FRAMEWORK + source, "target_framework_urn": FRAMEWORK + target}
    return {**ends, "requirement_mappings": list(rows)}


def mapped(tmp_path: Path, *ways: dict[str, object]) -> Read:
    return read(CisoMappings(), library(tmp_path, {"requirement_mapping_sets": list(ways)}))


def relations(found: Read) -> list[tuple[str, str, str]]:
    """From, relation and to of each record, by the last parts of their names."""
    records = found.subjects(RDF.type, SGO.MappingRecord)
    ends = (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
    return sorted(
        tuple(last(one) for end in ends for one in found.objects(record, end))  # type: ignore[misc,arg-type]
        for record in records
    )


def last(term: object) -> str:
    return str(term).strip("<>").replace("#", "/").rpartition("/id/provision/")[2].rpartition("ontology/")[2]


def test_the_documents_bear_the_names_that_the_registry_gives_them(small_world: Registry) -> None:
    from standards_graph import resources
    from standards_graph.importing import curated

    labels = {q.subject: q.object.value for q in curated.quads(resources.data() / "curated") if q.predicate == RDFS.label}
    known = [one for one in FRAMEWORKS.values() if one.iri in labels]
    assert len(known) >= 6
    assert {one.iri: one.name for one in known} == {one.iri: labels[one.iri] for one in known}


def test_parts_of_a_law_get_the_numbers_that_the_law_prints_and_headings_without_stray_backticks(tmp_path: Path) -> None:
    found = catalogue(
        tmp_path,
        node("node1", name="CHAPTER III ", description="HIGH-RISK"),
        node("node2", above="node1", name="Section 2", description="Requirements"),
        node("node3", above="node2", name="Article 36", description="Changes to notifications` "),
        node("36.6", above="node3", ref="36.6"),
        node("36.7", above="node3", ref="36.7"),
        node("node4", above="36.7", description="unnumbered"),
        node("36.7.a", above="36.7", ref="36.7.a"),
        node("recital-1", ref="Recital 1", description="Words."),
        node("node5", name="ANNEX IV", description="Papers"),
    )
    assert numbers(found) == {
        "eu-2024-1689/chapter-iii": "Chapter III",
        "eu-2024-1689/chapter-iii-2": "Chapter III section 2",
        "eu-2024-1689/article-36": "Article 36",
        "eu-2024-1689/article-36-6": "Article 36(6)",
        "eu-2024-1689/article-36-7": "Article 36(7)",
        "eu-2024-1689/article-36-7-a": "Article 36(7)(a)",
        "eu-2024-1689/recital-1": "Recital 1",
        "eu-2024-1689/annex-iv": "Annex IV",
    }
    article = vocab.entity("provision", "eu-2024-1689/article-36")
    assert found.objects(article, SGO.provisionHeading) == {Literal("Changes to notifications", language="en")}
    assert found.objects(article, RDFS.label) == {Literal("AI Act, Article 36", language="en")}
    assert found.rules() == ["ciso-no-number", "ciso-texts"]


def test_the_only_paragraph_of_an_article_has_no_number_in_the_law_and_its_points_are_those_of_the_article(
    tmp_path: Path,
) -> None:
    nodes = [node("n", name="Article 3", description="Definitions"), node("3.1", above="n", ref="3.1")]
    found = catalogue(tmp_path, *nodes, node("3.1.32", above="3.1", ref="3.1.32"))
    assert numbers(found) == {"eu-2024-1689/article-3": "Article 3", "eu-2024-1689/article-3-32": "Article 3(32)"}


def test_a_reference_that_does_not_continue_the_one_above_is_no_number_of_the_law(tmp_path: Path) -> None:
    nodes = [node("n", name="Article 3", description="Definitions"), node("3.1", above="n", ref="3.1")]
    found = catalogue(tmp_path, *nodes, node("3.2", above="3.1", ref="3.2"))
    assert set(numbers(found)) == {"eu-2024-1689/article-3"}
    assert [one.value for one in found.findings if one.rule == "ciso-number-doubtful"] == ["2: 3.1, 3.2 …"]


def test_points_of_an_annex_are_sections_and_letters(tmp_path: Path) -> None:
    of = {"framework": "cra-resolution-annexes"}
    found = catalogue(
        tmp_path,
        node("8", ref="8", name="ANNEX  VIII", **of),
        node("8.2", above="8", ref="8.2", name="Part II", **of),
        node("8.2.3.1", above="8.2", ref="8.2.3.1", **of),
        node("8.2.3.1.a", above="8.2.3.1", ref="8.2.3.1.a", **of),
        node("8.2.3.1'", above="8.2", ref="8.2.3.1'", **of),
        framework="cra-resolution-annexes",
    )
    assert list(numbers(found).values()).count("Annex VIII part II section 3.1(a)") == 1
    assert "eu-2024-2847/annex-viii-part-ii-3-1" in numbers(found)
    assert found.rules() == ["ciso-number-twice"]


def test_a_clause_of_a_standard_has_the_name_that_the_registry_gives_it(tmp_path: Path) -> None:
    of = {"framework": "iso42001-2023"}
    nodes = [
        node("4.1", ref="4.1", name="Understanding", **of),
        node("a.6.2.3", ref="A.6.2.3", name="Documentation", **of),
    ]
    found = catalogue(tmp_path, *nodes, framework="iso42001-2023")
    assert numbers(found) == {"iso-iec-42001-2023/clause-4-1": "4.1", "iso-iec-42001-2023/a-6-2-3": "A.6.2.3"}
    edition = vocab.entity("edition", "iso-iec-42001-2023")
    assert len(found.objects(edition, SGO.hasProvision)) == 2
    assert not found.objects(edition, RDF.type)


def test_a_framework_that_the_registry_does_not_have_is_described_as_far_as_the_library_goes(tmp_path: Path) -> None:
    found = catalogue(tmp_path, node("gv", ref="GV", framework="nist-csf-2.0"), framework="nist-csf-2.0")
    assert found.objects(vocab.entity("edition", "nist-csf-2-0"), RDF.type) == {SGO.StandardEdition}
    found = catalogue(tmp_path, node("1", ref="1", framework="mine"), framework="mine")
    assert found.objects(vocab.entity("framework", "mine"), RDF.type) == {SGO.Document}
    assert numbers(found) == {"mine/requirement-1": "1"}


def test_requirements_without_a_printed_number_bear_the_packagers_and_headings_are_left_out(tmp_path: Path) -> None:
    of = {"framework": "nist-sp-800-66-rev2"}
    found = catalogue(
        tmp_path,
        node("node4", name="1. Identify", assessable=True, **of),
        node("node5", name="Preamble", assessable=False, **of),
        node("1", ref="164.308(a)(1)", above="gone", **of),
        framework="nist-sp-800-66-rev2",
    )
    assert set(numbers(found).values()) == {"node4", "164.308(a)(1)"}
    assert sorted(found.rules()) == ["ciso-no-number", "ciso-own-number", "ciso-parent"]


def test_how_requirements_are_worded_comes_in_only_when_asked_for(tmp_path: Path) -> None:
    one = node("36.7", ref="36.7", above="n", description="The words.")
    above = node("n", name="Article 36", description="Its title")
    assert not [
        q for q in catalogue(tmp_path, above, one, node("36.8", ref="36.8")).quads if q.predicate == DCTERMS.description
    ]
    found = read(CisoCatalogue().with_texts(), tmp_path / "library.yaml")
    assert {q.object for q in found.quads if q.predicate == DCTERMS.description} == {Literal("The words.", language="en")}


def test_each_relation_is_the_one_of_the_registry_and_a_candidate_with_both_editions(tmp_path: Path) -> None:
    words = ("equal", "subset", "superset", "intersect")
    rows = [row(f"iso27001-2013:4.{n}", f"iso27001-2022:a.5.{n}", word) for n, word in enumerate(words)]
    found = mapped(tmp_path, direction("iso27001-2013", "iso27001-2022", *rows))
    assert relations(found) == [
        ("iso-iec-27001-2013/clause-4-0", "equivalentTo", "iso-iec-27001-2022/a-5-0"),
        ("iso-iec-27001-2013/clause-4-1", "entailedBy", "iso-iec-27001-2022/a-5-1"),
        ("iso-iec-27001-2013/clause-4-2", "entails", "iso-iec-27001-2022/a-5-2"),
        ("iso-iec-27001-2013/clause-4-3", "overlaps", "iso-iec-27001-2022/a-5-3"),
    ]
    for record in found.subjects(RDF.type, SGO.MappingRecord):
        assert isinstance(record, NamedNode)
        assert found.objects(record, SGO.hasMappingStatus) == {ours.CANDIDATE}
        assert found.objects(record, SSSOM.subject_source) == {vocab.entity("edition", "iso-iec-27001-2013")}
        assert found.objects(record, NamedNode(SSSOM.iri + "object_source_version")) == {Literal("2022")}
    assert not found.findings


def test_rationale_and_strength_are_kept_and_the_scale_is_named(tmp_path: Path) -> None:
    rows = [row("dora:5", "finma-2023-01:22", "intersect", rationale="functional", strength_of_relationship=n) for n in (1, 3)]
    rows[1]["target_requirement_urn"] = NODE + "finma-2023-01:23"
    found = mapped(tmp_path, direction("dora", "finma-2023-01", *rows))
    said = {q.predicate.value: str(q.object.value) for q in found.quads if q.predicate.value.startswith("http://sssom.invalid")}  # type: ignore[union-attr]
    assert said[RATIONALE.property] == "functional"
    assert said[STRENGTH.property] in ("1", "3")
    assert said[SCALE.property] == "1 to 3 in this file, which names no scale"
    assert found.rules() == ["ciso-edition", "ciso-edition"]


def test_a_direction_that_says_the_same_the_other_way_round_makes_no_records_of_its_own(tmp_path: Path) -> None:
    there = direction("iso27001-2013", "iso27001-2022", row("iso27001-2013:4.1", "iso27001-2022:4.1", "subset"))
    back = direction("iso27001-2022", "iso27001-2013", row("iso27001-2022:4.1", "iso27001-2013:4.1", "superset"))
    found = mapped(tmp_path, there, back)
    assert found.rows == 2
    assert relations(found) == [("iso-iec-27001-2013/clause-4-1", "entailedBy", "iso-iec-27001-2022/clause-4-1")]
    assert [(one.rule, one.value) for one in found.findings] == [("ciso-mirrored", "1")]


def test_directions_that_disagree_are_both_kept_and_it_is_told(tmp_path: Path) -> None:
    there = direction("iso27001-2013", "iso27001-2022", row("iso27001-2013:4.1", "iso27001-2022:4.1", "subset"))
    back = direction("iso27001-2022", "iso27001-2013", row("iso27001-2022:4.1", "iso27001-2013:4.1", "equal"))
    found = mapped(tmp_path, there, back)
    assert len(relations(found)) == 2
    assert [(one.rule, one.severity, one.line) for one in found.findings] == [("ciso-inverse", Severity.WARNING, 1)]
    assert "says subset" not in found.findings[0].message
    assert "says superset, read this way round" in found.findings[0].message


def test_a_pair_that_one_direction_lacks_is_told(tmp_path: Path) -> None:
    rows = [row(f"iso27001-2013:4.{n}", f"iso27001-2022:4.{n}", "equal") for n in (1, 2)]
    back = row("iso27001-2022:4.3", "iso27001-2013:4.3", "equal")
    found = mapped(
        tmp_path, direction("iso27001-2013", "iso27001-2022", *rows), direction("iso27001-2022", "iso27001-2013", back)
    )
    assert found.count("ciso-inverse") == 3
    assert len(relations(found)) == 3


def test_repeated_rows_count_once_and_one_pair_in_two_relations_is_told(tmp_path: Path) -> None:
    pair = ("iso27001-2013:4.1", "iso27001-2022:4.1")
    rows = [row(*pair, "equal"), row(*pair, "equal"), row(*pair, "subset")]
    found = mapped(tmp_path, direction("iso27001-2013", "iso27001-2022", *rows))
    assert len(relations(found)) == 2
    assert sorted(found.rules()) == ["ciso-repeated", "ciso-two-relations"]


def test_a_row_of_an_unknown_relation_is_a_violation_and_a_stranger_is_told(tmp_path: Path) -> None:
    rows = [
        row("iso27001-2013:4.1", "iso27001-2022:4.1", "not_related"),
        row("dora:4.1", "iso27001-2022:4.1", "equal", rationale="guess"),
    ]
    found = mapped(tmp_path, direction("iso27001-2013", "iso27001-2022", *rows))
    assert [(one.rule, one.severity) for one in found.findings] == [
        ("ciso-relation", Severity.VIOLATION),
        ("ciso-rationale", Severity.INFO),
        ("ciso-stranger", Severity.WARNING),
    ]


def test_one_set_alone_may_be_written_in_the_singular(tmp_path: Path) -> None:
    one = direction("iso27001-2013", "iso27001-2022", row("iso27001-2013:4.1", "iso27001-2022:4.1", "equal"))
    found = read(CisoMappings(), library(tmp_path, {"requirement_mapping_set": one}))
    assert len(relations(found)) == 1


@pytest.mark.parametrize("one", [CisoCatalogue(), CisoMappings()])
def test_another_library_or_no_library_is_refused(tmp_path: Path, one: CisoCatalogue | CisoMappings) -> None:
    with pytest.raises(UnreadableFile, match="library"):
        read(one, library(tmp_path, {"threats": []}))
    path = tmp_path / "other.yaml"
    path.write_text("a: b", "utf-8")
    with pytest.raises(UnreadableFile, match="no library"):
        read(one, path)


def test_the_files_of_one_library_each_fill_a_graph(tmp_path: Path) -> None:
    assert CisoMappings().fills(tmp_path / "Map-A.yaml.gz") == "mapping/map-a"
    assert CisoCatalogue().fills(tmp_path / "ai-act.yaml") == "source/ciso-catalogue/ai-act"


@pytest.mark.parametrize("name", sorted(ROWS))
def test_the_mappings_themselves(shared: Path, name: str) -> None:
    path = shared / "data" / "ciso-assistant" / f"{name}.yaml"
    assert recognised(path) == "ciso-mapping"
    found = read(CisoMappings(), path)
    assert (found.rows, len(found.subjects(RDF.type, SGO.MappingRecord))) == ROWS[name]
    assert not [one for one in found.findings if one.severity is not Severity.INFO]


def test_the_relations_of_the_mapping_between_two_editions_of_one_standard(shared: Path) -> None:
    found = read(CisoMappings(), shared / "data" / "ciso-assistant" / "mapping-iso27001-2013-to-iso27001-2022.yaml")
    assert Counter(relation for _, relation, _ in relations(found)) == {
        "equivalentTo": 77,
        "entailedBy": 48,
        "entails": 6,
        "overlaps": 3,
    }
    # the whole clause on internal audits of 2013 asks for more than each of the two that it became
    whole, part = "iso-iec-27001-2013/clause-9-2", "iso-iec-27001-2022/clause-9-2-1"
    assert [relation for one, relation, other in relations(found) if (one, other) == (whole, part)] == ["entails"]


def test_what_comes_in_as_a_subset_goes_out_as_one() -> None:
    known = {word: RELATIONSHIPS[relation.value.rpartition("#")[2], Extent.FULFILMENTS] for word, relation in RELATIONS.items()}
    assert known == {
        "equal": "equivalent-to",
        "subset": "subset-of",
        "superset": "superset-of",
        "intersect": "intersects-with",
    }


@pytest.mark.parametrize(
    ("name", "rows", "parts", "twice"),
    [
        ("ai-act", 1200, 992, 0),
        ("cra-regulation-annexes", 198, 172, 1),
        ("hds-v2", 82, 31, 0),
        ("iec-62443-4-1-2018", 55, 55, 0),
        ("iso42001-2023", 88, 88, 0),
        ("nist-ai-rmf-1.0", 113, 95, 0),
        ("nist-csf-2.0", 134, 134, 0),
        ("nist-sp-800-66-rev2", 179, 179, 0),
    ],
)
def test_the_catalogues_themselves(shared: Path, name: str, rows: int, parts: int, twice: int) -> None:
    path = shared / "data" / "ciso-assistant" / f"{name}.yaml"
    assert recognised(path) == "ciso-catalogue"
    found = read(CisoCatalogue(), path)
    assert (found.rows, len(found.subjects(RDF.type, SGO.Provision))) == (rows, parts)
    assert found.count("ciso-number-twice") == twice
    if name == "ai-act":
        told = set(numbers(found).values())
        assert len([one for one in told if one.startswith("Recital ")]) == 180
        assert {f"Article {n}" for n in range(1, 114)} <= told
        assert {"Article 5(1)(a)", "Annex XIII"} <= told
        assert [one.value for one in found.findings if one.rule == "ciso-number-doubtful"] == ["89: 3.1, 3.2, 3.3, 3.4, 3.5 …"]


def test_requirements_that_stand_above_one_another_in_a_circle_have_no_number(tmp_path: Path) -> None:
    found = catalogue(tmp_path, node("a", above="b", ref="1"), node("b", above="a", ref="2"), node("c", above="c", ref="3"))
    assert not numbers(found)


@pytest.mark.parametrize("nodes", [None, 7, ["x"], [None]])
def test_requirements_that_are_no_list_of_objects_are_refused(tmp_path: Path, nodes: object) -> None:
    told = {"urn": FRAMEWORK + "ai-act", "requirement_nodes": nodes}
    with pytest.raises(UnreadableFile, match="list of objects"):
        read(CisoCatalogue(), library(tmp_path, {"framework": told}))


def test_a_number_of_which_no_name_can_be_made_is_a_violation(tmp_path: Path) -> None:
    found = catalogue(tmp_path, node("x", ref="—", framework="mine"), framework="mine")
    assert [(one.rule, one.severity) for one in found.findings] == [("ciso-number", Severity.VIOLATION)]


def test_a_strength_in_words_is_kept_without_a_scale(tmp_path: Path) -> None:
    one = row("iso27001-2013:4.1", "iso27001-2022:4.1", "equal", strength_of_relationship="strong")
    found = mapped(tmp_path, direction("iso27001-2013", "iso27001-2022", one))
    assert {str(q.object.value) for q in found.quads if q.predicate.value == STRENGTH.property} == {"strong"}  # type: ignore[union-attr]
    assert not [q for q in found.quads if q.predicate.value == SCALE.property]
