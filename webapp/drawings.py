"""Where boxes and arrows stand in pictures of correspondences: one thing with its counterparts, and a chain of records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standards_graph.model.mappings import End, Standing, Statement
from webapp import links

LETTER, HEIGHT, GAP = 8, 30, 14
WIDEST = 34
"""Letters of a name that a box holds."""
LINES = {Standing.ASSERTED: "", Standing.INFERRED: "7 4"}
"""How a line is broken that stands for a record on which one may rely; all others are dotted."""


@dataclass(frozen=True, slots=True)
class Box:
    """A thing: its name as far as there is room, its address, and where it stands."""

    text: str
    href: str
    left: int
    top: int
    width: int

    @property
    def middle(self) -> int:
        """The height of its middle."""
        return self.top + HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A record: its words, its address, its path, how its line is broken, and where the words stand."""

    text: str
    href: str
    path: str
    dashes: str
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and arrows, and how much room they take."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


def star(thing: str, statements: Sequence[Statement]) -> Drawing | None:
    """One thing at the left, at the right what it corresponds to, in the order given; None where there is nothing."""
    if not statements:
        return None
    step, words = HEIGHT + GAP, max(len(one.words) for one in statements)
    first = _box(thing, "", 1, 1 + (len(statements) - 1) * step // 2)
    bend = first.left + first.width + 40
    left = bend + words * LETTER + 40
    boxes = [first]
    arrows = []
    for place, one in enumerate(statements):
        box = _box(one.target.name, links.equivalents(one.target.iri), left, 1 + place * step)
        boxes.append(box)
        path = f"M{first.left + first.width} {first.middle}L{bend} {box.middle}H{left}m-8-5 8 5-8 5"
        arrows.append(Arrow(one.words, links.local(one.record), path, _dashes(one), bend + 8, box.middle - 6))
    return _drawn(boxes, arrows)


def chain(start: End, steps: Iterable[Statement]) -> Drawing | None:
    """A thing, under it what the first record leads to, and so on; each record is read in the direction of the chain."""
    boxes, arrows, here = [_box(start.name, links.equivalents(start.iri), 1, 1)], [], start
    for one in steps:
        straight = one.source.iri == here.iri
        here = one.target if straight else one.source
        words = one.words if straight else one.reverse
        above = boxes[-1]
        box = _box(here.name, links.equivalents(here.iri), 1, above.top + HEIGHT + 46)
        boxes.append(box)
        path = f"M24 {above.top + HEIGHT}V{box.top}m-5-8 5 8 5-8"
        arrows.append(Arrow(words, links.local(one.record), path, _dashes(one), 38, above.top + HEIGHT + 28))
    return _drawn(boxes, arrows) if arrows else None


def _drawn(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> Drawing:
    ends = [box.left + box.width for box in boxes] + [one.left + LETTER * len(one.text) for one in arrows]
    return Drawing(tuple(boxes), tuple(arrows), max(ends) + 2, max(box.top for box in boxes) + HEIGHT + 2)


def _box(name: str, href: str, left: int, top: int) -> Box:
    text = name if len(name) <= WIDEST else name[: WIDEST - 1] + "…"
    return Box(text, href, left, top, LETTER * len(text) + 22)


def _dashes(one: Statement) -> str:
    return LINES.get(one.standing, "2 4")
