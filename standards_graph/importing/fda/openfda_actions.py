"""openFDA on recalls: the endpoint device/recall, and enforcement reports with their class."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.importing import facts as saying
from standards_graph.importing.facts import Facts
from standards_graph.importing.fda import answers, words
from standards_graph.importing.fda.answers import Item, LeftOut
from standards_graph.importing.fda.openfda import OpenFda, text
from standards_graph.importing.fda.openfda_decisions import APPROVAL, CONTACT, NUMBER
from standards_graph.importing.fda_ai_devices import packaged
from standards_graph.importing.forms import table
from standards_graph.importing.packing import beginning
from standards_graph.model import dates, identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, SGO

RECALL = re.compile(r"Z-[0-9]{3,5}-[0-9]{2,4}")
SEVERITIES: Mapping[str, str] = {"Class I": "us-class-i", "Class II": "us-class-ii", "Class III": "us-class-iii"}
DEVICES = "Devices"
"""What enforcement reports call the kind of product that is a device; drugs, food and biologics are others'."""

_IN_TEXT = re.compile(r"Recall #\s*(?:s\s*)?(Z-[0-9]{3,5}-[0-9]{2,4})")
_FIRM = re.compile(r"(?:Recalling Firm:\s*)?(?P<name>.+?)(?:,? by [a-z]| ?Manufacturer).*")


class Actions(OpenFda):
    """A recall as the FDA recorded it."""

    def recalled(self, item: Item, facts: Facts, number: str, *, product: str, firm: str, reason: str) -> NamedNode:
        """A recall by its number, with what every record tells of it; raises LeftOut where it names no product."""
        if not product:
            raise LeftOut("product", "The record names no product and is left out.", column="product_description")
        iri = vocab.entity("action", identifiers.slug(f"fda {number}"))
        words.plainly(facts, iri, SGO.Recall, label=f"FDA recall {number}")
        facts.say(iri, SGO.officialIdentifier, Literal(number))
        facts.say(iri, SGO.identifierScheme, Literal("FDA recall number"))
        facts.say(iri, SGO.hasSafetyActionKind, vocab.concept("safety-action-kind", "recall"))
        facts.say(iri, SGO.issuedBy, words.FDA)
        facts.say(iri, SGO.inJurisdiction, words.US)
        facts.say(iri, SGO.deviceNameAsRead, Literal(product))
        facts.say(iri, SGO.makerNameAsRead, text(firm))
        facts.say(iri, DCTERMS.description, saying.english(reason) if reason else None)
        return iri

    def ended(self, item: Item, facts: Facts, iri: NamedNode, *, start: str, end: str) -> Iterator[Finding]:
        """When the firm began the recall and when the FDA ended it; an end that is not after the start stays out."""
        found: dict[str, dt.date | None] = {}
        for column in (start, end):
            try:
                found[column] = answers.date(item.text(column))
            except ValueError:
                found[column] = None
                yield item.finding(f"{self.name}-date", "This is no day; it is left out.", column=column)
        first, last = found[start], found[end]
        if first:
            facts.say(iri, SGO.printedValidFrom, dates.day(first))
            facts.say(iri, SGO.validFrom, dates.day(first))
            facts.say(iri, SGO.dateNote, Literal("initiated"))
        if last and first and last < first:
            yield item.finding(
                f"{self.name}-ends-before-it-begins", "The end lies before the start; it is left out.", column=end
            )
        elif last:
            facts.say(iri, SGO.printedValidUntil, dates.day(last))
            facts.say(iri, SGO.validUntil, dates.day(last + dt.timedelta(days=1)))


class OpenFdaRecall(Actions):
    """Recalls, with the submissions of the recalled devices."""

    name = "openfda-recall"
    title = "openFDA: recalls"
    description = "Answers and downloads of openFDA's endpoint device/recall as JSON, with the submissions that a recall names."
    endpoint = "device/recall"
    marks = ("product_res_number", "res_event_number", "root_cause_description", "event_date_initiated", "firm_fei_number")
    key = "product_res_number"
    left_out: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("address_1", "address_2", "city", "state", "postal_code", "additional_info_contact"), CONTACT),
        **dict.fromkeys(
            ("code_info", "product_quantity", "distribution_pattern", "action"), "lots, amounts, places and letters"
        ),
        **dict.fromkeys(("firm_fei_number", "res_event_number", "cfres_id"), "numbers of firms, events and pages"),
        **dict.fromkeys(("root_cause_description", "product_code", "other_submission_description"), "causes and product codes"),
        "openfda": "what openFDA adds for the product code, such as all submissions and establishments under it",
    }

    def tell(self, item: Item, facts: Facts) -> Iterator[Finding]:
        """Say what a record says."""
        number = item.text("product_res_number")
        if not RECALL.fullmatch(number):
            raise LeftOut("number", "This is no recall number such as Z-0359-2013.", column="product_res_number")
        self.sourced(facts, number, url=self.address("product_res_number", number))
        product = item.text("product_description")
        named = [*item.texts("k_numbers"), *item.texts("pma_numbers")]
        if not product and named:
            product = f"device of {', '.join(named)}"
            yield item.finding(
                f"{self.name}-product",
                "The record names no product; its submissions stand in the place of one.",
                column="product_description",
            )
        firm, reason = item.text("recalling_firm"), item.text("reason_for_recall")
        iri = self.recalled(item, facts, number, product=product, firm=firm, reason=reason)
        facts.say(iri, SGO.statusAsRead, text(item.text("recall_status")))
        yield from self.ended(item, facts, iri, start="event_date_initiated", end="event_date_terminated")
        for column in ("k_numbers", "pma_numbers"):
            for told in item.texts(column):
                yield from self._submission(item, facts, iri, column, told)

    def _submission(self, item: Item, facts: Facts, iri: NamedNode, column: str, told: str) -> Iterator[Finding]:
        """That the recalled device was marketed under a submission; its device where the packaged list has it."""
        approval = APPROVAL.fullmatch(told.replace("/", ""))
        if not NUMBER.fullmatch(told) and approval is None:
            yield item.finding(f"{self.name}-submission", "This is no submission number; it is left out.", column=column)
            return
        supplement = f"/{approval['supplement']}" if approval and approval["supplement"] else ""
        number = approval["number"] + supplement if approval else told
        decision = words.submission(facts, number)
        facts.say(iri, SGO.concernsAuthorisation, decision)
        if known := packaged().entry(number):
            device = self.device(facts, applicant=known.company, name=known.device)
            facts.say(decision, SGO.authorises, device)
            facts.say(iri, SGO.concerns, device)


