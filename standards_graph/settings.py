"""What an operator may turn: one frozen object, one line for each setting.

A setting comes from the environment variable ``STANDARDS_GRAPH_`` and its name in capitals, else from the optional TOML
file that ``STANDARDS_GRAPH_CONFIG`` names (same names in lower case), else from its default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from standards_graph.errors import Misconfigured

PREFIX = "STANDARDS_GRAPH_"


def setting(default: Any, read: Callable[[str], Any], text: str) -> Any:
    """Declare one setting: its default, how its text is read, and its help."""
    return field(default=default, metadata={"read": read, "help": text})


def _home() -> Path:
    return Path(platformdirs.user_data_dir("standards-graph"))


def _path(text: str) -> Path:
    return Path(text).expanduser()


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError("a port is a number from 1 to 65535")
    return number


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("give a whole number above 0")
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if number <= 0:
        raise ValueError("give a number of seconds above 0")
    return number


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError("give an address that starts with http:// or https://")
    return text.rstrip("/")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, read once at start."""

    host: str = setting("127.0.0.1", str, "Address to listen on.")
    port: int = setting(8000, _port, "Port to listen on.")
    home: Path = field(default_factory=_home, metadata={"read": _path, "help": "Data folder: store, ledger, submitted files."})
    base: str = setting("", lambda t: _address(t) if t else "", "Public address of this service; empty: as the request says.")
    web_processes: int = setting(2, _positive, "Web server processes.")
    web_threads: int = setting(24, _positive, "Threads of each web server process.")
    page_workers: int = setting(2, _positive, "Query workers kept for pages.")
    fast_workers: int = setting(2, _positive, "Query workers for short user queries.")
    slow_workers: int = setting(1, _positive, "Query workers for long user queries.")
    queue: int = setting(16, _positive, "User queries that may wait, over all clients.")
    queue_per_client: int = setting(4, _positive, "User queries of one client that may run or wait at once.")
    slice_seconds: float = setting(0.3, _seconds, "CPU seconds after which a user query counts as long.")
    query_seconds: float = setting(30.0, _seconds, "Longest time that a user query may take, waiting included.")
    page_seconds: float = setting(5.0, _seconds, "Longest time that a query of a page may take.")
    query_memory_mb: int = setting(1024, _positive, "Memory that one query may use beyond the shared store, MiB.")
    answer_mb: int = setting(50, _positive, "Largest answer to a query, MB.")
    query_kb: int = setting(64, _positive, "Longest text of a query, kB.")
    import_seconds: float = setting(600.0, _seconds, "Longest time that reading and checking a file may take.")
    import_memory_mb: int = setting(2048, _positive, "Memory that reading and checking a file may use, MiB.")
    import_mb: int = setting(200, _positive, "Largest file to import, unpacked, MB.")
    upload_mb: int = setting(200, _positive, "Largest request with files to import, as they are sent, MB.")
    drafts: int = setting(50, _positive, "Drafts that may wait for a decision at once.")
    memory_quads: int = setting(10_000_000, _positive, "Largest registry that is queried in memory; above, from disk.")
    keep_revisions: int = setting(10, _positive, "Published revisions kept as checkpoints.")
    dump_quads: int = setting(250_000, _positive, "Largest registry that is dumped when it is published; above, by command.")
    shrink_percent: int = setting(10, _positive, "An import that takes away a larger share of a source is held.")
    log_format: str = setting("json", str, "Log lines: json or text.")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read all settings; raises Misconfigured with the name of the one that is wrong."""
        env = os.environ if environ is None else environ
        told = _from_file(env.get(PREFIX + "CONFIG", ""))
        values: dict[str, Any] = {}
        for one in fields(cls):
            text = env.get(PREFIX + one.name.upper(), told.pop(one.name, None))
            if text is not None:
                values[one.name] = _read(one.name, str(text), one.metadata["read"])
        if told:
            raise Misconfigured(f"The settings file has unknown names: {', '.join(sorted(told))}.")
        return cls(**values)


def _read(name: str, text: str, read: Callable[[str], Any]) -> Any:
    try:
        return read(text)
    except ValueError as error:
        raise Misconfigured(f"{PREFIX}{name.upper()}={text!r}: {error}.") from error


def _from_file(path: str) -> dict[str, Any]:
    if not path:
        return {}
    try:
        return tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Misconfigured(f"{PREFIX}CONFIG={path!r}: {error}.") from error
