"""The desk: what whoever is outside may hand in and ask for. It reads no foreign file and publishes nothing itself.

Files are taken in as bytes, by their digests; reading, comparing, publishing and taking back wait in the queue for a process
of their own (``working``). Pages and the API know this room and none behind it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO

from standards_graph.accounts.accounts import Accounts
from standards_graph.curation import looks
from standards_graph.curation.drafts import Drafts, linked
from standards_graph.curation.jobs import Jobs
from standards_graph.errors import (
    BadArgument,
    BadInput,
    DraftOutdated,
    NoRoom,
    Refused,
    SourceUnknown,
    TooLarge,
    TooManyDrafts,
    ValidationFailed,
)
from standards_graph.importing import recognising
from standards_graph.importing.base import importers
from standards_graph.model.changes import Revision
from standards_graph.model.drafts import Draft, DraftState, Look, ThingLook
from standards_graph.model.findings import Report
from standards_graph.model.imports import SourceKind
from standards_graph.model.jobs import Job, JobKind
from standards_graph.model.reviews import Verdict, headline
from standards_graph.publishing.findings import as_shacl
from standards_graph.registry import Registry
from standards_graph.store import scratch
from standards_graph.workers import once

Incoming = tuple[str, IO[bytes]]
"""A file on its way in: the name that its sender gave it, and its bytes."""

LONGEST_NAME = 150
LONGEST_NOTE = 1_000
MOST_FILES = 20
_CHUNK = 1 << 20
_FLOOR = 200_000_000
"""Bytes that the disk of the data folder has to have left, beside three times what comes in."""


class Desk:
    """What may be done at the desk of one registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry, self._settings = registry, registry.settings
        home = registry.settings.home
        self._drafts, self._jobs = Drafts(home), Jobs(home)
        self.accounts = Accounts(home)

    def sources(self) -> tuple[SourceKind, ...]:
        """The sources that can be brought in, by name."""
        return _sources()

    def receive(
        self,
        files: Iterable[Incoming],
        *,
        source: str = "",
        agent: str,
        leave_out: bool = False,
        texts: bool = False,
        announced: int = 0,
    ) -> Draft:
        """Take files in as a draft, which waits to be read; ``announced`` is how many bytes come.

        Raises SourceUnknown where no source is named and the files do not tell it, BadArgument, BadInput, TooLarge,
        TooManyDrafts, NoRoom.
        """
        self._check_room(announced)
        if source and source not in {one.name for one in self.sources()}:
            known = tuple(one.name for one in self.sources())
            raise BadArgument(
                f"There is no source {source[:100]!r}; there are: {', '.join(known)}.", name="source", known=known
            )
        with self._drafts.arriving() as fresh:
            kept = self._taken(files, fresh)
            draft = Draft(
                name="",
                source=source or self._recognised(fresh, kept),
                graph="",
                created_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                agent=agent,
                files=kept,
                state=DraftState.READING,
                report=Report(),
                leave_out=leave_out,
                texts=texts,
            )
            made = self._drafts.arrived(draft, fresh)
        self._jobs.ask(JobKind.READ, made.name, agent=agent)
        return made

    def _check_room(self, announced: int) -> None:
        undecided = sum(1 for one in self._drafts.all() if not one.is_decided)
        if undecided >= self._settings.drafts:
            raise TooManyDrafts(f"{undecided} drafts wait for a decision, which is the limit. Publish or discard one first.")
        if announced > self._settings.upload_mb * 1_000_000:
            raise TooLarge(f"At most {self._settings.upload_mb} MB can be sent at once; this has {announced:,} bytes.")
        home = self._settings.home
        folder = next(path for path in (home, *home.absolute().parents) if path.exists())
        if shutil.disk_usage(folder).free < 3 * announced + _FLOOR:
            raise NoRoom("The disk of the registry has too little room left for this. Tell the operator.")

    def _taken(self, files: Iterable[Incoming], fresh: Path) -> tuple[tuple[str, str], ...]:
        kept: dict[str, str] = {}
        left = self._settings.upload_mb * 1_000_000
        for told, stream in files:
            name = _name(told)
            if name in kept or len(kept) >= MOST_FILES:
                raise BadInput(f"Send at most {MOST_FILES} files at once, each under a name of its own.")
            kept[name], size = _write(stream, fresh, left)
            left -= size
            if not size:
                raise BadInput(f"{name} is empty.")
        if not kept:
            raise BadArgument("No file was sent. Choose one.", name="file")
        return tuple(kept.items())

    def _recognised(self, fresh: Path, files: Sequence[tuple[str, str]]) -> str:
        """The one source that accepts all files, as a confined process says that looks at them."""
        with scratch.Room(self._settings.home) as room:
            told = recognising.argument(linked(fresh, files, room))
            try:
                found = recognising.outcome(once.run(recognising.FUNCTION, told, seconds=20.0, memory=256 << 20))
            except BadInput as error:
                raise BadInput(str(error).replace(f"{room}/", "")) from error
        if len(found) == 1:
            return found[0]
        choices = found or tuple(one.name for one in self.sources())
        why = "More than one source has files like this" if found else "No source has files like this"
        raise SourceUnknown(f"{why}. Name the source: {', '.join(choices)}.", choices=choices)

    def drafts(self) -> tuple[tuple[Draft, Job | None], ...]:
        """Every draft with the newest job on it, newest first."""
        jobs = self._jobs.latest()
        return tuple((one, jobs.get(one.name)) for one in self._drafts.all())

    def draft(self, name: str) -> Draft:
        """One draft; raises NotFound."""
        return self._drafts.get(name)

    def job_of(self, subject: str) -> Job | None:
        """The newest job on a draft or a revision."""
        return self._jobs.of(subject)

    def job(self, number: int) -> Job:
        """One job; raises NotFound."""
        return self._jobs.get(number)

    def ahead(self, job: Job) -> int:
        """How many jobs come before this one."""
        return self._jobs.ahead(job)

    def look(self, name: str) -> Look | None:
        """What a draft would change, as it was worked out last; None where it was not yet, or the draft is decided."""
        return looks.read(self._drafts.place(name))

    def is_current(self, look: Look) -> bool:
        """Whether nothing was published since a look was worked out."""
        newest = next(iter(self._registry.history()), None)
        return look.revision == (newest.number if newest else 0)

    def things(self, name: str, *, fate: str = "", first: int = 0, most: int = 50) -> tuple[ThingLook, ...]:
        """What becomes of the things of a draft's look, from the ``first`` on; see ``looks.things``."""
        return looks.things(self._drafts.place(name), fate=fate, first=first, most=most)

    def report_as_shacl(self, draft: Draft) -> bytes:
        """The report of a draft as a validation report in SHACL, in Turtle."""
        return as_shacl(draft.report)

    def again(self, name: str, *, agent: str) -> Job:
        """Have the files of a draft that failed read once more; raises BadInput, Refused."""
        draft = self._drafts.get(name)
        if draft.state not in (DraftState.FAILED, DraftState.READING):
            raise BadInput(f"{name} was read to its end: it is {draft.state.value}.")
        job = self._jobs.of(name)
        if job is not None and not job.is_over:
            raise Refused(f"{name} is being worked on. Wait until that has ended.")
        self._drafts.note(dataclasses.replace(draft, state=DraftState.READING, problem=""))
        return self._jobs.ask(JobKind.READ, name, agent=agent)

    def compare(self, name: str, *, agent: str) -> Job:
        """Have it worked out once more what a draft would change; raises BadInput, Refused."""
        self._undecided(name)
        return self._jobs.ask(JobKind.COMPARE, name, agent=agent)

    def publish(self, name: str, *, mark: str, agent: str, note: str, silent: bool = False, accept_shrink: bool = False) -> Job:
        """Have a draft published, if it still changes what was looked at, which ``mark`` says.

        Raises BadInput, BadArgument without a note, Refused, ValidationFailed, and DraftOutdated where the mark is not that
        of the look that is kept.
        """
        draft, look = self._undecided(name), self.look(name)
        if draft.state is DraftState.REFUSED:
            raise ValidationFailed(draft.report.findings)
        if look is None:
            raise BadInput(f"It was not worked out yet what {name} would change.")
        if look.mark != mark:
            raise DraftOutdated(f"What {name} would change is not what was looked at. Look at it again, then publish.")
        told = {
            "mark": mark,
            "note": _note(note, needed=True),
            "silent": silent,
            "accept_shrink": accept_shrink,
            "after": self._newest(),
        }
        return self._jobs.ask(JobKind.PUBLISH, name, agent=agent, **told)

    def discard(self, name: str, *, note: str = "") -> Draft:
        """Give a draft up; raises NotFound, BadInput, and Refused while it is being worked on."""
        job = self._jobs.of(name)
        if job is not None and not job.is_over:
            raise Refused(f"{name} is being worked on. Wait until that has ended.")
        return self._drafts.discard(name, note=_note(note))

    def revert(self, told: str, *, agent: str, note: str = "") -> Job:
        """Have one revision taken back; raises NotFound, BadArgument for the first one, Refused."""
        target = self._registry.past.revision(told)
        if target.number == self._registry.history()[-1].number:
            raise BadArgument(f"{target.name} is the beginning of this registry; before it there was nothing.", name="revision")
        why = _note(note) or f"Takes back {target.name}: {target.note}"
        return self._jobs.ask(JobKind.REVERT, target.name, agent=agent, note=why, after=self._newest())

    def review(self, record: str, verdict: Verdict, *, agent: str, reason: str, confidence: float | None = None) -> Job:
        """Have a review of a mapping record published.

        Raises NotFound, BadArgument without a reason and for a verdict on what follows from others, Refused while another
        review of it waits. What else hinders a review is told by the job.
        """
        found = self._registry.review_work.stated(record)
        why = _note(reason, needed=True, name="reason")
        found.check(verdict)
        told = {"verdict": verdict.value, "reason": why, "confidence": confidence, "note": headline(verdict, found.says, why)}
        return self._jobs.ask(JobKind.REVIEW, found.record.value, agent=agent, **told, after=self._newest())

    def revisions(self) -> tuple[Revision, ...]:
        """All published revisions, newest first."""
        return self._registry.history()

    def revision(self, told: str) -> Revision:
        """One revision; raises NotFound, BadArgument."""
        return self._registry.past.revision(told)

    def _newest(self) -> int:
        return next((one.number for one in self._registry.history()), 0)

    def _undecided(self, name: str) -> Draft:
        draft = self._drafts.get(name)
        if draft.is_decided:
            raise BadInput(f"{name} was {draft.state.value} already.")
        if not draft.was_read:
            raise BadInput(f"{name} was not read to its end{': ' + draft.problem if draft.problem else ' yet'}.")
        return draft


