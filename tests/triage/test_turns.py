"""One turn each: answers pressed and typed, words that work at any time, old buttons, the form instead."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import NOT_ASKED, State, answered, unsure
from tests.builders import (
    ANA,
    LOW,
    a_case,
    a_desk,
    a_talk,
    after,
    asking,
    begun,
    key,
    says,
    some_answers,
)
from triage.case import Case, Source, Status
from triage.commands import Settle
from triage.decide import decide
from triage.interview import talk_of, verdict_of
from triage.outcome import Refused
from triage.submission import default_title
from triage.talk import Asked, Phase
from triage.talking import Attached, Choose, Edit, Explain, Fill, Start, Steer, Submit, Type, Way

WHO: dict[str, Any] = {"actor": ANA, "case": "case-1"}


def typed(words: str, files: int = 0) -> Type:
    return Type(**WHO, key=key(), words=words, files=(Attached(id="F1"),) * files)


def chosen(turn: int, question: str, *picked: str) -> Choose:
    return Choose(**WHO, key=key(), turn=turn, question=question, answer=answered(*picked))


def steer(wish: Way) -> Steer:
    return Steer(**WHO, key=key(), wish=wish)


def at_phase(phase: Phase) -> Case:
    """A draft in that phase, with one question asked."""
    if phase is Phase.offered:
        return begun()
    question = Asked(turn=1, question="people", settled=phase is Phase.summary)
    return a_case(Status.draft, {}, talk=a_talk(phase=phase, asked=(question,)))


EVERYWHERE = {
    "offered": {
        "back": "offered: welcome",
        "skip": "offered: welcome",
        "pause": "offered: paused",
        "resume": "offered: welcome",
        "cancel": "closed: welcome cancelled",
        "hand over": "closed: welcome summary card referral",
        "help": "offered: help",
        "why": "offered: help",
        "form": "offered: help",
        "start": "asking: welcome question",
        "yes": "asking: welcome question",
        "submit": "offered: welcome",
    },
    "asking": {
        "back": "asking: not_understood",
        "skip": "asking: settled question",
        "pause": "paused: paused",
        "resume": "asking: question",
        "cancel": "closed: settled cancelled",
        "hand over": "closed: settled summary card referral",
        "help": "asking: help",
        "why": "asking: why",
        "form": "asking: help",
        "start": "asking: question",
        "yes": "asking: not_understood",
        "submit": "asking: question",
    },
    "paused": {
        "back": "paused: question",
        "skip": "asking: paused settled question",
        "pause": "paused: paused",
        "resume": "asking: paused question",
        "cancel": "closed: paused settled cancelled",
        "hand over": "closed: paused settled summary card referral",
        "help": "paused: help",
        "why": "paused: why",
        "form": "paused: help",
        "start": "paused: question",
        "yes": "paused: not_understood",
        "submit": "paused: question",
    },
    "summary": {
        "back": "asking: question",
        "skip": "summary: summary",
        "pause": "summary: paused",
        "resume": "summary: summary",
        "cancel": "closed: summary cancelled",
        "hand over": "closed: submitted summary card referral",
        "help": "summary: help",
        "why": "summary: help",
        "form": "summary: help",
        "start": "summary: summary",
        "yes": "closed: submitted summary card",
        "submit": "closed: submitted summary card",
    },
}
"""Phase × word → the phase it leads to, and what is shown."""


@pytest.mark.parametrize("phase", EVERYWHERE)
def test_the_words_that_work_at_any_time(phase: str) -> None:
    found = {}
    for word in EVERYWHERE[phase]:
        outcome = after(at_phase(Phase(phase)), typed(word))
        found[word] = f"{talk_of(outcome.case).phase.value}: {' '.join(says(outcome))}"
    assert found == EVERYWHERE[phase]


def test_the_words_work_however_they_are_written() -> None:
    for word in ("HELP", " help ", "Help!", "help?"):
        assert says(after(asking("people"), typed(word))) == ["help"]
    assert says(after(asking("purpose"), typed('"help"'))) == ["settled", "question"]


def test_a_choice_is_typed_by_label_by_number_and_with_commas() -> None:
    form = a_desk().form.by_id["data"]
    by_number = after(asking("data"), typed("2, 4")).case
    assert by_number.answers["data"].picked == (form.choices[1].id, form.choices[3].id)
    label = a_desk().wording.label("output_use", "draft_self")
    assert after(asking("output_use"), typed(label)).case.answers["output_use"].picked == ("draft_self",)


def test_typing_and_pressing_write_the_same_fact() -> None:
    pressed = after(asking("people"), chosen(1, "people", "only_team")).case
    by_word = after(asking("people"), typed("1")).case
    assert pressed.facts == by_word.facts
    assert pressed.facts["people"].source is Source.person


def test_not_sure_is_an_answer_of_its_own() -> None:
    case = after(asking("data"), typed("not sure")).case
    assert case.answers["data"].state is State.unsure
    assert talk_of(case).current != talk_of(asking("data")).current


def test_what_fits_no_choice_leaves_the_question_open_and_is_kept_in_the_trail() -> None:
    case = asking("people")
    outcome = after(case, typed("purple elephants"))
    assert outcome.case == case
    assert says(outcome) == ["not_understood"]
    (line,) = outcome.happened
    assert (line.what, line.texts) == ("words.not_understood", {"words": "purple elephants"})


@pytest.mark.parametrize(
    ("words", "files", "reason"),
    [
        ("", 1, "attachment"),
        ("", 0, "empty"),
        ("🎉🎉", 0, "no_words"),
        ("x" * 40_000, 0, "too_long"),
        ("99", 0, "no_such_number"),
    ],
)
def test_what_cannot_be_an_answer_is_named(words: str, files: int, reason: str) -> None:
    outcome = after(asking("data"), typed(words, files))
    assert outcome.notices[0].facts["reason"] == reason
    assert "data" not in outcome.case.facts


def test_forty_thousand_characters_are_too_long_for_a_text_too() -> None:
    outcome = after(asking("purpose"), typed("x" * 40_000))
    assert {**outcome.notices[0].facts, "piece": ""} == {
        "reason": "too_long",
        "candidates": (),
        "piece": "",
        "length": 40_000,
        "longest": a_desk().form.by_id["purpose"].longest,
    }


def test_an_old_button_changes_nothing_and_shows_where_we_are() -> None:
    case = asking("data", "people", answers={"people": answered("only_team")})
    outcome = after(case, chosen(1, "people", "customers"))
    assert outcome.case == case
    assert says(outcome) == ["old_button", "question"]
    assert outcome.notices[1].facts == {"turn": 2, "question": "data", "again": True}


def test_a_double_click_is_one_answer_and_no_scolding() -> None:
    once = after(asking("people"), chosen(1, "people", "only_team")).case
    twice = after(once, chosen(1, "people", "only_team"))
    assert twice.case == once
    assert twice.notices == ()
    assert twice.happened == ()


def test_a_button_of_another_version_of_the_question_is_old() -> None:
    assert says(after(asking("data"), chosen(1, "people", "only_team"))) == ["old_button", "question"]
    assert says(after(asking("data"), chosen(7, "data", "internal"))) == ["old_button", "question"]


def test_skip_leaves_a_gap_and_back_takes_the_skip_back() -> None:
    skipped = after(asking("data", "people", answers={"people": answered("only_team")}), typed("skip"))
    assert "data" not in skipped.case.facts
    assert talk_of(skipped.case).skipped == ("data",)
    back = after(skipped.case, typed("back")).case
    current = talk_of(back).current
    assert current is not None
    assert (current.question, talk_of(back).skipped) == ("data", ())


def test_back_goes_on_going_back() -> None:
    case = asking("area", "people", "output_use", "data")
    seen = []
    for _ in range(4):
        outcome = after(case, typed("back"))
        case = outcome.case
        current = talk_of(case).current
        assert current is not None
        seen.append(current.question)
    assert seen == ["data", "output_use", "people", "people"]


def test_back_passes_what_no_longer_applies() -> None:
    """The function is only asked within an area; after "none of these" nothing is there to go back to."""
    case = asking("account", "area", "function", answers=some_answers(area=answered("none")))
    current = talk_of(after(case, typed("back")).case).current
    assert current is not None
    assert current.question == "area"


def test_the_old_answer_stands_until_a_new_one_is_given() -> None:
    case = asking("data", "people", answers={"people": answered("customers")})
    back = after(case, typed("back")).case
    assert back.answers["people"].picked == ("customers",)
    current = talk_of(back).current
    assert current is not None
    changed = after(back, chosen(current.turn, "people", "only_team")).case
    assert changed.answers["people"].picked == ("only_team",)


def test_pause_keeps_everything_and_an_answer_ends_it() -> None:
    case = asking("data", "people", answers={"people": answered("only_team")})
    paused = after(case, typed("pause")).case
    assert talk_of(paused).phase is Phase.paused
    resumed = after(paused, typed("resume"))
    assert resumed.notices[-1].facts == {"turn": 2, "question": "data", "again": True}
    answered_at_once = after(paused, typed("internal")).case
    assert talk_of(answered_at_once).phase is Phase.asking
    assert answered_at_once.answers["data"].picked == ("internal",)


def test_cancel_withdraws_and_leaves_nothing_to_press() -> None:
    outcome = after(asking("data"), typed("cancel"))
    assert outcome.case.status is Status.withdrawn
    assert talk_of(outcome.case).phase is Phase.closed
    assert talk_of(outcome.case).current is None


def test_hand_over_hands_the_request_in_at_once_with_what_is_open() -> None:
    unsure_answers = {"data": unsure(), "people": unsure(), "output_use": unsure()}
    outcome = after(asking("area", answers=unsure_answers), steer("hand_over"))
    case = outcome.case
    assert (case.status, talk_of(case).phase, case.handed_over) == (Status.in_review, Phase.closed, True)
    told = [line.what for line in outcome.happened]
    assert told == ["interview.handed_over", "case.submitted", "question.referred"]
    assert says(outcome) == ["settled", "summary", "card", "referral"]
    assert case.due_at is not None
    assert {"data", "people", "area"} <= {gap.question for gap in verdict_of(case).gaps}


def test_edit_asks_one_question_again_and_returns_to_the_summary() -> None:
    case = a_case(Status.draft)
    edited = after(case, Edit(**WHO, key=key(), question="data"))
    current = talk_of(edited.case).current
    assert current is not None
    assert (current.question, edited.case.answers["data"].picked) == ("data", ("internal",))
    outcome = after(edited.case, chosen(current.turn, "data", "public"))
    assert outcome.case.answers == LOW | {"data": answered("public")}
    assert talk_of(outcome.case).phase is Phase.summary


def test_edit_of_a_question_that_nobody_knows_changes_nothing() -> None:
    case = a_case(Status.draft)
    assert after(case, Edit(**WHO, key=key(), question="no_such")).case == case


def test_the_form_writes_what_typing_writes() -> None:
    """Same answers, whether given one by one or all at once."""
    desk = a_desk()
    typing = after(begun(), Start(**WHO, key=key())).case
    while (current := talk_of(typing).current) is not None:
        answer = LOW.get(current.question, unsure())
        command = Choose(**WHO, key=key(), turn=current.turn, question=current.question, answer=answer)
        typing = decide(typing, command, desk).case
    filled = after(begun(), Fill(**WHO, key=key(), answers=typing.answers))
    assert filled.case.answers == typing.answers
    assert filled.case.verdict == typing.verdict
    assert says(filled) == ["welcome", "summary"]
    assert {line.what for line in filled.happened} == {"question.answered"}


def test_a_form_that_changes_nothing_says_nothing_anew() -> None:
    case = a_case(Status.draft)
    outcome = after(case, Fill(**WHO, key=key(), answers=LOW))
    assert outcome.happened == ()
    assert outcome.case.facts == case.facts


def test_a_default_that_was_left_as_it_stands_is_nobodys_statement() -> None:
    case = a_case(Status.draft)
    shown = {"title": answered(default_title(case)), "stage": answered("idea"), "owner": answered(ANA)}
    outcome = after(case, Fill(**WHO, key=key(), answers=LOW | shown))
    assert outcome.case.facts == case.facts
    changed = after(case, Fill(**WHO, key=key(), answers=LOW | shown | {"stage": answered("pilot")}))
    assert {line.detail["question"] for line in changed.happened} == {"stage"}


def test_a_form_with_gaps_goes_on_with_questions() -> None:
    outcome = after(begun(), Fill(**WHO, key=key(), answers={"kind": answered("use_new")}))
    assert says(outcome) == ["welcome", "question"]
    assert talk_of(outcome.case).phase is Phase.asking


def test_a_form_while_a_question_is_open_closes_that_question() -> None:
    outcome = after(asking("data"), Fill(**WHO, key=key(), answers=LOW))
    assert says(outcome)[0] == "settled"


def test_why_and_help_change_nothing() -> None:
    case = asking("data")
    for what in ("why", "help"):
        outcome = after(case, Explain(**WHO, key=key(), what=what))
        assert (outcome.case, outcome.happened, says(outcome)) == (case, (), [what])


def test_only_what_the_summary_showed_is_submitted() -> None:
    edited = after(a_case(Status.draft), Edit(**WHO, key=key(), question="data")).case
    with pytest.raises(Refused, match="question_open"):
        after(edited, Submit(**WHO, key=key()))
    outcome = after(begun(), Submit(**WHO, key=key()))
    assert (outcome.case.status, says(outcome)) == (Status.draft, ["welcome"])


@pytest.mark.parametrize("wish", ["skip", "back", "pause", "resume", "cancel", "hand_over"])
def test_a_press_on_a_question_that_is_not_open_any_more_moves_nothing(wish: Way) -> None:
    case = asking("data", "people", "kind", answers={"kind": answered("use_new")})
    for turn in (1, 2, 7):
        outcome = after(case, Steer(**WHO, key=key(), wish=wish, turn=turn))
        assert (outcome.case, outcome.happened, outcome.notices) == (case, (), ())


@pytest.mark.parametrize("wish", ["skip", "back", "cancel", "hand_over"])
def test_a_double_click_on_a_way_out_counts_once(wish: Way) -> None:
    press = {**WHO, "wish": wish, "turn": 2}
    once = after(asking("data", "people"), Steer(**press, key=key()))
    assert once.happened
    twice = after(once.case, Steer(**press, key=key()))
    assert (twice.case, twice.notices) == (once.case, ())


def test_typed_words_and_home_are_about_whatever_is_open() -> None:
    assert says(after(asking("data", "people"), steer("skip"))) == ["settled", "question"]


def test_what_was_handed_over_can_still_be_settled() -> None:
    case = after(asking("area", answers={"data": unsure()}), steer("hand_over")).case
    settled = after(case, Settle(**WHO, key=key(), answers={"data": answered("internal")})).case
    assert settled.answers["data"] == answered("internal")


@pytest.mark.parametrize("question", ["data", "owner", "tool", "title", "unit"])
def test_the_form_takes_an_answer_back(question: str) -> None:
    told = some_answers(owner=answered("P-ben"), title=answered("Minutes"), unit=answered("Sales"))
    case = a_case(Status.draft, told, title="Minutes", unit="Sales", owner="P-ben")
    outcome = after(case, Fill(**WHO, key=key(), answers=case.answers | {question: NOT_ASKED}))
    (line,) = outcome.happened
    assert (line.what, line.detail["question"]) == ("answer.taken_back", question)
    assert outcome.case.answers[question] == NOT_ASKED
    assert outcome.case.facts[question].by == ANA
    left = outcome.case
    assert {"owner": left.owner == ANA, "tool": not left.tool_id, "title": not left.title,
            "unit": not left.unit}.get(question, True)  # fmt: skip
    again = after(outcome.case, Fill(**WHO, key=key(), answers={question: NOT_ASKED}))
    assert again.happened == ()


def test_a_default_fills_what_was_taken_back() -> None:
    case = a_case(Status.draft, some_answers(title=answered("Minutes")), title="Minutes")
    emptied = after(case, Fill(**WHO, key=key(), answers={"title": NOT_ASKED})).case
    assert after(emptied, Submit(**WHO, key=key())).case.title.startswith("Otter.ai: ")


def test_a_person_is_named_by_a_mention_and_never_by_what_looks_like_one() -> None:
    case = asking("owner", answers=LOW)
    for words in ("<@nobody>", "<@P-ben>", "Ben"):
        outcome = after(case, typed(words))
        assert outcome.case == case
        assert outcome.notices[0].facts["reason"] == "pick_person"
    named = after(case, Type(**WHO, key=key(), words="<@P-ben>", person="P-ben")).case
    assert named.owner == "P-ben"
