"""Record pages: one thing with all its statements and their sources; data sets; the ontology."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from pyoxigraph import Literal, NamedNode
from werkzeug.wrappers import Response as AnyResponse

from standards_graph.errors import NotFound
from standards_graph.model.entities import Entity, Group, Source, Value
from standards_graph.vocab import BASE, DCTERMS, OWL, RDF, RDFS, SGO, SKOS, concept, entity, graph, mapping
from webapp import arguments, diagrams, downloads, links, respond
from webapp.current import the_registry

PAGE = 100
"""Values or things on a page that shows all of one predicate."""

FIRST = (
    RDFS.label, SKOS.prefLabel, DCTERMS.title, SGO.officialIdentifier, SGO.acronym, SGO.nativeName, SKOS.altLabel,
    SKOS.notation, SKOS.definition, OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget, SGO.isEditionOf,
    SGO.hasEditionStatus, SGO.hasDecisionStatus, SGO.publishedOn, SGO.publishedBy, SGO.decidedOn, SGO.validFrom,
    SGO.validUntil, SGO.inJurisdiction,
)  # fmt: skip
"""Predicates that a record page shows first, in this order; all others follow by name."""
LAST = (SGO.hasSourceRecord, RDF.type, DCTERMS.license)
"""Predicates that it shows last."""
IDENTIFIERS = {
    SGO.officialIdentifier: "Identifier",
    SGO.deviceIdentifier: "Device identifier",
    SGO.territoryCode: "Code",
    SKOS.notation: "Notation",
}
STATES = (SGO.hasEditionStatus, SGO.hasDecisionStatus, SGO.hasMappingStatus)
PARENTS = {
    "standard": ("Standards", "/standards"),
    "edition": ("Standards", "/standards"),
    "jurisdiction": ("Jurisdictions", "/jurisdictions"),
    "network": ("Networks", "/networks"),
    "membership": ("Networks", "/networks"),
    "device": ("Devices", "/devices"),
    "device-version": ("Devices", "/devices"),
    "authorisation": ("Devices", "/devices"),
    "law": ("Regulations", "/regulations"),
    "milestone": ("Regulations", "/regulations"),
    "guidance": ("Guidance", "/guidance"),
    "action": ("Alerts", "/alerts"),
    "issue": ("Alerts", "/alerts"),
    "incident": ("Alerts", "/alerts"),
    "sandbox": ("Sandboxes", "/sandboxes"),
    "cohort": ("Sandboxes", "/sandboxes"),
    "participation": ("Sandboxes", "/sandboxes"),
    "assessment": ("Recommendations on use", "/assessments"),
}
"""The list that things of a type are on."""
FORMATS = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("N-Triples", "nt"), ("RDF/XML", "rdf"))
MAPPINGS = (("SSSOM table", "sssom.tsv"), ("SSSOM JSON", "sssom.json"), ("SSSOM Turtle", "sssom.ttl"))
READING = (
    "Source read: a page or data set that states the identifying facts was read. "
    "Official page opened: the authority's own page was opened as well. "
    "Not confirmed: no reading confirms it, and the note says why."
)
GRAPHS = {
    "ontology": "The classes and properties of the ontology.",
    "shapes": "What a record must have to be published.",
    "scheme/": "A code list.",
    "curated/": "Facts that curators compiled, row by row, each with its source.",
    "unverified/": "Rows that no reading has confirmed. They are shown marked, and left out of plain queries.",
    "mapping/": "Mapping records: who claims which correspondence, on what ground.",
    "inferred/": "What follows from the facts by the rules of the ontology. Nothing here was entered by hand.",
    "source/": "What one source says, as its importer read it.",
    "rdf/": "What a file of others says in its own words.",
    "table/": "What a curator's own table says, as the description of its columns tells.",
    "": "A named graph of the registry.",
}
"""What graphs hold, by the beginning of their names."""
QUERY = "SELECT ?graph ?property ?value WHERE {{ GRAPH ?graph {{ {} ?property ?value }} }}"
GRAPH_QUERY = "SELECT ?subject ?property ?value WHERE {{ GRAPH {} {{ ?subject ?property ?value }} }} LIMIT 100"

VERSION = re.compile(r"\d+\.\d+\.\d+")

blueprint = Blueprint("records", __name__)


@blueprint.get("/<kind>/<path:slug>")
def thing(kind: str, slug: str) -> str | Response:
    """The page of an entity, or with an extension its data."""
    return _about(_named(entity, kind, _bare(slug)), slug)


@blueprint.get("/concept/<path:slug>")
def code(slug: str) -> str | Response:
    """The page of a concept or of its scheme."""
    return _about(_named(concept, _bare(slug)), slug)


@blueprint.get("/mapping/<path:name>")
def mapped(name: str) -> str | Response:
    """The page of a mapping record or set."""
    return _about(_named(mapping, _bare(name)), name)


@blueprint.get("/.well-known/genid/<path:slug>")
def part(slug: str) -> str | AnyResponse:
    """The page of a part of the ontology that has no name in its file; it stands at its IRI, so data are beside it."""
    if downloads.wanted() and _bare(slug) == slug:
        return redirect(f"{request.path}.ttl", 303)
    return _about(_named(NamedNode, f"{BASE}.well-known/genid/{_bare(slug)}"), slug)


@blueprint.get("/ontology/<name>")
def term(name: str) -> str | Response:
    """The page of one term of the ontology; under its version, the ontology as a whole."""
    if VERSION.fullmatch(name):
        if name != the_registry().graphs.version():
            raise NotFound(f"Version {name} of the ontology is not published here; this is {the_registry().graphs.version()}.")
        return ontology()
    return _about(_named(NamedNode, SGO.iri + _bare(name)), name)


@blueprint.get("/ontology/module/<name>")
def module(name: str) -> str:
    """One module: diagrams of its classes and of what its properties link, and a table of its terms."""
    arguments.known()
    terms = [one for one in the_registry().graphs.ontology() if one.module == name]
    if not terms:
        raise NotFound(f"The ontology has no module {name!r}.")
    return render_template(
        "records/module.html",
        name=name,
        terms=[(one, diagrams.links_or_kind(one)) for one in terms],
        classes=diagrams.hierarchy(terms),
        properties=[one for one in terms if one.ends],
    )


@blueprint.get("/ontology")
def ontology() -> str | Response:
    """All classes and properties with their definitions; for programs the data in the syntax that they ask for."""
    if downloads.wanted():
        return downloads.described(graph("ontology"), downloads.wanted_ending())
    arguments.known()
    terms = the_registry().graphs.ontology()
    modules = [(name, tuple(found)) for name, found in groupby(terms, key=lambda one: one.module)]
    return render_template("records/ontology.html", modules=modules, total=len(terms))


@blueprint.get("/dataset")
def datasets() -> str:
    """All named graphs with their sizes."""
    arguments.known()
    return render_template("records/datasets.html", graphs=the_registry().graphs.all())


@blueprint.get("/dataset/<path:name>")
def dataset(name: str) -> str | Response:
    """The page of a named graph: what it is, its licences, its size; with an extension its content."""
    bare, extension = downloads.split(name)
    named = _named(graph, bare)
    arguments.known()
    if found := downloads.mapping_set(name):
        return found
    if extension:
        return downloads.described(named, extension)
    query = GRAPH_QUERY.format(named)
    return render_template(
        "records/dataset.html",
        dataset=the_registry().graphs.one(named),
        what=_what(bare),
        query=query,
        query_address=links.address("/query", {"query": query}),
        data=[(text, f"/dataset/{bare}.{ending}") for text, ending in (*FORMATS, *_mappings(bare))],
    )


def _mappings(name: str) -> tuple[tuple[str, str], ...]:
    return MAPPINGS if name.startswith("mapping/") else ()


def _what(name: str) -> str:
    """What kind of data set a graph is, by the beginning of its name."""
    return next(told for start, told in GRAPHS.items() if name.startswith(start))


def _named(make: Callable[..., NamedNode], *parts: str) -> NamedNode:
    """The IRI made of parts of an address; raises NotFound where they make none."""
    try:
        return make(*parts)
    except ValueError as error:
        raise NotFound("Nothing is recorded under this address: it makes no IRI.") from error


def _bare(slug: str) -> str:
    return downloads.split(slug)[0]


def _about(iri: NamedNode, slug: str) -> str | Response:
    """The page of a thing; ``statements`` or ``incoming`` names one predicate of which all is shown."""
    extension = downloads.split(slug)[1]
    if extension:
        arguments.known()
        return downloads.described(iri, extension)
    arguments.known("statements", "incoming", "page")
    registry = the_registry()
    if predicate := arguments.iri("statements"):
        return _statements(iri, predicate)
    if predicate := arguments.iri("incoming"):
        return _incoming(iri, predicate)
    return _page(registry.entities.about(iri))


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier of a thing, and what it is called."""

    label: str
    text: str


