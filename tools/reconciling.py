"""How well organisations are told apart by name: precision and recall on labelled pairs, and what comes of the FDA's list.

    python -m tools.reconciling [EUDAMED_MANUFACTURERS.xlsx] [FDA_LIST ...]

The pairs are in ``tests/reconciling/pairs.csv``; those with names of EUDAMED are keyed by its registration numbers and need the
file that it publishes. Pairs that are labelled ``unclear`` count as wrong where they are accepted. ``docs/organisations.md``
says how they were labelled, and holds the figures.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from standards_graph.importing.fda_ai_devices import entries
from standards_graph.importing.forms import sheet
from standards_graph.reconciling import matching
from standards_graph.reconciling.matching import Organisation, matches

PAIRS = Path(__file__).resolve().parent.parent / "tests" / "reconciling" / "pairs.csv"
PARTS = ("choose", "held out")


def labelled() -> list[dict[str, str]]:
    """The labelled pairs."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def registered(path: Path) -> dict[str, Organisation]:
    """The manufacturers of EUDAMED by registration number."""
    names: dict[str, dict[str, None]] = {}
    for record in sheet(path):
        number = record.values["Actor ID/SRN"].split()
        if number and record.values["Name"]:
            names.setdefault(number[0], {})[record.values["Name"]] = None
    return {one: _registered(one, tuple(told)) for one, told in names.items()}


def _registered(number: str, names: tuple[str, ...]) -> Organisation:
    return Organisation(number, names, frozenset({("SRN", number)}), frozenset({number[:2].lower()}))


def scores(pairs: Sequence[Mapping[str, str]], others: Mapping[str, Organisation]) -> dict[tuple[str, str], float]:
    """The score of each labelled pair, among all organisations that the pairs name; 0 where it is no candidate."""
    mine = {name: Organisation(name, (name,)) for row in pairs for name in _names(row)}
    wanted = {row["other"]: others[row["other"]] for row in pairs if row["other"] in others}
    return {(one.one, one.other): one.score for one in matches([*mine.values(), *wanted.values()])}


def _names(row: Mapping[str, str]) -> Iterator[str]:
    yield row["one"]
    if row["names_from"] == "fda":
        yield row["other"]


def measured(others: Mapping[str, Organisation]) -> Iterator[tuple[str, float, int, int, int, int]]:
    """For each part and threshold: how many pairs are accepted, how many of them are the same, and how many there are."""
    pairs = [row for row in labelled() if row["names_from"] == "fda" or others]
    found = scores(pairs, others)
    for part in PARTS:
        rows = [row for row in pairs if row["part"] == part]
        same = sum(row["same"] == "yes" for row in rows)
        for threshold in (0.9, 0.95, 0.97, 0.985, 0.99):
            told = [row for row in rows if _score(found, row) >= threshold]
            yield part, threshold, len(told), sum(row["same"] == "yes" for row in told), same, len(rows)


def _score(found: Mapping[tuple[str, str], float], row: Mapping[str, str]) -> float:
    one, other = row["one"], row["other"]
    return found.get((one, other), found.get((other, one), 0.0))


def firms(paths: Sequence[Path]) -> str:
    """What comes of the companies of releases of the FDA's list."""
    names = sorted({entry.company for path in paths for entry in entries(path)})
    begun = time.perf_counter()
    found = matches(Organisation(one, (one,)) for one in names)
    seconds = time.perf_counter() - begun
    above = {one: one for one in names}

    def top(one: str) -> str:
        while above[one] != one:
            one = above[one]
        return one

    sure = [one for one in found if one.is_sure]
    for one in sure:
        above[top(one.one)] = top(one.other)
    left = len({top(one) for one in names})
    queue = len(found) - len(sure)
    return f"{len(names)} strings, {left} firms, {len(sure)} pairs accepted, {queue} to be looked at, {seconds:.2f} s"


def main(words: Sequence[str]) -> None:
    paths = [Path(word) for word in words]
    others = registered(paths[0]) if paths else {}
    print("part      threshold  accepted  right  precision  recall  of pairs")
    for part, threshold, accepted, right, same, count in measured(others):
        precision, recall = (right / accepted if accepted else 1.0), right / same
        print(f"{part:<9} {threshold:>9}  {accepted:>8}  {right:>5}  {precision:>9.4f}  {recall:>6.3f}  {count}")
    print(f"accepted from {matching.ACCEPTED} on")
    if paths[1:]:
        print(firms(paths[1:]))


if __name__ == "__main__":
    main(sys.argv[1:])
