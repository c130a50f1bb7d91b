"""The description of a table that lies beside it: metadata of CSV on the Web (https://www.w3.org/TR/tabular-metadata/).

What is read of it: one table (``url``, ``tableSchema``, ``dialect``), its columns (``name``, ``titles``, ``virtual``,
``suppressOutput``), the properties that a schema hands down to its columns (``aboutUrl``, ``propertyUrl``, ``valueUrl``,
``datatype``, ``lang``, ``null``, ``default``, ``required``, ``separator``), ``primaryKey``, and what is said of the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain
from standards_graph.importing.own.cells import Datatype
from standards_graph.importing.own.remarks import Remarks
from standards_graph.importing.own.templates import Template, address
from standards_graph.model.findings import Severity

ENDING = "-metadata.json"
MOST_BYTES = 1_000_000
"""Longest description."""
CONTEXT = "http://www.w3.org/ns/csvw"

_HANDED_DOWN = ("aboutUrl", "propertyUrl", "valueUrl", "datatype", "lang", "null", "default", "required", "separator")
_TABLE = ("@context", "@id", "@type", "url", "tableSchema", "dialect", "notes", "tables")
_SCHEMA = ("@id", "@type", "columns", "primaryKey")
_COLUMN = ("@id", "@type", "name", "titles", "virtual", "suppressOutput")
_DIALECT = ("@id", "@type", "delimiter", "encoding", "skipRows", "header", "headerRowCount", "quoteChar", "doubleQuote")
_ENCODINGS = {"utf-8": "utf-8-sig", "utf8": "utf-8-sig", "us-ascii": "ascii"}
_OTHER_ENCODINGS = ("windows-1252", "iso-8859-1", "iso-8859-15", "shift_jis", "gb18030", "euc-kr", "utf-16")


@dataclass(frozen=True, slots=True)
class Column:
    """What is said of the cells of one column; a virtual one is in the description alone."""

    name: str
    titles: tuple[str, ...] = ()
    virtual: bool = False
    about: Template | None = None
    states: NamedNode | None = None
    value: Template | None = None
    datatype: Datatype = field(default_factory=Datatype)
    language: str = ""
    nulls: tuple[str, ...] = ("",)
    default: str = ""
    required: bool = False
    separator: str = ""

    @property
    def is_constant(self) -> bool:
        """Whether every row says the same by it."""
        return self.virtual and not (self.about and self.about.names) and not (self.value and self.value.names)


@dataclass(frozen=True, slots=True)
class Description:
    """A table: how its file is written, its columns, and what is said of it as a whole."""

    path: Path
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    skip: int = 0
    said: Mapping[str, str] = field(default_factory=dict)


def beside(path: Path) -> Path | None:
    """The description of a table: ``list.csv-metadata.json`` for ``list.csv``, packed or not; None where there is none."""
    names = [path.name, *(path.name[: -len(one)] for one in (".gz", ".zip", ".xz") if path.name.lower().endswith(one))]
    found = (path.with_name(name + ENDING) for name in names)
    return next((one for one in found if one.is_file()), None)


def read(path: Path, remarks: Remarks) -> Description:
    """The description in a file; what it says beyond what is read is told. Raises UnreadableFile."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(error.strerror or str(error), source=str(path)) from error
    if len(content) > MOST_BYTES:
        raise UnreadableFile(f"the description has more than {MOST_BYTES:,} bytes", source=str(path))
    told = plain.from_json(content, source=str(path))
    try:
        return _table(path, told, remarks)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{error}"[:500], source=str(path)) from error


def _table(path: Path, told: Any, remarks: Remarks) -> Description:
    whole = _object(told, "the description")
    language = _context(whole.get("@context"))
    tables = whole.get("tables", [whole])
    if not isinstance(tables, list) or len(tables) != 1:
        raise ValueError("the description has to be of one table: write one for each")
    table = _object(tables[0], "the table")
    _check_url(path, table.get("url"))
    schema = _object(table.get("tableSchema"), "tableSchema")
    handed = {"lang": language} | {key: one[key] for one in (whole, table, schema) for key in _HANDED_DOWN if key in one}
    listed = schema.get("columns")
    if not isinstance(listed, list) or not listed:
        raise ValueError("tableSchema has no list of columns")
    for what, one, known in (("table", table, _TABLE), ("tableSchema", schema, _SCHEMA)):
        _tell_unused(what, one, (*known, *_HANDED_DOWN), remarks)
    columns = tuple(_column(number, _object(one, "a column"), handed, remarks) for number, one in enumerate(listed, start=1))
    names = [one.name for one in columns]
    if len(set(names)) < len(names):
        raise ValueError(f"two columns have one name among {', '.join(names)}")
    key = schema.get("primaryKey", ())
    found = Description(path, columns, (key,) if isinstance(key, str) else _texts(key), said=_said({**whole, **table}))
    _check_names(found)
    return _dialect(found, table.get("dialect", whole.get("dialect", {})), remarks)


def _object(told: Any, what: str) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise ValueError(f"{what} is no object of JSON; nothing is fetched from an address")
    return told