def _page(about: Entity) -> str:
    path = links.local(about.iri)
    groups = sorted(about.groups, key=_place)
    return render_template(
        "records/record.html",
        about=about,
        path=request.path,
        kind=links.kind_of(about.iri),
        parents=_parents(about.iri),
        title=_title(about),
        identifiers=_identifiers(groups),
        states=[value.name for group in groups if group.predicate.iri in STATES for value in group.values if value.name],
        groups=groups,
        incoming=[one for one in about.incoming if one.cut or one.predicate.iri != SGO.claimAbout],
        numbers=_numbers(about.sources),
        mark_graphs=len(about.graphs) > 1,
        levels=READING,
        endings=respond.ENDINGS.items(),
        data=[(text, f"{path}.{ending}") for text, ending in FORMATS],
        query_address=links.address("/query", {"query": QUERY.format(about.iri)}),
    )


def _numbers(sources: Iterable[Source]) -> dict[NamedNode, int]:
    return {source.record: number for number, source in enumerate(sources, 1)}


def _place(group: Group) -> tuple[int, str]:
    iri = group.predicate.iri
    place = FIRST.index(iri) if iri in FIRST else len(FIRST) + (iri in LAST)
    return place, group.predicate.text.casefold()


def _title(about: Entity) -> Value | None:
    """The title of a document or the definition of a concept, where it says more than the name; English if there is one."""
    for predicate in (DCTERMS.title, SKOS.definition):
        group = about.group(predicate)
        told = [v for v in group.values if isinstance(v.term, Literal) and v.term.value != about.name.text] if group else []
        if told:
            return min(told, key=lambda value: getattr(value.term, "language", None) != "en")
    return None


