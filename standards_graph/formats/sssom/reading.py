"""From a file to a set: table, JSON or RDF, by the ending of its name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain
from standards_graph.formats.sssom import metadata, rdf, tables
from standards_graph.formats.sssom.checking import Checker, Raw
from standards_graph.formats.sssom.metadata import Metadata, Told
from standards_graph.formats.sssom.problems import Problems, Tell
from standards_graph.formats.sssom.sets import MappingSet, Record, Values, propagated
from standards_graph.model.findings import Severity

TABLES = (".tsv",)
TREES = (".sssom.json",)
GRAPHS = (".sssom.ttl", ".sssom.nt", ".sssom.rdf", ".sssom.nq", ".sssom.trig", ".sssom.jsonld")
ENDINGS = (*TABLES, *TREES, *GRAPHS)
"""Endings of names of files that hold mappings."""
MOST_DEPTH = 20
"""How deep an object of JSON may be nested."""


def accepts(path: Path) -> bool:
    """Whether the name of a file says that it holds mappings."""
    return path.name.lower().endswith(ENDINGS)


def parse(path: Path, tell: Tell) -> MappingSet:
    """The set that a file holds, values propagated; findings go to ``tell``. Raises UnreadableFile with the place."""
    problems = Problems(path, tell)
    name = path.name.lower()
    if name.endswith(TABLES):
        told, rows, checker = _table(path, problems)
    elif name.endswith(TREES):
        told, rows, checker = _tree(path, problems)
    elif name.endswith(GRAPHS):
        told, rows, checker = _graph(path, problems)
    else:
        known = ", ".join(ENDINGS)
        raise UnreadableFile(f"the ending names no form of SSSOM; use one of {known}", source=str(path))
    problems.line = None
    values = checker.of_set({checker.known(slot, "sssom-metadata-unknown"): texts for slot, texts in told.raw.items()})
    _look_at(values, path, problems)
    return _finished(MappingSet(values, told.prefixes), list(rows), checker, problems)


def _look_at(values: Values, path: Path, problems: Problems) -> None:
    """Tell where a set lacks its address or its licence, or where its address names another file."""
    if "license" not in values:
        problems("sssom-licence-missing", "The set does not say under which licence it is.", column="license")
    address = next(iter(values.get("mapping_set_id", ())), "")
    if not address:
        problems(
            "sssom-set-id-missing", "The set has no address; it is called by the name of the file.", column="mapping_set_id"
        )
    named = address.rpartition("/")[2]
    if named.lower().endswith(ENDINGS) and named != path.name:
        message = f"The address of the set ends with {named}, and the file is called {path.name}."
        problems("sssom-set-id-other-file", message, column="mapping_set_id", value=address)


def _finished(told: MappingSet, rows: list[tuple[int | None, Raw]], checker: Checker, problems: Problems) -> MappingSet:
    found = [record for line, raw in rows if raw and (record := checker.of_record(raw, line))]
    records = tuple(_once(found, problems))
    problems.line = None
    whole, kept = propagated(MappingSet(told.values, told.prefixes, checker.extensions, records, len(rows)))
    for name in kept:
        problems(
            "sssom-not-propagated",
            "Rows have values of their own: the one of the set is not passed on.",
            Severity.INFO,
            column=name,
        )
    left, repeated = len(rows) - len(found), len(found) - len(records)
    counts = f"{len(rows):,} rows: {len(records):,} records, {left:,} left out, {repeated:,} repeated."
    problems("sssom-rows", counts, Severity.INFO)
    return whole


def _once(records: Iterable[Record], problems: Problems) -> Iterator[Record]:
    """Each record once; one that says the same as an earlier one is told."""
    seen: dict[frozenset[tuple[str, tuple[str, ...]]], int | None] = {}
    identifiers: Counter[str] = Counter()
    for one in records:
        key = frozenset(one.values.items())
        if key in seen:
            problems.line = one.line
            problems("sssom-row-duplicate", f"The row says the same as row {seen[key]}, and is kept once.")
            continue
        seen[key] = one.line
        identifiers[one.one("record_id")] += 1
        if one.one("record_id") and identifiers[one.one("record_id")] > 1:
            problems.line = one.line
            message = "Another row has this identifier; kept without it."
            problems("sssom-record-id-repeated", message, column="record_id", value=one.one("record_id"))
            yield Record({name: values for name, values in one.values.items() if name != "record_id"}, one.line)
        else:
            yield one


Parsed = tuple[Metadata, Iterator[tuple[int | None, Raw]], Checker]


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise UnreadableFile("the file is not UTF-8; save it as UTF-8", source=str(path)) from error
    except OSError as error:
        raise UnreadableFile(error.strerror or str(error), source=str(path)) from error


def _table(path: Path, problems: Problems) -> Parsed:
    told, table, first = tables.metadata(path, _text(path), problems)
    checker = Checker(problems, told.prefixes, told.extensions)
    columns, rows = tables.header(table, path, first)
    problems.line = first + 1
    columns = [_column(name, columns[:place], checker, problems) for place, name in enumerate(columns)]
    problems.line = None
    return told, tables.cells(columns, rows, problems), checker


def _column(name: str, before: list[str], checker: Checker, problems: Problems) -> str:
    """The slot of a column; empty for one that cannot be used."""
    if not name:
        problems("sssom-column-unnamed", f"Column {len(before) + 1} has no name and is not read.")
    elif name in before:
        problems("sssom-column-repeated", "The later column is not read.", column=name)
    else:
        return checker.known(name, "sssom-column-unknown")
    return ""


def _tree(path: Path, problems: Problems) -> Parsed:
    try:
        text = _text(path)
        found = plain.whole(json.loads(text, parse_float=str, parse_int=str, parse_constant=str), text, source=str(path))
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFile(f"{error}; the file is not JSON"[:300], source=str(path)) from error
    if not isinstance(found, dict) or not isinstance(found.get("mappings", []), list):
        raise UnreadableFile("the file has to hold an object with a list called mappings", source=str(path))
    listed = found.pop("mappings", [])
    told = metadata.from_tree({key: _texts(value, MOST_DEPTH) for key, value in found.items() if _says(key, value)}, problems)
    checker = Checker(problems, told.prefixes, told.extensions)
    return told, _objects(listed, checker, problems), checker


def _says(key: str, value: object) -> bool:
    return value is not None and (key == "@context" or not key.startswith("@"))


def _texts(value: object, depth: int) -> Told:
    """A tree of JSON as texts; what lies deeper than anything that the standard knows is left out."""
    if isinstance(value, list) and depth:
        return [_texts(one, depth - 1) for one in value if one is not None]
    if isinstance(value, dict) and depth:
        return {key: _texts(one, depth - 1) for key, one in value.items() if one is not None}
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else ""


def _objects(listed: list[object], checker: Checker, problems: Problems) -> Iterator[tuple[int | None, Raw]]:
    for number, one in enumerate(listed, start=1):
        problems.line = number
        if not isinstance(one, dict):
            problems("sssom-json-wrong", "The mapping is left out: it is no object.", Severity.VIOLATION, value=str(one))
            yield number, {}
            continue
        raw = {}
        for key, value in one.items():
            if _says(key, value) and not key.startswith("@"):
                raw[checker.known(key, "sssom-column-unknown")] = _listed(key, _texts(value, MOST_DEPTH), problems)
        yield number, raw


def _listed(name: str, value: Told, problems: Problems) -> list[str]:
    found = [value] if isinstance(value, str) else list(value)
    texts = [one for one in found if isinstance(one, str)]
    if isinstance(value, dict) or len(texts) < len(found):
        problems(
            "sssom-json-wrong", "A text, a number or a list of them is needed; this is left out.", column=name, value=str(value)
        )
        return [] if isinstance(value, dict) else texts
    return texts


def _graph(path: Path, problems: Problems) -> Parsed:
    said, prefixes = rdf.parsed(path)
    told = rdf.metadata(said, prefixes, problems)
    checker = Checker(problems, None, told.extensions)
    return told, rdf.rows(said, checker, problems), checker
