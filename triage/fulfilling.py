"""What becomes of a condition: done with what shows it, looked at by a second person, or unmet by its day.

Nothing here says yes: what an unmet condition stopped is decided anew by those who decide.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from triage.afterwards import FailCondition, Fulfil, RemindOfCondition, SendBack, VerifyCondition
from triage.attaching import carried, shown_by
from triage.case import Case, Status
from triage.conditions import (
    Condition,
    condition,
    conditions_of,
    is_met,
    is_over,
    is_unmet,
    looked_for,
    looks_needed,
    open_ones,
    stopped_by,
    theirs,
    to_look_at,
    told_of,
)
from triage.deputies import in_place_of
from triage.desk import Desk
from triage.lifecycle import WAITING, check_move
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.reopening import opened, reopened
from triage.review import check_may_decide
from triage.seats import seats, stands_for
from triage.steps import ConditionStep
from triage.teams import standing

BECOMES = {"suspends": Status.under_reassessment, "lapses": Status.lapsed}
LOOKS: tuple[Literal["look"], Literal["look_again"]] = ("look", "look_again")
LOOK = {"look": timedelta(days=5), "look_again": timedelta(days=15)}
"""So long after something was handed in for others to look at it, they are called again; the second time not alone."""


def fulfil(case: Case, command: Fulfil, desk: Desk) -> Outcome:
    one = _to_fulfil(case, command)
    words = command.words.strip()
    link = shown_by(command.link, command.file, words, case.id)
    step = _step(one, "done", command.key, command.actor, desk, link=link, words=words)
    outcome = _after(case, one, step)
    if command.file is not None:
        copy = carried(command.file, step=step.id)
        outcome = outcome.model_copy(update={"notices": (*outcome.notices, copy)})
    if case.in_use or any(not c.handed_in for c in stopped_by(outcome.case)):
        return outcome
    # What it stopped is for those to decide who decide.
    after = reopened(outcome.case, desk)
    return outcome.model_copy(update={"case": after, "happened": (*outcome.happened, opened(case))})


def verify(case: Case, command: VerifyCondition, desk: Desk) -> Outcome:
    """What an unmet one narrowed is covered again with the last yes that it needs, and not before."""
    one, as_what = looked_at(case, command.actor, command.step, desk)
    outcome = _after(case, one, _step(one, "verified", command.key, command.actor, desk), as_what)
    now = condition(outcome.case, one.decision, one.number)
    if not one.narrows or now is None or not is_met(outcome.case, now):
        return outcome
    restored = Happened(what="condition.restored", detail={"condition": one.id})
    teams = {each.owner for each in standing(case)} - {case.requester, case.owner or ""}
    facts: Facts = {"about": "verified", "condition": one.id, "step": command.key}
    told = _told(case, facts, teams)
    update = {"happened": (*outcome.happened, restored), "notices": (*outcome.notices, *told)}
    return outcome.model_copy(update=update)


def send_back(case: Case, command: SendBack, desk: Desk) -> Outcome:
    """After its day, that it is not met has its consequence at once."""
    one, as_what = looked_at(case, command.actor, command.step, desk)
    if not command.reason.strip():
        raise Refused("reason_needed", case=case.id)
    step = _step(one, "not_yet", command.key, command.actor, desk, words=command.reason.strip())
    outcome = _after(case, one, step, as_what)
    again = condition(outcome.case, one.decision, one.number)
    if again is None or not is_over(again, desk.day) or is_unmet(case, one):
        return outcome
    failed = _failed(outcome.case, again, f"{command.key}:unmet", desk)
    return failed.model_copy(
        update={
            "happened": (*outcome.happened, *failed.happened),
            "notices": (*outcome.notices, *failed.notices),
        }
    )


def fail(case: Case, command: FailCondition, desk: Desk) -> Outcome:
    """What was handed in by its day is not unmet while a second person has not looked.

    A use that is looked at again meanwhile may be approved anew: what was not met by then is on record.
    """
    one = condition(case, command.decision, command.number)
    if one is None or one.handed_in or is_unmet(case, one) or not is_over(one, desk.day):
        return Outcome(case=case)
    if not case.in_use and case.status not in WAITING | {Status.under_reassessment}:
        return Outcome(case=case)
    return _failed(case, one, command.key, desk)


def reminded(case: Case, name: str, about: str) -> tuple[Happened, tuple[Notice, ...]]:
    """Whoever answers for it, that its day comes soon, or that it went by."""
    detail: Facts = {"condition": name, "about": about}
    facts: Facts = {"about": about, "condition": name}
    line = Happened(what="condition.reminded", detail=detail)
    return line, _told(case, facts, {case.owner or case.requester})


def remind(case: Case, command: RemindOfCondition, desk: Desk) -> Outcome:
    """Those who can look at it; the trail says that they were called, and nothing else changes."""
    return _call_to_look(case, condition(case, command.decision, command.number), command.about, desk)


def _call_to_look(case: Case, one: Condition | None, about: str, desk: Desk) -> Outcome:
    """In place of the note that nobody took up; the second time the governance lead is called, too.

    Whoever finds both due, after a stop, calls once.
    """
    if one is None or one.shown is None or one not in to_look_at(case):
        return Outcome(case=case)
    if about != LOOKS[-1] and one.steps[-1].at < desk.now - LOOK[LOOKS[-1]]:
        return Outcome(case=case)
    facts: Facts = {"about": f"condition_{about}", "condition": one.id, "step": one.shown.id}
    note = Notice(say=Say.card_note, facts=facts | {"until": looked_for(one.shown), "fresh": True})
    detail: Facts = {"condition": one.id, "about": about}
    return Outcome(case=case, happened=(Happened(what="condition.reminded", detail=detail),), notices=(note,))


def _to_fulfil(case: Case, command: Fulfil) -> Condition:
    if case.status is Status.draft and command.actor != case.requester:
        raise Refused("unknown_case", case=case.id)
    if command.actor not in theirs(case):
        raise Refused("not_your_condition", case=case.id)
    found = condition(case, command.decision, command.number)
    if found is not None and found.handed_in:
        raise Refused("condition_done", case=case.id)
    if found is None or found not in open_ones(case):
        raise Refused("condition_gone", case=case.id)
    return found


def looked_at(case: Case, person: str, step: str, desk: Desk) -> tuple[Condition, Facts]:
    """By somebody who decides, and neither asked for the use, nor answers for it, nor handed it in; and as what."""
    found = next((c for c in conditions_of(case) for s in c.steps if s.id == step), None)
    if found is not None and looks_needed(case, found) > 1:
        desk = desk.in_own_right  # else one authority would look twice, itself and by who stands in
    role = check_may_decide(case, person, desk)
    if found is None or not case.in_use or not looks_needed(case, found):
        raise Refused("condition_gone", case=case.id)
    shown = found.shown
    if shown is None or shown.id != step or is_met(case, found):
        raise Refused("looked_already", case=case.id)
    place = stands_for(case, person, role, desk)
    signed = {person, place.of if place else person}
    if any(desk.same(each, shown.by) for each in signed):
        raise Refused("own_condition", case=case.id)
    if any(desk.same(each, said.by) for said in found.yeses for each in signed):
        raise Refused("second_look", case=case.id)
    return found, {"role": role} | in_place_of(place)


def looked_at_by(case: Case | None, person: str, desk: Desk) -> tuple[Condition, ...]:
    """What this person may look at now."""
    return tuple(one for one in to_look_at(case) if _may_look(case, one, person, desk)) if case else ()


def lookers(case: Case, one: Condition, desk: Desk) -> tuple[str, ...]:
    """Who may look at it now, those first who are there."""
    called = [role for seat in seats(case) for role in (seat.role, *seat.fallback)]
    held = sorted({person for role in called for person in desk.roles.get(role, ())})
    held = sorted({*held, *filter(None, map(desk.stands_in, held))})
    able = [person for person in held if _may_look(case, one, person, desk)]
    return tuple(sorted(able, key=lambda person: desk.away(person) is not None))


def _may_look(case: Case, one: Condition, person: str, desk: Desk) -> bool:
    try:
        looked_at(case, person, one.shown.id if one.shown else "", desk)
    except Refused:
        return False
    return True


def _step(
    one: Condition, kind: str, key: str, by: str, desk: Desk, *, link: str = "", words: str = ""
) -> ConditionStep:
    given = {"id": key, "decision": one.decision, "number": one.number, "kind": kind, "by": by}
    return ConditionStep.model_validate(given | {"at": desk.now, "link": link, "words": words})


def _after(case: Case, one: Condition, step: ConditionStep, as_what: Facts | None = None) -> Outcome:
    texts = {name: text for name, text in (("link", step.link), ("words", step.words)) if text}
    facts: Facts = {"about": step.kind, "condition": one.id, "step": step.id}
    note: Facts = facts | ({"until": looked_for(step)} if step.kind == "done" else {})
    return Outcome(
        case=case.model_copy(update={"condition_steps": (*case.condition_steps, step)}),
        happened=(
            Happened(
                what=f"condition.{step.kind}",
                detail={"condition": one.id, "step": step.id} | (as_what or {}),
                texts=texts,
            ),
        ),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts=note | {"about": f"condition_{step.kind}"}),
            *_told(case, facts, {case.requester, case.owner or ""} - {step.by, ""}),
            Notice(say=Say.summary),
        ),
    )


def _failed(case: Case, one: Condition, key: str, desk: Desk) -> Outcome:
    """Everybody whom it concerns is told, teams that joined, too."""
    step = _step(one, "unmet", key, "", desk)
    otherwise = one.term.otherwise
    to = BECOMES.get(otherwise, case.status) if case.in_use else case.status
    if to is not case.status:
        check_move(case, to)
    facts: Facts = {"about": "unmet", "condition": one.id, "step": step.id}
    detail: Facts = {"condition": one.id, "step": step.id, "was": case.status.value, "otherwise": otherwise}
    people = {case.requester, case.owner or case.requester, *(each.owner for each in standing(case))}
    return Outcome(
        case=case.model_copy(update={"status": to, "condition_steps": (*case.condition_steps, step)}),
        happened=(Happened(what="condition.unmet", detail=detail),),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts=facts | {"about": "condition_unmet"}),
            *_told(case, facts, people),
            Notice(say=Say.summary),
        ),
    )


def _told(case: Case, facts: Facts, people: set[str]) -> tuple[Notice, ...]:
    """Whoever asked in their thread, others in a message of their own."""
    there = case.talk.person if case.talk else ""
    named: Facts = facts | {"until": told_of(str(facts["about"]), facts)}
    return tuple(
        Notice(say=Say.condition, facts=named)
        if person == there
        else Notice(say=Say.condition, to=person, facts=named)
        for person in sorted(people)
        if person
    )
