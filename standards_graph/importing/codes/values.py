"""Plain values of JSON and YAML that are not what they should be are refused with a sentence, not met later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from standards_graph.errors import UnreadableFile


def objects(found: Any, what: str, path: Path) -> Sequence[Mapping[str, Any]]:
    """A list of objects; raises UnreadableFile, which says what should have been one."""
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UnreadableFile(f"{what} has to be a list of objects", source=str(path))
    return found


def text(row: Mapping[str, Any], key: str) -> str:
    """A value as text in one line; empty where there is none."""
    found = row.get(key)
    return "" if found is None else " ".join(str(found).split())


def part(row: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """An object within an object; empty where there is none."""
    found = row.get(key)
    return found if isinstance(found, dict) else {}
