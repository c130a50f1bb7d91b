"""The end of a command's help: what one may type."""

from __future__ import annotations


def examples(*commands: str, note: str = "") -> str:
    """The commands one below the other, as click prints them when told to keep the lines."""
    listed = "\n".join(f"    {command}" for command in commands)
    return f"\b\nExamples:\n{listed}" + (f"\n\n{note}" if note else "")
