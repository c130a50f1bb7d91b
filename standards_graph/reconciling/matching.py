"""Pairs of organisations that may be one and the same, each with a score and with what speaks for and against it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from standards_graph.reconciling.names import Apart, parts

CANDIDATE = 0.80
"""Pairs below this score are not worth a look."""
ACCEPTED = 0.985
"""Pairs from this score on are accepted without one; ``docs/organisations.md`` says how it was measured."""
COMMON = 40
"""A word that more names than this have in common does not bring them together by itself."""
_OTHER_FORM, _OTHER_IDENTIFIER, _OTHER_PLACE, _SEVERAL, _NO_FORM = 0.9, 0.9, 0.9, 0.95, 0.98
HOMES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("inc", "llc", "corp"), frozenset(("us", "ca", "kr", "jp", "tw", "ph", "pr"))),
    **dict.fromkeys(("gmbh", "ag", "kg"), frozenset(("de", "at", "ch", "li"))),
    **dict.fromkeys(("sas", "sasu"), frozenset(("fr", "co"))),
    **dict.fromkeys(("spa", "srl"), frozenset(("it", "be", "ro", "md", "ar", "mx", "cl"))),
    **dict.fromkeys(("bv", "nv"), frozenset(("nl", "be", "sr", "cw"))),
    **dict.fromkeys(("ab", "oy", "aps"), frozenset(("se", "fi", "dk"))),
}
"""Countries (ISO 3166-1) in which these legal forms are at home; our own reading."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation as the registry knows it: its IRI, its names, its identifiers by scheme, the countries it sits in."""

    iri: str
    names: tuple[str, ...]
    identifiers: frozenset[tuple[str, str]] = frozenset()
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """Two organisations, how alike they are from 0 to 1, and why."""

    one: str
    other: str
    score: float
    evidence: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether it is accepted without a curator's look."""
        return self.score >= ACCEPTED


def matches(known: Iterable[Organisation], *, fresh: frozenset[str] | None = None) -> tuple[Match, ...]:
    """The pairs worth a look, surest first; with ``fresh``, only those with one of these organisations."""
    listed = {one.iri: one for one in known}
    taken = {iri: tuple(dict.fromkeys(part for name in one.names for part in parts(name))) for iri, one in listed.items()}
    weights = _weights(taken.values())
    several = _several(listed, taken)
    found = []
    for one, other in _pairs(taken, weights):
        if fresh is None or one in fresh or other in fresh:
            match = _match(listed[one], listed[other], taken, weights, several)
            if match.score >= CANDIDATE:
                found.append(match)
    return tuple(sorted(_one_each(found, listed), key=lambda match: (-match.score, match.one, match.other)))


def _several(known: Mapping[str, Organisation], taken: Mapping[str, tuple[Apart, ...]]) -> frozenset[str]:
    """Names that organisations of different legal forms or countries bear: by itself, such a name may mean any of them."""
    borne: dict[str, set[object]] = defaultdict(set)
    for iri, apart in taken.items():
        for one in apart:
            borne[one.core] |= {one.forms} if one.forms else set()
            borne[one.core] |= set(known[iri].places)
    kinds = {
        core: ({one for one in told if isinstance(one, frozenset)}, {one for one in told if isinstance(one, str)})
        for core, told in borne.items()
    }
    return frozenset(core for core, (forms, places) in kinds.items() if len(forms) > 1 or len(places) > 1)


def _one_each(found: Iterable[Match], known: Mapping[str, Organisation]) -> Iterator[Match]:
    """The same, where a sure match with several organisations that are registered apart is sure of none of them."""
    listed = list(found)
    registered: dict[tuple[str, str], set[str]] = defaultdict(set)
    for match in listed:
        if match.is_sure:
            for one, other in ((match.one, match.other), (match.other, match.one)):
                for scheme, value in known[other].identifiers:
                    registered[one, scheme].add(value)
    unclear = {
        one for (one, scheme), values in registered.items() if len(values) > 1 and scheme not in dict(known[one].identifiers)
    }
    for match in listed:
        if match.is_sure and (match.one in unclear or match.other in unclear):
            yield Match(
                match.one, match.other, round(match.score * _SEVERAL, 4), (*match.evidence, "as like several registered ones")
            )
        else:
            yield match


