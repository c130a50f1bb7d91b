"""What the API can do, as an OpenAPI 3.1 document and as the list that its page shows: one table for both."""

from __future__ import annotations

from typing import Any

from standards_graph import __version__
from standards_graph.model.accounts import Scope
from standards_graph.model.comparison import Aspect, Covered, State
from standards_graph.model.drafts import DraftState
from standards_graph.model.findings import Severity
from standards_graph.model.jobs import JobKind, JobState
from webapp.api import worked_out_described
from webapp.api.operation import PAGE, TIME, Operation, Parameter
from webapp.api.plain import COLUMNS
from webapp.current import the_registry

START = "/api/v1"
WRITE, PUBLISH = Scope.WRITE, Scope.PUBLISH


_DRAFT = Parameter("name", "path", "The name of a draft, such as d7.", required=True)
_REVISION = Parameter("name", "path", "The name of a revision, such as r12, or a day.", required=True)
_EITHER = (WRITE, PUBLISH)
_ASKED = {202: ("Job", "It waits in the queue; Location is where it is told how far it is.")}
_PLACES = Parameter("places", "query", "Jurisdictions by their codes, with commas between, such as us,eu,gb.", required=True)
_ABOUT = Parameter("about", "query", f"Some of {', '.join(one.value for one in Aspect)}, with commas between; else all.")
_SENSES = 'Only the state "no counterpart" means that there is none; a confidence that is null is not stated.'

OPERATIONS = (
    Operation("get", "/sources", "List the sources that can be brought in.", {200: ("Sources", "The sources.")}),
    Operation("get", "/drafts", "List the drafts, newest first.", {200: ("Drafts", "A page of them.")}, _EITHER, (PAGE,)),
    Operation(
        "post",
        "/drafts",
        "Bring files in as a draft.",
        {202: ("Draft", "The draft is there and waits to be read; Location is its address.")},
        (WRITE,),
        body="Upload",
        refuses=(409, 413, 415, 422, 507),
        more="Where the source is left out it is recognised; where it cannot be, the answer is 422 and names the choices.",
    ),
    Operation(
        "get",
        "/drafts/{name}",
        "Tell how far a draft is, and what became of it.",
        {200: ("Draft", "The draft.")},
        _EITHER,
        (_DRAFT,),
        refuses=(404,),
    ),
    Operation(
        "delete",
        "/drafts/{name}",
        "Give a draft up.",
        {200: ("Draft", "The draft, which was discarded.")},
        (WRITE,),
        (_DRAFT, Parameter("note", "query", "Why.")),
        refuses=(404, 409),
    ),
    Operation(
        "post", "/drafts/{name}/reading", "Read the files of a draft once more, after a failure.", _ASKED, (WRITE,), (_DRAFT,),
        refuses=(404, 409),
    ),
    Operation(
        "get",
        "/drafts/{name}/report",
        "Tell what is wrong with the files of a draft.",
        {200: ("Report", "Every finding, with its place and what to do.")},
        _EITHER,
        (_DRAFT,),
        refuses=(404, 406),
        more="By Accept, or with the ending .json, .csv or .ttl: the last is a validation report in SHACL.",
        types=("application/json", "text/csv", "text/turtle"),
    ),
    Operation(
        "get",
        "/drafts/{name}/difference",
        "Tell what a draft would change, thing by thing.",
        {200: ("Difference", "What would change. The entity tag (ETag) is its mark.")},
        _EITHER,
        (_DRAFT, Parameter("fate", "query", "Only things that become this: new, changed, withdrawn at source or gone."), PAGE),
        refuses=(404,),
    ),
    Operation(
        "post", "/drafts/{name}/difference", "Work out once more what a draft would change.", _ASKED, (WRITE,), (_DRAFT,),
        refuses=(404, 409),
    ),
    Operation(
        "get",
        "/drafts/{name}/impact",
        "Tell which answers to public questions, and which derived statements, a draft would change.",
        {200: ("Impact", "What else would change.")},
        _EITHER,
        (_DRAFT,),
        refuses=(404,),
    ),
    Operation(
        "post",
        "/drafts/{name}/publication",
        "Publish a draft, all or nothing.",
        _ASKED,
        (PUBLISH,),
        (_DRAFT, Parameter("If-Match", "header", "The entity tag of the difference that was looked at.", required=True)),
        body="Publication",
        refuses=(404, 409, 412, 428),
        more="Without If-Match the answer is 428; where the draft would change something else by now it is 412, or the job "
        "fails with draft-outdated. Nothing is changed then.",
    ),
    Operation(
        "get",
        "/jobs/{number}",
        "Tell how far a piece of work is.",
        {200: ("Job", "The job.")},
        _EITHER,
        (Parameter("number", "path", "Its number.", required=True),),
        refuses=(404,),
    ),
    Operation("get", "/revisions", "List the revisions, newest first.", {200: ("Revisions", "A page of them.")}, (), (PAGE,)),
    Operation(
        "get", "/revisions/{name}", "Tell who published a revision, when and why.", {200: ("Revision", "The revision.")}, (),
        (_REVISION,), refuses=(404,),
    ),
    Operation(
        "post",
        "/revisions/{name}/revert",
        "Take a revision back, by a revision of its own; what later ones changed since stays.",
        _ASKED,
        (PUBLISH,),
        (_REVISION,),
        body="Reason",
        refuses=(404, 409),
    ),
    Operation(
        "get", "/compare", "Show places side by side.", {200: ("Comparison", "What each place has of every subject.")}, (),
        (_PLACES, _ABOUT, *TIME), refuses=(404, 410), more=_SENSES,
    ),
    Operation(
        "get", "/gaps", "List what one place has and another has no counterpart of.", {200: ("Gaps", "The gaps.")}, (),
        (
            Parameter("base", "query", "The place that has it.", required=True),
            Parameter("against", "query", "The place that has no counterpart.", required=True),
            _ABOUT, *TIME,
        ),
        refuses=(404, 410), more=_SENSES,
    ),
    Operation(
        "get", "/conforms", "Say where editions are accepted, and which requirements of laws they cover.",
        {200: ("Conformance", "Acceptances by edition and jurisdiction, and requirements.")}, (),
        (
            Parameter("editions", "query", "Editions, with commas between: references, or ends of addresses.", required=True),
            Parameter("laws", "query", "Laws, with commas between; else those of which a requirement is linked."),
            *TIME,
        ),
        refuses=(404, 410),
    ),
    Operation(
        "get", "/markets", "List the editions that are accepted in all places.",
        {200: ("Markets", "The editions, those first that are surely accepted in all places.")}, (),
        (_PLACES, Parameter("topic", "query", "Only editions on this topic."), *TIME), refuses=(404, 410),
    ),
    *worked_out_described.OPERATIONS,
)  # fmt: skip

