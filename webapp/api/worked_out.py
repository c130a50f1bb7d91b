"""The addresses that tell what corresponds, why, what hangs on it, and what is worked out from several queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify

from standards_graph.errors import BadArgument
from standards_graph.model.accounts import Scope
from standards_graph.model.lineage import Direction
from standards_graph.model.reviews import Reviewed, Verdict
from webapp import arguments
from webapp.api.routes import PAGE, asked, body
from webapp.api.routes import blueprint as api
from webapp.api.shapes import plain
from webapp.current import the_desk, the_registry
from webapp.moment import the_moment
from webapp.permissions import needs, the_caller

MOST = 1_000
"""Relatives that one answer lists at most; all are counted."""


@api.get("/api/v1/equivalents")
def equivalents() -> Response:
    """What accepted records say of a thing."""
    arguments.known("thing", "in")
    day = the_moment().day
    found = the_registry().equivalence.counterparts(arguments.needed("thing"), within=arguments.text("in"), on=day)
    return jsonify({"day": day.isoformat() if day else None, "rows": plain(found)})


@api.get("/api/v1/conflicts")
def conflicts() -> Response:
    """Records that cannot all be right."""
    arguments.known("page")
    return _paged(the_registry().equivalence.conflicts())


@api.get("/api/v1/mappings/<name>")
def reasons(name: str) -> Response:
    """One record, and the premises of each way in which it follows."""
    arguments.known()
    return jsonify({"reasons": plain(the_registry().equivalence.why(name))})


@api.get("/api/v1/mappings/<name>/without")
def without(name: str) -> Response:
    """What would be otherwise if a record were rejected."""
    arguments.known()
    return jsonify({"consequences": plain(the_registry().without(name))})


@api.get("/api/v1/mappings/<name>/reviews")
def reviews(name: str) -> Response:
    """What was said of a record, with the part that each review plays by now."""
    arguments.known()
    return jsonify(_reviewed(the_registry().review_work.reviewed(name)))


@api.post("/api/v1/mappings/<name>/reviews")
@needs(Scope.PUBLISH)
def review(name: str) -> Response:
    """Have a verdict on a record, or a comment, published."""
    told = body({"verdict": str, "reason": str, "confidence": float})
    if told.get("verdict") not in tuple(Verdict):
        known = ", ".join(Verdict)
        raise BadArgument(f"The verdict is one of: {known}.", name="verdict", known=tuple(Verdict))
    caller, verdict = the_caller(), Verdict(told["verdict"])
    job = the_desk().review(name, verdict, agent=caller.name, reason=told.get("reason", ""), confidence=told.get("confidence"))
    the_desk().accounts.note(caller, "review-asked", job.subject, f"{verdict.value}, job {job.number}")
    return asked(job)


@api.get("/api/v1/reviews")
def waiting() -> Response:
    """The records at which a curator should look, the most urgent first."""
    arguments.known("page")
    return _paged(the_registry().review_work.waiting())


@api.get("/api/v1/lineage/<submission>")
def lineage(submission: str) -> Response:
    """What a decision descends from, or what descends from it."""
    arguments.known("direction", "depth", "most")
    found = the_registry().studies.lineage(
        submission,
        direction=Direction(arguments.choice("direction", tuple(Direction), Direction.UP.value)),
        depth=arguments.whole("depth", most=MOST),
        most=arguments.whole("most", most=MOST) or MOST,
    )
    return jsonify({**plain(found), "total": found.total})


@api.get("/api/v1/lineage/<submission>/paths")
def ways(submission: str) -> Response:
    """The shortest ways to an ancestor."""
    arguments.known("to")
    return jsonify(plain(the_registry().studies.paths(submission, ancestor=arguments.needed("to"))))


@api.get("/api/v1/recalled-ancestors")
def recalled() -> Response:
    """Decisions whose device was recalled, and how many descend from each."""
    arguments.known("place", "page")
    return _paged(the_registry().studies.recalled(place=arguments.text("place")))


@api.get("/api/v1/issues/<name>/spread")
def spread(name: str) -> Response:
    """Who acted on a fault, and where nothing is recorded although its device is on the market."""
    arguments.known()
    return jsonify(plain(the_registry().studies.spread(name, day=the_moment().day)))


@api.get("/api/v1/networks/<name>/silent-members")
def silent(name: str) -> Response:
    """Members of a network that are not recorded to have acted on a fault of a device on their market."""
    arguments.known("issue", "everybody", "page")
    found = the_registry().studies.network(
        name, issue=arguments.text("issue"), day=the_moment().day, everybody=arguments.flag("everybody")
    )
    return _paged(found)


@api.get("/api/v1/performance-in-use")
def performance() -> Response:
    """Values in use beside what was claimed before market entry."""
    arguments.known("everything", "page")
    return _paged(the_registry().studies.performance(everything=arguments.flag("everything")))


@api.get("/api/v1/figures")
def figures() -> Response:
    """Figures of the graphs that records and recognitions make."""
    arguments.known()
    return jsonify(plain(the_registry().studies.figures()))


def _reviewed(found: Reviewed) -> dict[str, Any]:
    said = [{**plain(one), "part": found.role(one).value} for one in found.reviews]
    return {**plain(found), "reviews": said}


def _paged(found: Sequence[Any]) -> Response:
    page = arguments.page()
    pages = max(1, -(-len(found) // PAGE))
    shown = plain(found[(page - 1) * PAGE : page * PAGE])
    return jsonify({"page": page, "pages": pages, "total": len(found), "rows": shown})
