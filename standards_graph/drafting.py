"""The way of a file into the registry in steps: draft, report, difference, impact, then published or discarded.

Each step can be left and taken up again, by whoever comes next: what was read is kept in the data folder.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.browse.impact import changed_answers
from standards_graph.curation import looks
from standards_graph.curation.drafts import Drafts, linked
from standards_graph.curation.replacing import Replacement
from standards_graph.curation.seeing import seen
from standards_graph.curator import Brought, Curator, Progress, silent
from standards_graph.errors import BadInput, TooLarge, UnreadableFile, ValidationFailed
from standards_graph.model.changes import Fate, ThingChange
from standards_graph.model.drafts import Difference, Draft, DraftState, Impact, Look
from standards_graph.model.imports import ImportResult
from standards_graph.registry import Registry
from standards_graph.store import scratch
from standards_graph.store.base import Present
from standards_graph.store.sorting import joined
from standards_graph.vocab import RDFS


class Drafting:
    """What may be done with drafts."""

    def __init__(self, registry: Registry) -> None:
        self._registry, self._curator = registry, Curator(registry)
        self._drafts = Drafts(registry.settings.home)

    def add(
        self,
        source: str,
        paths: Sequence[Path],
        *,
        agent: str,
        leave_out: bool = False,
        texts: bool = False,
        progress: Progress = silent,
    ) -> Draft:
        """Read and check files, and keep what they say as a draft; one that breaks a rule is kept as refused, with its report.

        Raises UnreadableFile, TooLarge, BadInput: then there is no draft.
        """
        brought = self._curator.bring(source, paths, leave_out=leave_out, texts=texts, progress=progress)
        state = DraftState.OPEN if brought.report.conforms else DraftState.REFUSED
        draft = Draft(
            name="",
            source=source,
            graph=brought.graph.value,
            created_at=_now(),
            agent=agent,
            files=tuple((file.name, file.digest) for file in brought.files),
            state=state,
            report=brought.report,
            quads=len(brought.quads),
            rows=brought.rows,
        )
        return self._drafts.add(draft, brought.quads, brought.files)

    def read(self, name: str, *, progress: Progress = silent) -> Draft:
        """Read and check the files of a draft that is there already, and keep what they say.

        Raises UnreadableFile, TooLarge, BadInput, without the place of the files in their words: then it is as it was.
        """
        draft = self._drafts.get(name)
        if draft.state is not DraftState.READING:
            raise BadInput(f"{name} does not wait to be read: it is {draft.state.value}.")
        with scratch.Room(self._registry.settings.home) as room:
            paths = linked(self._drafts.place(name), draft.files, room)
            try:
                brought = self._curator.bring(
                    draft.source, paths, leave_out=draft.leave_out, texts=draft.texts, progress=progress
                )
            except UnreadableFile as error:
                raise UnreadableFile(error.reason, source=Path(error.source).name, line=error.line) from error
            except TooLarge as error:
                raise TooLarge(str(error).replace(f"{room}/", "")) from error
            told = dataclasses.replace(
                draft,
                state=DraftState.OPEN if brought.report.conforms else DraftState.REFUSED,
                graph=brought.graph.value,
                report=brought.report,
                quads=len(brought.quads),
                rows=brought.rows,
                problem="",
            )
            if self._drafts.get(name).state is not DraftState.READING:
                raise BadInput(f"{name} was decided on while it was read.")
            return self._drafts.fill(told, brought.quads)

    def look(self, name: str, *, progress: Progress = silent) -> Look:
        """Work out what a draft would change, and keep it beside the draft for whoever looks at it."""
        draft = self._undecided(name)
        revision = next(iter(self._registry.history()), None)
        progress("comparing", 0)
        brought = self._brought(draft)
        change = self._curator.replacing(brought)
        present = self._registry.store.present()
        things = sorted(_things(change, present), key=lambda one: one.order)
        progress("asking", 0)
        impact = self._impact(change)
        changed = {one.thing for one in things}
        derived = {one: its for one, its in impact.inferred.by_thing().items() if one not in changed}
        look = Look(
            mark=change.mark,
            revision=revision.number if revision else 0,
            made_at=_now(),
            added=len(change.changes.added),
            removed=len(change.changes.removed),
            fates=dict(Counter(one.fate.value for one in things)),
            renamed=tuple(_renamed(change, present)),
            before=change.before,
            most_percent=self._registry.settings.shrink_percent,
            answers=impact.answers,
            inferred_added=len(impact.inferred.added),
            inferred_removed=len(impact.inferred.removed),
            derived=len(derived),
            pages=len(changed | set(derived)),
            release=change.release if change.is_older else "",
            held=change.held if change.is_older else "",
        )
        shown = (seen(one.fate.value, one.thing, one.changes, present) for one in things)
        rest = (seen(looks.DERIVED, one, its, present) for one, its in sorted(derived.items(), key=lambda both: both[0].value))
        looks.write(self._drafts.place(name), look, itertools.chain(shown, rest))
        return look

    def all(self) -> tuple[Draft, ...]:
        """Every draft, newest first."""
        return self._drafts.all()

    def get(self, name: str) -> Draft:
        """One draft; raises NotFound."""
        return self._drafts.get(name)

    def difference(self, name: str) -> Difference:
        """What the draft would change now; this is what its publication holds to from here on. Raises NotFound, BadInput."""
        draft = self._undecided(name)
        change = self._curator.replacing(self._brought(draft))
        present = self._registry.store.present()
        self._drafts.note(dataclasses.replace(draft, mark=change.mark))
        return Difference(
            change.changes,
            tuple(sorted(_things(change, present), key=lambda one: one.order)),
            tuple(_renamed(change, present)),
        )

    def impact(self, name: str) -> Impact:
        """Which answers to public questions, and which derived statements, the draft would change now."""
        return self._impact(self._curator.replacing(self._brought(self._undecided(name))))

    def _impact(self, change: Replacement) -> Impact:
        inferred = self._curator.following(change.changes)
        with scratch.Room(self._registry.settings.home) as place:
            whole = joined(change.changes, inferred, place)
            with self._registry.store.trial(whole) as after:
                return Impact(changed_answers(self._registry.reader(), after), inferred)

    def publish(
        self,
        name: str,
        *,
        agent: str,
        note: str,
        accept_shrink: bool = False,
        quietly: bool = False,
        mark: str = "",
        progress: Progress = silent,
    ) -> tuple[Draft, ImportResult]:
        """Publish a draft, all or nothing; ``quietly``, so that nobody is told of it.

        ``mark`` is that of the difference that was looked at, else the one that was shown last.
        Raises BadInput where it was decided on or its difference was never shown, ValidationFailed for one that breaks a rule,
        DraftOutdated where it would change something else by now, SourceShrank.
        """
        draft = self._undecided(name)
        if draft.state is DraftState.REFUSED:
            raise ValidationFailed(draft.report.findings)
        if not (mark or draft.mark):
            raise BadInput(
                f"Nobody has looked at what {name} would change. Run: standards-graph draft show {name} --difference"
            )
        brought = self._brought(draft)
        done = self._curator.publish(
            brought,
            agent=agent,
            note=note,
            accept_shrink=accept_shrink,
            expected=mark or draft.mark,
            quietly=quietly,
            progress=progress,
        )
        number = done.revision.number if done.revision else None
        settled = dataclasses.replace(draft, state=DraftState.PUBLISHED, note=note, revision=number)
        return self._drafts.settle(settled), done

    def discard(self, name: str, *, note: str = "") -> Draft:
        """Give a draft up; its report stays, what it read goes. Raises NotFound, BadInput."""
        return self._drafts.discard(name, note=note)

    def _undecided(self, name: str) -> Draft:
        draft = self._drafts.get(name)
        if draft.is_decided:
            raise BadInput(f"{name} was {draft.state.value} already.")
        if not draft.was_read:
            raise BadInput(f"{name} was not read to its end{': ' + draft.problem if draft.problem else ' yet'}.")
        return draft

    def _brought(self, draft: Draft) -> Brought:
        return Brought(NamedNode(draft.graph), self._drafts.files(draft), self._drafts.read(draft), draft.report, draft.rows)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _things(change: Replacement, present: Present) -> Iterator[ThingChange]:
    """What becomes of each thing; source records are not listed: they come and go with what they support."""
    withdrawn = set(change.withdrawn)
    for thing, its in change.changes.by_thing().items():
        if vocab.is_source_record(thing):
            continue
        held = set(present.about(thing))
        if thing in withdrawn:
            fate = Fate.WITHDRAWN
        elif not held:
            fate = Fate.NEW
        else:
            fate = Fate.CHANGED if its.added or held - set(its.removed) else Fate.GONE
        yield ThingChange(thing, fate, its)


def _renamed(change: Replacement, present: Present) -> list[tuple[str, str]]:
    """Pairs of a withdrawn thing and a new one of the same name and kind of address."""
    fresh = set(change.new)
    called = [quad for quad in change.changes.added if quad.predicate == RDFS.label and quad.subject in fresh]
    new = {_calling(quad): quad.subject for quad in called}
    old = [quad for thing in change.withdrawn for quad in present.about(thing) if quad.predicate == RDFS.label]
    return sorted({(_text(quad.subject), _text(new[_calling(quad)])) for quad in old if _calling(quad) in new})


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _calling(quad: Quad) -> tuple[str, str]:
    return _text(quad.subject).rpartition("/")[0], _text(quad.object).casefold()
