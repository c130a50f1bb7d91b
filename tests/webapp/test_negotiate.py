from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.negotiate import best, takes_gzip

OFFERED = ("text/turtle", "application/ld+json", "text/html")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html", "text/html"),
        ("TEXT/HTML", "text/html"),
        ("text/html;q=0.5, application/ld+json;q=0.6", "application/ld+json"),
        ("text/*;q=0.3, text/html;q=0.2, application/*;q=0.1", "text/turtle"),
        ("text/turtle;q=0, */*;q=0.1", "application/ld+json"),
        ("text/html;level=1;q=0.9, text/turtle;q=0.8", "text/html"),
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/html;q=much, application/ld+json;q=0.001", "application/ld+json"),
        ("text/html;q=nan, text/turtle;q=0.1", "text/turtle"),
        (";;;, ,text/html ;q=1.0 ,", "text/html"),
    ],
)
def test_the_most_wanted_of_what_is_offered_is_chosen(header: str | None, expected: str | None) -> None:
    assert best(header, OFFERED) == expected


@given(st.text())
def test_any_header_chooses_something_offered_or_nothing(header: str) -> None:
    assert best(header, OFFERED) in (*OFFERED, None)


@pytest.mark.parametrize(
    ("header", "expected"),
    [(None, False), ("gzip", True), ("br, gzip;q=0.1", True), ("gzip;q=0", False), ("*", True), ("br", False)],
)
def test_gzip_is_for_those_who_say_so(header: str | None, expected: bool) -> None:
    assert takes_gzip(header) is expected
