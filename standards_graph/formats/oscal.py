"""Mapping records as an OSCAL mapping collection (version 1.2), each with the relationship that it is.

OSCAL compares what two controls ask for, the registry compares extents. For classes the extent is what falls in them, so that
``entails`` is ``subset-of``. Of documents and provisions the extent is what meets them: whatever meets the first meets the
second too exactly where the first asks for all that the second asks for; so there ``entails`` is ``superset-of``.
The names of members are those of the metaschema of NIST, https://pages.nist.gov/OSCAL/.
"""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from standards_graph.model.mappings import End, Extent, Standing, Statement
from standards_graph.vocab import SGO

VERSION = "1.2.0"
NAMESPACE = SGO.iri.rstrip("#")
"""Of our own properties in the file."""

RELATIONSHIPS: Mapping[tuple[str, Extent], str] = {
    ("equivalentTo", Extent.MEMBERS): "equivalent-to",
    ("equivalentTo", Extent.FULFILMENTS): "equivalent-to",
    ("entails", Extent.MEMBERS): "subset-of",
    ("entails", Extent.FULFILMENTS): "superset-of",
    ("entailedBy", Extent.MEMBERS): "superset-of",
    ("entailedBy", Extent.FULFILMENTS): "subset-of",
    ("overlaps", Extent.MEMBERS): "intersects-with",
    ("overlaps", Extent.FULFILMENTS): "intersects-with",
    ("excludes", Extent.MEMBERS): "no-relationship",
}
"""What a relation is in OSCAL, by what the extents are made of; what is not here cannot be said.

Two texts that cannot both be met may well ask about the same things, so that ``no-relationship`` would be wrong of them.
"""
_DESCRIPTION = (
    "Correspondences recorded in the registry, or followed from them. That a pair is not here does not mean that there is no "
    "correspondence: it may not be recorded."
)
SAME_TEXT = "equal-to"
"""Of editions that are identical adoptions of one another: the requirements themselves are the same."""

_READING = {
    Extent.MEMBERS: "Compared by what falls in them: subset-of means that all of the source class is in the target class.",
    Extent.FULFILMENTS: "Compared by what they ask for: superset-of means that whatever meets the source meets the target.",
}


def hindrance(one: Statement, day: str = "") -> str:
    """Why a statement cannot be said in OSCAL; empty where it can."""
    if not one.standing.holds:
        return one.standing.value
    if day and not one.holds_on(day):
        return "does not hold on the day"
    if one.source.extent is not one.target.extent or (one.relation, one.source.extent) not in RELATIONSHIPS:
        return one.relation
    return "strictness unknown" if one.strictness_unknown else ""


def relationship(one: Statement) -> str:
    """The relationship of a statement that can be said."""
    if one.relation == "equivalentTo" and one.same_text:
        return SAME_TEXT
    return RELATIONSHIPS[one.relation, one.source.extent]


def left_out(statements: Iterable[Statement], day: str = "") -> Counter[str]:
    """How many statements cannot be said, by reason."""
    return Counter(reason for one in statements if (reason := hindrance(one, day)))


def serialise(
    statements: Sequence[Statement], *, name: str, title: str, revision: str, published_at: str, day: str = ""
) -> bytes | None:
    """The collection as JSON; None where none of the statements can be said, since a collection is never empty.

    Names in it are made from those of records, so that the same statements give the same bytes.
    """
    said = sorted((one for one in statements if not hindrance(one, day)), key=lambda one: one.record)
    if not said:
        return None
    missing = left_out(statements, day)
    told = {
        "mapping-collection": {
            "uuid": _uuid("collection", name, revision, day),
            "metadata": {
                "title": title,
                "last-modified": published_at,
                "version": revision,
                "oscal-version": VERSION,
                "props": [
                    _prop("revision", revision),
                    *([_prop("holds-on", day)] if day else []),
                    _prop("statements-left-out", str(sum(missing.values()))),
                    *(_prop("left-out", str(missing[reason]), remarks=reason) for reason in sorted(missing)),
                ],
                "remarks": _remarks(missing),
            },
            "provenance": {
                "method": _method(said),
                "matching-rationale": "semantic",
                "status": "not-complete",
                "mapping-description": _DESCRIPTION,
            },
            "mappings": [_mapping(name, ends, found) for ends, found in _by_resources(said)],
            "back-matter": {"resources": _resources(said)},
        }
    }
    return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()


