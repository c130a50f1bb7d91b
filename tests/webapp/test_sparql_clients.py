from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from standards_graph.settings import Settings
from tests.conftest import ROOT
from tests.webapp.serving import ONTOLOGY, UNVERIFIED, US, a_registry, application, client, served

PAGE = ROOT / "docs" / "endpoint.md"
LABELS = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?s ?label { ?s rdfs:label ?label } ORDER BY ?label"
GRAPH = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o }"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, served(application(a_registry())) as base:
        patch.setenv("no_proxy", "*")
        yield f"{base}/sparql"


def wrapped(address: str, query: str, format_: str) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(address)
    wrapper.setReturnFormat(format_)
    wrapper.setQuery(query)
    wrapper.setTimeout(10)
    return wrapper


def converted(wrapper: SPARQLWrapper) -> Any:
    result = wrapper.query()
    try:
        return result.convert()
    finally:
        result.response.close()


def test_sparqlwrapper_reads_rows_in_all_its_formats(address: str) -> None:
    found = converted(wrapped(address, LABELS, JSON))
    assert found["results"]["bindings"][0]["label"]["value"] == "A mapping"
    assert "United States" in converted(wrapped(address, LABELS, XML)).toxml()
    assert b"United States" in converted(wrapped(address, LABELS, CSV))
    assert b"United States" in converted(wrapped(address, LABELS, TSV))


def test_sparqlwrapper_reads_a_yes_or_no(address: str) -> None:
    assert converted(wrapped(address, "ASK { ?s ?p ?o }", JSON))["boolean"] is True
    assert "true" in converted(wrapped(address, "ASK { ?s ?p ?o }", XML)).toxml()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("format_", [XML, RDFXML, JSONLD])
@pytest.mark.parametrize("query", [GRAPH, f"DESCRIBE <{US.value}>"])
def test_sparqlwrapper_reads_graphs_as_graphs(address: str, format_: str, query: str) -> None:
    found = converted(wrapped(address, query, format_))
    assert isinstance(found, rdflib.Graph)
    assert rdflib.Literal("United States", lang="en") in set(found.objects())


@pytest.mark.parametrize("format_", [TURTLE, N3])
def test_sparqlwrapper_reads_graphs_as_text(address: str, format_: str) -> None:
    assert b'"United States"@en' in converted(wrapped(address, GRAPH, format_))


@pytest.mark.parametrize("way", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_posts_and_names_graphs(address: str, way: str) -> None:
    wrapper = wrapped(address, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", JSON)
    wrapper.setMethod(POST)
    wrapper.setRequestMethod(way)
    wrapper.addParameter("default-graph-uri", UNVERIFIED.value)
    assert converted(wrapper)["results"]["bindings"][0]["n"]["value"] == "2"


def test_sparqlwrapper_tells_a_bad_query_from_other_errors(address: str) -> None:
    with pytest.raises(QueryBadFormed) as caught:
        wrapped(address, "SELECT oops", JSON).query()
    assert b"bad-query" in str(caught.value).encode()
    wrong = wrapped(address, LABELS, JSON)
    wrong.addParameter("reasoning", "yes")
    with pytest.raises(QueryBadFormed):
        wrong.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflibs_store_asks_the_endpoint(address: str, method: str) -> None:
    store = SPARQLStore(address, method=method)
    graph = rdflib.Graph(store=store)
    rows = list(graph.query(LABELS))
    assert rdflib.Literal("United States", lang="en") in {row[1] for row in rows}
    assert bool(graph.query("ASK { ?s ?p ?o }").askAnswer)
    us = rdflib.URIRef(US.value)
    assert list(graph.objects(us, rdflib.RDFS.label)) == [rdflib.Literal("United States", lang="en")]
    assert len(graph) == 9
    named = rdflib.Graph(store=SPARQLStore(address, method=method), identifier=rdflib.URIRef(ONTOLOGY.value))
    assert len(named) == 1


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.S)


@pytest.mark.parametrize("number", range(len(examples("sh"))))
def test_each_curl_example_of_the_page_runs(address: str, number: int) -> None:
    bash, curl = shutil.which("bash"), shutil.which("curl")
    assert bash
    assert curl
    command = examples("sh")[number].replace("http://127.0.0.1:8000/sparql", address)
    assert address in command
    command = command.replace("curl ", "curl --silent --show-error --fail --noproxy '*' --max-time 10 ", 1)
    done = subprocess.run([bash, "-euc", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_python_example_of_the_page_runs(address: str) -> None:
    (example,) = examples("python")
    code = example.replace("http://127.0.0.1:8000/sparql", address)
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert "https://w3id.org/standards-graph/ontology#Jurisdiction" in done.stdout


def test_the_error_on_the_page_is_the_one_that_the_endpoint_gives() -> None:
    (query,), (expected,) = examples("sparql"), examples("json")
    response = client().post("/sparql", data={"query": query})
    assert response.status_code == 400
    assert json.loads(response.text) == json.loads(expected)
    assert list(json.loads(response.text)) == list(json.loads(expected))


def test_the_limits_on_the_page_are_those_of_the_settings() -> None:
    text = Path(PAGE).read_text("utf-8").replace(",", "")
    usual = {one.name: one.default for one in fields(Settings)}
    for name, unit in (("query_kb", "kB"), ("query_memory_mb", "MiB"), ("answer_mb", "MB")):
        assert f"| {usual[name]} {unit} |" in text
    assert f"| {usual['query_seconds']:g} s |" in text
    assert f"| {usual['queue_per_client']} |" in text
    assert f"| {usual['queue']} |" in text


def test_a_refused_query_is_an_http_error_to_plain_clients(address: str) -> None:
    import urllib.request

    with pytest.raises(HTTPError) as caught:
        urllib.request.urlopen(f"{address}?query=oops", timeout=10)
    assert caught.value.code == 400
    caught.value.close()
