"""What was published when: the revisions, what one of them changed, what lies between two, and the history of one thing."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request
from pyoxigraph import Literal, NamedNode
from werkzeug.wrappers import Response as AnyResponse

from standards_graph.errors import BadArgument, NotFound
from standards_graph.model.changes import Fate, Revision, ThingCount
from standards_graph.model.histories import Statement, ThingHistory
from webapp import arguments, downloads, links
from webapp.cache import Recent
from webapp.current import the_registry
from webapp.pages.lists import Choice, Group

PAGE = 50
"""Revisions, or things, of one page."""
STEPS = 10
"""Revisions of one page of the history of a thing."""
STATEMENTS = 160
"""Statements that a page of the history of a thing shows; the data hold all."""
LEAST = 6
"""Statements that it shows of each revision, however many there are."""
COLUMNS = ("revision", "published", "statements", "added", "removed", "source", "agent", "note")
JSON = "application/json"

blueprint = Blueprint("changes", __name__)


@blueprint.get("/changes")
def changes() -> str:
    """The published revisions, newest first."""
    arguments.known("page")
    known = the_registry().history()
    page, last = arguments.page(), max(1, -(-len(known) // PAGE))
    _check_page(page, last)
    return render_template(
        "changes/list.html",
        total=len(known),
        revisions=known[(page - 1) * PAGE : page * PAGE],
        page=page,
        last=last,
        page_address=lambda number: links.address("/changes", {"page": "" if number == 1 else str(number)}),
    )


@blueprint.get("/changes.<any(csv, json):extension>")
def changes_data(extension: str) -> Response:
    """All of them as data."""
    arguments.known()
    rows = [(r.name, r.published_at, r.quads, r.added, r.removed, r.source, r.agent, r.note) for r in the_registry().history()]
    if extension == "json":
        return _json([dict(zip(COLUMNS, row, strict=True)) for row in rows], name="changes.json")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([COLUMNS, *rows])
    return downloads.file(out.getvalue().encode(), downloads.RESULTS["csv"], name="changes.csv")


@blueprint.get("/changes/<name>")
def change(name: str) -> str | Response:
    """What one revision changed, thing by thing."""
    bare, extension = _split(name)
    found = _named(bare)
    counts = _recent().get((found.fingerprint, found.number), lambda: the_registry().past.counts(found))
    if extension:
        return _counts_data(counts, name=name, revision=found.name)
    return _shown(counts, f"/changes/{found.name}", title=f"Revision {found.name}", second=found)


@blueprint.get("/diff/<first>/<second>")
def difference(first: str, second: str) -> str | Response:
    """What changed from one revision to another, thing by thing; each named by its number, a day or a moment."""
    bare, extension = _split(second)
    old, new = _named(first), _named(bare)
    key = (old.fingerprint, old.number, new.fingerprint, new.number)
    counts = _recent().get(key, lambda: the_registry().past.net_counts(old, new))
    if extension:
        return _counts_data(counts, name=f"{old.name}-{new.name}.json", first=old.name, second=new.name)
    return _shown(counts, f"/diff/{old.name}/{new.name}", title=f"From {old.name} to {new.name}", first=old, second=new)


@blueprint.get("/diff")
def compare() -> AnyResponse:
    """The form of the page above leads here."""
    arguments.known("from", "to")
    told = {name: arguments.text(name) for name in ("from", "to")}
    for name, text in told.items():
        if not text:
            raise BadArgument(f"Say from which revision to which: {name} is missing.", name=name, known=("from", "to"))
    return redirect(f"/diff/{_named(told['from']).name}/{_named(told['to']).name}", 303)


@blueprint.get("/history")
def all_history() -> AnyResponse:
    """Another name of the list of revisions."""
    return redirect("/changes", 308)


@blueprint.get("/history/<name>")
def some_history(name: str) -> AnyResponse:
    """Another name of one revision, or of the difference of two: ``r3..r12``."""
    first, dots, second = name.partition("..")
    return redirect(f"/diff/{_named(first).name}/{_named(second).name}" if dots else f"/changes/{_named(first).name}", 308)


def history(thing: NamedNode, extension: str) -> str | Response:
    """What happened to one thing, newest first; as data with the extension of JSON."""
    arguments.known("view", "page")
    page = arguments.page()
    found = the_registry().histories.of(thing, limit=STEPS, offset=(page - 1) * STEPS)
    last = max(1, -(-found.total // STEPS))
    _check_page(page, last)
    path = request.path.removesuffix(f".{extension}") if extension else request.path
    if extension:
        if extension != "json":
            raise NotFound(f"The history of {thing.value} is there as JSON alone.")
        return _json(_told(found, page, last), name="history.json")
    return render_template(
        "records/history.html",
        found=found,
        path=path,
        shown=max(LEAST, STATEMENTS // max(1, 2 * len(found.steps))),
        page=page,
        last=last,
        page_address=lambda number: links.address(path, {"view": "history", "page": "" if number == 1 else str(number)}),
        data_address=links.address(f"{path}.json", {"view": "history", "page": "" if page == 1 else str(page)}),
    )


def _told(found: ThingHistory, page: int, last: int) -> dict[str, Any]:
    return {
        "iri": found.name.iri.value,
        "name": found.name.text,
        "held": found.held,
        "revisions": found.total,
        "page": page,
        "pages": last,
        "history": [
            {
                **_facts(step.revision),
                "added": [_statement(one) for one in step.added],
                "removed": [_statement(one) for one in step.removed],
            }
            for step in found.steps
        ],
    }


def _facts(revision: Revision) -> dict[str, str]:
    return {
        "revision": revision.name,
        "published": revision.published_at,
        "agent": revision.agent,
        "note": revision.note,
        "source": revision.source,
    }


def _statement(one: Statement) -> dict[str, Any]:
    told: dict[str, Any] = {
        "property": one.predicate.iri.value,
        "called": one.predicate.text,
        "value": one.term.value,
        "graph": one.graph.value,
    }
    if one.name:
        told["name"] = one.name.text
    if isinstance(one.term, Literal):
        told |= {"language": one.term.language} if one.term.language else {"datatype": one.term.datatype.value}
    return told


def _shown(counts: Sequence[ThingCount], path: str, *, title: str, second: Revision, first: Revision | None = None) -> str:
    arguments.known("fate", "kind", "page")
    chosen, page = {"fate": arguments.choice("fate", ("", *Fate), ""), "kind": arguments.text("kind")}, arguments.page()
    wanted = sorted(_wanted(counts, **chosen), key=lambda one: links.has_no_name(one.thing))
    if chosen["kind"] and not wanted:
        raise NotFound(f"Nothing of the kind '{chosen['kind']}' changed in that way.")
    last = max(1, -(-len(wanted) // PAGE))
    _check_page(page, last)
    part = wanted[(page - 1) * PAGE : page * PAGE]

    def address(number: int, changes: Mapping[str, str] | None = None) -> str:
        return links.address(path, {**chosen, "page": "" if number == 1 else str(number), **(changes or {})})

    def group(title: str, name: str, found: Mapping[str, int]) -> Group:
        options = tuple(
            Choice(one, many, address(1, {name: "" if one == chosen[name] else one}), one == chosen[name])
            for one, many in found.items()
        )
        return Group(title, options, len(options))

    fates = Counter(one.fate for one in _wanted(counts, fate="", kind=chosen["kind"]))
    kinds = Counter(links.kind_of(one.thing) for one in _wanted(counts, fate=chosen["fate"], kind=""))
    groups = [
        group("What became of it", "fate", {one.value: fates[one] for one in Fate if fates[one]}),
        group("Kind of thing", "kind", dict(kinds.most_common())),
    ]
    return render_template(
        "changes/things.html",
        title=title,
        first=first,
        second=second,
        counts=part,
        names=the_registry().entities.names([one.thing for one in part]),
        total=len(wanted),
        groups=[one for one in groups if one.options],
        chosen=[option for one in groups for option in one.options if option.chosen],
        page=page,
        last=last,
        page_address=address,
        data_address=f"{path}.json",
        known=the_registry().history(),
    )


def _wanted(counts: Sequence[ThingCount], *, fate: str, kind: str) -> list[ThingCount]:
    return [one for one in counts if fate in ("", one.fate) and kind in ("", links.kind_of(one.thing))]


def _counts_data(counts: Sequence[ThingCount], *, name: str, **facts: str) -> Response:
    arguments.known()
    things = [{"thing": one.thing.value, "fate": one.fate, "added": one.added, "removed": one.removed} for one in counts]
    return _json({**facts, "things": things}, name=name)


def _json(document: object, *, name: str) -> Response:
    return downloads.file(json.dumps(document, ensure_ascii=False).encode(), JSON, name=name, shown=True)


def _split(name: str) -> tuple[str, str]:
    bare, dot, extension = name.rpartition(".")
    return (bare, extension) if dot and extension == "json" else (name, "")


def _named(told: str) -> Revision:
    return the_registry().past.revision(told, name="revision")


def _check_page(page: int, last: int) -> None:
    if page > last:
        raise NotFound(f"There are {last} pages and no page {page}.")


def _recent() -> Recent[tuple[ThingCount, ...]]:
    found: Recent[tuple[ThingCount, ...]] = current_app.extensions.setdefault("standards_graph.changes", Recent(4))
    return found
