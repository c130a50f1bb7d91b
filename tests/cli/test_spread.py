"""``alert-spread`` and ``silent-members`` on the small world."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from standards_graph.registry import Registry
from tests import small_world as world
from tests.cli.conftest import Run
from tests.cli.test_lineage import rows, runner

MORE = """
PREFIX sgo: <https://w3id.org/standards-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
BASE <https://w3id.org/standards-graph/>
GRAPH <graph/source/relay> {
  <id/action/au-1> a sgo:Recall ; rdfs:label "Zeta: recall, AU"@en ; sgo:deviceNameAsRead "Zeta" ;
    sgo:makerNameAsRead "Zeta Works Ltd." ;
    sgo:inJurisdiction <id/jurisdiction/au> ; sgo:aboutIssue <id/issue/zeta> ; sgo:validFrom "2026-01-01"^^xsd:date ;
    sgo:hasSafetyActionKind <scheme/safety-action-kind/recall> ;
    sgo:printedValidFrom "2026-01"^^xsd:gYearMonth ; sgo:hasSourceRecord <id/source/1> .
  <id/action/hk-1> a sgo:SafetyAlert ; rdfs:label "Zeta: safety alert, HK"@en ; sgo:inJurisdiction <id/jurisdiction/hk> ;
    sgo:aboutIssue <id/issue/zeta> ; sgo:validFrom "2026-01-20"^^xsd:date ; sgo:printedValidFrom "2026-01-20"^^xsd:date ;
    sgo:hasSafetyActionKind <scheme/safety-action-kind/safety-alert> ;
    sgo:relays <id/action/au-1> ; sgo:hasSourceRecord <id/source/1> .
  <id/source/1> sgo:sourceAddress "https://example.org/hk"^^xsd:anyURI .
  <id/issue/zeta> a sgo:SafetyIssue ; rdfs:label "Zeta: wrong"@en .
  <id/device/zeta> a sgo:DeviceFamily ; rdfs:label "ZETA"@en ; sgo:manufacturedBy <id/org/zeta> .
  <id/device/other> a sgo:DeviceFamily ; rdfs:label "Zeta"@en ; sgo:manufacturedBy <id/org/other> .
  <id/org/zeta> rdfs:label "Zeta Works"@en .
  <id/org/other> rdfs:label "Another Firm"@en .
  <id/authorisation/ca-1> sgo:authorises <id/device/zeta> ; sgo:inJurisdiction <id/jurisdiction/ca> .
  <id/authorisation/us-9> sgo:authorises <id/device/other> ; sgo:inJurisdiction <id/jurisdiction/us> .
}
"""


@pytest.fixture
def run(small_world: Registry) -> Run:
    return runner(small_world)


def test_each_jurisdiction_stands_to_the_fault_in_its_own_way(run: Run) -> None:
    done = run("alert-spread", "lung-fault", "--on", "2026-11-22", "--format", "json")
    found = {str(one["records"]).split()[0].rpartition("/")[2]: one for one in rows(done)}
    told = {key: (one["standing"], one["days"], one["complete up to"]) for key, one in found.items()}
    assert told == {
        "mhra-fsn-2": ("action recorded", 0, "not stated"),
        "us-k250003": ("none found up to the day to which actions there are stated complete", 266, "2026-09-01"),
        "eu-cert-1": ("not covered by sources", 266, "not stated"),
    }
    assert {one["same device"] for one in found.values()} == {"the same record of a device"}
    assert "does not mean that none was taken" in done.stderr


def test_before_the_first_action_nobody_is_late(run: Run) -> None:
    found = rows(run("alert-spread", "lung-fault", "--on", "2026-02-28", "--format", "json"))
    assert {one["days"] for one in found} == {"not recorded"}
    assert rows(run("silent-members", "imdrf", "--on", "2026-02-28", "--format", "json")) == []


def test_a_relay_is_evidence_of_what_it_names_and_a_namesake_needs_the_same_firm() -> None:
    registry = Registry.in_memory([*world.quads(), *ox.parse(MORE.strip(), format=ox.RdfFormat.TRIG)])
    found = {
        str(one["place"]).casefold(): one
        for one in rows(runner(registry)("alert-spread", "zeta", "--on", "2026-02-01", "--format", "json"))
    }
    assert set(found) == {"au", "hk", "ca"}
    assert found["au"]["known from"] == "only the notice that relays it: Zeta: safety alert, HK"
    assert found["hk"]["known from"] == "a source of its own; relays Zeta: recall, AU"
    assert (found["hk"]["days"], found["hk"]["at most"]) == (0, 19)
    assert (found["ca"]["standing"], found["ca"]["same device"]) == ("not covered by sources", "the same name and firm")
    assert (found["ca"]["days"], found["ca"]["at most"]) == (12, 31)


def test_members_without_an_action_are_listed_with_their_role(run: Run) -> None:
    (found,) = rows(run("silent-members", "imdrf", "--on", "2026-11-22", "--format", "json"))
    assert (found["member"], found["role"]) == ("U.S. Food and Drug Administration", "management committee member")
    assert (found["issue"], found["since"]) == ("Lung Finder: nodules lost", "not recorded")
    everybody = rows(
        run("silent-members", "healthai-grn", "--issue", "lung-fault", "--all", "--on", "2026-11-22", "--format", "json")
    )
    assert {(one["role"], one["standing"]) for one in everybody} == {
        ("member (pioneer country)", "action recorded"),
        ("official observer", "not covered by sources"),
    }


def test_who_had_left_the_network_by_the_day_is_no_member_of_it(run: Run) -> None:
    def members(day: str) -> set[object]:
        done = run("silent-members", "healthai-grn", "--issue", "bone-fault", "--all", "--on", day, "--format", "json")
        return {one["role"] for one in rows(done)}

    assert "member" in members("2025-12-31")
    assert "member" not in members("2026-03-01")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("alert-spread", "nothing"), "There is no safety issue nothing"),
        (("alert-spread", "a b:> c"), "is no name of a thing"),
        (("silent-members", "nothing"), "No network nothing with members is recorded."),
    ],
)
def test_what_is_not_there_ends_with_a_sentence(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    done = run(*arguments)
    assert done.exit_code != 0
    assert sentence in done.output