def _weights(taken: Iterable[tuple[Apart, ...]]) -> Mapping[str, float]:
    """How much each word tells: little where many organisations have it."""
    listed = list(taken)
    counts = Counter(word for apart in listed for word in {word for one in apart for word in one.words})
    return {word: math.log(1 + (len(listed) + 20) / count) for word, count in counts.items()}


def _pairs(taken: Mapping[str, tuple[Apart, ...]], weights: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """Pairs that share a rare word, the beginning of their names, or all letters."""
    blocks: dict[str, set[str]] = defaultdict(set)
    for iri, apart in taken.items():
        for one in apart:
            rarest = sorted(one.words, key=lambda word: -weights[word])[:3]
            for key in (
                *(f"word {word}" for word in rarest),
                f"start {one.core[:5]}",
                f"end {one.core[-6:]}",
                f"all {one.core}",
            ):
                blocks[key].add(iri)
    seen: set[tuple[str, str]] = set()
    for key, block in blocks.items():
        if len(block) <= COMMON or key.startswith("all "):
            for pair in combinations(sorted(block), 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _match(
    one: Organisation,
    other: Organisation,
    taken: Mapping[str, tuple[Apart, ...]],
    weights: Mapping[str, float],
    several: frozenset[str],
) -> Match:
    scored = ((_alike(a, b, weights), a, b) for a in taken[one.iri] for b in taken[other.iri])
    (score, evidence), mine, yours = max(scored, key=lambda found: found[0][0])
    for factor, told in (*_beside(one, other), *_by_form(one, mine, other, yours, several)):
        score *= factor
        evidence = (*evidence, told)
    return Match(one.iri, other.iri, round(score, 4), evidence)


def _alike(one: Apart, other: Apart, weights: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
    mine, yours = set(one.words), set(other.words)
    both, only = sorted(mine & yours), sorted(mine ^ yours)
    evidence = [f"both have: {', '.join(both)}"] if both else []
    if one.core == other.core:
        score = 1.0
        evidence = ["the same words" if not only else "the same letters, written apart"]
    else:
        letters = fuzz.ratio(one.core, other.core) / 100
        total = sum(weights.get(word, 1) for word in mine | yours)
        words = sum(weights.get(word, 1) for word in both) / total
        score = 0.6 * letters + 0.4 * max(words, letters**2 if len(one.words) == len(other.words) else 0)
        evidence.append(f"only one has: {', '.join(only)}")
    if one.forms and other.forms and one.forms != other.forms:
        contained = one.forms <= other.forms or other.forms <= one.forms
        score *= 0.98 if contained else _OTHER_FORM
        evidence.append(f"legal forms: {' '.join(sorted(one.forms))} and {' '.join(sorted(other.forms))}")
    return score, tuple(evidence)


def _by_form(
    one: Organisation, mine: Apart, other: Organisation, yours: Apart, several: frozenset[str]
) -> Iterator[tuple[float, str]]:
    """What the legal forms speak against: a name without one that several firms bear, and a form that is foreign to a place."""
    unsaid = not (mine.forms and yours.forms)
    if unsaid and {mine.core, yours.core} & several and not one.places & other.places:
        yield _SEVERAL, "several firms bear this name"
    elif bool(mine.forms) != bool(yours.forms):
        yield _NO_FORM, "one is named without its legal form"
    for forms, places in ((mine.forms, other.places), (yours.forms, one.places)):
        foreign = [form for form in forms if form in HOMES and places and not HOMES[form] & places]
        if foreign:
            yield _OTHER_PLACE, f"{foreign[0]} is not a legal form of {', '.join(sorted(places))}"


def _beside(one: Organisation, other: Organisation) -> Iterator[tuple[float, str]]:
    """What else speaks against it, with the factor by which that lowers the score, or for it."""
    schemes = {scheme for scheme, _ in one.identifiers} & {scheme for scheme, _ in other.identifiers}
    if one.identifiers & other.identifiers:
        yield 1.0, "the same identifier: " + ", ".join(sorted(value for _, value in one.identifiers & other.identifiers))
    elif schemes:
        yield _OTHER_IDENTIFIER, f"different identifiers in {', '.join(sorted(schemes))}"
    if one.places and other.places and not one.places & other.places:
        yield _OTHER_PLACE, f"different countries: {', '.join(sorted(one.places))} and {', '.join(sorted(other.places))}"
