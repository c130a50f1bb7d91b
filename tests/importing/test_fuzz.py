"""The short form of ``make fuzz``: files that are nearly right are read, or refused in words."""

from __future__ import annotations

import itertools
import os
import signal
import time
import zipfile
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from standards_graph.errors import UnreadableFile
from standards_graph.importing import reading
from standards_graph.importing.base import importer
from standards_graph.importing.devices.identifying import names
from tools import fuzz
from tools.mutations import Input, mutated, seeds

SIX = {"turtle", "trig", "n-triples", "n-quads", "rdf-xml", "json-ld"}


def test_there_are_samples_of_every_format() -> None:
    assert SIX | {"sssom-tsv", "sssom-json", "csv", "xlsx", "xml", "json", "gz", "zip", "beside"} <= set(seeds())


@pytest.mark.parametrize("kind", sorted(seeds()))
def test_hundreds_of_files_that_are_nearly_right_do_no_harm(kind: str, tmp_path: Path) -> None:
    tally = fuzz.fuzzed(kind, iter(range(200)), seed=7, until=time.monotonic() + 60, keep=tmp_path)
    assert tally.findings == []
    assert tally.outcomes.total() == 200
    assert tally.outcomes["read"] > 0
    assert tally.outcomes["unreadable-file"] > 0


def test_the_same_number_gives_the_same_file() -> None:
    assert mutated("turtle", 5, seed=1) == mutated("turtle", 5, seed=1) != mutated("turtle", 5, seed=2)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda *_: os.kill(os.getpid(), signal.SIGKILL), "died with SIGKILL"),
        (lambda *_: os._exit(3), "died with 3"),
        (lambda *_: {}["a"], "raised KeyError"),
        (lambda *_: bytearray(1 << 31), "raised MemoryError"),
        (lambda *_: time.sleep(60), "hung for 0.5 s"),
        (lambda *_: all(itertools.count(1)), "hung for 0.5 s"),
    ],
)
def test_a_reader_that_dies_hangs_grows_or_stumbles_is_a_finding_and_the_next_one_reads_on(
    harm: object, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Input("rdf", "a.nt", b"")
    reader = fuzz.Reader()
    with monkeypatch.context() as patched:
        patched.setattr(fuzz, "judged", harm)
        patched.setattr(fuzz, "HANG", 0.5)
        patched.setattr(fuzz, "STALL", 0.5)
        assert reader.read(one.source, one.place(tmp_path)).startswith(told)
        reader.end()
    assert reader.read(one.source, one.place(tmp_path)) == "read"
    reader.end()


def test_an_importer_that_stumbles_over_a_file_is_told_so_in_words_and_counted_apart(tmp_path: Path) -> None:
    table = "id\tcategory\tname\nB2AI_TOPIC:1\tB2AI:DataTopic\tLens\n"
    place = Input("bridge2ai-standards", "a.tsv", table.encode()).place(tmp_path)
    with pytest.raises(UnreadableFile, match=r"a\.tsv: KeyError.*compare the file with one that the source publishes"):
        list(reading.told(importer("bridge2ai-standards"), place, fuzz.GRAPH))
    assert fuzz.judged("bridge2ai-standards", place) == "unreadable-file, stumbled"


LONG = 300_000
"""Characters of a text that takes minutes where every place of it is tried anew."""


def test_what_once_took_a_time_that_grew_with_the_square_does_no_more(tmp_path: Path) -> None:
    cell, block = "<a>" * LONG, "- id: x\n" + "  y: z\n" * LONG
    assert [name.value for name in names(f"{cell} [EN], B [FR]")] == [cell, "B"]
    catalogue = importer("relaton-iso")
    assert not catalogue.accepts(tmp_path / "x.yaml", block)
    assert catalogue.accepts(tmp_path / "x.yaml", f"{block}  type: ISO\n  scope: all\n  primary: true\n")
    key = NamedNode(f"https://example.org/{'a' * LONG}:1")
    with_key = f"<https://example.org/set> a <https://w3id.org/sssom/MappingSet> ; {key} 'x' ."
    path = tmp_path / "a.sssom.ttl"
    path.write_text(with_key, "utf-8")
    assert list(reading.told(importer("sssom"), path, fuzz.GRAPH))


def test_json_nested_without_end_and_a_zip_of_the_future_are_refused_in_words(tmp_path: Path) -> None:
    listed = tmp_path / "incidents.csv"
    columns = "_id,incident_id,date,reports,Alleged deployer of AI system,Alleged developer of AI system,"
    listed.write_text(
        f"{columns}Alleged harmed or nearly harmed parties,description,title\nx,1,2099-01-05,,{'[' * 9000},,,,t\n"
    )
    with pytest.raises(UnreadableFile, match="RecursionError"):
        list(reading.told(importer("ai-incident-database"), listed, fuzz.GRAPH))
    packed = tmp_path / "a.xlsx"
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a", "b")
    made = bytearray(packed.read_bytes())
    made[made.index(b"PK\x01\x02") + 6] = 148
    packed.write_bytes(made)
    with pytest.raises(UnreadableFile, match="no spreadsheet"):
        list(reading.told(importer("fda-ai-devices"), packed, fuzz.GRAPH))
