"""The addresses that answer questions about places side by side, and their answers as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify

from standards_graph.errors import BadArgument
from standards_graph.model.comparison import Asked, Aspect, Cell, Finding
from standards_graph.model.entities import Name
from webapp import arguments
from webapp.api.routes import blueprint
from webapp.current import the_registry
from webapp.moment import the_moment

MOST = 12
"""Things that one parameter may list."""


@blueprint.get("/api/v1/compare")
def compared() -> Response:
    """Places side by side."""
    arguments.known("places", "about")
    found = the_registry().comparisons.compare(_listed("places"), about=_aspects(), on=the_moment().day)
    rows = [
        {
            "about": one.aspect.value,
            "subject": _name(one.subject),
            "what": one.what,
            "cells": [_cell(cell) for cell in one.cells],
        }
        for one in found.rows
    ]
    return jsonify({"day": found.day.isoformat(), "places": [_asked(one) for one in found.asked], "rows": rows})


@blueprint.get("/api/v1/gaps")
def missing() -> Response:
    """What one place has and another has no counterpart of."""
    arguments.known("base", "against", "about")
    base, against = (arguments.needed(name) for name in ("base", "against"))
    found = the_registry().comparisons.gaps(base, against, about=_aspects(), on=the_moment().day)
    rows = [
        {
            "about": one.aspect.value,
            "subject": _name(one.subject),
            "what": one.what,
            "here": [_finding(each) for each in one.here],
            "there": _cell(one.there),
            "near": [_name(each) for each in one.near],
        }
        for one in found.rows
    ]
    told = {"base": _asked(found.base), "against": _asked(found.against), "perhaps": found.uncertain, "rows": rows}
    return jsonify({"day": found.day.isoformat(), **told})


@blueprint.get("/api/v1/conforms")
def conforming() -> Response:
    """Where editions are accepted, and what they cover."""
    arguments.known("editions", "laws")
    found = the_registry().comparisons.conforms(_listed("editions"), laws=_listed("laws"), on=the_moment().day)
    required = [
        {
            "law": _name(one.law),
            "provision": _name(one.provision),
            "covered": one.covered.value,
            "findings": [_finding(each) for each in one.findings],
        }
        for one in found.requirements
    ]
    accepted = [{"edition": _name(one.edition), **_cell(one.cell)} for one in found.acceptances]
    told = {"acceptances": accepted, "requirements": required, "otherJurisdictions": found.uncovered}
    return jsonify({"day": found.day.isoformat(), "editions": [_name(one) for one in found.editions], **told})


@blueprint.get("/api/v1/markets")
def marketed() -> Response:
    """Editions that are accepted in all places."""
    arguments.known("places", "topic")
    found = the_registry().comparisons.markets(_listed("places"), topic=arguments.text("topic"), on=the_moment().day)
    rows = [
        {"edition": _name(one.edition), "sure": one.is_sure, "cells": [_cell(cell) for cell in one.cells]} for one in found.rows
    ]
    told = {"places": [_asked(one) for one in found.asked], "withoutRecords": [_name(one.place) for one in found.empty]}
    return jsonify({"day": found.day.isoformat(), **told, "rows": rows})


def _listed(name: str) -> Sequence[str]:
    """A parameter that lists things with commas between them; raises BadArgument for too many."""
    found = [one for text in arguments.text(name).split(",") if (one := text.strip())]
    if len(found) > MOST:
        raise BadArgument(f"The parameter {name} lists at most {MOST}.", name=name)
    return found


def _aspects() -> tuple[Aspect, ...]:
    given, known = _listed("about"), tuple(one.value for one in Aspect)
    if wrong := next((one for one in given if one not in known), ""):
        raise BadArgument(
            f"The parameter about lists some of: {', '.join(known)}; {wrong!r} is none.", name="about", known=known
        )
    return tuple(Aspect(one) for one in given)


def _name(one: Name) -> dict[str, str]:
    return {"thing": one.iri.value, "label": one.text}


def _asked(one: Asked) -> dict[str, Any]:
    return {
        **_name(one.place),
        "parts": [_name(each) for each in one.parts],
        "wholes": [_name(each) for each in one.wholes],
        "remark": one.remark or None,
    }


def _cell(one: Cell) -> dict[str, Any]:
    return {
        "place": one.asked.place.iri.value,
        "state": one.state.value,
        "complete": one.complete.isoformat() if one.complete else None,
        "sought": [each.value for each in one.sought],
        "findings": [_finding(each) for each in one.findings],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        **_name(one.thing),
        "how": one.how,
        "record": one.record.value,
        "place": one.place.iri.value if one.place else None,
        "confidence": one.confidence,
        "note": one.note or None,
        "sources": [each.value for each in one.sources],
        "addresses": list(one.addresses),
    }
