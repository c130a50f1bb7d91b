"""Where the boxes and arrows of a module's diagrams stand: classes under their superclasses, and what properties link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from standards_graph.model.graphs import OntologyTerm
from webapp import links

STEP = 30
"""How far a class stands to the right of its superclass."""
HEAD, LINE, GAP = 28, 20, 14
"""Heights: a box without properties, a property, the room between two boxes."""
LETTER = 8
"""Width of a letter, a little too wide for most."""
ANY = "anything"
"""What stands for the class of a property that has no domain."""


@dataclass(frozen=True, slots=True)
class Box:
    """A class, with the lines under its name; that of another module or vocabulary is ``foreign``."""

    name: str
    lines: tuple[str, ...]
    left: int
    top: int
    foreign: bool

    @property
    def width(self) -> int:
        """Wide enough for its name and lines."""
        return LETTER * max(map(len, (self.name, *self.lines))) + 20

    @property
    def height(self) -> int:
        """High enough for its lines."""
        return HEAD + LINE * len(self.lines) + (6 if self.lines else 0)

    @property
    def bottom(self) -> int:
        """Where it ends."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes, and arrows from a class to its superclass."""

    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]

    @property
    def width(self) -> int:
        """How wide it is."""
        return max(box.left + box.width for box in self.boxes) + 2

    @property
    def height(self) -> int:
        """How high it is."""
        return max(box.bottom for box in self.boxes) + 2


@dataclass(slots=True)
class _Plan:
    """What is to be drawn, by name."""

    own: set[str]
    lines: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    under: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    boxes: list[Box] = field(default_factory=list)
    arrows: list[str] = field(default_factory=list)

    def draw(self, name: str, left: int = 1) -> Box:
        """Draw a class and, below it, all that is under it."""
        top = self.boxes[-1].bottom + GAP if self.boxes else 1
        box = Box(name, tuple(self.lines[name]), left, top, name not in self.own)
        self.boxes.append(box)
        for one in self.under[name]:
            self.arrows.append(_arrow(self.draw(one, left + STEP), box))
        return box


def hierarchy(terms: Iterable[OntologyTerm]) -> Diagram | None:
    """The classes of a module under their superclasses, each with its data properties; None where there is nothing to draw."""
    terms = tuple(terms)
    plan = _Plan(own={one.local for one in terms if one.kind == "Class"})
    for one in terms:
        if one.kind == "Class":
            first, *others = [*_above(one, plan.own), ""]
            plan.under[first].append(one.local)
            plan.lines[one.local] += [f"also a kind of {name}" for name in others if name]
    for one in terms:
        if one.kind == "DatatypeProperty":
            plan.lines[_name(one.domain) or ANY].append(f"{one.local}: {_name(one.range) or 'any value'}")
    for name in sorted({*plan.under, *plan.lines} - plan.own - {""}):
        plan.draw(name)
    for name in plan.under[""]:
        plan.draw(name)
    return Diagram(tuple(plan.boxes), tuple(plan.arrows)) if plan.boxes else None


def links_or_kind(term: OntologyTerm) -> str:
    """What a property links, or what a class is a kind of, in a few words."""
    return f"kind of {', '.join(map(_name, term.parents))}" if term.parents else term.signature


def _above(term: OntologyTerm, own: set[str]) -> Iterator[str]:
    """The superclasses: those of the module first, then those of the project."""
    named = [(_name(iri) not in own, ":" in _name(iri), _name(iri)) for iri in term.parents]
    return (name for _, _, name in sorted(named))


def _name(iri: str) -> str:
    return links.short(iri).removeprefix("sgo:")


def _arrow(below: Box, above: Box) -> str:
    """The path of an arrow from a class to the one that it is a kind of, its head open."""
    x, y, foot = above.left + 12, below.top + HEAD // 2, above.bottom
    return f"M{below.left} {y}H{x}V{foot + 9}M{x - 6} {foot + 9}h12l-6-9z"
