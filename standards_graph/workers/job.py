"""The words between lanes, zygotes and workers: small JSON messages, and bulk in an anonymous file passed beside them."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Sequence
from typing import Any

from pyoxigraph import NamedNode

from standards_graph import errors
from standards_graph.model.answers import Dataset, Limits

MESSAGE = 65536
"""Longest message between the processes, in bytes; queries and answers travel in the file instead."""

_KNOWN = {
    kind.code: kind
    for kind in (
        errors.BadQuery,
        errors.NotAcceptable,
        errors.TooLarge,
        errors.QueryTooDeep,
        errors.QueryTimeout,
        errors.QueryOutOfMemory,
        errors.TooManyRequests,
        errors.Busy,
        errors.Gone,
        errors.StoreFailure,
    )
}


def anonymous_file(name: str) -> int:
    """A new file in memory, without a name in any folder."""
    return os.memfd_create(name, os.MFD_CLOEXEC)


def refill(file: int, content: bytes) -> None:
    """Put these bytes in the file instead of what it holds."""
    os.ftruncate(file, 0)
    os.lseek(file, 0, os.SEEK_SET)
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]


def contents(file: int) -> bytes:
    """All bytes of the file."""
    size = os.fstat(file).st_size
    return os.pread(file, size, 0) if size < 1 << 30 else b"".join(iter(lambda: os.read(file, 1 << 24), b""))


def send(channel: socket.socket, message: dict[str, Any], files: Sequence[int] = ()) -> None:
    """Send one message, with open files if any."""
    socket.send_fds(channel, [json.dumps(message).encode()], list(files))


def receive(channel: socket.socket, files: int = 1) -> tuple[dict[str, Any] | None, list[int]]:
    """The next message and the files that came with it; None when the other side is gone."""
    try:
        data, fds, _, _ = socket.recv_fds(channel, MESSAGE, files)
    except ConnectionError:
        return None, []
    return (json.loads(data), fds) if data else (None, fds)


def packed(query: str, *, media_type: str, dataset: Dataset | None, limits: Limits) -> bytes:
    """A query and all that belongs to it, as bytes."""
    graphs = None if dataset is None else [[g.value for g in dataset.default], [g.value for g in dataset.named]]
    return json.dumps({"query": query, "type": media_type, "graphs": graphs, "answer": limits.answer}).encode()


def unpacked(content: bytes) -> dict[str, Any]:
    """The arguments of ``evaluate``, from what ``packed`` made."""
    told = json.loads(content)
    graphs = told["graphs"]
    return {
        "query": told["query"],
        "media_type": told["type"],
        "dataset": graphs and Dataset(tuple(map(NamedNode, graphs[0])), tuple(map(NamedNode, graphs[1]))),
        "limits": Limits(answer=told["answer"]),
    }


def told(error: errors.RegistryError) -> dict[str, Any]:
    """An error as a message."""
    facts = {
        name: getattr(error, name)
        for name in ("reason", "line", "column", "excerpt", "offered", "retry_after", "revision")
        if hasattr(error, name)
    }
    return {"error": error.code, "message": str(error), **facts}


def raised(message: dict[str, Any]) -> errors.RegistryError:
    """The error that a message tells of."""
    kind = _KNOWN.get(message["error"], errors.StoreFailure)
    if kind is errors.BadQuery:
        return errors.BadQuery(message["reason"], line=message["line"], column=message["column"], excerpt=message["excerpt"])
    if kind is errors.NotAcceptable:
        return errors.NotAcceptable(message["message"], offered=message["offered"])
    if kind is errors.Gone:
        return errors.Gone(message["message"], revision=message.get("revision"))
    if kind in (errors.Busy, errors.TooManyRequests):
        return kind(message["message"], retry_after=message["retry_after"])
    return kind(message["message"])
