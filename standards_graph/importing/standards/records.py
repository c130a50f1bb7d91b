"""What one record of a catalogue says of an edition, its standard, its committee, its classes and other editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.importing import facts as saying
from standards_graph.importing.base import Told
from standards_graph.importing.facts import Facts
from standards_graph.importing.standards import classification, committees, editions, references
from standards_graph.importing.standards.bodies import CLOSED, IN_WORK, NAMED, ORGANISATIONS, Body
from standards_graph.importing.standards.editions import Shared
from standards_graph.importing.standards.relaton import Document, Relation
from standards_graph.model import identifiers
from standards_graph.model.findings import Finding, Severity
from standards_graph.vocab import DCTERMS, SGO

IDENTIFIERS = {"DOI": "doi:", "ISBN": "isbn:", "URN": ""}
"""Further identifiers that are taken, and what stands before them."""


class Reading:
    """The reading of one file: what its records share, and what was left out of them."""

    def __init__(self, body: Body, graph: NamedNode, licence: NamedNode, *, texts: bool) -> None:
        self._body, self._graph, self._licence, self._texts = body, graph, licence, texts
        self._shared, self._labels = Shared(), dict[str, str]()
        self.left = Counter[str]()

    def said(self, told: Document) -> Iterator[Told]:
        """What a record says; a record without a usable reference is a finding."""
        if no_standard := {told.kind, told.reference.rpartition(" ")[2]} & self._body.no_standards:
            self.left[f"records that are no standards ({no_standard.pop()})"] += 1
            return
        printed = told.reference
        base, delivery = references.delivered(printed)
        reference = references.spelled(base)
        if not references.is_usable(reference):
            yield _finding("reference", "This is no reference of a standard; the record is left out.", printed)
            return
        facts = self._facts(told, reference)
        iri = editions.describe(facts, reference, *self._types(told, reference))
        facts.say(iri, SGO.referenceAsListed, Literal(printed) if printed != reference else None)
        yield from self._common(told, facts, iri)
        if delivery:
            self.left[f"dates and states of forms of delivery ({delivery}), which are joined with their edition"] += 1
        else:
            yield from self._own(told, facts, iri, reference)
        if self._texts:
            facts.say(iri, DCTERMS.abstract, *(Literal(text, language=language) for language, text in told.abstracts))
        elif told.abstracts:
            self.left["abstracts, which are the publishers' texts"] += 1
        yield from self._shared.fresh(facts, iri)

    def _facts(self, told: Document, reference: str) -> Facts:
        return saying.record(
            self._graph,
            url=told.page or self._body.catalogue,
            date="",
            key=f"relaton-{self._body.key}#{told.reference}",
            level="source-read",
            licence=self._licence,
            printed=None,
        )

    def _types(self, told: Document, reference: str) -> list[NamedNode]:
        if references.is_change(reference) or told.kind == "amendment":
            return [SGO.Amendment]
        return [SGO.ConsolidatedEdition] if references.is_consolidated(reference) else []

    def _common(self, told: Document, facts: Facts, iri: NamedNode) -> Iterator[Told]:
        """What an edition and its other forms of delivery have in common."""
        for language, text in told.titles:
            facts.say(iri, DCTERMS.title, Literal(text, language=language))
        for short, name in told.publishers:
            key = ORGANISATIONS.get(short) or next((org for part, org in NAMED.items() if part in name), "")
            facts.say(iri, SGO.publishedBy, vocab.entity("org", key) if key else None)
            facts.say(iri, SGO.issuerName, None if key or not name else Literal(name))
        for one in told.committees:
            committee = committees.read(one.designation, self._body.key, one.name)
            facts.say(iri, SGO.developedBy, committee.describe(facts))
        if told.drafters:
            self.left["organisations that drafted a standard, given in the place of a committee"] += 1
        for code, label in told.classes:
            try:
                told_label = self._labels.setdefault(code, label or code)
                facts.say(iri, DCTERMS.subject, classification.describe(facts, code, told_label))
            except ValueError as error:
                yield _finding("ics", "The code of the classification is left out.", f"{told.reference}: {error}")

    def _own(self, told: Document, facts: Facts, iri: NamedNode, reference: str) -> Iterator[Told]:
        """What is said of the edition itself."""
        facts.say(iri, SGO.website, saying.address(told.page) if told.page.startswith("http") else None)
        for kind, text in told.identifiers:
            if kind in IDENTIFIERS and text:
                facts.say(iri, DCTERMS.identifier, Literal(IDENTIFIERS[kind] + text))
            else:
                self.left[f"identifiers of the kind {kind}"] += bool(text)
        facts.say(iri, SGO.projectNumber, Literal(told.project) if told.project else None)
        facts.say(iri, SGO.editionNumber, Literal(told.edition) if told.edition else None)
        kind = self._deliverable(told, reference)
        facts.say(iri, SGO.hasDeliverableType, vocab.concept("deliverable-type", kind) if kind else None)
        state = self._state(told)
        facts.say(iri, SGO.hasEditionStatus, vocab.concept("edition-status", state) if state else None)
        is_code = told.stage[:2].isdigit()
        facts.say(iri, SGO.stageCode, Literal(told.stage) if is_code else None)
        words = " ".join(filter(None, (told.stage, told.standing)))
        facts.say(iri, SGO.statusAsRead, Literal(words) if words and not is_code else None)
        yield from self._dates(told, facts, iri, reference)
        editions.parts(facts, iri, reference)
        for one in told.relations:
            yield from self._related(told, facts, iri, reference, one, state)

    def _deliverable(self, told: Document, reference: str) -> str:
        if references.is_change(reference):
            last = reference.rpartition("/")[2].upper()
            return "cor" if "COR" in last else "ish" if "ISH" in last else "amd"
        if references.is_consolidated(reference):
            return "csv"
        return self._body.kinds.get(told.kind, "")

    def _state(self, told: Document) -> str:
        """The state by the whole stage, then by the last two digits of one, then by the first two."""
        words = f"{told.stage} {told.standing}" if told.standing else told.stage
        stage, _, sub = told.stage.partition(".")
        known = self._body.states
        return known.get(words) or known.get(f".{sub}") or known.get(stage, "")

    def _publication(self, told: Document, reference: str) -> tuple[str, str]:
        """The kind of date that tells the publication, and what of another one is not taken; empty where none tells it."""
        usual, first = self._body.published, self._body.first_published
        printed, year = told.dates.get(usual, "")[:4], references.year(reference.rpartition("/")[2])
        if references.is_change(reference) and printed and (printed < year or (not year and len(told.dates[usual]) == 4)):
            kind = "updated" if year and told.dates.get("updated", "").startswith(year) else ""
            return kind, "years of publication of amendments and corrigenda, which are those of the edition that they change"
        if references.is_consolidated(reference) and printed and printed < references.year(reference):
            return "", "dates of publication of consolidated editions, which are those of the edition without amendments"
        issued = told.dates.get(first, "")[:4]
        if printed.isdigit() and issued.isdigit() and int(printed) > int(issued) + 1:
            return first, "dates of electronic copies of editions that were issued years before"
        return usual, ""

    def _dates(self, told: Document, facts: Facts, iri: NamedNode, reference: str) -> Iterator[Told]:
        publication, not_taken = self._publication(told, reference)
        taken = {publication: editions.published, "obsoleted": editions.withdrawn}
        self.left[not_taken] += bool(not_taken)
        for kind, text in told.dates.items():
            if kind not in taken:
                self.left[f"dates of the kind {kind}"] += not (not_taken and kind == self._body.published)
                continue
            if not text or text == "None":
                continue
            try:
                taken[kind](facts, iri, text)
            except ValueError as error:
                yield _finding("date", f"The date ({kind}) is left out.", f"{told.reference}: {error}")

    def _related(
        self, told: Document, facts: Facts, iri: NamedNode, reference: str, one: Relation, state: str
    ) -> Iterator[Told]:
        meant = self._body.relations.get((one.kind, one.sub))
        other = references.spelled(self._with_body(references.delivered(one.reference)[0]))
        if meant is None:
            self.left[f"relations of the kind {' '.join((one.kind, one.sub)).strip()}"] += 1
        elif not references.is_usable(other) or editions.named(other) == iri:
            yield _finding("relation", f"The relation ({one.kind}) is left out.", f"{told.reference}: {one.reference}")
        elif meant == "other-edition":
            facts.say(editions.mention(facts, other), DCTERMS.title, saying.english(one.title) if one.title else None)
        elif meant == "amends":
            facts.say(iri, SGO.amends, editions.mention(facts, other))
        elif meant == "adopts":
            facts.say(iri, SGO.isAdoptionOf, editions.mention(facts, other))
        elif meant == "changed-by" and references.amended(other) and editions.named(references.amended(other)) == iri:
            facts.say(editions.mention(facts, other), SGO.amends, iri)
        else:
            late, early = (reference, other) if meant == "supersedes" else (other, reference)
            yield from self._superseded(facts, late, early, in_work=meant == "supersedes" and state in (IN_WORK, CLOSED))

    def _superseded(self, facts: Facts, late: str, early: str, *, in_work: bool) -> Iterator[Told]:
        """A draft takes no place of anything yet; what is older cannot take the place of what is newer without a remark."""
        if in_work or identifiers.is_draft(late) or not references.is_dated(late):
            self.left["editions that a draft is to replace, or did replace as a draft"] += 1
            return
        if references.year(late) and references.year(late) < references.year(early):
            message = "By the years in the references, the older one takes the place of the newer one; it is said as it stands."
            yield _finding("supersedes-newer", message, f"{late} supersedes {early}")
        facts.say(editions.mention(facts, late), SGO.supersedes, editions.mention(facts, early))

    def _with_body(self, reference: str) -> str:
        prefix = self._body.prefix
        return reference if not prefix or reference.startswith(prefix[:3]) else prefix + reference


def _finding(rule: str, message: str, value: str) -> Finding:
    return Finding(rule, "", message, Severity.WARNING, value=value)
