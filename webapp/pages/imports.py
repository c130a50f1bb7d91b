"""The import pages: choose files, read the report, look at the difference and the impact, publish. Each step has an address."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from standards_graph.errors import BadInput, NotFound, NotSignedIn, RegistryError, TooManyRequests
from standards_graph.model.accounts import Scope
from standards_graph.model.drafts import Draft, Look
from webapp import arguments, links, sessions, uploads
from webapp.api import plain
from webapp.current import the_desk, the_registry
from webapp.errors import problem
from webapp.permissions import anyone, needs, the_caller

blueprint = Blueprint("imports", __name__, url_prefix="/import")

EITHER = (Scope.WRITE, Scope.PUBLISH)
THINGS, STATEMENTS = 15, 8
"""Of a difference, how many things a page shows, and how many statements of each, each way."""
KINDS, PLACES, FEW = 30, 20, 3
"""Of a report, how many kinds of findings a page shows, and how many places of the first kinds, and of the others."""
_FULL_KINDS = 6
_LARGEST_SIGN_IN = 10_000
_WITHIN = re.compile(
    r"/import(/d\d{1,9}(/(report|difference|impact|publish))?)?|/review(/[0-9a-f]{16})?|/mappings/[0-9a-f]{16}/challenge"
)
"""Where somebody may go on to after signing in."""
REPORTS = {"csv": "text/csv", "json": "application/json", "ttl": "text/turtle"}


@blueprint.before_request
def _only_from_here() -> None:
    """What is sent to these pages comes from a form of theirs; files are let in only for those who may send them."""
    if request.method == "POST":
        sessions.check_origin()
        if request.endpoint == "imports.receive":
            uploads.expect_files()
        elif request.endpoint == "imports.sign_in":
            request.max_content_length = _LARGEST_SIGN_IN
        if the_desk().accounts.exist:
            sessions.check_form()


@blueprint.after_request
def _for_one_reader(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return sessions.remember_form(answer)


@blueprint.get("")
def start() -> AnyResponse:
    """The drafts, and the form for a new one; for whoever is not signed in, how to."""
    arguments.known()
    if sessions.caller() is None:
        return _sign_in_page()
    return _start_page()


@blueprint.get("/sign-in")
def sign_in_form() -> AnyResponse:
    """The form that takes a token."""
    arguments.known("to")
    return _sign_in_page()


@blueprint.post("/sign-in")
@anyone("this is where people show who they are; attempts are counted")
def sign_in() -> AnyResponse:
    """Start a session."""
    if not the_desk().accounts.exist:
        raise NotSignedIn("Nobody can sign in here yet: no token was made. The operator does that.")
    try:
        id_ = sessions.sign_in(request.form.get("token", ""))
    except (NotSignedIn, BadInput, TooManyRequests) as error:
        return _sign_in_page(error)
    answer = redirect(_target(request.form.get("to", "")), HTTPStatus.SEE_OTHER)
    sessions.give(answer, id_)
    return answer


@blueprint.post("/sign-out")
@needs(*EITHER)
def sign_out() -> AnyResponse:
    """End the session."""
    answer = redirect("/import", HTTPStatus.SEE_OTHER)
    sessions.sign_out(answer)
    return answer


@blueprint.post("")
@needs(Scope.WRITE)
def receive() -> AnyResponse:
    """Take files in as a draft."""
    try:
        draft = uploads.received(the_caller().name, beside=(sessions.FIELD,))
    except RegistryError as error:
        return _start_page(error)
    the_desk().accounts.note(the_caller(), "draft-received", draft.name, ", ".join(name for name, _ in draft.files))
    return _to(draft.name)


@blueprint.get("/<name>")
@needs(*EITHER)
def draft(name: str) -> AnyResponse:
    """One draft, and how far the work on it is."""
    arguments.known()
    return _page("draft.html", name)


@blueprint.get("/<name>/report")
@needs(*EITHER)
def report(name: str) -> AnyResponse:
    """What is wrong with the files, rule by rule."""
    arguments.known()
    kinds = the_desk().draft(name).report.by_kind()
    shown = [(alike, alike[: PLACES if place < _FULL_KINDS else FEW]) for place, alike in enumerate(kinds[:KINDS])]
    return _page("report.html", name, kinds=shown, more=len(kinds) - len(shown))


@blueprint.get("/<name>/report.<ending>")
@needs(*EITHER)
def report_data(name: str, ending: str) -> AnyResponse:
    """The whole report as a file; the table is made for spreadsheets, which run formulas."""
    arguments.known()
    draft = the_desk().draft(name)
    if ending not in REPORTS:
        raise NotFound(f"The report is there as: {', '.join(REPORTS)}.")
    if ending == "json":
        answer = jsonify({"conforms": draft.report.conforms, "findings": plain.findings(draft.report)})
    else:
        table = ending == "csv"
        body = plain.findings_csv(draft.report, for_spreadsheets=True) if table else the_desk().report_as_shacl(draft)
        answer = Response(body, content_type=f"{REPORTS[ending]}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{draft.name}-report.{ending}"'
    return answer


@blueprint.get("/<name>/difference")
@needs(*EITHER)
def difference(name: str) -> AnyResponse:
    """What the draft would change, thing by thing."""
    arguments.known("fate", "page")
    look = the_desk().look(name)
    fates = dict(look.fates) if look else {}
    fate, page = arguments.choice("fate", ("", *fates), ""), arguments.page()
    things = the_desk().things(name, fate=fate, first=(page - 1) * THINGS, most=THINGS) if look else ()
    last = max(1, -(-(fates[fate] if fate else sum(fates.values())) // THINGS))

    def address(number: int) -> str:
        return links.address(f"/import/{name}/difference", {"fate": fate, "page": str(number)})

    told: dict[str, Any] = {"fates": fates, "fate": fate, "page": page, "last": last, "things": things, "page_address": address}
    return _page("difference.html", name, most=STATEMENTS, **told)


@blueprint.get("/<name>/diff")
def diff(name: str) -> AnyResponse:
    """The short name of the same page."""
    return redirect(f"/import/{the_desk().draft(name).name}/difference", HTTPStatus.MOVED_PERMANENTLY)


@blueprint.get("/<name>/impact")
@needs(*EITHER)
def impact(name: str) -> AnyResponse:
    """Which answers, derived statements and pages the draft would change."""
    arguments.known()
    things = the_desk().things(name, fate="derived", most=THINGS) if the_desk().look(name) else ()
    return _page("impact.html", name, things=things, most=STATEMENTS)


@blueprint.get("/<name>/publish")
@needs(*EITHER)
def publish_form(name: str) -> AnyResponse:
    """The last step: why, silently or not."""
    arguments.known()
    return _page("publish.html", name)


@blueprint.post("/<name>/publish")
@needs(Scope.PUBLISH)
def publish(name: str) -> AnyResponse:
    """Have the draft published as it was looked at."""
    form = request.form
    try:
        job = the_desk().publish(
            name,
            mark=form.get("mark", ""),
            agent=the_caller().name,
            note=form.get("note", ""),
            silent=form.get("silent") == "1",
            accept_shrink=form.get("accept_shrink") == "1",
        )
    except RegistryError as error:
        return _page("publish.html", name, error)
    the_desk().accounts.note(the_caller(), "publication-asked", name, f"job {job.number}")
    return _to(name)


@blueprint.post("/<name>/discard")
@needs(Scope.WRITE)
def discard(name: str) -> AnyResponse:
    """Give the draft up."""
    try:
        the_desk().discard(name, note=request.form.get("note", ""))
    except RegistryError as error:
        return _page("publish.html", name, error)
    the_desk().accounts.note(the_caller(), "draft-discarded", name)
    return _to(name)


@blueprint.post("/<name>/again")
@needs(Scope.WRITE)
def again(name: str) -> AnyResponse:
    """Have the files read once more."""
    the_desk().again(name, agent=the_caller().name)
    return _to(name)


@blueprint.post("/<name>/compare")
@needs(Scope.WRITE, Scope.PUBLISH)
def compare(name: str) -> AnyResponse:
    """Have it worked out once more what the draft would change."""
    the_desk().compare(name, agent=the_caller().name)
    return _to(name)


def _to(name: str) -> AnyResponse:
    return redirect(f"/import/{name}", HTTPStatus.SEE_OTHER)


def _target(told: str) -> str:
    """Where somebody wanted to go, if it is one of these pages."""
    return told if _WITHIN.fullmatch(told) else "/import"


def _sign_in_page(error: RegistryError | None = None) -> AnyResponse:
    exist, safe = the_desk().accounts.exist, sessions.can_sign_in()
    page = render_template(
        "imports/sign_in.html",
        ready=exist and safe,
        exist=exist,
        form_token=sessions.form_token() if exist else "",
        to=_target(request.values.get("to", "")),
        error=error,
        scopes=Scope,
    )
    return _answer(page, error)


def _start_page(error: RegistryError | None = None) -> AnyResponse:
    told, settings = request.form, the_registry().settings
    page = render_template(
        "imports/start.html",
        who=sessions.caller(),
        form_token=sessions.form_token(),
        may_write=_may(Scope.WRITE),
        drafts=the_desk().drafts(),
        sources=the_desk().sources(),
        chosen=told.get("source", ""),
        limits=(settings.upload_mb, settings.drafts),
        error=error,
    )
    return _answer(page, error)


def _page(template: str, name: str, error: RegistryError | None = None, **more: Any) -> AnyResponse:
    """A page about one draft; it says how far the work is, and which look at the registry it rests on."""
    draft, job, look = the_desk().draft(name), the_desk().job_of(name), the_desk().look(name)
    page = render_template(
        f"imports/{template}",
        who=sessions.caller(),
        form_token=sessions.form_token(),
        may_write=_may(Scope.WRITE),
        may_publish=_may(Scope.PUBLISH),
        draft=draft,
        job=job,
        ahead=the_desk().ahead(job) if job else 0,
        look=look,
        is_current=bool(look) and _is_current(draft, look),
        source=next((one for one in the_desk().sources() if one.name == draft.source), None),
        error=error,
        told=request.form,
        **more,
    )
    return _answer(page, error)


def _is_current(draft: Draft, look: Look | None) -> bool:
    return look is not None and (draft.is_decided or the_desk().is_current(look))


def _may(scope: Scope) -> bool:
    caller = sessions.caller()
    return caller is not None and caller.may(scope)


def _answer(page: str, error: RegistryError | None) -> AnyResponse:
    told = problem(error) if error else None
    answer = make_response(page, told.status if told else HTTPStatus.OK)
    if told and "retryAfter" in told.facts:
        answer.headers["Retry-After"] = str(told.facts["retryAfter"])
    return answer
