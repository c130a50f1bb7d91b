"""What is recorded about faults: their actions, their devices, the markets of these, and the members of networks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from standards_graph import vocab
from standards_graph.browse.asking import ask
from standards_graph.browse.names import names
from standards_graph.browse.spelling import words
from standards_graph.errors import BadArgument, NotFound
from standards_graph.model import dates
from standards_graph.model.entities import Name
from standards_graph.model.spread import Action, Evidence, Fault, Held, Identity, Market, Member
from standards_graph.store.base import Reader
from standards_graph.store.rows import Row

_LEGAL = {"inc", "ltd", "limited", "llc", "corp", "corporation", "co", "company", "gmbh", "ag", "ab", "sa", "bv", "plc", "publ"}
"""Words for the form of a firm, which notices leave out."""


def faults(reader: Reader, issue: str = "") -> tuple[Fault, ...]:
    """One fault, by the IRI of its issue or the last part of it, or all; raises NotFound, BadArgument."""
    known = {row.iri("issue"): row.iri_if_any("grouping") for row in ask(reader, "browse/spread/issues")}
    wanted = [_issue(issue, known)] if issue else sorted(known, key=str)
    if not wanted:
        return ()
    actions, devices = _actions(reader, wanted), _devices(reader, wanted)
    sold = _markets(reader, {device for told in devices.values() for device in told})
    called = names(reader, wanted)
    return tuple(
        Fault(
            called[one],
            known[one],
            actions.get(one, ()),
            devices.get(one, {}),
            tuple(market for device in sorted(devices.get(one, {}), key=str) for market in sold.get(device, ())),
        )
        for one in wanted
    )


def held(reader: Reader) -> dict[NamedNode, Held]:
    """What is held of the safety actions of each jurisdiction of which any is, or of which it is stated."""
    found: dict[NamedNode, dict[str, str]] = defaultdict(dict)
    for row in ask(reader, "browse/spread/covered"):
        told = {key: row.text_if_any(key) for key in ("held", "newest", "complete")}
        found[row.iri("place")] |= {key: text for key, text in told.items() if text}
    return {
        place: Held(int(told.get("held", "0")), _day(told.get("newest", "")), _day(told.get("complete", "")))
        for place, told in found.items()
    }


def wholes(reader: Reader) -> dict[NamedNode, frozenset[NamedNode]]:
    """For each jurisdiction that belongs to others, all of these."""
    found: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for row in ask(reader, "browse/spread/parts"):
        found[row.iri("part")].add(row.iri("whole"))
    return {part: frozenset(larger) for part, larger in found.items()}


def members(reader: Reader, network: str, day: dt.date) -> tuple[Member, ...]:
    """Who belongs to a network on a day; a start that nobody recorded does not speak against it. Raises NotFound."""
    about: dict[NamedNode, list[Row]] = defaultdict(list)
    asked = _named(network, "network")
    for row in ask(reader, "browse/spread/members", network=asked):
        about[row.iri("membership")].append(row)
    if not about:
        raise NotFound(f"No network {network} with members is recorded.")
    things = {row.iri(key) for rows in about.values() for row in rows for key in ("member", "role") if key in row}
    called = names(reader, things)
    return tuple(_member(one, rows, called) for one, rows in about.items() if _belongs(rows[0], day))


def _issue(text: str, known: Iterable[NamedNode]) -> NamedNode:
    (wanted,) = _named(text, "issue")
    if wanted not in known:
        raise NotFound(f"There is no safety issue {text}; what nobody confirmed does not count as one.")
    return wanted


def _named(text: str, kind: str) -> list[NamedNode]:
    """The thing that an IRI, a prefixed name, or the last part of the IRI of a thing of its kind means."""
    prefix, colon, local = text.partition(":")
    try:
        if colon:
            return [NamedNode(vocab.PREFIXES[prefix] + local if prefix in vocab.PREFIXES else text)]
        return [vocab.entity(kind, text.removeprefix(f"{kind}/"))]
    except ValueError as error:
        raise BadArgument(f"{text!r} is no name of a thing.", name=kind) from error


def _actions(reader: Reader, issues: list[NamedNode]) -> dict[NamedNode, tuple[Action, ...]]:
    rows: dict[tuple[NamedNode, NamedNode], list[Row]] = defaultdict(list)
    for row in ask(reader, "browse/spread/actions", issue=issues):
        rows[row.iri("issue"), row.iri("action")].append(row)
    called = names(reader, {action for _, action in rows})
    by_relayed: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    addresses: dict[NamedNode, set[str]] = defaultdict(set)
    for (_, action), told in rows.items():
        for row in told:
            addresses[action] |= {row.text(key) for key in ("address", "site") if key in row}
            if "relayed" in row:
                by_relayed[row.iri("relayed")].add(action)
    found: dict[NamedNode, list[Action]] = defaultdict(list)
    for (issue, action), told in rows.items():
        by = by_relayed.get(action, set())
        elsewhere = {address for one in by for address in addresses[one]}
        own = {row.text("address") for row in told if "address" in row}
        evidence = Evidence.RELAY if by and own <= elsewhere else Evidence.OWN
        found[issue].append(_action(called[action], told, by, evidence))
    return {issue: tuple(told) for issue, told in found.items()}


def _action(called: Name, rows: list[Row], relayed_by: set[NamedNode], evidence: Evidence) -> Action:
    first = rows[0]
    printed = first.text_if_any("printed")
    begins = _day(first.text_if_any("begins"))
    latest = dates.after_latest(printed) - dt.timedelta(days=1) if printed else begins
    return Action(
        called,
        first.iri("place"),
        first.iri_if_any("kind"),
        printed,
        begins,
        latest if begins else None,
        tuple(sorted({row.iri("relayed") for row in rows if "relayed" in row}, key=str)),
        tuple(sorted(relayed_by, key=str)),
        evidence,
        tuple(sorted({row.iri("record") for row in rows if "record" in row}, key=str)),
    )


def _devices(reader: Reader, issues: list[NamedNode]) -> dict[NamedNode, dict[NamedNode, Identity]]:
    """The devices of each fault: those tied by records, then those of the same name and firm as a notice prints."""
    found: dict[NamedNode, dict[NamedNode, Identity]] = defaultdict(dict)
    order = list(Identity)
    for row in ask(reader, "browse/spread/devices", issue=issues):
        tie, there, device = Identity[row.text("tie").upper()], found[row.iri("issue")], row.iri("device")
        there[device] = min((there.get(device, tie), tie), key=order.index)
    read = [
        (row.iri("issue"), row.text("name"), _firm(row.text("maker")))
        for row in ask(reader, "browse/spread/read-names", issue=issues)
    ]
    alike = _namesakes(reader, {name for _, name, _ in read})
    for issue, name, firm in read:
        for device, maker in alike.get(words(name), ()):
            if _same_firm(firm, maker):
                found[issue].setdefault(device, Identity.NAMESAKE)
    return found


def _namesakes(reader: Reader, wanted: set[str]) -> Mapping[tuple[str, ...], set[tuple[NamedNode, tuple[str, ...]]]]:
    """Devices by the words of their names, each with the words of its maker's name, for names written in the usual ways."""
    spelt = {form for name in wanted for form in (name, name.upper(), name.lower(), name.title())}
    literals = [one for form in sorted(spelt) for one in (Literal(form), Literal(form, language="en"))]
    found: dict[tuple[str, ...], set[tuple[NamedNode, tuple[str, ...]]]] = defaultdict(set)
    for row in ask(reader, "browse/spread/namesakes", label=literals) if literals else ():
        found[words(row.text("label"))].add((row.iri("device"), _firm(row.text("maker"))))
    return found


