"""The main navigation: what stands in the header of every page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: its words, its address, and the beginnings of addresses that belong to it."""

    text: str
    address: str
    under: tuple[str, ...] = ()

    def is_here(self, path: str) -> bool:
        """Whether a page belongs to this entry."""
        return any(path == start or path.startswith(start + "/") for start in (self.address, *self.under))


NAVIGATION = (
    Place("Questions", "/questions"),
    Place("Standards", "/standards", ("/standard", "/edition")),
    Place("Regulators", "/regulators"),
    Place("Jurisdictions", "/jurisdictions", ("/jurisdiction",)),
    Place("Networks", "/networks", ("/network", "/membership")),
    Place("Devices", "/devices", ("/device", "/authorisation")),
    Place("Query", "/query"),
    Place("About", "/about", ("/accessibility", "/licence", "/changes", "/data")),
)
