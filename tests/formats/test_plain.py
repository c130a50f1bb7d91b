"""JSON and YAML as plain values: what could not be written again is refused."""

from __future__ import annotations

import pytest

from standards_graph.errors import UnreadableFile
from standards_graph.formats import plain


@pytest.mark.parametrize("text", [r'{"a": "\uD800"}', r'{"\udfff": 1}', r'["\uDE00\uD83D"]'])
def test_half_a_character_in_json_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile, match="half a character"):
        plain.from_json(text, source="list.json")


def test_half_a_character_in_yaml_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"list\.yaml, line 1"):
        plain.from_yaml(r'a: "\ud800"', source="list.yaml")


def test_characters_written_as_two_halves_are_read() -> None:
    assert plain.from_json(r'"\uD83D\uDE00 \u00e9"', source="list.json") == "😀 é"
