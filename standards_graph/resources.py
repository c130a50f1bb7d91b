"""Where the ontology and the packaged data lie, in a checkout and in a wheel."""

from __future__ import annotations

import hashlib
from pathlib import Path

from standards_graph import __version__

_READ = {".ttl", ".csv", ".toml", ".rq"}
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


def digest() -> str:
    """A digest of every packaged file that is read and of the software's version: another one means news to load."""
    total = hashlib.sha256(__version__.encode())
    for folder in (ontology(), data()):
        for path in sorted(p for p in folder.rglob("*") if p.suffix in _READ):
            total.update(str(path.relative_to(folder)).encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
