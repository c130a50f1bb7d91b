"""Designations of standards as the FDA's list prints them, and the dated references that their bodies write."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from standards_graph import resources
from standards_graph.model import identifiers

_WORDS = "First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth"
_EDITION = re.compile(
    rf"^(?P<base>.*?\d\S*)\s+(?:(?:{_WORDS}|\d+(?:st|nd|rd|th))\s+edition|edition:?\s+(?P<number>\d+(?:\.\d+)?))"
    r"[,;]?\s+(?P<year>(?:19|20)\d\d)(?:-\d\d(?:-\d\d)?)?(?P<rest>.*)$",
    re.I,
)
_DATED = re.compile(r"^(?:[A-Z][A-Za-z]*[ /])+\S*\d\S*?(?:[:-](?:19|20)\d\d)(?:[/+].*)?$")
_ASTM = re.compile(r"^ASTM [A-Z]\d+(?:/[A-Z]\d+M)?-\d\d[a-z]?(?:e\d)?$")
_REAFFIRMED = re.compile(r"\s*\(R\)\s*(?:19|20)\d\d.*$")
_MONTH = re.compile(r"(?<=[:-](?:19|20)\d\d)-\d\d(?:-\d\d)?(?=$|\s)")
_BRACKETS = re.compile(r"\s*\[[^\]]*\]")
_CHANGED = re.compile(r"\b(?:amendment|amd|corrigendum|cor|including|consolidated|incorporating)\b|[/+]A", re.I)


@dataclass(frozen=True, slots=True)
class Designation:
    """What a designation tells: the dated reference and the undated one, each empty where it does not tell them."""

    listed: str
    dated: str
    undated: str


def read(body: str, text: str) -> Designation:
    """What a designation tells; ``body`` is the column of the organisation, which not every designation repeats.

    ``14971 Third Edition 2019-12`` of ISO gives ``ISO 14971:2019``. One with amendments or corrigenda in words is read only
    where the curated standards have one consolidated edition of that year.
    """
    listed = " ".join(text.split())
    publisher = " ".join(body.split())
    named = not publisher or re.match(r"[A-Z]{2,}[ /]", listed) or listed.upper().startswith(publisher.upper())
    full = listed if named else f"{publisher} {listed}"
    plain = _REAFFIRMED.sub("", _BRACKETS.sub("", full)).strip(" ,;/")
    found = _EDITION.match(plain)
    if found:
        return Designation(full, _by_edition(found), identifiers.undated(found["base"]))
    plain = _MONTH.sub("", plain)
    if _ASTM.match(plain):
        return Designation(full, plain, identifiers.undated(plain))
    if _DATED.match(plain) and not (_CHANGED.search(plain) and "+" not in plain and "/" not in plain):
        return Designation(full, identifiers.reference(plain), identifiers.undated(plain))
    return Designation(full, "", "")


def _by_edition(found: re.Match[str]) -> str:
    minor = (found["number"] or "").partition(".")[2]
    if minor not in ("", "0") or _CHANGED.search(found["rest"]):
        return _consolidated().get((identifiers.standard(found["base"]), found["year"]), "")
    joint = "-" if found["base"].upper().startswith(identifiers.HYPHEN_YEAR) else ":"
    return f"{found['base']}{joint}{found['year']}"


@lru_cache(maxsize=1)
def _consolidated() -> Mapping[tuple[str, str], str]:
    """The one consolidated edition of a standard and a year, where the curated standards have one and no more."""
    met: dict[tuple[str, str], list[str]] = {}
    for reference in _references():
        year = re.findall(r":((?:19|20)\d\d)", reference)
        if "+" in reference and year:
            met.setdefault((identifiers.standard(reference), year[-1]), []).append(reference)
    return {key: one[0] for key, one in met.items() if len(one) == 1}


def _references() -> Iterator[str]:
    with (resources.data() / "curated" / "standards.csv").open(encoding="utf-8", newline="") as file:
        yield from (row["reference"] for row in csv.DictReader(file))
