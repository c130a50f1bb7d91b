"""The tool that measures harmonisation: its maps, what it compares, and that all ways agree."""

from __future__ import annotations

from tools import harmonising, harmonising_against


def test_the_same_seed_makes_the_same_map_of_exactly_so_many_records() -> None:
    one, other = (list(harmonising.Map(3000, seed=7).claims()) for _ in range(2))
    assert one == other
    assert len({claim.record for claim in one}) == 3000
    assert one != list(harmonising.Map(3000, seed=8).claims())


def test_a_map_has_what_the_engine_has_to_cope_with() -> None:
    claims = list(harmonising.Map(5000).claims())
    found, _ = harmonising.settled(claims)
    assert found.conflicts
    assert len(found.inferred) > len(claims)
    assert {one.accepted for one in claims} == {one.negated for one in claims} == {True, False}
    assert {bool(one.scope) for one in claims} == {bool(one.period.start) for one in claims} == {True, False}


def test_a_map_that_is_changed_record_by_record_comes_to_what_a_full_run_gives() -> None:
    assert harmonising.changes(1000, 20)["same as a full run"]


def test_property_paths_and_rdflib_give_what_the_engine_gives() -> None:
    (line,) = harmonising_against.compared([400], None)
    assert set(line["only ours"].values()) == set(line["only theirs"].values()) == {0}
    assert line["pairs"]["ours"] > 400