def _by_resources(said: Sequence[Statement]) -> list[tuple[tuple[End, End], list[Statement]]]:
    found: dict[tuple[str, str], list[Statement]] = {}
    for one in said:
        found.setdefault((_resource(one.source), _resource(one.target)), []).append(one)
    return [((group[0].source, group[0].target), group) for _, group in sorted(found.items())]


def _mapping(name: str, ends: tuple[End, End], found: Sequence[Statement]) -> dict[str, Any]:
    source, target = (_resource(one) for one in ends)
    return {
        "uuid": _uuid("mapping", name, source, target),
        "method": _method(found),
        "source-resource": {"type": "catalog", "href": f"#{_uuid('resource', source)}"},
        "target-resource": {"type": "catalog", "href": f"#{_uuid('resource', target)}"},
        "maps": [_map(one) for one in found],
        "remarks": _READING[ends[0].extent],
    }


def _map(one: Statement) -> dict[str, Any]:
    told: dict[str, Any] = {
        "uuid": _uuid("map", one.record),
        "relationship": relationship(one),
        "sources": [_item(one.source)],
        "targets": [_item(one.target)],
    }
    if one.confidence is not None:
        told["confidence-score"] = {"percentage": one.confidence}
    facts = {
        "relation": one.relation,
        "standing": one.standing.value,
        "voice": one.voice,
        "scope": one.scope,
        "valid-from": one.valid_from,
        "valid-until-exclusive": one.valid_until,
    }
    told["props"] = [_prop(key, value) for key, value in facts.items() if value]
    told["links"] = [{"href": one.record, "rel": "canonical"}, *({"href": href, "rel": "reference"} for href in one.sources)]
    if one.explanation:
        told["remarks"] = one.explanation
    return told


def _item(end: End) -> dict[str, Any]:
    return {
        "type": "control",
        "id-ref": _token(end.iri),
        "props": [_prop("name", end.name)],
        "links": [{"href": end.iri, "rel": "canonical"}],
    }


def _resources(said: Sequence[Statement]) -> list[dict[str, Any]]:
    known = {_resource(end): end for one in said for end in (one.target, one.source)}
    return [
        {
            "uuid": _uuid("resource", iri),
            "title": known[iri].within_name or "What these are a part of is not recorded",
            "rlinks": [{"href": iri}],
        }
        for iri in sorted(known)
    ]


def _resource(end: End) -> str:
    """The IRI of what a thing is a part of; where that is not recorded, the thing stands for itself."""
    return end.within or end.iri


def _method(said: Sequence[Statement]) -> str:
    """OSCAL knows no third one: where some of it was followed by rules, it says that a machine took part."""
    return "automation" if any(one.standing is Standing.INFERRED for one in said) else "human"


def _remarks(missing: Counter[str]) -> str:
    if not missing:
        return "All records could be said in OSCAL."
    told = ", ".join(f"{count} {reason}" for reason, count in sorted(missing.items()))
    return f"Left out, because OSCAL has no relationship for it or it does not hold: {told}."


def _prop(name: str, value: str, remarks: str = "") -> dict[str, str]:
    told = {"name": name, "ns": NAMESPACE, "value": " ".join(value.split())}
    return told | ({"remarks": remarks} if remarks else {})


def _token(iri: str) -> str:
    """The last two parts of an IRI, in the letters that a token may have."""
    parts = [part for part in re.split(r"[/#]", iri) if part][-2:]
    token = re.sub(r"[^\w.-]", "_", ".".join(parts))
    return token if token[:1].isalpha() else f"_{token}"


def _uuid(kind: str, *parts: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "\n".join((f"{SGO.iri}oscal/{kind}", *parts))))
