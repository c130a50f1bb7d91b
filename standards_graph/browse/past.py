"""The past of the registry: which revision held when, what changed between two, and what happened to one thing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from standards_graph import vocab
from standards_graph.errors import BadArgument, NotFound, TooLarge
from standards_graph.model.changes import ChangeSet, Fate, Revision, ThingChange, ThingCount, Touch, net
from standards_graph.store.base import Store
from standards_graph.vocab import SGO

_NUMBER = re.compile(r"r?(\d{1,9})")
MOST_COMPARED = 50_000
"""Statements that may have come or gone between two revisions that are compared thing by thing on a page."""
_FORMS = "a revision such as r12, a day such as 2026-11-22, or a moment such as 2026-11-22T09:30:00+00:00"


class Past:
    """What may be asked about revisions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def revision(self, told: str, *, name: str = "at") -> Revision:
        """The revision of that name, or the newest one that had been published by the end of a day (UTC) or by a moment.

        ``name`` is what the asker calls it. Raises BadArgument for what is none of these, NotFound where nothing was published
        by then.
        """
        known = self._store.history()
        if number := _NUMBER.fullmatch(told):
            found = next((one for one in known if one.number == int(number[1])), None)
        else:
            moment = _moment(told, name)
            found = next((one for one in known if dt.datetime.fromisoformat(one.published_at) <= moment), None)
        if found is None:
            oldest = f"the oldest is {known[-1].name} of {known[-1].published_at}" if known else "none was published yet"
            raise NotFound(f"There is no revision {told}; {oldest}.")
        return found

    def between(self, first: Revision, second: Revision) -> ChangeSet:
        """What turns the state of one revision into that of the other, whichever of them is the older."""
        numbers = [one.number for one in reversed(self._store.history())]
        if first.number <= second.number:
            return net(self._store.changes(n) for n in numbers if first.number < n <= second.number)
        return self.between(second, first).undone

    def things(self, first: Revision, second: Revision) -> tuple[ThingChange, ...]:
        """The same, thing by thing: new ones, changed ones, those withdrawn at their source, those that are gone.

        Source records are not listed: they come and go with what they support.
        """
        grouped = {
            one: change for one, change in self.between(first, second).by_thing().items() if not vocab.is_source_record(one)
        }
        touches = self._store.touches(grouped)
        found = [ThingChange(one, _fate(touches[one], change, first, second), change) for one, change in grouped.items()]
        return tuple(sorted(found, key=lambda one: one.order))

    def state(self, revision: Revision) -> frozenset[Quad]:
        """Every quad that the registry held then: today's with what came since taken back."""
        now = self._store.history()[0]
        since = self.between(now, revision)
        return (frozenset(self._store.dump()) - set(since.removed)) | set(since.added)

    def counts(self, revision: Revision) -> tuple[ThingCount, ...]:
        """What one revision changed, thing by thing, without looking at the statements; source records are not listed."""
        said = self._store.changes_of(revision.number, predicate=SGO.withdrawnAtSource)
        withdrawn = {quad.subject for quad in said.added}
        found = (
            ThingCount(thing, _fate_of(touch, before, thing in withdrawn), touch.added, touch.removed)
            for thing, touch, before in self._store.things(revision.number)
            if not vocab.is_source_record(thing)
        )
        return tuple(sorted(found, key=lambda one: one.order))

    def net_counts(self, first: Revision, second: Revision) -> tuple[ThingCount, ...]:
        """The same of the difference between two revisions; raises TooLarge where very much was published between them."""
        low, high = sorted((first.number, second.number))
        size = sum(one.added + one.removed for one in self._store.history() if low < one.number <= high)
        if size > MOST_COMPARED:
            raise TooLarge(
                f"Between {first.name} and {second.name} {size:,} statements came or went, and {MOST_COMPARED:,} are compared "
                f"here at most. Look at the revisions one by one, or run: standards-graph diff {first.name} {second.name}"
            )
        return tuple(
            ThingCount(one.thing, one.fate, len(one.changes.added), len(one.changes.removed))
            for one in self.things(first, second)
        )

    def revisions_of(self, thing: NamedNode) -> tuple[Revision, ...]:
        """The revisions that said something new of a thing, newest first; raises NotFound."""
        known = {one.number: one for one in self._store.history()}
        touches = self._store.touches([thing])[thing]
        if not touches:
            raise NotFound(f"No revision says anything of {thing.value}.")
        return tuple(known[one.number] for one in reversed(touches))

    def holds(self, thing: NamedNode) -> bool:
        """Whether the newest revision says anything of a thing."""
        return sum(one.added - one.removed for one in self._store.touches([thing])[thing]) > 0

    def of(self, thing: NamedNode, *, part: slice = slice(None)) -> tuple[tuple[Revision, ChangeSet], ...]:
        """What happened to one thing, newest first: each revision that said something new of it, and what; raises NotFound.

        ``part`` is which of these revisions are wanted.
        """
        wanted = self.revisions_of(thing)[part]
        return tuple((one, self._store.changes_of(one.number, thing=thing)) for one in wanted)


def _moment(told: str, name: str) -> dt.datetime:
    try:
        if len(told) == len("2026-11-22"):
            return dt.datetime.combine(dt.date.fromisoformat(told), dt.time.max, dt.UTC)
        found = dt.datetime.fromisoformat(told)
    except ValueError as error:
        raise BadArgument(f"{told!r} is not {_FORMS}.", name=name) from error
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _fate_of(touch: Touch, before: int, withdrawn: bool) -> Fate:
    if not before:
        return Fate.NEW
    if not before + touch.added - touch.removed:
        return Fate.GONE
    return Fate.WITHDRAWN if withdrawn else Fate.CHANGED


def _fate(touches: Iterable[Touch], change: ChangeSet, first: Revision, second: Revision) -> Fate:
    listed = tuple(touches)
    if not _held(listed, first):
        return Fate.NEW
    if not _held(listed, second):
        return Fate.GONE
    withdrawn = any(quad.predicate == SGO.withdrawnAtSource for quad in change.added)
    return Fate.WITHDRAWN if withdrawn else Fate.CHANGED


def _held(touches: Iterable[Touch], revision: Revision) -> int:
    return sum(one.added - one.removed for one in touches if one.number <= revision.number)
