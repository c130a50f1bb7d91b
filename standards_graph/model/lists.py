"""The lists of the registry: what each shows, by what it is narrowed and sorted, and one page of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from standards_graph.model.periods import OnDay


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: how a request writes it, what it is called, and how many things have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A property that narrows a list: its most frequent values, of ``total``; ``chosen`` is the one that narrows now."""

    name: str
    heading: str
    options: tuple[Option, ...]
    total: int
    chosen: Option | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: the query's variable, its heading, whether the list can be sorted by it, and how it is shown."""

    name: str
    heading: str
    sortable: bool = False
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a list: its IRI, its cells in the order of the columns, and whether a reading confirms it."""

    iri: NamedNode
    cells: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list; asked for a day, how its things stand on it, and how many are left out.

    Left out is what began later or had ended.
    """

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: int
    facets: tuple[Facet, ...]
    revision: int
    standings: Mapping[NamedNode, OnDay] = field(default_factory=dict)
    left_out: int = 0

    @property
    def chosen(self) -> tuple[Facet, ...]:
        """The facets that narrow the list now."""
        return tuple(facet for facet in self.facets if facet.chosen)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A facet: its heading, and the beginning of its values' IRIs, which requests leave out; without one, a number."""

    heading: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What one list is: its title, what its things are called, its columns and facets.

    ``day`` says what the list shows when it is asked for a day; empty where its things have no period.
    """

    title: str
    noun: tuple[str, str]
    columns: tuple[Column, ...]
    facets: Mapping[str, Narrowing]
    about: str = ""
    day: str = ""

    @property
    def sorts(self) -> tuple[str, ...]:
        """The columns that the list can be sorted by, the usual one first."""
        return tuple(column.name for column in self.columns if column.sortable)


_KINDS = {
    "admitted": "number",
    "classes": "number",
    "dated": "date",
    "decided": "date",
    "founded": "date",
    "launched": "date",
    "mapped": "number",
    "members": "number",
    "published": "date",
    "since": "date",
    "stated": "number",
    "status": "state",
}
"""How columns are shown that are no plain text."""


def _columns(**headings: str) -> tuple[Column, ...]:
    """Columns by name; a heading that ends in an arrow can be sorted by."""
    return tuple(
        Column(name, text.removesuffix(" ↕"), text.endswith(" ↕"), _KINDS.get(name, "text")) for name, text in headings.items()
    )


_PLACE = Narrowing("Jurisdiction", "id/jurisdiction/")

LISTS: Mapping[str, Shape] = {
    "standards": Shape(
        "Standards",
        ("standard edition", "standard editions"),
        _columns(
            reference="Reference ↕",
            title="Title",
            status="Status",
            publishers="Publisher",
            published="Published ↕",
            recognised="Recognised in",
        ),
        {
            "status": Narrowing("Status", "scheme/edition-status/"),
            "publisher": Narrowing("Publisher", "id/org/"),
            "committee": Narrowing("Committee", "id/committee/"),
            "jurisdiction": Narrowing("Recognised in", "id/jurisdiction/"),
        },
        "Each edition of a standard is an entry of its own: an authority recognises an edition, not a standard.",
        "Editions that were published by then, with the jurisdictions whose decision is recorded as in force on that day. "
        "A decision whose start is not recorded is not counted. The status is that of now.",
    ),
    "regulators": Shape(
        "Regulators",
        ("regulator", "regulators"),
        _columns(name="Name ↕", acronym="Acronym ↕", native="Own name", kind="Kind", jurisdiction="Jurisdiction ↕"),
        {"jurisdiction": _PLACE, "kind": Narrowing("Kind", "scheme/actor-kind/")},
        "Authorities for medical devices, and bodies that make rules or guidance on artificial intelligence in health.",
    ),
    "jurisdictions": Shape(
        "Jurisdictions",
        ("jurisdiction", "jurisdictions"),
        _columns(name="Name ↕", code="Code ↕", native="Own name", kind="Kind", authority="Main device authority"),
        {"kind": Narrowing("Kind", "scheme/jurisdiction-kind/")},
        "Legal spaces in which the acts of some authority have effect: states, parts of states, unions of states.",
    ),
    "networks": Shape(
        "Networks",
        ("network", "networks"),
        _columns(name="Name ↕", acronym="Acronym", founded="Founded", members="Members recorded ↕", stated="Members stated"),
        {},
        "Standing collaborations of regulators across jurisdictions. "
        "The recorded members are those of this registry; the stated number is what a source says.",
    ),
    "devices": Shape(
        "Devices",
        ("device", "devices"),
        _columns(
            name="Device ↕",
            company="Company ↕",
            panel="Lead panel",
            codes="Product code",
            number="Submission",
            decided="Decided ↕",
        ),
        {
            "panel": Narrowing("Lead panel", "scheme/us-panel/"),
            "year": Narrowing("Year of decision"),
            "code": Narrowing("Product code", "scheme/us-product-code/"),
            "company": Narrowing("Company", "id/org/"),
        },
        "Devices for which an authority states that they rely on artificial intelligence.",
        "Devices with an authorisation that is recorded as in effect on that day.",
    ),
    "regulations": Shape(
        "Regulations",
        ("regulation", "regulations"),
        _columns(name="Name ↕", citation="Citation", jurisdiction="Jurisdiction ↕", kind="Kind", since="In force from ↕"),
        {"jurisdiction": _PLACE, "kind": Narrowing("Kind", "scheme/instrument-kind/")},
        "Laws, regulations and notices on medical devices and on artificial intelligence.",
        "What had begun by then and not ended. What has no recorded start is kept, and marked.",
    ),
    "guidance": Shape(
        "Guidance",
        ("guidance document", "guidance documents"),
        _columns(
            name="Title ↕",
            number="Number",
            jurisdiction="Jurisdiction ↕",
            kind="Kind",
            issuers="Issuer",
            published="Published ↕",
        ),
        {
            "jurisdiction": _PLACE,
            "issuer": Narrowing("Issuer", "id/"),
            "topic": Narrowing("Topic", "scheme/topic/"),
            "kind": Narrowing("Kind", "scheme/guidance-kind/"),
        },
        "Texts of authorities and networks that explain or recommend without binding force.",
        "What had appeared by then and not ended. What has no recorded day is kept, and marked.",
    ),
    "alerts": Shape(
        "Alerts",
        ("safety action", "safety actions"),
        _columns(
            device="Device ↕",
            maker="Maker",
            number="Number",
            jurisdiction="Jurisdiction ↕",
            kind="Kind",
            dated="Date ↕",
        ),
        {
            "jurisdiction": _PLACE,
            "kind": Narrowing("Kind", "scheme/safety-action-kind/"),
            "software": Narrowing("Fault related to software", "scheme/involvement/"),
            "intelligence": Narrowing("Artificial intelligence", "scheme/involvement/"),
        },
        "Recalls, field safety notices and alerts. Most are about software that plans, views or controls; few are about "
        "artificial intelligence. They are a selection, and not every warning about a device.",
        "Actions that had begun by then and not ended. What has no recorded start is kept, and marked. Few have an end.",
    ),
    "sandboxes": Shape(
        "Sandboxes",
        ("sandbox or programme", "sandboxes and programmes"),
        _columns(
            name="Name ↕",
            jurisdiction="Jurisdiction ↕",
            kind="Kind",
            operator="Run by",
            launched="Launched ↕",
            admitted="Technologies recorded",
            status="Status",
        ),
        {
            "jurisdiction": _PLACE,
            "kind": Narrowing("Kind", "scheme/programme-kind/"),
            "operator": Narrowing("Run by", "id/"),
        },
        "Programmes in which technologies are tried under the eye of an authority, and each of their intakes. "
        "Admission is no authorisation. The technologies are those recorded here: none recorded does not mean none admitted.",
    ),
    "assessments": Shape(
        "Recommendations on use",
        ("recommendation", "recommendations"),
        _columns(
            technology="Technology ↕",
            category="Recommendation",
            guidance="Guidance",
            number="Number ↕",
            assessor="Assessed by",
            published="Published ↕",
        ),
        {
            "category": Narrowing("Recommendation", "scheme/recommendation/"),
            "kind": Narrowing("Kind of assessment", "scheme/appraisal-kind/"),
            "assessor": Narrowing("Assessed by", "id/org/"),
            "jurisdiction": _PLACE,
        },
        "What bodies that assess evidence say on the use of technologies with artificial intelligence. "
        "A recommendation is no authorisation to place a device on the market.",
        "Recommendations that were decided by then and had not ended. What has no recorded day is kept, and marked.",
    ),
    "organisations": Shape(
        "Standards bodies",
        ("standards body", "standards bodies"),
        _columns(name="Name ↕", acronym="Acronym ↕", native="Own name", kind="Kind", jurisdiction="Jurisdiction"),
        {"jurisdiction": _PLACE, "kind": Narrowing("Kind", "scheme/actor-kind/")},
        "Organisations that develop, publish or adopt standards.",
    ),
    "classifications": Shape(
        "Risk classifications",
        ("classification", "classifications"),
        _columns(name="Name ↕", jurisdiction="Jurisdiction ↕", classes="Classes", mapped="Mappings of its classes ↕"),
        {"jurisdiction": _PLACE},
        "Schemes of risk classes laid down in a law, a standard or guidance.",
    ),
}
