"""Drafts, jobs and revisions as plain values, for JSON; and the rows of a report, for tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from standards_graph.model.changes import Revision
from standards_graph.model.drafts import AnswerChange, Draft, Look, ThingLook
from standards_graph.model.findings import Report, Severity
from standards_graph.model.imports import SourceKind
from standards_graph.model.jobs import Job

COLUMNS = ("severity", "rule", "thing", "message", "value", "source", "line", "column", "remedy")
"""Of a finding, as in the tables of the command line."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def source(one: SourceKind) -> dict[str, Any]:
    """A source."""
    return asdict(one)


def draft(one: Draft, job_: dict[str, Any] | None, look_: dict[str, Any] | None, *, base: str) -> dict[str, Any]:
    """A draft, with the newest job on it and the sum of what it would change."""
    place = f"{base}/api/v1/drafts/{one.name}"
    return {
        "name": one.name,
        "state": one.state.value,
        "source": one.source,
        "agent": one.agent,
        "createdAt": one.created_at,
        "files": [{"name": name, "sha256": digest} for name, digest in one.files],
        "rows": one.rows,
        "statements": one.quads,
        "findings": {kind.value: len(one.report.of(kind)) for kind in Severity},
        "problem": one.problem or None,
        "note": one.note or None,
        "revision": f"r{one.revision}" if one.revision else None,
        "job": job_,
        "look": look_,
        "links": {"self": place, **{name: f"{place}/{name}" for name in ("report", "difference", "impact", "publication")}},
    }


def job(one: Job, *, ahead: int = 0) -> dict[str, Any]:
    """A job; ``ahead`` is how many come before it."""
    return {
        "number": one.number,
        "kind": one.kind.value,
        "subject": one.subject,
        "agent": one.agent,
        "state": one.state.value,
        "step": one.step or None,
        "rows": one.rows,
        "ahead": ahead,
        "askedAt": one.asked_at,
        "beganAt": one.began_at or None,
        "endedAt": one.ended_at or None,
        "code": one.code or None,
        "problem": one.problem or None,
        "revision": f"r{one.revision}" if one.revision else None,
    }


def look(one: Look, *, current: bool) -> dict[str, Any]:
    """The sum of what a draft would change; ``current`` says whether nothing was published since."""
    return {
        "mark": one.mark,
        "comparedWith": f"r{one.revision}" if one.revision else None,
        "madeAt": one.made_at,
        "current": current,
        "added": one.added,
        "removed": one.removed,
        "things": dict(one.fates),
        "before": one.before,
        "withdrawn": one.withdrawn,
        "shrank": one.shrank,
        "older": one.is_older,
        "mostPercent": one.most_percent,
    }


def thing(one: ThingLook) -> dict[str, Any]:
    """What becomes of one thing, with the first of its statements."""
    return {
        "fate": one.fate,
        "thing": one.iri,
        "label": one.label or None,
        "added": one.added,
        "removed": one.removed,
        "come": [_statement(told) for told in one.come],
        "gone": [_statement(told) for told in one.gone],
    }


def _statement(told: tuple[str, str, str]) -> dict[str, str]:
    predicate, text, iri = told
    return {"property": predicate, "iri" if iri else "value": text}


def answer(one: AnswerChange) -> dict[str, Any]:
    """How the answer to one question changes."""
    return asdict(one)


def revision(one: Revision) -> dict[str, Any]:
    """A revision."""
    return {
        "name": one.name,
        "number": one.number,
        "publishedAt": one.published_at,
        "agent": one.agent,
        "note": one.note,
        "source": one.source or None,
        "added": one.added,
        "removed": one.removed,
        "statements": one.quads,
        "fingerprint": one.fingerprint,
        "silent": one.silent,
    }


def findings(report: Report) -> list[Mapping[str, Any]]:
    """Every finding of a report."""
    return [{name: row[name] for name in (*COLUMNS, "path")} for row in report.records()]


def findings_csv(report: Report, *, for_spreadsheets: bool = False) -> bytes:
    """The findings as CSV; for spreadsheets, what these would take for a formula gets an apostrophe before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in report.records():
        cells = ["" if row[name] is None else str(row[name]) for name in COLUMNS]
        writer.writerow([f"'{cell}" if for_spreadsheets and cell.startswith(_RISKY) else cell for cell in cells])
    return out.getvalue().encode()
