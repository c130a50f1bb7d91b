"""What came of all claims, kept up to date: a change asks for the components that it touches and for no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from standards_graph.harmonisation.claims import Claim, components
from standards_graph.harmonisation.conflicts import Schemes
from standards_graph.harmonisation.engine import OneStandard, Settled, settle

Parts = Mapping[str, Settled]
"""What came of components, each by its first thing."""


class Maintained:
    """The claims by thing and by record, and what came of each component.

    What ``settled`` gives after any number of changes is what ``settle_all`` gives for the claims that are left. Schemes and
    standards are taken as they are when it is made: where these change, make it anew.
    """

    def __init__(self, claims: Iterable[Claim], schemes: Schemes, one_standard: OneStandard) -> None:
        self._schemes, self._one_standard = schemes, one_standard
        self._by_record: dict[str, tuple[Claim, ...]] = {}
        self._at: dict[str, set[str]] = {}
        self._parts: dict[str, Settled] = {}
        self._first: dict[str, str] = {}
        self.change(added=claims)

    @property
    def settled(self) -> Settled:
        """What came of all claims, in the order of ``settle_all``."""
        parts = [self._parts[first] for first in sorted(self._parts)]
        return Settled(
            tuple(result for one in parts for result in one.inferred),
            tuple(sorted({conflict for one in parts for conflict in one.conflicts})),
        )

    def change(self, *, removed: Iterable[str] = (), added: Iterable[Claim] = ()) -> tuple[Parts, Parts]:
        """Take records away, then put claims in; the components that were there and are no more as they were, and the new ones.

        A claim whose record is known stands for it from then on.
        """
        fresh: dict[str, list[Claim]] = {}
        for claim in added:
            fresh.setdefault(claim.record, []).append(claim)
        touched = {end for record in {*removed, *fresh} for end in self._forget(record)}
        for record, claims in fresh.items():
            touched |= self._keep(record, claims)
        gone = {first: self._parts.pop(first) for first in sorted({self._first[one] for one in touched if one in self._first})}
        return gone, self._settle(self._around(touched))

    def of(self, thing: str) -> Settled:
        """What came of the component of a thing; nothing where no accepted claim is about it."""
        return self._parts.get(self._first.get(thing, ""), Settled((), ()))

    def _forget(self, record: str) -> set[str]:
        ends = {end for claim in self._by_record.pop(record, ()) for end in (claim.source, claim.target)}
        for end in ends:
            self._at[end].discard(record)
        return ends

    def _keep(self, record: str, claims: Iterable[Claim]) -> set[str]:
        accepted = tuple(one for one in claims if one.accepted)
        if accepted:
            self._by_record[record] = accepted
        ends = {end for claim in accepted for end in (claim.source, claim.target)}
        for end in ends:
            self._at.setdefault(end, set()).add(record)
        return ends

    def _around(self, things: Iterable[str]) -> list[Claim]:
        """The claims of all components in which these things are; things without a claim are forgotten."""
        open_, seen, records = list(things), set[str](), set[str]()
        while open_:
            thing = open_.pop()
            if thing in seen:
                continue
            seen.add(thing)
            for record in self._at.get(thing, ()):
                if record not in records:
                    records.add(record)
                    open_ += [end for claim in self._by_record[record] for end in (claim.source, claim.target)]
        for thing in seen:
            self._first.pop(thing, None)
            if not self._at.get(thing):
                self._at.pop(thing, None)
        return [claim for record in records for claim in self._by_record[record]]

    def _settle(self, claims: Iterable[Claim]) -> dict[str, Settled]:
        found = {}
        for component in components(claims):
            ends = {end for claim in component for end in (claim.source, claim.target)}
            first = min(ends)
            found[first] = self._parts[first] = settle(component, self._schemes, self._one_standard)
            self._first.update(dict.fromkeys(ends, first))
        return found
