from __future__ import annotations

import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards_graph import resources
from standards_graph.errors import BadQuery, TooLarge
from standards_graph.queries import __file__ as queries_file
from standards_graph.workers.guard import MOST_BYTES, inspect
from tests.workers.disguises import DISGUISES, INNOCENT

ENGINE = ox.Store()  # noqa: TID251 - empty, to ask what it reads
FRAGMENTS = (
    "SELECT", "ASK", "{", "}", "(", ")", "[", "]", "<", ">", "<<", ">>", "{|", "|}", "'", '"', "'''", '"""', "\\", "\\u0041",
    "#", "\n", " ", "?x", "ex:a", "ex:", ":", ".", ";", ",", "/", "|", "^", "*", "+", "<http://e/>", "SERVICE", "LOAD",
    "FILTER",
    "VALUES", "GRAPH", "1", "1.5e3", "@en", "_:b", "é", "a", "true", "UNION", "<=", "\ud800", "\x00", "ORDER BY", "BIND",
)  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join))


@given(texts)
@settings(max_examples=400, deadline=None)
def test_any_text_is_inspected_or_refused_at_a_place_inside_it(text: str) -> None:
    try:
        refused, form = None, inspect(text).form
    except BadQuery as error:
        refused, form = error, ""
    if refused is None:
        assert form in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
        return
    lines = text.split("\n")
    assert 1 <= (refused.line or 0) <= len(lines)
    line = lines[(refused.line or 0) - 1]
    assert 1 <= (refused.column or 0) <= len(line) + 1
    assert refused.excerpt in line


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join))
@settings(max_examples=400, deadline=None)
def test_what_is_inspected_and_has_the_bare_keyword_is_always_refused(text: str) -> None:
    before, after = "ASK { ?s ?p ?o . SERVICE <http://127.0.0.1:9/> { } }\n", text
    with pytest.raises(BadQuery, match="SERVICE is refused"):
        inspect(before + after)


@pytest.mark.parametrize("query", DISGUISES)
def test_no_dress_hides_a_request_to_another_address(query: str) -> None:
    with pytest.raises(BadQuery) as caught:
        inspect(query)
    assert caught.value.line
    assert caught.value.column


@pytest.mark.parametrize("query", INNOCENT)
def test_the_words_are_innocent_in_texts_iris_comments_and_names(query: str) -> None:
    ENGINE.query(query)
    inspect(query)


def test_the_place_of_a_refusal_is_that_of_the_word() -> None:
    with pytest.raises(BadQuery) as caught:
        inspect("SELECT * WHERE {\n  ?s ?p ?o .\n  service <http://127.0.0.1:9/> { }\n}")
    assert (caught.value.line, caught.value.column) == (3, 3)
    assert caught.value.excerpt == "  service <http://127.0.0.1:9/> { }"
    assert "SERVICE is refused" in str(caught.value)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("# DESCRIBE\nBASE <http://e/> PREFIX select: <http://e/> ask {}", "ASK"),
        ("construct where { ?s ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE <http://e/>", "DESCRIBE"),
        ("SELECT(1 AS ?x){}", "SELECT"),
        ("PREFIX a.b: <http://e/> ASK { ?s a.b:ask ?o { SELECT * {} } }", "ASK"),
    ],
)
def test_the_form_is_the_first_word_that_names_one(query: str, form: str) -> None:
    assert inspect(query).form == form


def test_a_query_that_asks_for_the_time_or_for_chance_is_not_repeatable() -> None:
    assert not inspect("SELECT (RAND() AS ?x) {}").repeatable
    assert not inspect("SELECT (now() AS ?x) {}").repeatable
    assert inspect("SELECT ?now { ?now <http://e/RAND> 'UUID()' }").repeatable


