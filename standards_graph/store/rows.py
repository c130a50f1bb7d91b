"""Rows of a SELECT, read by name and by kind from the JSON results format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from standards_graph.errors import StoreFailure
from standards_graph.model.answers import JSON, Answer

Term = NamedNode | Literal | BlankNode


@dataclass(frozen=True, slots=True)
class Row:
    """One row; a variable that the query does not bind is a sentence, not a KeyError."""

    cells: dict[str, Any]

    def __contains__(self, name: str) -> bool:
        return name in self.cells

    def _cell(self, name: str, kind: str) -> str:
        cell = self.cells.get(name)
        if cell is None:
            raise StoreFailure(f"The query leaves ?{name} open where its reader needs it.")
        if kind == "uri" and cell["type"] != "uri":
            raise StoreFailure(f"The query binds ?{name} to a {cell['type']} where its reader needs an IRI.")
        return str(cell["value"])

    def iri(self, name: str) -> NamedNode:
        """The IRI in this column."""
        return NamedNode(self._cell(name, "uri"))

    def iri_if_any(self, name: str) -> NamedNode | None:
        """The IRI in this column, or None where the query left it open."""
        return self.iri(name) if name in self.cells else None

    def text(self, name: str) -> str:
        """The value in this column as text."""
        return self._cell(name, "any")

    def text_if_any(self, name: str) -> str:
        """The value as text, or an empty text where the query left it open."""
        return self.text(name) if name in self.cells else ""

    def number(self, name: str) -> int:
        """The whole number in this column."""
        return int(self._cell(name, "any"))

    def yes(self, name: str) -> bool:
        """The yes or no in this column."""
        return self._cell(name, "any") in {"true", "1"}

    def term(self, name: str) -> Term | None:
        """The RDF term in this column, or None."""
        cell = self.cells.get(name)
        return None if cell is None else _term(cell)


def _term(cell: dict[str, Any]) -> Term:
    value = cell["value"]
    if cell["type"] == "uri":
        return NamedNode(value)
    if cell["type"] == "bnode":
        return BlankNode(value)
    if "xml:lang" in cell:
        return Literal(value, language=cell["xml:lang"])
    return Literal(value, datatype=NamedNode(cell["datatype"])) if "datatype" in cell else Literal(value)


def rows(answer: Answer) -> Iterator[Row]:
    """The rows of a SELECT that was answered as SPARQL results JSON."""
    for binding in json.loads(answer.body)["results"]["bindings"]:
        yield Row(binding)


def truth(answer: Answer) -> bool:
    """The result of an ASK that was answered as SPARQL results JSON."""
    return bool(json.loads(answer.body)["boolean"])


def with_column(body: bytes, name: str, key: str, told: Mapping[str, str], media_type: str) -> bytes:
    """A SELECT's JSON results with one more column, as JSON or CSV: for each row what is ``told`` of the value of ``key``."""
    found = json.loads(body)
    found["head"]["vars"].append(name)
    for cells in found["results"]["bindings"]:
        if text := told.get(cells.get(key, {}).get("value", "")):
            cells[name] = {"type": "literal", "value": text}
    if media_type == JSON:
        return json.dumps(found, ensure_ascii=False).encode()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(found["head"]["vars"])
    writer.writerows(
        [cells.get(one, {}).get("value", "") for one in found["head"]["vars"]] for cells in found["results"]["bindings"]
    )
    return out.getvalue().encode()
