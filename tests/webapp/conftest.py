"""The pages over the small world."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from standards_graph.registry import Registry
from tests import small_world as world
from webapp.application import create_app
from webapp.wsgi import equipped


@pytest.fixture(scope="session")
def shown() -> Iterator[Registry]:
    """The registry that the pages show; not to be changed."""
    with world.registry() as registry:
        yield registry


@pytest.fixture(scope="session")
def pages(shown: Registry) -> FlaskClient:
    """A client of the pages."""
    return equipped(create_app(shown)).test_client()
