"""Pages: one module for each noun, each with its blueprint. A page is part of the application if it is listed here."""

from __future__ import annotations

from webapp.pages import about, changes, citing, data, home, imports, lists, query, questions, records, search

BLUEPRINTS = (
    home.blueprint,
    about.blueprint,
    changes.blueprint,
    citing.blueprint,
    data.blueprint,
    query.blueprint,
    search.blueprint,
    imports.blueprint,
    lists.blueprint,
    questions.blueprint,
    records.blueprint,
)
