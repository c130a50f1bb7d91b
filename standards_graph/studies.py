"""What takes the answers of several queries and something worked out from them: lineage, the spread of warnings, figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import NamedNode

from standards_graph import vocab
from standards_graph.browse import lineages, recorded
from standards_graph.browse import spread as spreads
from standards_graph.browse.names import names
from standards_graph.browse.performance import values
from standards_graph.browse.sources import sources
from standards_graph.errors import BadArgument
from standards_graph.harmonisation import figures, lineage, performance, spread
from standards_graph.harmonisation.lineage import Reached
from standards_graph.model.figures import Figures
from standards_graph.model.lineage import Direction, Known, Lineage, Paths, RecalledLine, Relative
from standards_graph.model.performance import Comparison, Named
from standards_graph.model.spread import Fault, Held, MemberStanding, PlaceStanding, Spread
from standards_graph.store.base import Reader

MOST = 200
"""Relatives that are listed unless more are asked for; all are counted."""
FAR = 1_000
"""The most steps that may be asked for, more than any chain can have by the years of the programme."""


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _by_difference(one: Comparison) -> tuple[Decimal, str]:
    return -abs(one.difference or Decimal(0)), one.of.observation.value


def _mentioned(told: Iterable[PlaceStanding], fault: Fault) -> set[NamedNode]:
    """The places, kinds and devices for which a reader needs names."""
    actions = [one for place in told for one in place.actions]
    found = {place.place for place in told} | {one.place for one in actions} | set(fault.devices)
    found |= {one.kind for one in actions if one.kind} | {other for one in actions for other in (*one.relays, *one.relayed_by)}
    found |= {market.report for place in told for market in place.markets if market.report}
    return found | ({fault.grouping} if fault.grouping else set())


class Studies:
    """What may be worked out from one revision."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def lineage(
        self, number: str, *, direction: Direction = Direction.UP, depth: int | None = None, most: int = MOST
    ) -> Lineage:
        """What a decision with this number descends from, or what descends from it, the nearest first.

        Raises NotFound where no decision bears the number, BadArgument for a depth or a length of the list that is none.
        """
        if depth is not None and not 1 <= depth <= FAR:
            raise BadArgument(f"The depth is a number of steps from 1 to {FAR}.", name="depth")
        starts = lineages.decisions(self._reader, number)
        told = [one.value for one in starts]
        edges = lineages.edges(self._reader, starts, direction)
        known = lineage.graph(edges)
        found = lineage.reached(known, told)
        counts = lineage.by_steps(found)
        near = {one: how for one, how in found.items() if depth is None or how.steps <= depth}
        return Lineage(
            decisions=tuple(names(self._reader, starts).values()),
            direction=direction,
            known=self._known(bool(edges)),
            relatives=self._relatives(found, list(near)[:most], lineage.returning(known, told)),
            by_steps=counts[:depth],
            beyond=len(found) - len(near),
            edges=known.number_of_edges(),
        )

    def paths(self, number: str, *, ancestor: str, most: int = 10) -> Paths:
        """The shortest ways from a decision to one from which it descends: the first are listed, all are counted."""
        starts, ends = (lineages.decisions(self._reader, one) for one in (number, ancestor))
        edges = lineages.edges(self._reader, starts, Direction.UP)
        known, told = lineage.graph(edges), [one.value for one in starts]
        reached = lineage.reached(known, told)
        nearest = min((reached[end.value].steps for end in ends if end.value in reached), default=0)
        if not nearest:
            return Paths(self._known(False))
        goals = [end.value for end in ends if end.value in reached and reached[end.value].steps == nearest]
        ways = [
            way
            for start in told
            for goal in goals
            for way in lineage.shortest(known, start, goal, most=most)
            if len(way) == nearest + 1
        ][:most]
        called = names(self._reader, {NamedNode(one) for way in ways for one in way})
        return Paths(
            Known.FOUND,
            nearest,
            sum(reached[goal].paths for goal in goals),
            tuple(tuple(called[NamedNode(one)] for one in way) for way in ways),
        )

    def recalled(self, *, place: str = "") -> tuple[RecalledLine, ...]:
        """The decisions whose device was recalled, anywhere or in a place, and how many descend from each; most first."""
        known = lineages.recalled(self._reader)
        if place:
            there = vocab.entity("jurisdiction", place.lower())
            kept = {one: tuple(each for each in told if each.place == there) for one, told in known.items()}
            known = {one: told for one, told in kept.items() if told}
        things = [NamedNode(one) for one in known]
        called, cited = names(self._reader, things), sources(self._reader, things)
        down = lineage.graph(lineages.edges(self._reader, things, Direction.DOWN))
        covered = bool(down) or lineages.any_known(self._reader)
        lines = []
        for one, told in known.items():
            found, thing = lineage.reached(down, [one]), NamedNode(one)
            state = Known.FOUND if found else Known.NOT_RECORDED if covered else Known.NOT_COVERED
            records = tuple(source.record for source in cited.get(thing, ()))
            lines.append(RecalledLine(called[thing], told, len(found), lineage.deepest(found), state, records))
        return tuple(sorted(lines, key=lambda line: (-line.descendants, line.decision.text, line.decision.iri.value)))

    def spread(self, issue: str, *, day: dt.date | None = None) -> Spread:
        """How each jurisdiction stands to a fault by the end of a day, or of today (UTC).

        Told are those where its device is on the market, and those where somebody acted. Raises NotFound, BadArgument.
        """
        (fault,) = spreads.faults(self._reader, issue)
        at = day or _today()
        known, larger = spreads.held(self._reader), spreads.wholes(self._reader)
        told = tuple(
            spread.standing(fault, place, at, wholes=larger, held=known.get(place, Held()))
            for place in spread.places(fault, at)
        )
        return Spread(fault, at, told, names(self._reader, _mentioned(told, fault)))

    def network(
        self, network: str, *, issue: str = "", day: dt.date | None = None, everybody: bool = False
    ) -> tuple[MemberStanding, ...]:
        """Members of a network that are not recorded to have acted on a fault of a device on their market, by the end of a day.

        With ``everybody`` those that acted are told too. Raises NotFound, BadArgument.
        """
        at = day or _today()
        members, faults = spreads.members(self._reader, network, at), spreads.faults(self._reader, issue)
        known, larger = spreads.held(self._reader), spreads.wholes(self._reader)
        found = (
            MemberStanding(member, fault, spread.standing(fault, area, at, wholes=larger, held=known.get(area, Held())))
            for fault in faults
            if spread.by(fault, at)
            for member in members
            for area in member.areas
        )
        return tuple(one for one in found if one.standing.markets and (everybody or not one.standing.standing.acted))

    def performance(self, *, everything: bool = False) -> tuple[Named, ...]:
        """Values in use that are worse than those claimed before market entry, the largest difference first.

        With ``everything`` also those that are not, and what has no counterpart.
        """
        told = [one for one in performance.comparisons(values(self._reader)) if everything or one.outcome.is_worse]
        things = {thing for one in told for thing in (one.of.device, one.of.metric, one.of.setting, one.of.population) if thing}
        called = names(self._reader, things | {one.claimed.setting for one in told if one.claimed})
        return tuple(
            Named(
                one,
                called[one.of.device],
                called[one.of.metric],
                called[one.of.population] if one.of.population else None,
                called[one.claimed.setting] if one.claimed else None,
            )
            for one in sorted(told, key=_by_difference)
        )

    def figures(self, *, most: int = 20) -> Figures:
        """Figures of the graphs that the records and recognitions make; of each list the first are told, all are counted."""
        known = recorded.records(self._reader)
        things = figures.worked_out(
            known, recorded.derivations(self._reader), recorded.recognitions(self._reader), recorded.effects(self._reader)
        )
        called = names(self._reader, figures.mentioned(things, most=most))
        return figures.named(things, called, most=most)

    def _known(self, found: bool) -> Known:
        if found:
            return Known.FOUND
        return Known.NOT_RECORDED if lineages.any_known(self._reader) else Known.NOT_COVERED

    def _relatives(self, found: dict[str, Reached], listed: Iterable[str], returning: frozenset[str]) -> tuple[Relative, ...]:
        things = [NamedNode(one) for one in listed]
        called, cited = names(self._reader, things), sources(self._reader, things)
        recalls = lineages.recalled(self._reader) if things else {}
        return tuple(
            Relative(
                decision=called[thing],
                steps=found[thing.value].steps,
                paths=found[thing.value].paths,
                path=tuple(NamedNode(one) for one in lineage.way(found, thing.value)),
                returns=thing.value in returning,
                recalls=recalls.get(thing.value, ()),
                sources=tuple(source.record for source in cited.get(thing, ())),
            )
            for thing in things
        )
