"""Catalogues of requirements of CISO Assistant: the numbered parts of a law, a standard or a framework."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.codes.papers import FRAMEWORKS, Paper, unknown
from standards_graph.importing.codes.values import objects, text
from standards_graph.importing.facts import Facts
from standards_graph.importing.packing import opened, plain_name
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS

SITE = "https://github.com/intuitem/ciso-assistant-community"
AGPL = "https://www.gnu.org/licenses/agpl-3.0.html"
"""The licence of the packaging; whose the content is, each file says."""

ENDINGS = (".yaml", ".yml")
LIBRARY = ":risk:library:"

_NAMED = re.compile(r"(article|annex|chapter)\s+([0-9]+[a-z]?|[ivxlc]+)", re.I)
_INNER = re.compile(r"(section|part|class)\s+([0-9]+|[a-z]|[ivxlc]+)", re.I)
_RECITAL = re.compile(r"Recital\s+([0-9]+)")
_PARAGRAPH = re.compile(r"[0-9]+\.[0-9]+")
_BACKTICK = "`"


class CisoCatalogue:
    """Reads a catalogue."""

    name = "ciso-catalogue"
    title = "Catalogue of requirements (CISO Assistant)"
    description = (
        "A library of CISO Assistant that lists the requirements of a law, a standard or a framework (.yaml). Each catalogue "
        "fills a graph of its own, called by the file's name. The wording of requirements is left out unless it is asked for."
    )
    licence = AGPL

    def __init__(self, *, texts: bool = False) -> None:
        self._texts = texts

    def with_texts(self) -> CisoCatalogue:
        """The same, which takes in how the packager or the law words each requirement."""
        return CisoCatalogue(texts=True)

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file is a library that begins with a framework."""
        told = plain_name(path).endswith(ENDINGS) and LIBRARY in beginning and "\n  framework:" in beginning
        return told and "requirement_mapping_set" not in beginning

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills."""
        return f"source/{self.name}/{identifiers.name_slug(Path(plain_name(path)).stem)}"

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The document and its numbered parts, in the order of the file, and what was left out."""
        told = library(path)
        framework = told["objects"].get("framework")
        if not isinstance(framework, dict):
            raise UnreadableFile("the library holds no framework with requirement nodes", source=str(path))
        nodes = objects(framework.get("requirement_nodes"), "the library's requirement_nodes", path)
        paper = paper_of(text(framework, "urn"), text(framework, "name"))
        yield from saying.file_record(graph, path, url=SITE, licence=NamedNode(AGPL), release=day(told))
        facts = _record(graph, str(framework.get("urn")))
        paper.say(facts)
        yield from facts.quads()
        tree = _Tree(nodes, paper)
        for line, node in enumerate(nodes, start=1):
            yield ROW
            yield from self._node(tree, node, line, path, graph)
        yield from tree.left(path)
        if not self._texts and any(one.get("description") for one in nodes):
            message = "How the requirements are worded is left out; it is taken in only if asked for."
            yield Finding("ciso-texts", "", message, Severity.INFO, source=str(path), column="description")

    def _node(self, tree: _Tree, node: Mapping[str, Any], line: int, path: Path, graph: NamedNode) -> Iterator[Told]:
        number = tree.number(node)
        if not number:
            return
        try:
            iri = tree.paper.part(number)
        except ValueError as error:
            yield Finding("ciso-number", "", f"{error}; it is left out.", source=str(path), line=line, value=text(node, "urn"))
            return
        if tree.is_taken(iri, node):
            message = "The requirement is left out: another one of the catalogue has the same number."
            yield Finding(
                "ciso-number-twice", iri.value, message, Severity.WARNING, source=str(path), line=line, value=text(node, "urn")
            )
            return
        facts = _record(graph, text(node, "urn"))
        heading = tree.heading(node)
        tree.paper.provision(facts, number, saying.english(heading) if heading else None)
        if self._texts and not tree.is_heading(node):
            told = text(node, "description")
            facts.say(iri, DCTERMS.description, saying.english(told) if told else None)
        yield from facts.quads()


