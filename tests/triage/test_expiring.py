"""Until when an approval holds: proposed by what is called for, over after its last day, and only ever once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.answers import answered
from tests.builders import ANA, BEN, NOW, a_case, a_decision, a_desk, key, some_answers
from triage.afterwards import Expire
from triage.case import Case, Status
from triage.climbing import at_step, called
from triage.commands import Approve
from triage.decide import decide
from triage.errands import errands
from triage.expiring import WARNED, proposed
from triage.outcome import Outcome, Refused

DESK = a_desk()
TODAY = DESK.day


def approved(ends: date | None, status: Status = Status.approved) -> Case:
    return a_case(status, decisions=(a_decision(valid_until=ends),))


def at(day: date, case: Case, decision: str = "d1") -> Outcome:
    desk = a_desk(now=NOW + (day - TODAY))
    return decide(case, Expire(actor="", key=key(), case=case.id, decision=decision), desk)


@given(st.integers(-400, 400), st.integers(0, 400))
def test_it_lapses_after_its_last_day_and_never_before(ends: int, waited: int) -> None:
    last = TODAY + timedelta(days=ends)
    outcome = at(TODAY + timedelta(days=waited), approved(last))
    assert (outcome.case.status is Status.lapsed) == (ends < waited)
    assert bool(outcome.happened) == (ends < waited)


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.draft])
def test_only_what_is_in_use_lapses(status: Status) -> None:
    case = approved(TODAY - timedelta(days=1), status)
    lapsed = at(TODAY, case).case.status is not status
    assert lapsed == (status in (Status.approved, Status.approved_with_conditions))


def test_another_decision_since_or_none_ends_nothing() -> None:
    gone = TODAY - timedelta(days=1)
    assert at(TODAY, approved(gone), "d0") == Outcome(case=approved(gone))
    assert at(TODAY + timedelta(days=9999), approved(None)) == Outcome(case=approved(None))


def test_whoever_answers_for_it_is_told_two_weeks_before() -> None:
    last = TODAY + WARNED + timedelta(days=20)
    case = approved(last)
    (waits,) = [each for each in errands(case, DESK) if each.kind == "expiry"]
    told_on = at_step(0, waits, case, DESK).date()
    assert last - WARNED - timedelta(days=4) < told_on <= last - WARNED, (
        "on the working day before, at the latest"
    )
    said = called(case, waits.name, 0, DESK)
    assert said is not None
    assert (said.people, said.happened.what) == ((ANA,), "case.expiry_told")
    for over in (Status.lapsed, Status.in_review, Status.retired):
        assert called(approved(last, over), waits.name, 0, DESK) is None


def test_nobody_approves_until_a_day_that_is_gone() -> None:
    for day in (TODAY, TODAY - timedelta(days=1)):
        with pytest.raises(Refused, match="ends_too_soon"):
            decide(a_case(), Approve(actor=BEN, key=key(), case="case-1", valid_until=day), DESK)
    wish = Approve(actor=BEN, key=key(), case="case-1", valid_until=TODAY + timedelta(days=1))
    outcome = decide(a_case(), wish, DESK)
    assert outcome.case.decision is not None
    assert outcome.case.decision.valid_until == TODAY + timedelta(days=1)
    assert outcome.happened[0].detail["valid_until"] == (TODAY + timedelta(days=1)).isoformat()


def test_a_day_is_proposed_by_tier() -> None:
    assert proposed(a_case(), DESK) is None
    special = a_case(answers=some_answers(data=answered("personal", "special"), people=answered("customers")))
    assert special.verdict is not None
    assert special.verdict.results["tier"].ceiling in (3, 4)
    day = proposed(special, DESK)
    assert day is not None
    assert TODAY < day <= TODAY + timedelta(days=366)


def test_the_same_day_of_a_later_month_or_its_last() -> None:
    special = a_case(answers=some_answers(data=answered("personal", "special")))
    desk = a_desk(now=NOW.replace(month=8, day=31))
    assert proposed(special, desk) == date(2027, 2, 28)
