"""Whatever people do on the way from a yes to the end, in whatever order: no gate is passed that was shut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import ANA, BEN, CLEO, DAN, EVE, a_desk, key
from tests.triage.test_stages import approved
from triage.appointed import holder, is_theirs
from triage.case import Case, Status
from triage.commands import Approve
from triage.decide import decide
from triage.onward import AcceptPart, Appoint, DoTask, MoveOn, RefusePart, StopUse
from triage.outcome import Refused
from triage.parts import NAMED, OVERSEER, PARTS
from triage.stages import Stage
from triage.tasks import NEXT, missing, tasks_of
from triage.whereabouts import stage_of

PEOPLE = (ANA, BEN, CLEO, DAN, EVE)
APPROVED = approved(high=True).case
TASKS = (
    "documents",
    "tests",
    "logging",
    "fallback",
    "training",
    "user_notice",
    "monitoring_plan",
    "data_deleted",
)
HELPERS = (("deputy", BEN), ("overseer", EVE), ("monitor", EVE))
BEGINS = (Stage.pilot, Stage.in_use)

who = st.sampled_from(PEOPLE)
wishes = st.one_of(
    st.tuples(st.just("move"), who, st.sampled_from([to for to in Stage if to is not Stage.idea])),
    st.tuples(st.sampled_from(("ready", "done")), st.just(ANA), st.none()),
    st.tuples(st.just("move"), st.just(ANA), st.sampled_from(BEGINS)),
    st.tuples(st.just("stop"), st.just(EVE), st.none()),
    st.tuples(st.just("do"), who, st.sampled_from((*TASKS, *PARTS))),
    st.tuples(st.just("appoint"), who, st.tuples(st.sampled_from(NAMED), who)),
    st.tuples(st.sampled_from(("accept", "refuse")), who, st.integers(0, 9)),
    st.tuples(st.just("stop"), who, st.none()),
    st.tuples(st.just("yes"), who, st.none()),
)


def commands(case: Case, wish: tuple[str, str, Any]) -> Iterator[Any]:
    what, actor, more = wish
    on: dict[str, Any] = {"actor": actor, "key": key(), "case": case.id}
    named = [each.id for each in case.appointments if each.kind == "named"]
    match what:
        case "move":
            yield MoveOn(**on, to=more.value)
        case "do":
            yield DoTask(**on, task=more, words="Done")
        case "appoint":
            yield Appoint(**on, task=more[0], person=more[1])
        case "accept" | "refuse" if named:
            one = named[more % len(named)]
            yield (
                AcceptPart(**on, appointment=one)
                if what == "accept"
                else RefusePart(**on, appointment=one, reason="No.")
            )
        case "stop":
            yield StopUse(**on)
        case "yes":
            yield Approve(**on, reason="Fits.")
        case "ready":  # so that gates open now and then
            yield from (Appoint(**on | {"key": key()}, task=part, person=one) for part, one in HELPERS)
        case "done":
            for task in tasks_of(case):
                if task.task not in PARTS:
                    yield DoTask(**on | {"key": key()}, task=task.task, words="Done")
            for each in case.appointments:
                if each.kind == "named":
                    yield AcceptPart(**on | {"key": key(), "actor": each.person}, appointment=each.id)


def after(case: Case, command: Any) -> Case:
    try:
        return decide(case, command, a_desk()).case
    except Refused:
        return case


@settings(max_examples=200)
@given(st.lists(wishes, min_size=20, max_size=60))
def test_no_shut_gate_is_passed_and_nothing_said_is_lost(steps: list[tuple[str, str, Any]]) -> None:
    case = APPROVED
    for step in steps:
        for command in commands(case, step):
            now = after(case, command)
            check(case, now)
            case = now


def check(was: Case, now: Case) -> None:
    for name in ("stage_moves", "task_steps", "appointments", "decisions"):
        kept = getattr(was, name)
        assert getattr(now, name)[: len(kept)] == kept
    if stage_of(now) is not stage_of(was):
        assert stage_of(now) in NEXT[stage_of(was)]
        assert now.stage_moves[-1].by == ANA, "its owner alone moves it"
        assert missing(was, stage_of(now), a_desk()) == ()
        assert was.in_use or stage_of(now) not in BEGINS
    assert (now.status is Status.retired) == (stage_of(now) is Stage.retired)
    for each in now.appointments[len(was.appointments) :]:
        if each.kind == "accepted":
            assert any(
                a.kind == "named" and a.id == each.of and a.person == each.person for a in was.appointments
            )
    overseer = holder(now, OVERSEER, a_desk())
    assert overseer is None or not is_theirs(now, overseer, a_desk())


def test_the_way_to_the_end_is_among_them() -> None:
    """Else the property might never have seen an open gate."""
    case, seen = APPROVED, list[Stage]()
    for to in ("pilot", "in_use", "retiring", "retired"):
        for step in (("ready", ANA, None), ("done", ANA, None), ("move", ANA, Stage(to))):
            for command in commands(case, step):
                case = after(case, command)
        seen.append(stage_of(case))
    assert seen == [Stage.pilot, Stage.in_use, Stage.retiring, Stage.retired]