_WORDS = {
    400: "Something in the request cannot be used.",
    401: "No valid token was shown.",
    403: "The token does not allow this.",
    404: "There is no such thing.",
    406: "Not in the asked form.",
    409: "The state of the draft or the registry does not allow it.",
    410: "That revision is no longer kept for questions.",
    412: "What was looked at is not what is there now.",
    413: "More than may be sent at once.",
    415: "The body is of another type.",
    422: "The source has to be named; choices says which there are.",
    428: "If-Match is missing.",
    507: "The disk has too little room left.",
}


def limits() -> dict[str, int]:
    """What the operator set: megabytes of one upload, and drafts that may be undecided."""
    settings = the_registry().settings
    return {"upload_mb": settings.upload_mb, "drafts": settings.drafts}


def document(base: str) -> dict[str, Any]:
    """The OpenAPI document of a service at an address."""
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        paths.setdefault(START + one.path, {})[one.method] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Standards Graph",
            "version": __version__,
            "summary": "Bring files in, look at what they would change, publish them, take them back; compare jurisdictions.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "A token that begins with sgr_."}},
            "schemas": _schemas(),
        },
    }


def _operation(one: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": "-".join((one.method, *(part.strip("{}") for part in one.path.split("/") if part))),
        "summary": one.summary,
        "security": [{"token": [scope.value]} for scope in one.scopes],
        "responses": {str(status): _given(one, *what) for status, what in one.gives.items()},
    }
    if one.more:
        told["description"] = one.more
    if one.parameters:
        told["parameters"] = [
            {
                "name": parameter.name,
                "in": parameter.place,
                "description": parameter.text,
                "required": parameter.required,
                "schema": {"type": "integer", "minimum": 1}
                if parameter.name in ("page", "number", "depth", "most")
                else {"type": "string"},
            }
            for parameter in one.parameters
        ]
    if one.body:
        kind = "multipart/form-data" if one.body == "Upload" else "application/json"
        told["requestBody"] = {"required": one.body != "Reason", "content": {kind: {"schema": _ref(one.body)}}}
    for status in (400, *((401, 403) if one.scopes else ()), *one.refuses):
        told["responses"][str(status)] = {
            "description": _WORDS[status],
            "content": {"application/problem+json": {"schema": _ref("Problem")}},
        }
    return told


def _given(one: Operation, schema: str, text: str) -> dict[str, Any]:
    told: dict[str, Any] = {"description": text}
    told["content"] = {kind: {"schema": _ref(schema)} if kind == "application/json" else {} for kind in one.types}
    return told


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: str = "", /, **members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": required.split() or list(members)}


