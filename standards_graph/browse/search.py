"""Search over every name and identifier: exact identifier, exact label, beginning, words, in that order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock

from pyoxigraph import Literal, NamedNode

from standards_graph.browse.asking import ask
from standards_graph.browse.entities import is_unverified
from standards_graph.browse.names import better, names, stand_in
from standards_graph.browse.spelling import folded, number, pieces, words
from standards_graph.model.entities import Name
from standards_graph.model.search import Found, Hit, Rank
from standards_graph.store.base import Reader
from standards_graph.vocab import BASE, DCTERMS, RDFS, SGO, SKOS

_IDENTIFIERS = {SGO.officialIdentifier, SGO.territoryCode, SGO.deviceIdentifier, SKOS.notation, DCTERMS.identifier}
_OFFICIAL = (SGO.officialIdentifier, SGO.deviceIdentifier)
"""Identifiers that lead straight to what they name; a code such as ``II`` means something within its scheme alone."""
_NAMES = (RDFS.label, SKOS.prefLabel)
_TITLES = (DCTERMS.title, SKOS.altLabel)
_ORIGIN = ("iec", "iso")
"""Publishers whose standards others adopt: among references of one number theirs come first."""
_FIRST = (
    "standard", "edition", "jurisdiction", "org", "network", "law", "guidance", "device", "scheme", "authorisation",
    "recognition", "committee",
)  # fmt: skip
"""Types of things that come first among equally good hits."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One text of one thing, with the spellings it is compared by."""

    thing: NamedNode
    kind: NamedNode
    text: str
    language: str
    folded: str
    pieces: tuple[str, ...]


