"""The command line as a client of the endpoint."""

from __future__ import annotations

import json

import pytest

from tests.flow.conftest import Service


def ask(service: Service, text: str, *more: str, path: str = "/sparql") -> tuple[int, str, str]:
    done = service.run("query", "--endpoint", f"http://127.0.0.1:{service.port}{path}", "-e", text, *more)
    return done.returncode, done.stdout, done.stderr


def test_the_endpoint_and_the_data_folder_give_the_same_rows(service: Service) -> None:
    text = "SELECT ?it ?name { ?it a sgo:Jurisdiction ; rdfs:label ?name } ORDER BY ?it ?name"
    code, found, _ = ask(service, text, "--format", "json")
    own = service.run("query", "-e", text, "--format", "json").stdout
    assert code == 0
    assert json.loads(found) == json.loads(own)


def test_a_graph_comes_as_turtle(service: Service) -> None:
    code, found, _ = ask(service, "CONSTRUCT WHERE { ?it a sgo:Jurisdiction }")
    assert code == 0
    assert "Jurisdiction" in found


def test_the_endpoints_words_and_place_are_shown(service: Service) -> None:
    code, _, told = ask(service, "SELECT ?s\nWHERE { ?s ?p }")
    assert code == 3
    assert told.startswith("error: line 2, column ")
    assert "WHERE { ?s ?p }" in told


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/sparql", "http://127.0.0.1:{port}/nothing-here"])
def test_an_address_that_is_no_endpoint_is_said_in_a_sentence(service: Service, address: str) -> None:
    done = service.run("query", "--endpoint", address.format(port=service.port), "-e", "ASK {}")
    assert done.returncode == 1
    assert done.stderr.startswith("error: http://127.0.0.1:")
    assert "Traceback" not in done.stderr


def test_an_address_that_is_not_http_is_wrong_usage(service: Service) -> None:
    assert service.run("query", "--endpoint", "file:sparql", "-e", "ASK {}").returncode == 2
