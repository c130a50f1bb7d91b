"""The first page: what this is, the questions it answers, and how much it holds."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp import arguments
from webapp.current import the_registry

JURISDICTIONS = 12
"""Jurisdictions that the coverage table shows; the list of jurisdictions has all."""

QUESTIONS = (
    "us-recognised-eu-harmonised",
    "eu-counterpart-of-fda-class-ii",
    "fda-ai-devices-of-a-panel",
    "one-fault-several-authorities",
    "dates-of-a-law",
    "healthai-network-members",
)
"""Questions that the first page shows; their own page has all."""

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> str:
    """The first page."""
    arguments.known()
    registry = the_registry()
    questions = {question.name: question for question in registry.questions.all()}
    return render_template(
        "home.html",
        questions=[questions[name] for name in QUESTIONS],
        every=len(questions),
        coverage=registry.coverage(),
        shown=JURISDICTIONS,
    )
