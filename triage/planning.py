"""Writing by what a use is watched: whoever answers for it or decides about it does, each time as a new version.

From tier 3 what was asked for is loosened by a second person who decides about it, not by whoever asked for it.
"""

from __future__ import annotations

from intake.figures import is_figure
from triage.case import Case, Status
from triage.conditions import needs_second
from triage.desk import Desk
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.overdue import reads
from triage.plan import MEASURES, NAME, UNIT, Plan, is_past, shown, which
from triage.seats import deciding_people, role_of
from triage.watched import plan_of, told
from triage.watches import WritePlan

OFTEN = ("quarterly", "monthly", "weekly")


def may_plan(case: Case, actor: str, desk: Desk) -> bool:
    try:
        check_may_plan(case, actor, desk)
    except Refused:
        return False
    return True


def check_may_plan(case: Case, actor: str, desk: Desk) -> None:
    """Whoever asked, whoever owns it, and whoever has a say in it, while it is approved."""
    if case.status is Status.draft and actor != case.requester:
        raise Refused("unknown_case", case=case.id)
    if actor not in (case.requester, case.owner) and not role_of(case, actor, desk.in_own_right):
        raise Refused("not_yours_to_plan", case=case.id)
    if not case.in_use:
        raise Refused("plan_later", case=case.id)


def write(case: Case, command: WritePlan, desk: Desk) -> Outcome:
    check_may_plan(case, command.actor, desk)
    before = plan_of(case)
    if command.plan != (before.id if before else ""):
        raise Refused("plan_changed", case=case.id)
    _check_fits(case, command)
    _check_monitor(case, command.monitor, desk)
    plan = Plan(
        id=command.key,
        by=command.actor,
        at=desk.now,
        measures=command.measures,
        every=command.every,
        monitor=command.monitor,
    )
    if before is not None and _says(before) == _says(plan):
        raise Refused("plan_same", case=case.id)
    less = loosened(before, plan) if before else ()
    if before is not None and less and needs_second(case):
        _check_second(case, command.actor, before, desk)
    detail: Facts = {"plan": plan.id, "every": plan.every, "measures": len(plan.measures), "looser": less}
    detail |= {"monitor": plan.monitor} if plan.monitor else {}
    return Outcome(
        case=case.model_copy(update={"plans": (*case.plans, plan)}),
        happened=(Happened(what="plan.written", detail=detail, texts=_texts(plan)),),
        notices=_told(case, plan, command.actor),
    )


def loosened(before: Plan, plan: Plan) -> tuple[str, ...]:
    """What of it asks for less: measures, by their number, that are gone or have a wider limit; and rarer reports.

    Called or counted otherwise, a measure is another one, and the one before is gone.
    """
    now = {which(each): each for each in plan.measures}
    less = [
        str(number)
        for number, was in enumerate(before.measures, 1)
        if (held := now.get(which(was))) is None or is_past(was, held.limit)
    ]
    rarer = OFTEN.index(plan.every) < OFTEN.index(before.every)
    return (*less, *(("every",) if rarer else ()))


def _says(plan: Plan) -> tuple[object, ...]:
    return plan.measures, plan.every, plan.monitor


def _check_fits(case: Case, command: WritePlan) -> None:
    """What a window lets nobody hand in."""
    names = {each.name.casefold() for each in command.measures}
    fit = all(
        each.name.strip() and len(each.name) <= NAME and len(each.unit) <= UNIT and is_figure(each.limit)
        for each in command.measures
    )
    if not fit or not 1 <= len(command.measures) <= MEASURES or len(names) < len(command.measures):
        raise Refused("plan_unclear", case=case.id)


def _check_monitor(case: Case, monitor: str, desk: Desk) -> None:
    if not monitor or monitor in (case.requester, case.owner):
        return
    if desk.staff(monitor).gone:
        raise Refused("monitor_gone", case=case.id)
    if not reads(case, monitor, desk):
        raise Refused("monitor_no_reader", case=case.id)


def _check_second(case: Case, actor: str, before: Plan, desk: Desk) -> None:
    if not role_of(case, actor, desk.in_own_right) or desk.same(actor, before.by):
        able = [each for each in deciding_people(case, desk) if not desk.same(each, before.by)]
        raise Refused("plan_looser", case=case.id, people=" ".join(able))


def _texts(plan: Plan) -> dict[str, str]:
    return {f"measure_{number}": shown(each) for number, each in enumerate(plan.measures, 1)}


def _told(case: Case, plan: Plan, actor: str) -> tuple[Notice, ...]:
    facts: Facts = {"about": "plan", "plan": plan.id}
    people = {case.requester, case.owner or "", plan.monitor} - {actor, ""}
    return (
        Notice(say=Say.card_note, facts=facts | {"about": "measured_plan"}),
        *(told(case, each, facts) for each in sorted(people)),
        Notice(say=Say.summary),
    )
