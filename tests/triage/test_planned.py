"""A plan to watch a use does the task that asks for one, and whoever took on to report is asked."""

from __future__ import annotations

from tests.builders import ANA, EVE, a_desk
from tests.triage.test_stages import all_done, approved, because, does, given_out, names
from tests.triage.test_watching import give, later, write
from triage.case import Case
from triage.decide import decide
from triage.onward import DoTask, MoveOn, RefusePart
from triage.outcome import Say
from triage.overdue import able_to_report, asked_to_report
from triage.parts import MONITOR
from triage.stages import Stage
from triage.tasks import PLANNED, left, missing, tasks_of, ways_on
from triage.watched import reporters


def in_pilot() -> Case:
    """Of high risk, with all there that it needs to go live, but a plan."""
    case = does(all_done(approved(high=True).case), MoveOn, to="pilot").case
    for task in [task.task for task in left(case, a_desk())]:
        if task == MONITOR:
            case = given_out(case, task, EVE)
        elif task != PLANNED:
            case = does(case, DoTask, task=task, words="Done").case
    return case


def test_a_written_plan_is_what_the_gate_waits_for() -> None:
    case = in_pilot()
    assert missing(case, Stage.in_use, a_desk()) == (PLANNED,)
    outcome = decide(case, write(case), a_desk())
    assert Stage.in_use in ways_on(outcome.case, a_desk())
    opened = [n for n in outcome.notices if n.say is Say.running and n.facts["about"] == "open"]
    assert len(opened) == 1
    assert "gate.opened" in [each.what for each in outcome.happened]


def test_it_says_who_wrote_it_and_when_and_is_not_handed_in_once_more() -> None:
    case = in_pilot()
    case = decide(case, write(case, actor=EVE), a_desk()).case
    (task,) = [task for task in tasks_of(case) if task.task == PLANNED]
    assert task.done is not None
    assert (task.done.by, task.done.id) == (EVE, case.plans[-1].id)
    assert because(case, DoTask, task=PLANNED, words="It is written") == "task_done"


def test_a_plan_kept_elsewhere_is_handed_in_like_anything_else() -> None:
    case = in_pilot()
    case = does(case, DoTask, task=PLANNED, link="https://example.org/plan").case
    assert missing(case, Stage.in_use, a_desk()) == ()


def test_whoever_took_the_part_on_is_asked_to_report_and_may() -> None:
    case = approved(high=True).case
    case = does(all_done(case), MoveOn, to="pilot").case
    case = decide(case, write(case), a_desk()).case
    assert asked_to_report(case, a_desk()) == ANA
    assert MONITOR in names(case)
    case = given_out(case, MONITOR, EVE)
    assert able_to_report(case, a_desk()) == (EVE, ANA)
    assert asked_to_report(case, a_desk()) == EVE
    reported = decide(case, give(case, "1", "60", actor=EVE), later(days=1)).case
    assert reported.measurements[-1].by == EVE
    (held,) = [a for a in case.appointments if a.task == MONITOR and a.kind == "named"]
    laid_down = does(case, RefusePart, EVE, appointment=held.id, reason="Too much to do").case
    assert reporters(laid_down) == (ANA,)
