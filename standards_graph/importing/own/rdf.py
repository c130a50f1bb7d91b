"""RDF of anybody, in any of its syntaxes: each file fills a graph of its own, and keeps its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from standards_graph import vocab
from standards_graph.formats import sssom
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.own import authority, syntax
from standards_graph.importing.own.literals import is_ill_typed
from standards_graph.importing.own.naming import Nameless
from standards_graph.importing.own.places import lines_of
from standards_graph.importing.own.remarks import Remarks
from standards_graph.importing.sssom import UNSPECIFIED
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Severity
from standards_graph.vocab import DCTERMS, OWL, RDF, SGO, SKOS

MOST_REMEMBERED = 1_000_000
"""How many things are remembered as having got their source record; past that, the record may be said again."""

_LICENCES = (
    DCTERMS.license.value,
    "http://purl.org/dc/elements/1.1/rights",
    "http://creativecommons.org/ns#license",
    "https://schema.org/license",
    DCTERMS.iri + "rights",
)
_DATES = tuple(DCTERMS.iri + name for name in ("modified", "issued", "created"))


class RdfFiles:
    """Reads RDF of any vocabulary: what is in the registry's own words is held to its shapes, all else is kept as it is."""

    name = "rdf"
    title = "RDF of any vocabulary"
    description = (
        "Statements in Turtle (.ttl), TriG (.trig), N-Triples (.nt), N-Quads (.nq), RDF/XML (.rdf, .owl, .xml) or JSON-LD "
        "(.jsonld, .json), plain or packed (.gz, .xz, .zip). Each file fills a graph of its own, called by the file's name."
    )
    licence = UNSPECIFIED
    of_any_source = True

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether name or beginning tell a syntax of RDF, and the name does not say that it holds mappings."""
        plain = path.with_name(path.name.removesuffix(".gz").removesuffix(".zip").removesuffix(".xz"))
        return not sssom.accepts(plain) and syntax.of(path, beginning) is not None

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills: the same for the same name in another syntax or packing."""
        return f"rdf/{identifiers.name_slug(syntax.stem(path))}"

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The statements in the order of the file, each thing with the source record of the file, then what was found."""
        header = _header(path)
        remarks = Remarks(path)
        if not header.licence:
            remedy = "Add dcterms:license to the description of the ontology or of the code list."
            remarks("rdf-licence-missing", "The file does not say under which licence it is.", remedy=remedy)
        yield from _Reading(path, graph, header, remarks).told()
        yield from remarks.findings()


@dataclass(slots=True)
class _Header:
    """What a file says of itself: its address, its licence and its date."""

    address: str = ""
    licence: str = ""
    date: str = ""


def _header(path: Path) -> _Header:
    """Read the whole file once: what is wrong with its syntax shows before anything is said."""
    tops: dict[str, int] = {}
    said: dict[str, dict[str, set[str]]] = {}
    wanted = {*_LICENCES, *_DATES}
    for quad in syntax.quads(path):
        if not isinstance(quad.subject, NamedNode):
            continue
        if quad.predicate == RDF.type and quad.object in (OWL.Ontology, SKOS.ConceptScheme):
            tops[quad.subject.value] = 0 if quad.object == OWL.Ontology else 1
        if quad.predicate.value in wanted and isinstance(quad.object, NamedNode | Literal):
            told = said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, set())
            told.add(quad.object.value)
    web = sorted(((order, iri) for iri, order in tops.items() if iri.startswith(("http://", "https://"))))
    if not web:
        return _Header()
    address = web[0][1]
    about = said.get(address, {})
    licence = next((text for one in _LICENCES for text in sorted(about.get(one, ())) if _is_address(text)), "")
    date = next((text[:10] for one in _DATES for text in sorted(about.get(one, ()), reverse=True) if _is_date(text[:10])), "")
    return _Header(address, licence, date)


def _is_address(text: str) -> bool:
    try:
        return text.startswith(("http://", "https://")) and bool(NamedNode(text))
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    try:
        dates.printed(text)
    except ValueError:
        return False
    return True


@dataclass(slots=True)
class _Reading:
    """One file on its way."""

    path: Path
    graph: NamedNode
    header: _Header
    remarks: Remarks
    nameless: Nameless = field(default_factory=Nameless)
    recorded: set[str] = field(default_factory=set)
    graphs: Counter[str] = field(default_factory=Counter)
    ill_typed: dict[Quad, None] = field(default_factory=dict)

    def told(self) -> Iterator[Told]:
        """The file's record, its statements, then those about nameless nodes."""
        address = self.header.address or self.graph.value
        licence = NamedNode(self.header.licence or UNSPECIFIED)
        key = f"rdf#{self.graph.value.rpartition('/')[2]}"
        record = saying.record(self.graph, url=address, date="", key=key, level="source-read", licence=licence, printed=None)
        yield from record.quads()
        yield from saying.file_record(self.graph, self.path, url=address, licence=licence, release=self.header.date)
        for quad in syntax.quads(self.path):
            yield ROW
            kept = self._kept(quad)
            if kept is None:
                continue
            if isinstance(kept.subject, BlankNode) or isinstance(kept.object, BlankNode):
                self.nameless.add(kept)
            else:
                yield kept
            yield from self._recorded(kept, record.record)
        yield from dict.fromkeys(self.nameless.named(graph=self.graph))
        self._look_back()

    def _kept(self, quad: Quad) -> Quad | None:
        """The statement in the file's one graph, or None where it is left out."""
        if not isinstance(quad.graph_name, DefaultGraph):
            self.graphs[str(quad.graph_name)] += 1
        if isinstance(quad.object, Triple) or isinstance(quad.subject, Triple):
            message = "Left out: a statement about a statement (RDF 1.2) is not kept."
            self.remarks("rdf-triple-term", message, thing=_text(quad.subject), value=str(quad.object))
            return None
        if any(map(syntax.is_nowhere, (quad.subject, quad.predicate, quad.object))):
            self.remarks(
                "rdf-no-base",
                "Left out: an address is relative, and the file says no base.",
                Severity.VIOLATION,
                thing=_text(quad.subject).replace(syntax.NOWHERE, ""),
                value=_text(quad.object).replace(syntax.NOWHERE, ""),
                remedy="Write addresses in full, or add @base to the @context.",
            )
            return None
        if quad.predicate == OWL.imports:
            message = "The file builds on another one, which is not fetched."
            remedy = "Import that file too, if the registry is to know it."
            self.remarks("rdf-imports", message, Severity.INFO, value=_text(quad.object), remedy=remedy)
        kept = authority.allowed(Quad(quad.subject, quad.predicate, quad.object, self.graph), self.remarks)
        if kept and isinstance(kept.object, Literal) and is_ill_typed(kept.object) and len(self.ill_typed) < MOST_REMEMBERED:
            self.ill_typed[kept] = None
        return kept

    def _recorded(self, quad: Quad, record: NamedNode) -> Iterator[Quad]:
        """What links a thing to the file's record, when it is first met; source records have none themselves."""
        thing = quad.subject
        if isinstance(thing, NamedNode) and thing.value not in self.recorded and not vocab.is_source_record(thing):
            if len(self.recorded) < MOST_REMEMBERED:
                self.recorded.add(thing.value)
            yield Quad(thing, SGO.hasSourceRecord, record, self.graph)

    def _look_back(self) -> None:
        """Tell what is known only at the end."""
        if self.graphs:
            named = ", ".join(name for name, _ in self.graphs.most_common(5))
            message = (
                f"{self.graphs.total():,} statements of {len(self.graphs):,} named graphs are kept in the file's one graph."
            )
            self.remarks("rdf-named-graphs", message, value=named, remedy="Import each graph as a file to keep them apart.")
        lines = lines_of(self.path, {quad.object.value for quad in self.ill_typed if isinstance(quad.object, Literal)})
        for quad in self.ill_typed:
            if isinstance(quad.object, Literal):
                self.remarks(
                    "rdf-value-ill-typed",
                    f"The text is no value of its datatype {quad.object.datatype.value}; kept as it is.",
                    thing=_text(quad.subject),
                    column=quad.predicate.value,
                    value=quad.object.value,
                    line=lines.get(quad.object.value),
                    remedy="Correct the value or its datatype.",
                )


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
