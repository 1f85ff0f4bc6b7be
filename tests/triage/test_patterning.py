"""Who makes a decision general, and how it ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from intake.answers import answered
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_case, a_decision, a_desk, key, says
from tests.triage.patterns import LAST, PLAIN, confirm, desk, in_force, propose, source
from triage.beforehand import RefusePattern, WithdrawPattern
from triage.case import Case, DecisionKind, Status
from triage.decide import decide
from triage.outcome import Outcome, Refused
from triage.pattern import Clause, Limit, state, yes_of
from triage.patterning import known_of, live, may_propose, to_confirm
from triage.steps import Term

DAY = NOW.date()


def end(case: Case, actor: str, wish: type[Any] = WithdrawPattern, reason: str = "Too wide") -> Outcome:
    return decide(case, wish(actor=actor, key=key(), case=case.id, pattern="p1", reason=reason), desk())


def test_a_proposal_counts_for_nothing_yet() -> None:
    outcome = propose(source())
    (pattern,) = outcome.case.patterns
    assert (pattern.by, pattern.role, pattern.tool, pattern.decision) == (BEN, "reviewer", "otter", "d1")
    assert Limit(question="data", answers=("internal",)) in pattern.limits
    assert not {limit.question for limit in pattern.limits} & {"tool", "purpose", "title", "stage"}
    known = known_of(outcome.case, pattern)
    assert (known.name, state(known, DAY)) == ("AIU-2026-0001-P1", "proposed")
    assert outcome.case.status is Status.approved, "nobody decides anything about the use itself"
    assert says(outcome) == ["card", "card_note"]


def test_two_people_put_it_into_force() -> None:
    known = in_force()
    assert state(known, DAY) == "in_force"
    assert [(yes.person, yes.role) for yes in yes_of(known)] == [(BEN, "reviewer"), (EVE, "reviewer")]


@pytest.mark.parametrize(
    ("actor", "refusal"), [(ANA, "own_request"), (DAN, "not_your_role"), (CLEO, "not_your_role")]
)
def test_only_those_who_decide_propose(actor: str, refusal: str) -> None:
    with pytest.raises(Refused, match=refusal):
        propose(source(), actor=actor)


def test_whoever_owns_it_neither_proposes_nor_confirms() -> None:
    with pytest.raises(Refused, match="own_use"):
        propose(source(owner=BEN))
    with pytest.raises(Refused, match="own_use"):
        confirm(propose(source()).case.model_copy(update={"owner": EVE}))


def test_nobody_is_both_people() -> None:
    case = propose(source()).case
    with pytest.raises(Refused, match="pattern_second"):
        confirm(case, actor=BEN)
    alike = desk(same=lambda one, other: {one, other} <= {BEN, EVE} or one == other)
    with pytest.raises(Refused, match="pattern_second"):
        confirm(case, alike)
    assert to_confirm(case, EVE, desk()) is not None
    assert to_confirm(case, BEN, desk()) is None
    assert to_confirm(case, DAN, desk()) is None


def test_only_of_what_people_said_yes_to() -> None:
    for status in Status:
        case = source().model_copy(update={"status": status})
        assert may_propose(case, BEN, desk()) == (
            status in (Status.approved, Status.approved_with_conditions)
        )
    by_pattern = a_decision(kind=DecisionKind.by_pattern, signatures=())
    with pytest.raises(Refused, match="no_pattern_of_it"):
        propose(source(decisions=(by_pattern,)))
    with pytest.raises(Refused, match="no_pattern_of_it"):
        propose(source(confidential=True))


def test_only_of_what_is_low_and_of_a_tool_that_is_assessed() -> None:
    with pytest.raises(Refused, match="pattern_unassessed"):
        propose(source(), a_desk())
    higher = PLAIN | {"data": answered("personal"), "people": answered("staff")}
    with pytest.raises(Refused, match=r"not_your_role|pattern_not_plain"):
        propose(a_case(Status.approved, higher))
    with pytest.raises(Refused, match="pattern_not_plain"):
        propose(a_case(Status.approved))  # judged while nothing was known of the tool


@pytest.mark.parametrize("last", [DAY, DAY - timedelta(days=1), date(2027, 11, 22)])
def test_it_ends_within_a_year(last: date) -> None:
    with pytest.raises(Refused, match="pattern_day"):
        propose(source(), last_day=last)


def test_it_says_in_words_what_it_covers() -> None:
    with pytest.raises(Refused, match="covers_needed"):
        propose(source(), covers=" ")


def test_not_on_what_changed_since_it_was_shown() -> None:
    with pytest.raises(Refused, match="changed_since"):
        propose(source(), version=2)


def test_one_at_a_time() -> None:
    case = propose(source()).case
    with pytest.raises(Refused, match="pattern_there"):
        propose(case, key="p2")
    after = end(case, EVE, RefusePattern).case
    assert live(after, DAY) is None
    assert propose(after, key="p2").case.patterns[1].number == 2


def test_nothing_while_rules_cannot_be_read() -> None:
    with pytest.raises(Refused, match="rules_unreadable"):
        propose(source(), desk(is_whole=False))
    with pytest.raises(Refused, match="rules_unreadable"):
        confirm(propose(source()).case, desk(is_whole=False))


def test_refused_with_a_reason_and_over_then() -> None:
    case = propose(source()).case
    with pytest.raises(Refused, match="pattern_reason"):
        end(case, EVE, RefusePattern, " ")
    over = end(case, EVE, RefusePattern).case
    assert state(known_of(over, over.patterns[0]), DAY) == "refused"
    with pytest.raises(Refused, match="pattern_over"):
        confirm(over)


@pytest.mark.parametrize("actor", [BEN, EVE])
def test_either_of_them_ends_it(actor: str) -> None:
    case = confirm(propose(source()).case).case
    with pytest.raises(Refused, match="pattern_reason"):
        end(case, actor, reason="")
    over = end(case, actor)
    assert state(known_of(over.case, over.case.patterns[0]), DAY) == "withdrawn"
    assert over.happened[0].what == "pattern.withdrawn"
    with pytest.raises(Refused, match="pattern_over"):
        end(over.case, actor)


def test_it_lasts_through_its_last_day_and_no_longer_than_what_it_was_made_from() -> None:
    known = in_force()
    assert state(known, LAST) == "in_force"
    assert state(known, LAST + timedelta(days=1)) == "over"
    assert state(known.model_copy(update={"misfits": 2}), DAY) == "suspended"
    case = confirm(propose(source()).case).case
    for status in (Status.lapsed, Status.under_reassessment, Status.retired):
        lost = case.model_copy(update={"status": status})
        assert state(known_of(lost, lost.patterns[0]), DAY) == "unfounded"
    other = case.model_copy(update={"decisions": (*case.decisions, a_decision(id="d2"))})
    assert state(known_of(other, other.patterns[0]), DAY) == "unfounded"


def test_days_of_conditions_begin_anew_with_each_use() -> None:
    terms = (Term(due=DAY + timedelta(days=14), check="Told?", otherwise="suspends"), Term())
    made = a_decision(Status.approved_with_conditions, conditions=("Tell people", "No names"), terms=terms)
    (pattern,) = propose(source(decisions=(made,))).case.patterns
    assert pattern.clauses == (
        Clause(text="Tell people", days=14, check="Told?", otherwise="suspends"),
        Clause(text="No names"),
    )
