"""Spellings that mean the same: texts without accents and case, identifiers without punctuation."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_SHORT = {"amd": "a", "amendment": "a", "cor": "c", "ac": "c", "corrigendum": "c"}


def folded(text: str) -> str:
    """A text without case, accents, width variants and doubled spaces, for comparing."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(_WORD.findall(folded(text)))


def pieces(identifier: str) -> tuple[str, ...]:
    """An identifier cut into letters and numbers: ``IEC 62304:2006+AMD1:2015`` is iec, 62304, 2006, a, 1, 2015."""
    return tuple(_SHORT.get(piece, piece) for piece in _PIECE.findall(folded(identifier)))


def number(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The pieces of an identifier from its first number on: what is left without the publisher."""
    start = next((place for place, piece in enumerate(parts) if piece.isdigit()), len(parts))
    return parts[start:]
