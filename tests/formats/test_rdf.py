from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph.errors import UnreadableFile
from standards_graph.formats import rdf

GRAPH = NamedNode("https://example.org/graph")
A, P = NamedNode("https://example.org/a"), NamedNode("https://example.org/p")
SAME = {
    "ttl": '@prefix e: <https://example.org/> .\ne:a e:p "x" .',
    "nt": '<https://example.org/a> <https://example.org/p> "x" .',
    "nq": '<https://example.org/a> <https://example.org/p> "x" <https://example.org/other> .',
    "trig": '@prefix e: <https://example.org/> .\ne:other { e:a e:p "x" }',
    "jsonld": '{"@id": "https://example.org/a", "https://example.org/p": "x"}',
    "rdf": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">'
    '<r:Description r:about="https://example.org/a"><e:p>x</e:p></r:Description></r:RDF>',
}


@pytest.mark.parametrize("ending", SAME)
def test_each_syntax_gives_the_same_statement_in_the_given_graph(tmp_path, ending):
    path = tmp_path / f"file.{ending}"
    path.write_text(SAME[ending], "utf-8")
    assert list(rdf.parse(path, graph=GRAPH)) == [Quad(A, P, Literal("x"), GRAPH)]


def test_a_fault_is_told_with_its_line(tmp_path):
    path = tmp_path / "file.ttl"
    path.write_text("@prefix e: <https://example.org/> .\ne:a e:p e:b .\ne:a nonsense .\n", "utf-8")
    with pytest.raises(UnreadableFile) as told:
        list(rdf.parse(path, graph=GRAPH))
    assert (told.value.line, told.value.source) == (3, str(path))
    assert "Parser error" not in told.value.reason


def test_a_fault_without_a_place_is_told_too(tmp_path):
    path = tmp_path / "file.rdf"
    path.write_text("<a/>", "utf-8")
    with pytest.raises(UnreadableFile) as told:
        list(rdf.parse(path, graph=GRAPH))
    assert told.value.line is None


def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(UnreadableFile, match=r"\.ttl, \.trig"):
        list(rdf.parse(tmp_path / "file.docx", graph=GRAPH))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(UnreadableFile, match=r"file\.ttl"):
        list(rdf.parse(tmp_path / "file.ttl", graph=GRAPH))
