"""openFDA on decisions: 510(k) clearances with De Novo requests, and premarket approvals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from pyoxigraph import NamedNode

from standards_graph.importing.facts import Facts
from standards_graph.importing.fda import words
from standards_graph.importing.fda.answers import Item, LeftOut
from standards_graph.importing.fda.openfda import OpenFda, text
from standards_graph.importing.fda_ai_devices import packaged
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import SGO

NUMBER = re.compile(r"(?:B?K|DEN)[0-9]{6}")
APPROVAL = re.compile(r"(?P<number>[PNDH][0-9]{6})(?P<supplement>S[0-9]{3})?")

CLEARED = re.compile(r"S[A-Z]{1,3}|DENG|KD|PR|PT|RN")
"""Codes for decisions by which a device may be marketed: ``SESE``, ``SEKD``, ``SN``, ``ST``; ``DENG`` for De Novo.

``RN`` takes back that a device was not substantially equivalent (openFDA's table of decision codes).
"""
REFUSED = ("SC", "SL")
"""Codes that begin like these and are refusals: cannot market, improper label."""

APPROVED = ("APPR", "OK30", "LE30")
"""Codes for approvals and accepted notices; withdrawals, denials, conversions and reclassifications are none."""

CONTACT = "names and addresses of persons and firms"


class Decisions(OpenFda):
    """A decision on a submission: its number, its days, who asked, what for."""

    applicant: str
    device_name: str

    def decided(self, item: Item, facts: Facts, number: str) -> Iterator[Finding]:
        """Say what the record says of a decision that lets a device onto the market."""
        self.sourced(facts, number, url=words.page(number))
        applicant, name = item.text(self.applicant), item.text(self.device_name)
        iri = words.submission(facts, number, name=name)
        yield from self.day(item, facts, iri, "decision_date", SGO.decidedOn, SGO.validFrom)
        yield from self.day(item, facts, iri, "date_received", SGO.receivedOn)
        letters = item.text("review_advisory_committee") or item.text("advisory_committee")
        facts.say(iri, SGO.panel, words.panel(facts, letters))
        facts.say(iri, SGO.printedPanelName, text(item.text("advisory_committee_description")))
        facts.say(iri, SGO.printedApplicantName, text(applicant))
        facts.say(iri, SGO.printedDeviceName, text(name))
        code, wrong = self.code(item, facts)
        yield from wrong
        device = self._device(facts, number, applicant, name)
        facts.say(iri, SGO.authorises, device)
        if device and code:
            facts.say(device, SGO.classifiedAs, code)

    def _device(self, facts: Facts, number: str, applicant: str, name: str) -> NamedNode | None:
        """The device that the packaged list has under the number, else the one that applicant and name make."""
        known = packaged().entry(number)
        if known:
            return self.device(facts, applicant=known.company, name=known.device)
        return self.device(facts, applicant=applicant, name=name) if applicant and name else None


class OpenFda510k(Decisions):
    """Clearances of premarket notifications, and De Novo requests that were granted."""

    name = "openfda-510k"
    title = "openFDA: 510(k) clearances"
    description = (
        "Answers and downloads of openFDA's endpoint device/510k as JSON: decisions on premarket notifications and De Novo."
    )
    endpoint = "device/510k"
    marks = ("clearance_type", "statement_or_summary")
    key = "k_number"
    applicant, device_name = "applicant", "device_name"
    left_out: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            ("contact", "address_1", "address_2", "city", "state", "zip_code", "postal_code", "country_code"), CONTACT
        ),
        **dict.fromkeys(
            ("clearance_type", "third_party_flag", "expedited_review_flag", "statement_or_summary"), "kinds of review"
        ),
        "openfda": "what openFDA adds for the product code, such as all establishments that list it",
    }

    def tell(self, item: Item, facts: Facts) -> Iterator[Finding]:
        """Say what a record says; a decision that lets nothing onto the market is left out."""
        number, code = item.text("k_number"), item.text("decision_code")
        if not NUMBER.fullmatch(number):
            raise LeftOut("number", "This is no submission number such as K252054.", column="k_number")
        if not CLEARED.fullmatch(code) or code in REFUSED:
            message = "By this code the device was not cleared; the record is left out."
            raise LeftOut("not-cleared", message, column="decision_code", severity=Severity.WARNING)
        yield from self.decided(item, facts, number)


class OpenFdaPma(Decisions):
    """Premarket approvals and their supplements."""

    name = "openfda-pma"
    title = "openFDA: premarket approvals"
    description = "Answers and downloads of openFDA's endpoint device/pma as JSON: approvals and supplements."
    endpoint = "device/pma"
    marks = ("ao_statement", "supplement_reason", "supplement_type")
    key = "pma_number"
    applicant, device_name = "applicant", "trade_name"
    left_out: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("street_1", "street_2", "city", "state", "zip", "zip_ext"), CONTACT),
        **dict.fromkeys(("supplement_type", "supplement_reason", "ao_statement"), "kinds, reasons and statements of approvals"),
        **dict.fromkeys(
            ("generic_name", "docket_number", "expedited_review_flag"), "generic names, dockets and kinds of review"
        ),
        "openfda": "what openFDA adds for the product code, such as all establishments that list it",
    }

    def tell(self, item: Item, facts: Facts) -> Iterator[Finding]:
        """Say what a record says; what is no approval is left out."""
        told = f"{item.text('pma_number')}{item.text('supplement_number')}"
        found = APPROVAL.fullmatch(told)
        if found is None:
            raise LeftOut("number", "This is no number such as P970051 with a supplement such as S054.", column="pma_number")
        if item.text("decision_code") not in APPROVED:
            message = "By this code nothing was approved; the record is left out."
            raise LeftOut("not-approved", message, column="decision_code", severity=Severity.WARNING)
        number = found["number"] + (f"/{found['supplement']}" if found["supplement"] else "")
        yield from self.decided(item, facts, number)