class OpenFdaEnforcement(Actions):
    """Enforcement reports, in which a recall has its class."""

    name = "openfda-enforcement"
    title = "openFDA: enforcement reports"
    description = (
        "Answers and downloads of openFDA's endpoint device/enforcement as JSON, one object a line (in 2012 with hyphens in "
        "the names), and the same fields as CSV. Reports on drugs, food and biologics are left out."
    )
    endpoint = "device/enforcement"
    marks = ("voluntary_mandated", "recall_initiation_date", "initial_firm_notification", "recalling-firm")
    key = "reason_for_recall"
    left_out: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("address_1", "address_2", "city", "state", "postal_code", "country"), CONTACT),
        **dict.fromkeys(
            ("code_info", "more_code_info", "product_quantity", "distribution_pattern", "initial_firm_notification"),
            "lots, amounts, places and letters",
        ),
        **dict.fromkeys(("event_id", "voluntary_mandated", "report_date"), "numbers of events, who began, and days of reports"),
    }

    def accepts(self, path: Path, beginning: str) -> bool:
        """Whether it is JSON of the endpoint, or a table with its fields."""
        columns = beginning.partition("\n")[0].replace('"', "").strip().split(",")
        table_ = {"recall_number", "recalling_firm", "product_type", "classification"} <= set(columns)
        return table_ or super().accepts(path, beginning)

    def items(self, path: Path) -> Iterator[Item]:
        """The records of a file; those of 2012 with the names of fields as openFDA writes them now."""
        if not answers.is_answer(beginning(path)):
            for row in table(path):
                yield Item(path, row.line, row.values)
            return
        for item in answers.items(path, key=self.key):
            yield Item(path, item.number, {name.replace("-", "_"): value for name, value in item.values.items()})

    def tell(self, item: Item, facts: Facts) -> Iterator[Finding]:
        """Say what a report says; one that names no number of its own is left out."""
        numbers = self._numbers(item)
        if item.text("product_type") != DEVICES:
            message = "The report is not on a device, and is left out."
            raise LeftOut("no-device", message, column="product_type", severity=Severity.INFO)
        if not numbers:
            message = "The report bears no recall number of a device, so that nothing identifies it; it is left out."
            raise LeftOut("number", message, column="recall_number", severity=Severity.WARNING)
        for number in numbers:
            yield from self._report(item, facts, number)

    def _numbers(self, item: Item) -> list[str]:
        """The recall numbers of a report: its own, or in the reports of 2012 those at the end of the description."""
        number = item.text("recall_number")
        if number:
            return [number] if RECALL.fullmatch(number) else []
        return list(dict.fromkeys(_IN_TEXT.findall(item.text("product_description"))))

    def _report(self, item: Item, facts: Facts, number: str) -> Iterator[Finding]:
        self.sourced(facts, number, url=self.address("recall_number", number))
        firm = item.text("recalling_firm")
        by_letter = "" if item.text("recall_number") else firm
        found = _FIRM.fullmatch(by_letter)
        iri = self.recalled(
            item,
            facts,
            number,
            product=item.text("product_description"),
            firm=found["name"].strip(" ,.") if found else firm,
            reason=item.text("reason_for_recall"),
        )
        facts.say(iri, SGO.statusAsRead, text(item.text("status")))
        severity = SEVERITIES.get(item.text("classification"))
        facts.say(iri, SGO.hasSeverity, vocab.concept("severity", severity) if severity else None)
        if item.text("classification") and not severity:
            yield item.finding(f"{self.name}-class", "The class of the recall is none of the three.", column="classification")
        yield from self.day(item, facts, iri, "center_classification_date", SGO.decidedOn)
        yield from self.ended(item, facts, iri, start="recall_initiation_date", end="termination_date")
