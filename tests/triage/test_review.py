"""Deciding: what a decision keeps and who is told; and what holds whatever is asked for in whatever order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.answers import answered
from tests.builders import (
    ANA,
    BEN,
    CLEO,
    EVE,
    LOW,
    a_case,
    a_desk,
    after,
    any_wish,
    begun,
    key,
    open_case,
    says,
)
from triage.approving import approve
from triage.case import Case, DecisionKind, Status
from triage.commands import Approve, AskRequester, Command, Decline
from triage.decide import decide
from triage.fingerprint import facts_digest
from triage.interview import talk_of
from triage.lifecycle import FINAL, MOVES
from triage.outcome import Outcome, Refused
from triage.talk import Phase
from triage.talking import Attached, Type
from triage.verdict import Bounds

PAPER = Attached(id="F1", name="contract.pdf", link="https://example.org/F1")
BY_BEN: dict[str, Any] = {"actor": BEN, "case": "case-1"}


def test_an_approval_keeps_on_what_it_was_made() -> None:
    case = a_case()
    outcome = after(case, Approve(**BY_BEN, key="k1", reason="Fits."))
    decision = outcome.case.decision
    assert decision is not None
    assert (decision.id, decision.kind, decision.reason) == ("k1", DecisionKind.approve, "Fits.")
    assert [(s.person, s.role) for s in decision.signatures] == [(BEN, "reviewer")]
    assert decision.facts_digest == facts_digest(case)
    assert len(decision.policies) == len(case.verdict.policies if case.verdict else ())
    assert outcome.case.facts == case.facts
    assert outcome.case.verdict == case.verdict


def test_everybody_concerned_is_told_of_a_decision() -> None:
    for wish in (Approve(**BY_BEN, key=key()), Decline(**BY_BEN, key=key(), reason="No contract")):
        assert says(after(a_case(), wish)) == ["card", "card_note", "decided", "summary"]


def test_conditions_make_another_kind_of_approval() -> None:
    conditions = ("Tell people first", "Delete after 30 days")
    outcome = after(a_case(), Approve(**BY_BEN, key=key(), conditions=conditions))
    assert outcome.case.status is Status.approved_with_conditions
    decision = outcome.case.decision
    assert decision is not None
    assert decision.conditions == conditions
    line = outcome.happened[0]
    assert line.texts == {"condition_1": conditions[0], "condition_2": conditions[1]}


def test_a_reason_stands_apart_from_the_sealed_line() -> None:
    outcome = after(a_case(), Decline(**BY_BEN, key=key(), reason="No contract", would_change="A contract"))
    (line,) = outcome.happened
    assert line.what == "case.declined"
    assert line.texts == {"reason": "No contract", "would_change": "A contract"}
    assert "No contract" not in str(line.detail)


def test_a_question_goes_to_the_requester_and_the_answer_back() -> None:
    asked = after(a_case(), AskRequester(**BY_BEN, key="q1", question="Who listens?"))
    assert asked.case.status is Status.needs_info
    assert says(asked) == ["inquiry", "card", "card_note", "summary"]
    told = after(asked.case, Type(actor=ANA, key="a1", case="case-1", words="Only my team"))
    assert told.case.status is Status.in_review
    assert told.case.inquiry is None
    assert told.case.inquiries[0].answer == "Only my team"
    assert says(told) == ["inquiry", "inquiry_thanks", "card", "card_note", "summary"]


def test_one_question_at_a_time() -> None:
    asked = after(a_case(), AskRequester(**BY_BEN, key=key(), question="Who listens?")).case
    with pytest.raises(Refused, match="already_asked"):
        decide(asked, AskRequester(actor=EVE, key=key(), case="case-1", question="And who else?"), a_desk())
    answered_once = after(asked, Type(actor=ANA, key=key(), case="case-1", words="My team")).case
    assert after(answered_once, AskRequester(**BY_BEN, key=key(), question="Sure?")).case.inquiry is not None


def test_an_answer_that_comes_after_the_decision_does_not_reopen_it() -> None:
    asked = after(a_case(), AskRequester(**BY_BEN, key=key(), question="Who listens?")).case
    declined = after(asked, Decline(**BY_BEN, key=key(), reason="Too late")).case
    late = after(declined, Type(actor=ANA, key=key(), case="case-1", words="Only my team"))
    assert late.case == declined
    assert says(late) == ["closed_already", "card_note"]
    assert late.happened[0].texts == {"words": "Only my team"}


@pytest.mark.parametrize(
    ("words", "files", "shown"),
    [("", (PAPER,), ["not_understood"]), ("  ", (), ["not_understood"]), ("help", (), ["help"])],
)
def test_no_words_and_a_cry_for_help_are_not_passed_on(
    words: str, files: tuple[Attached, ...], shown: list[str]
) -> None:
    for status in (Status.needs_info, Status.in_review, Status.approved):
        if files and status is Status.needs_info:
            continue  # a file is an answer there
        case = a_case(status)
        outcome = after(case, Type(actor=ANA, key=key(), case="case-1", words=words, files=files))
        assert (outcome.case, says(outcome)) == (case, shown)


@pytest.mark.parametrize("words", ["", "thanks", "help"])
def test_a_file_answers_those_who_decide_whatever_stands_beside_it(words: str) -> None:
    case = a_case(Status.needs_info)
    outcome = after(case, Type(actor=ANA, key=key(), case="case-1", words=words, files=(PAPER, PAPER)))
    answered = outcome.case.inquiries[-1]
    assert outcome.case.status is Status.in_review
    assert (answered.answer, answered.files) == (words, "\n".join([f"{PAPER.name} {PAPER.link}"] * 2))
    brought = [each.facts["name"] for each in outcome.notices if each.facts.get("carried")]
    assert brought == [PAPER.name, PAPER.name]
    assert outcome.happened[0].texts["files"] == answered.files


def test_words_beside_a_request_in_review_are_passed_on() -> None:
    outcome = after(a_case(), Type(actor=ANA, key=key(), case="case-1", words="By the way: from May on"))
    assert says(outcome) == ["remark", "card_note"]
    assert outcome.case.status is Status.in_review


@pytest.mark.parametrize(
    ("status", "about"),
    [
        (Status.approved, "objection"),
        (Status.approved_with_conditions, "objection"),
        (Status.declined, "remark"),
    ],
)
def test_what_is_said_of_an_approved_use_is_put_before_whoever_approved_it(
    status: Status, about: str
) -> None:
    words = "That is not so: we also join the notes with data from our CRM"
    outcome = after(a_case(status), Type(actor=ANA, key=key(), case="case-1", words=words))
    assert says(outcome) == ["closed_already", "card_note"]
    assert outcome.notices[1].facts == {"about": about, "words": words}


@pytest.mark.parametrize("status", [Status.in_review, Status.needs_info, Status.approved, Status.declined])
def test_thanks_disturb_nobody_and_answer_nothing(status: Status) -> None:
    case = a_case(status)
    outcome = after(case, Type(actor=ANA, key=key(), case="case-1", words="Great, thanks!"))
    assert (outcome.case, says(outcome)) == (case, ["thanked"])
    assert outcome.happened[0].texts == {"words": "Great, thanks!"}


def test_the_digest_names_exactly_the_answers() -> None:
    case = a_case()
    other = a_case(answers=LOW | {"data": answered("public")})
    assert facts_digest(case) == facts_digest(a_case())
    assert facts_digest(case) != facts_digest(other)


# -- whatever is asked for, in whatever order

STARTS: dict[str, Case] = {
    "new": begun(),
    "draft": a_case(Status.draft),
    "in review": a_case(),
    "open": open_case(),
    "asked": a_case(Status.needs_info),
}


def play(case: Case, wishes: list[Command]) -> list[tuple[Case, Command, Outcome]]:
    """Every command that was accepted, with the case before it."""
    desk, accepted = a_desk(), []
    for wish in wishes:
        try:
            outcome = decide(case, wish, desk)
        except Refused:
            continue
        accepted.append((case, wish, outcome))
        case = outcome.case
    return accepted


@settings(max_examples=400)
@given(st.sampled_from(sorted(STARTS)), st.lists(any_wish(), max_size=25))
def test_whatever_is_asked_for(start: str, wishes: list[Command]) -> None:
    for before, wish, outcome in play(STARTS[start], wishes):
        case = outcome.case
        if before.status in FINAL:
            assert case.status is before.status, "what is final stays final"
        if case.status is not before.status:
            assert case.status in MOVES[before.status], "every move stands in the table"
            assert outcome.happened, "no status changes without a line in the trail"
        assert case.decisions[: len(before.decisions)] == before.decisions, "no decision is taken back"
        assert set(before.facts) <= set(case.facts), "no fact disappears"
        for decision in case.decisions[len(before.decisions) :]:
            assert {s.person for s in decision.signatures} == {wish.actor}
            assert wish.actor not in (case.requester, case.owner), "nobody decides on their own"
            if decision.kind is not DecisionKind.decline:
                assert before.verdict is not None
                assert before.verdict.settled, "nothing open is approved"
        if case != before and case.facts != before.facts:
            assert wish.actor == before.requester, "only the requester's words become facts"
            assert talk_of(before).phase is not Phase.closed, "no fact changes after submission"


def test_the_lists_reach_every_kind_of_end() -> None:
    """The property would be worth little if all its lists ended as drafts."""
    by: dict[str, Any] = {"actor": BEN, "case": "case-1"}
    ends: dict[Status, list[Command]] = {
        Status.approved: [Approve(**by, key=key())],
        Status.declined: [AskRequester(**by, key=key(), question="?"), Decline(**by, key=key(), reason="No")],
    }
    for status, wishes in ends.items():
        assert play(STARTS["in review"], wishes)[-1][2].case.status is status


@pytest.mark.parametrize("conditions", [(), ("Somebody reads each result first",)])
def test_what_is_of_high_risk_is_approved_with_a_reason_only(conditions: tuple[str, ...]) -> None:
    case = a_case()
    assert case.verdict is not None
    results = {**case.verdict.results, "tier": Bounds(floor=3, ceiling=3)}
    high = case.model_copy(
        update={"verdict": case.verdict.model_copy(update={"results": results, "seats": ()})}
    )
    by_cleo: dict[str, Any] = {"actor": CLEO, "key": key(), "case": "case-1", "conditions": conditions}
    with pytest.raises(Refused, match="reason_needed"):
        approve(high, Approve(**by_cleo, reason="  "), a_desk())
    told = approve(high, Approve(**by_cleo, reason="It only sorts; people read all of them."), a_desk())
    assert told.case.decision is not None
    assert told.case.decision.reason.startswith("It only sorts")
