"""Two schemes against each other as a table: what is said of each pair, in words."""

from __future__ import annotations

import csv
import io

from standards_graph.model.mappings import End, Matrix, Standing, Statement

NOT_RECORDED = Standing.NOT_RECORDED.value
"""What a cell says where there is no record: that is no statement that nothing corresponds."""


def serialise(matrix: Matrix) -> bytes:
    """One row for each class of the first scheme, one column for each of the second; no cell is empty."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("class", "name", *(f"{_code(one)} {one.name}" for one in matrix.columns)))
    for row in matrix.rows:
        cells = (matrix.cells.get((row.iri, column.iri), ()) for column in matrix.columns)
        writer.writerow((_code(row), row.name, *(" | ".join(map(said, found)) or NOT_RECORDED for found in cells)))
    return out.getvalue().encode()


def said(one: Statement) -> str:
    """What one record says of a pair: relation, confidence, who claims it, for what and when."""
    confidence = "confidence not recorded" if one.confidence is None else f"{one.confidence:g}"
    facts = [confidence, one.standing.value, one.scope]
    facts += [f"from {one.valid_from}"] if one.valid_from else []
    facts += [f"until {one.valid_until}"] if one.valid_until else []
    return f"{one.words} ({', '.join(fact for fact in facts if fact)})"


def _code(end: End) -> str:
    return "/".join(end.iri.rsplit("/", 2)[-2:])
