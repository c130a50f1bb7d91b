"""Files that are nearly right: samples of every source, changed at random, always in the same way for the same number."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import openpyxl

from standards_graph.formats import sssom
from standards_graph.importing import packing
from standards_graph.importing.base import importers

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "importing"
FORMATS = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "n-triples",
    ".nq": "n-quads",
    ".rdf": "rdf-xml",
    ".jsonld": "json-ld",
    ".csv": "csv",
    ".tsv": "tsv",
    ".xlsx": "xlsx",
    ".xml": "xml",
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".txt": "text",
}
PACKED = ("gz", "zip")
GROWTH = 1 << 20
"""No changed file is larger."""

TOKENS = (
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\r", b"\r\n", b"\n\n", b"\t", b"\x1a", b"\\", b"\x85"),
    *(
        b'"',
        b'"""',
        b"'",
        b"<",
        b">",
        b"<<",
        b"<<(",
        b"[",
        b"]",
        b"{",
        b"}",
        b"(",
        b")",
        b",",
        b";",
        b"|",
        b"#",
        b"&",
        b"%",
        b"@",
    ),
    *(b"\\u0000", b"\\uD800", b"\\U00110000", b"%00", b"%zz", b"{x}", b"{+x}", b"{", b"..", b"/../", b"file:///etc/passwd"),
    *(b"<!DOCTYPE a [", b'<!ENTITY a "b">', b"&a;", b"&lt;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?xml", b"xmlns:a=''"),
    *(b'"@context":', b'"@id":', b'"@list":', b'"@graph":', b"@base <x> .", b"@prefix a: <b> .", b"_:b", b"a:b", b"^^", b"@en"),
    *(b"null", b"true", b"NaN", b"-1", b"0", b"1e999", b"9" * 400, b"2026-02-30", b"0000-00-00", b"9999-12-31", b"12/31/99"),
    *(
        b"*a",
        b"&a b",
        b"!!python/object:os.system",
        b"<<: *a",
        b"---",
        b"- ",
        b": ",
        b"? ",
        b"skos:exactMatch",
        b"urn:",
        b"http://",
    ),
    *(
        "\u202e".encode(),
        "\u0000".encode(),
        "ı".encode(),
        "𝟙".encode(),
        "e\u0301".encode(),
        "\ufffe".encode(),
        b"=1+1",
        b"@SUM(A1)",
    ),
)


DEVICE = {
    "date": "05/30/2025", "device": "Bone Finder", "company": "Example Imaging", "panel": "Radiology", "code": "QIH",
    "submission_id": "K250001", "submission_url": "https://example.org/K250001", "received_date": "2025-01-27",
    "days_to_decision": None, "summary_url": "https://example.org/K250001.pdf",
}  # fmt: skip
LIST = (
    '<?xml version="1.0"?><data><row><Date_of_final_decision>05/30/2025</Date_of_final_decision>'
    "<Submission_number>K250001</Submission_number><Device>Bone Finder</Device><Company>Example Imaging</Company>"
    "<Panel>Radiology</Panel><Primary_product_code>QIH</Primary_product_code></row></data>"
)
"""The list of devices in the other forms in which it was published."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file for one importer, with what has to lie beside it."""

    source: str
    name: str
    content: bytes
    beside: tuple[tuple[str, bytes], ...] = ()

    def place(self, folder: Path) -> Path:
        """Write the files to a folder; the path of the first."""
        for name, content in ((self.name, self.content), *self.beside):
            (folder / name).write_bytes(content)
        return folder / self.name


@cache
def seeds() -> dict[str, tuple[Input, ...]]:
    """Files that are right, by format: the samples of the tests, and what can be made of them."""
    found: dict[str, list[Input]] = {}
    for one in importers():
        for path in sorted((SAMPLES / one.name).glob("input*.*")):
            if not one.accepts(path, packing.beginning(path)):
                continue
            stem = path.name.partition(".")[0]
            beside = tuple((p.name, p.read_bytes()) for p in sorted(path.parent.glob(f"{stem}.*")) if p != path)
            for seed in _forms(Input(one.name, path.name, path.read_bytes(), beside)):
                kind = _format(seed)
                if kind:
                    found.setdefault(kind, []).append(seed)
                found.setdefault("beside", []).extend([seed] if seed.beside else [])
    every = [seed for kind in sorted(found) for seed in found[kind] if not seed.name.endswith(".xlsx")]
    return {kind: tuple(found[kind]) for kind in sorted(found)} | dict.fromkeys(PACKED, tuple(every))


def _format(seed: Input) -> str:
    if ".sssom." in seed.name:
        return f"sssom-{seed.name.rpartition('.')[2]}"
    return FORMATS.get(Path(seed.name).suffix, "")


def _forms(seed: Input) -> Iterator[Input]:
    """The seed, and the same list or set in other forms that its importer reads."""
    yield seed
    if seed.source == "fda-ai-devices":
        rows = list(csv.reader(io.StringIO(seed.content.decode())))
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(packed := io.BytesIO())
        yield replace(seed, name="input.xlsx", content=packed.getvalue())
        yield replace(seed, name="input.json", content=json.dumps([DEVICE]).encode())
        yield replace(seed, name="input.xml", content=LIST.encode())
    if seed.source == "table" and seed.name.endswith(".csv"):
        book = openpyxl.Workbook()
        for row in csv.reader(io.StringIO(seed.content.decode()), delimiter=";"):
            book.worksheets[0].append(row)
        book.save(packed := io.BytesIO())
        ((_, told),) = seed.beside
        beside = (("input.xlsx-metadata.json", told.replace(b"input.csv", b"input.xlsx")),)
        yield replace(seed, name="input.xlsx", content=packed.getvalue(), beside=beside)
    if seed.name.endswith(".sssom.tsv"):
        told = sssom.parse(SAMPLES / seed.source / seed.name, lambda _: None)
        for form, ending in (("json", "json"), ("rdf", "ttl")):
            yield Input(seed.source, f"input.sssom.{ending}", sssom.serialise(told, form))
        lines = seed.content.splitlines(keepends=True)
        head = b"".join(line[1:] for line in lines if line.startswith(b"#"))
        table = b"".join(line for line in lines if not line.startswith(b"#"))
        yield Input(seed.source, "apart.sssom.tsv", table, (("apart.sssom.yml", head),))


