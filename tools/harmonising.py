"""What harmonisation costs: closure and conflicts on maps of many records, and what one change costs.

    python -m tools.harmonising                            10,000, 100,000 and 1,000,000 records, and the packaged content
    python -m tools.harmonising --sizes 10000 --changes 100
    python -m tools.harmonising --against --semra PYTHON    the same answers from property paths, rdflib and SeMRA

Maps are made by chance, from a seed, out of parts like the real ones: editions that adopt one another, ladders of risk
classes, provisions that cover requirements, and now and then the linked classes of many places. Each size is measured in a
process of its own, so that its memory is its own. Prints a line of JSON for each; ``docs/harmonisation.md`` holds the figures.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from standards_graph.harmonisation.claims import PROVISION, Claim, Period, components
from standards_graph.harmonisation.engine import Settled, outcome, settle_all
from standards_graph.harmonisation.maintained import Maintained
from standards_graph.harmonisation.relations import Relation
from standards_graph.importing import packaged
from tools import harmonising_against

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000, 100_000, 1_000_000)
CHANGES = 300
AT = 100_000
"""The size at which single changes are measured."""
SEED = 20
SURE = (Decimal("1.0000"), Decimal("0.9000"), Decimal("0.7000"), Decimal("0.5000"))
STARTS = ("", "", "", "2017-05-26", "2021-05-26", "2024-08-01")
EQ, PP, PO, CLOSE = Relation.EQ, Relation.PP, Relation.PO, Relation.CLOSE


class Map:
    """A map of so many records, made by chance; the same seed makes the same map."""

    def __init__(self, records: int, seed: int = SEED) -> None:
        self._records, self._made, self._parts = records, 0, 0
        self._chance = random.Random(seed)

    def claims(self) -> Iterator[Claim]:
        """The records, part by part."""
        parts = (self._adoptions, self._classes, self._provisions, self._world)
        while self._made < self._records:
            (part,) = self._chance.choices(parts, weights=(70, 20, 9, 1))
            self._parts += 1
            for one in part(f"{self._parts:07}"):
                if self._made == self._records:
                    return
                self._made += 1
                yield self._varied(one)
                if self._chance.random() < 0.01 and self._made < self._records:
                    self._made += 1
                    yield replace(one, record=f"{one.record}-no", relation=Relation.DR)

    def _claim(self, source: str, relation: Relation, target: str, kind: str, scope: str = "") -> Claim:
        record, sure = f"{self._made:09}", self._chance.choice(SURE)
        return Claim(record, source, relation, target, sure, scope=scope, kinds=(kind, kind))

    def _adoptions(self, part: str) -> Iterator[Claim]:
        """One edition that others adopt identically, and one of them by a further one."""
        many = self._chance.randint(1, 6)
        for number in range(many):
            yield self._claim(f"{part}-{number + 1}", EQ, f"{part}-0", "edition")
        if many > 2:
            yield self._claim(f"{part}-9", EQ, f"{part}-1", "edition")

    def _classes(self, part: str) -> Iterator[Claim]:
        """The classes of four jurisdictions, each beside those of the next, some for a kind of device alone."""
        for place in range(3):
            for rank in range(3):
                scope = "software" if self._chance.random() < 0.2 else ""
                relation = self._chance.choice((EQ, PP, PP, PO, CLOSE))
                yield self._claim(f"{part}-{place}-{rank}", relation, f"{part}-{place + 1}-{rank}", "class", scope)
            yield self._claim(f"{part}-{place}-0", PO, f"{part}-{place + 1}-1", "class")

    def _provisions(self, part: str) -> Iterator[Claim]:
        """Clauses that cover requirements, and requirements of two laws that are compared."""
        for clause in range(12):
            relation = self._chance.choice((Relation.FULLY, Relation.PARTLY, Relation.PARTLY))
            yield self._claim(f"{part}-c{clause}", relation, f"{part}-r{self._chance.randrange(5)}", PROVISION)
        for rank in range(5):
            yield self._claim(f"{part}-r{rank}", self._chance.choice((EQ, PP, PO)), f"{part}-s{rank}", PROVISION)

    def _world(self, part: str) -> Iterator[Claim]:
        """The classes of twelve places, all of them linked: each is close to one of another place, or overlaps with it too."""
        for place in range(1, 12):
            for rank in range(5):
                other = self._chance.randrange(place)
                yield self._claim(f"{part}-{place}-{rank}", CLOSE, f"{part}-{other}-{rank}", "class")
                if rank and self._chance.random() < 0.5:
                    yield self._claim(f"{part}-{place}-{rank}", PO, f"{part}-{other}-{rank - 1}", "class")

    def _varied(self, one: Claim) -> Claim:
        """Some are candidates, some denied, some have a first day."""
        luck = self._chance.random()
        if luck < 0.01:
            return replace(one, negated=True)
        if luck < 0.04:
            return replace(one, accepted=False)
        return replace(one, period=Period(self._chance.choice(STARTS)))


def nothing(_: str) -> tuple[str, ...]:
    """No scheme is exclusive."""
    return ()


def no_standard(_: str) -> str:
    """No edition belongs to a standard."""
    return ""


def settled(claims: Sequence[Claim]) -> tuple[Settled, float]:
    """What comes of the claims, and how many seconds that takes."""
    start = time.perf_counter()
    found = settle_all(claims, nothing, no_standard)
    return found, time.perf_counter() - start


def whole(records: int) -> dict[str, Any]:
    """Closure and conflicts of a whole map: seconds, memory before and after (MB), what came out."""
    claims = list(Map(records).claims())
    before = memory()
    found, seconds = settled(claims)
    sizes = sorted(len(one) for one in components(one for one in claims if one.accepted))
    return {
        "records": records,
        "components": len(sizes),
        "largest": sizes[-1],
        "seconds": round(seconds, 2),
        "microseconds a record": round(seconds / records * 1e6, 1),
        "inferred": len(found.inferred),
        "conflicts": len(found.conflicts),
        "MB of the map": before,
        "MB in all": memory(),
    }


def changes(records: int, count: int) -> dict[str, Any]:
    """One record taken away or put in, again and again: milliseconds; at the end all is what a full run gives."""
    claims = {one.record: one for one in Map(records).claims()}
    start = time.perf_counter()
    kept = Maintained(claims.values(), nothing, no_standard)
    made = time.perf_counter() - start
    chance, took, out = random.Random(SEED), [], list[Claim]()
    for number in range(count):
        if number % 2 and out:
            one = out.pop()
            added, removed = [replace(one, confidence=Decimal("0.8000"))], []
        else:
            one = claims[chance.choice(list(claims))]
            out.append(one)
            added, removed = [], [one.record]
        start = time.perf_counter()
        kept.change(removed=removed, added=added)
        took.append((time.perf_counter() - start) * 1000)
        claims = {key: value for key, value in claims.items() if key not in removed} | {new.record: new for new in added}
    full, seconds = settled(list(claims.values()))
    return {
        "records": records,
        "changes": count,
        "milliseconds, median": round(statistics.median(took), 3),
        "milliseconds, 95 of 100": round(statistics.quantiles(took, n=20)[-1], 3),
        "milliseconds, longest": round(max(took), 3),
        "seconds of a full run": round(seconds, 2),
        "full run for one change": round(seconds * 1000 / statistics.median(took)),
        "seconds to begin with": round(made, 2),
        "same as a full run": kept.settled == full,
        "MB in all": memory(),
    }


def real() -> dict[str, Any]:
    """The packaged content: reading it, and everything that follows."""
    quads = [quad for graph in packaged.content(lambda *_: None).values() for quad in graph]
    start = time.perf_counter()
    found = outcome(quads)
    return {
        "content": "packaged",
        "statements": len(quads),
        "records": len(found.known.claims),
        "seconds": round(time.perf_counter() - start, 3),
        "inferred": len(found.settled.inferred),
        "conflicts": len(found.settled.conflicts),
        "in effect": len(found.effective),
        "MB in all": memory(),
    }


def memory() -> int:
    """The most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def apart(*words: str) -> int:
    """Run one measurement in a process of its own; its line of JSON goes where ours go."""
    return subprocess.run([sys.executable, "-m", "tools.harmonising", *words], cwd=ROOT, check=False).returncode


def main(words: Sequence[str] | None = None) -> int:
    """Measure what is asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options.add_argument("--changes", type=int, default=CHANGES)
    options.add_argument("--at", type=int, default=AT, help="the size of the map at which single changes are measured")
    options.add_argument("--against", action="store_true", help="compare with other ways to the same answers")
    options.add_argument("--semra", type=Path, help="a Python in which SeMRA is installed")
    options.add_argument("--only", choices=("whole", "changes", "real"), help=argparse.SUPPRESS)
    asked = options.parse_args(words)
    if asked.only:
        found = {"whole": lambda: whole(asked.sizes[0]), "changes": lambda: changes(asked.at, asked.changes), "real": real}
        print(json.dumps(found[asked.only]()), flush=True)
        return 0
    if asked.against:
        for line in harmonising_against.compared(asked.sizes, asked.semra):
            print(json.dumps(line), flush=True)
        return 0
    ended = [apart("--only", "real"), *(apart("--only", "whole", "--sizes", str(one)) for one in asked.sizes)]
    ended.append(apart("--only", "changes", "--at", str(asked.at), "--changes", str(asked.changes)))
    return max(ended)


if __name__ == "__main__":
    raise SystemExit(main())
