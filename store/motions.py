"""Whether a motion could have been put and carried as it stands, and whether any result counts one that nobody did."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from store.kept import result_then
from store.legible import UNREADABLE, Cells
from triage.case import Basis, DecisionKind
from triage.excepting import LEGAL, ROLES
from triage.motions import Matter
from triage.movable import TIERS
from triage.moved import BY_THE_RULES, CARRIED, OUTCOMES, rests_on
from triage.own import OWN
from triage.rules import NOT_DECIDED, PRACTICE_EXCEPTED, TIER_DECIDED
from triage.verdict import Seated, Verdict

KINDS = frozenset(kind.value for kind in OUTCOMES)
MATTER_OF = {kind.value: matter for matter, kind in CARRIED.items()}
COUNTED = {Matter.tier: TIER_DECIDED, Matter.practice: PRACTICE_EXCEPTED}


def wrong(decision: Cells, others: Mapping[str, Cells], results: Collection[Cells]) -> Iterator[str]:
    """`others`: all decisions on the same use, by id; `results`: all its results."""
    try:
        basis = Basis.model_validate(decision["basis"])
        matter, value = Matter(basis.ground.partition(":")[0]), basis.ground.partition(":")[2]
        after = _verdict(result_then(decision, results))
    except UNREADABLE:
        yield "what it rests on cannot be read"
        return
    if rests_on(matter, after.stated) != basis.digest:
        yield "what it rests on is not what was stated then"
    if matter is Matter.tier and value not in (*TIERS, BY_THE_RULES):
        yield "it sets a tier that there is not"
    if decision["kind"] not in MATTER_OF:
        if len(decision["signatures"]) != 1:
            yield "one person says that, and not as many"
        before = after
    elif MATTER_OF[decision["kind"]] is not matter:
        yield "it carries what was not put"
        return
    else:
        first = others.get(basis.claim)
        if first is None or first["kind"] != DecisionKind.motion.value:
            yield "nobody put what it carries"
            return
        before = _verdict(result_then(first, results))
        yield from _of_two(decision, basis, matter, first)
        yield from _left_out(decision, first, before, after)
        if matter in COUNTED and value not in _counted(after, matter, value):
            yield "the result beside it does not count it"
    milder = int(after.tier.ceiling) < int(before.tier.ceiling)
    called = [seat for seats in _called_until(decision, results) for seat in seats]
    yield from _of_roles(decision, matter, called if milder else [*called, *after.seats])


def _of_two(decision: Cells, basis: Basis, matter: Matter, first: Cells) -> Iterator[str]:
    people = {person for person, _, _ in decision["signatures"]}
    place = decision["delegated"] if isinstance(decision["delegated"], dict) else {}
    put_by = {person for person, _, _ in first["signatures"]}
    if len(people) != 2 or place.get("of") in put_by:
        yield "not signed by two people"
    if matter is Matter.practice and LEGAL not in {role for _, role, _ in decision["signatures"]}:
        yield "not signed by anybody from legal"
    if not all(signed in decision["signatures"] for signed in first["signatures"]):
        yield "signed by somebody else than put it"
    put = first["basis"] if isinstance(first["basis"], dict) else {}
    if put.get("ground") != basis.ground or first["valid_until"] != decision["valid_until"]:
        yield "it carries something else than was put"
    if first["result"] != decision["result"] or _rules(first, matter) != _rules(decision, matter):
        yield "it was put on other answers or rules"


def _rules(decision: Cells, matter: Matter) -> set[str]:
    """A tier may outlive other rules of the organisation's own (see triage.moved)."""
    named = {str(each) for each in decision["policies"]}
    return {each for each in named if matter is not Matter.tier or not each.startswith(f"{OWN} ")}


def _left_out(decision: Cells, first: Cells, before: Verdict, after: Verdict) -> Iterator[str]:
    """Whoever is no longer asked by it has signed it; of more than two, two of them."""
    if int(after.tier.ceiling) >= int(before.tier.ceiling):
        return
    gone = {seat.role for seat in before.seats} - {seat.role for seat in after.seats}
    if len(gone & {decision["seat"], first["seat"]}) < min(2, len(gone)):
        yield "it leaves out somebody who did not sign it"


def _called_until(decision: Cells, results: Collection[Cells]) -> Iterator[tuple[Seated, ...]]:
    """Whom its results called before it; of the result that it led to, only where nobody was left out by it."""
    for result in results:
        earlier = int(result["version"]) < int(decision["version"])
        if earlier or (decision["kind"] not in MATTER_OF and result["version"] == decision["version"]):
            yield _verdict(result).seats


def _of_roles(decision: Cells, matter: Matter, called: Collection[Seated]) -> Iterator[str]:
    """Seats were not there in results of older policies: then any role may have signed."""
    able = set(ROLES) if matter is Matter.practice else {r for s in called for r in (s.role, *s.fallback)}
    if able and not {role for _, role, _ in decision["signatures"]} <= able:
        yield "signed in a role that its result does not ask"


def unsigned(results: Mapping[str, Cells], decisions: Mapping[str, Cells]) -> Iterator[str]:
    """Versions of the use whose result counts another tier, or a practice left out, that nobody carried."""
    for version, result in sorted(results.items()):
        try:
            verdict = _verdict(result)
        except UNREADABLE:
            continue  # said beside the result
        for matter, name in COUNTED.items():
            stated = verdict.stated.get(name, NOT_DECIDED)
            for value in () if stated == NOT_DECIDED else stated:
                if not _was_carried(matter, value, int(result["version"]), decisions):
                    yield version


def _was_carried(matter: Matter, value: str, version: int, decisions: Mapping[str, Cells]) -> bool:
    wanted = f"{matter.value}:{value}"
    return any(
        each["kind"] == CARRIED[matter].value
        and isinstance(each["basis"], dict)
        and each["basis"].get("ground") == wanted
        and int(each["version"]) <= version
        for each in decisions.values()
    )


def _counted(after: Verdict, matter: Matter, value: str) -> tuple[Any, ...]:
    stated = after.stated.get(COUNTED[matter], NOT_DECIDED)
    return (BY_THE_RULES,) if value == BY_THE_RULES and stated == NOT_DECIDED else stated


def _verdict(result: Cells | None) -> Verdict:
    return Verdict.model_validate(result["verdict"] if result else None)