def mutated(kind: str, number: int, *, seed: int) -> Input:
    """The changed file of that number."""
    chance = random.Random(f"{seed}:{kind}:{number}")
    others = seeds()[kind]
    one = chance.choice(others)
    if kind == "beside":
        beside = list(one.beside)
        place = chance.randrange(len(beside))
        beside[place] = (beside[place][0], _changed(beside[place][1], chance, one.content))
        return replace(one, beside=tuple(beside))
    if kind == "xlsx":
        return replace(one, content=_book(one.content, chance))
    if kind in PACKED:
        inside = _changed(one.content, chance, b"") if chance.random() < 0.5 else one.content
        outside = _packed(kind, one.name, inside, chance)
        name = f"{one.name}.{kind}"
        return replace(one, name=name, content=_changed(outside, chance, b"") if chance.random() < 0.7 else outside)
    return replace(one, content=_changed(one.content, chance, chance.choice(others).content))


def _packed(kind: str, name: str, content: bytes, chance: random.Random) -> bytes:
    if kind == "gz":
        return gzip.compress(content, mtime=0)
    with zipfile.ZipFile(packed := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
        if chance.random() < 0.1:
            archive.writestr(zipfile.ZipInfo("../second"), content)
    return packed.getvalue()


def _book(content: bytes, chance: random.Random) -> bytes:
    """A spreadsheet changed as a whole, or in one of its parts."""
    if chance.random() < 0.3:
        return _changed(content, chance, b"")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = chance.choice(sorted(parts))
    parts[name] = _changed(parts[name], chance, b"".join(parts.values()))
    with zipfile.ZipFile(packed := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(zipfile.ZipInfo(name), part)
    return packed.getvalue()


def _changed(content: bytes, chance: random.Random, other: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        content = chance.choice(CHANGES)(content, chance, other)[:GROWTH]
    return content


# --- one change each ---


def _span(content: bytes, chance: random.Random) -> tuple[int, int]:
    first = chance.randrange(len(content) + 1)
    return first, min(len(content), first + chance.choice((1, 1, 2, 4, 8, 16, 64, 256)))


def _flip(content: bytes, chance: random.Random, _: bytes) -> bytes:
    if not content:
        return content
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1 :]


def _cut(content: bytes, chance: random.Random, _: bytes) -> bytes:
    first, last = _span(content, chance)
    return content[:first] + content[last:]


def _end(content: bytes, chance: random.Random, _: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _insert(content: bytes, chance: random.Random, _: bytes) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.choice(TOKENS) + content[place:]


def _overwrite(content: bytes, chance: random.Random, _: bytes) -> bytes:
    first, last = _span(content, chance)
    return content[:first] + chance.choice(TOKENS) + content[last:]


def _repeat(content: bytes, chance: random.Random, _: bytes) -> bytes:
    first, last = _span(content, chance)
    return content[:last] + content[first:last] * chance.choice((1, 2, 10, 100, 1_000)) + content[last:]


def _deepen(content: bytes, chance: random.Random, _: bytes) -> bytes:
    place = chance.randrange(len(content) + 1)
    token = chance.choice((b"[", b"(", b"{", b"<a>", b"<<( ", b'{"a":', b'{"@list":[', b"- ", b"[ <http://a/b> "))
    return content[:place] + token * chance.choice((10, 1_000, 20_000)) + content[place:]


def _noise(content: bytes, chance: random.Random, _: bytes) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.randbytes(chance.choice((1, 4, 64))) + content[place:]


def _lines(content: bytes, chance: random.Random, _: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        chance.shuffle(lines) if chance.random() < 0.3 else lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"".join(lines)


def _splice(content: bytes, chance: random.Random, other: bytes) -> bytes:
    first, last = _span(content, chance)
    begun, ended = _span(other, chance)
    return content[:first] + other[begun:ended] + content[last:]


def _number(content: bytes, chance: random.Random, _: bytes) -> bytes:
    places = [place for place, byte in enumerate(content) if 48 <= byte <= 57]
    if not places:
        return content
    place = chance.choice(places)
    return content[:place] + chance.choice((b"-", b"99999999999", b"1e9", b"0x", b".", b"\xd9\xa3")) + content[place + 1 :]


def _encode(content: bytes, chance: random.Random, _: bytes) -> bytes:
    encoding = chance.choice(("utf-16", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "utf-7"))
    return content.decode("utf-8", "replace").encode(encoding, "replace")


CHANGES: tuple[Callable[[bytes, random.Random, bytes], bytes], ...] = (
    *(_flip, _flip, _cut, _cut, _insert, _insert, _insert, _overwrite, _overwrite, _splice, _splice),
    *(_end, _repeat, _deepen, _noise, _lines, _lines, _number, _number, _encode),
)
