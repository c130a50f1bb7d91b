"""Names of things, minted from their official identifiers: the same identifier always gives the same name.

A slug is lower-case ASCII: letters, digits and single hyphens. It is made from the identifier that the responsible body
gives, never from a title, and never changes. The lists of words in this module are the whole of what is known about how
bodies write their identifiers.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "ı": "i"}
)
"""Letters that Unicode does not take apart, in ASCII."""

MARKS = str.maketrans("", "", "™®©℠'’ʼ")
"""Marks that are no part of a name, and apostrophes, which join."""

CONSOLIDATED = ("CSV", "RLV", "CMV", "EXV", "Redline")
"""Words after a reference for a form of delivery: consolidated, redline, commented or extended; they are no part of it."""

STAGES = {"PWI": "", "NP": "", "AWI": "", "WD": "", "CD": "", "CDV": "", "DIS": "", "FDIS": "", "PRF": "", "DTS": "TS",
          "DTR": "TR", "DPAS": "PAS", "prEN": "EN", "FprEN": "EN", "Unapproved": "", "Approved": "", "Std": ""}  # fmt: skip
"""Words for drafts in a reference, and what the published document will be called instead."""

HYPHEN_YEAR = ("GB", "YY", "IEEE", "ANSI", "ASME", "NEMA", "UL")
"""Publishers that write the year after a hyphen; all others write it after a colon."""

LONG = 96
"""Longest part of a device's or a company's slug; what is longer is cut and ends with a digest."""


def slug(text: str) -> str:
    """The slug of an identifier; raises ValueError where nothing is left of it."""
    apart = unicodedata.normalize("NFKD", text.translate(MARKS).translate(LETTERS))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    found = "-".join(re.findall(r"[a-z0-9]+", plain.lower().replace("+", " plus ")))
    if not found:
        raise ValueError(f"{text!r} has no letters or digits of which a name could be made")
    return found


def name_slug(text: str) -> str:
    """The slug of a name that may be long or in another script: cut or replaced with a digest, never refused."""
    try:
        found = slug(text)
    except ValueError:
        return hashlib.sha256(text.encode()).hexdigest()[:8]
    if len(found) <= LONG:
        return found
    return f"{found[: LONG - 9].rstrip('-')}-{hashlib.sha256(found.encode()).hexdigest()[:8]}"


# --- standards ---

_BRACKETS = re.compile(r"\s*\((?!R\)|[0-9]{2}/[0-9]{4}\))[^()]*\)\s*$")
_MONTH = re.compile(r"(\s*\([^()]*\))+((?:\s*(?:Amd|Cor|Err)\.\s*\d+)(\s*\([^()]*\))?)?$")
_EDITION_WORDS = re.compile(r",?\s+Ed\.?\s*\d+(\.\d+)?$")
_SPACED = re.compile(r"\b(D?Amd|D?AMD|Cor|COR)\s*\.?\s*(?=\d)")
_CHANGES = re.compile(r"[/+](?=\(R\)|A(?:MD)?\d|AC:|AMD|Amd|DAmd|COR|Cor|ISH|consolidated)|\s+consolidated with ", re.I)
_COLON_YEAR = re.compile(r":(19|20)?\d{2}(?=$|[/+ ])")
_DASH_YEAR = re.compile(r"(?<=\d)-(19|20)\d{2}$")
_LEVEL = re.compile(r"(?<=\d)-A\d?$|\s+([vV]\d[\d.]*|R\d+|ED\d+)$|(?<=\d)\s+(19|20)\d{2}$")
_ASTM_YEAR = re.compile(r"(?<=\d)-(?:\d{2}|(?:19|20)\d{2})[a-z]?\d?(?:e\d)?$")
_WORKING = re.compile(r"/D-.*$")
_PROJECT = re.compile(r"(?<=[ /])P(?=C?\d)")
_BALLOT = re.compile(r"(?<=\d)\.\d$")
_STD = re.compile(r"(?<=\bIEEE )Std\.? (?=[\dC])")


def reference(text: str) -> str:
    """A reference as its body writes it, without remarks in brackets, edition counts and words for the form of delivery."""
    found = _EDITION_WORDS.sub("", _BRACKETS.sub("", text.strip()))
    words = _STD.sub("", found).split()
    return " ".join(words[:-1] if words and words[-1] in CONSOLIDATED else words)


def edition(text: str) -> str:
    """The slug of a dated reference: ``IEC 62304:2006+AMD1:2015 CSV`` gives ``iec-62304-2006-plus-amd1-2015``."""
    return slug(_SPACED.sub(lambda found: found[1], reference(text)))


def base_reference(text: str) -> str:
    """The dated reference that an amendment, a corrigendum or a consolidated edition starts from."""
    return _CHANGES.split(reference(text))[0]


def consolidated_from(text: str) -> tuple[str, ...]:
    """The references of what is worked into a consolidated edition: the base edition, then each amendment by itself."""
    base, *changes = _CHANGES.split(reference(text))
    words = reference(text)[len(base) :].split("+")[1:]
    return (base, *(f"{base}/{word}" for word in words)) if changes else (base,)


def with_amendment(text: str) -> str:
    """The base edition with an amendment worked in: ``ISO 1:2021/Amd 1:2025`` gives ``ISO 1:2021+AMD1:2025``."""
    base, change = _CHANGES.split(reference(text))
    return f"{base}+{change.replace(' ', '').upper()}"


def undated(text: str) -> str:
    """The undated reference: ``ISO 10993-1:2018`` gives ``ISO 10993-1``, ``ISO/DTS 16551`` gives ``ISO/TS 16551``."""
    found = _WORKING.sub("", _MONTH.sub("", _COLON_YEAR.split(base_reference(text))[0]))
    if found.upper().startswith(HYPHEN_YEAR):
        found = _DASH_YEAR.sub("", found)
    if found.startswith("ASTM "):
        found = _ASTM_YEAR.sub("", found)
    return _without_stage(_LEVEL.sub("", found))


def is_draft(text: str) -> bool:
    """Whether a reference bears a word for a draft: ``ISO/DIS 10012``, ``IEEE P2801/D-3``."""
    words = re.split(r"[/ ]", reference(text))
    return bool(_WORKING.search(text) or any(word in STAGES for word in words))


def _without_stage(text: str) -> str:
    """The reference without words for drafts, the letter of a project, and the number of a ballot."""
    parts = re.split(r"([/ ])", text)
    if not any(part in STAGES for part in parts):
        return _PROJECT.sub("", text)
    kept = "".join(STAGES.get(part, part) for part in parts)
    return _PROJECT.sub("", _BALLOT.sub("", re.sub(r"[/ ]*([/ ])[/ ]*", _joint, kept).strip()))


def _joint(found: re.Match[str]) -> str:
    """What stands between two words where a third one was taken out: the body and the kind are parted as they were."""
    return found[0] if len(found[0]) == 1 else " " if found[0].endswith(" ") else "/"


def standard(text: str) -> str:
    """The slug of a standard regardless of edition, from any reference to it."""
    return slug(undated(text))


def is_change(text: str) -> bool:
    """Whether a reference names an amendment or corrigendum by itself: ``EN ISO 13485:2016/A11:2021``."""
    parts = _CHANGES.split(reference(text))
    return len(parts) > 1 and "/" in reference(text)[len(parts[0]) :] and "(R)" not in text


# --- law ---

_EU_ACT = re.compile(r"\b(?:Regulation|Directive|Decision)\s+\((?:EU|EC|EEC)\)\s+(?:No\s+)?(\d+/\d+)")
_EU_OLD = re.compile(r"\bDirective\s+(\d+/\d+)/E(?:E?C|U)\b")
_PROPOSAL = re.compile(r"\bCOM\((\d{4})\)\s*(\d+)")
_UK = re.compile(r"^(?:UK\s+)?S\.?I\.?\s+(\d{4})/(\d+)")
_CFR = re.compile(r"\b(\d+)\s+CFR\s+(?:part\s+|§\s*)?([\d.]+)", re.I)
_USC = re.compile(r"\b(\d+)\s+U\.S\.C\.\s+(?:§\s*)?(chapter\s+\d+|[\da-z-]+)")


def law(citation: str, jurisdiction: str) -> str:
    """The slug of a legal text from its citation; ``jurisdiction`` is the code of the place whose law it is."""
    if found := _EU_ACT.search(citation) or _EU_OLD.search(citation):
        return slug(f"eu {found[1]}")
    if found := _PROPOSAL.search(citation):
        return slug(f"eu com {found[1]} {found[2]}")
    if found := _UK.search(citation):
        return slug(f"uk si {found[1]} {found[2]}")
    if found := _CFR.search(citation):
        return slug(f"us {found[1]} cfr {found[2]}")
    if found := _USC.search(citation):
        return slug(f"us {found[1]} usc {found[2]}")
    first = re.split(r";|\s+\(", citation)[0]
    return f"{slug(jurisdiction)}-{slug(first)}"


def eu_acts(text: str) -> tuple[str, ...]:
    """The slugs of the acts of the European Union that a text cites, in order."""
    return tuple(slug(f"eu {found[1]}") for found in _EU_ACT.finditer(text))


# --- provisions ---

_PART = re.compile(r"(?<=\s)(?:sections?|points?)\s+")
_TITLE = re.compile(r"^\d+\s+CFR\s+")


def provision(document: str, number: str, *, kind: str) -> str:
    """The slug of a numbered part: ``eu-2017-745`` and ``Annex I section 17.2`` give ``eu-2017-745/annex-i-17-2``.

    A number that stands alone is one of that kind: ``7`` of a standard is ``clause-7``.
    """
    plain = _TITLE.sub("", _PART.sub("", number.strip()))
    return f"{document}/{slug(f'{kind} {plain}' if plain[0].isdigit() else plain)}"


# --- decisions ---


def fda_recognition(number: str) -> str:
    """The slug of an FDA recognition from its number: ``13-79`` gives ``fda-13-79``."""
    if not re.fullmatch(r"[0-9]{1,2}-[0-9]{1,3}", number):
        raise ValueError(f"{number!r} is not an FDA recognition number such as 13-79")
    return f"fda-{number}"


def recognition(regime: str, jurisdiction: str, edition_slug: str) -> str:
    """The slug of a recognition that bears no number of its own: place, regime and edition."""
    return slug(f"{jurisdiction} {regime} {edition_slug}")


def authorisation(number: str, jurisdiction: str) -> str:
    """The slug of a market authorisation: ``P140011/S008`` in the US gives ``us-p140011-s008``."""
    return slug(f"{jurisdiction} {number}")


def device(company: str, name: str) -> str:
    """The slug of a device: its maker and its name, each as printed."""
    return f"{name_slug(company)}/{name_slug(name)}"


# --- records ---


def source(url: str, date: str, key: str) -> str:
    """The slug of a source record: 16 hex digits of the SHA-256 of its address, its date and the row."""
    return hashlib.sha256(f"{url}|{date}|{key}".encode()).hexdigest()[:16]


def mapping(*parts: str) -> str:
    """The name of a mapping record: 16 hex digits of the SHA-256 of what it says."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


class Minted:
    """Names given out so far; two different identifiers on one name are an error."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def take(self, name: str, identifier: str) -> str:
        """The name itself, unless another identifier has it; raises ValueError then."""
        other = self._given.setdefault(name, identifier)
        if other != identifier:
            raise ValueError(f"{identifier!r} and {other!r} would both be called {name}")
        return name
