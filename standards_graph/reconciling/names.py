"""Names of organisations taken apart: the words that tell one from another, and the legal form.

Legal forms are those of the ISO 20275 code list (Entity Legal Forms) that the names in the lists of regulators bear, in their
usual short forms; which of them stand for each other is our own reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

FORMS: dict[str, str] = {
    **dict.fromkeys(("inc", "incorporated"), "inc"),
    **dict.fromkeys(("corp", "corporation"), "corp"),
    **dict.fromkeys(("ltd", "limited", "ltda"), "ltd"),
    **dict.fromkeys(("co", "company", "cia"), "co"),
    **dict.fromkeys(("kabushikikaisha", "kk"), "kk"),
    **{
        one: one
        for one in (
            *(
                "llc",
                "llp",
                "lp",
                "plc",
                "gmbh",
                "mbh",
                "ag",
                "kg",
                "kgaa",
                "ohg",
                "se",
                "sa",
                "sas",
                "sasu",
                "sarl",
                "srl",
                "spa",
            ),
            *(
                "bv",
                "nv",
                "vof",
                "cv",
                "bvba",
                "ab",
                "as",
                "asa",
                "aps",
                "oy",
                "oyj",
                "pty",
                "pte",
                "pvt",
                "bhd",
                "sdn",
                "ooo",
                "oao",
            ),
            *(
                "zao",
                "ao",
                "jsc",
                "spzoo",
                "zrt",
                "kft",
                "nyrt",
                "doo",
                "dd",
                "sro",
                "ehf",
                "gk",
                "yk",
                "ug",
                "ek",
                "ev",
                "sl",
                "slu",
            ),
            *("sapi", "rl", "eood", "ood", "ead", "sia", "uab", "ou", "private", "sc", "scs", "sprl", "uk"),
        )
        if one != "uk"
    },
}
"""Words of legal forms, and the form that they stand for."""
FILLERS = frozenset(("and", "the", "of", "de", "und", "et", "y", "e", "i"))
"""Words that tell nothing where they stand between others."""

_TAG = re.compile(r"\[[A-Za-z]{2,3}\]")
_ALSO = re.compile(
    r"\b(?:d/?b/?a/?|doing business as|f/?k/?a/?|formerly(?: known as)?|a/?k/?a/?|also known as|trading as|t/a)\b[:\s]*", re.I
)
_SINGLES = re.compile(r"\b(?:\w (?=\w\b))+\w\b")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "æ": "ae", "Æ": "ae", "œ": "oe", "ı": "i"}
)


@dataclass(frozen=True, slots=True)
class Apart:
    """One name taken apart: its words without legal forms, in their order, and the legal forms."""

    words: tuple[str, ...]
    forms: frozenset[str]

    @property
    def core(self) -> str:
        """The words without blanks: ``ge healthcare`` and ``GE-HealthCare`` have the same."""
        return "".join(self.words)


def parts(name: str) -> tuple[Apart, ...]:
    """A name taken apart; a name that says what else the firm is called, such as ``A d/b/a B``, gives one for each."""
    found = (_apart(one) for one in _ALSO.split(_TAG.sub(" ", name)))
    return tuple(dict.fromkeys(one for one in found if one.words))


@lru_cache(maxsize=200_000)
def _apart(name: str) -> Apart:
    words = list(_words(name))
    forms: list[str] = []
    while len(words) > 1 and (words[-1] in FORMS or (words[-1] in FILLERS and forms)):
        last = words.pop()
        forms += [FORMS[last]] if last in FORMS else []
    inner = [one for one in words if one not in FILLERS] or words
    return Apart(tuple(inner), frozenset(forms))


def _words(name: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    letters = "".join(one for one in plain if not unicodedata.combining(one)).casefold().replace("&", " and ").replace("'", "")
    spaced = " ".join(re.split(r"[^\w]+", letters)).strip()
    joined = _SINGLES.sub(lambda found: found[0].replace(" ", ""), spaced)
    for word in joined.split():
        if word.startswith("coltd"):
            yield from ("co", "ltd")
        else:
            yield word
