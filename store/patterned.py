"""Whether a pattern could have been made, and whether what was recorded by one was within it: from the rows alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from store.kept import Answered, Kept
from store.legible import UNREADABLE, Cells
from triage.case import Case, DecisionKind, Status
from triage.expiring import after
from triage.matching import OF_EVERY_USE
from triage.pattern import Sampling
from triage.sampling import is_drawn
from triage.seats import seats
from triage.verdict import Verdict

KIND = DecisionKind.by_pattern.value
LOOKS = ("fits", "misfit")
WHOSE = ("requester_id", "owner_id")


def wrong(
    decision: Cells, use: Cells, facts: Sequence[Answered], result: Cells | None, kept: Kept
) -> Iterator[str]:
    """Of a decision that rests on a pattern; `facts`: those that were recorded by then."""
    try:
        yield from _of_decision(decision, use, facts, result, kept)
    except UNREADABLE:
        yield "the pattern that it was recorded by cannot be read"


def _of_decision(
    decision: Cells, use: Cells, facts: Sequence[Answered], result: Cells | None, kept: Kept
) -> Iterator[str]:
    if decision["signatures"]:
        yield "signed, though its yes is that of the two who made the pattern"
    under = decision["under"] or {}
    pattern = next(
        (of[under["pattern"]] for of in kept.patterns.values() if under.get("pattern") in of), None
    )
    if pattern is None:
        yield "recorded by a pattern that nobody made"
        return
    steps = _steps(pattern, kept)
    yield from _of_its_time(decision, pattern, steps, kept)
    if [[each["person"], each["role"]] for each in under["yes"]] != _both(pattern, steps):
        yield "it names others than those whose yes the pattern is"
    if use["requester_id"] in [person for person, _ in _both(pattern, steps)]:
        yield "recorded for one of the two whose yes it is"
    verdict = Verdict.model_validate(result["verdict"]) if result else None
    if verdict is None or verdict.day > date.fromisoformat(pattern["last_day"]):
        yield "recorded after the last day of its pattern"
    if verdict is not None and not _within(pattern, verdict, facts, decision):
        yield "what was asked for is not within its pattern"
    if verdict is not None and decision["valid_until"] != str(after(verdict.day, int(pattern["months"]))):
        yield "it holds for another time than its pattern says"
    if decision["conditions"] != [clause["text"] for clause in pattern["clauses"]]:
        yield "its conditions are not those of its pattern"
    lot = is_drawn(Sampling.model_validate(pattern["sampling"]), pattern["id"], use["id"])
    mine = kept.pattern_steps[use["id"]].values()
    if lot != any(s["kind"] == "drawn" and s["id"] == f"{decision['id']}:drawn" for s in mine):
        yield "whether it is looked at afterwards is not what the lot says"


def _steps(pattern: Cells, kept: Kept) -> list[Cells]:
    own = kept.pattern_steps[pattern["use_id"]].values()
    return sorted((s for s in own if s["pattern_id"] == pattern["id"]), key=lambda s: int(s["version"]))


def _both(pattern: Cells, steps: Iterable[Cells]) -> list[list[Any]]:
    second = [[s["by"], s["role"]] for s in steps if s["kind"] == "confirmed"]
    return [[pattern["by"], pattern["role"]], *second]


def _of_its_time(decision: Cells, pattern: Cells, steps: Iterable[Cells], kept: Kept) -> Iterator[str]:
    """In the order of moments; of one moment, in either order."""
    at = decision["at"]
    kinds = {s["kind"] for s in steps if s["at"] <= at}
    if "confirmed" not in kinds:
        yield "recorded by a pattern that nobody had confirmed"
    if any(s["kind"] in ("refused", "withdrawn") and s["at"] < at for s in steps):
        yield "recorded by a pattern that was over"
    source = kept.decisions[pattern["use_id"]]
    made = source.get(pattern["decision_id"])
    later = source.get(made["superseded_by"] or "") if made else None
    if made is None or (later is not None and later["at"] < at):
        yield "recorded by a pattern whose decision did not hold any more"
    looks = [s for of in kept.pattern_steps.values() for s in of.values() if s["pattern_id"] == pattern["id"]]
    misfits = {s["use_id"] for s in looks if s["kind"] == "misfit" and s["at"] < at}
    if len(misfits) >= int(pattern["sampling"]["misfits"]):
        yield "recorded by a pattern that too many did not fit"


def _within(pattern: Cells, verdict: Verdict, facts: Sequence[Answered], decision: Cells) -> bool:
    limits = {limit["question"]: set(limit["answers"]) for limit in pattern["limits"]}
    given = {fact.question: fact.says for fact in facts}
    answers = all(
        question not in given
        or given[question][0] in ("not_asked", "not_applicable")
        or (given[question][0] == "answered" and limit.issuperset(given[question][1]))
        for question, limit in limits.items()
    )
    settled = verdict.settled and not verdict.gaps and not verdict.flags_open
    flags = set(verdict.flags) <= OF_EVERY_USE & set(pattern["flags"])
    rules = {reason.rule for reason in verdict.reasons} <= set(pattern["rules"])
    return answers and settled and flags and rules and verdict.results.keys() <= pattern["results"].keys()


def differences(name: str, use: Cells, kept: Kept) -> Iterator[str]:
    """Of the patterns made from a use, and of what was looked at on it."""
    for id, pattern in sorted(kept.patterns[use["id"]].items()):
        try:
            for what in _of_pattern(pattern, use, kept):
                yield f"{name}: the pattern {id}: {what}"
        except UNREADABLE:
            yield f"{name}: the pattern {id}: it cannot be read"
    for id, step in sorted(kept.pattern_steps[use["id"]].items()):
        if step["kind"] in LOOKS and step["by"] in {use[whose] for whose in WHOSE}:
            yield f"{name}: the step of a pattern {id}: looked at by whose use it is"


def _of_pattern(pattern: Cells, use: Cells, kept: Kept) -> Iterator[str]:
    steps = _steps(pattern, kept)
    confirmed = [step for step in steps if step["kind"] == "confirmed"]
    if any(step["by"] is None for step in steps if step["kind"] in ("confirmed", "refused")):
        yield "confirmed or refused by nobody"
    people = [pattern["by"], *(step["by"] for step in confirmed)]
    if len(confirmed) > 1 or len(set(people)) != len(people):
        yield "confirmed by who proposed it, or more than once"
    if use["requester_id"] in people:
        yield "made by who asked for the use that it came from"
    made = kept.decisions[use["id"]].get(pattern["decision_id"])
    if made is None or made["outcome"] not in (Status.approved.value, Status.approved_with_conditions.value):
        yield "made from a decision that is no yes of people"
    called = _roles(pattern, use, kept)
    if called and any(step["role"] not in called for step in [pattern, *confirmed]):
        yield "made in a role that does not decide about such a use"


def _roles(pattern: Cells, use: Cells, kept: Kept) -> set[str]:
    """Of the seats that the result called from which it was made."""
    results: Mapping[str, Cells] = kept.results[use["id"]]
    then = [each for each in results.values() if int(each["version"]) <= int(pattern["version"])]
    latest = max(then, key=lambda each: int(each["version"]), default=None)
    if latest is None:
        return set()
    verdict = Verdict.model_validate(latest["verdict"])
    case = Case(id=use["id"], requester="", verdict=verdict, created_at=pattern["at"])
    return {role for seat in seats(case) for role in (seat.role, *seat.fallback)}
