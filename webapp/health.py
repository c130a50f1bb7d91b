"""Whether the process lives, and whether the service can answer."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify

from standards_graph.errors import RegistryError
from standards_graph.model.changes import Check, Revision
from standards_graph.registry import Registry
from webapp.current import the_registry

blueprint = Blueprint("health", __name__)

FREE_BYTES = 200_000_000
"""Room that the data folder's disk must have left."""


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers; says nothing of the store."""
    return _told({"alive": True}, 200)


@blueprint.get("/readyz")
def ready() -> Response:
    """What must hold for the service to answer, each by name; 503 where one does not."""
    checks, revision = _checks(the_registry())
    good = all(check.ok for check in checks)
    told = {
        "ready": good,
        "revision": revision.name if revision else None,
        "failing": [check.name for check in checks if not check.ok],
        "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks],
    }
    return _told(told, 200 if good else 503)


def _told(document: Mapping[str, object], status: int) -> Response:
    answer = jsonify(document)
    answer.status_code = status
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _checks(registry: Registry) -> tuple[list[Check], Revision | None]:
    try:
        revision = registry.reader().revision
    except RegistryError as error:
        return [Check("revision", False, f"{error.code}: {error}"), _room(registry.settings.home)], None
    made = f"{revision.name}, published {revision.published_at}"
    return [
        Check("revision", True, made),
        registry.answers(),
        _counted(registry, revision),
        _room(registry.settings.home),
    ], revision


def _counted(registry: Registry, revision: Revision) -> Check:
    """The statements of a revision are counted once; they do not change."""
    counts: dict[str, Check] = current_app.extensions.setdefault("standards_graph.counts", {})
    if revision.fingerprint in counts:
        return counts[revision.fingerprint]
    with _COUNTING:
        check = counts.get(revision.fingerprint) or registry.holds_everything()
    if check.ok:
        counts.clear()
        counts[revision.fingerprint] = check
    return check


_COUNTING = threading.Lock()


def _room(home: Path) -> Check:
    folder = next(path for path in (home, *home.absolute().parents) if path.exists())
    free = shutil.disk_usage(folder).free
    return Check("disk", free >= FREE_BYTES, f"{free // 1_000_000:,} MB free, {FREE_BYTES // 1_000_000} MB needed")
