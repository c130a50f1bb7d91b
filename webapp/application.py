"""Puts the pages together."""

from __future__ import annotations

from flask import Flask

from standards_graph.registry import Registry
from webapp import api, assets, errors, moment, packing, pages, permissions, rendering, security, uploads
from webapp.current import EXTENSION

LARGEST_FORM = 2_000_000
"""Bytes of a form that a page reads."""


def create_app(registry: Registry) -> Flask:
    """The pages over a registry.

    Raises Misconfigured where the styles and scripts were not built, or where an address that takes more than GET does not
    say who may.
    """
    app = Flask("webapp", static_folder=None)
    app.request_class = uploads.Request
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions[EXTENSION] = registry
    rendering.equip(app)
    packing.pack_answers(app)
    moment.keep_time(app)  # after packing, for what is done to answers is done in the reverse order
    security.secure(app)
    permissions.enforce(app)
    for blueprint in (assets.blueprint, api.blueprint, *pages.BLUEPRINTS):
        app.register_blueprint(blueprint)
    errors.handle_errors(app)
    permissions.check(app)
    return app
