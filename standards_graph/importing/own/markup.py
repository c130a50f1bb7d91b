"""RDF/XML and JSON-LD looked at before the engine reads them: what would make it grow, abort or leave things out is refused."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain

MOST_LEVELS_XML = 500
MOST_LEVELS_JSON = 64
"""How deep elements, and objects and lists, may be nested."""
MOST_IN_MEMORY = 100_000_000
"""How many bytes a file may have that is read whole: JSON-LD, and XML that defines entities."""
MOST_ENTITY = 1_000
"""How long the text of an entity may be."""

_DOCTYPE = re.compile(r"<!DOCTYPE\s+[\w:.-]+\s*(?:\[(?P<subset>[^\]]*)\]\s*)?>")
_ENTITY = re.compile(r"""<!ENTITY\s+(?P<name>[\w.-]+)\s+(?:"(?P<one>[^"&%<]*)"|'(?P<other>[^'&%<]*)')\s*>""")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_USED = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|&(?P<name>[A-Za-z_][\w.-]*);", re.S)
_PREDEFINED = frozenset(("amp", "lt", "gt", "quot", "apos"))
_REFUSED = "the file has a DOCTYPE with more than plain abbreviations, which is refused; write the entities out"


class _DoctypeError(Exception):
    """There is a DOCTYPE."""


# --- RDF/XML ---


def has_doctype(path: Path, stream: BinaryIO) -> bool:
    """Whether XML has a DOCTYPE, in which case nothing after it was looked at.

    Raises UnreadableFile, with the line, for what is no well-formed XML in UTF-8 or is nested too deeply.
    """
    try:
        _scan(path, stream)
    except _DoctypeError:
        return True
    return False


def written_out(path: Path, content: bytes) -> bytes:
    """The XML without its DOCTYPE, each abbreviation replaced by its text; lines stay where they are.

    Editors of ontologies write namespaces so. Raises UnreadableFile for entities of any other kind: those that use entities,
    that stand in other files, or that would make the file much larger.
    """
    if len(content) > MOST_IN_MEMORY:
        raise _too_large(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile("the file is not UTF-8; save it as UTF-8", source=str(path)) from error
    found = _DOCTYPE.search(text)
    if found is None or "<!DOCTYPE" in text[found.end() :]:
        raise UnreadableFile(_REFUSED, source=str(path))
    known = _entities(found["subset"] or "", path)
    room = 2 * len(text) + 1_000_000
    kept = f"{text[: found.start()]}{chr(10) * found[0].count(chr(10))}"
    parts, size, at = [kept], 0, found.end()
    for use in _USED.finditer(text, at):
        if use["name"] in known:
            parts += [text[at : use.start()], known[use["name"]]]
            size += len(parts[-1])
            at = use.end()
        if size > room:
            raise UnreadableFile("the entities of the file make it too large; write them out", source=str(path))
    result = "".join([*parts, text[at:]]).encode()
    _scan(path, io.BytesIO(result))
    return result


def _entities(subset: str, path: Path) -> dict[str, str]:
    bare = _COMMENT.sub("", subset)
    if _ENTITY.sub("", bare).strip():
        raise UnreadableFile(_REFUSED, source=str(path))
    known = {one["name"]: one["one"] or one["other"] or "" for one in _ENTITY.finditer(bare)}
    if any(len(text) > MOST_ENTITY for text in known.values()):
        raise UnreadableFile(_REFUSED, source=str(path))
    return {name: text for name, text in known.items() if name not in _PREDEFINED}


def _scan(path: Path, stream: BinaryIO) -> None:
    """Raise UnreadableFile for XML that must not reach the engine, and _DoctypeError where there is a DOCTYPE."""
    parser = expat.ParserCreate()
    levels = 0

    def begun(*_: object) -> None:
        nonlocal levels
        levels += 1
        if levels > MOST_LEVELS_XML:
            reason = f"elements are nested more than {MOST_LEVELS_XML} deep, which is refused"
            raise UnreadableFile(reason, source=str(path), line=parser.CurrentLineNumber)

    def ended(_: object) -> None:
        nonlocal levels
        levels -= 1

    def declared(_: object, encoding: str | None, __: object) -> None:
        if encoding and encoding.lower() != "utf-8":
            reason = f"the file is in the encoding {encoding[:40]}; save it as UTF-8"
            raise UnreadableFile(reason, source=str(path), line=1)

    def doctype(*_: object) -> None:
        raise _DoctypeError

    parser.StartElementHandler, parser.EndElementHandler = begun, ended
    parser.XmlDeclHandler, parser.StartDoctypeDeclHandler = declared, doctype
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as error:
        reason = f"{expat.ErrorString(error.code)}; the file is not well-formed XML"
        raise UnreadableFile(reason, source=str(path), line=error.lineno) from error


# --- JSON-LD ---


def checked_json(path: Path, stream: BinaryIO) -> bytes:
    """The bytes of a JSON-LD file that needs no other one; raises UnreadableFile, which names the context that it asks for."""
    content = stream.read(MOST_IN_MEMORY + 1)
    if len(content) > MOST_IN_MEMORY:
        raise _too_large(path)
    for key, value, levels in _walked(plain.from_json(content, source=str(path))):
        if levels > MOST_LEVELS_JSON:
            reason = f"objects and lists are nested more than {MOST_LEVELS_JSON} deep, which is refused"
            raise UnreadableFile(reason, source=str(path))
        for asked in _asked(key, value):
            reason = f"the context {asked[:200]!r} is not in the file and is never fetched; write it out under @context"
            raise UnreadableFile(reason, source=str(path), line=_line(content, asked))
    return content


def _asked(key: str, value: object) -> list[str]:
    """The addresses of contexts that stand under a key."""
    if key not in ("@context", "@import"):
        return []
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _walked(value: object) -> Iterator[tuple[str, object, int]]:
    """Each value below a value, with its key and its depth; no deeper than is refused."""
    waiting: list[tuple[object, int]] = [(value, 1)]
    while waiting:
        one, levels = waiting.pop()
        pairs = one.items() if isinstance(one, dict) else (("", each) for each in one) if isinstance(one, list) else ()
        for key, below in pairs:
            yield key, below, levels
            if isinstance(below, dict | list) and levels <= MOST_LEVELS_JSON:
                waiting.append((below, levels + 1))


def _line(content: bytes, text: str) -> int | None:
    place = content.find(text.encode())
    return content.count(b"\n", 0, place) + 1 if place >= 0 else None


def _too_large(path: Path) -> UnreadableFile:
    return UnreadableFile(
        f"the file has more than {MOST_IN_MEMORY:,} bytes; save it as Turtle or N-Triples, which are read in a stream",
        source=str(path),
    )
