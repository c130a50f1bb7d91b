"""The part of the API's description on what corresponds and what is worked out: addresses, and schemas made from the types."""

from __future__ import annotations

from typing import Any

from standards_graph.model.accounts import Scope
from standards_graph.model.equivalence import Consequence, Counterpart, OpenConflict, Reason
from standards_graph.model.figures import Figures
from standards_graph.model.lineage import Direction, Lineage, Paths, RecalledLine
from standards_graph.model.performance import Named
from standards_graph.model.reviews import Review, Reviewed, Role, Verdict, Waiting
from standards_graph.model.spread import MemberStanding, Spread
from webapp.api.operation import PAGE, TIME, Operation, Parameter
from webapp.api.shapes import schema

_RECORD = Parameter("name", "path", "The last part of a mapping record's IRI, such as 36c686256e10c2af.", required=True)
_NUMBER = Parameter("submission", "path", "The number of a decision, such as K192732.", required=True)
_REVISION = TIME[1]
_SILENT = 'Nothing found is not nothing done: only "stated complete" means that a source lists all.'

OPERATIONS = (
    Operation(
        "get", "/equivalents", "List what accepted records say of a thing, the surest first.",
        {200: ("Equivalents", "One row for each record; valid on the day that at names, or on any without it.")}, (),
        (
            Parameter("thing", "query", "An IRI, or the end of one: us-fda-class/ii, iso-14971-2019.", required=True),
            Parameter("in", "query", "Only counterparts in this scheme or jurisdiction, such as eu."),
            *TIME,
        ),
        refuses=(404, 410),
    ),
    Operation(
        "get", "/conflicts", "List records that cannot all be right, then notices.", {200: ("Conflicts", "A page of them.")},
        (), (PAGE, _REVISION), refuses=(410,),
    ),
    Operation(
        "get", "/mappings/{name}", "Say why a record holds: itself, then the premises of each way in which it follows.",
        {200: ("Reasons", "Step 0 is the record; the others stand in their derivation and their place in it.")}, (),
        (_RECORD, _REVISION), refuses=(404, 410),
    ),
    Operation(
        "get", "/mappings/{name}/without", "Say what would be otherwise if a record were rejected.",
        {200: ("Consequences", "Results, recognitions in effect, conflicts, plain statements.")}, (), (_RECORD,),
        refuses=(404,),
    ),
    Operation(
        "get", "/mappings/{name}/reviews", "List what was said of a record, and which status follows.",
        {200: ("Reviewed", "The record with its reviews, and the part that each plays by now.")}, (), (_RECORD, _REVISION),
        refuses=(404, 410),
    ),
    Operation(
        "post", "/mappings/{name}/reviews", "Have a verdict on a record, or a comment, published.",
        {202: ("Job", "It waits in the queue; Location is where it is told how far it is.")}, (Scope.PUBLISH,), (_RECORD,),
        body="Verdict", refuses=(404, 409),
    ),
    Operation(
        "get", "/reviews", "List the records that wait for a review, the most urgent first.",
        {200: ("WaitingRecords", "A page of them.")}, (), (PAGE, _REVISION), refuses=(410,),
    ),
    Operation(
        "get", "/lineage/{submission}", "List what a decision descends from, or what descends from it, the nearest first.",
        {200: ("Lineage", "All are counted by steps; known says what it means that there are none.")}, (),
        (
            _NUMBER,
            Parameter("direction", "query", f"{' or '.join(Direction)}; ancestors without it."),
            Parameter("depth", "query", "So many steps at most."),
            Parameter("most", "query", "So many are listed at most."),
            _REVISION,
        ),
        refuses=(404, 410),
    ),
    Operation(
        "get", "/lineage/{submission}/paths", "List the shortest ways from a decision to an ancestor.",
        {200: ("Paths", "The first ways; all are counted.")}, (),
        (_NUMBER, Parameter("to", "query", "The number of the ancestor.", required=True), _REVISION), refuses=(404, 410),
    ),
    Operation(
        "get", "/recalled-ancestors", "List decisions whose device was recalled, with how many descend from each.",
        {200: ("RecalledAncestors", "A page of them.")}, (),
        (Parameter("place", "query", "Only recalls in this jurisdiction, such as us."), PAGE, _REVISION), refuses=(410,),
    ),
    Operation(
        "get", "/issues/{name}/spread", "Say who acted on a fault, and where none is recorded although its device is there.",
        {200: ("Spread", "Each jurisdiction, with how it stands to the fault by the day.")}, (),
        (Parameter("name", "path", "The end of a safety issue's IRI.", required=True), *TIME), refuses=(404, 410), more=_SILENT,
    ),
    Operation(
        "get", "/networks/{name}/silent-members",
        "List members of a network that are not recorded to have acted on a fault of a device on their market.",
        {200: ("SilentMembers", "A page of them.")}, (),
        (
            Parameter("name", "path", "The end of a network's IRI, such as healthai-grn.", required=True),
            Parameter("issue", "query", "Only this safety issue."),
            Parameter("everybody", "query", "1: those that acted too."),
            PAGE, *TIME,
        ),
        refuses=(404, 410), more=_SILENT,
    ),
    Operation(
        "get", "/performance-in-use", "List values in use that are worse than those claimed before market entry.",
        {200: ("PerformanceInUse", "A page of them, the largest difference first.")}, (),
        (Parameter("everything", "query", "1: also those that are not, and those without a counterpart."), PAGE, _REVISION),
        refuses=(410,),
    ),
    Operation(
        "get", "/figures", "Count the graphs that mapping records and recognitions make.",
        {200: ("Figures", "The figures, with what each means.")}, (), (_REVISION,), refuses=(410,),
    ),
)  # fmt: skip


def schemas() -> dict[str, Any]:
    """The schemas of these answers, made from the types of the library."""
    number, day = {"type": "integer"}, {"type": ["string", "null"], "format": "date"}

    def paged(of: type) -> dict[str, Any]:
        return _object(page=number, pages=number, total=number, rows=_list(of))

    said = schema(Review)
    reviewed, lineage = schema(Reviewed), schema(Lineage)
    part = {"enum": [one.value for one in Role]}
    reviewed["properties"]["reviews"]["items"] = _object(**said["properties"], part=part)
    return {
        "Equivalents": _object(day=day, rows=_list(Counterpart)),
        "Conflicts": paged(OpenConflict),
        "Reasons": _object(reasons=_list(Reason)),
        "Consequences": _object(consequences=_list(Consequence)),
        "Reviewed": reviewed,
        "Verdict": {
            **_object(
                verdict={"enum": [one.value for one in Verdict]}, reason={"type": "string"}, confidence={"type": "number"}
            ),
            "required": ["verdict", "reason"],
            "additionalProperties": False,
        },
        "WaitingRecords": paged(Waiting),
        "Lineage": _object(**lineage["properties"], total=number),
        "Paths": schema(Paths),
        "RecalledAncestors": paged(RecalledLine),
        "Spread": schema(Spread),
        "SilentMembers": paged(MemberStanding),
        "PerformanceInUse": paged(Named),
        "Figures": schema(Figures),
    }


def _object(**members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": list(members)}


def _list(of: type) -> dict[str, Any]:
    return {"type": "array", "items": schema(of)}
