"""RDF that calls requirements of the AI Act equivalent to clauses of other documents, some of which do not exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.codes import correspondences
from standards_graph.importing.codes.ai_act_alignments import MIT
from standards_graph.importing.codes.correspondences import Set, Side
from standards_graph.importing.codes.papers import AI_RMF, ISO_42001, Paper
from standards_graph.importing.packing import opened, plain_name
from standards_graph.model import identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import RDFS, SGO

SITE = "https://github.com/cartesiosson/ai_act_project"
AI = "http://ai-act.eu/ai#"

CLAUSES: Mapping[str, tuple[str, ...]] = {
    "4": ("4.1", "4.2", "4.3", "4.4"),
    "5": ("5.1", "5.2", "5.3"),
    "6": ("6.1", "6.1.1", "6.1.2", "6.1.3", "6.1.4", "6.2", "6.3"),
    "7": ("7.1", "7.2", "7.3", "7.4", "7.5", "7.5.1", "7.5.2", "7.5.3"),
    "8": ("8.1", "8.2", "8.3", "8.4"),
    "9": ("9.1", "9.2", "9.2.1", "9.2.2", "9.3", "9.3.1", "9.3.2", "9.3.3"),
    "10": ("10.1", "10.2"),
}
"""The clauses of ISO/IEC 42001:2023, without its annexes."""

SUBCATEGORIES: Mapping[str, tuple[int, ...]] = {
    "GOVERN": (7, 3, 2, 3, 2, 2),
    "MAP": (6, 3, 5, 2, 2),
    "MEASURE": (3, 13, 3, 3),
    "MANAGE": (4, 4, 2, 3),
}
"""How many subcategories each category of the AI RMF has."""

_SUBCATEGORY = re.compile(r"(GOVERN|MAP|MEASURE|MANAGE)[- ](\d+)\.(\d+)")


class SeramisMappings:
    """Reads the claims."""

    name = "seramis-mapping"
    title = "AI Act requirements and other frameworks (SERAMIS)"
    description = (
        "RDF of the SERAMIS project (.ttl) that calls requirements of the AI Act equivalent to clauses of ISO/IEC 42001 and to "
        "subcategories of the NIST AI RMF. A clause that does not exist is a violation; the others come in as mere candidates."
    )
    licence = MIT

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file is Turtle with one of the two properties."""
        told = plain_name(path).endswith(".ttl") and AI in beginning
        return told and ("equivalentToISOControl" in beginning or "equivalentToNISTFunction" in beginning)

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills."""
        return f"mapping/{_name(path)}"

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The set and its records by requirement, and what is claimed of things that do not exist."""
        said = _said(path)
        if not said:
            raise UnreadableFile("the file has no requirement with isoSection or nistCategory", source=str(path))
        yield from saying.file_record(graph, path, url=SITE, licence=NamedNode(MIT))
        into = Set(graph, self.name, _name(path), SITE, NamedNode(MIT))
        yield from into.said(self.title, {})
        counts: Counter[str] = Counter()
        for (requirement, paper, number), comment in sorted(said.items(), key=lambda one: (one[0][0], one[0][2])):
            yield ROW
            if not exists(paper, number):
                message = f"{paper.name} has no {number}; the row is left out."
                yield Finding("seramis-target", requirement, message, source=str(path), value=number)
                continue
            counts["taken"] += 1
            name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", requirement.removeprefix(AI))
            other = Side(paper.part(number), paper.called(number), paper.iri, paper.version)
            yield from into.record(
                Side(NamedNode(requirement), name),
                SGO.relatedTo,
                other,
                correspondences.given({"comment": comment}),
                basis=correspondences.overclaimed(),
            )
        if counts["taken"]:
            message = "What is called equivalent is taken for related: nothing says how that was found."
            yield Finding("seramis-overclaimed", "", message, Severity.WARNING, source=str(path), value=str(counts["taken"]))


def exists(paper: Paper, number: str) -> bool:
    """Whether a document has a part of that number."""
    if paper == ISO_42001:
        return number in CLAUSES or number in CLAUSES.get(number.partition(".")[0], ())
    found = _SUBCATEGORY.fullmatch(number)
    if not found:
        return False
    sizes = SUBCATEGORIES[found[1]]
    return 1 <= int(found[2]) <= len(sizes) and 1 <= int(found[3]) <= sizes[int(found[2]) - 1]


def _name(path: Path) -> str:
    return f"seramis-{identifiers.name_slug(Path(plain_name(path)).stem)}"


def _said(path: Path) -> Mapping[tuple[str, Paper, str], str]:
    """Each requirement with what it is said to be equivalent to, and the English comment."""
    with opened(path) as stream:
        try:
            triples = [one.triple for one in ox.parse(stream.read(), format=ox.RdfFormat.TURTLE)]
        except (SyntaxError, ValueError) as error:
            raise UnreadableFile(f"{error}; the file is not Turtle", source=str(path)) from error
    comments = {
        one.subject: one.object.value
        for one in triples
        if one.predicate == RDFS.comment and isinstance(one.object, ox.Literal) and one.object.language == "en"
    }
    kinds = {f"{AI}isoSection": ISO_42001, f"{AI}nistCategory": AI_RMF}
    return {
        (one.subject.value, kinds[one.predicate.value], one.object.value.replace("-", " ")): comments.get(one.subject, "")
        for one in triples
        if one.predicate.value in kinds and isinstance(one.subject, NamedNode) and isinstance(one.object, ox.Literal)
    }
