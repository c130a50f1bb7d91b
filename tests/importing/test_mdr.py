"""The lists of standards under the EU Regulation on medical devices: their quirks, and the snapshots themselves."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from standards_graph import vocab
from standards_graph.curation.replacing import replacement
from standards_graph.importing import packing
from standards_graph.importing.base import Row, Told, importer, importers
from standards_graph.model.findings import Finding
from standards_graph.store.scratch import Room
from standards_graph.vocab import DCTERMS, RDF, SGO

GRAPH = vocab.graph("source/eu-mdr-harmonised")
ELI = "https://eur-lex.europa.eu/eli/dec_impl/2021/1182"


def row(number: str, **more: object) -> dict[str, object]:
    told = {"id": "eu_mdr-hs-one", "number": number, "title": "Example", "status": "active", "source_url": ELI}
    return {**told, "source_verified": "2026-02-23", **more}


def written(path: Path, rows: list[dict[str, object]], key: str = "entries") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"category": "any", key: rows} if key else rows, ensure_ascii=False), "utf-8")
    return path


def read(*paths: Path, source: str = "eu-mdr-harmonised") -> list[Told]:
    return [told for path in paths for told in importer(source).read(path, GRAPH)]


def quads(told: Iterable[Told]) -> set[Quad]:
    return {one for one in told if isinstance(one, Quad)}


def rules(told: Iterable[Told]) -> Counter[str]:
    return Counter(one.rule for one in told if isinstance(one, Finding) and one.severity == "warning")


def objects(told: Iterable[Told], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads(told) if q.subject == subject and q.predicate == predicate}


def recognition(slug: str) -> NamedNode:
    return vocab.entity("recognition", f"eu-eu-harmonised-mdr-2017-745-{slug}")


def recognitions(told: Iterable[Quad]) -> set[object]:
    return {q.subject for q in told if q.predicate == RDF.type and q.object == SGO.StandardRecognition}


@pytest.mark.parametrize("key", ["entries", "standards", ""])
@pytest.mark.parametrize("title", ["Gloves (ISO 99901:2015)", {"en": "Gloves (ISO 99901:2015)"}])
def test_every_shape_of_a_snapshot_says_the_same(tmp_path: Path, key: str, title: object) -> None:
    told = read(written(tmp_path / "list.json", [row("EN ISO 99901:2016", title=title)], key))
    edition = vocab.entity("edition", "en-iso-99901-2016")
    assert objects(told, recognition("en-iso-99901-2016"), SGO.recognises) == {edition}
    assert objects(told, edition, DCTERMS.title) == {Literal("Gloves", language="en")}
    assert objects(told, edition, SGO.isAdoptionOf) == {vocab.entity("edition", "iso-99901-2015")}


@pytest.mark.parametrize(
    ("number", "amendments", "slug"),
    [
        ("EN 285:2015+A1:2021", [], "en-285-2015-plus-a1-2021"),
        ("EN 285:2015", ["EN 285:2015/A1:2021"], "en-285-2015-plus-a1-2021"),
        (
            "EN ISO 13485:2016",
            ["EN ISO 13485:2016/A11:2021", "EN ISO 13485:2016/AC:2018"],
            "en-iso-13485-2016-plus-ac-2018-plus-a11-2021",
        ),
    ],
)
def test_amendments_folded_into_the_number_or_listed_apart_are_one_recognition(
    tmp_path: Path, number: str, amendments: list[str], slug: str
) -> None:
    told = read(written(tmp_path / "list.json", [row(number, amendments=amendments)]))
    assert recognitions(quads(told)) == {recognition(slug)}
    assert SGO.ConsolidatedEdition in objects(told, vocab.entity("edition", slug), RDF.type)


def test_an_edition_with_a_european_amendment_adopts_and_one_with_another_amendment_does_not(tmp_path: Path) -> None:
    title = "Risk (ISO 99901:2019)"
    european = row("EN ISO 99901:2019", title=title, amendments=["EN ISO 99901:2019/A11:2021"])
    other = row("EN ISO 99902:2019", title=title, amendments=["EN ISO 99902:2019/A1:2021"])
    told = read(written(tmp_path / "list.json", [european, other]))
    adopting = {q.subject for q in quads(told) if q.predicate == SGO.isAdoptionOf}
    assert adopting == {
        vocab.entity("edition", slug) for slug in ("en-iso-99901-2019", "en-iso-99901-2019-plus-a11-2021", "en-iso-99902-2019")
    }


def test_a_pending_standard_is_sought_and_not_recognised(tmp_path: Path) -> None:
    told = read(written(tmp_path / "list.json", [row("EN 99902:2006+A1:2015", status="pending_harmonisation")]))
    assert not recognitions(quads(told))
    [absence] = {q.subject for q in quads(told) if q.predicate == SGO.soughtEdition}
    assert objects(told, absence, SGO.statusAsRead) == {Literal("pending_harmonisation")}  # type: ignore[arg-type]


def test_a_recognition_that_names_no_act_is_told(tmp_path: Path) -> None:
    told = read(written(tmp_path / "list.json", [row("EN 99902:2006", source_url="https://www.iec.ch/homepage")]))
    assert rules(told) == {"eu-mdr-harmonised-no-act": 1}
    reported = vocab.concept("decision-status", "reported")
    assert objects(told, recognition("en-99902-2006"), SGO.hasDecisionStatus) == {reported}


def test_claims_of_annex_points_are_text_and_no_legal_effect(tmp_path: Path) -> None:
    told = read(written(tmp_path / "list.json", [row("EN 99902:2006", applicable_gsprs=["10", "10.4.1", "all"])]))
    found = objects(told, recognition("en-99902-2006"), SGO.extentText)
    assert found == {Literal("Annex I points named by the list: 10, 10.4.1")}
    assert not [q for q in quads(told) if q.predicate == SGO.givesPresumptionFor]


def test_an_index_that_counts_otherwise_than_its_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.zip"
    index = {
        "categories": {"any": {"count": 1, "file": "standards-any.json"}},
        "total_standards": 3,
        "last_updated": "2026-02-23",
    }
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_index.json", json.dumps(index))
        archive.writestr("standards-any.json", json.dumps({"count": 2, "entries": [row("EN 1:2006"), row("EN 2:2006")]}))
    assert rules(read(path)) == {"eu-mdr-harmonised-count": 2}


def test_rows_without_a_dated_reference_are_left_out_and_told(tmp_path: Path) -> None:
    told = read(written(tmp_path / "list.json", [row("EN 99902"), row("")]))
    assert rules(told) == {"eu-mdr-harmonised-reference": 2}
    assert not recognitions(quads(told))


def test_a_summary_comes_in_only_when_it_is_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path / "list.json", [row("EN 99902:2006", abstract="In short.")])
    plain = importer("eu-mdr-harmonised")
    assert not [q for q in quads(plain.read(path, GRAPH)) if q.predicate == DCTERMS.abstract]
    told = plain.with_texts().read(path, GRAPH)  # type: ignore[attr-defined]
    assert [q.object for q in quads(told) if q.predicate == DCTERMS.abstract] == [Literal("In short.", language="en")]


def test_a_number_in_several_topics_is_one_edition_and_both_rows_stand(tmp_path: Path) -> None:
    paths = [
        written(tmp_path / f"standards-{topic}.json", [row("ISO 99901:2020", id="iso-99901-2020", applicable_gsprs=points)])
        for topic, points in (("ai", ["14"]), ("software", ["17"]))
    ]
    told = read(*paths, source="eu-mdr-other-standards")
    edition = vocab.entity("edition", "iso-99901-2020")
    records = objects(told, edition, SGO.hasSourceRecord)
    notes = {q.object.value for q in quads(told) if q.subject in records and q.predicate == SGO.curatorNote}
    assert notes == {"Annex I points named by the list: 14", "Annex I points named by the list: 17"}
    assert not recognitions(quads(told))


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"standard_type": "harmonised"}, "harmonised"),
        ({"id": "iec-tr-80001-2-2-2012"}, "identity"),
        ({"note": "WITHDRAWN. Replaced by ISO 99901:2020.", "status": "withdrawn"}, "identity"),
    ],
)
def test_a_row_that_contradicts_itself_is_told(tmp_path: Path, more: dict[str, object], rule: str) -> None:
    path = written(tmp_path / "list.json", [row("ISO 99901:2020", **{"id": "iso-99901-2020", **more})])
    told = read(path, source="eu-mdr-other-standards")
    assert rules(told) == {f"eu-mdr-other-standards-{rule}": 1}
    assert bool([q for q in quads(told) if q.predicate == DCTERMS.title]) == (rule == "harmonised")


SNAPSHOTS = {"2026-02-23": (50, 50, 0), "2026-04-09": (53, 51, 2), "2026-05-04": (51, 51, 0)}


def snapshot(shared: Path, day: str) -> list[Told]:
    return read(*sorted((shared / f"data/docmcp-knowledge/eu-mdr-harmonised/{day}").glob("*.json")))


@pytest.mark.parametrize("day", SNAPSHOTS)
def test_a_snapshot_is_read_whole(shared: Path, day: str) -> None:
    told = snapshot(shared, day)
    pending = {q.subject for q in quads(told) if q.predicate == SGO.soughtEdition}
    rows = len([one for one in told if isinstance(one, Row)])
    assert (rows, len(recognitions(quads(told))), len(pending)) == SNAPSHOTS[day]
    expected = {"eu-mdr-harmonised-count": 1, "eu-mdr-harmonised-no-act": 2}
    assert rules(told) == (expected if day == "2026-02-23" else {})


def test_one_snapshot_after_another_shows_what_the_list_said_and_no_longer_says(shared: Path) -> None:
    held: set[Quad] = set()
    noticed: dict[str, set[str]] = {}
    for day in SNAPSHOTS:
        change = replacement(
            held, quads(snapshot(shared, day)), graph=GRAPH, day=dt.date.fromisoformat(day), room=Room()
        ).changes
        held = (held - set(change.removed)) | set(change.added)
        noticed[day] = {q.subject.value.rpartition("/")[2] for q in change.added if q.predicate == SGO.withdrawnAtSource}
    software = "eu-eu-harmonised-mdr-2017-745-en-iec-62304-2006-plus-a1-2015"
    assert software in noticed["2026-04-09"]
    assert "eu-mdr-harmonised-en-iec-62304-2006-a1-2015" in {
        name.replace("62304-2006-plus", "62304-2006") for name in noticed["2026-05-04"]
    }
    again = replacement(held, quads(snapshot(shared, "2026-05-04")), graph=GRAPH, day=dt.date(2026, 6, 1), room=Room()).changes
    assert not again.added
    assert not again.removed
    assert len(recognitions(held)) == len(recognitions(quads(snapshot(shared, "2026-05-04")))) + len(
        [name for names in noticed.values() for name in names if name.startswith("eu-eu-harmonised")]
    )


def test_the_other_standards_are_read_whole(shared: Path) -> None:
    folder = shared / "data/docmcp-knowledge/eu-mdr-other-standards"
    told = read(*sorted(folder.glob("*.json")), source="eu-mdr-other-standards")
    assert len([one for one in told if isinstance(one, Row)]) == 384
    found = rules(told)
    assert found["eu-mdr-other-standards-harmonised"] == 6
    assert found["eu-mdr-other-standards-count"] == 2
    assert not recognitions(quads(told))


def test_every_file_of_the_lists_is_recognised_as_what_it_is(shared: Path) -> None:
    for source in ("eu-mdr-harmonised", "eu-mdr-other-standards"):
        for path in (shared / "data/docmcp-knowledge" / source).rglob("*.json"):
            beginning = packing.beginning(path)
            assert [one.name for one in importers() if one.accepts(path, beginning)] == [source], path
