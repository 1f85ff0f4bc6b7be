"""Where a request stands follows from its verdict, whenever that changes; what is prohibited is never approved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.answers import answered, unsure
from tests.builders import ANA, EVE, NOW, a_case, a_desk, after, any_wish, key, some_answers
from tests.triage.test_review import STARTS, play
from triage.case import Case, DecisionKind, Status
from triage.commands import Approve, AskRequester, Command, Decline, Settle
from triage.decide import decide
from triage.lifecycle import MOVES
from triage.outcome import Refused
from triage.talking import Submit, Type
from triage.verdict import Bounds

FORBIDDEN = answered("social_scoring")


def settled(**answers: Any) -> Settle:
    return Settle(actor=ANA, key=key(), case="case-1", answers=answers)


def may_be_forbidden(status: Status = Status.in_review) -> Case:
    return a_case(status, some_answers(red_flag=unsure()))


@pytest.mark.parametrize("status", [Status.in_review, Status.needs_info])
def test_what_turns_out_to_be_prohibited_is_blocked(status: Status) -> None:
    outcome = after(may_be_forbidden(status), settled(red_flag=FORBIDDEN))
    assert outcome.case.status is Status.blocked
    assert [line.what for line in outcome.happened] == ["question.settled", "case.blocked"]
    assert outcome.happened[1].detail["eu_floor"] == "prohibited"


def test_an_answer_that_settles_nothing_forbidden_moves_nothing() -> None:
    for status in (Status.in_review, Status.needs_info):
        outcome = after(may_be_forbidden(status), settled(red_flag=answered("none")))
        assert outcome.case.status is status
        assert [line.what for line in outcome.happened] == ["question.settled"]


def test_what_is_no_longer_prohibited_goes_back_into_review() -> None:
    """The rules or the facts behind them changed; the open fact that was given shows it."""
    case = may_be_forbidden().model_copy(update={"status": Status.blocked})
    outcome = after(case, settled(red_flag=answered("none")))
    assert outcome.case.status is Status.in_review
    assert [line.what for line in outcome.happened] == ["question.settled", "case.unblocked"]


def test_a_question_that_a_block_overtook_is_not_in_the_way_afterwards() -> None:
    blocked = after(may_be_forbidden(Status.needs_info), settled(red_flag=FORBIDDEN)).case
    assert blocked.inquiry is None
    review = blocked.model_copy(update={"status": Status.in_review})
    legal = AskRequester(actor=EVE, key="second", case="case-1", question="Really?")
    asked = decide(review, legal, a_desk()).case
    assert asked.inquiry is not None
    assert asked.inquiry.id == "second"


def test_the_term_follows_the_tier() -> None:
    submit = Submit(actor=ANA, key=key(), case="case-1")
    case = after(a_case(Status.draft, some_answers(red_flag=unsure())), submit).case
    later = a_desk(now=NOW + timedelta(hours=1))
    lighter = decide(case, settled(red_flag=answered("none")), later).case
    assert case.due_at is not None
    assert lighter.due_at is not None
    assert lighter.due_at < case.due_at, "ten working days became one"


@pytest.mark.parametrize("status", list(Status))
def test_nobody_approves_what_is_prohibited_whatever_the_status(status: Status) -> None:
    case = a_case(status, some_answers(red_flag=FORBIDDEN))
    with pytest.raises(Refused) as refused:
        decide(case, Approve(actor=EVE, key=key(), case="case-1"), a_desk())
    waits = status in (Status.in_review, Status.needs_info, Status.blocked)
    assert (refused.value.key == "prohibited") >= waits


def test_a_flag_of_law_that_an_answer_can_settle_keeps_a_request_open() -> None:
    case = a_case()
    assert case.verdict is not None
    gap: dict[str, Any] = {"question": "output_use", "bounds": ("art50_chatbot",), "who": "requester"}
    still = case.verdict.model_validate(case.verdict.model_dump() | {"gaps": [gap]})
    with pytest.raises(Refused) as refused:
        decide(
            case.model_copy(update={"verdict": still}),
            Approve(actor=EVE, key=key(), case="case-1"),
            a_desk(),
        )
    assert (refused.value.key, refused.value.facts["open"]) == ("still_open", "output_use")


def with_settling() -> st.SearchStrategy[Command]:
    answers = st.sampled_from([FORBIDDEN, answered("none"), unsure()])
    facts = st.fixed_dictionaries({"red_flag": answers})
    who = st.sampled_from([ANA, EVE])
    settles = st.builds(lambda w, a: Settle(actor=w, key=key(), case="case-1", answers=a), who, facts)
    legal = st.builds(lambda: Approve(actor=EVE, key=key(), case="case-1"))
    return st.one_of(any_wish(), settles, legal)


@settings(max_examples=150)
@given(st.sampled_from([*sorted(STARTS), "may be forbidden"]), st.lists(with_settling(), max_size=15))
def test_no_list_of_wishes_ends_with_a_forbidden_practice_approved(start: str, wishes: list[Command]) -> None:
    case = STARTS.get(start) or may_be_forbidden()
    for before, _, outcome in play(case, wishes):
        case = outcome.case
        assert case.status is before.status or case.status in MOVES[before.status]
        floor: Bounds | None = case.verdict.results["eu"] if case.verdict else None
        if floor is not None and floor.floor == "prohibited":
            assert case.status not in (Status.approved, Status.approved_with_conditions, Status.in_review)
            assert all(d.kind is DecisionKind.decline for d in case.decisions)


# -- what was looked at is what is decided


def deciding(version: int) -> list[Command]:
    who: dict[str, Any] = {"actor": EVE, "case": "case-1", "version": version}
    return [
        Approve(**who, key=key()),
        Decline(**who, key=key(), reason="No"),
        AskRequester(**who, key=key(), question="Who listens?"),
    ]


def test_nobody_decides_on_what_has_changed_since_they_looked() -> None:
    case = a_case()
    for wish in deciding(case.version - 1):
        with pytest.raises(Refused, match="changed_since"):
            decide(case, wish, a_desk())
    for wish in deciding(case.version):
        assert decide(case, wish, a_desk()).happened


def test_the_second_of_two_still_hears_who_was_first() -> None:
    declined = a_case(Status.declined)
    with pytest.raises(Refused, match="already_declined"):
        decide(declined, deciding(declined.version - 1)[0], a_desk())


def test_a_remark_changes_nothing_that_is_decided_on() -> None:
    remark = Type(actor=ANA, key=key(), case="case-1", words="By the way: from May on")
    assert after(a_case(), remark).case == a_case()
