"""The whole web application: the endpoint in front of the pages, and a log line for each request."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, request

from standards_graph.registry import Registry
from webapp import health, log, permissions, resolve, respond, sparql
from webapp.application import create_app


def make(registry: Registry, *, sink: log.Sink | None = None) -> WSGIApplication:
    """The application over a registry; ``sink`` takes the log lines, standard error if none is given."""
    return in_front(registry, equipped(create_app(registry)), sink=sink)


def equipped(app: Flask) -> Flask:
    """A Flask application over a registry with the resolver, health, tags by revision and routes for the log."""
    app.register_blueprint(health.blueprint)
    app.register_blueprint(resolve.blueprint)
    app.before_request(_tell_route)
    respond.etagged(app)
    permissions.check(app)
    return app


def in_front(registry: Registry, pages: WSGIApplication, *, sink: log.Sink | None = None) -> WSGIApplication:
    """The endpoint in front of any application, both in the log."""
    endpoint = sparql.Endpoint(registry)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == sparql.PATH:
            environ[log.ROUTE] = sparql.PATH
            return endpoint(environ, start_response)
        return pages(environ, start_response)

    return log.RequestLog(application, sink or log.to_stderr(registry.settings.log_format))


def _tell_route() -> None:
    """Leave the route, not the address, for the log line."""
    if request.url_rule is not None:
        request.environ[log.ROUTE] = request.url_rule.rule
