"""What may be asked of jurisdictions side by side: ``compare``, ``gaps``, ``conforms``, ``markets``."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.browse.asking import ask
from standards_graph.browse.comparing import covering
from standards_graph.browse.comparing.classes import Classes
from standards_graph.browse.comparing.documents import Documents, plans
from standards_graph.browse.comparing.evidence import completed
from standards_graph.browse.comparing.places import asked, every_jurisdiction, found_edition, found_topic
from standards_graph.browse.comparing.recognised import Recognised
from standards_graph.browse.names import names
from standards_graph.errors import BadArgument
from standards_graph.model.comparison import (
    Acceptance,
    Asked,
    Aspect,
    Cell,
    Comparison,
    ComparisonRow,
    Conformance,
    Gap,
    Gaps,
    How,
    Market,
    Markets,
    State,
)
from standards_graph.model.entities import Name
from standards_graph.store.base import Reader
from standards_graph.vocab import SGO

CHANGE_CONTROL = vocab.concept("topic", "change-control")
BOTH = (SGO.RegulatoryInstrument, SGO.GuidanceDocument)
_COUNTERPART = (State.RECORDED, State.UNCERTAIN)

Line = tuple[NamedNode, str, Sequence[Cell]]
"""A row before it is told in full: its subject, what stands in the cells, and these."""


class Comparisons:
    """What may be asked of places side by side, on one revision and a day (today, in UTC, unless told otherwise)."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._recognised = lru_cache(maxsize=1)(partial(Recognised, reader))
        self._documents = lru_cache(maxsize=1)(partial(Documents, reader))

    def compare(self, places: Sequence[str], *, about: Sequence[Aspect] = (), on: dt.date | None = None) -> Comparison:
        """What each place has of every subject that one of them has.

        A place is a jurisdiction by its code, with its parts, or a classification scheme, of which only classes are compared.
        Raises NotFound for an unknown place, BadArgument for fewer than two.
        """
        if len(places) < 2:
            raise BadArgument("Name at least two places.", name="places")
        found, day = asked(self._reader, places), on or _today()
        return Comparison(day, found, tuple(row for one in _about(found, about) for row in self._rows(one, found, day)))

    def gaps(self, base: str, against: str, *, about: Sequence[Aspect] = (), on: dt.date | None = None) -> Gaps:
        """What the base has and the other has no counterpart of, with the sense in which there is none; raises as ``compare``.

        A recognition in effect is no gap where it is missing elsewhere: only what a decision of the base names is.
        """
        told = self.compare([base, against], about=about, on=on)
        rows = [row for row in told.rows if _is_of_base(row)]
        missing = [row for row in rows if row.cells[1].state not in _COUNTERPART]
        here, there = told.asked
        near = self._near(missing, there, told.day)
        gaps = tuple(
            Gap(row.aspect, row.subject, row.what, row.cells[0].findings, row.cells[1], near(row.subject.iri))
            for row in missing
        )
        return Gaps(told.day, here, there, gaps, sum(row.cells[1].state is State.UNCERTAIN for row in rows))

    def conforms(self, editions: Sequence[str], *, laws: Sequence[str] = (), on: dt.date | None = None) -> Conformance:
        """Where editions are accepted on a day, and how far they cover the requirements of laws.

        An edition is an IRI, the end of one of the registry's addresses, or a reference such as ISO 13485:2016. The laws are
        those that are named, or else those of which a requirement is linked to one of the editions. Raises NotFound for an
        unknown edition or law, BadArgument where no edition is named.
        """
        if not editions:
            raise BadArgument("Name an edition.", name="editions")
        day, wanted = on or _today(), [found_edition(self._reader, one) for one in dict.fromkeys(editions)]
        recognised = self._recognised(day)
        known = names(self._reader, [*wanted, *recognised.recorded])
        places = [Asked(one) for one in sorted((known[iri] for iri in recognised.recorded), key=lambda one: one.text)]
        cells = completed(self._reader, [recognised.cells(one, places) for one in wanted])
        return Conformance(
            day,
            tuple(known[one] for one in wanted),
            tuple(Acceptance(known[one], cell) for one, row in zip(wanted, cells, strict=True) for cell in row),
            covering.requirements(self._reader, wanted, laws, day),
            len(every_jurisdiction(self._reader) - recognised.recorded),
        )

    def markets(self, places: Sequence[str], *, topic: str = "", on: dt.date | None = None) -> Markets:
        """The editions that are accepted in all places on a day, directly, in effect or perhaps, the surest first.

        One of the places names the edition itself. Raises NotFound for an unknown place or topic, BadArgument for a scheme.
        """
        found, day = asked(self._reader, places), on or _today()
        _no_schemes(found)
        recognised = self._recognised(day)
        candidates = recognised.named_in(iri for one in found for iri in one.iris)
        if topic:
            on_topic = self._on_topic(found_topic(self._reader, topic))
            candidates = [one for one in candidates if on_topic.intersection(recognised.linked(one))]
        accepted = [(one, cells) for one in candidates if _everywhere(cells := recognised.cells(one, found))]
        known = names(self._reader, [one for one, _ in accepted])
        told = completed(self._reader, [cells for _, cells in accepted])
        rows = [Market(known[one], cells) for (one, _), cells in zip(accepted, told, strict=True)]
        rows.sort(key=lambda one: (not one.is_sure, one.edition.text))
        empty = tuple(one for one in found if not recognised.recorded.intersection(one.iris))
        return Markets(day, found, tuple(rows), empty)

    def _rows(self, about: Aspect, found: Sequence[Asked], day: dt.date) -> Iterator[ComparisonRow]:
        making: dict[Aspect, Callable[[Sequence[Asked], dt.date], Iterator[Line]]] = {
            Aspect.CLASSES: self._classes,
            Aspect.RECOGNITIONS: self._recognitions,
            Aspect.TOPICS: self._topics,
            Aspect.GUIDANCE: self._guidance,
            Aspect.CHANGE_CONTROL: self._change_control,
        }
        lines = list(making[about](found, day))
        known = names(self._reader, [subject for subject, _, _ in lines])
        cells = completed(self._reader, [cells for _, _, cells in lines])
        for (subject, what, _), told in zip(lines, cells, strict=True):
            yield ComparisonRow(about, known[subject], what, told)

    def _classes(self, found: Sequence[Asked], day: dt.date) -> Iterator[Line]:
        yield from ((one, "class", cells) for one, cells in Classes(self._reader, found, day).rows())

    def _recognitions(self, found: Sequence[Asked], day: dt.date) -> Iterator[Line]:
        recognised = self._recognised(day)
        for one in recognised.named_in(iri for place in found for iri in place.iris):
            yield one, "recognition", recognised.cells(one, found)

    def _topics(self, found: Sequence[Asked], day: dt.date) -> Iterator[Line]:
        documents = self._documents(day)
        for topic in documents.topics(found, *BOTH):
            yield topic, "law and guidance", [documents.cell(topic, one, *BOTH) for one in found]

    def _guidance(self, found: Sequence[Asked], day: dt.date) -> Iterator[Line]:
        documents = self._documents(day)
        for topic in documents.topics(found, SGO.GuidanceDocument):
            yield topic, "guidance", [documents.cell(topic, one, SGO.GuidanceDocument) for one in found]

    def _change_control(self, found: Sequence[Asked], day: dt.date) -> Iterator[Line]:
        documents = self._documents(day)
        for kind, what in zip(BOTH, ("law", "guidance"), strict=True):
            yield CHANGE_CONTROL, what, [documents.cell(CHANGE_CONTROL, one, kind) for one in found]
        yield CHANGE_CONTROL, "recognised standard", self._standards(found, day)
        yield CHANGE_CONTROL, "authorisation with a plan", plans(self._reader, found, day)

    def _standards(self, found: Sequence[Asked], day: dt.date) -> list[Cell]:
        """The editions on change control that places recognise themselves."""
        recognised, on_topic = self._recognised(day), self._on_topic(CHANGE_CONTROL)
        return [recognised.naming(one, on_topic) for one in found]

    def _on_topic(self, topic: NamedNode) -> set[NamedNode]:
        return {row.iri("edition") for row in ask(self._reader, "browse/comparing/topics", topic=topic)}

    def _near(self, rows: Sequence[ComparisonRow], there: Asked, day: dt.date) -> Callable[[NamedNode], tuple[Name, ...]]:
        """Other editions of the same standard, or of one that it adopts, that the place names: no counterparts."""
        sought = [row.subject.iri for row in rows if row.aspect is Aspect.RECOGNITIONS]
        named = self._recognised(day).named_in(there.iris) if sought else []
        standards = self._standards_of([*sought, *named])
        known = names(self._reader, named)
        by_standard: dict[NamedNode, list[NamedNode]] = defaultdict(list)
        for one in named:
            for standard in standards.get(one, ()):
                by_standard[standard].append(one)

        def near(edition: NamedNode) -> tuple[Name, ...]:
            found = [one for standard in standards.get(edition, ()) for one in by_standard[standard]]
            return tuple(known[one] for one in sorted(set(found) - {edition}, key=str))

        return near

    def _standards_of(self, editions: Sequence[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
        found: dict[NamedNode, set[NamedNode]] = {}
        for row in ask(self._reader, "browse/comparing/editions", thing=editions) if editions else ():
            found.setdefault(row.iri("thing"), set()).update(filter(None, [row.iri_if_any("standard")]))
        return found


def _about(found: Sequence[Asked], about: Sequence[Aspect]) -> tuple[Aspect, ...]:
    """The aspects, in their order; schemes are compared in their classes alone."""
    if any(one.is_scheme for one in found):
        if set(about) - {Aspect.CLASSES}:
            _no_schemes(found)
        return (Aspect.CLASSES,)
    return tuple(one for one in Aspect if not about or one in about)


def _no_schemes(found: Sequence[Asked]) -> None:
    scheme = next((one.place for one in found if one.is_scheme), None)
    if scheme:
        raise BadArgument(f"{scheme.text} is a classification scheme and no jurisdiction.", name=scheme.iri.value)


def _is_of_base(row: ComparisonRow) -> bool:
    """Whether the first place has it by itself: of recognitions, whether one of its decisions names the edition."""
    here = row.cells[0]
    if row.aspect is Aspect.RECOGNITIONS:
        return any(one.how == How.DIRECTLY.value for one in here.findings)
    if row.aspect is Aspect.CLASSES:
        return any(one.thing.iri == row.subject.iri for one in here.findings)
    return here.state is State.RECORDED


def _everywhere(cells: Sequence[Cell]) -> bool:
    return all(cell.state in _COUNTERPART for cell in cells)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
