"""Who opens a confidential use again, and what its closing takes along."""

from __future__ import annotations

import pytest

from tests.builders import ANA, BEN, DAN, a_case, a_desk, a_talk, asking, key, says
from tests.triage import patterns
from triage.case import Assignment, Case, Status
from triage.commands import Recuse
from triage.confidences import Confide, NameReader, OpenUp
from triage.confidential import named, opening
from triage.decide import decide
from triage.desk import Desk
from triage.outcome import Outcome, Refused
from triage.talk import Phase
from triage.talking import Begin, Fill, Type


def closed() -> Case:
    return decide(a_case(), Confide(actor=ANA, key=key(), case="case-1"), a_desk()).case


def opens(case: Case, actor: str, at: Desk | None = None) -> Case:
    first = opening(case)
    wish = OpenUp(actor=actor, key=key(), case="case-1", opening=first.id if first else "")
    return decide(case, wish, at or a_desk()).case


def test_two_people_one_of_whom_decides_open_it() -> None:
    first = opens(closed(), BEN)
    assert first.confidential
    assert not opens(first, ANA).confidential


def test_a_first_signature_that_counts_no_more_is_no_half_of_an_opening() -> None:
    first = opens(closed(), BEN)
    aside = decide(
        first, Recuse(actor=BEN, key=key(), case="case-1", reason="My brother sells it"), a_desk()
    ).case
    assert opens(aside, ANA).confidential
    without = a_desk(roles={**a_desk().roles, "reviewer": frozenset({DAN})})
    assert opens(first, ANA, without).confidential


def test_whoever_steps_aside_reads_no_more_by_name() -> None:
    case = decide(closed(), NameReader(actor=BEN, key=key(), case="case-1", person=DAN), a_desk()).case
    assert named(case) == (DAN,)
    gone = {"id": "a", "kind": "recused", "person": DAN, "by": DAN, "at": a_desk().now}
    out = case.model_copy(update={"assignments": (Assignment.model_validate(gone),)})
    assert named(out) == ()


def test_what_was_closed_is_confirmed_as_no_pattern() -> None:
    case = patterns.propose(patterns.source()).case
    with pytest.raises(Refused) as refused:
        patterns.confirm(case.model_copy(update={"confidential": True}))
    assert refused.value.key == "pattern_over"


CLOSED, OPEN = "readers.confided", "readers.opened"


def begins(words: str) -> Outcome:
    return decide(
        None, Begin(actor=ANA, key=key(), case="case-1", words=words, place="P", root="1.1"), a_desk()
    )


def types(case: Case, words: str) -> Outcome:
    return decide(case, Type(actor=ANA, key=key(), case=case.id, words=words), a_desk())


def fills(case: Case, closed: bool | None) -> Outcome:
    return decide(case, Fill(actor=ANA, key=key(), case=case.id, answers={}, confidential=closed), a_desk())


def whats(outcome: Outcome) -> list[str]:
    return [line.what for line in outcome.happened]


@pytest.mark.parametrize(
    "words", ["Please keep this between us: Otter for a round of layoffs", "Otter, keep it confidential!"]
)
def test_the_first_words_may_ask_for_it(words: str) -> None:
    came = begins(words)
    assert came.case.confidential
    assert whats(came) == ["draft.begun", CLOSED]
    assert says(came) == ["welcome", "confided"]


@pytest.mark.parametrize(
    "words", ["Otter for chats between us and clients", "Otter for confidential minutes"]
)
def test_words_about_something_else_close_nothing(words: str) -> None:
    assert not begins(words).case.confidential


def test_it_is_typed_while_a_question_is_open_and_answers_nothing() -> None:
    case = asking("people")
    came = types(case, "keep this between us, please")
    assert came.case == case.model_copy(update={"confidential": True})
    assert (whats(came), says(came)) == ([CLOSED], ["confided"])
    again = types(came.case, "keep this between us")
    assert (whats(again), says(again), again.case) == ([], ["confided"], came.case)


def test_the_summary_is_drawn_anew_where_it_stands() -> None:
    came = types(a_case(Status.draft, talk=a_talk(phase=Phase.summary)), "just between us")
    assert says(came) == ["summary", "confided"]


def test_what_is_a_choice_stays_an_answer() -> None:
    assert not types(asking("data"), "confidential").case.confidential


def test_the_form_says_it_too_and_takes_it_back() -> None:
    case = asking("people")
    closed = fills(case, True)
    assert closed.case.confidential
    assert CLOSED in whats(closed)
    opened = fills(closed.case, False)
    assert not opened.case.confidential
    assert OPEN in whats(opened)
    for same in (fills(closed.case, None), fills(closed.case, True)):
        assert same.case.confidential, "a box that nobody touched says nothing"
        assert not {CLOSED, OPEN} & {*whats(same)}
