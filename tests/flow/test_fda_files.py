"""Later files of the FDA on their way through drafting: what left a list stays and says so, and a class that changed stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from standards_graph.drafting import Drafting
from standards_graph.registry import Registry
from standards_graph.settings import Settings
from standards_graph.vocab import SGO, concept, entity
from tests import small_world as world

LIST = "Date of Final Decision,Submission Number,Device,Company,Panel (lead),Primary Product Code"
STAYS = "03/31/2023,K230001,Bone Finder Two,Example Imaging,Radiology,QIH"
GOES = "03/08/2023,DEN220039,Example Test,Example Tests,Microbiology,QVF"
COMES = "05/30/2025,K250009,Lung Finder Two,Example Imaging,Radiology,QIH"
CODES = (
    "REVIEW_PANEL|MEDICALSPECIALTY|PRODUCTCODE|DEVICENAME|DEVICECLASS|UNCLASSIFIED_REASON|GMPEXEMPTFLAG|THIRDPARTYFLAG|"
    "REVIEWCODE|REGULATIONNUMBER|SUBMISSION_TYPE_ID|DEFINITION|PHYSICALSTATE|TECHNICALMETHOD|TARGETAREA|Implant_Flag|"
    "Life_Sustain_support_flag|SummaryMalfunctionReporting"
)


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry.in_memory(world.quads(), Settings(home=tmp_path / "home")) as made:
        yield made


def publish(registry: Registry, source: str, path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    drafting = Drafting(registry)
    draft = drafting.add(source, [path], agent="tests")
    assert draft.report.conforms
    drafting.difference(draft.name)
    drafting.publish(draft.name, agent="tests", note="looked at", accept_shrink=True)


def said(registry: Registry, subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in registry.store.dump() if q.subject == subject and q.predicate == predicate}


def test_what_left_the_list_of_ai_devices_is_still_shown_as_withdrawn_at_the_source(registry: Registry, tmp_path: Path) -> None:
    publish(registry, "fda-ai-devices", tmp_path / "list-2024-03.csv", LIST, STAYS, GOES)
    publish(registry, "fda-ai-devices", tmp_path / "list-2025-07.csv", LIST, STAYS, COMES)
    gone, kept = entity("authorisation", "us-den220039"), entity("authorisation", "us-k230001")
    assert len(said(registry, gone, SGO.withdrawnAtSource)) == 1
    assert said(registry, gone, SGO.printedDeviceName) == {Literal("Example Test")}
    assert not said(registry, kept, SGO.withdrawnAtSource)
    changes = registry.store.changes(registry.history()[0].number)
    assert not {q for q in (*changes.added, *changes.removed) if q.subject == kept}
    assert registry.entities.about(gone).group(SGO.withdrawnAtSource) is not None


def test_both_classes_of_a_code_stay_and_the_code_has_the_current_one(registry: Registry, tmp_path: Path) -> None:
    row = "RA|RA|MYN|Analyzer, Medical Image|{}||N|N||{}|1|||||N|N|Eligible"
    publish(registry, "fda-product-codes", tmp_path / "2018.txt", CODES, row.format(3, ""))
    publish(registry, "fda-product-codes", tmp_path / "2026.txt", CODES, row.format(2, "892.2070"))
    old = entity("classification", "us-product-code-myn-class-3")
    new = entity("classification", "us-product-code-myn-class-2-892-2070")
    assert said(registry, concept("us-product-code", "myn"), SGO.hasRiskClass) == {concept("us-fda-class", "ii")}
    assert said(registry, old, SGO.assignsRiskClass) == {concept("us-fda-class", "iii")}
    assert len(said(registry, old, SGO.withdrawnAtSource)) == 1
    assert said(registry, new, SGO.assignsRiskClass) == {concept("us-fda-class", "ii")}
    assert not said(registry, new, SGO.withdrawnAtSource)
