"""The text of a token: ``sgr_``, an id of eight characters, ``_``, a secret of 256 bits, and a checksum of six characters.

The beginning lets scanners of source code find tokens that were left there; the checksum tells a typing error before any
look-up. The secret is random, so a plain digest of it is kept (SHA-256), never itself.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import string
import zlib
from dataclasses import dataclass, field

START = "sgr_"
_ALPHABET = string.digits + string.ascii_letters
_ID, _SECRET, _SUM = 8, 43, 6  # 43 characters of 62 hold 256 bits
_FORM = re.compile(rf"{START}([0-9A-Za-z]{{{_ID}}})_([0-9A-Za-z]{{{_SECRET}}})([0-9A-Za-z]{{{_SUM}}})")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a token consists of."""

    id: str
    secret: str = field(repr=False)

    @property
    def text(self) -> str:
        """The token as its owner keeps it."""
        start = f"{START}{self.id}_{self.secret}"
        return start + _checksum(start)

    @property
    def digest(self) -> str:
        """What is kept of the secret."""
        return digest(self.secret)


def fresh() -> Parts:
    """A new token."""
    return Parts(_random(_ID), _random(_SECRET))


def taken_apart(text: str) -> Parts | None:
    """The parts of a token; None where it is not of the form or its checksum is wrong."""
    found = _FORM.fullmatch(text)
    if not found:
        return None
    parts = Parts(found[1], found[2])
    return parts if secrets.compare_digest(parts.text, text) else None


def digest(secret: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _checksum(start: str) -> str:
    number, found = zlib.crc32(start.encode()), ""
    for _ in range(_SUM):
        number, rest = divmod(number, len(_ALPHABET))
        found = _ALPHABET[rest] + found
    return found
