"""From what a file says to values that hold what the standard asks for; whatever does not is told, never dropped in silence."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from standards_graph.formats.sssom import names
from standards_graph.formats.sssom.problems import Problems
from standards_graph.formats.sssom.sets import Extension, Record
from standards_graph.formats.sssom.slots import OLD_NAMES, RECORD, SET, STANDARD, Kind, Slot
from standards_graph.model import identifiers
from standards_graph.model.findings import Severity
from standards_graph.vocab import LINKML, SEMAPV, SKOS, SSSOM, XSD

Raw = Mapping[str, Sequence[str]]
"""What a file says: texts by slot, as they stand there."""

REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
PEOPLE = ("author_id", "reviewer_id", "creator_id")
UNDEFINED = "http://sssom.invalid/"
"""Where the standard puts slots that a file uses without declaring them."""

JUSTIFICATIONS = frozenset(one.value for one in SEMAPV.terms().values())
NO_MATCH = "nomatch"
REFERENCE_HINTS = frozenset((LINKML.Uriorcurie.value, LINKML.iri + "uriOrCurie", LINKML.iri + "uriorcurie"))
LITERAL = "rdfs literal"


class Checker:
    """Holds the rows of one file against the standard."""

    def __init__(self, problems: Problems, prefixes: Mapping[str, str] | None, extensions: Iterable[Extension]) -> None:
        self._problems, self._prefixes = problems, prefixes
        self._extensions = {one.name: one for one in extensions}
        self._names: dict[str, set[str]] = {}

    @property
    def extensions(self) -> tuple[Extension, ...]:
        """Slots that were declared, and such as were met without a declaration."""
        return tuple(sorted(self._extensions.values(), key=lambda one: one.property))

    def known(self, name: str, rule: str) -> str:
        """The name under which a column or a line of the metadata is kept; one that nobody declared is told."""
        name = OLD_NAMES.get(name, name)
        if name not in STANDARD and name not in self._extensions:
            self._problems(rule, "No slot of the standard has this name, and it is not declared; kept as text.", column=name)
            self._extensions[name] = Extension(name, UNDEFINED + names.as_path(name), XSD.string.value)
        return name

    def declare(self, extension: Extension) -> str:
        """A slot that a file of RDF uses, by its property; its name."""
        known = next((one for one in self._extensions.values() if one.property == extension.property), None)
        if known is None:
            self._problems("sssom-column-unknown", "The property belongs to no slot; kept.", column=extension.property)
            taken = extension.name in self._extensions
            name = f"{extension.name}_{identifiers.mapping(extension.property)}" if taken else extension.name
            known = self._extensions[name] = Extension(name, extension.property, extension.hint)
        return known.name

    def of_set(self, raw: Raw) -> dict[str, tuple[str, ...]]:
        """What the set says of itself."""
        told = {}
        for name, texts in raw.items():
            if name in RECORD and name not in SET:
                self._problems("sssom-metadata-wrong", "This slot belongs to rows and says nothing of the set.", column=name)
            else:
                told[name] = texts
        return self._checked(told, SET)

    def of_record(self, raw: Raw, line: int | None) -> Record | None:
        """The record that a row says; None where it cannot be told what is compared with what."""
        self._problems.line = line
        raw = self._no_match(self._of_rows(raw))
        found = self._checked(raw, RECORD)
        whole = [self._required(raw, found, name) for name in REQUIRED]
        for justification in found.get("mapping_justification", ()):
            if justification not in JUSTIFICATIONS:
                message = "No word of the Semantic Mapping Vocabulary; kept."
                self._problems("sssom-justification-unknown", message, column="mapping_justification", value=justification)
        return Record(found, line) if all(whole) else None

    def _of_rows(self, raw: Raw) -> Raw:
        """Without what can be said of sets alone."""
        foreign = [name for name in raw if name in SET and name not in RECORD]
        for name in foreign:
            self._problems("sssom-row-wrong", "This slot belongs to the set and says nothing of a row.", column=name)
        return {name: texts for name, texts in raw.items() if name not in foreign}

    def _checked(self, raw: Raw, slots: Mapping[str, Slot]) -> dict[str, tuple[str, ...]]:
        self._names = {}
        found = {name: values for name, texts in raw.items() if (values := self._values(name, texts, slots.get(name)))}
        for name, texts in self._names.items():
            found[name] = tuple(sorted({*found.get(name, ()), *texts}))
        return found

    def _no_match(self, raw: Raw) -> Raw:
        """The bare word ``noMatch`` in the words of the standard: looked for and rejected, or looked for and not there."""
        predicate = "".join(raw.get("predicate_id", ()))
        if predicate.strip().lower() != NO_MATCH:
            return raw
        found = {**raw, "predicate_id": (SKOS.mappingRelation.value,)}
        if any(raw.get("object_id", ())):
            told, found["predicate_modifier"] = "none of the mapping relations holds between the two (Not)", ("Not",)
        else:
            told, found["object_id"] = "nothing was found for the subject (sssom:NoTermFound)", (SSSOM.NoTermFound.value,)
        self._problems("sssom-no-match", f"Read as: {told}.", Severity.INFO, column="predicate_id", value=predicate)
        return found

    def _required(self, raw: Raw, found: Mapping[str, tuple[str, ...]], name: str) -> bool:
        side = name.removesuffix("_id")
        if name in found or (found.get(f"{side}_type") == (LITERAL,) and f"{side}_label" in found):
            return True
        if not any(raw.get(name, ())):
            self._problems(
                "sssom-value-missing", "The row is left out: this may not be empty.", Severity.VIOLATION, column=name
            )
        return False

    def _values(self, name: str, texts: Sequence[str], slot: Slot | None) -> tuple[str, ...]:
        given = [text for text in texts if text.strip()]
        if len(given) > 1 and not (slot and slot.many):
            self._problems(
                "sssom-value-several", f"Only the first of {len(given)} values is kept.", column=name, value=str(given)
            )
            given = given[:1]
        found = {value for text in given if (value := self._value(name, text, slot)) is not None}
        return tuple(sorted(found))

    def _value(self, name: str, text: str, slot: Slot | None) -> str | None:
        try:
            return normal(text, slot, self._extensions.get(name), self._prefixes)
        except names.UnknownPrefix as error:
            reason = f"the prefix {str(error)!r} is not declared"
            if name in PEOPLE:
                self._named("sssom-prefix-unknown", reason, name, text)
            else:
                self._refused("sssom-prefix-unknown", reason, name, text)
        except OverflowError as error:
            self._refused("sssom-value-out-of-range", str(error), name, text)
        except ValueError as error:
            if name in PEOPLE:
                self._named("sssom-name-as-reference", "this is no reference but a name", name, text)
            else:
                self._refused("sssom-value-wrong", str(error), name, text)
        return None

    def _named(self, rule: str, reason: str, name: str, text: str) -> None:
        label = name.replace("_id", "_label")
        self._problems(rule, f"{reason[0].upper()}{reason[1:]}; kept as {label}.", column=name, value=text)
        self._names.setdefault(label, set()).add(text.strip())

    def _refused(self, rule: str, reason: str, name: str, text: str) -> None:
        fatal = name in REQUIRED
        kept = "the row is left out" if fatal else "kept without this value"
        severity = Severity.VIOLATION if fatal else Severity.WARNING
        self._problems(rule, f"{reason[0].upper()}{reason[1:]}; {kept}.", severity, column=name, value=text)


def normal(text: str, slot: Slot | None, extension: Extension | None, prefixes: Mapping[str, str] | None) -> str:
    """A value in the form that is kept; raises ValueError, UnknownPrefix, and OverflowError past the bounds."""
    text.encode()  # a half of a surrogate pair is no text
    if slot is None:
        return _extended(text, extension.hint if extension else XSD.string.value, prefixes)
    forms: Mapping[Kind, Callable[[], str]] = {
        Kind.TEXT: lambda: text,
        Kind.REFERENCE: lambda: names.expanded(text.strip(), prefixes),
        Kind.ADDRESS: lambda: names.expanded(text.strip(), None),
        Kind.NUMBER: lambda: number(text.strip(), least=slot.least),
        Kind.DAY: lambda: day(text.strip()),
        Kind.WORD: lambda: _word(text.strip(), slot),
    }
    return forms[slot.kind]()


def number(text: str, *, least: float = -math.inf, most: float = 1.0) -> str:
    """A number in its shortest form."""
    found = float(text)
    if math.isnan(found) or not least <= found <= most:
        raise OverflowError(f"{text} does not lie between {least:g} and {most:g}")
    return str(int(found)) if found.is_integer() else repr(found)


def day(text: str) -> str:
    """A day; anything after it, such as a time, is an error."""
    if len(text) != len("2026-01-31"):
        raise ValueError(f"{text!r} is no day such as 2026-01-31")
    return dt.date.fromisoformat(text).isoformat()


def _word(text: str, slot: Slot) -> str:
    words = slot.words or {}
    meant = {iri.value: word for word, iri in words.items() if iri}
    if text not in words and text not in meant:
        raise ValueError(f"{text!r} is none of the words {', '.join(words)}")
    return meant.get(text, text)


def _extended(text: str, hint: str, prefixes: Mapping[str, str] | None) -> str:
    forms: Mapping[str, Callable[[], str]] = {
        LINKML.Uriorcurie.value: lambda: names.expanded(text.strip(), prefixes),
        XSD.date.value: lambda: day(text.strip()),
        XSD.boolean.value: lambda: _truth(text.strip()),
        XSD.integer.value: lambda: str(int(text.strip())),
        XSD.double.value: lambda: number(text.strip(), most=math.inf),
    }
    return forms[hint]() if hint in forms else text


def _truth(text: str) -> str:
    if text not in ("true", "false"):
        raise ValueError(f"{text!r} is neither true nor false")
    return text
