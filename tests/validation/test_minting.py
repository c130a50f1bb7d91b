"""Things are called what their identifiers make of them, or the check names them."""

from __future__ import annotations

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from standards_graph import vocab
from standards_graph.model import identifiers
from standards_graph.store.memory import MemoryStore
from standards_graph.validation import minting
from tests import small_world

GRAPH = vocab.graph("curated/planted")
PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in vocab.PREFIXES.items()) + f"@base <{vocab.BASE}> .\n"
SOURCE = identifiers.source("https://example.org/", "2024", "t#1")
RECORD = 'a sgo:SourceRecord ; sgo:sourceAddress "https://example.org/" ; sgo:printedSourceDate "2024" ; sgo:rowKey "t#1" .'
REGIME = "sgo:inJurisdiction <id/jurisdiction/us> ; sgo:recognitionRegime <scheme/recognition-regime/r> ."
RIGHT = (
    '<id/standard/iec-62304> sgo:officialIdentifier "IEC 62304" .',
    '<id/edition/iec-62304-2006> sgo:officialIdentifier "IEC 62304:2006" .',
    '<id/law/eu-2017-745> sgo:officialIdentifier "Regulation (EU) 2017/745" .',
    '<id/authorisation/us-k212365> sgo:officialIdentifier "K212365" ; sgo:inJurisdiction <id/jurisdiction/us> .',
    '<id/jurisdiction/gb-nir> sgo:territoryCode "GB-NIR" .',
    f'<id/recognition/fda-13-79> sgo:officialIdentifier "13-79" ; sgo:recognises <id/edition/iec-62304-2006> ; {REGIME}',
    f"<id/recognition/us-r-iec-62304-2006> sgo:recognises <id/edition/iec-62304-2006> ; {REGIME}",
    f"<id/source/{SOURCE}> {RECORD}",
    '<id/org/fda> sgo:officialIdentifier "anything" .',
)
WRONG = (
    '<id/standard/iec-62305> sgo:officialIdentifier "IEC 62304" .',
    '<id/edition/iec-62304> sgo:officialIdentifier "IEC 62304:2006" .',
    '<id/law/eu-745-2017> sgo:officialIdentifier "Regulation (EU) 2017/745" .',
    '<id/authorisation/gb-k212365> sgo:officialIdentifier "K212365" ; sgo:inJurisdiction <id/jurisdiction/us> .',
    '<id/jurisdiction/uk-nir> sgo:territoryCode "GB-NIR" .',
    f'<id/recognition/fda-13-80> sgo:officialIdentifier "13-79" ; sgo:recognises <id/edition/iec-62304-2006> ; {REGIME}',
    f"<id/recognition/us-r-iec-62304> sgo:recognises <id/edition/iec-62304-2006> ; {REGIME}",
    f"<id/source/0000000000000000> {RECORD}",
    '<id/standard/none> sgo:officialIdentifier "§" .',
)


def found(text: str) -> tuple[str, ...]:
    quads = [Quad(q.subject, q.predicate, q.object, GRAPH) for q in parse(PREFIXES + text, format=RdfFormat.TURTLE)]
    return minting.of_content(MemoryStore(quads)).offenders


@pytest.mark.parametrize("text", RIGHT)
def test_a_thing_that_is_called_as_its_identifier_says_is_no_offender(text: str):
    assert found(text) == ()


@pytest.mark.parametrize("text", WRONG)
def test_a_thing_that_is_called_otherwise_is_named(text: str):
    assert found(text) == (vocab.BASE + text.partition(">")[0].removeprefix("<"),)


def test_the_types_of_which_something_is_known_are_types_of_the_small_world():
    kinds = {str(quad.subject).partition("/id/")[2].partition("/")[0] for quad in small_world.facts()}
    assert set(minting.MINTS) <= kinds
