"""What every installed importer keeps to, ours and others'; a sample lies in a folder of the importer's name."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.errors import BadInput, NotFound, UnreadableFile
from standards_graph.importing import base, packing
from standards_graph.importing.base import Importer, Told, WithCompanions, apart, filled, importer, importers, recognised

HERE = Path(__file__).parent
ALL = importers()
SAMPLES = [
    pytest.param(one, path, id=f"{one.name}-{path.name}")
    for one in ALL
    for path in sorted((HERE / one.name).glob("input*.*"))
    if not path.name.endswith("-metadata.json")  # lies beside a table and is read with it
]


def said(one: Importer, path: Path, graph: NamedNode) -> list[ox.Quad]:
    return [told for told in one.read(path, graph) if isinstance(told, ox.Quad)]


def test_our_own_importers_are_installed_like_others() -> None:
    assert {"fda-ai-devices", "sssom"} <= {one.name for one in ALL}


def test_every_importer_has_a_sample() -> None:
    assert {one.name for one in ALL} == {one.values[0].name for one in SAMPLES}  # type: ignore[attr-defined]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_an_importer_says_what_it_is_and_under_which_licence_its_data_are(one: Importer) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.name)
    assert one.title
    assert one.description.endswith(".")
    assert one.licence.startswith("https://")
    assert importer(one.name).name == one.name


@pytest.mark.parametrize(("one", "path"), SAMPLES)
def test_a_sample_gives_the_expected_statements(one: Importer, path: Path) -> None:
    assert one.accepts(path, packing.beginning(path))
    expected = path.with_name(path.name.partition(".")[0].replace("input", "expected") + ".nq")
    found = sorted(f"{quad} ." for quad in said(one, path, vocab.graph(f"source/{one.name}")))
    assert found == expected.read_text("utf-8").splitlines()


@pytest.mark.parametrize(("one", "path"), SAMPLES)
def test_statements_come_once_in_a_stable_order_in_the_given_graph_and_without_blank_nodes(one: Importer, path: Path) -> None:
    graph = NamedNode("https://example.org/any")
    quads = said(one, path, graph)
    assert quads == said(one, path, graph)
    assert len(quads) == len(set(quads))
    assert {quad.graph_name for quad in quads} == {graph}
    assert not [q for q in quads if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_a_file_of_another_kind_is_neither_accepted_nor_read(one: Importer, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG")
    assert not one.accepts(path, packing.beginning(path))
    with pytest.raises(UnreadableFile, match=r"picture\.png"):
        list(one.read(path, NamedNode("https://example.org/any")))


def test_an_unknown_importer_is_told_which_there_are() -> None:
    with pytest.raises(NotFound, match="fda-ai-devices"):
        importer("nobody")


def test_a_file_is_recognised_by_its_name_and_beginning_where_one_importer_alone_accepts_it(tmp_path: Path) -> None:
    assert recognised(tmp_path / "a.sssom.tsv") == "sssom"
    with pytest.raises(BadInput, match="no known kind: name the source"):
        recognised(tmp_path / "a.png")


@pytest.mark.parametrize(("one", "path"), SAMPLES)
def test_every_sample_is_recognised_as_what_it_is_plain_and_packed(one: Importer, path: Path, tmp_path: Path) -> None:
    packed = tmp_path / f"{path.name}.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    for beside in one.companions(path) if isinstance(one, WithCompanions) else ():
        shutil.copy(beside, tmp_path)
    assert recognised(path) == one.name
    if path.suffix != ".xlsx" and one.name != "sssom":  # a mapping set is read with the file of metadata beside it
        assert recognised(packed) == one.name


def test_files_that_fill_graphs_of_their_own_are_imported_one_by_one(tmp_path: Path) -> None:
    assert filled("sssom", [tmp_path / "A set.sssom.tsv"]) == "mapping/a-set"
    assert filled("fda-ai-devices", [tmp_path / "a.csv", tmp_path / "b.csv"]) == "source/fda-ai-devices"
    with pytest.raises(BadInput, match="one by one"):
        filled("sssom", [tmp_path / "a.tsv", tmp_path / "b.tsv"])


class _AnyTable:
    """Reads tables of anybody."""

    name = "any-table"
    title = "Table"
    description = "Tables of anybody."
    licence = "https://example.org/licence"
    of_any_source = True

    def accepts(self, path: Path, beginning: str) -> bool:
        return path.suffix in (".tsv", ".txt")

    def read(self, path: Path, graph: NamedNode) -> Iterator[Told]:
        yield from ()


def test_an_importer_of_any_source_gives_way_to_one_that_knows_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = (_AnyTable(), importer("sssom"))
    monkeypatch.setattr(base, "importers", lambda: both)
    assert recognised(tmp_path / "a.sssom.tsv") == "sssom"
    assert recognised(tmp_path / "b.txt") == "any-table"


def test_what_lies_beside_a_file_is_taken_with_it_named_or_not(tmp_path: Path) -> None:
    table, beside = tmp_path / "list.csv", tmp_path / "list.csv-metadata.json"
    table.write_text("")
    beside.write_text("")
    assert apart("table", [table]) == apart("table", [beside, table]) == ((table,), (beside,))
    assert apart("fda-ai-devices", [table]) == ((table,), ())
    mappings, metadata = tmp_path / "a.sssom.tsv", tmp_path / "a.yml"
    metadata.write_text("")
    assert apart("sssom", [mappings]) == ((mappings,), (metadata,))
