"""What a client wants, by its Accept headers (RFC 9110, section 12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST = 4_000
"""Characters of a header that are read; what comes after them is left out."""


@dataclass(frozen=True, slots=True)
class Range:
    """One entry of an Accept header: a type or a range of types, and how much it is wanted (0 to 1)."""

    name: str
    quality: float

    def exactness(self, name: str) -> int:
        """How exactly this entry names something: 3 by name, 2 by its first half, 1 by ``*``, 0 not at all."""
        if self.name == name:
            return 3
        if self.name == name.partition("/")[0] + "/*":
            return 2
        return 1 if self.name in {"*/*", "*"} else 0


def ranges(header: str) -> Iterator[Range]:
    """The entries of an Accept or Accept-Encoding header; one that cannot be read is left out."""
    for entry in header[:LONGEST].split(","):
        name, *parameters = (part.strip().lower() for part in entry.split(";"))
        if name:
            quality = next((part[2:].strip() for part in parameters if part.startswith("q=")), "1")
            yield Range(name, _quality(quality))


def _quality(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return min(max(value, 0.0), 1.0) if value == value else 0.0  # noqa: PLR0124 - not a number


def quality(name: str, wanted: Sequence[Range]) -> float:
    """How much a client wants something: the word of the most exact entry."""
    fitting = [(entry.exactness(name), entry.quality) for entry in wanted if entry.exactness(name)]
    return max(fitting)[1] if fitting else 0.0


def best(header: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type that the client wants most, the first of equals; None where it wants none of them.

    No header, or an empty one, means that all are wanted equally.
    """
    wanted = list(ranges(header or "*/*")) or [Range("*/*", 1.0)]
    liked = [(quality(name, wanted), -place) for place, name in enumerate(offered)]
    most, place = max(liked, default=(0.0, 0))
    return offered[-place] if most > 0 else None


def takes_gzip(header: str | None) -> bool:
    """Whether the client can unpack gzip."""
    return quality("gzip", list(ranges(header or ""))) > 0
