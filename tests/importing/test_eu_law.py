"""The AI Act from two sources: the page of EUR-Lex, and a JSON file of its articles."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.errors import UnreadableFile
from standards_graph.importing.base import recognised
from standards_graph.importing.codes.ai_act_articles import AiActArticles
from standards_graph.importing.codes.eurlex import EurLex
from standards_graph.model.findings import Severity
from standards_graph.vocab import DCTERMS, RDF, SGO, XSD
from tests.importing.codes import Read, read

HEAD = '<html><link href="https://eur-lex.europa.eu/eli/{}/oj/eng"/><body>{}</body></html>'
PAGE = Path(__file__).parent / "eur-lex" / "input.html"


def part(slug: str) -> NamedNode:
    return vocab.entity("provision", f"eu-2024-1689/{slug}")


def numbers(found: Read) -> list[str]:
    return sorted(str(q.object.value) for q in found.quads if q.predicate == SGO.provisionNumber)  # type: ignore[union-attr]


def page(tmp_path: Path, body: str, act: str = "reg/2024/1689") -> Path:
    path = tmp_path / "act.html"
    path.write_text(HEAD.format(act, body), "utf-8")
    return path


def article(tmp_path: Path, *rows: dict[str, str]) -> Read:
    path = tmp_path / "articles.json"
    path.write_text(json.dumps(rows), "utf-8")
    return read(AiActArticles(), path)


def test_the_parts_of_an_act_get_the_names_that_the_registry_gives_them() -> None:
    found = read(EurLex(), PAGE)
    assert numbers(found) == ["Annex III", "Article 1", "Article 1(1)", "Chapter I", "Recital 1"]
    assert found.objects(part("article-1"), SGO.provisionHeading) == {Literal("Subject matter", language="en")}
    assert found.objects(part("annex-iii"), SGO.provisionHeading) == {Literal("High-risk AI systems & more", language="en")}
    assert found.objects(part("chapter-i"), SGO.provisionHeading) == {Literal("GENERAL PROVISIONS", language="en")}
    (record,) = found.objects(part("article-1"), SGO.hasSourceRecord)
    address = "https://eur-lex.europa.eu/eli/reg/2024/1689/oj/eng#art_1"
    assert isinstance(record, NamedNode)
    assert found.objects(record, SGO.sourceAddress) == {Literal(address, datatype=XSD.anyURI)}


def test_a_paragraph_that_the_act_does_not_number_is_left_out_and_counted() -> None:
    found = read(EurLex(), PAGE)
    assert [(one.rule, one.value) for one in found.findings] == [("eur-lex-unnumbered", "1"), ("eur-lex-texts", "")]


def test_the_edition_of_the_page_is_dated() -> None:
    found = read(EurLex(), PAGE)
    assert {q.object for q in found.quads if q.predicate == SGO.printedSourceDate} == {Literal("2024-07-12", datatype=XSD.date)}


def test_the_wording_comes_in_only_when_asked_for() -> None:
    assert not [q for q in read(EurLex(), PAGE).quads if q.predicate == DCTERMS.description]
    asked = read(EurLex().with_texts(), PAGE)
    assert asked.objects(part("article-1-1"), DCTERMS.description) == {Literal("1. Words that are left out.", language="en")}
    assert asked.rules() == ["eur-lex-unnumbered"]


def test_another_act_is_described_by_its_citation_and_fills_another_graph(tmp_path: Path) -> None:
    path = page(tmp_path, '<div id="art_2"><p class="oj-sti-art">Scope</p></div>', act="dir/2022/2555")
    found = read(EurLex(), path)
    act = vocab.entity("law", "eu-2022-2555")
    assert found.objects(act, RDF.type) == {SGO.RegulatoryInstrument}
    assert found.objects(act, SGO.hasProvision) == {vocab.entity("provision", "eu-2022-2555/article-2")}
    assert EurLex().fills(path) == "source/eur-lex/eu-2022-2555"
    assert EurLex().fills(PAGE) == "source/eur-lex/eu-2024-1689"


def test_a_page_of_no_act_or_without_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no articles"):
        read(EurLex(), page(tmp_path, "<p>nothing</p>"))
    with pytest.raises(UnreadableFile, match="which act"):
        read(EurLex(), page(tmp_path, "", act="treaty/1"))


def test_an_article_of_the_file_loses_its_stray_backtick_and_is_told(tmp_path: Path) -> None:
    found = article(tmp_path, {"local_id": "Art1", "title": "Article 1 — Subject matter`", "text": "The words."})
    assert found.objects(part("article-1"), SGO.provisionHeading) == {Literal("Subject matter", language="en")}
    assert found.rules() == ["ai-act-backtick", "ai-act-texts"]
    asked = read(AiActArticles().with_texts(), tmp_path / "articles.json")
    assert asked.objects(part("article-1"), DCTERMS.description) == {Literal("The words.", language="en")}


def test_an_article_whose_number_is_not_that_of_its_title_is_left_out(tmp_path: Path) -> None:
    good = {"local_id": "Art3", "title": "Article 3 — Definitions"}
    found = article(tmp_path, {"local_id": "Art2", "title": "Article 4 — Scope"}, good, good)
    assert numbers(found) == ["Article 3"]
    wrong = [one for one in found.findings if one.rule == "ai-act-number"]
    assert [(one.line, one.severity) for one in wrong] == [(1, Severity.VIOLATION), (3, Severity.VIOLATION)]


def test_a_file_of_other_things_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="list of articles"):
        article(tmp_path)


def test_the_page_itself(shared: Path) -> None:
    path = shared / "data" / "eu-ai-act" / "eu_ai_act_2024_1689.html.gz"
    assert recognised(path) == "eur-lex"
    found = read(EurLex(), path)
    kinds = Counter(one.split()[0] + "()" * ("(" in one) for one in numbers(found))
    assert kinds == {"Recital": 180, "Chapter": 29, "Article": 113, "Article()": 500, "Annex": 13}
    assert (found.rows, found.count("eur-lex-unnumbered")) == (835, 1)


def test_the_articles_themselves_are_those_of_the_page_with_the_same_titles(shared: Path) -> None:
    folder = shared / "data" / "eu-ai-act"
    assert recognised(folder / "eu_ai_act_articles.json") == "ai-act-articles"
    found = read(AiActArticles(), folder / "eu_ai_act_articles.json")
    assert (found.rows, len(numbers(found)), found.count("ai-act-backtick")) == (113, 113, 1)
    there = read(EurLex(), folder / "eu_ai_act_2024_1689.html.gz")
    for n in range(1, 114):
        assert found.objects(part(f"article-{n}"), SGO.provisionHeading) == there.objects(
            part(f"article-{n}"), SGO.provisionHeading
        )
