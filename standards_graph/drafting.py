"""The way of a file into the registry in steps: draft, report, difference, impact, then published or discarded.

Each step can be left and taken up again, by whoever comes next: what was read is kept in the data folder.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.browse.impact import changed_answers
from standards_graph.curation.drafts import Drafts
from standards_graph.curation.replacing import Replacement
from standards_graph.curator import Brought, Curator, Progress, silent
from standards_graph.errors import BadInput, ValidationFailed
from standards_graph.model.changes import Fate, ThingChange
from standards_graph.model.drafts import Difference, Draft, DraftState, Impact
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
            created_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            agent=agent,
            files=tuple((file.name, file.digest) for file in brought.files),
            state=state,
            report=brought.report,
            quads=len(brought.quads),
            rows=brought.rows,
        )
        return self._drafts.add(draft, brought.quads, brought.files)

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
        change = self._curator.replacing(self._brought(self._undecided(name)))
        inferred = self._curator.following(change.changes)
        with scratch.Room(self._registry.settings.home) as place:
            whole = joined(change.changes, inferred, place)
            with self._registry.store.trial(whole) as after:
                return Impact(changed_answers(self._registry.reader(), after), inferred)

    def publish(self, name: str, *, agent: str, note: str, accept_shrink: bool = False) -> tuple[Draft, ImportResult]:
        """Publish a draft, all or nothing.

        Raises BadInput where it was decided on or its difference was never shown, ValidationFailed for one that breaks a rule,
        DraftOutdated where it would change something else by now, SourceShrank.
        """
        draft = self._undecided(name)
        if draft.state is DraftState.REFUSED:
            raise ValidationFailed(draft.report.findings)
        if not draft.mark:
            raise BadInput(
                f"Nobody has looked at what {name} would change. Run: standards-graph draft show {name} --difference"
            )
        brought = self._brought(draft)
        done = self._curator.publish(brought, agent=agent, note=note, accept_shrink=accept_shrink, expected=draft.mark)
        number = done.revision.number if done.revision else None
        settled = dataclasses.replace(draft, state=DraftState.PUBLISHED, note=note, revision=number)
        return self._drafts.settle(settled), done

    def discard(self, name: str, *, note: str = "") -> Draft:
        """Give a draft up; its report stays, what it read goes. Raises NotFound, BadInput."""
        return self._drafts.settle(dataclasses.replace(self._undecided(name), state=DraftState.DISCARDED, note=note))

    def _undecided(self, name: str) -> Draft:
        draft = self._drafts.get(name)
        if draft.state in (DraftState.PUBLISHED, DraftState.DISCARDED):
            raise BadInput(f"{name} was {draft.state.value} already.")
        return draft

    def _brought(self, draft: Draft) -> Brought:
        return Brought(NamedNode(draft.graph), self._drafts.files(draft), self._drafts.read(draft), draft.report, draft.rows)


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
