"""The family of errors."""

from __future__ import annotations

from collections import Counter

from standards_graph.errors import RegistryError


def family(kind: type[RegistryError] = RegistryError) -> list[type[RegistryError]]:
    """The kinds that somebody outside is told; a room may have finer ones of its own, which go by the code of their kind."""
    known = [one for child in kind.__subclasses__() for one in family(child)]
    return [kind, *known] if kind.__module__ == RegistryError.__module__ else known


def test_each_kind_has_a_code_of_its_own() -> None:
    codes = Counter(kind.code for kind in family())
    assert [code for code, times in codes.items() if times > 1] == []


def test_each_kind_says_what_it_is_in_a_sentence_and_in_a_title() -> None:
    for kind in family():
        assert "code" in vars(kind), kind
        assert "title" in vars(kind), kind
        assert kind.__doc__
        assert kind.__doc__.strip().endswith("."), kind
