"""The crosswalk of the GenAI Security Project: risks of OWASP lists and what other frameworks say near them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.codes import correspondences
from standards_graph.importing.codes.correspondences import Set, Side, slot
from standards_graph.importing.codes.papers import AI_ACT, AI_RMF, FRAMEWORKS, ISO_42001, Paper
from standards_graph.importing.packing import opened, plain_name
from standards_graph.model import identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import SGO

SITE = "https://github.com/GenAI-Security-Project/GenAI-Data-Security-Initiative"
LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"

LISTS: Mapping[str, tuple[str, str]] = {
    "owasp_llm": ("OWASP Top 10 for LLM Applications", "2025"),
    "owasp_agentic": ("OWASP Top 10 for Agentic Applications", "2026"),
    "owasp_dsgai": ("OWASP GenAI Data Security Risks", "2026"),
}
"""The lists whose risks are compared, and their editions, which the column ``source_list`` has to name too."""

TIER, SCOPE = slot("ext_tier"), slot("ext_scope")

_FUNCTIONS = {"GV": "GOVERN", "MP": "MAP", "MS": "MEASURE", "MG": "MANAGE"}
_ARTICLE = re.compile(r"\bArt(?:icle)?\.?\s*(\d+)")
_ANNEX_A = re.compile(r"\bA\.\d+(?:\.\d+)*")
_CLAUSE = re.compile(r"\b(?:Cl|Clause)\.?\s*(\d+(?:\.\d+)*)")
_RMF = re.compile(r"\b(GV|MP|MS|MG)-(\d+(?:\.\d+)?)\b")
_CSF = re.compile(r"\b[A-Z]{2}\.[A-Z]{2}-\d{2}\b")
_ATLAS = re.compile(r"\bAML\.T\d{4}(?:\.\d{3})?\b")
_CWE = re.compile(r"\bCWE-(\d+)\b")
_CODE = re.compile(r"[A-Z]+\d{2}")


class GenAiCrosswalk:
    """Reads the crosswalk, and the references among the lists themselves."""

    name = "genai-crosswalk"
    title = "GenAI security crosswalk"
    description = (
        "Rows of the GenAI Security Project that relate risks of OWASP lists to other frameworks, and to one another (.jsonl). "
        "Each file fills a graph of its own; its rows say no more than that two things are related, and come in as candidates."
    )
    licence = LICENCE

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file is a list of such rows."""
        return plain_name(path).endswith(".jsonl") and all(
            f'"{word}"' in beginning for word in ("source_framework", "target_framework", "provenance_sha")
        )

    def fills(self, path: Path) -> str:
        """The name of the graph that a file fills."""
        return f"mapping/{_name(path)}"

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The set and its records in the order of the file, then what was left out, by framework."""
        into = Set(graph, self.name, _name(path), SITE, NamedNode(LICENCE), (TIER, SCOPE))
        yield from saying.file_record(graph, path, url=SITE, licence=NamedNode(LICENCE))
        yield from into.said(self.title, correspondences.given({"creator_label": "GenAI Security Project"}))
        counts, read = Counter[tuple[str, str]](), False
        for line, row in _rows(path):
            read = True
            yield ROW
            one = _risk(row.get("source_framework"), row.get("source_id"))
            if one is None:
                message = "The row is left out: its risk is of no known list."
                value = f"{row.get('source_framework')} {row.get('source_id')}"
                yield Finding("genai-risk", "", message, source=str(path), line=line, column="source_id", value=value)
                continue
            other = _target(row, counts)
            if other is None:
                counts["genai-unresolved", str(row.get("target_framework"))] += 1
                continue
            yield from into.record(one, SGO.relatedTo, other, _more(row))
        if not read:
            raise UnreadableFile("the file has no row", source=str(path))
        yield from _told(counts, path)


_TOLD = {
    "genai-unresolved": "Rows are left out: what they name of this framework has no number that could be looked up.",
    "genai-swapped": "The number stands in the column of names, words in that of numbers; they are read the other way round.",
    "genai-edition": "The rows do not name the edition; it is the one that has such numbers.",
}


def _told(counts: Counter[tuple[str, str]], path: Path) -> Iterator[Finding]:
    for (rule, framework), count in counts.items():
        severity = Severity.WARNING if rule == "genai-unresolved" else Severity.INFO
        yield Finding(
            rule, "", _TOLD[rule], severity, source=str(path), column="target_control_id", value=f"{framework}: {count}"
        )


def _name(path: Path) -> str:
    return f"genai-{identifiers.name_slug(Path(plain_name(path)).stem)}"


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with opened(path) as stream:
        for line, text in enumerate(stream, start=1):
            if text.strip():
                found = plain.from_json(text, source=f"{path}, line {line}")
                if not isinstance(found, dict) or "source_framework" not in found:
                    raise UnreadableFile("each line has to be an object with source_framework", source=str(path), line=line)
                yield line, found


def _more(row: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return correspondences.given(
        {TIER.name: str(row.get("tier") or ""), SCOPE.name: str(row.get("scope") or ""), "comment": str(row.get("notes") or "")}
    )


def _risk(framework: object, code: object) -> Side | None:
    if str(framework) not in LISTS or not _CODE.fullmatch(str(code)):
        return None
    name, year = LISTS[str(framework)]
    scheme = f"{str(framework).replace('_', '-')}-{year}"
    return Side(vocab.concept(scheme, str(code).lower()), f"{name} {year}, {code}", vocab.concept(scheme), year)


def _target(row: Mapping[str, Any], counts: Counter[tuple[str, str]]) -> Side | None:
    framework = str(row.get("target_framework"))
    if "target_id" in row:
        return _risk(framework, row["target_id"])
    printed, named = str(row.get("target_control_id") or ""), str(row.get("target_control_name") or "")
    found = _looked_up(framework, printed)
    if found is None and (found := _looked_up(framework, named)):
        counts["genai-swapped", framework] += 1
    if found and framework in _UNDATED:
        counts["genai-edition", framework] += 1
    return found


_UNDATED = ("iso_42001", "nist_csf")
"""Frameworks whose edition only the form of the numbers, or that there is only one, tells."""


def _looked_up(framework: str, text: str) -> Side | None:
    """What a text names of a framework; None where it has no number of the form that the framework uses."""
    for pattern, side in _NUMBERS.get(framework, ()):
        if found := pattern.search(text):
            return side(found)
    return None


def _part(paper: Paper, number: str) -> Side:
    return Side(paper.part(number), paper.called(number), paper.iri, paper.version)


def _page(address: str, label: str) -> Side:
    return Side(NamedNode(address), label)


_NUMBERS: Mapping[str, tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Side]], ...]] = {
    "eu_ai_act": ((_ARTICLE, lambda found: _part(AI_ACT, f"Article {found[1]}")),),
    "iso_42001": (
        (_ANNEX_A, lambda found: _part(ISO_42001, found[0])),
        (_CLAUSE, lambda found: _part(ISO_42001, found[1])),
    ),
    "nist_rmf": ((_RMF, lambda found: _part(AI_RMF, f"{_FUNCTIONS[found[1]]} {found[2]}")),),
    "nist_csf": ((_CSF, lambda found: _part(FRAMEWORKS["nist-csf-2.0"], found[0])),),
    "mitre_atlas": (
        (_ATLAS, lambda found: _page(f"https://atlas.mitre.org/techniques/{found[0]}", f"MITRE ATLAS {found[0]}")),
    ),
    "cwe_cve": ((_CWE, lambda found: _page(f"https://cwe.mitre.org/data/definitions/{found[1]}.html", found[0])),),
}
"""The forms of the numbers of frameworks that the registry or the web has, and what a number stands for."""
