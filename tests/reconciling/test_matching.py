"""Which names may mean one firm: what brings them together, what keeps them apart, and how often that is right."""

from __future__ import annotations

import pytest

from standards_graph.reconciling.matching import ACCEPTED, CANDIDATE, Match, Organisation, matches
from standards_graph.reconciling.names import parts
from tools import reconciling


def compared(*names: str | Organisation) -> tuple[Match, ...]:
    return matches(Organisation(one, (one,)) if isinstance(one, str) else one for one in names)


@pytest.mark.parametrize(
    ("name", "words", "forms"),
    [
        ("bioMérieux SA [FR]", ("biomerieux",), {"sa"}),
        ("Siemens Medical Solutions U.S.A., Inc.", ("siemens", "medical", "solutions", "usa"), {"inc"}),
        ("Empatica S.r.L.", ("empatica",), {"srl"}),
        ("Bruker Daltonics GmbH & Co. KG", ("bruker", "daltonics"), {"gmbh", "co", "kg"}),
        ("Shanghai United Imaging Healthcare Co.,Ltd.", ("shanghai", "united", "imaging", "healthcare"), {"co", "ltd"}),
        ("Co", ("co",), set()),
    ],
)
def test_a_name_is_taken_apart_into_words_and_legal_forms(name: str, words: tuple[str, ...], forms: set[str]) -> None:
    (found,) = parts(name)
    assert (found.words, found.forms) == (words, forms)


def test_a_name_that_says_what_else_the_firm_is_called_stands_for_both() -> None:
    assert [one.words for one in parts("VGBio, Inc (DBA PhysIQ)")] == [("vgbio",), ("physiq",)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ISchemaView, Inc.", "iSchema View Inc."),
        ("GE Healthcare(Tianjin) Company Limited", "GE Healthcare (Tianjin) Company Limited"),
        ("NuVasive, Incorporated", "Nuvasive Inc"),
    ],
)
def test_other_spellings_of_one_name_are_sure(one: str, other: str) -> None:
    (match,) = compared(one, other)
    assert match.is_sure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brainlab AG", "Brainlab Ltd."),
        ("Edwards Lifeciences, LLC", "Edwards Lifesciences LLC"),
        ("AZmed", "AZmed SAS"),
        ("Circle Cardiovascular Imaging Inc.", "Circle Neurovascular Imaging, Inc"),
    ],
)
def test_what_may_be_another_firm_is_left_to_a_curator(one: str, other: str) -> None:
    (match,) = compared(one, other)
    assert CANDIDATE <= match.score < ACCEPTED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DeepX Health Limited", "DeepXray"),
        ("Limbus AI Inc.", "Limbus Medical Technologies GmbH"),
        ("Siemens Healthcare GmbH", "Siemens Medical Solutions USA, Inc."),
        ("Carestream Dental LLC", "Carestream Health, Inc."),
    ],
)
def test_near_names_of_other_firms_are_no_candidates(one: str, other: str) -> None:
    assert compared(one, other) == ()


def test_a_bare_name_that_several_firms_bear_is_not_sure() -> None:
    found = compared("Abbott", "ABBOTT GmbH", "Abbott S.r.l.")
    assert not any(one.is_sure for one in found)


def test_one_name_with_two_registrations_is_sure_of_neither() -> None:
    registered = [Organisation(n, ("Acme Medical Inc.",), frozenset({("SRN", n)}), frozenset({"us"})) for n in ("US-1", "US-2")]
    found = compared("Acme Medical, Inc.", *registered)
    assert len(found) == 3
    assert not any(one.is_sure for one in found)


def test_a_legal_form_that_is_foreign_to_the_country_is_not_sure() -> None:
    (match,) = compared("Implicity Inc.", Organisation("FR-1", ("Implicity",), places=frozenset({"fr"})))
    assert not match.is_sure
    assert any("not a legal form of fr" in one for one in match.evidence)


def test_common_words_alone_are_never_sure() -> None:
    firms = (
        "Alba",
        "Boreal Light",
        "Cassini",
        "Dunant & Sons",
        "Quorum",
        "Farrowgate",
        "Grusi",
        "Hesper",
        "Ivano",
        "Jessamine",
    )
    found = compared(*(f"{one} Medical Technologies" for one in firms))
    assert all(one.score < 0.9 for one in found)


def test_only_pairs_with_what_is_new_are_asked_for() -> None:
    known = [Organisation(one, (one,)) for one in ("Acme Inc.", "ACME, Inc", "Other GmbH", "OTHER GmbH")]
    found = matches(known, fresh=frozenset({"Other GmbH"}))
    assert [(one.one, one.other) for one in found] == [("OTHER GmbH", "Other GmbH")]


def test_what_is_accepted_on_the_labelled_pairs_is_right_in_both_parts() -> None:
    for part, threshold, accepted, right, same, _ in reconciling.measured({}):
        if threshold == ACCEPTED:
            assert (part, accepted - right) == (part, 0)
            assert right > same * 0.7
