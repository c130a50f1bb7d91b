"""Puts the pages together."""

from __future__ import annotations

from flask import Flask

from standards_graph.registry import Registry
from webapp import assets, errors, moment, packing, pages, rendering, security
from webapp.current import EXTENSION

LARGEST_FORM = 2_000_000
"""Bytes of a form that a page reads."""


def create_app(registry: Registry) -> Flask:
    """The pages over a registry; raises Misconfigured where the styles and scripts were not built."""
    app = Flask("webapp", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions[EXTENSION] = registry
    rendering.equip(app)
    packing.pack_answers(app)
    moment.keep_time(app)  # after packing, for what is done to answers is done in the reverse order
    security.secure(app)
    for blueprint in (assets.blueprint, *pages.BLUEPRINTS):
        app.register_blueprint(blueprint)
    errors.handle_errors(app)
    return app
