"""Records of standards in the form of Relaton, in both generations of its schema, as plain values."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Relation:
    """What a record says of another one: the kind, its sub-kind in the words of the source, the other's reference and title."""

    kind: str
    sub: str
    reference: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee as the record gives it: a designation, and a name where that is another one."""

    designation: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One record, whatever generation of the schema it was written in."""

    reference: str
    identifiers: tuple[tuple[str, str], ...]
    titles: tuple[tuple[str, str], ...]
    abstracts: tuple[tuple[str, str], ...]
    page: str
    dates: Mapping[str, str]
    stage: str
    standing: str
    edition: str
    kind: str
    publishers: tuple[tuple[str, str], ...]
    committees: tuple[Committee, ...]
    drafters: tuple[str, ...]
    classes: tuple[tuple[str, str], ...]
    relations: tuple[Relation, ...]
    project: str


def document(told: Any) -> Document:
    """The record of a YAML document; raises ValueError where it has no reference of its own."""
    if not isinstance(told, dict):
        raise ValueError("this is no record of Relaton")
    ids = [_identifier(one) for one in _list(told.get("docid") or told.get("docidentifier"))]
    first = next((text for kind, text, primary in ids if primary and text), "")
    if not first:
        raise ValueError("the record has no primary identifier")
    more = {**_dict(told), **_dict(told.get("ext"))}
    stage = _dict(_dict(told.get("docstatus") or told.get("status")).get("stage"))
    sub = _dict(_dict(told.get("docstatus") or told.get("status")).get("substage"))
    kind = _dict(more.get("doctype"))
    page = next((str(one.get("content")) for one in _dicts(told.get("link") or told.get("source"))), "")
    return Document(
        reference=first,
        identifiers=tuple((kind, text) for kind, text, primary in ids if not primary),
        titles=tuple(_titles(told)),
        abstracts=tuple(_in_languages(told.get("abstract"))),
        page=page,
        dates={str(one.get("type")): str(one.get("value") or one.get("at") or "") for one in _dicts(told.get("date"))},
        stage=".".join(filter(None, (_said(stage), _said(sub)))),
        standing=str(more.get("standard_status") or ""),
        edition=_said(_dict(told.get("edition"))),
        kind=str(kind.get("abbreviation") or kind.get("type") or kind.get("content") or ""),
        publishers=tuple(_publishers(told)),
        committees=tuple(_committees(told, more)),
        drafters=tuple(_drafters(more)),
        classes=tuple((str(one.get("code") or ""), _clean(one.get("text"))) for one in _dicts(more.get("ics"))),
        relations=tuple(_relation(one) for one in _dicts(told.get("relation"))),
        project=_project(more, page),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    return (one for one in _list(value) if isinstance(one, dict))


def _said(value: Mapping[str, Any]) -> str:
    return str(value.get("value") or value.get("content") or "")


def _clean(value: Any) -> str:
    """Text without line breaks and double blanks, the entities of HTML written out."""
    return " ".join(html.unescape(str(value or "")).split())


def _identifier(value: Any) -> tuple[str, str, bool]:
    """The kind, the text, and whether it is the reference; a spelling with the mark for a trademark is none of its own."""
    one = _dict(value)
    text = _clean(one.get("id") or one.get("content"))
    primary = str(one.get("primary")).lower() == "true"
    return str(one.get("type") or ""), "" if one.get("scope") == "trademark" else text, primary


def _language(one: Mapping[str, Any]) -> str:
    told = one.get("language")
    return str((told[0] if isinstance(told, list) and told else told) or "en")


def _in_languages(value: Any) -> Iterator[tuple[str, str]]:
    for one in _dicts(value):
        if text := _clean(one.get("content")):
            yield _language(one), text


def _titles(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Whole titles alone: the parts of which they are put together stand beside them."""
    return _in_languages([one for one in _dicts(told.get("title")) if one.get("type") in (None, "main")])


def _publishers(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The abbreviation and the name of each publisher."""
    for one in _dicts(told.get("contributor")):
        body = _dict(one.get("organization"))
        if any(role.get("type") == "publisher" for role in _dicts(one.get("role"))):
            names = [_clean(_dict(name).get("content")) for name in _list(body.get("name"))]
            yield _clean(_dict(body.get("abbreviation")).get("content")), next(iter(names), "")


def _committees(told: Mapping[str, Any], more: Mapping[str, Any]) -> Iterator[Committee]:
    group = more.get("editorialgroup")
    for one in _dicts(_dict(group).get("technical_committee")):
        if one.get("identifier"):  # of JTC 1, type and number are those of the parent, and the name is the subcommittee's
            yield Committee(_clean(one["identifier"]), _clean(one.get("name")))
        elif one.get("type") and one.get("name"):
            yield Committee(_clean(one["name"]))
    yield from (Committee(_clean(one)) for one in _list(_dict(group).get("committee")))
    yield from (Committee(_clean(one.get("name"))) for one in _dicts(group) if one.get("name"))
    for one in _dicts(told.get("contributor")):
        for part in _dicts(_dict(one.get("organization")).get("subdivision")):
            yield from (Committee(_clean(_dict(name).get("content"))) for name in _list(part.get("name")))


def _project(more: Mapping[str, Any], page: str) -> str:
    """The number of the project; where a record has the number of the standard in its place, its page has it."""
    text = str(_dict(more.get("structuredidentifier")).get("project_number") or "")
    found = re.search(r"//www\.iso\.org/standard/(\d+)", page)
    return text if text.isdigit() else found[1] if found else ""


def _drafters(more: Mapping[str, Any]) -> Iterator[str]:
    """Organisations that a record gives in the place of a committee, without saying what they are."""
    for one in _dicts(_dict(more.get("editorialgroup")).get("technical_committee")):
        if not one.get("identifier") and not one.get("type") and _clean(one.get("name")):
            yield _clean(one["name"])


def _relation(one: Mapping[str, Any]) -> Relation:
    other, sub = _dict(one.get("bibitem")), one.get("description")
    ids = [_identifier(found) for found in _list(other.get("docid") or other.get("docidentifier"))]
    reference = next((text for _, text, _ in ids if text), _clean(_dict(other.get("formattedref")).get("content")))
    return Relation(
        kind=str(one.get("type") or ""),
        sub=_clean(_dict(sub).get("content") if isinstance(sub, dict) else sub),
        reference=reference,
        title=next((text for _, text in _titles(other)), ""),
    )
