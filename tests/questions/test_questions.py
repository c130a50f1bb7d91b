"""Every public question, asked on the small world, gives the answer that lies beside this file."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode
from rdflib import Dataset, URIRef
from rdflib.plugins.sparql import prepareQuery

from standards_graph import queries, vocab
from standards_graph.model.answers import CSV
from standards_graph.registry import Registry
from standards_graph.vocab import XSD
from tests import small_world as world

HERE = Path(__file__).parent
NAMES = queries.questions()
PLANTED = {path.stem: path for path in (HERE / "planted").glob("*.trig")}
"""What a question looks for that no sound registry holds: put into the small world for that question alone."""


def answer(registry: Registry, name: str, **values: NamedNode | Literal) -> list[dict[str, str]]:
    text = queries.question(name).bind(**values)
    body = registry.reader().answer(text, media_type=CSV).body.decode()
    return list(csv.DictReader(io.StringIO(body)))


@cache
def elsewhere(name: str = "") -> Dataset:
    """The small world, with what is planted for a question, in another engine, with a default graph as ours has it."""
    dataset, graphs = Dataset(default_union=False), defaultdict[str, set[str]](set)
    for quad in asked(name).store.dump():
        if vocab.in_default_graph(quad.graph_name):
            graphs[""].add(f"{quad.triple} .\n")
        if isinstance(quad.graph_name, NamedNode):
            graphs[quad.graph_name.value].add(f"{quad.triple} .\n")
    for iri, lines in graphs.items():
        graph = dataset.graph(URIRef(iri)) if iri else dataset.default_graph
        graph.parse(data="".join(sorted(lines)), format="nt")
    return dataset


def asked(name: str) -> Registry:
    """The small world as this question is tried on it."""
    planted = ox.parse(path=PLANTED[name], format=ox.RdfFormat.TRIG) if name in PLANTED else ()
    return Registry.in_memory((*world.quads(), *planted))


def day(text: str) -> Literal:
    return Literal(text, datatype=XSD.date)


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_on_the_small_world_is_the_expected_one(name: str) -> None:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert answer(asked(name), name) == rows


def test_what_is_planted_is_planted_for_a_question() -> None:
    assert set(PLANTED) <= set(NAMES)


def test_every_expected_answer_has_its_question() -> None:
    assert sorted(path.stem for path in HERE.glob("*.csv")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_says_what_it_asks_and_what_its_sources_cover(name: str) -> None:
    header = queries.question(name).header
    assert {"question", "title", "asked by", "coverage"} <= set(header)
    assert header["question"].endswith("?")
    assert all(f"label {parameter}" in header for parameter in queries.question(name).parameters)


# rdflib warns of names that its own query method uses.
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Dataset.contexts is deprecated:DeprecationWarning")
@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_plain_sparql_for_another_engine(name: str) -> None:
    dataset = elsewhere(name if name in PLANTED else "")
    found = list(dataset.query(prepareQuery(queries.question(name).text)))
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert len(found) == len(list(csv.DictReader(file)))


SHARED = "us-recognised-eu-harmonised"


def pairs(rows: list[dict[str, str]]) -> set[tuple[str, str]]:
    return {(row["here_reference"], row["there_reference"]) for row in rows}


def test_a_decision_counts_from_its_first_day_on(small_world: Registry) -> None:
    adoption = ("ISO 14971:2019", "EN ISO 14971:2019+A11:2021")
    assert adoption not in pairs(answer(small_world, SHARED, on=day("2022-05-16")))
    assert adoption in pairs(answer(small_world, SHARED, on=day("2022-05-17")))


def test_a_decision_counts_until_the_day_before_its_end(small_world: Registry) -> None:
    old = ("ISO 14971:2007", "ISO 14971:2007")
    assert old in pairs(answer(small_world, SHARED, on=day("2019-12-31")))
    assert old not in pairs(answer(small_world, SHARED, on=day("2020-01-01")))


def test_a_transition_counts_through_its_last_day(small_world: Registry) -> None:
    replaced = ("ANSI/AAMI IEC 62304:2006/A1:2016", "EN 62304:2006+A1:2015")
    assert replaced in pairs(answer(small_world, SHARED, on=day("2027-06-30")))
    assert replaced not in pairs(answer(small_world, SHARED, on=day("2027-07-01")))


def test_an_unknown_start_is_shown_as_unknown_and_not_as_no(small_world: Registry) -> None:
    row = next(r for r in answer(small_world, SHARED) if r["here_reference"] == "ISO 13485:2016")
    assert (row["here_since"], row["there_since"], row["since"]) == ("unknown", "2026", "unknown")


def test_the_two_sides_may_be_changed_over(small_world: Registry) -> None:
    us, eu = vocab.entity("jurisdiction", "us"), vocab.entity("jurisdiction", "eu")
    there = pairs(answer(small_world, SHARED, here=eu, there=us))
    assert there == {(b, a) for a, b in pairs(answer(small_world, SHARED))}


def test_what_nobody_confirmed_is_not_in_the_answer(small_world: Registry) -> None:
    assert ("ISO 14971:2019", "ISO 14971:2019") not in pairs(answer(small_world, SHARED))


def test_a_claim_is_read_from_the_class_that_was_asked_about(small_world: Registry) -> None:
    name = "eu-counterpart-of-fda-class-ii"
    forward = answer(small_world, name)
    back = answer(
        small_world,
        name,
        **{"class": vocab.concept("eu-mdr-class", "iib"), "scheme": vocab.concept("us-fda-class")},
    )
    said = {row["mapping"]: row["relation"] for row in forward}
    assert {row["relation"] for row in back if row["mapping"] in said} == {"falls under"}
    assert said[vocab.mapping("0000000000000002").value] == "holds all of"


def test_devices_can_be_asked_for_by_panel_and_years(small_world: Registry) -> None:
    name = "fda-ai-devices-of-a-panel"
    radiology = vocab.concept("us-panel", "radiology")
    year = {"first_year": Literal("2025", datatype=XSD.integer), "last_year": Literal("2025", datatype=XSD.integer)}
    assert [row["submission"] for row in answer(small_world, name, panel=radiology, **year)] == ["K250003"]


def test_a_superseded_edition_is_listed_with_its_successor(small_world: Registry) -> None:
    rows = answer(small_world, "editions-of-a-standard", standard=vocab.entity("standard", "iso-14971"))
    new = vocab.entity("edition", "iso-14971-2019").value
    assert {row["reference"]: row["successor"] for row in rows} == {"ISO 14971:2007": new, "ISO 14971:2019": ""}


def test_a_recognition_that_ended_is_found_for_a_day_before_its_end_only(small_world: Registry) -> None:
    old = vocab.entity("edition", "iso-14971-2007")
    assert len(answer(small_world, "recognitions-of-an-edition", edition=old, on=day("2019-12-31"))) == 2
    assert answer(small_world, "recognitions-of-an-edition", edition=old, on=day("2020-01-01")) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_number_of_a_competency_question_tells_its_audience(name: str) -> None:
    number = queries.question(name).header.get("id")
    assert number is None or re.fullmatch(r"[SRCM][1-9]\d?", number)


def test_two_questions_never_share_the_number_of_a_competency_question() -> None:
    numbers = [header["id"] for header in (queries.question(name).header for name in NAMES) if "id" in header]
    assert len(numbers) == len(set(numbers))
