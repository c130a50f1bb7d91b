"""Measure what the budgets name, on the packaged content: start, pages, endpoint, content.

    python tools/bench.py [--rounds 50]

Starts the service twice on a fresh data folder and prints JSON: seconds of the first load, seconds from the second start to
readiness, for each page its bytes as sent (compressed) and p50 and p95 of its server time in milliseconds (one connection,
kept open, no pause), the same for three queries at ``/sparql`` with the cache passed by, and what the registry holds.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from tools.siege import service

PAGES = (
    *("/", "/standards", "/regulators", "/jurisdictions", "/networks", "/devices", "/questions", "/query"),
    *("/edition/iec-62304-2006-plus-amd1-2015", "/network/healthai-grn", "/search?q=62304"),
)
QUERIES = {
    "ask": "ASK { ?s ?p ?o }",
    "hundred rows": "SELECT * WHERE { ?s ?p ?o } LIMIT 100",
    "count by class": "SELECT ?c (COUNT(?s) AS ?n) WHERE { ?s a ?c } GROUP BY ?c",
}
CLASSES = (
    "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE { GRAPH ?g { ?s a ?c } FILTER(STRSTARTS(STR(?c), STR(sgo:))) } GROUP BY ?c"
)
SOURCELESS = """SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { GRAPH ?g { ?s a ?c } ?c rdfs:subClassOf* sgo:RegistryEntity .
  FILTER NOT EXISTS { GRAPH ?h { ?s sgo:hasSourceRecord ?r } } }"""
QUADS = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
PREFIXES = "PREFIX sgo: <https://w3id.org/standards-graph/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


def timed(connection: http.client.HTTPConnection, path: str, rounds: int) -> dict[str, float]:
    """Bytes as sent, and p50 and p95 in milliseconds."""
    times, size = [], 0
    for turn in range(rounds):
        begun = time.perf_counter()
        connection.request("GET", path.replace("TURN", str(turn)), headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        size = len(answer.read())
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    return {"bytes": size, "p50_ms": round(times[rounds // 2], 1), "p95_ms": round(times[rounds * 95 // 100], 1)}


def rows(connection: http.client.HTTPConnection, query: str) -> list[list[str]]:
    """The rows of a query, without the header."""
    connection.request("GET", "/sparql?query=" + urllib.parse.quote(PREFIXES + query), headers={"Accept": "text/csv"})
    answer = connection.getresponse()
    lines = answer.read().decode().split("\r\n")
    return [line.split(",") for line in lines[1:] if line]


def main(words: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=50)
    rounds = options.parse_args(words).rounds
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        begun = time.monotonic()
        env = os.environ | {"STANDARDS_GRAPH_HOME": folder}
        subprocess.run([sys.executable, "-m", "standards_graph.cli", "load"], env=env, check=True, capture_output=True)
        found["first_load_s"] = round(time.monotonic() - begun, 2)
        with service(home) as (_, port, ready):
            found["second_start_s"] = round(ready, 2)
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            found["pages"] = {page: timed(connection, page, rounds) for page in PAGES}
            asked = {name: "/sparql?query=" + urllib.parse.quote(text) + "%20%23TURN" for name, text in QUERIES.items()}
            found["queries"] = {name: timed(connection, path, rounds) for name, path in asked.items()}
            found["quads"] = int(rows(connection, QUADS)[0][0])
            found["entities_without_source"] = int(rows(connection, SOURCELESS)[0][0])
            found["classes"] = {iri.rpartition("#")[2]: int(n) for iri, n in sorted(rows(connection, CLASSES))}
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
