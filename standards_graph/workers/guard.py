"""The front guard: reads a query before a worker does, and refuses in words what this service does not do.

It is for clear sentences and less work. What keeps the service standing is the worker, which has no network, a deadline and a
memory limit. Imports nothing but the errors.
"""

from __future__ import annotations

from dataclasses import dataclass

from standards_graph.errors import BadQuery, TooLarge
from standards_graph.workers.tokens import VALUES, Scanner

MOST_BYTES = 64_000
MOST_DEPTH = 64
MOST_TOKENS = 5_000
MOST_PATTERNS = 300
MOST_BRANCHES = 100
MOST_STEPS = 50

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset({"INSERT", "DELETE", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "USING"})
_BRANCHES = ("UNION", "OPTIONAL", "MINUS", "EXISTS")
_CHANGING = frozenset({"NOW", "RAND", "UUID", "STRUUID"})
_BEFORE_ONE_TERM = ("GRAPH", "FILTER", "LIMIT", "OFFSET", "VALUES", "NAMED", "FROM")
_EXCERPT = 60
_LIKE_SERVICE = (
    "This reads like SERVICE, which is refused: this endpoint asks no other endpoint. "
    "If it is a name of your own, write a full stop after it."
)


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the guard saw: the form of the query, whether the same data always give the same answer, and how much there is."""

    form: str
    repeatable: bool
    tokens: int
    depth: int
    patterns: int
    branches: int
    steps: int


def inspect(text: str, *, most_bytes: int = MOST_BYTES) -> Inspected:
    """Read a query; raises TooLarge for a text over the limit, and BadQuery, with the place, for what is refused."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > most_bytes:
        raise TooLarge(f"The query has {size:,} bytes; {most_bytes:,} are the limit. Shorten it, or ask in several queries.")
    return _Guard(text).inspected()


class _Guard:
    def __init__(self, text: str) -> None:
        self._text = text
        self._scanner = Scanner(text)
        self._form = ""
        self._repeatable = True
        self._tokens = self._depth = self._patterns = self._branches = self._steps = 0
        self._open = False
        self._suspect = -1
        self._after_graph = False
        self._declares = False
        self._hosts_only = False

    def inspected(self) -> Inspected:
        for kind, start, end in self._scanner:
            self._tokens += 1
            if self._tokens > MOST_TOKENS:
                raise self._refused(start, f"The query has more than {MOST_TOKENS:,} words and signs.")
            self._take(kind, start, end)
        if not self._form:
            raise self._refused(0, "This is not a query: it has none of SELECT, ASK, CONSTRUCT and DESCRIBE.")
        return Inspected(self._form, self._repeatable, self._tokens, self._depth, self._patterns, self._branches, self._steps)

    def _take(self, kind: str, start: int, end: int) -> None:
        if kind == "word":
            self._word(self._scanner.word, start)
        elif kind == "open":
            self._bracket(start, end)
        elif kind in VALUES:
            self._value(kind, start, end)
        elif kind in {"punct", "close"}:
            self._sign(kind, start, end)
        elif kind == "quote":
            raise self._refused(start, "This text in quotation marks does not end, or has an escape that SPARQL does not know.")
        elif kind == "escape":
            raise self._refused(start, "A backslash may stand only inside a text, an IRI or a local name.")
        if not (kind == "name" and self._suspect == start):
            self._suspect = -1
        self._after_graph = kind == "word" and self._scanner.word.endswith("GRAPH")

    def _word(self, word: str, start: int) -> None:
        if "SERVICE" in word:
            raise self._refused(
                start, "SERVICE is refused: this endpoint asks no other endpoint. Query the other one yourself."
            )
        if "LOAD" in word:
            raise self._refused(start, "LOAD is refused: this endpoint reads no other address, and it only answers queries.")
        if word in _UPDATES:
            raise self._refused(start, f"{word} belongs to SPARQL Update; /sparql only answers queries and changes nothing.")
        if not self._form:
            self._form = next((form for form in FORMS if word.startswith(form)), "")
        if word in _CHANGING:
            self._repeatable = False
        if word.endswith(_BRANCHES):
            self._branches += 1
            if self._branches > MOST_BRANCHES:
                raise self._refused(start, f"The query has more than {MOST_BRANCHES} of UNION, OPTIONAL, MINUS and EXISTS.")
        if word == "A" or word.endswith(("TRUE", "FALSE", "UNDEF")):
            return
        self._open = word.endswith(_BEFORE_ONE_TERM)
        self._declares = word.endswith(("PREFIX", "BASE"))

    def _bracket(self, start: int, end: int) -> None:
        if self._suspect >= 0 and self._text[start:end] == "{":
            raise self._refused(self._suspect, _LIKE_SERVICE)
        self._depth = max(self._depth, len(self._scanner.frames))
        if self._depth > MOST_DEPTH:
            raise self._refused(start, f"Brackets are nested more than {MOST_DEPTH} deep.")
        if not self._scanner.in_expression and self._text[start] != "(":
            self._open = False

    def _value(self, kind: str, start: int, end: int) -> None:
        """A name like ``service:x`` before ``{`` is the keyword to the engine; a term may begin a triple pattern."""
        if kind == "iri" and self._declares:
            self._namespace(self._text[start + 1 : end - 1], start)
        elif kind == "name" and self._scanner.frames:
            self._name(self._text[start:end], start)
        if self._open or self._scanner.in_clause or not self._in_group():
            return
        self._open = True
        self._patterns += 1
        if self._patterns > MOST_PATTERNS:
            raise self._refused(start, f"The query has more than {MOST_PATTERNS} triple patterns.")

    def _name(self, name: str, start: int) -> None:
        prefix, _, local = name.partition(":")
        if self._hosts_only and local.startswith(":"):
            raise self._refused(
                start, "This name would continue a host name with a port. Write a / after the namespace's host."
            )
        if "SERVICE" in prefix.upper() and not self._after_graph:
            self._suspect = start

    def _namespace(self, iri: str, start: int) -> None:
        """Where namespace and local name make no IRI (``http://h:`` and ``SERVICE``), the engine reads two words."""
        self._declares = False
        host = iri.partition("//")[2]
        if "\\" in iri or (host and not any(sign in host for sign in "/?#") and any(sign in host for sign in ":]@")):
            raise self._refused(start, "A namespace has no escapes and does not end with a port. Write a / after it.")
        self._hosts_only |= bool(host) and not any(sign in host for sign in "/?#")

    def _sign(self, kind: str, start: int, end: int) -> None:
        sign = self._text[start:end]
        if sign in {".", ";", ",", "}", "|}"} or (sign == ")" and self._scanner.closed == "E"):
            self._open = False
        elif sign in {"/", "|", "^", "*", "+"} and not self._scanner.in_clause and self._in_group():
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise self._refused(start, f"The query has more than {MOST_STEPS} steps in property paths.")

    def _in_group(self) -> bool:
        frames = self._scanner.frames
        return bool(frames) and frames[-1] not in "ED" and frames[-2:-1] != ["D"]

    def _refused(self, position: int, reason: str) -> BadQuery:
        line = self._text.count("\n", 0, position) + 1
        begin = self._text.rfind("\n", 0, position) + 1
        column = position - begin + 1
        stop = self._text.find("\n", position)
        whole = self._text[begin : stop if stop >= 0 else len(self._text)].rstrip("\r")
        shown = whole[max(0, column - 1 - _EXCERPT) : column + _EXCERPT]
        return BadQuery(reason, line=line, column=column, excerpt=shown)
