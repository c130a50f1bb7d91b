"""Where in a file a text stands: the engine does not say from which line a statement is."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from standards_graph.importing.packing import opened

MOST_TEXTS = 100
"""How many texts are looked for."""


def lines_of(path: Path, texts: Collection[str]) -> dict[str, int]:
    """The line of each text that stands on one line only and there as it is; raises UnreadableFile."""
    wanted = {text: text.encode() for text in sorted(texts)[:MOST_TEXTS] if text}
    found: dict[str, int] = {}
    if not wanted:
        return found
    with opened(path) as stream:
        for number, line in enumerate(stream, start=1):
            for text in [text for text, written in wanted.items() if written in line]:
                if text in found:
                    del wanted[text], found[text]
                else:
                    found[text] = number
    return found
