"""The founding story: each page of those whom it names shows its claims, each with what was found out and the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from standards_graph import resources
from standards_graph.importing.curated.tables import Row, Tables
from standards_graph.registry import Registry
from tests.data.conftest import Content
from tests.webapp.pages import page, words
from webapp.application import create_app
from webapp.rendering import day
from webapp.wsgi import equipped

NAMED = {
    "/network/healthai-grn": (r"HealthAI Global Regulatory Network|MHRA membership|pioneer country of the network", 9),
    "/org/mhra": (r"\bMHRA\b", 13),
    "/sandbox/mhra-ai-airlock": (r"\bAI Airlock\b", 5),
    "/org/nice": (r"\bNICE\b", 1),
    "/org/gb-nhs": (r"\bNHS\b", 3),
}
"""Each page, how the claims name the one whom it is about, and how many of these claims are confirmed."""


@pytest.fixture(scope="module")
def web(content: Content) -> Iterator[FlaskClient]:
    """The pages over the whole content."""
    with Registry.in_memory([quad for quads in content.values() for quad in quads]) as registry:
        client = equipped(create_app(registry)).test_client()
        client.environ_base["HTTP_ACCEPT"] = "text/html"
        yield client


def claims(pattern: str) -> list[Row]:
    """The rows of the table that name somebody."""
    return [row for row in Tables(resources.data() / "curated")["seed_claims"] if re.search(pattern, _said(row))]


def _said(row: Row) -> str:
    return f"{row['subject']} {row['relation']} {row['object']}"


def shown(markup: str) -> dict[str, str]:
    """The rows of a page's table of claims, by the address of the claim."""
    table = markup.partition('<h2 id="claims">')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", table, re.S)
    return {re.findall(r'href="([^"]+)"', row)[0]: row for row in rows}


@pytest.mark.parametrize(("address", "named", "confirmed"), [(path, *told) for path, told in NAMED.items()], ids=list(NAMED))
def test_a_page_shows_the_claims_of_the_story_with_finding_and_source(
    web: FlaskClient, address: str, named: str, confirmed: int
) -> None:
    rows, found = claims(named), shown(page(web, address))
    assert {f"/claim/{row.key}" for row in rows} == set(found)
    assert sum(row["confirmation"].startswith("confirmed") for row in rows) == confirmed
    for row in rows:
        told = words(found[f"/claim/{row.key}"])
        assert _said(row) in told
        assert row["confirmation"] in told
        assert ("unverified" in told) is (row["verified"] != "yes")
        if row["verified"] == "yes":
            assert f'href="{row["source_url"].replace("&", "&amp;")}"' in found[f"/claim/{row.key}"]
            host = urlsplit(row["source_url"]).hostname or ""
            assert f"{host.removeprefix('www.')}, {day(row['source_date'])}" in told


def test_the_page_of_a_claim_names_whom_it_is_about(web: FlaskClient) -> None:
    told = page(web, "/claim/claim-22")
    assert {f'href="{address}"' in told for address in ("/org/mhra", "/org/gb-nhs")} == {True}


def test_who_is_named_by_claims_alone_has_their_source_and_is_no_regulator(web: FlaskClient) -> None:
    told = page(web, "/org/gb-nhs")
    assert "https://www.gov.uk/government/publications/ai-airlock-simulation-workshops" in told
    assert "gb-nhs" not in web.get("/regulators.csv").get_data(as_text=True)
