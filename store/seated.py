"""Whether a decision was signed by all whom its result calls for, each in a role that they could sign in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from store.legible import Cells
from triage.case import Case, DecisionKind
from triage.fingerprint import result_digest
from triage.seats import seats
from triage.verdict import Seated

YES = DecisionKind.sign_off.value
APPROVED = frozenset({DecisionKind.approve.value, DecisionKind.approve_with_conditions.value})
BINDING = ("facts_digest", "policies")
"""On which all who say yes have to agree."""


def wrong(
    decision: Cells, case: Case, others: Mapping[str, Cells], recused: Collection[Any]
) -> Iterator[str]:
    """`others`: all decisions on the same use, by id; `case`: the use as its result had it."""
    called = seats(case)
    if decision["kind"] == YES:
        yield from _of_yes(decision, called)
        if decision["result"] != result_digest(case):
            yield "said to another result than there was then"
    elif decision["kind"] in APPROVED:
        yield from _of_all(decision, called, others, recused)
    elif not any(role in _roles(seat) for seat in called for _, role, _ in decision["signatures"]):
        yield f"nobody signed it as {' or '.join(seat.role for seat in called)}, which its result asks for"


def _roles(seat: Seated) -> tuple[str, ...]:
    return (seat.role, *seat.fallback)


def _of_yes(decision: Cells, called: Collection[Seated]) -> Iterator[str]:
    seat = next((each for each in called if each.role == decision["seat"]), None)
    if seat is None:
        yield "signed for a seat that its result does not call"
    elif len(decision["signatures"]) != 1 or decision["signatures"][0][1] not in _roles(seat):
        yield f"nobody signed it as {seat.role}, which its result asks for"


def _of_all(
    decision: Cells, called: Collection[Seated], others: Mapping[str, Cells], recused: Collection[Any]
) -> Iterator[str]:
    rests_on = [others.get(id) for id in decision["rests_on"]]
    given = [each for each in rests_on if each is not None and each["kind"] == YES]
    if len(given) != len(rests_on):
        yield "it rests on a yes that nobody gave"
    for each in given:
        if any(each[name] != decision[name] for name in BINDING):
            yield "it rests on a yes to other answers or rules"
        if each["version"] > decision["version"] or each["at"] > decision["at"]:
            yield "it rests on a yes that came later"
        if any(person in recused for person, _, _ in each["signatures"]):
            yield "it rests on a yes of somebody who stayed out of it"
        if not set(each["conditions"]) <= set(decision["conditions"]):
            yield "a condition of a yes that it rests on is not among its own"
    yield from _of_seats([*given, decision], called)


def _of_seats(given: list[Cells], called: Collection[Seated]) -> Iterator[str]:
    """Every seat by as many people as it asks for; whoever fills one that stands apart fills no other.

    A yes of a deputy is that of whom they stood in for, too.
    """
    by_seat, fills = defaultdict[str, set[Any]](set), defaultdict[str, set[Any]](set)
    for each in given:
        place = each["delegated"] if isinstance(each["delegated"], dict) else {}
        for person, role, _ in each["signatures"]:
            for seat in called:
                # What was decided before seats had names was signed in the role alone.
                if role in _roles(seat) and each["seat"] in (seat.role, ""):
                    by_seat[seat.role].add(place.get("of", person))
                    fills[seat.role] |= {person, place.get("of", person)}
    for seat in called:
        if len(by_seat[seat.role]) < seat.people:
            yield f"nobody signed it as {seat.role}, which its result asks for"
        elsewhere = set().union(*(fills[each.role] for each in called if each.role != seat.role))
        if seat.apart and fills[seat.role] & elsewhere:
            yield f"whoever signed it as {seat.role} signed it for another seat, too"
