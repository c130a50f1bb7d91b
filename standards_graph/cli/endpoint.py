"""Asking another registry over the SPARQL 1.1 Protocol."""

from __future__ import annotations

import ast
import json
from typing import Any, cast
from urllib.error import HTTPError, URLError

from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from standards_graph.cli import show
from standards_graph.errors import BadArgument, BadQuery, StoreFailure
from standards_graph.model import answers

_ANY = f"{answers.JSON}, {answers.TURTLE};q=0.9"


def answer(address: str, query: str, format_: str | None, *, seconds: float) -> tuple[bytes, str]:
    """The answer of an endpoint and its media type; raises BadQuery, StoreFailure."""
    client = _client(address, seconds)
    client.addCustomHttpHeader("Accept", show.MEDIA_TYPES[format_] if format_ else _ANY)
    client.setQuery(query)
    try:
        response = client.query().response
        return response.read(), response.headers.get_content_type()
    except QueryBadFormed as error:
        raise _refused(_body(error)) from error
    except SPARQLWrapperException as error:
        raise StoreFailure(f"{address}: {_detail(_body(error)) or error.msg}.") from error
    except HTTPError as error:
        raise StoreFailure(f"{address} answered {error.code}: {_detail(error.read()) or error.reason}") from error
    except (URLError, OSError) as error:
        raise StoreFailure(f"{address} could not be asked: {error}.") from error


def _client(address: str, seconds: float) -> SPARQLWrapper:
    if not address.startswith(("http://", "https://")):
        raise BadArgument("The address of an endpoint starts with http:// or https://.", name="endpoint")
    client = SPARQLWrapper(address)
    client.setMethod(POST)
    client.setOnlyConneg(True)
    client.setTimeout(max(1, round(seconds)))
    return client


def _refused(body: bytes) -> BadQuery:
    """The endpoint's own words and place, where it answers as application/problem+json (RFC 9457)."""
    facts = _facts(body)
    reason = str(facts.get("reason") or facts.get("detail") or body.decode("utf-8", "replace")[:500])
    return BadQuery(reason, line=facts.get("line"), column=facts.get("column"), excerpt=str(facts.get("excerpt") or ""))


def _body(error: SPARQLWrapperException) -> bytes:
    """What the endpoint said: SPARQLWrapper keeps it in its message alone, as the literal of the bytes."""
    _, _, literal = str(error).partition("Response:\n")
    return cast(bytes, ast.literal_eval(literal)) if literal else b""


def _detail(body: bytes) -> str:
    return str(_facts(body).get("detail", ""))


def _facts(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
