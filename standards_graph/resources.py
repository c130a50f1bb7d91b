"""Where the ontology and the packaged data lie, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    bundled = _PACKAGE / "_bundled" / name
    return bundled if bundled.is_dir() else _PACKAGE.parent / name


def ontology() -> Path:
    """The folder ``ontology/``."""
    return _folder("ontology")


def data() -> Path:
    """The folder ``data/``."""
    return _folder("data")
