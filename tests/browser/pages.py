"""Every page that the gates of this folder open, on the small world. A new kind of page gets a line here."""

from __future__ import annotations

from dataclasses import dataclass

from standards_graph import resources


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address, words that its main part shows without JavaScript, and how many kB its first visit may take."""

    address: str
    words: str
    most_kb: int = 120
    status: int = 200

    def __str__(self) -> str:
        return self.address


CORE, QUERY = 100, 350

MODULES = tuple(sorted(path.stem for path in (resources.ontology() / "modules").glob("*.ttl")))

PAGES = (
    Page("/", "Questions this registry answers", CORE),
    Page("/questions", "US-recognised"),
    Page("/questions/us-recognised-eu-harmonised", "ISO 14971:2019"),
    Page("/standards", "ISO 13485:2016"),
    Page("/regulators", "Example Agency"),
    Page("/jurisdictions", "European Union"),
    Page("/networks", "HealthAI"),
    Page("/devices", "Lung Finder"),
    Page("/edition/iso-14971-2019", "Application of risk management"),
    Page("/org/example-agency", "Unverified"),
    Page("/search?q=software", "IEC 62304"),
    Page("/search", "Names, titles"),
    Page("/questions/fda-ai-devices-of-a-panel", "Beat Watch"),
    Page("/questions/us-recognised-eu-harmonised?there=none", "None found in the sources read"),
    Page("/regulations", "Regulation (EU) 2017/745"),
    Page("/classifications", "MDR classes"),
    Page("/organisations", "AAMI"),
    Page("/guidance", "Guidance"),
    Page("/alerts", "safety action"),
    Page("/sandboxes", "AI Airlock"),
    Page("/assessments", "Bone Finder"),
    Page("/devices?panel=radiology&sort=decided&order=down", "Lead panel: Radiology"),
    Page("/devices?more=company", "Example Imaging"),
    Page("/jurisdiction/eu", "What points here"),
    Page("/jurisdiction/gb", "United Kingdom joined the network"),
    Page("/concept/us-fda-class/ii", "Special controls are set."),
    Page("/mapping/0000000000000001", "published comparison"),
    Page("/edition/en-62304-2006-plus-a1-2015", "unverified"),
    Page("/jurisdiction/eu?incoming=https://w3id.org/standards-graph/ontology%23inJurisdiction", "Back to the record"),
    Page("/search?q=ISO+14971:2007&list=1", "withdrawn"),
    Page("/search?q=zzzz", "Nothing found in the sources read"),
    Page("/cite?page=/edition/iso-14971-2019", "organization"),
    Page("/api", "From a file to a revision"),
    Page("/import", "Curators bring RDF and official files here"),
    Page("/dataset", "curated/standards"),
    Page("/dataset/curated/networks", "What it describes"),
    Page("/ontology", "StandardEdition"),
    Page("/ontology/StandardEdition", "One dated publication of a standard"),
    *(Page(f"/ontology/module/{name}", "Classes and their data") for name in MODULES),
    Page("/standards?foo=1", "has no parameter foo", CORE, 400),
    Page("/data", "Dumps"),
    Page("/changes", "Revisions"),
    Page("/changes/r1", "Fingerprint"),
    Page("/changes/r1?fate=new&page=2", "page 2"),
    Page("/diff/r1/r1", "Nothing differs"),
    Page("/edition/iso-14971-2007?view=history", "Back to the record"),
    Page("/edition/iso-14971-2007?at=2015-06-01&revision=r1", "As published on"),
    Page("/standards?at=2015-06-01", "left out"),
    Page("/jurisdictions?at=2015-06-01", "does not depend on a day"),
    Page("/questions/editions-recognised-on-a-day?at=2024-06-01", "is asked for it"),
    Page("/questions/eu-counterpart-of-fda-class-ii?at=2024-06-01", "has no day"),
    Page("/query", "SPARQL 1.1 query", QUERY),
    Page("/query?example=us-recognised-eu-harmonised", "rows in", QUERY),
    Page("/query?query=SELECT+*+%7B+%3Fs+%3Fp", "Line 1", QUERY, 400),
    Page("/query?query=SELECT+*+%7B+%3Fs+a+%3Chttp%3A%2F%2Fexample.org%2Fnone%3E+%7D", "None found", QUERY),
    Page("/about", "How to read a statement"),
    Page("/accessibility", "Web Content Accessibility Guidelines"),
    Page("/licence", "CC0"),
    Page("/standard/there-is-none", "Not found", CORE, 404),
)
