"""The timeline of the AI Act that a toolkit ships: steps that the registry has too, with the days of the toolkit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing import facts as saying
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.codes.ai_act_alignments import MIT
from standards_graph.importing.codes.papers import AI_ACT
from standards_graph.importing.codes.values import objects, text
from standards_graph.importing.forms import document
from standards_graph.importing.packing import plain_name
from standards_graph.model import dates
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import SGO

SITE = "https://github.com/AbdelStark/eu-ai-act-toolkit"

STEPS: Mapping[str, str] = {
    "EU AI Act enters into force": "eu-ai-act-entry-into-force-whole-act",
    "Prohibited practices apply": "eu-ai-act-application-chapters-i-and-ii-articles-1-5",
    "GPAI rules apply": "eu-ai-act-application-chapter-iii-section-4-chapter-v-vii-xii-article-78",
    "High-risk requirements apply": "eu-ai-act-application-annex-iii-high-risk-systems",
    "Product safety components": "eu-ai-act-application-article-6-1-annex-i-products-medical-devices-and-ivds",
    "Legacy GPAI and large-scale IT systems": (
        "eu-ai-act-compliance-deadline-general-purpose-models-on-the-market-before-2025-08-02"
    ),
}
"""The steps of the registry that the events of the toolkit are, by title."""


class AiActTimeline:
    """Reads the timeline."""

    name = "ai-act-timeline"
    title = "Timeline of the AI Act (toolkit)"
    description = (
        "The events of the AI Act with their days as the EU AI Act Toolkit lists them (timeline.json). Where a day is not that "
        "of the registry, both are kept, and the question where-sources-disagree lists them."
    )
    licence = MIT

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file is JSON with events of the AI Act."""
        return plain_name(path).endswith(".json") and '"events"' in beginning and "AI Act" in beginning

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The day of each step in the order of the file, and events that are no step of the registry."""
        told = document(path)
        if not isinstance(told, dict) or "events" not in told:
            raise UnreadableFile("the file has to hold events", source=str(path))
        events = objects(told["events"], "events", path)
        yield from saying.file_record(graph, path, url=SITE, licence=NamedNode(MIT))
        for line, event in enumerate(events, start=1):
            yield ROW
            yield from self._event(event, line, path, graph)
        message = "What the toolkit writes about each step is left out."
        yield Finding("timeline-texts", "", message, Severity.INFO, source=str(path), column="description")

    def _event(self, event: Mapping[str, Any], line: int, path: Path, graph: NamedNode) -> Iterator[Told]:
        title, day = text(event, "title"), text(event, "date")
        if title not in STEPS:
            message = "The event is left out: it is no step of the AI Act that the registry has."
            yield Finding(
                "timeline-unknown", "", message, Severity.WARNING, source=str(path), line=line, column="title", value=title
            )
            return
        try:
            printed, first = dates.printed(day), dates.earliest(day)
        except ValueError:
            message = "The event is left out: its date is none."
            yield Finding("timeline-date", "", message, source=str(path), line=line, column="date", value=day)
            return
        facts = saying.record(
            graph,
            url=SITE,
            date="",
            key=f"{self.name}#{STEPS[title]}",
            level="source-read",
            licence=NamedNode(MIT),
            printed=None,
        )
        step = vocab.entity("milestone", STEPS[title])
        facts.say(step, SGO.milestoneOf, AI_ACT.iri)
        facts.say(step, SGO.printedValidFrom, printed)
        facts.say(step, SGO.validFrom, dates.day(first))
        facts.say(step, SGO.hasSourceRecord, facts.record)
        yield from facts.quads()
