"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
