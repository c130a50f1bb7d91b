"""JSON and YAML as plain values; what is wrong is told with the line."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import yaml

from standards_graph.errors import UnreadableFile

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Plain(_LOADER):  # type: ignore[misc,valid-type]
    """Days, moments and words like ``on`` stay the texts that they are written as."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, object]]]] = {
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool"))]
        for first, found in _LOADER.yaml_implicit_resolvers.items()
    }


def from_json(text: bytes | str, *, source: str) -> Any:
    """The value of a JSON document; raises UnreadableFile."""
    try:
        told = text if isinstance(text, str) else text.decode("utf-8-sig")
        return whole(json.loads(told), told, source=source)
    except UnicodeDecodeError as error:
        raise UnreadableFile("the file is not UTF-8; save it as UTF-8", source=source) from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFile(f"{error}; the file is not JSON", source=source, line=getattr(error, "lineno", None)) from error


def whole(value: Any, text: str, *, source: str) -> Any:
    r"""The value, if its texts can be written again; raises UnreadableFile for half a character (``\ud800`` alone)."""
    if "\\u" in text.lower():
        try:
            json.dumps(value, ensure_ascii=False, default=str).encode()
        except UnicodeEncodeError as error:
            found = ascii(error.object[error.start : error.end])
            raise UnreadableFile(f"the file holds half a character, {found}; correct the text", source=source) from error
    return value


def from_yaml(text: bytes | str, *, source: str) -> Any:
    """The value of a YAML document, dates and yes/no as the texts that stand there; raises UnreadableFile.

    Aliases are refused: a file of a few lines could stand for gigabytes.
    """
    try:
        told = text if isinstance(text, str) else text.decode("utf-8-sig")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(told, Loader=_LOADER)):
            raise UnreadableFile("the YAML uses aliases (*name), which are refused; write the values out", source=source)
        return whole(yaml.load(told, Loader=_Plain), told, source=source)  # noqa: S506 - a safe loader
    except UnicodeDecodeError as error:
        raise UnreadableFile("the file is not UTF-8; save it as UTF-8", source=source) from error
    except RecursionError as error:
        raise UnreadableFile("the YAML is nested too deeply", source=source) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise UnreadableFile(f"{getattr(error, 'problem', error)}; the file is not YAML", source=source, line=line) from error