@dataclass(slots=True)
class Index:
    """All texts of one revision. It is held in memory: some 500 bytes for each text."""

    entries: list[_Entry] = field(default_factory=list)
    names: dict[NamedNode, Name] = field(default_factory=dict)
    titles: dict[NamedNode, Name] = field(default_factory=dict)
    all_words: dict[NamedNode, str] = field(default_factory=dict)
    of: dict[NamedNode, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    states: dict[NamedNode, NamedNode] = field(default_factory=dict)
    confirmed: set[NamedNode] = field(default_factory=set)

    @classmethod
    def read(cls, reader: Reader) -> Index:
        """Read all texts and states of a revision."""
        index = cls()
        seen: set[tuple[NamedNode, NamedNode, str, str]] = set()
        for row in ask(reader, "browse/texts"):
            thing, kind, term = row.iri("thing"), row.iri("kind"), row.term("text")
            if not is_unverified(row.iri("graph")):
                index.confirmed.add(thing)
            if not isinstance(term, Literal) or (key := (thing, kind, term.value, term.language or "")) in seen:
                continue
            seen.add(key)
            index._add(thing, kind, term)
        index.all_words = {thing: " " + " ".join(w for e in of for w in words(e.text)) + " " for thing, of in index.of.items()}
        index.states = {row.iri("thing"): row.iri("state") for row in ask(reader, "browse/states")}
        return index

    def _add(self, thing: NamedNode, kind: NamedNode, term: Literal) -> None:
        parts = pieces(term.value) if kind in _IDENTIFIERS else ()
        entry = _Entry(thing, kind, term.value, term.language or "", folded(term.value), parts)
        self.entries.append(entry)
        self.of[thing].append(entry)
        for kinds, known in ((_NAMES, self.names), (_TITLES, self.titles)):
            if kind in kinds:
                known[thing] = better(known.get(thing, stand_in(thing)), Name(thing, term.value, term.language or ""))

    def name(self, thing: NamedNode) -> Name:
        """What a thing is called: its label, else its title."""
        return self.names.get(thing) or self.titles.get(thing) or stand_in(thing)

    def best(self, query: str) -> dict[NamedNode, tuple[Rank, _Entry]]:
        """The best reason for which each fitting thing fits."""
        found: dict[NamedNode, tuple[Rank, _Entry]] = {}
        for rank, entry in (*self._spelt(query), *self._worded(query)):
            if entry.thing not in found or rank < found[entry.thing][0]:
                found[entry.thing] = (rank, entry)
        return found

    def _spelt(self, query: str) -> Iterator[tuple[Rank, _Entry]]:
        text, parts = folded(query), pieces(query)
        numbered = number(parts)
        for entry in self.entries:
            if entry.pieces and numbered and (rank := _identified(entry.pieces, parts, numbered)) is not None:
                yield rank, entry
            if entry.folded == text:
                yield (Rank.IDENTIFIER if entry.pieces else Rank.LABEL), entry
            elif entry.folded.startswith(text):
                yield Rank.PREFIX, entry

    def _worded(self, query: str) -> Iterator[tuple[Rank, _Entry]]:
        needles = [_needle(word) for word in words(query)]
        for thing, text in self.all_words.items() if needles else ():
            if all(needle in text for needle in needles):
                yield Rank.WORDS, max(self.of[thing], key=lambda entry: _held(entry, needles))


def _identified(known: tuple[str, ...], parts: tuple[str, ...], numbered: tuple[str, ...]) -> Rank | None:
    tail = number(known)
    if known == parts:
        return Rank.IDENTIFIER
    if tail == numbered:
        return Rank.NUMBER if parts == numbered else Rank.OTHER_PUBLISHER
    if known[: len(parts)] == parts or (parts == numbered and tail[: len(parts)] == parts):
        return Rank.PREFIX
    return None


def _needle(word: str) -> str:
    """What must stand in the words of a thing: short words whole, longer ones at a beginning, other scripts anywhere."""
    if not word.isascii():
        return word
    return f" {word} " if len(word) < 3 else f" {word}"


def _held(entry: _Entry, needles: list[str]) -> tuple[int, bool, int]:
    padded = " " + " ".join(words(entry.text)) + " "
    return (sum(needle in padded for needle in needles), entry.kind in _NAMES, -len(padded))


class Search:
    """Search in the newest revision; the index of the last revision asked is kept."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[int, Index] | None = None

    def find(self, reader: Reader, query: str, *, type_: str = "", limit: int = 50, offset: int = 0) -> Found:
        """A page of the things that fit, best first; ``exact`` is the one thing that bears exactly this identifier."""
        index = self.index(reader)
        named = _by_address(index, query)
        best = named or index.best(query)
        order = sorted(best, key=lambda thing: _order(index, thing, *best[thing]))
        types = Counter(map(type_of, order))
        exact = list(named) or [
            thing for thing, (rank, entry) in best.items() if rank is Rank.IDENTIFIER and entry.kind in _OFFICIAL
        ]
        wanted = [thing for thing in order if type_ in ("", type_of(thing))]
        page = wanted[offset : offset + limit]
        hits = _hits(reader, index, [(thing, *best[thing]) for thing in page])
        return Found(hits, len(wanted), tuple(types.most_common()), exact[0] if len(exact) == 1 else None)

    def index(self, reader: Reader) -> Index:
        """The index of the reader's revision."""
        with self._lock:
            number = reader.revision.number
            if self._kept is None or self._kept[0] != number:
                self._kept = (number, Index.read(reader))
            return self._kept[1]


def _by_address(index: Index, query: str) -> dict[NamedNode, tuple[Rank, _Entry]]:
    """The thing whose IRI was asked for, if that is what was asked."""
    thing = next((thing for thing in index.of if thing.value == query), None) if query.startswith(BASE) else None
    return {thing: (Rank.IDENTIFIER, index.of[thing][0])} if thing else {}


def type_of(thing: NamedNode) -> str:
    """The type of a thing as its IRI says it: ``edition``, ``scheme``, ``map``, ``ontology``."""
    head, _, rest = thing.value.removeprefix(BASE).partition("/")
    return rest.partition("/")[0] if head == "id" else head.partition("#")[0]


def _order(index: Index, thing: NamedNode, rank: Rank, entry: _Entry) -> tuple[int, int, bool, bool, bool, int, str, str]:
    kind = type_of(thing)
    place = _FIRST.index(kind) if kind in _FIRST else len(_FIRST)
    state = index.states.get(thing)
    gone = state is not None and _is_gone(state)
    adopted = bool(entry.pieces) and entry.pieces[0] not in _ORIGIN
    return (rank, place, thing not in index.confirmed, gone, adopted, len(entry.folded), entry.folded, thing.value)


def _is_gone(state: NamedNode) -> bool:
    return state.value.rpartition("/")[2] in {"withdrawn", "superseded", "rejected", "retired"}


def _hits(reader: Reader, index: Index, page: list[tuple[NamedNode, Rank, _Entry]]) -> tuple[Hit, ...]:
    after: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    gone = [thing for thing, _, _ in page if thing in index.states and _is_gone(index.states[thing])]
    for row in ask(reader, "browse/successors", thing=gone) if gone else ():
        after[row.iri("thing")].append(row.iri("successor"))
    states = {index.states[thing] for thing, _, _ in page if thing in index.states}
    known = names(reader, states.union(*after.values()))
    return tuple(
        Hit(
            name=index.name(thing),
            title=index.titles.get(thing),
            rank=rank,
            text=entry.text,
            language=entry.language,
            kind=entry.kind,
            state=known[index.states[thing]] if thing in index.states else None,
            successors=tuple(known[one] for one in after[thing]),
            unverified=thing not in index.confirmed,
        )
        for thing, rank, entry in page
    )
