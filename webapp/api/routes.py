"""The addresses of the API."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from standards_graph.errors import BadArgument, BadInput, NotAcceptable, NotFound
from standards_graph.model.accounts import Scope
from standards_graph.model.drafts import Look
from standards_graph.model.jobs import Job
from webapp import arguments, uploads
from webapp.api import description, plain
from webapp.current import the_base, the_desk
from webapp.errors import MarkMissing, MarkOutdated, WrongContent
from webapp.negotiate import best
from webapp.permissions import API, needs, the_caller

blueprint = Blueprint(API, __name__)

EITHER = (Scope.WRITE, Scope.PUBLISH)
PAGE = 100
LARGEST_BODY = 20_000
REPORTS = {"json": "application/json", "csv": "text/csv", "ttl": "text/turtle"}
"""The forms of a report, by the ending of their address."""


@blueprint.after_request
def _fresh(answer: Response) -> Response:
    """What the API says is for its caller and for now, unless a view says otherwise."""
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


@blueprint.get("/api")
def page() -> str:
    """What the API can do, for people."""
    arguments.known()
    return render_template("api.html", operations=description.OPERATIONS, scopes=Scope, limits=description.limits())


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """What the API can do, for programs."""
    arguments.known()
    answer = jsonify(description.document(the_base()))
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer


@blueprint.get("/api/v1/sources")
def sources() -> Response:
    """The sources that can be brought in."""
    arguments.known()
    return jsonify({"sources": [plain.source(one) for one in the_desk().sources()]})


@blueprint.get("/api/v1/drafts")
@needs(*EITHER)
def drafts() -> Response:
    """The drafts, newest first."""
    arguments.known("page")
    known, page_ = the_desk().drafts(), arguments.page()
    shown = known[(page_ - 1) * PAGE : page_ * PAGE]
    told = {"page": page_, "pages": _pages(len(known)), "drafts": [_draft(draft.name) for draft, _ in shown]}
    return jsonify(told)


@blueprint.post("/api/v1/drafts")
@needs(Scope.WRITE)
def receive() -> Response:
    """Take files in as a draft."""
    arguments.known()
    uploads.expect_files()
    caller = the_caller()
    draft = uploads.received(caller.name)
    the_desk().accounts.note(caller, "draft-received", draft.name, ", ".join(name for name, _ in draft.files))
    answer = jsonify(_draft(draft.name))
    answer.status_code = HTTPStatus.ACCEPTED
    answer.headers["Location"] = f"{the_base()}/api/v1/drafts/{draft.name}"
    return answer


@blueprint.get("/api/v1/drafts/<name>")
@needs(*EITHER)
def draft(name: str) -> Response:
    """One draft, and how far the work on it is."""
    arguments.known()
    return jsonify(_draft(name))


@blueprint.delete("/api/v1/drafts/<name>")
@needs(Scope.WRITE)
def discard(name: str) -> Response:
    """Give a draft up."""
    arguments.known("note")
    the_desk().discard(name, note=arguments.text("note"))
    the_desk().accounts.note(the_caller(), "draft-discarded", name)
    return jsonify(_draft(name))


@blueprint.post("/api/v1/drafts/<name>/reading")
@needs(Scope.WRITE)
def read_again(name: str) -> Response:
    """Have the files of a draft read once more."""
    return asked(the_desk().again(name, agent=the_caller().name))


@blueprint.get("/api/v1/drafts/<name>/report")
@blueprint.get("/api/v1/drafts/<name>/report.<ending>")
@needs(*EITHER)
def report(name: str, ending: str = "") -> Response:
    """What is wrong with the files of a draft."""
    arguments.known()
    draft = the_desk().draft(name)
    wanted = REPORTS.get(ending) if ending else best(request.headers.get("Accept"), tuple(REPORTS.values()))
    if wanted is None:
        raise NotAcceptable(f"A report is told as: {', '.join(REPORTS.values())}.", offered=tuple(REPORTS.values()))
    if wanted == REPORTS["json"]:
        answer = jsonify({"conforms": draft.report.conforms, "findings": plain.findings(draft.report)})
    else:
        body = plain.findings_csv(draft.report) if wanted == REPORTS["csv"] else the_desk().report_as_shacl(draft)
        answer = Response(body, content_type=f"{wanted}; charset=utf-8")
        name_ = f"{draft.name}-report.{'csv' if wanted == REPORTS['csv'] else 'ttl'}"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name_}"'
    answer.vary.add("Accept")
    return answer


@blueprint.get("/api/v1/drafts/<name>/difference")
@needs(*EITHER)
def difference(name: str) -> Response:
    """What a draft would change, thing by thing; its mark is the entity tag."""
    arguments.known("fate", "page")
    look, page_ = _look(name), arguments.page()
    fate = arguments.choice("fate", ("", *look.fates), "")
    found = the_desk().things(name, fate=fate, first=(page_ - 1) * PAGE, most=PAGE)
    count = look.fates[fate] if fate else sum(look.fates.values())
    told = {
        **plain.look(look, current=the_desk().is_current(look)),
        "renamed": [{"from": old, "to": new} for old, new in look.renamed],
        "page": page_,
        "pages": _pages(count),
        "items": [plain.thing(one) for one in found],
    }
    answer = jsonify(told)
    answer.set_etag(look.mark)
    return answer


@blueprint.post("/api/v1/drafts/<name>/difference")
@needs(Scope.WRITE)
def compare(name: str) -> Response:
    """Have it worked out once more what a draft would change."""
    return asked(the_desk().compare(name, agent=the_caller().name))


@blueprint.get("/api/v1/drafts/<name>/impact")
@needs(*EITHER)
def impact(name: str) -> Response:
    """Which answers and which derived statements a draft would change."""
    arguments.known()
    look = _look(name)
    told = {
        "mark": look.mark,
        "current": the_desk().is_current(look),
        "answers": [plain.answer(one) for one in look.answers],
        "inferred": {"added": look.inferred_added, "removed": look.inferred_removed, "things": look.derived},
        "pages": look.pages,
        "items": [plain.thing(one) for one in the_desk().things(name, fate="derived", most=PAGE)],
    }
    answer = jsonify(told)
    answer.set_etag(look.mark)
    return answer


@blueprint.post("/api/v1/drafts/<name>/publication")
@needs(Scope.PUBLISH)
def publish(name: str) -> Response:
    """Have a draft published as it was looked at, which ``If-Match`` says."""
    told = body({"note": str, "silent": bool, "accept_shrink": bool})
    look = _look(name)
    if request.if_match.star_tag or not request.headers.get("If-Match", "").strip():
        raise MarkMissing("Say in If-Match which difference you looked at: the entity tag of …/difference.")
    if not request.if_match.contains(look.mark):
        raise MarkOutdated("What the draft would change is not what you looked at. Get …/difference again.")
    job = the_desk().publish(
        name,
        mark=look.mark,
        agent=the_caller().name,
        note=told.get("note", ""),
        silent=told.get("silent", False),
        accept_shrink=told.get("accept_shrink", False),
    )
    the_desk().accounts.note(the_caller(), "publication-asked", name, f"job {job.number}")
    return asked(job)


@blueprint.get("/api/v1/jobs/<int:number>")
@needs(*EITHER)
def job(number: int) -> Response:
    """One piece of work, and how far it is."""
    arguments.known()
    return jsonify(_job(the_desk().job(number)))


@blueprint.get("/api/v1/revisions")
def revisions() -> Response:
    """The published revisions, newest first."""
    arguments.known("page")
    known, page_ = the_desk().revisions(), arguments.page()
    shown = known[(page_ - 1) * PAGE : page_ * PAGE]
    told = {"page": page_, "pages": _pages(len(known)), "revisions": [plain.revision(one) for one in shown]}
    return jsonify(told)


@blueprint.get("/api/v1/revisions/<name>")
def revision(name: str) -> Response:
    """One revision, by its name such as ``r12``, or the one that was there on a day."""
    arguments.known()
    return jsonify(plain.revision(the_desk().revision(name)))


@blueprint.post("/api/v1/revisions/<name>/revert")
@needs(Scope.PUBLISH)
def revert(name: str) -> Response:
    """Have a revision taken back, by a revision of its own."""
    told = body({"note": str})
    job = the_desk().revert(name, agent=the_caller().name, note=told.get("note", ""))
    the_desk().accounts.note(the_caller(), "revert-asked", name, f"job {job.number}")
    return asked(job)


@blueprint.route("/api/v1/<path:rest>")
def nothing(rest: str) -> Response:
    """No other address is known; says where the description is."""
    raise NotFound(f"The API has no address /api/v1/{rest[:200]}; its description is at /api/v1/openapi.json.")


def _pages(count: int) -> int:
    return max(1, -(-count // PAGE))


def _draft(name: str) -> dict[str, Any]:
    desk = the_desk()
    draft, job, look = desk.draft(name), desk.job_of(name), desk.look(name)
    told = plain.look(look, current=desk.is_current(look)) if look else None
    return plain.draft(draft, _job(job) if job else None, told, base=the_base())


def _job(job: Job) -> dict[str, Any]:
    return plain.job(job, ahead=the_desk().ahead(job))


def _look(name: str) -> Look:
    draft = the_desk().draft(name)
    look = the_desk().look(name)
    if look is None:
        raise NotFound(
            f"What {name} would change is not known: it is {draft.state.value}. GET /api/v1/drafts/{name} says more."
        )
    return look


def asked(job: Job) -> Response:
    """The answer to whoever asked for a piece of work: 202, and where it is told how far it is."""
    answer = jsonify(_job(job))
    answer.status_code = HTTPStatus.ACCEPTED
    answer.headers["Location"] = f"{the_base()}/api/v1/jobs/{job.number}"
    return answer


def body(kinds: dict[str, type]) -> dict[str, Any]:
    """The JSON object of the request, with these members and no others; an empty body is an empty object."""
    arguments.known()
    request.max_content_length = LARGEST_BODY
    sent = request.get_data()
    if not sent:
        return {}
    if request.mimetype != "application/json":
        raise WrongContent(f"This is told as application/json, not {request.mimetype or 'nothing'}.")
    try:
        told = json.loads(sent)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"The body is not JSON: {error}.") from error
    if not isinstance(told, dict):
        raise BadInput("The body is a JSON object.")
    for name, value in told.items():
        if name not in kinds or type(value) is not kinds[name]:
            known = ", ".join(f"{one} ({kind.__name__})" for one, kind in kinds.items())
            raise BadArgument(f"There is no member {name[:100]!r} of that kind; there are: {known}.", name=name[:100])
    return told
