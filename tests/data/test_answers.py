"""Answers about places side by side on the packaged content, against cases made by hand from the regulators' own tables."""

from __future__ import annotations

import datetime as dt

import pytest

from standards_graph.browse.comparing.answers import Comparisons
from standards_graph.model.comparison import Aspect, Cell, Comparison, Covered, How, State
from standards_graph.store.memory import MemoryStore

TODAY = dt.date(2026, 11, 22)
EN_13485 = "EN ISO 13485:2016+A11:2021"


@pytest.fixture(scope="module")
def known(full: MemoryStore) -> Comparisons:
    return Comparisons(full.reader())


def linked(found: Comparison, place: int) -> dict[str, list[tuple[str, str]]]:
    """For each subject what a place has of it, and how the two lie."""
    return {
        row.subject.text: [(one.thing.text, one.how) for one in row.cells[place].findings if one.thing != row.subject]
        for row in found.rows
    }


def test_mdcg_2019_11_annex_iii_maps_many_to_one_and_not_back(known: Comparisons) -> None:
    found = known.compare(["imdrf-samd", "eu-mdr-class"], on=TODAY)
    there, back = linked(found, 1), linked(found, 0)
    assert there["IMDRF SaMD category I"] == there["IMDRF SaMD category II"] == [("MDR class IIa", "entails")]
    assert there["IMDRF SaMD category III"] == [("MDR class IIb", "close to")]
    assert there["IMDRF SaMD category IV"] == [("MDR class III", "close to")]
    assert back["MDR class IIa"] == [("IMDRF SaMD category I", "entailed by"), ("IMDRF SaMD category II", "entailed by")]
    # The annex leaves class I out: that is not recorded, and no "no".
    (left_out,) = [row.cells[0] for row in found.rows if row.subject.text == "MDR class I"]
    assert (left_out.findings, left_out.state) == ((), State.NOT_RECORDED)
    assert "equivalent to" not in {how for rows in (*there.values(), *back.values()) for _, how in rows}


def test_mdcg_2025_6_table_1_is_read_in_its_direction(known: Comparisons) -> None:
    high, low = "AI Act risk level high-risk", "AI Act risk level not-high-risk"
    mdr = linked(known.compare(["eu-mdr-class", "eu-ai-act"], on=TODAY), 1)
    assert {one: mdr[f"MDR class {one}"] for one in ("I", "IIa", "IIb", "III")} == {
        "I": [(high, "overlaps"), (low, "overlaps")],
        "IIa": [(high, "entails")],
        "IIb": [(high, "entails")],
        "III": [(high, "entails")],
    }
    ivdr = linked(known.compare(["eu-ivdr", "eu-ai-act"], on=TODAY), 1)
    assert {one: ivdr[f"IVDR class {one}"] for one in "ABCD"} == {
        "A": [(high, "overlaps"), (low, "overlaps")],
        "B": [(high, "entails")],
        "C": [(high, "entails")],
        "D": [(high, "entails")],
    }
    back = linked(known.compare(["eu-mdr-class", "eu-ai-act"], on=TODAY), 0)
    assert ("MDR class III", "entailed by") in back[high]
    assert {how for _, how in back[high]} == {"overlaps", "entailed by"}


def test_no_fda_class_is_the_same_as_one_of_the_eu(known: Comparisons) -> None:
    found = linked(known.compare(["US", "EU"], about=(Aspect.CLASSES,), on=TODAY), 1)
    assert found["FDA device class II"]
    assert all(how != "equivalent to" for name, rows in found.items() if name.startswith("FDA") for _, how in rows)


def cell(known: Comparisons, edition: str, place: str, on: dt.date = TODAY) -> Cell:
    found = known.conforms([edition], on=on).acceptances
    return next(one.cell for one in found if one.cell.asked.place.text == place)


def test_the_european_13485_is_harmonised_and_counts_in_the_us_only_perhaps(known: Comparisons) -> None:
    there = cell(known, EN_13485, "European Union")
    assert [one.how for one in there.findings] == ["directly"]
    here = cell(known, EN_13485, "US")
    # The rule of the FDA names ISO 13485:2016, in part; and nobody has read on a page that EN is the same text.
    assert (here.state, [(one.thing.text, one.how) for one in here.findings]) == (
        State.UNCERTAIN,
        [("ISO 13485:2016", How.DEGREE_UNREAD.value)],
    )
    assert "extent: partial" in here.findings[0].note
    assert cell(known, EN_13485, "US", on=dt.date(2026, 2, 1)).state is State.NOT_RECORDED
    assert cell(known, EN_13485, "European Union", on=dt.date(2022, 1, 4)).state is State.NOT_RECORDED


def test_what_the_fda_lists_and_what_was_sought_in_its_list_and_not_found(known: Comparisons) -> None:
    positive = cell(known, "ISO 14971:2019", "US")
    assert (positive.state, positive.findings[0].record.value.rpartition("/")[2]) == (State.RECORDED, "fda-5-125")
    negative = cell(known, "ISO/IEC 42001:2023", "US")
    assert (negative.state, negative.remark) == (State.NOT_RECORDED, "completeness not stated; looked for and not found")
    assert negative.sought


def test_an_identical_adoption_read_on_a_page_counts_in_effect(known: Comparisons) -> None:
    found = cell(known, "GB/T 42062-2022", "US")
    assert [(one.thing.text, one.how, one.confidence) for one in found.findings] == [("ISO 14971:2019", "in effect", 0.9)]
    assert len(found.findings[0].sources) == 2


def test_gb_is_asked_with_its_parts_and_nothing_confirmed_is_recorded_of_its_recognitions(known: Comparisons) -> None:
    found = known.gaps("US", "GB", on=TODAY)
    assert "England, Great Britain, Northern Ireland" in found.against.remark
    by_aspect = {one.aspect: one.state for one in found.rows if one.aspect is not Aspect.CHANGE_CONTROL}
    assert by_aspect[Aspect.RECOGNITIONS] is State.NOT_COVERED
    assert by_aspect[Aspect.TOPICS] is State.NOT_RECORDED
    assert all(one.here and all(each.sources for each in one.here) for one in found.rows)


def test_without_a_stated_complete_list_nothing_is_called_without_a_counterpart(known: Comparisons) -> None:
    places = ["US", "EU", "GB", "JP", "CN"]
    found = known.compare(places, on=TODAY)
    assert State.NO_COUNTERPART not in {each.state for row in found.rows for each in row.cells}
    assert {row.aspect for row in found.rows} == set(Aspect)


def test_what_is_accepted_in_two_markets_shows_its_extent(known: Comparisons) -> None:
    (found,) = known.markets(["US", "CA"], topic="software-lifecycle", on=TODAY).sure
    assert found.edition.text == "IEC 62304:2006+AMD1:2015 CSV"
    assert all("extent: complete" in each.findings[0].note for each in found.cells)
    perhaps = {one.edition.text for one in known.markets(["US", "EU"], topic="risk-management", on=TODAY).rows}
    assert {"ISO 14971:2019", "EN ISO 14971:2019+A11:2021"} <= perhaps
    assert known.markets(["US", "EU"], topic="risk-management", on=TODAY).sure == ()


def test_the_rule_that_incorporates_a_standard_links_its_clauses_and_states_no_extent(known: Comparisons) -> None:
    found = {one.provision.text: one for one in known.conforms(["ISO 13485:2016"], on=TODAY).requirements}
    assert found["QMSR, section 21 CFR 820.10"].covered is Covered.LINKED
    assert found["QMSR, section 21 CFR 820.35"].covered is Covered.NOT_RECORDED
