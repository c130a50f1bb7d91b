"""Questions: what they are asked with, and what they answer."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from standards_graph import queries
from standards_graph.browse import values
from standards_graph.errors import BadArgument
from standards_graph.registry import Registry
from standards_graph.vocab import XSD, concept, entity

US = entity("jurisdiction", "us")
DAY = Literal("2026-11-22", datatype=XSD.date)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("UNDEF", None),
        (str(US), US),
        ('"2026-11-22"^^xsd:date', DAY),
        (str(DAY), DAY),
        ('"x"', Literal("x")),
        ('"x"@en', Literal("x", language="en")),
        ("1995", Literal("1995", datatype=XSD.integer)),
        ("true", Literal("true", datatype=XSD.boolean)),
    ],
)
def test_a_default_is_read_as_the_file_writes_it(text: str, term: object) -> None:
    assert values.default(text) == term


@pytest.mark.parametrize(
    ("text", "like", "term"),
    [
        ("eu", US, entity("jurisdiction", "eu")),
        ("eu-mdr-class/iia", concept("us-fda-class", "ii"), concept("eu-mdr-class", "iia")),
        ("https://example.org/x", US, NamedNode("https://example.org/x")),
        ("<https://example.org/x>", None, NamedNode("https://example.org/x")),
        ("2022-01-06", DAY, Literal("2022-01-06", datatype=XSD.date)),
        ("2024", Literal("1995", datatype=XSD.integer), Literal("2024", datatype=XSD.integer)),
        ("anything", Literal("x", language="en"), Literal("anything", language="en")),
    ],
)
def test_a_value_is_read_by_the_kind_of_the_default_and_written_back(text: str, like: values.Term | None, term: object) -> None:
    found = values.read("it", text, like)
    assert found == term
    assert values.read("it", values.written(found, like), like) == term


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("a b", US),
        ("word", None),
        ("http://a b", US),
        ("soon", DAY),
        ("2026-02-30", DAY),
        ("x", Literal("1", datatype=XSD.integer)),
    ],
)
def test_a_value_of_another_kind_is_told(text: str, like: values.Term | None) -> None:
    with pytest.raises(BadArgument):
        values.read("it", text, like)


def test_choices_are_what_the_data_hold_by_name(small_world: Registry) -> None:
    parameters = {one.name: one for one in small_world.questions.parameters("us-recognised-eu-harmonised", {})}
    assert [choice.name for choice in parameters["here"].choices] == ["European Union", "United Kingdom", "United States"]
    assert (parameters["here"].value, parameters["here"].shown, parameters["here"].label) == (
        "us",
        "United States",
        "Recognised in",
    )
    assert (parameters["on"].kind, parameters["on"].choices) == ("date", ())


def test_choices_may_be_things_of_a_class_that_say_something(small_world: Registry) -> None:
    law = next(
        p for p in small_world.questions.parameters("requirements-and-the-clauses-that-cover-them", {}) if p.name == "law"
    )
    assert [(choice.value, choice.name) for choice in law.choices] == [("eu-2017-745", "MDR")]


def test_a_value_outside_the_choices_stands_among_them(small_world: Registry) -> None:
    here = small_world.questions.parameters("us-recognised-eu-harmonised", {"here": "zz"})[0]
    assert "zz" in {choice.value for choice in here.choices}


def test_choices_may_come_from_several_places_and_keep_the_default(small_world: Registry) -> None:
    given = {"jurisdiction": "gb"}
    choices = {one.name: one.choices for one in small_world.questions.parameters("ai-devices-on-a-market", given)}[
        "jurisdiction"
    ]
    assert [choice.value for choice in choices] == ["eu", "gb", "us"]


def test_a_parameter_without_a_default_may_be_left_open(small_world: Registry) -> None:
    panel = small_world.questions.parameters("fda-ai-devices-by-panel-and-year", {})[0]
    assert (panel.optional, panel.value) == (True, "")


def test_a_row_cites_what_the_header_names(small_world: Registry) -> None:
    asked = small_world.questions.ask("healthai-network-members", {})
    assert len(asked.sources) == len(asked.rows)
    assert all([source.address for source in row] == ["https://example.org/members"] for row in asked.sources)


def test_an_unknown_parameter_is_told_with_the_known_ones(small_world: Registry) -> None:
    with pytest.raises(BadArgument) as error:
        small_world.questions.ask("us-recognised-eu-harmonised", {"foo": "1"})
    assert set(error.value.known) == {"here", "there", "on"}


@pytest.mark.parametrize("name", queries.questions())
def test_the_header_names_parameters_and_variables_that_there_are(name: str, small_world: Registry) -> None:
    question, asked = queries.question(name), small_world.questions.ask(name, {})
    for key, text in question.header.items():
        word, _, named = key.partition(" ")
        if word in ("label", "choices"):
            assert named in question.parameters
        elif word == "column":
            assert named in asked.columns
        elif word == "link":
            assert {named, text} <= set(asked.columns)
        elif word == "sources":
            assert set(text.split()) <= set(asked.columns)
