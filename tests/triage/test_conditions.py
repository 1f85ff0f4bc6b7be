"""What becomes of conditions: done with what shows it, looked at by a second person, unmet by their day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.builders import (
    ANA,
    BEN,
    CLEO,
    DAN,
    EVE,
    NOW,
    ROLES,
    a_case,
    a_decision,
    a_desk,
    after,
    key,
    says,
    some_answers,
)
from tests.triage.test_approving_terms import HIGH
from triage.afterwards import FailCondition, Fulfil, SendBack, VerifyCondition
from triage.attaching import is_evidence
from triage.case import Case, Status
from triage.conditions import conditions_of, is_met, narrowed, needs_second, open_ones
from triage.decide import decide
from triage.desk import Desk
from triage.errands import errands
from triage.fulfilling import reminded
from triage.outcome import Outcome, Refused
from triage.steps import Term

DUE = date(2026, 12, 4)
LATE = a_desk(now=NOW + timedelta(days=14))
TWO_OWNERS = a_desk(now=LATE.now, roles={**ROLES, "risk_owner": frozenset({CLEO, EVE})})
CONDITIONAL = Status.approved_with_conditions


def bound(otherwise: str = "suspends", *, high: bool = False, **change: Any) -> Case:
    term = Term(due=DUE, otherwise=otherwise)  # type: ignore[arg-type]
    decision = a_decision(CONDITIONAL, conditions=("Tell them", "In English"), terms=(term, Term()))
    answers = HIGH if high else some_answers()
    return a_case(CONDITIONAL, answers, decisions=(decision,), **change)


def fulfil(case: Case, actor: str = ANA, desk: Desk | None = None, **change: Any) -> Outcome:
    given: dict[str, Any] = {"decision": "d1", "number": 1, "link": "https://example.org/notice"} | change
    return decide(case, Fulfil(actor=actor, key=key(), case=case.id, **given), desk or a_desk())


def look(
    case: Case, actor: str = CLEO, step: str = "", reason: str = "", desk: Desk | None = None
) -> Outcome:
    about: dict[str, Any] = {"actor": actor, "key": key(), "case": case.id}
    about["step"] = step or case.condition_steps[-1].id
    wish = SendBack(**about, reason=reason) if reason else VerifyCondition(**about)
    return decide(case, wish, desk or a_desk())


def fail(case: Case, desk: Desk = LATE, decision: str = "d1") -> Outcome:
    return decide(case, FailCondition(actor="", key=key(), case=case.id, decision=decision, number=1), desk)


def test_done_with_what_shows_it_and_below_tier_3_that_is_all() -> None:
    outcome = fulfil(bound())
    (one, other) = conditions_of(outcome.case)
    assert is_met(outcome.case, one)
    assert open_ones(outcome.case) == (), "what has no day holds all the time"
    assert not is_met(outcome.case, other)
    assert outcome.happened[0].what == "condition.done"
    assert outcome.happened[0].texts == {"link": "https://example.org/notice"}
    with pytest.raises(Refused, match="condition_done"):
        fulfil(outcome.case)
    with pytest.raises(Refused, match="condition_gone"):
        look(outcome.case, BEN)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"link": ""}, "evidence_needed"),
        ({"link": "javascript:alert(1)"}, "no_link"),
        ({"actor": DAN}, "not_your_condition"),
        ({"number": 2}, "condition_gone"),
        ({"number": 3}, "condition_gone"),
        ({"decision": "d0"}, "condition_gone"),
    ],
)
def test_what_is_not_taken(change: dict[str, Any], refusal: str) -> None:
    with pytest.raises(Refused, match=refusal):
        fulfil(bound(), **change)


def test_evidence() -> None:
    for good in ("https://example.org/a?b=c#d", "http://wiki/x", "F012ABCDEF"):
        assert is_evidence(good)
    for bad in (
        "example.org", "ftp://x/y", "https://", "https://a b", "https://a>|b", "https://bank@evil.example",
        "https://[", "https://x/" + "y" * 1000, "f012abcdef",
    ):  # fmt: skip
        assert not is_evidence(bad)


def test_from_tier_3_somebody_else_looks() -> None:
    case = bound(high=True)
    assert needs_second(case)
    done = fulfil(case).case
    assert not is_met(done, conditions_of(done)[0])
    for actor, refusal in ((ANA, "own_request"), (DAN, "not_your_role")):
        with pytest.raises(Refused, match=refusal):
            look(done, actor)
    verified = look(done).case
    assert is_met(verified, conditions_of(verified)[0])
    with pytest.raises(Refused, match="looked_already"):
        look(verified, step=done.condition_steps[-1].id)


def test_nobody_looks_at_their_own() -> None:
    """Whoever handed it in may hold a role, too, and may be known under several ids."""
    case = bound(high=True, owner=DAN)
    done = fulfil(case, DAN).case
    alike = a_desk(same=lambda one, other: one == other or {one, other} == {DAN, CLEO})
    with pytest.raises(Refused, match="own_use"):
        look(done, desk=alike)
    passed_on = done.model_copy(update={"owner": EVE})
    with pytest.raises(Refused, match="own_condition"):
        look(passed_on, desk=alike)


def test_sent_back_it_is_handed_in_again() -> None:
    done = fulfil(bound(high=True)).case
    back = look(done, reason="The link shows last year's.").case
    assert open_ones(back) == conditions_of(back)[:1]
    again = look(fulfil(back).case).case
    assert [step.kind for step in again.condition_steps] == ["done", "not_yet", "done", "verified"]
    late = look(done, reason="Not that one.", desk=LATE)
    assert late.case.status is Status.under_reassessment
    assert [line.what for line in late.happened] == ["condition.not_yet", "condition.unmet"]


@pytest.mark.parametrize(
    ("otherwise", "status"),
    [("narrows", CONDITIONAL), ("suspends", Status.under_reassessment), ("lapses", Status.lapsed)],
)
def test_unmet_by_its_day(otherwise: str, status: Status) -> None:
    case = bound(otherwise, owner=BEN)
    assert fail(case, a_desk(now=NOW + timedelta(days=13))) == Outcome(case=case), "the day is within it"
    outcome = fail(case)
    assert outcome.case.status is status
    assert [c.text for c in narrowed(outcome.case)] == (["Tell them"] if otherwise == "narrows" else [])
    assert says(outcome) == ["card", "card_note", "condition", "condition", "summary"]
    assert {notice.to for notice in outcome.notices} == {"", BEN}
    assert fail(outcome.case) == Outcome(case=outcome.case), "once"


@pytest.mark.parametrize("status", [Status.in_review, Status.under_reassessment])
@pytest.mark.parametrize("otherwise", ["narrows", "suspends", "lapses"])
def test_unmet_while_it_is_looked_at_again_is_on_record_and_moves_nothing(
    status: Status, otherwise: str
) -> None:
    outcome = fail(bound(otherwise).model_copy(update={"status": status}))
    assert outcome.case.status is status
    assert [step.kind for step in outcome.case.condition_steps] == ["unmet"]
    assert "condition.unmet" in [line.what for line in outcome.happened]
    over = bound(otherwise).model_copy(update={"status": Status.lapsed})
    assert fail(over) == Outcome(case=over)


def test_what_was_handed_in_waits_for_whoever_looks() -> None:
    done = fulfil(bound(high=True)).case
    assert fail(done) == Outcome(case=done)
    assert fail(bound(), decision="d0").happened == ()


@pytest.mark.parametrize("otherwise", ["suspends", "lapses"])
def test_done_late_it_is_decided_anew_by_people(otherwise: str) -> None:
    failed = fail(bound(otherwise)).case
    assert [c.number for c in open_ones(failed)] == [1]
    late = fulfil(failed, desk=LATE)
    assert late.case.status is Status.in_review
    assert [line.what for line in late.happened] == ["condition.done", "case.under_reassessment"]


def test_what_was_narrowed_is_whole_again_once_met() -> None:
    failed = fail(bound("narrows", high=True)).case
    done = fulfil(failed, desk=LATE).case
    assert narrowed(done)
    one_yes = look(done, desk=LATE).case
    assert narrowed(one_yes), "two people decide about it at high risk"
    step = done.condition_steps[-1].id
    with pytest.raises(Refused, match="second_look"):
        look(one_yes, step=step, desk=LATE)
    whole = look(one_yes, actor=EVE, step=step, desk=TWO_OWNERS)
    assert narrowed(whole.case) == ()
    assert [line.what for line in whole.happened] == ["condition.verified", "condition.restored"]
    with pytest.raises(Refused, match="looked_already"):
        look(whole.case, step=step, desk=LATE)


def test_below_tier_3_ones_own_word_widens_nothing() -> None:
    """It was decided without it, so it is decided with it."""
    failed = fail(bound("narrows")).case
    done = fulfil(failed, desk=LATE).case
    assert narrowed(done)
    assert "condition.restored" not in [line.what for line in fulfil(failed, desk=LATE).happened]
    back = look(done, actor=BEN, reason="Not needed for that.", desk=LATE)
    assert narrowed(back.case)
    assert [line.what for line in back.happened] == ["condition.not_yet"], "unmet it was already"
    again = fulfil(back.case, desk=LATE).case
    assert narrowed(look(again, actor=BEN, desk=LATE).case) == ()


def waits(case: Case) -> list[str]:
    return [each.about for each in errands(case, a_desk()) if each.kind == "condition"]


def test_somebody_is_reminded_of_it_while_it_is_open() -> None:
    assert waits(bound()) == ["d1:001"]
    assert waits(fulfil(bound()).case) == []
    assert waits(fail(bound()).case) == ["d1:001"]
    assert reminded(bound(owner=BEN), "d1:001", "soon")[1][0].to == BEN


def test_a_decision_that_came_later_asks_for_its_own() -> None:
    case = bound()
    assert case.owner == ANA
    later = a_decision(CONDITIONAL, id="d2", conditions=("Tell them",))
    case = after(case, Fulfil(actor=ANA, key=key(), case=case.id, decision="d1", number=1, words="Told")).case
    again = case.model_copy(update={"decisions": (*case.decisions, later)})
    assert [c.handed_in for c in conditions_of(again)] == [False]
