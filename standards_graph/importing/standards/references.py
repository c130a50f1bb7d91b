"""References as their own bodies write them, and what they tell: whose amendment it is, what was worked in, which year."""

from __future__ import annotations

import re

from standards_graph.model import identifiers

_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^ISO (?=(?:TS|TR|PAS)\b)"), "ISO/"),
    (re.compile(r"^IEC/(?=(?:TS|TR|PAS|SRD|Guide)\b)"), "IEC "),
    (re.compile(r"(?<=\bIEEE )Std\.? (?=[\dC])"), ""),
    (re.compile(r"\b11073\.(?=\d{5})"), "11073-"),
    (re.compile(r"^(ISO/(?:IEC/)?IEEE) (\d+-\d+)-((?:19|20)\d\d)\b"), r"\1 \2:\3"),
    (re.compile(r"^(IEC) (\d+)-((?:19|20)\d\d)\b"), r"\1 \2:\3"),
    (re.compile(r"^(ISO.*/)AMD *(?=\d)"), r"\1Amd "),
    (re.compile(r"^(ISO.*/)COR *(?=\d)"), r"\1Cor "),
    (re.compile(r"^((?:IEC|CISPR).*/)Amd *(?=\d)"), r"\1AMD"),
    (re.compile(r"^((?:IEC|CISPR).*/)Cor *(?=\d)"), r"\1COR"),
)
"""Spellings of one body's references in the lists of another, and how the body itself writes them."""

_CHANGE = re.compile(
    r"^(?P<base>.*)/(?:(?:PWI|NP|AWI|WD|CD|DIS|PRF) )?"
    r"(?:AMENDMENT|(?:FD|PD|D)?AMD?|COR|ADD|ISH|AC|A(?=\d)) *\d*(?=$|[:-])[^/]*$",
    re.I,
)
_ITU_CHANGE = re.compile(r" \((?:19|20)\d\d\) (?:Amd|Cor|Err)\. ?\d+")
_YEAR = re.compile(r"(?<=[:-])(?:19|20)\d\d(?!\d)")
_DATED = re.compile(r"[:-](?:19|20)\d\d(?!\d)|\((?:\d\d/)?(?:19|20)\d\d|V\d+\.\d+")


def spelled(text: str) -> str:
    """A reference as its own body writes it: ``ISO TR 13154:2009`` gives ``ISO/TR 13154:2009``.

    Of the IEC, an edition with amendments worked in is always a consolidated version: ``IEC 62304:2006+A1:2015`` gives
    ``IEC 62304:2006+AMD1:2015 CSV``.
    """
    found = " ".join(text.split()).rstrip(":")
    for pattern, written in _SPELLINGS:
        found = pattern.sub(written, found)
    if found.startswith(("IEC ", "CISPR ")) and "+" in found:
        found = re.sub(r"\+A(?=\d)", "+AMD", found)
        return found if "/" in found or found.endswith(" CSV") else f"{found} CSV"
    return found


def delivered(text: str) -> tuple[str, str]:
    """The reference of the edition, and the word for a form of delivery other than the consolidated one, where there is one."""
    base, _, word = text.rpartition(" ")
    return (base, word) if word in identifiers.CONSOLIDATED and word != "CSV" else (text, "")


def amended(text: str) -> str:
    """The dated reference that an amendment or corrigendum changes; empty where the reference names no such thing."""
    found = _CHANGE.match(text)
    return found["base"] if found and _DATED.search(found["base"]) and not identifiers.is_draft(found["base"]) else ""


def is_change(text: str) -> bool:
    """Whether a reference names an amendment, a corrigendum or an interpretation sheet, published or as a draft."""
    return _CHANGE.match(text) is not None or _ITU_CHANGE.search(text) is not None


def is_consolidated(text: str) -> bool:
    """Whether a reference names an edition with amendments worked in."""
    return "+" in text and not is_change(text)


def is_usable(text: str) -> bool:
    """Whether a text can be a reference at all: a body and a number."""
    return bool(re.match(r"[A-Z][A-Za-z/ .-]*\d|[A-Z]+(?: [A-Z]+)? \S*\d", text))


def is_dated(text: str) -> bool:
    """Whether the reference says which edition is meant."""
    return _DATED.search(text) is not None


def year(text: str) -> str:
    """The last year in a reference, or nothing."""
    found: list[str] = _YEAR.findall(text)
    return found[-1] if found else ""
