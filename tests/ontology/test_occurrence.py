"""Whether each term is of use: in the shapes, and in the questions or the examples."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from standards_graph import resources
from standards_graph.validation import occurrence

TERM = """
@prefix sgo: <https://w3id.org/standards-graph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
sgo:plantedProperty a owl:DatatypeProperty .
sgo:plantedNote a owl:AnnotationProperty .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resources.ontology(), tmp_path / "ontology"))


def offenders(folder: Path) -> dict[str, tuple[str, ...]]:
    return {one.name: one.offenders for one in occurrence.of_ontology(folder)}


def test_every_class_and_property_occurs_in_a_shape():
    assert offenders(resources.ontology()) == {"s12-in-a-shape": (), "s12-in-a-question": ()}


def test_a_term_that_nothing_uses_is_found_and_an_annotation_is_not(folder: Path):
    (folder / "modules" / "planted.ttl").write_text(TERM, "utf-8")
    found = offenders(folder)
    assert found["s12-in-a-shape"] == ("plantedProperty",)
    assert "plantedProperty" in found["s12-in-a-question"]
    assert "plantedNote" not in found["s12-in-a-question"]


@pytest.mark.parametrize("name", ["examples/planted.ttl", "questions/planted.rq"])
def test_an_example_or_a_question_makes_use_of_a_term(folder: Path, name: str):
    (folder / "modules" / "planted.ttl").write_text(TERM, "utf-8")
    prefix = "@prefix sgo: <https://w3id.org/standards-graph/ontology#> .\n" if name.endswith("ttl") else ""
    (folder / name).write_text(prefix + '[] sgo:plantedProperty "x" .', "utf-8")
    assert "plantedProperty" not in offenders(folder)["s12-in-a-question"]
