"""How sure a fact is by the way in which its source was read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

CONFIDENCE: Mapping[str, Decimal] = {"official-page-opened": Decimal("1.0"), "source-read": Decimal("0.9")}
"""Of a fact, by the level at which its source was read."""
