"""Query files: their parameters, their pages, their names."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from standards_graph import queries
from standards_graph.errors import BadArgument, NotFound

TEXT = """#+ question: Who?
#+ label who: Whose

SELECT ?x WHERE {
  VALUES ?who { <http://example.org/a> }

  VALUES ?on { UNDEF }
  VALUES (?p) { (<http://example.org/p>) }
  ?x ?p ?who
}
LIMIT 50 OFFSET 0
"""
OWN = sorted(
    path.relative_to(Path(queries.__file__).parent).with_suffix("").as_posix()
    for path in Path(queries.__file__).parent.rglob("*.rq")
)


def test_a_line_of_values_is_a_parameter_with_its_default() -> None:
    query = queries.parse("example", TEXT)
    assert query.parameters == {"who": "<http://example.org/a>", "on": "UNDEF"}
    assert query.header == {"question": "Who?", "label who": "Whose"}


def test_binding_changes_the_line_and_no_other() -> None:
    bound = queries.parse("example", TEXT).bind(who=NamedNode("http://example.org/b")).splitlines()
    before = TEXT.splitlines()
    assert [place for place, line in enumerate(before) if bound[place] != line] == [4]
    assert bound[4] == "  VALUES ?who { <http://example.org/b> }"


def test_several_values_are_alternatives_and_none_finds_nothing() -> None:
    query = queries.parse("example", TEXT)
    assert "VALUES ?on { 1 2 }" in query.bind(on=[Literal(1), Literal(2)]).replace(
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>', "1"
    ).replace('"2"^^<http://www.w3.org/2001/XMLSchema#integer>', "2")
    assert "VALUES ?on {  }" in query.bind(on=[])


def test_a_parameter_that_the_query_does_not_have_is_told_with_those_it_has() -> None:
    with pytest.raises(BadArgument) as error:
        queries.parse("example", TEXT).bind(whom=Literal("x"))
    assert error.value.known == ("who", "on")


def test_a_page_is_a_part_of_the_answer() -> None:
    assert queries.paged(TEXT, limit=10, offset=20).endswith("LIMIT 10 OFFSET 20\n")
    assert "LIMIT" not in queries.paged(TEXT, limit=None)
    with pytest.raises(BadArgument):
        queries.paged("SELECT * { }", limit=10)


@given(st.text())
def test_a_text_never_becomes_part_of_the_query(text: str) -> None:
    store = ox.Store()  # noqa: TID251 - the engine reads what was bound
    try:
        value = Literal(text)
    except ValueError:
        return
    bound = queries.parse("ask", "SELECT ?it WHERE {\n  VALUES ?it { UNDEF }\n}").bind(it=value)
    found = store.query(bound)
    assert isinstance(found, ox.QuerySolutions)
    assert [row["it"] for row in found] == [value]


@pytest.mark.parametrize("name", OWN)
def test_every_query_of_our_own_runs_as_it_stands(name: str) -> None:
    store = ox.Store()  # noqa: TID251 - the engine reads the file
    store.query(queries.load(name).text)


def test_a_question_that_nobody_wrote_is_told_with_those_there_are() -> None:
    with pytest.raises(NotFound, match="us-recognised-eu-harmonised"):
        queries.question("none")
