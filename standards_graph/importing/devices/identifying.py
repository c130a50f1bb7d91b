"""How registers name devices and firms, and what is told of each of them only once."""

from __future__ import annotations

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.importing import fda_ai_devices as fda
from standards_graph.model import identifiers

GS1_DIGITS = 14


def version(agency: str, number: str) -> NamedNode:
    """The version or configuration that a device identifier names; raises ValueError where nothing of it could be a name.

    Two registers that print the same identifier of the same issuing agency so speak of the same thing.
    """
    return vocab.entity("device-version", f"{identifiers.slug(agency)}-{identifiers.slug(number)}")


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