@lru_cache
def _sources() -> tuple[SourceKind, ...]:
    return tuple(SourceKind(one.name, one.title, one.description, one.licence) for one in importers())


def _name(told: str) -> str:
    """The last part of the name that a sender gave to a file, where it is one that a file may have; raises BadInput."""
    name = unicodedata.normalize("NFC", told.replace("\\", "/").rpartition("/")[2]).strip()
    if not name or name.startswith(".") or not name.isprintable() or len(name.encode()) > LONGEST_NAME:
        raise BadInput(f"A file is sent with a name of at most {LONGEST_NAME} bytes that does not begin with a dot.")
    return name


def _write(stream: IO[bytes], folder: Path, left: int) -> tuple[str, int]:
    """Put a stream under its digest into a folder; returns the digest and the size; raises TooLarge past ``left`` bytes."""
    digest, size, fresh = hashlib.sha256(), 0, folder / "arriving"
    try:
        with fresh.open("wb") as file:
            while part := stream.read(_CHUNK):
                size += len(part)
                if size > left:
                    raise TooLarge("The files are larger than what can be sent at once.")
                digest.update(part)
                file.write(part)
        fresh.rename(folder / digest.hexdigest())
    except OSError as error:
        raise NoRoom(f"The file cannot be kept: {error.strerror}.") from error
    return digest.hexdigest(), size


def _note(given: str, *, needed: bool = False, name: str = "note") -> str:
    said = " ".join(given.split())
    if len(said) > LONGEST_NOTE or not said.isprintable():
        raise BadArgument(f"A {name} is plain text of at most {LONGEST_NOTE} characters.", name=name)
    if needed and not said:
        raise BadArgument(
            "Say why: it is kept with the review." if name == "reason" else "Say in a note why it is published.", name=name
        )
    return said