@pytest.mark.parametrize(
    "word", ["INSERT DATA {}", "delete where { ?s ?p ?o }", "CLEAR ALL", "WITH <http://g/> DELETE {} WHERE {}"]
)
def test_an_update_is_told_that_the_endpoint_only_answers_queries(word: str) -> None:
    with pytest.raises(BadQuery, match="only answers queries"):
        inspect(word)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ASK " + "{" * 3000, "nested more than 64"),
        ("ASK { FILTER" + "(" * 100 + "1", "nested more than 64"),
        ("SELECT * { VALUES ?x { " + "1 " * 5000 + "} }", "5,000 words"),
        ("SELECT * { " + "?s ?p ?o . " * 301 + "}", "300 triple patterns"),
        ("SELECT * { ?s " + "?p ?o ; " * 301 + "}", "300 triple patterns"),
        ("SELECT * { ?s ?p " + "1, " * 301 + "1 }", "300 triple patterns"),
        ("SELECT * { {} " + "UNION {} " * 101 + "}", "100 of UNION"),
        ("SELECT * { " + "OPTIONAL { ?s ?p ?o } " * 101 + "}", "100 of UNION"),
        ("SELECT * { ?s <http://e/>" + "/<http://e/>" * 51 + " ?o }", "50 steps"),
        ("SELECT * { ?s (" + "<http://e/>|" * 51 + "<http://e/>) ?o }", "50 steps"),
        ("ASK { ?s ?p 'it does not end }", "does not end"),
        ('ASK { ?s ?p """it does not end" }', "does not end"),
        ("ASK { ?s ?p 'a\nb' }", "does not end"),
        ("", "not a query"),
        ("PREFIX ex: <http://e/>", "not a query"),
    ],
)
def test_what_is_over_a_bound_is_refused_in_words(query: str, words: str) -> None:
    with pytest.raises(BadQuery, match=words):
        inspect(query)


def test_many_values_and_long_expressions_are_no_patterns() -> None:
    found = inspect(
        "SELECT * { VALUES (?x ?y) { " + "(1 <http://e/>) " * 900 + "} FILTER(?x IN (" + "1, " * 400 + "2)) ?s ?p ?x }"
    )
    assert found.patterns == 1


def test_a_text_over_the_limit_is_too_large_and_the_limit_is_in_bytes() -> None:
    inspect("ASK {} #" + "x" * (MOST_BYTES - 8))
    with pytest.raises(TooLarge):
        inspect("ASK {} #" + "é" * (MOST_BYTES // 2))
    with pytest.raises(TooLarge):
        inspect("ASK {}", most_bytes=5)


@pytest.mark.parametrize(
    "piece", ["a.a", "a1", "é", "a-", '"', "<a", "#\n", "SELECT é.a", ":a", "'''", "_:a.", "1.", "%", "(1<2", "a.", "\\"]
)
def test_time_is_linear_whatever_is_repeated(piece: str) -> None:
    started = time.process_time()
    with pytest.raises(BadQuery):
        inspect((piece * MOST_BYTES)[:30_000])
    assert time.process_time() - started < 0.3


def test_every_query_of_the_project_passes() -> None:
    folders = (resources.ontology() / "questions", Path(queries_file).parent)
    found = [path for folder in folders for path in sorted(folder.rglob("*.rq"))]
    assert found
    for path in found:
        inspect(path.read_text("utf-8"))


def test_queries_of_the_w3c_suites_that_the_engine_reads_are_never_refused(shared: Path) -> None:
    read = 0
    for path in sorted((shared / "w3c-rdf-tests" / "sparql").rglob("*.rq")):
        text = path.read_bytes().decode("utf-8", "replace")
        if path.parent.name not in _FEDERATION and _is_read(text):
            read += 1
            inspect(text)
    assert read > 900


def test_queries_of_the_w3c_suites_of_federation_are_refused_for_service(shared: Path) -> None:
    for folder in _FEDERATION:
        for path in sorted((shared / "w3c-rdf-tests" / "sparql" / "sparql11" / folder).glob("*.rq")):
            with pytest.raises(BadQuery, match="SERVICE is refused"):
                inspect(path.read_text("utf-8"))


_FEDERATION = ("service", "syntax-fed")


def _is_read(text: str) -> bool:
    try:
        ENGINE.query(text, base_iri="http://example.org/")
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        return True
    return True
