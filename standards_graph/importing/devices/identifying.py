"""How registers name devices and firms, and what is told of each of them only once."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from standards_graph import resources, vocab
from standards_graph.importing import fda_ai_devices as fda
from standards_graph.model import identifiers

GS1_DIGITS = 14


def version(agency: str, number: str) -> NamedNode:
    """The version or configuration that a device identifier names; raises ValueError where nothing of it could be a name.

    Two registers that print the same identifier of the same issuing agency so speak of the same thing.
    """
    return vocab.entity("device-version", f"{identifiers.slug(agency)}-{identifiers.slug(number)}")


NO_BRAND = frozenset(("na", "n-a", "none", "not-applicable", "no-brand-name"))
"""What firms write where a device has no brand, as slugs."""


def brand(printed: str) -> str:
    """The name of a brand; empty where the firm writes that there is none."""
    return "" if not printed or identifiers.name_slug(printed) in NO_BRAND else printed


def version_label(brand_name: str, model: str, number: str) -> str:
    """What a version is called: brand and model, without saying the model twice; else its number.

    Every importer of the FDA's identifiers calls a version so, as two names of one version would stand against each other.
    """
    return (brand_name if model.lower() in brand_name.lower() else f"{brand_name} {model}".strip()) or number


def operator(registration: str) -> NamedNode:
    """The actor with that registration number, such as an SRN of EUDAMED or a CHRN of Switzerland."""
    return vocab.entity("org", identifiers.slug(registration))


def check_digit_fits(number: str) -> bool:
    """Whether the last digit of a GS1 identifier follows from the others; true for what is not 14 digits.

    The rule is that of the GS1 General Specifications, section 7.9: weights 3 and 1 from the left, the sum a multiple of 10.
    """
    if len(number) != GS1_DIGITS or not (number.isascii() and number.isdigit()):
        return True
    return sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(number)) % 10 == 0


class Names:
    """One name for each thing: that of the packaged FDA list, else the first that was printed; others stay as further names.

    It lasts over all files of one import, so that two parts of a release do not call one firm two things.
    """

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def label(self, slug: str, printed: str) -> str:
        """What the thing with that slug is called, where this text is printed."""
        return self._first.setdefault(slug, fda.packaged().name(slug, printed))


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """The codes of all jurisdictions of the curated tables, and of their parts."""
    found: set[str] = set()
    for table, column in (("jurisdictions", "code"), ("jurisdiction_parts", "part_code")):
        with (resources.data() / "curated" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            found.update(row[column] for row in csv.DictReader(file))
    return frozenset(found)


OTHERWISE = {"EL": "GR", "UK": "GB-GBN", "GB": "GB-GBN", "XI": "GB-NIR"}
"""Codes of places in European registers that are not those of ISO 3166-1: Great Britain and Northern Ireland stand apart."""


def place(code: str) -> NamedNode | None:
    """The jurisdiction that a two-letter code of a register means; None where the registry does not have it."""
    meant = OTHERWISE.get(code.upper(), code.upper())
    return vocab.entity("jurisdiction", identifiers.slug(meant)) if meant in _places() else None


_TAG = re.compile(r"\[(?P<language>[A-Z]{2})\] ?(?:, ?|$)")


def names(text: str) -> Iterator[Literal]:
    """The names in a cell such as ``A Ltd [EN], A SA [FR]``; one without a language has none."""
    plain = " ".join(text.split())
    end = 0
    for found in _TAG.finditer(plain):
        if name := plain[end : found.start()].strip():
            yield Literal(name, language=found["language"].lower())
        end = found.end()
    if rest := plain[end:].strip():
        yield Literal(rest)
