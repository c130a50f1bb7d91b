"""The International Classification for Standards (ICS): its codes in two editions, one JSON-LD file for each code.

The context that the files name is not fetched, and is not needed: their keys are read as what the list of keys here says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain
from standards_graph.importing import facts as saying
from standards_graph.importing import packing
from standards_graph.importing.base import ROW, Told
from standards_graph.importing.sssom import UNSPECIFIED
from standards_graph.importing.standards import classification, listed
from standards_graph.importing.standards.editions import Shared
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import RDFS, SGO, SKOS

ADDRESS = "https://www.iso.org/ics"
KEYS = ("@context", "code", "description", "descriptionFull", "edition", "fieldcode", "groupcode", "subgroupcode", "notes")
"""The keys of a file; all others are told."""

_PLACE = re.compile(r"\{ics-codes?(\d*)\}")


class IcsCodes:
    """Reads codes of the classification."""

    name = "ics-codes"
    title = "International Classification for Standards (ICS)"
    description = (
        "Fields, groups and sub-groups of the International Classification for Standards, editions 6 and 7: a JSON-LD file for "
        "each code, alone or many in a zip or tar archive. Its context is not fetched."
    )
    licence = UNSPECIFIED

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether the file, or the first one of the archive, names the context of the classification."""
        return '"@context": "https://isoics.org/' in beginning or beginning.startswith("= ISO ICS")

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        """The codes as concepts of one scheme for each edition, each under the wider one."""
        licence, shared, left = NamedNode(self.licence), Shared(), Counter[str]()
        yield from saying.file_record(graph, path, url=ADDRESS, licence=licence)
        whole = saying.record(graph, url=ADDRESS, date="", key=self.name, level="source-read", licence=licence, printed=None)
        yield from shared.fresh(whole)
        met: dict[str, set[str]] = {}
        for number, (name, stream) in enumerate(packing.members(path), start=1):
            if name != path.name and not name.endswith(".json"):
                continue
            told = plain.from_json(stream.read(), source=str(path))
            if not isinstance(told, dict) or not {"code", "description", "edition"} <= told.keys():
                raise UnreadableFile(f"{name}: this is no code of the classification", source=str(path))
            yield ROW
            facts = saying.Facts(graph, whole.record)
            yield from _code(self.name, path, name, number, told, facts)
            met.setdefault(str(told["edition"]), set()).add(str(told["code"]))
            for key in told.keys() - set(KEYS):
                left[f"values under the key {key}"] += 1
            left["full descriptions, which the wider codes tell too"] += "descriptionFull" in told
            yield from shared.fresh(facts)
        for edition, codes in sorted(met.items()):
            for code in sorted(codes):
                wider = code.rpartition(".")[0]
                if wider and wider not in codes and len(codes) > 1:
                    message = "The wider code is not in the file."
                    value = f"{code} under {wider}, edition {edition}"
                    yield Finding(f"{self.name}-wider", "", message, Severity.WARNING, source=str(path), value=value)
        yield from listed.left_out(self.name, path, left)


def _code(source: str, path: Path, name: str, number: int, told: dict[str, Any], facts: saying.Facts) -> Iterator[Finding]:
    code, edition, label = str(told["code"]), str(told["edition"]), " ".join(str(told["description"]).split())

    def wrong(what: str, message: str, value: str) -> Finding:
        return Finding(
            f"{source}-{what}", "", message, Severity.WARNING, source=str(path), line=number, column="code", value=value
        )

    try:
        iri = classification.describe(facts, code, label, edition)
    except ValueError as error:
        yield wrong("code", "This is no code of the classification; the file is left out.", f"{name}: {error}")
        return
    facts.say(iri, SGO.hasSourceRecord, facts.record)
    wider = code.rpartition(".")[0]
    facts.say(iri, SKOS.broader, classification.concept(wider, edition) if wider else None)
    parts = [str(told[key]) for key in ("fieldcode", "groupcode", "subgroupcode") if told.get(key)]
    if ".".join(parts) != code:
        yield wrong("parts", "The parts of the code are other than the code; the code stands.", f"{code}: {' '.join(parts)}")
    for note in told.get("notes") or ():
        codes = {key: value for key, value in note.items() if key != "text"}
        facts.say(iri, SKOS.note, saying.english(_filled(str(note.get("text", "")), codes)))
        for other in (one.strip() for value in codes.values() for one in str(value).split(",")):
            try:
                facts.say(iri, RDFS.seeAlso, classification.concept(other, edition))
            except ValueError as error:
                yield wrong("note", "A note refers to what is no code.", f"{code}: {error}")


def _filled(text: str, codes: dict[str, Any]) -> str:
    """The text of a note with the codes in their places."""
    return _PLACE.sub(lambda found: str(codes.get(found[0].strip("{}"), "")), text)
