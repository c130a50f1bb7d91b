"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from standards_graph.registry import Registry
from tests import small_world as world

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of source material beside the checkout: developers and CI have it, others do not."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        reason = "the source material folder ../shared is not here"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture
def small_world() -> Iterator[Registry]:
    """A registry in memory on the small world; what a test adds is gone after it."""
    with world.registry() as registry:
        yield registry
