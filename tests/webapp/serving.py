"""A few statements, applications over them, and a server on loopback, for the tests of the endpoint."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import WSGIApplication

from flask import Flask
from pyoxigraph import Literal, Quad
from werkzeug.test import Client

from standards_graph.registry import Registry
from standards_graph.settings import Settings
from standards_graph.vocab import RDF, RDFS, SGO, SKOS, concept, entity, graph, mapping
from webapp import errors, wsgi
from webapp.current import EXTENSION

US, GB, FDA, MHRA = (entity(*of) for of in (("jurisdiction", "us"), ("jurisdiction", "gb"), ("org", "fda"), ("org", "mhra")))
SOURCE, CLASS, RECORD = entity("source", "00aa11bb22cc33dd"), concept("us-fda-class", "ii"), mapping("03be000000000000")
CURATED, UNVERIFIED, ONTOLOGY = graph("curated/jurisdictions"), graph("unverified/jurisdictions"), graph("ontology")

QUADS = (
    Quad(US, RDF.type, SGO.Jurisdiction, CURATED),
    Quad(US, RDFS.label, Literal("United States", language="en"), CURATED),
    Quad(US, SGO.hasSourceRecord, SOURCE, CURATED),
    Quad(SOURCE, SGO.rowKey, Literal("jurisdictions#us"), CURATED),
    Quad(FDA, SGO.inJurisdiction, US, CURATED),
    Quad(FDA, RDFS.label, Literal("Food and Drug Administration", language="en"), CURATED),
    Quad(GB, RDF.type, SGO.Jurisdiction, UNVERIFIED),
    Quad(GB, RDFS.label, Literal("Royaume-Uni — Großbritannien", language="fr"), UNVERIFIED),
    Quad(CLASS, SKOS.prefLabel, Literal("Class II", language="en"), graph("scheme/us-fda-class")),
    Quad(RECORD, RDFS.label, Literal("A mapping", language="en"), graph("mapping/risk-classes")),
    Quad(SGO.Jurisdiction, RDFS.label, Literal("jurisdiction", language="en"), ONTOLOGY),
)


def a_registry(**settings: Any) -> Registry:
    """A registry of those statements."""
    return Registry.in_memory(QUADS, Settings(**settings))


def bare(registry: Registry) -> Flask:
    """The resolver and health, without the pages."""
    app = Flask("webapp")
    app.extensions[EXTENSION] = registry
    errors.handle_errors(app)
    return wsgi.equipped(app)


def application(registry: Registry, lines: list[dict[str, Any]] | None = None) -> WSGIApplication:
    """The endpoint in front of the resolver and health."""
    return wsgi.in_front(registry, bare(registry), sink=([] if lines is None else lines).append)


def client(registry: Registry | None = None) -> Client:
    """A client in this process."""
    return Client(application(registry or a_registry()))


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(app: WSGIApplication) -> Iterator[str]:
    """The address under which an application is served on loopback."""
    with make_server("127.0.0.1", 0, app, _Server, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