def _identifiers(groups: Iterable[Group]) -> list[Identifier]:
    found = [group for group in groups if group.predicate.iri in IDENTIFIERS]
    return [
        Identifier(IDENTIFIERS[group.predicate.iri], value.term.value)
        for group in found
        for value in group.values
        if isinstance(value.term, Literal)
    ]


def _parents(iri: NamedNode) -> list[tuple[str, str]]:
    """The list that a thing is on, or the scheme of a concept."""
    kind = iri.value.removeprefix(BASE + "id/").partition("/")[0]
    if kind in PARENTS:
        return [PARENTS[kind]]
    if iri.value.startswith(BASE + "scheme/"):
        scheme, _, code = iri.value.removeprefix(BASE + "scheme/").partition("/")
        return [(the_registry().entities.name(concept(scheme)).text, f"/concept/{scheme}")] if code else []
    return [("Ontology", "/ontology")] if iri.value.startswith(SGO.iri) else []


def _statements(iri: NamedNode, predicate: NamedNode) -> str:
    entities = the_registry().entities
    group = entities.values(iri, predicate)
    page, last = arguments.page(), _last(group.total)
    values = group.values[(page - 1) * PAGE : page * PAGE]
    sources = tuple({source.record: source for value in values for source in value.sources}.values())
    return render_template(
        "records/statements.html",
        name=entities.name(iri),
        group=group,
        values=values,
        sources=sources,
        numbers=_numbers(sources),
        mark_graphs=True,
        **_paging("statements", predicate, page, last),
    )


def _incoming(iri: NamedNode, predicate: NamedNode) -> str:
    entities, page = the_registry().entities, arguments.page()
    found = entities.incoming(iri, predicate, limit=PAGE, offset=(page - 1) * PAGE)
    return render_template(
        "records/incoming.html",
        name=entities.name(iri),
        found=found,
        **_paging("incoming", predicate, page, _last(found.total)),
    )


def _paging(parameter: str, predicate: NamedNode, page: int, last: int) -> dict[str, Any]:
    def address(number: int) -> str:
        return links.address(request.path, {parameter: predicate.value, "page": "" if number == 1 else str(number)})

    return {"page": page, "last": last, "path": request.path, "page_address": address}


def _last(total: int) -> int:
    last = max(1, -(-total // PAGE))
    if arguments.page() > last:
        raise NotFound(f"There are {total} entries and no page {arguments.page()}.")
    return last