@dataclass(slots=True)
class _Tree:
    """The requirements by their names, to number those that are numbered within others."""

    nodes: Mapping[str, Mapping[str, Any]]
    paper: Paper
    numbers: dict[str, str]
    taken: dict[str, str]
    doubtful: list[str]
    """References that do not continue those above them: they are not the numbers of the law."""
    broken: frozenset[str]
    """References that others below them do not continue: either those above or those below are not of the law."""
    alone: frozenset[str]
    """References of paragraphs that are the only one of their article: the law does not number these."""

    def __init__(self, nodes: Sequence[Mapping[str, Any]], paper: Paper) -> None:
        self.nodes = {text(one, "urn"): one for one in nodes}
        self.paper = paper
        self.broken = frozenset(filter(None, map(self._not_continued, nodes)))
        refs = [ref for one in nodes if _PARAGRAPH.fullmatch(ref := text(one, "ref_id"))]
        articles = Counter(ref.partition(".")[0] for ref in refs)
        self.alone = frozenset(ref for ref in refs if ref.endswith(".1") and articles[ref.partition(".")[0]] == 1)
        self.numbers, self.taken, self.doubtful = {}, {}, []

    def _not_continued(self, node: Mapping[str, Any]) -> str:
        over = self._ref_above(node)
        return over if over and text(node, "ref_id") and not text(node, "ref_id").startswith(f"{over}.") else ""

    def number(self, node: Mapping[str, Any]) -> str:
        """The number as the document prints it, or the packager's identifier where it has none; empty for mere headings."""
        urn = text(node, "urn")
        if urn not in self.numbers:
            self.numbers[urn] = ""  # where requirements stand above one another in a circle
            self.numbers[urn] = self._legal(node) if self.paper.kind == "section" else self._listed(node)
        return self.numbers[urn]

    def _listed(self, node: Mapping[str, Any]) -> str:
        own = (
            text(node, "urn").rpartition(":")[2]
            if text(node, "name") and node.get("assessable") not in (False, "false")
            else ""
        )
        return text(node, "ref_id").strip("[]") or own

    def _legal(self, node: Mapping[str, Any]) -> str:
        name, ref, above = text(node, "name"), text(node, "ref_id"), self._above(node)
        if found := _NAMED.fullmatch(name):
            roman = found[2].upper() if found[1].lower() != "article" else found[2]
            return f"{found[1].capitalize()} {roman}"
        if above and (found := _INNER.fullmatch(name)):
            return f"{above} {found[1].lower()} {found[2]}"
        if found := _RECITAL.fullmatch(ref):
            return f"Recital {found[1]}"
        if not ref or not above or ref in self.alone:
            return ""
        over = self._ref_above(node)
        if ref in self.broken or over in self.broken or (over and not ref.startswith(f"{over}.")):
            self.doubtful.append(ref)
            return ""
        return above + _inner(_rest(ref, over, above), above)

    def _above(self, node: Mapping[str, Any]) -> str:
        """The number of the nearest requirement above that has one."""
        return next((number for over in self._all_above(node) if (number := self.number(over))), "")

    def _ref_above(self, node: Mapping[str, Any]) -> str:
        """The reference of the nearest requirement above that has one."""
        return next((ref for over in self._all_above(node) if (ref := text(over, "ref_id"))), "")

    def _all_above(self, node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The requirements above one, the nearest first; each once."""
        met = {text(node, "urn")}
        while (urn := text(node, "parent_urn")) in self.nodes and urn not in met:
            met.add(urn)
            node = self.nodes[urn]
            yield node

    def is_taken(self, iri: NamedNode, node: Mapping[str, Any]) -> bool:
        """Whether another requirement has that IRI."""
        urn = text(node, "urn")
        return self.taken.setdefault(iri.value, urn) != urn

    def is_heading(self, node: Mapping[str, Any]) -> bool:
        """Whether the description is the heading: of a law, what is named by its number has its title there."""
        return self.paper.kind == "section" and bool(text(node, "name"))

    def heading(self, node: Mapping[str, Any]) -> str:
        """The heading; one edition of the AI Act has stray backticks at the end of some."""
        found = text(node, "description" if self.is_heading(node) else "name")
        return found.strip(_BACKTICK + " ")

    def left(self, path: Path) -> Iterator[Finding]:
        """What has no number, by count, and what stands under something that is not there."""
        without = sum(1 for number in self.numbers.values() if not number) - len(self.doubtful)
        if without:
            message = "Requirements without a number of their own are left out: headings and unnumbered paragraphs."
            yield Finding("ciso-no-number", "", message, Severity.INFO, source=str(path), column="ref_id", value=str(without))
        if self.doubtful:
            message = (
                "Requirements are left out: their references do not continue the one above, so they are not those of the law."
            )
            value = f"{len(self.doubtful)}: {', '.join(self.doubtful[:5])} …"
            yield Finding("ciso-number-doubtful", "", message, Severity.WARNING, source=str(path), column="ref_id", value=value)
        own = sum(1 for urn, number in self.numbers.items() if number and number == urn.rpartition(":")[2] and "node" in number)
        if own:
            message = "Requirements without a printed number bear the packager's identifier instead."
            yield Finding("ciso-own-number", "", message, Severity.INFO, source=str(path), column="urn", value=str(own))
        for urn, node in self.nodes.items():
            above = text(node, "parent_urn")
            if above and above not in self.nodes:
                message = "The requirement above is not in the catalogue."
                yield Finding("ciso-parent", urn, message, Severity.WARNING, source=str(path), column="parent_urn", value=above)


def _rest(ref: str, above: str, number: str) -> list[str]:
    """What a packager's reference adds to the one above it: ``36.7.a`` under Article 36 adds ``7`` and ``a``."""
    begins = (above or number.rpartition(" ")[2]) + "."
    return (ref.removeprefix(begins) if ref.startswith(begins) else ref.rpartition(".")[2]).split(".")


def _inner(parts: list[str], above: str) -> str:
    """Parts as laws print them: ``(7)(a)`` in an article, ``section 3.1(a)`` in an annex."""
    found, told = "", above
    for one in parts:
        if not told.startswith("Annex"):
            found += f"({one})"
        elif " section " not in told:
            found += f" section {one}"
        else:
            found += f".{one}" if one.isdigit() else f"({one})"
        told = above + found
    return found


def library(path: Path) -> Mapping[str, Any]:
    """A library as plain values; raises UnreadableFile where it is none."""
    with opened(path) as stream:
        found = plain.from_yaml(stream.read(), source=str(path))
    if not isinstance(found, dict) or LIBRARY not in str(found.get("urn")) or not isinstance(found.get("objects"), dict):
        raise UnreadableFile("the file is no library of CISO Assistant: its urn and its objects are missing", source=str(path))
    return found


def day(told: Mapping[str, Any]) -> str:
    """The day of publication that a library prints, or nothing."""
    try:
        dates.earliest(text(told, "publication_date"))
    except ValueError:
        return ""
    return text(told, "publication_date")


def paper_of(urn: str, name: str = "") -> Paper:
    """The document that a framework's name stands for."""
    key = urn.rpartition(":")[2]
    return FRAMEWORKS.get(key) or unknown(key, name or key)


def _record(graph: NamedNode, key: str) -> Facts:
    return saying.record(
        graph,
        url=SITE,
        date="",
        key=f"{CisoCatalogue.name}#{key}",
        level="source-read",
        licence=NamedNode(AGPL),
        printed=None,
    )