def _list(of: Any) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _schemas() -> dict[str, Any]:
    text, number, yes = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
    maybe = {"type": ["string", "null"]}
    moment, maybe_moment = {"type": "string", "format": "date-time"}, {"type": ["string", "null"], "format": "date-time"}
    statement = _object("property", property=text, iri=text, value=text)
    thing = _object(
        fate=text, thing=text, label=maybe, added=number, removed=number, come=_list(statement), gone=_list(statement)
    )
    look = {
        "mark": text, "comparedWith": maybe, "madeAt": moment, "current": yes, "added": number, "removed": number,
        "things": {"type": "object", "additionalProperties": number}, "before": number, "withdrawn": number, "shrank": yes,
        "older": yes, "mostPercent": number,
    }  # fmt: skip
    finding = dict.fromkeys(COLUMNS, text) | {
        "severity": {"enum": [one.value for one in Severity]}, "line": {"type": ["integer", "null"]}, "path": text,
    }  # fmt: skip
    revision = _object(
        name=text, number=number, publishedAt=moment, agent=text, note=text, source=maybe, added=number, removed=number,
        statements=number, fingerprint=text, silent=yes,
    )  # fmt: skip
    job = _object(
        number=number, kind={"enum": [one.value for one in JobKind]}, subject=text, agent=text,
        state={"enum": [one.value for one in JobState]}, step=maybe, rows=number, ahead=number, askedAt=moment,
        beganAt=maybe_moment, endedAt=maybe_moment, code=maybe, problem=maybe, revision=maybe,
    )  # fmt: skip
    return {
        "Sources": _object(sources=_list(_object(name=text, title=text, description=text, licence=text))),
        "Draft": _object(
            name=text, state={"enum": [one.value for one in DraftState]}, source=text, agent=text, createdAt=moment,
            files=_list(_object(name=text, sha256=text)), rows=number, statements=number,
            findings=_object(**{one.value: number for one in Severity}), problem=maybe, note=maybe, revision=maybe,
            job={"oneOf": [_ref("Job"), {"type": "null"}]}, look={"oneOf": [_object(**look), {"type": "null"}]},
            links={"type": "object", "additionalProperties": text},
        ),
        "Drafts": _object(page=number, pages=number, drafts=_list(_ref("Draft"))),
        "Upload": _object(
            "file", file=_list({"type": "string", "format": "binary"}), source=text, leave_out={"enum": ["0", "1"]},
            with_texts={"enum": ["0", "1"]},
        ),
        "Report": _object(conforms=yes, findings=_list(_object(**finding))),
        "Difference": _object(
            **look, renamed=_list(_object(**{"from": text, "to": text})), page=number, pages=number, items=_list(thing)
        ),
        "Impact": _object(
            mark=text, current=yes, pages=number, items=_list(thing),
            answers=_list(_object(question=text, title=text, before=number, after=number, come=number, gone=number)),
            inferred=_object(added=number, removed=number, things=number),
        ),
        "Publication": _object("note", note=text, silent=yes, accept_shrink=yes) | {"additionalProperties": False},
        "Reason": {"type": "object", "properties": {"note": text}, "additionalProperties": False},
        "Job": job,
        "Revision": revision,
        "Revisions": _object(page=number, pages=number, revisions=_list(revision)),
        **_answers(),
        **worked_out_described.schemas(),
        "Problem": _object("type title status detail code", type=text, title=text, status=number, detail=text, code=text),
    }  # fmt: skip


def _answers() -> dict[str, Any]:
    """The schemas of places side by side."""
    text, number, yes = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
    maybe, day = {"type": ["string", "null"]}, {"type": "string", "format": "date"}
    maybe_day = {"type": ["string", "null"], "format": "date"}
    name, asked, cell, finding = (_ref(one) for one in ("Name", "Place", "Cell", "Finding"))
    told = {
        "place": text, "state": {"enum": [one.value for one in State]}, "complete": maybe_day,
        "sought": _list(text), "findings": _list(finding),
    }  # fmt: skip
    subject = {"about": {"enum": [one.value for one in Aspect]}, "subject": name, "what": text}
    required = _object(law=name, provision=name, covered={"enum": [one.value for one in Covered]}, findings=_list(finding))
    return {
        "Name": _object(thing=text, label=text),
        "Place": _object(thing=text, label=text, parts=_list(name), wholes=_list(name), remark=maybe),
        "Finding": _object(
            thing=text, label=text, how=text, record=text, place=maybe, confidence={"type": ["number", "null"]}, note=maybe,
            sources=_list(text), addresses=_list(text),
        ),
        "Cell": _object(**told),
        "Comparison": _object(day=day, places=_list(asked), rows=_list(_object(**subject, cells=_list(cell)))),
        "Gaps": _object(
            day=day, base=asked, against=asked, perhaps=number,
            rows=_list(_object(**subject, here=_list(finding), there=cell, near=_list(name))),
        ),
        "Conformance": _object(
            day=day, editions=_list(name), acceptances=_list(_object(edition=name, **told)), requirements=_list(required),
            otherJurisdictions=number,
        ),
        "Markets": _object(
            day=day, places=_list(asked), withoutRecords=_list(name),
            rows=_list(_object(edition=name, sure=yes, cells=_list(cell))),
        ),
    }  # fmt: skip
