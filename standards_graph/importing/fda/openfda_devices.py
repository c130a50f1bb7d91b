"""openFDA on codes, device identifiers, and establishments that list devices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.importing import facts as saying
from standards_graph.importing.devices import identifying
from standards_graph.importing.facts import Facts
from standards_graph.importing.fda import words
from standards_graph.importing.fda.answers import Item, LeftOut
from standards_graph.importing.fda.openfda import OpenFda, text
from standards_graph.importing.fda.openfda_decisions import APPROVAL, CONTACT, NUMBER
from standards_graph.importing.fda_ai_devices import company
from standards_graph.model import identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import SGO, SKOS

MAKES = "Manufacture Medical Device"
"""Kind of establishment that makes a device for itself; others repack, sterilise, import, or make it for others."""

HANDLING = "sterilisation, storage, sizes and safety in magnetic fields"
VERSIONS = "catalogue numbers, days and versions of records"

_CLASS = re.compile(r"[123UNFunf]?")


class OpenFdaClassification(OpenFda):
    """Product codes with their class."""

    name = "openfda-classification"
    title = "openFDA: product classification"
    description = (
        "Answers and downloads of openFDA's endpoint device/classification as JSON: product codes with class and regulation."
    )
    endpoint = "device/classification"
    marks = ("unclassified_reason", "life_sustain_support_flag", "submission_type_id", "gmp_exempt_flag")
    key = "gmp_exempt_flag"
    left_out: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("gmp_exempt_flag", "implant_flag", "life_sustain_support_flag", "third_party_flag"), "flags"),
        **dict.fromkeys(("submission_type_id", "review_code", "unclassified_reason"), "kinds of submission and reasons"),
        "openfda": "what openFDA adds for the product code, such as all submissions and establishments under it",
    }

    def tell(self, item: Item, facts: Facts) -> Iterator[Finding]:
        """Say what a record says."""
        code, class_, number = item.text("product_code"), item.text("device_class"), item.text("regulation_number")
        if not words.PRODUCT_CODE.fullmatch(code):
            raise LeftOut("code", "A product code is three capital letters.", column="product_code")
        if not _CLASS.fullmatch(class_):
            raise LeftOut("class", "Known are 1, 2, 3, U, N and F.", column="device_class")
        if number and not words.REGULATION.fullmatch(number):
            raise LeftOut("regulation", "A section of the CFR is written such as 892.2070.", column="regulation_number")
        self.sourced(facts, code, url=self.address("product_code", code))
        type_ = words.product_code(facts, code)
        panel = item.text("review_panel") or item.text("medical_specialty")
        words.described(facts, type_, name=item.text("device_name"), definition=item.text("definition"), panel_=panel)
        words.classification(facts, code, class_=class_, number=number, type_=type_)
        yield from ()


class OpenFdaUdi(OpenFda):
    """Device identifiers, as openFDA takes them from GUDID."""

    name = "openfda-udi"
    title = "openFDA: device identifiers"
    description = (
        "Answers and downloads of openFDA's endpoint device/udi as JSON: device identifiers with brand, model, firm and codes."
    )
    endpoint = "device/udi"
    marks = ("has_donation_id_number", "is_labeled_as_nrl", "commercial_distribution_status", "device_count_in_base_package")
    key = "identifiers"
    left_out: ClassVar[Mapping[str, str]] = {
        "gmdn_terms": "terms of the Global Medical Device Nomenclature, which belong to the GMDN Agency",
        "customer_contacts": CONTACT,
        "device_description": "descriptions that makers wrote",
        **dict.fromkeys(("sterilization", "storage", "device_sizes", "mri_safety"), HANDLING),
        **dict.fromkeys(("catalog_number", "publish_date", "public_version_number"), VERSIONS),
    }

    def tell(self, item: Item, facts: Facts) -> Iterator[Finding]:
        """Say what a record says; one without a primary identifier is left out."""
        listed = [one for one in item.inners("identifiers") if one.text("id")]
        primary = next((one for one in listed if one.text("type") == "Primary"), None)
        if primary is None:
            raise LeftOut("no-primary", "The record has no primary identifier.", column="identifiers")
        number, agency = primary.text("id"), primary.text("issuing_agency")
        try:
            iri = identifying.version(agency, number)
        except ValueError as error:
            raise LeftOut("identifier", "Of this agency and identifier no name can be made.", column="identifiers") from error
        self.sourced(facts, f"{agency} {number}", url=self.address("identifiers.id", number))
        brand, model = identifying.brand(item.text("brand_name")), item.text("version_or_model_number")
        facts.entity(iri, SGO.DeviceVersion, label=identifying.version_label(brand, model, number))
        facts.say(iri, SGO.officialIdentifier, Literal(number))
        facts.say(iri, SGO.identifierScheme, Literal(f"UDI-DI ({agency})"))
        facts.say(iri, SGO.deviceIdentifier, *(Literal(one.text("id")) for one in listed))
        facts.say(iri, SGO.versionLabel, text(model))
        facts.say(iri, SGO.statusAsRead, text(item.text("commercial_distribution_status")))
        firm = item.text("company_name")
        if firm and brand:
            family = self.device(facts, applicant=firm, name=brand)
            facts.say(iri, SGO.isVersionOf, family)
        if firm:
            facts.say(iri, SGO.manufacturedBy, self._firm(facts, firm))
        yield from self._codes(item, facts, iri)

    def _firm(self, facts: Facts, printed: str) -> NamedNode:
        slug = company(printed)
        return facts.entity(vocab.entity("org", slug), SGO.Actor, SGO.Manufacturer, label=self.named(slug, printed))

    def _codes(self, item: Item, facts: Facts, iri: NamedNode) -> Iterator[Finding]:
        for one in item.inners("product_codes"):
            code, wrong = self.code(one, facts, "code")
            yield from wrong
            facts.say(iri, SGO.classifiedAs, code)
        for one in item.inners("premarket_submissions"):
            number = submission_number(one.text("submission_number"), one.text("supplement_number"))
            if number:
                facts.say(words.submission(facts, number), SGO.authorises, iri)
            elif one.text("submission_number"):
                message = "This is no submission number; it is left out."
                yield one.finding(f"{self.name}-submission", message, column="submission_number")


class OpenFdaRegistration(OpenFda):
    """Establishments, and the devices that they list."""

    name = "openfda-registration"
    title = "openFDA: registration and listing"
    description = (
        "Answers and downloads of openFDA's endpoint device/registrationlisting as JSON: establishments and what they list."
    )
    endpoint = "device/registrationlisting"
    marks = ("owner_operator_number", "establishment_type", "reg_expiry_date_year")
    key = "registration"
    left_out: ClassVar[Mapping[str, str]] = {
        "openfda": "what openFDA adds for the product code",
    }

    def tell(self, item: Item, facts: Facts) -> Iterator[Finding]:
        """Say what a record says of the establishment; of the devices only where it makes them itself."""
        place = item.inner("registration")
        number, name = place.text("registration_number"), place.text("name")
        if not number or not name:
            raise LeftOut("number", "The establishment has no registration number or no name.", column="registration")
        self.sourced(facts, number, url=self.address("registration.registration_number", number))
        kinds = item.texts("establishment_type")
        makes = MAKES in kinds
        slug = identifiers.slug(f"fda registration {number}")
        iri = facts.entity(vocab.entity("org", slug), SGO.Actor, label=self.named(slug, name))
        facts.say(iri, SKOS.altLabel, saying.english(name) if name != self.named(slug, name) else None)
        facts.say(iri, SGO.officialIdentifier, Literal(number))
        facts.say(iri, SGO.identifierScheme, Literal("FDA establishment registration number"))
        facts.say(iri, SGO.statusAsRead, *map(Literal, kinds))
        if makes:
            yield from self._made(item, facts, iri, slug)
        elif item.texts("proprietary_name"):
            message = "The establishment does not make the devices for itself: they are not taken as its own."
            yield item.finding(f"{self.name}-not-the-maker", message, column="establishment_type", severity=Severity.INFO)

    def _made(self, item: Item, facts: Facts, maker: NamedNode, slug: str) -> Iterator[Finding]:
        codes = []
        for one in item.inners("products"):
            code, wrong = self.code(one, facts)
            yield from wrong
            codes.append(code)
        told = item.text("k_number") or item.text("pma_number")
        number = submission_number(told, "")
        if told and not number:
            message = "This is no submission number; it is left out."
            yield item.finding(f"{self.name}-submission", message, column="k_number" if item.text("k_number") else "pma_number")
        decision = words.submission(facts, number) if number else None
        for name in item.texts("proprietary_name"):
            iri = vocab.entity("device", f"{slug}/{identifiers.name_slug(name)}")
            facts.entity(iri, SGO.DeviceFamily, label=name)
            facts.say(iri, SGO.manufacturedBy, maker)
            facts.say(iri, SGO.classifiedAs, *codes)
            if decision:
                facts.say(decision, SGO.authorises, iri)


def submission_number(told: str, supplement: str) -> str:
    """A submission number as the FDA writes it, with its supplement; empty where it is none."""
    if NUMBER.fullmatch(told):
        return told
    more = re.fullmatch(r"S?0*([0-9]{1,3})", supplement or "0")
    found = APPROVAL.fullmatch(told.replace("/", ""))
    if found is None or more is None:
        return ""
    part = found["supplement"] or (f"S{int(more[1]):03}" if int(more[1]) else "")
    return found["number"] + (f"/{part}" if part else "")