def _context(told: Any) -> str:
    """The language that the context names; raises ValueError for another context."""
    parts = told if isinstance(told, list) else [told]
    if not parts or parts[0] != CONTEXT or len(parts) > 2:
        raise ValueError(f'"@context" has to be "{CONTEXT}"')
    more = _object(parts[1], "the second part of @context") if len(parts) == 2 else {}
    return more["@language"] if isinstance(more.get("@language"), str) else ""


def _check_url(path: Path, told: Any) -> None:
    name = path.name.removesuffix(ENDING)
    if not isinstance(told, str) or told.rpartition("/")[2].removesuffix(".gz") != name.removesuffix(".gz"):
        raise ValueError(f'"url" is {told!r}, and the table beside this description is called {name!r}')


def _tell_unused(what: str, told: Mapping[str, Any], known: tuple[str, ...], remarks: Remarks) -> None:
    for key in sorted(set(told) - set(known)):
        if ":" not in key:
            remarks("table-description-unused", f"What the {what} says of {key} is not used.", Severity.INFO, column=key)


def _column(number: int, told: Mapping[str, Any], handed: Mapping[str, Any], remarks: Remarks) -> Column:
    titles = told.get("titles", ())
    if isinstance(titles, dict):
        titles = [text for one in titles.values() for text in ([one] if isinstance(one, str) else one)]
    titles = (titles,) if isinstance(titles, str) else _texts(titles)
    name = told.get("name") or (titles[0] if titles else f"_col.{number}")
    if not isinstance(name, str):
        raise ValueError(f"the name of column {number} is no text")
    _tell_unused(f"column {name}", told, (*_COLUMN, *_HANDED_DOWN), remarks)
    said = {**handed, **{key: told[key] for key in _HANDED_DOWN if key in told}}
    nulls = said.get("null", "")
    silent = bool(told.get("suppressOutput"))
    try:
        return Column(
            name=name,
            titles=titles or (name,),
            virtual=bool(told.get("virtual")),
            about=_template(said, "aboutUrl"),
            states=None if silent else _property(said.get("propertyUrl")),
            value=_template(said, "valueUrl"),
            datatype=Datatype.of(said.get("datatype", "string")),
            language=_text(said, "lang"),
            nulls=(nulls,) if isinstance(nulls, str) else _texts(nulls),
            default=_text(said, "default"),
            required=bool(said.get("required")),
            separator=_text(said, "separator"),
        )
    except ValueError as error:
        raise ValueError(f"column {name}: {error}") from error


def _texts(told: Any) -> tuple[str, ...]:
    if not isinstance(told, list | tuple) or not all(isinstance(one, str) for one in told):
        raise ValueError(f"{told!r} is no list of texts")
    return tuple(told)


def _text(said: Mapping[str, Any], key: str) -> str:
    found = said.get(key) or ""
    if not isinstance(found, str):
        raise ValueError(f"{key} is no text")
    return "" if found == "und" else found


def _template(said: Mapping[str, Any], key: str) -> Template | None:
    return Template.of(_text(said, key)) if _text(said, key) else None


def _property(told: Any) -> NamedNode | None:
    if told is None:
        return None
    if not isinstance(told, str) or "{" in told:
        raise ValueError("propertyUrl has to be one address, without gaps")
    return address(told)


def _check_names(found: Description) -> None:
    """Raise ValueError where a template or the key names a column that there is not."""
    known = {one.name for one in found.columns if not one.virtual} | {"_row", "_sourceRow"}
    for one in found.columns:
        used = [name for template in (one.about, one.value) if template for name in template.names]
        missing = [name for name in used if name not in known]
        if missing:
            raise ValueError(f"column {one.name}: its templates name {', '.join(missing)}, and no column is called so")
        if one.states and one.about is None:
            raise ValueError(f"column {one.name}: aboutUrl is missing, so that nothing says what the cell is about")
    if missing := [name for name in found.key if name not in known]:
        raise ValueError(f"primaryKey names {', '.join(missing)}, and no column is called so")


def _dialect(found: Description, told: Any, remarks: Remarks) -> Description:
    said = _object(told, "dialect")
    _tell_unused("dialect", said, _DIALECT, remarks)
    encoding = str(said.get("encoding", "utf-8")).lower()
    delimiter, skip = said.get("delimiter", "," if ".tsv" not in found.path.name.lower() else "\t"), said.get("skipRows", 0)
    if encoding not in _ENCODINGS and encoding not in _OTHER_ENCODINGS:
        raise ValueError(f"the encoding {encoding!r} is not read; use one of {', '.join((*_ENCODINGS, *_OTHER_ENCODINGS))}")
    if not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n' or not isinstance(skip, int) or skip < 0:
        raise ValueError("dialect: delimiter is one character, and skipRows a number")
    if said.get("header", True) is not True or said.get("headerRowCount", 1) != 1:
        raise ValueError("dialect: the table needs one row with the titles of its columns")
    encoding = _ENCODINGS.get(encoding, encoding)
    return Description(found.path, found.columns, found.key, delimiter, encoding, skip, found.said)


def _said(told: Mapping[str, Any]) -> dict[str, str]:
    """What is said of the table in words with a prefix: address or text, by the address of the property."""
    return dict(_pairs(told))


def _pairs(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in told.items():
        text = (value.get("@id") or value.get("@value")) if isinstance(value, dict) else value
        if ":" in key and isinstance(text, str) and text:
            yield address(key).value, text
