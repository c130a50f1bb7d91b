"""The tokens of a SPARQL query, in one pass and linear time, as the engine's grammar would read them.

The engine has no tokenizer of its own: what ``<`` means depends on where it stands. After a value inside the brackets of an
expression it compares, everywhere else it opens an IRI; ``FILTER(1<2)SERVICE:x#>`` shows why that matters. So the scanner
keeps a stack of open brackets. Every repetition in its patterns is possessive: nothing is ever tried twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PLUS = "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_CHARS = f"{_BASE}_{_PLUS}\\-"
_UCHAR = r"\\u(?:[0-9A-CEFa-cef][0-9A-Fa-f]{3}|[Dd][0-7][0-9A-Fa-f]{2})|\\U000[0-9A-Fa-f]{5}|\\U0010[0-9A-Fa-f]{4}"
_ECHAR = rf"\\[tbnrf\\\"']|{_UCHAR}"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_BASE}_0-9:]|{_PLX})(?:[{_CHARS}:]|{_PLX}|\.++(?=[{_CHARS}:%\\]))*+"


def _pattern(prefix: str) -> re.Pattern[str]:
    return re.compile(
        rf"""
        (?P<skip>(?:[\x20\t\r\n]++|\#[^\r\n]*+)++)
        |(?P<string>\"\"\"(?:[^"\\]++|{_ECHAR}|"(?!""))*+\"\"\"|'''(?:[^'\\]++|{_ECHAR}|'(?!''))*+'''
           |"(?!"")(?:[^"\\\r\n]++|{_ECHAR})*+"|'(?!'')(?:[^'\\\r\n]++|{_ECHAR})*+')
        |(?P<blank>_:[{_BASE}_0-9](?:[{_CHARS}]|\.++(?=[{_CHARS}]))*+)
        |(?P<name>{prefix}:(?:{_LOCAL})?+)
        |(?P<word>[A-Za-z_]++)
        |(?P<var>[?$][{_BASE}_0-9][{_BASE}_{_PLUS}]*+)
        |(?P<number>[0-9]++(?:\.[0-9]*+[eE][+-]?[0-9]++|\.[0-9]++|[eE][+-]?[0-9]++)?+|\.[0-9]++(?:[eE][+-]?[0-9]++)?+)
        |(?P<lang>@[A-Za-z]++(?:-{{1,2}}[A-Za-z0-9]++)*+)
        |(?P<less><)
        |(?P<open>\{{\||[({{\[])
        |(?P<close>\|\}}|>>|[)}}\]])
        |(?P<punct>\^\^|&&|\|\||!=|>=|[.;,=>!|^/*+?\-&$@:])
        |(?P<quote>["'])
        |(?P<escape>\\)
        |(?P<other>.)
        """,
        re.X | re.S,
    )


_TOKEN = _pattern(f"(?:[{_BASE}][{_CHARS}]*+)?")
_INSIDE = _pattern("")
_IRI = re.compile(rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]++|{_UCHAR})*+>")
_DOTTED = re.compile(rf"[{_BASE}](?:[{_CHARS}]|\.++(?=[{_CHARS}]))*+")
_LOCAL_PART = re.compile(rf":(?:{_LOCAL})?+")

VALUES = frozenset({"iri", "string", "blank", "name", "var", "number", "lang"})
"""Kinds of tokens that stand for a term."""

_CLOSES = {")": "(E", "]": "[", "}": "{D", "|}": "|", ">>": "<"}
_STARTS_EXPRESSIONS = ("SELECT", "ORDER", "HAVING", "GROUP")
_ENDS_EXPRESSIONS = ("WHERE", "FROM", "VALUES", "LIMIT", "OFFSET")
_CONSTRAINTS = ("FILTER", "HAVING", "BY")


class Scanner:
    """Walks over a query once. While a token is handed out, the attributes say where it stands.

    Frames: ``{`` group, ``D`` data of VALUES, ``(`` list or path, ``E`` expression, ``[``, ``|`` annotation, ``<`` triple term.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.frames: list[str] = []
        self.in_clause = False
        """Whether brackets here hold expressions: in a projection, or in a solution modifier."""
        self.word = ""
        """The token in capitals if it is a bare word, else empty."""
        self.closed = ""
        """The frame that was closed last."""
        self._clauses: list[bool] = []
        self._before = ("", "")
        self._last = ("", "")
        self._values = False
        self._no_prefix_before = 0

    @property
    def in_expression(self) -> bool:
        """Whether the innermost open bracket holds an expression."""
        return bool(self.frames) and self.frames[-1] == "E"

    def __iter__(self) -> Iterator[tuple[str, int, int]]:
        """Kind, start and end of each token; spaces and comments are left out."""
        position, length = 0, len(self.text)
        while position < length:
            found = (_INSIDE if position < self._no_prefix_before else _TOKEN).match(self.text, position)
            if found is None or found.lastgroup is None:
                raise AssertionError("the pattern takes any character")
            kind, end = found.lastgroup, found.end()
            if kind == "skip":
                position = end
                continue
            if kind == "less":
                kind, end = self._less(position)
            elif kind in {"word", "other"} and position >= self._no_prefix_before:
                kind, end = self._dotted(kind, position, end)
            lexeme = self.text[position:end]
            if kind == "close" and lexeme == ">>" and "<" not in self.frames[-1:]:
                kind, end, lexeme = "punct", position + 1, ">"
            if kind == "open":
                self._open(lexeme)
            elif kind == "close":
                self._close(lexeme)
            elif kind == "word":
                self._clause(lexeme.upper())
            self.word = lexeme.upper() if kind == "word" else ""
            yield kind, position, end
            self._before, self._last = self._last, (kind, lexeme)
            position = end

    def _less(self, position: int) -> tuple[str, int]:
        """An IRI, the start of a triple term, or a comparison."""
        compares = self.in_expression and self._after_value()
        if not compares and (found := _IRI.match(self.text, position)):
            return "iri", found.end()
        if not compares and self.text.startswith("<<", position):
            return "open", position + 2
        return "punct", position + (2 if self.text.startswith("<=", position) else 1)

    def _after_value(self) -> bool:
        kind, lexeme = self._last
        if kind == "word":
            return lexeme.upper().endswith(("TRUE", "FALSE"))
        return kind in VALUES or kind == "close"

    def _dotted(self, kind: str, position: int, end: int) -> tuple[str, int]:
        """A prefix may hold dots (``a.b:c``). A run of names that was found to have no colon is not searched again."""
        found = _DOTTED.match(self.text, position)
        run = found.end() if found else end
        if local := _LOCAL_PART.match(self.text, run) if found else None:
            return "name", local.end()
        self._no_prefix_before = run
        return kind, end

    def _open(self, lexeme: str) -> None:
        frame = {"{|": "|", "<<": "<"}.get(lexeme, lexeme)
        if lexeme == "(" and self._holds_expression():
            frame = "E"
        elif lexeme == "{" and self._values:
            frame, self._values = "D", False
        self.frames.append(frame)
        self._clauses.append(self.in_clause)
        self.in_clause = False

    def _close(self, lexeme: str) -> None:
        """Close the bracket that this one belongs to, with what was left open inside; one that belongs to none is left out."""
        wanted = _CLOSES[lexeme]
        if lexeme != "}" and self.frames and self.frames[-1] not in wanted:
            return
        while self.frames:
            self.closed, self.in_clause = self.frames.pop(), self._clauses.pop()
            if self.closed in wanted:
                return

    def _clause(self, word: str) -> None:
        if word.endswith(_ENDS_EXPRESSIONS):
            self.in_clause, self._values = False, word.endswith("VALUES")
        elif not self.in_expression and word.startswith(_STARTS_EXPRESSIONS):
            self.in_clause = True

    def _holds_expression(self) -> bool:
        kind, lexeme = self._last
        if self.in_expression or self.in_clause:
            return True
        if kind == "word":
            word = lexeme.upper()
            return word not in {"A", "TRUE", "FALSE"} and not word.endswith("VALUES")
        if kind == "number":
            return self._before[0] == "word"
        if kind in {"iri", "name"}:
            before = self._before[1].upper() if self._before[0] == "word" else ""
            glued = lexeme.partition(":")[0].upper() if kind == "name" else ""
            return before.endswith(_CONSTRAINTS) or any(word in glued for word in _CONSTRAINTS)
        return False