def _firm(name: str) -> tuple[str, ...]:
    """The words of a firm's name without its legal form and what stands in brackets."""
    return tuple(word for word in words(name.partition("(")[0]) if word not in _LEGAL)


def _same_firm(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one name is the beginning of the other, as Siemens of Siemens Healthineers."""
    least = min(len(one), len(other))
    return least > 0 and one[:least] == other[:least]


def _markets(reader: Reader, devices: set[NamedNode]) -> dict[NamedNode, list[Market]]:
    found: dict[NamedNode, list[Market]] = defaultdict(list)
    for row in ask(reader, "browse/spread/markets", device=sorted(devices, key=str)) if devices else ():
        begins, ends = (_day(row.text_if_any(key)) for key in ("begins", "ends"))
        device = row.iri("device")
        found[device].append(Market(device, row.iri("place"), row.iri("evidence"), row.iri_if_any("report"), begins, ends))
    return found


def _belongs(row: Row, day: dt.date) -> bool:
    begins, ends = (_day(row.text_if_any(key)) for key in ("begins", "ends"))
    return (begins is None or begins <= day) and (ends is None or day < ends)


def _member(membership: NamedNode, rows: list[Row], called: Mapping[NamedNode, Name]) -> Member:
    first = rows[0]
    role = first.iri_if_any("role")
    return Member(
        membership,
        called[first.iri("member")],
        tuple(dict.fromkeys(row.iri("area") for row in rows)),
        called[role] if role else None,
        first.text_if_any("printed"),
        first.text_if_any("status"),
        tuple(dict.fromkeys(row.iri("record") for row in rows if "record" in row)),
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
