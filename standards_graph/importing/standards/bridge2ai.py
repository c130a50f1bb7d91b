"""The Bridge2AI registry of biomedical data standards: formats, vocabularies and models, and the topics that they are about.

Tools, training programmes and repositories of the registry are no standards and are left out. Its standards are called by the
registry's own keys: that one of them is a standard of another body is not said by a likeness of names.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.packing import opened
from standards_graph.importing.standards import listed
from standards_graph.importing.standards.editions import Shared
from standards_graph.model import identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, RDF, RDFS, SGO, SKOS

ADDRESS = "https://github.com/bridge2ai/b2ai-standards-registry"
SCHEME = "b2ai-data-topic"
STANDARDS = ("BiomedicalStandard", "OntologyOrVocabulary", "DataStandard", "DataStandardOrTool")
"""Categories of what is a standard."""


class Bridge2Ai:
    """Reads the tables of data standards and of data topics."""

    name = "bridge2ai-standards"
    title = "Bridge2AI registry of data standards"
    description = (
        "Biomedical and AI data standards of the NIH Bridge2AI programme, and the topics that they are about: tables separated "
        "by tabs (DataStandardOrTool.tsv, DataTopic.tsv). Descriptions are left out unless they are asked for."
    )
    licence = "https://opensource.org/license/mit"

    def __init__(self, *, texts: bool = False) -> None:
        self._texts = texts

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is a table of the registry's standards or topics."""
        head, _, rest = beginning.partition("\n")
        return head.startswith("id\tcategory\tname\t") and rest.startswith(("B2AI_STANDARD:", "B2AI_TOPIC:"))

    def with_texts(self) -> Bridge2Ai:
        """The same importer, which takes the descriptions in."""
        return Bridge2Ai(texts=True)

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """What the rows say; rows of another length than the header are told and left out."""
        licence, shared, left = NamedNode(self.licence), Shared(), Counter[str]()
        yield from saying.file_record(graph, path, url=ADDRESS, licence=licence)
        for line, cells in _rows(path):
            yield ROW
            if cells is None:
                message = "The row has another number of values than the header and is left out."
                yield Finding(f"{self.name}-row", "", message, Severity.WARNING, source=str(path), line=line)
                continue
            facts = saying.record(
                graph,
                url=ADDRESS,
                date="",
                key=f"{self.name}#{cells['id']}",
                level="source-read",
                licence=licence,
                printed=None,
            )
            facts.concept(vocab.concept(SCHEME), label="Bridge2AI data topics")
            kind = cells["category"].rpartition(":")[2]
            if kind == "DataTopic":
                _topic(cells, facts)
            elif kind in STANDARDS:
                self._standard(cells, facts, left)
            else:
                left[f"rows of the category {kind or 'none'}"] += 1
                continue
            yield from shared.fresh(facts)
        yield from listed.left_out(self.name, path, left)

    def _standard(self, cells: Mapping[str, str], facts: Facts, left: Counter[str]) -> None:
        iri = vocab.entity("standard", identifiers.slug(cells["id"]))
        label = " ".join((cells["description"] or cells["name"]).split())
        facts.entity(iri, SGO.Standard, label=label)
        facts.say(iri, SKOS.altLabel, saying.english(cells["name"]) if cells["name"] not in ("", label) else None)
        facts.say(iri, DCTERMS.identifier, Literal(cells["id"]))
        facts.say(iri, SGO.website, saying.address(cells["url"]) if cells["url"].startswith("http") else None)
        specification = cells["formal_specification"]
        facts.say(iri, RDFS.seeAlso, NamedNode(specification) if _is_address(specification) else None)
        facts.say(iri, DCTERMS.subject, *(_topic_of(one) for one in _listed(cells["concerns_data_topic"])))
        facts.say(iri, SGO.statusAsRead, Literal("deprecated") if "deprecated" in _listed(cells["collection"]) else None)
        if self._texts:
            facts.say(iri, DCTERMS.description, saying.english(cells["purpose_detail"]) if cells["purpose_detail"] else None)
        else:
            left["descriptions"] += bool(cells["purpose_detail"])
        for key in ("responsible_organization", "has_application_json", "publication_ref_url"):
            left[f"values of the column {key}"] += bool(cells[key].strip())


def _topic(cells: Mapping[str, str], facts: Facts) -> None:
    iri = _topic_of(cells["id"])
    facts.say(iri, RDF.type, SKOS.Concept)
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    facts.say(iri, SKOS.prefLabel, saying.english(cells["name"]))
    facts.say(iri, SKOS.definition, saying.english(cells["description"]) if cells["description"] else None)
    facts.say(iri, SKOS.notation, Literal(cells["id"]))
    facts.say(iri, SKOS.inScheme, vocab.concept(SCHEME))
    above = _listed(cells["subclass_of"])
    facts.say(iri, SKOS.broader, *map(_topic_of, above))
    facts.say(iri, SKOS.topConceptOf, None if above else vocab.concept(SCHEME))


def _topic_of(key: str) -> NamedNode:
    return vocab.concept(SCHEME, identifiers.slug(key.removeprefix("B2AI_TOPIC:")))


def _listed(text: str) -> tuple[str, ...]:
    """The values of a list such as ``[one|other]``."""
    return tuple(one.strip() for one in text.strip("[]").split("|") if one.strip())


def _is_address(text: str) -> bool:
    return text.startswith("http") and not any(letter in text for letter in ' <>"{}|\\^`')


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str] | None]]:
    """The rows with their lines; a backslash at the end of a line says that the value goes on in the next one."""
    with opened(path) as stream:
        header: list[str] = []
        kept, first = "", 1
        try:
            for line, text in enumerate(io.TextIOWrapper(stream, "utf-8-sig", newline="\n"), start=1):
                told = text.rstrip("\r\n")
                if told.endswith("\\"):
                    kept += told[:-1] + " "
                    continue
                cells = (kept + told).split("\t")
                kept, begun = "", first
                first = line + 1
                if not header:
                    header = cells
                    if header[:3] != ["id", "category", "name"]:
                        raise UnreadableFile("the columns have to begin with id, category, name", source=str(path), line=1)
                else:
                    yield begun, dict(zip(header, cells, strict=True)) if len(cells) == len(header) else None
        except UnicodeDecodeError as error:
            raise UnreadableFile("the file is not UTF-8; save it as UTF-8", source=str(path)) from error
