"""Questions stand by who asks them."""

from __future__ import annotations

from standards_graph.model.questions import Asked, Question, by_audience


def question(name: str, number: str = "") -> Question:
    return Question(name=name, text=f"{name}?", title=name, id=number)


def test_questions_are_grouped_by_audience_and_ordered_by_number() -> None:
    asked = [question("z"), question("a"), question("k", "M1"), question("b", "S10"), question("c", "S2"), question("d", "R1")]
    assert [(one.name, [found.name for found in one.questions]) for one in by_audience(asked)] == [
        ("Standards bodies", ["c", "b"]),
        ("Regulators", ["d"]),
        ("Manufacturers and clinicians", ["k"]),
        ("More", ["a", "z"]),
    ]


def test_an_audience_has_a_place_on_the_page() -> None:
    (only,) = by_audience([question("a", "M3")])
    assert only.anchor == "manufacturers-and-clinicians"


def test_a_query_that_names_graphs_is_known_by_its_text_and_not_by_its_remarks() -> None:
    def asked(query: str) -> Asked:
        return Asked(question("a"), (), query, (), (), {}, (), 1)

    assert asked("SELECT * {\n  GRAPH ?g { ?s ?p ?o }\n}").reads_named_graphs
    assert not asked("#+ question: Which GRAPH?\nSELECT ?graph { ?graph ?p ?o }").reads_named_graphs
