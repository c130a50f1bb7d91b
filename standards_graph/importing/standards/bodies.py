"""The standards bodies whose catalogues are read: their words for states and kinds, and what is no standard of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PUBLISHED, SUPERSEDED, WITHDRAWN = "published", "superseded", "withdrawn"
IN_WORK, CLOSED = "under-development", "draft-closed"

_KINDS = {
    "international-standard": "is",
    "technical-specification": "ts",
    "technical-report": "tr",
    "guide": "guide",
    "publicly-available-specification": "pas",
    "international-workshop-agreement": "iwa",
    "system-reference-deliverable": "srd",
}


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its key, its name, where its catalogue stands, and how its words are read."""

    key: str
    name: str
    catalogue: str
    identifies: str
    """The kind of identifier by which its records are told from those of others."""
    states: Mapping[str, str]
    """States of an edition by stage, by the last two digits of one with their point, or by the first two."""
    kinds: Mapping[str, str]
    published: str = "published"
    """The kind of date that is the day of publication."""
    first_published: str = ""
    """The kind of date that is the publication where the other one is years later: that of an electronic copy."""
    relations: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What the kinds of relation mean, by kind and sub-kind."""
    no_standards: frozenset[str] = frozenset()
    """Kinds of record that are left out, because they are no standards."""
    prefix: str = ""
    """What stands before references that a relation gives without their body."""


BODIES: Mapping[str, Body] = {
    one.key: one
    for one in (
        Body(
            "iso",
            "International Organization for Standardization",
            "https://www.iso.org/open-data.html",
            "ISO",
            {"60.60": PUBLISHED, "60.00": IN_WORK, "95.99": WITHDRAWN, ".98": CLOSED, "95": PUBLISHED, "90": PUBLISHED}
            | dict.fromkeys(("00", "10", "20", "30", "40", "50"), IN_WORK),
            _KINDS,
            # what the catalogue calls "updates" lists what the edition was updated by
            relations={("obsoletes", ""): "supersedes", ("updates", ""): "changed-by"},
        ),
        Body(
            "iec",
            "International Electrotechnical Commission",
            "https://webstore.iec.ch",
            "IEC",
            {"PUBLISHED": PUBLISHED, "REVISED": SUPERSEDED, "REPLACED": SUPERSEDED, "WITHDRAWN": WITHDRAWN},
            _KINDS,
            no_standards=frozenset(("tmop", "sttr", "wp", "SER")),
        ),
        Body(
            "etsi",
            "European Telecommunications Standards Institute",
            "https://www.etsi.org/standards",
            "ETSI",
            {},
            {"EN": "en", "TR": "tr", "TS": "ts", "ES": "es", "EG": "guide", "GR": "gr", "GS": "gs", "SR": "sr"},
        ),
        Body(
            "itu",
            "International Telecommunication Union",
            "https://www.itu.int/rec",
            "ITU",
            {"Published": PUBLISHED, "Withdrawal": WITHDRAWN},
            {"recommendation": "rec", "recommendation-supplement": "supplement", "technical-report": "tr"},
            relations={("hasEdition", ""): "other-edition"},
            no_standards=frozenset(("question",)),
            prefix="ITU-T ",
        ),
        Body(
            "ieee",
            "Institute of Electrical and Electronics Engineers",
            "https://standards.ieee.org",
            "IEEE",
            {
                "draft Active": IN_WORK,
                "draft Inactive": CLOSED,
                "approved Active": PUBLISHED,
                "withdrawn Inactive": WITHDRAWN,
                " Superseded": SUPERSEDED,
                " Active": PUBLISHED,
            },
            {"standard": "ieee", "redline": "ieee"},
            relations={
                ("updates", "revises"): "supersedes",
                ("updates", "amends"): "amends",
                ("updates", "corrects"): "amends",
                ("obsoletedBy", ""): "superseded-by",
                ("adoptedFrom", ""): "adopts",
            },
            first_published="issued",
        ),
        Body(
            "jis",
            "Japanese Standards Association",
            "https://webdesk.jsa.or.jp",
            "JIS",
            {"valid": PUBLISHED, "withdrawn": WITHDRAWN},
            {"japanese-industrial-standard": "jis", "technical-report": "tr"},
            published="issued",
        ),
    )
}

ORGANISATIONS = {"ISO": "iso", "IEC": "iec", "IEEE": "ieee", "ITU": "itu", "ETSI": "etsi"}
"""Publishers by abbreviation, and their keys in the registry."""

NAMED = {"日本規格協会": "jsa"}
"""Publishers by a part of their name, where the catalogue has no abbreviation."""
