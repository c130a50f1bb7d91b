"""The first page: what this is, the questions it answers, and how much it holds."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp import arguments
from webapp.current import the_registry

JURISDICTIONS = 12
"""Jurisdictions that the coverage table shows; the list of jurisdictions has all."""

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> str:
    """The first page."""
    arguments.known()
    registry = the_registry()
    return render_template("home.html", questions=registry.questions.all(), coverage=registry.coverage(), shown=JURISDICTIONS)
