"""Search: the right thing first."""

from __future__ import annotations

import pytest

from standards_graph.browse.search import Search
from standards_graph.browse.spelling import folded, number, pieces
from standards_graph.importing import ontology
from standards_graph.model.search import Rank
from standards_graph.store.memory import MemoryStore
from standards_graph.vocab import BASE

FIRST = (
    ("IEC 62304", "id/standard/iec-62304", Rank.IDENTIFIER),
    ("iec62304", "id/standard/iec-62304", Rank.IDENTIFIER),
    ("iec-62304", "id/standard/iec-62304", Rank.IDENTIFIER),
    ("62304", "id/standard/iec-62304", Rank.NUMBER),
    ("EN 62304", "id/standard/iec-62304", Rank.OTHER_PUBLISHER),
    ("IEC 62304:2006", "id/edition/iec-62304-2006", Rank.IDENTIFIER),
    ("iec 62304 2006", "id/edition/iec-62304-2006", Rank.IDENTIFIER),
    ("62304:2006", "id/edition/iec-62304-2006", Rank.NUMBER),
    ("EN 62304:2006", "id/edition/iec-62304-2006", Rank.OTHER_PUBLISHER),
    ("IEC 62304:2006+AMD1:2015", "id/edition/iec-62304-2006-plus-amd1-2015", Rank.IDENTIFIER),
    ("EN 62304:2006/A1:2015", "id/edition/iec-62304-2006-plus-amd1-2015", Rank.OTHER_PUBLISHER),
    ("ISO 13485:2003", "id/edition/iso-13485-2003", Rank.IDENTIFIER),
    ("iso13485:2016", "id/edition/iso-13485-2016", Rank.IDENTIFIER),
    ("EN ISO 13485:2016", "id/edition/iso-13485-2016", Rank.OTHER_PUBLISHER),
    ("13485", "id/edition/iso-13485-2016", Rank.PREFIX),
    ("K252054", "id/authorisation/us-k252054", Rank.IDENTIFIER),
    ("k252054", "id/authorisation/us-k252054", Rank.IDENTIFIER),
    ("MHRA", "id/org/mhra", Rank.LABEL),
    ("mhra", "id/org/mhra", Rank.LABEL),
    ("medicines and healthcare", "id/org/mhra", Rank.PREFIX),
    ("healthcare agency", "id/org/mhra", Rank.WORDS),
    ("厚生労働省", "id/org/jp-mhlw", Rank.LABEL),
    ("労働", "id/org/jp-mhlw", Rank.WORDS),
    ("FDA class II", "scheme/us-fda-class/ii", Rank.LABEL),
    ("class II", "scheme/us-fda-class/ii", Rank.WORDS),
    ("dispositifs medicaux", "id/edition/iso-13485-2016", Rank.PREFIX),
    ("quality management", "id/edition/iso-13485-2016", Rank.WORDS),
    ("software life cycle", "id/edition/iec-62304-2006", Rank.WORDS),
    ("Pulse", "id/device/acme/pulse", Rank.LABEL),
    ("Agency of Somewhere", "id/org/xx-agency", Rank.LABEL),
    (BASE + "id/org/mhra", "id/org/mhra", Rank.IDENTIFIER),
)


@pytest.mark.parametrize(("query", "expected", "rank"), FIRST, ids=[query for query, _, _ in FIRST])
def test_the_right_thing_comes_first(small: MemoryStore, query: str, expected: str, rank: Rank) -> None:
    found = Search().find(small, query)
    assert (found.hits[0].name.iri.value.removeprefix(BASE), found.hits[0].rank) == (expected, rank)


def test_a_longer_name_comes_after_the_exact_one(small: MemoryStore) -> None:
    assert [hit.name.text for hit in Search().find(small, "pulse").hits] == [
        "Pulse",
        "Pulse Two medical software",
        "K252054: Pulse",
    ]


def test_only_a_single_bearer_of_an_identifier_is_the_exact_one(small: MemoryStore) -> None:
    search = Search()
    assert search.find(small, "IEC 62304").exact is not None
    assert search.find(small, "62304").exact is None
    assert search.find(small, "MHRA").exact is None


def test_a_withdrawn_edition_is_found_with_its_state_and_successor(small: MemoryStore) -> None:
    hit = Search().find(small, "ISO 13485:2003").hits[0]
    assert hit.state is not None
    assert hit.state.text == "withdrawn"
    assert [name.text for name in hit.successors] == ["ISO 13485:2016"]


def test_a_hit_shows_the_text_that_matched_and_its_language(small: MemoryStore) -> None:
    hit = Search().find(small, "Dispositifs médicaux").hits[0]
    assert (hit.text, hit.language) == ("Dispositifs médicaux - Systèmes de management", "fr")
    assert hit.name.text == "ISO 13485:2016"


def test_unverified_things_are_found_and_marked(small: MemoryStore) -> None:
    marks = {hit.name.text: hit.unverified for hit in Search().find(small, "agency").hits}
    assert marks == {"Medicines and Healthcare products Regulatory Agency": False, "Agency of Somewhere": True}


def test_types_are_counted_and_narrow_the_hits(small: MemoryStore) -> None:
    search = Search()
    everything = search.find(small, "62304")
    editions = search.find(small, "62304", type_="edition")
    assert dict(everything.types) == {"standard": 1, "edition": 2}
    assert (everything.total, editions.total) == (3, 2)


def test_pages_of_hits_together_are_all_hits(small: MemoryStore) -> None:
    search = Search()
    whole = [hit.name.iri for hit in search.find(small, "62304").hits]
    parts = [hit.name.iri for offset in range(3) for hit in search.find(small, "62304", limit=1, offset=offset).hits]
    assert parts == whole


@pytest.mark.parametrize("query", ["zzz", "<>", '"', "{", "\\", "9", "%", BASE + "<x>"])
def test_what_nothing_is_called_finds_nothing_and_breaks_nothing(small: MemoryStore, query: str) -> None:
    assert Search().find(small, query).hits == ()


def test_spellings_of_one_identifier_have_the_same_pieces() -> None:
    assert pieces("EN 62304:2006/A1:2015") == ("en", "62304", "2006", "a", "1", "2015")
    assert number(pieces("IEC 62304:2006+AMD1:2015")) == number(pieces("EN 62304:2006/A1:2015"))
    assert folded("  Équipement ＭＲＩ ") == "equipement mri"


@pytest.fixture(scope="module")
def packaged() -> MemoryStore:
    """The packaged ontology, with its labels in every language."""
    return MemoryStore(ontology.quads())


@pytest.mark.parametrize(
    ("query", "expected", "text", "language"),
    [
        ("dispositif médical", "ontology#Device", "dispositif médical", "fr"),
        ("type de dispositif", "ontology#DeviceType", "type de dispositif", "fr"),
        ("Risikomanagement", "scheme/topic/risk-management", "Risikomanagement", "de"),
        ("organismo de normalización", "ontology#StandardsBody", "organismo de normalización", "es"),
        ("規制当局", "ontology#RegulatoryAuthority", "規制当局", "ja"),
        ("网络安全", "scheme/topic/cybersecurity", "网络安全", "zh-hans"),
    ],
)
def test_terms_are_found_by_their_labels_in_any_language(packaged, query, expected, text, language) -> None:
    hit = Search().find(packaged, query).hits[0]
    assert (hit.name.iri.value.removeprefix(BASE), hit.text, hit.language.lower()) == (expected, text, language)
    assert hit.name.language == "en"
