from __future__ import annotations

from typing import Any

import pytest

from standards_graph.errors import Busy, StoreFailure
from standards_graph.model.changes import Check
from standards_graph.registry import Registry
from tests.webapp.serving import a_registry, client
from webapp import health


def state(registry: Registry) -> tuple[int, dict[str, Any]]:
    response = client(registry).get("/readyz")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.json is not None
    return response.status_code, response.json


def test_the_process_says_that_it_lives_without_asking_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = a_registry()
    web = client(registry)
    monkeypatch.setattr(registry, "store", None)
    assert (web.get("/healthz").status_code, web.get("/healthz").json) == (200, {"alive": True})


def test_a_service_that_can_answer_is_ready() -> None:
    status, told = state(a_registry())
    assert status == 200
    assert (told["ready"], told["revision"], told["failing"]) == (True, "r1", [])
    assert [check["name"] for check in told["checks"]] == ["revision", "worker", "quads", "disk"]


def test_without_a_revision_it_is_not_ready_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = a_registry()

    def reader(_: int | None) -> None:
        raise StoreFailure("Nothing was published yet.")

    monkeypatch.setattr(registry.store, "reader", reader)
    status, told = state(registry)
    assert (status, told["failing"], told["revision"]) == (503, ["revision"], None)


def test_a_worker_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = a_registry()

    def answer(*_: Any, **__: Any) -> None:
        raise Busy("All workers are taken.")

    monkeypatch.setattr(registry.store, "answer", answer)
    status, told = state(registry)
    assert status == 503
    assert "worker" in told["failing"]


def test_a_count_that_is_not_the_ledgers_is_named_and_counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = a_registry()
    web = client(registry)
    monkeypatch.setattr(registry, "holds_everything", lambda: Check("quads", False, "10 found, 11 recorded"))
    assert web.get("/readyz").status_code == 503
    monkeypatch.undo()
    assert web.get("/readyz").status_code == 200


def test_the_statements_of_a_revision_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = a_registry()
    web = client(registry)
    assert web.get("/readyz").status_code == 200
    monkeypatch.setattr(registry, "holds_everything", lambda: Check("quads", False, "counted again"))
    assert web.get("/readyz").status_code == 200


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "FREE_BYTES", 1 << 62)
    status, told = state(a_registry())
    assert (status, told["failing"]) == (503, ["disk"])
