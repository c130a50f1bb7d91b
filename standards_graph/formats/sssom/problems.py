"""What can be wrong with a file of mappings: each rule with its remedy, and the findings that are gathered while reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from standards_graph.model.findings import Finding, Severity

Tell = Callable[[Finding], None]
"""Takes a finding."""

REMEDIES = {
    "sssom-rows": "",
    "sssom-set-id-missing": "Add a line mapping_set_id with the address of the set to the metadata.",
    "sssom-set-id-other-file": "Check that this is the file which mapping_set_id means, and mend the one or the other.",
    "sssom-licence-missing": "Ask the publisher under which licence the set is, and add a line license to the metadata.",
    "sssom-metadata-unknown": "Take the line away, or declare the slot under extension_definitions.",
    "sssom-metadata-wrong": "Write the value in the form that is asked for.",
    "sssom-row-wrong": "Say it in the metadata of the set, or remove it.",
    "sssom-prefix-wrong": "Write the prefix as one word and what it stands for as an absolute address.",
    "sssom-extension-wrong": "Give slot_name, property and type_hint, with CURIEs whose prefixes are in the curie_map.",
    "sssom-extension-reserved": "Take a property of your own; this one says something else in the registry.",
    "sssom-not-propagated": "Write the value in every row, or in the metadata alone.",
    "sssom-column-unknown": "Declare the column under extension_definitions, or correct its name.",
    "sssom-column-repeated": "Keep one of the columns of that name.",
    "sssom-column-unnamed": "Give the column a name, or take it away.",
    "sssom-comment-row": "Move the comment out of the table.",
    "sssom-row-empty": "Take the row away.",
    "sssom-row-short": "Write a cell for every column, empty ones too.",
    "sssom-row-long": "Compare the cells with the columns: one is too many, and values may stand in the wrong column.",
    "sssom-row-duplicate": "Take one of the rows away.",
    "sssom-prefix-unknown": "Declare the prefix in the curie_map; a file with metadata beside the table may hold it.",
    "sssom-value-missing": "Fill the cell; a mapping needs both ends, a predicate and a justification.",
    "sssom-value-wrong": "Write the value in the form that is asked for, or move it to the column where it belongs.",
    "sssom-value-out-of-range": "Give a number within the bounds, or use another column for other measures.",
    "sssom-value-several": "Keep one value: this slot has no room for several.",
    "sssom-name-as-reference": "Write an identifier such as an ORCID with its prefix, or move the name to the labels.",
    "sssom-no-match": "Say with predicate_modifier Not which match was tested and rejected, or use sssom:NoTermFound.",
    "sssom-justification-unknown": "Take a word such as semapv:ManualMappingCuration or semapv:UnspecifiedMatching.",
    "sssom-literal-end": "Give the text an IRI of its own, for instance as a concept of a code list.",
    "sssom-predicate-foreign": "Use one of the match properties of SKOS if the record is to take part in comparisons.",
    "sssom-status-foreign": "Accept the records in the registry, one by one.",
    "sssom-record-id-repeated": "Give each row an identifier of its own.",
    "sssom-json-wrong": "Write the mappings as a list of objects whose values are texts, numbers or lists of them.",
    "sssom-rdf-unlinked": "Link the record to its set with sssom:mappings.",
}
"""Rules, and what to do about what they find."""


@dataclass(slots=True)
class Problems:
    """Gathers findings about one file."""

    path: PurePath
    tell: Tell
    line: int | None = field(default=None)

    def __call__(
        self,
        rule: str,
        message: str,
        severity: Severity = Severity.WARNING,
        *,
        column: str = "",
        value: str = "",
        thing: str = "",
    ) -> None:
        """One finding, at the line that is being read."""
        self.tell(
            Finding(
                rule,
                thing,
                message,
                severity,
                value=value[:200],
                source=self.path.name,
                line=self.line,
                column=column,
                remedy=REMEDIES[rule],
            )
        )
