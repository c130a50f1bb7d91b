"""The registry that the running application shows."""

from __future__ import annotations

from typing import cast

from flask import current_app, g, request

from standards_graph.desk import Desk
from standards_graph.registry import Registry

EXTENSION = "standards_graph"
"""Where Flask keeps the registry: ``app.extensions[EXTENSION]``."""


PINNED = "registry_as_published"
"""Where a request keeps the registry as it was published at the revision that it asks for."""


def the_registry() -> Registry:
    """The registry of the application that handles this request, as it was published when the request says."""
    return cast(Registry | None, g.get(PINNED)) or newest_registry()


def newest_registry() -> Registry:
    """The same with its newest revision, whatever the request says."""
    return cast(Registry, current_app.extensions[EXTENSION])


def the_desk() -> Desk:
    """The desk of that registry."""
    return Desk(the_registry())


def the_base() -> str:
    """The public address of this service, without a slash at its end: the setting, else as the request says."""
    return the_registry().settings.base or request.host_url.rstrip("/")
