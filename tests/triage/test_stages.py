"""From a yes to the end of a use: what is called for, who takes which part, when a gate opens, and what shuts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from intake.answers import answered
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_case, a_decision, a_desk, key, some_answers
from tests.triage.test_excepting import FINDER
from triage.afterwards import Change, Expire
from triage.appointed import holder, why_not
from triage.case import Case, Deployment, Status
from triage.commands import Approve, Rejudge
from triage.decide import decide
from triage.desk import Desk
from triage.fingerprint import facts_digest
from triage.onward import AcceptPart, Appoint, DoTask, MoveOn, RefusePart, StopUse
from triage.outcome import Outcome, Refused, Say
from triage.parts import OVERSEER, asked, chosen, named_ones
from triage.staff import Colleague
from triage.stages import Stage
from triage.tasks import left, missing, tasks_of, ways_on
from triage.whereabouts import stage_of

YES: dict[str, Any] = {"reason": "Fits.", "key": "yes", "case": "case-1"}
HIGH = FINDER | {"influence": answered("one_input"), "kind": answered("use_catalogue")}
LINK = "https://example.org/paper"


def approved(*, high: bool = False, desk: Desk | None = None, **change: Any) -> Outcome:
    """Just said yes to; nobody has done anything since."""
    case = a_case(answers=HIGH if high else some_answers(), **change)
    seats = (BEN,) if not high else (EVE, DAN, CLEO)
    desk = desk or a_desk()
    if high:
        desk = replace(desk, roles={**desk.roles, "privacy": frozenset({DAN})})
    for person in seats:
        outcome = decide(case, Approve(actor=person, **YES | {"key": key()}), desk)
        case = outcome.case
    assert case.status is Status.approved
    return outcome


def does(case: Case, wish: Any, actor: str = ANA, desk: Desk | None = None, **given: Any) -> Outcome:
    return decide(case, wish(actor=actor, key=key(), case=case.id, **given), desk or a_desk())


def because(case: Case, wish: Any, actor: str = ANA, desk: Desk | None = None, **given: Any) -> str:
    with pytest.raises(Refused) as refused:
        does(case, wish, actor, desk, **given)
    return refused.value.key


def accepts(case: Case, part: str) -> Case:
    waiting = asked(case, part)
    assert waiting is not None
    return does(case, AcceptPart, waiting.person, appointment=waiting.id).case


def given_out(case: Case, part: str, person: str) -> Case:
    return accepts(does(case, Appoint, task=part, person=person).case, part)


def all_done(case: Case, desk: Desk | None = None, by: str = ANA) -> Case:
    """Whatever is called for at this stage."""
    people = {"deputy": BEN, "overseer": EVE, "monitor": EVE}
    while todo := left(case, desk or a_desk()):
        name = todo[0].task
        if name == "owner":
            case = accepts(case, name)
        elif name in people:
            case = given_out(case, name, people[name])
        else:
            case = does(case, DoTask, by, task=name, link=LINK, desk=desk).case
    return case


def names(case: Case) -> set[str]:
    return {task.task for task in left(case, a_desk())}


def told(outcome: Outcome) -> list[str]:
    notices = [n for n in outcome.notices if n.say is Say.running and "over" not in n.facts]
    return [str(notice.facts["about"]) for notice in notices]


def test_a_yes_calls_for_what_the_rules_ask_before_a_pilot() -> None:
    outcome = approved(high=True)
    case = outcome.case
    assert stage_of(case) is Stage.idea
    assert names(case) == {"owner", "deputy", "overseer"} | ({"supplier_check"} & names(case))
    called = {task.task: task for task in tasks_of(case)}
    assert called["overseer"].step.rules == ("gate-tier-high-people",)
    assert called["overseer"].due == date(2026, 12, 4), "ten working days"
    assert [line.what for line in outcome.happened][-3:] == ["stage.began", "tasks.called", "part.named"]
    assert told(outcome) == []
    (yes,) = [notice for notice in outcome.notices if notice.say is Say.decided]
    assert yes.facts["until"] == "decided:" + (case.decision.id if case.decision else "")
    assert told(approved(high=True, owner=BEN)) == ["called"], "somebody else owns it"


def test_nothing_moves_before_all_is_there_and_its_owner_is_told_once_when_it_is() -> None:
    case = approved(high=True).case
    assert because(case, MoveOn, to="pilot") == "gate_shut"
    case = all_done(case)
    moved = does(case, MoveOn, to="pilot")
    assert stage_of(moved.case) is Stage.pilot
    assert names(moved.case) >= {"monitor", "documents", "tests", "logging", "fallback", "training"}
    assert because(moved.case, MoveOn, to="in_use") == "gate_shut"
    live = does(all_done(moved.case), MoveOn, to="in_use").case
    assert stage_of(live) is Stage.in_use
    assert because(live, MoveOn, to="in_use") == "stage_already"
    assert because(live, MoveOn, to="pilot") == "no_next_stage"


def test_the_last_thing_done_opens_the_gate_and_says_so_once() -> None:
    case = does(approved().case, DoTask, task="supplier_check", link=LINK).case
    waiting = asked(case, "owner")
    assert waiting is not None
    last = does(case, AcceptPart, appointment=waiting.id)
    assert told(last) == ["open"]
    assert "gate.opened" in [line.what for line in last.happened]
    moved = does(last.case, MoveOn, to="pilot")
    assert told(moved) == [], "the way into use was open before"
    assert because(last.case, AcceptPart, appointment=waiting.id) == "part_accepted"


def test_what_asks_for_nothing_more_may_go_straight_into_use() -> None:
    case = all_done(approved().case)
    assert ways_on(case, a_desk()) == (Stage.pilot, Stage.in_use, Stage.retiring)
    assert stage_of(does(case, MoveOn, to="in_use").case) is Stage.in_use


def test_only_its_owner_moves_it_and_hands_in() -> None:
    case = approved(owner=DAN).case
    assert because(case, MoveOn, to="pilot") == "not_your_task"
    assert because(case, DoTask, task="owner", link=LINK) == "not_your_task"
    assert because(case, Appoint, task="deputy", person=BEN) == "not_your_task"
    assert because(case, AcceptPart, EVE, appointment=case.appointments[0].id) == "not_asked_of_you"
    assert stage_of(does(all_done(case, by=DAN), MoveOn, DAN, to="pilot").case) is Stage.pilot


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.approved, Status.draft)])
def test_without_a_yes_that_holds_nothing_goes_live(status: Status) -> None:
    case = all_done(approved().case).model_copy(update={"status": status})
    if case.in_use:
        assert stage_of(does(case, MoveOn, to="in_use").case) is Stage.in_use
        return
    for to in ("pilot", "in_use"):
        assert because(case, MoveOn, to=to) in ("no_approval_now", "no_next_stage")
    assert not {Stage.pilot, Stage.in_use} & set(ways_on(case, a_desk()))


def test_the_day_after_the_last_it_does_not_go_live_though_nobody_has_noted_that_it_is_over() -> None:
    last = NOW.date() + timedelta(days=30)
    case = approved().case
    made = case.decisions[-1].model_copy(update={"valid_until": last})
    case = all_done(case.model_copy(update={"decisions": (*case.decisions[:-1], made)}))
    assert because(case, MoveOn, to="pilot", desk=a_desk(now=NOW + timedelta(days=31))) == "no_approval_now"
    assert does(case, MoveOn, to="pilot", desk=a_desk(now=NOW + timedelta(days=30))).case


def test_a_lapse_shuts_the_gate_and_takes_the_way_on_away() -> None:
    last = NOW.date() + timedelta(days=30)
    case = approved().case
    made = case.decisions[-1].model_copy(update={"valid_until": last})
    case = all_done(case.model_copy(update={"decisions": (*case.decisions[:-1], made)}))
    later = a_desk(now=NOW + timedelta(days=31))
    lapsed = decide(case, Expire(actor="", key=key(), case=case.id, decision=made.id), later)
    assert lapsed.case.status is Status.lapsed
    gone = [n.facts["about"] for n in lapsed.notices if n.say is Say.running and n.facts.get("over")]
    assert gone == ["open", "called"]


class TestParts:
    def test_named_and_accepted(self) -> None:
        case = approved(high=True).case
        named = does(case, Appoint, task="overseer", person=EVE)
        assert told(named) == ["named"]
        assert named.notices[0].to == EVE
        assert "overseer" in names(named.case), "it counts once she has said yes"
        assert named_ones(named.case) == (EVE,)
        assert because(named.case, Appoint, task="overseer", person=EVE) == "named_already"
        case = accepts(named.case, "overseer")
        assert holder(case, "overseer", a_desk()) == EVE

    def test_no_with_a_reason(self) -> None:
        case = does(approved(high=True).case, Appoint, task="overseer", person=EVE).case
        about: dict[str, Any] = {"appointment": case.appointments[-1].id}
        assert because(case, RefusePart, EVE, reason=" ", **about) == "reason_needed"
        outcome = does(case, RefusePart, EVE, reason="I do not know it.", **about)
        assert told(outcome) == ["refused"]
        assert named_ones(outcome.case) == ()
        assert because(outcome.case, AcceptPart, EVE, **about) == "part_over"

    def test_who_holds_it_stays_until_another_accepts(self) -> None:
        case = given_out(approved(high=True).case, "overseer", EVE)
        named = does(case, Appoint, task="overseer", person=BEN).case
        assert holder(named, "overseer", a_desk()) == EVE
        assert holder(accepts(named, "overseer"), "overseer", a_desk()) == BEN

    def test_laid_down_later(self) -> None:
        case = given_out(approved(high=True).case, "overseer", EVE)
        held = chosen(case, "overseer")
        assert held is not None
        case = does(case, RefusePart, EVE, appointment=held.of, reason="I leave.").case
        assert holder(case, "overseer", a_desk()) is None
        assert "overseer" in names(case)

    def test_nobody_oversees_their_own_from_tier_three(self) -> None:
        team = Deployment(id="t", owner=DAN, joined_at=NOW)
        case = approved(high=True, owner=BEN).case.model_copy(update={"deployments": (team,)})
        for own in (ANA, BEN, DAN):
            assert because(case, Appoint, BEN, task="overseer", person=own) == "own_oversight"
        assert because(case, Appoint, BEN, task="deputy", person=BEN) == "own_deputy"

    def test_who_becomes_the_owner_oversees_it_no_more(self) -> None:
        case = given_out(approved(high=True).case, "overseer", EVE)
        theirs = case.model_copy(update={"owner": EVE})
        assert holder(theirs, "overseer", a_desk()) is None
        assert "overseer" in missing(theirs, Stage.pilot, a_desk())

    def test_below_tier_three_one_may_oversee_ones_own(self) -> None:
        assert why_not(approved().case, OVERSEER, ANA, a_desk()) == ""

    def test_who_has_left_holds_nothing(self) -> None:
        case = given_out(approved(high=True).case, "overseer", EVE)
        left_us = a_desk(staff=lambda person: Colleague(gone=person == EVE))
        assert holder(case, "overseer", left_us) is None
        assert because(case, Appoint, desk=left_us, task="deputy", person=EVE) == "part_gone"

    def test_another_owner_is_asked_anew(self) -> None:
        case = all_done(approved().case)
        outcome = does(case, Change, answers={"owner": answered(DAN)}, effect="stands")
        assert holder(outcome.case, "owner", a_desk()) is None
        assert because(outcome.case, MoveOn, DAN, to="pilot") == "gate_shut"
        assert "part.named" in [line.what for line in outcome.happened]
        assert accepts(outcome.case, "owner").appointments[-1].person == DAN

    def test_an_owner_who_said_no_may_think_otherwise(self) -> None:
        case = approved(owner=DAN).case
        outcome = does(case, RefusePart, DAN, appointment=case.appointments[0].id, reason="Not mine.")
        assert told(outcome) == ["refused"]
        assert outcome.notices[0].to == ""
        assert holder(accepts(outcome.case, "owner"), "owner", a_desk()) == DAN


class TestEvidence:
    case = does(all_done(approved(high=True).case), MoveOn, to="pilot").case

    def test_it_counts_at_once_under_a_name(self) -> None:
        outcome = does(self.case, DoTask, task="documents", words="In the binder.")
        assert "documents" not in names(outcome.case)
        assert outcome.case.task_steps[-1].by == ANA
        assert because(outcome.case, DoTask, task="documents", words="x") == "task_done"

    @pytest.mark.parametrize(
        ("given", "key"),
        [
            ({"task": "documents"}, "evidence_needed"),
            ({"task": "documents", "link": "ftp://x"}, "no_link"),
            ({"task": "monitor", "link": LINK}, "task_of_people"),
            ({"task": "data_deleted", "link": LINK}, "task_gone"),
            ({"task": "nonsense", "link": LINK}, "task_gone"),
        ],
    )
    def test_what_is_none(self, given: dict[str, Any], key: str) -> None:
        assert because(self.case, DoTask, **given) == key


class TestStop:
    case = given_out(approved(high=True).case, "overseer", EVE)

    def test_at_once(self) -> None:
        outcome = does(self.case, StopUse, EVE, reason="It insults people.")
        assert outcome.case.status is Status.in_review
        assert [line.what for line in outcome.happened][:2] == ["use.stopped", "case.under_reassessment"]
        assert any(n.say is Say.card_note and n.facts["about"] == "stopped" for n in outcome.notices)
        assert told(outcome) == ["stopped"]
        assert because(outcome.case, MoveOn, to="pilot") == "no_approval_now"
        assert because(outcome.case, StopUse, EVE) == "stopped_already"

    @pytest.mark.parametrize("person", [ANA, BEN, CLEO, DAN])
    def test_by_nobody_else(self, person: str) -> None:
        assert because(self.case, StopUse, person) == "not_overseer"

    def test_named_is_not_enough(self) -> None:
        case = does(approved(high=True).case, Appoint, task="overseer", person=EVE).case
        assert because(case, StopUse, EVE) == "not_overseer"


class TestRetirement:
    live = does(all_done(approved().case), MoveOn, to="in_use").case

    def test_its_tasks_first(self) -> None:
        assert because(self.live, MoveOn, to="retired") == "no_next_stage"
        begun = does(self.live, MoveOn, to="retiring")
        assert told(begun) == ["called"]
        assert names(begun.case) >= {"users_told", "access_removed"}
        assert because(begun.case, MoveOn, to="retired") == "gate_shut"
        over = does(all_done(begun.case), MoveOn, to="retired").case
        assert over.status is Status.retired
        assert stage_of(over) is Stage.retired
        assert because(over, MoveOn, to="retiring") == "no_next_stage"
        assert because(over, DoTask, task="users_told", link=LINK) == "task_gone"

    def test_it_may_go_on_after_all_and_then_nothing_of_the_first_end_counts(self) -> None:
        begun = does(self.live, MoveOn, to="retiring").case
        back = does(all_done(begun), MoveOn, to="in_use").case
        later = a_desk(now=NOW + timedelta(days=9))
        again = does(back, MoveOn, desk=later, to="retiring").case
        assert names(again) >= {"users_told", "access_removed"}

    def test_also_after_it_lapsed(self) -> None:
        lapsed = self.live.model_copy(update={"status": Status.lapsed})
        begun = does(lapsed, MoveOn, to="retiring").case
        assert names(begun) >= {"users_told", "access_removed"}
        assert does(all_done(begun), MoveOn, to="retired").case.status is Status.retired


class TestJudgedAnew:
    def test_what_nobody_asks_for_any_more_is_dropped_and_what_is_done_stays(self) -> None:
        case = does(all_done(approved(high=True).case), MoveOn, to="pilot").case
        case = does(case, DoTask, task="documents", link=LINK).case
        known = a_case(answers=some_answers())
        milder = case.model_copy(update={"facts": known.facts, "verdict": known.verdict})
        wish = Rejudge(actor="", key=key(), case=case.id, rules="x")
        kept = decide(milder, wish, a_desk()).case
        assert not [s for s in kept.task_steps if s.kind == "dropped"], "nobody has said yes to less"
        *others, made = case.decisions
        now = made.model_copy(update={"facts_digest": facts_digest(milder)})
        decided = milder.model_copy(update={"decisions": (*others, now)})
        outcome = decide(decided, wish, a_desk())
        dropped = {s.task for s in outcome.case.task_steps if s.kind == "dropped"}
        assert "tests" in dropped
        assert "documents" not in dropped
        assert "documents" in {t.task for t in tasks_of(outcome.case) if t.done}
        assert holder(outcome.case, "overseer", a_desk()) == EVE

    def test_what_is_asked_for_since_is_added_and_shuts_the_gate(self) -> None:
        case = all_done(approved().case)
        assert Stage.in_use in ways_on(case, a_desk())
        known = a_case(answers=HIGH)
        riskier = case.model_copy(update={"facts": known.facts, "verdict": known.verdict})
        assert because(riskier, MoveOn, to="pilot") == "gate_shut"
        outcome = decide(riskier, Rejudge(actor="", key=key(), case=case.id, rules="x"), a_desk())
        assert {"deputy", "overseer"} <= names(outcome.case)
        assert told(outcome) == ["called"]
        assert "owner" not in names(outcome.case)

    def test_a_use_from_before_there_were_stages_is_called_on_with_its_next_yes(self) -> None:
        case = a_case(Status.approved)
        rules = Rejudge(actor="", key=key(), case=case.id, rules="x")
        assert decide(case, rules, a_desk()).case.task_steps == ()
        again = case.model_copy(update={"status": Status.in_review})
        yes = decide(again, Approve(actor=BEN, key=key(), case=case.id, reason="Fits."), a_desk())
        assert names(yes.case) == {"owner", "supplier_check"}
        settled = decide(yes.case, Rejudge(actor="", key=key(), case=case.id, rules="x"), a_desk())
        assert settled.case == yes.case
        assert settled.happened == ()


def test_what_ran_already_is_in_use_and_owes_its_tasks_all_the_same() -> None:
    runs = {"kind": answered("report_existing"), "stage": answered("in_use")}
    case = decide(
        a_case(answers=some_answers(**runs)), Approve(actor=BEN, **YES | {"key": key()}), a_desk()
    ).case
    assert stage_of(case) is Stage.in_use
    assert names(case) == {"owner", "supplier_check"}


def kinds(steps: Sequence[Any]) -> list[str]:
    return [step.kind for step in steps]


def test_answering_that_it_is_in_use_moves_nothing() -> None:
    case = approved().case
    outcome = does(case, Change, answers={"stage": answered("in_use")}, effect="stands")
    assert stage_of(outcome.case) is Stage.idea


def test_of_an_import_nobody_owns_nothing_is_asked() -> None:
    made = a_decision()
    case = a_case(Status.disclosed, owner=None, requester="", talk=None, decisions=(made,))
    assert because(case, MoveOn, "", to="retiring") == "not_your_task"
    assert kinds(case.task_steps) == []
