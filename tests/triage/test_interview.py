"""The first words, the order of questions, and what an interview keeps."""

from __future__ import annotations

from typing import Any

from intake.answers import NOT_ASKED, State, answered
from tests.builders import ANA, DM, LOW, NOW, ROOT, a_case, a_desk, a_talk, after, begun, key, says
from triage.asset import Asset
from triage.case import Source, Status
from triage.decide import decide
from triage.interview import left, talk_of, upcoming
from triage.talk import Asked, Phase
from triage.talking import Begin, Choose, PickTool, Start, Steer, Type

WHO: dict[str, Any] = {"actor": ANA, "case": "case-1"}


def test_first_words_open_a_draft_in_their_thread() -> None:
    case = begun()
    talk = talk_of(case)
    assert (case.status, case.requester, case.owner, case.ref) == (Status.draft, ANA, ANA, None)
    assert (talk.place, talk.root, talk.phase, talk.person) == (DM, ROOT, Phase.offered, ANA)
    assert (case.tool_id, case.words[:9]) == ("otter", "I'd like ")
    assert case.created_at == NOW


def test_what_was_read_in_the_first_words_counts_as_not_asked() -> None:
    case = begun()
    read = {proposal.question for proposal in talk_of(case).proposals}
    assert {"tool", "purpose", "people"} <= read
    assert case.facts == {}
    assert {case.answers.get(question, NOT_ASKED).state for question in read} == {State.not_asked}


def test_start_with_confirmation_takes_what_was_read_as_said() -> None:
    case = begun()
    confirmed = decide(case, Start(**WHO, key=key(), confirm=True), a_desk())
    read = {p.question: p.answer for p in talk_of(case).proposals}
    assert {q: a for q, a in confirmed.case.answers.items() if q in read} == read
    assert {fact.source for fact in confirmed.case.facts.values()} == {Source.person}
    lines = [line.what for line in confirmed.happened]
    assert lines == ["interview.started", *["proposal.confirmed"] * len(read)]
    assert says(confirmed) == ["welcome", "question"]


def test_start_without_confirmation_asks_what_was_read_as_well() -> None:
    outcome = decide(begun(), Start(**WHO, key=key()), a_desk())
    assert outcome.case.facts == {}
    assert talk_of(outcome.case).current is not None
    assert upcoming(outcome.case, a_desk()) == "kind"


def test_a_tool_the_company_has_assessed_is_proposed_as_such() -> None:
    words = "I'd like to use Otter.ai for my notes"
    known = {"otter": Asset(id="otter", name="Otter", assessed=True)}
    for case, kind in ((begun(words, assets=known), "use_catalogue"), (begun(words), "use_new")):
        proposed = [p.answer.picked for p in talk_of(case).proposals if p.question == "kind"]
        assert proposed == [(kind,)]


def test_several_tools_are_asked_about_and_none_is_guessed() -> None:
    case = begun("I'd like to use Copilot for my work")
    talk = talk_of(case)
    assert len(talk.candidates) > 1
    assert case.tool_id is None
    picked = decide(case, PickTool(**WHO, key=key(), tool=talk.candidates[1]), a_desk()).case
    assert picked.tool_id == talk.candidates[1]
    assert talk_of(picked).candidates == ()
    assert picked.answers["tool"].picked == (talk.candidates[1],)


def test_none_of_the_tools_leaves_the_tool_open() -> None:
    case = begun("I'd like to use Copilot for my work")
    picked = decide(case, PickTool(**WHO, key=key(), tool=""), a_desk()).case
    assert (picked.tool_id, picked.tool_name) == (None, "")
    assert "tool" not in picked.facts


def test_a_tool_that_was_not_offered_is_not_taken() -> None:
    case = begun("I'd like to use Copilot for my work")
    picked = decide(case, PickTool(**WHO, key=key(), tool="otter"), a_desk()).case
    assert picked.tool_id is None


def test_forty_thousand_characters_and_hostile_words_are_only_words() -> None:
    for words in ("x" * 40_000, "<!channel> <@U1> *bold* `code`", "🎉🎉🎉", "‮gnp.exe", "\x00\x07"):
        command = Begin(actor=ANA, key=key(), case="case-1", words=words, place=DM, root=ROOT)
        outcome = decide(None, command, a_desk())
        assert outcome.case.words == words
        assert says(outcome) == ["welcome"]


def test_the_interview_ends_in_the_summary_and_asks_nothing_twice() -> None:
    desk = a_desk()
    case = decide(begun(), Start(**WHO, key=key()), desk).case
    asked = []
    while (current := talk_of(case).current) is not None:
        asked.append(current.question)
        answer = LOW.get(current.question, answered(_harmless(current.question)))
        case = decide(
            case, Choose(**WHO, key=key(), turn=current.turn, question=current.question, answer=answer), desk
        ).case
    assert len(asked) == len(set(asked))
    assert talk_of(case).phase is Phase.summary
    assert case.verdict is not None
    assert case.verdict.settled
    assert left(case, desk) == (0, 0)


def _harmless(question: str) -> str:
    known = a_desk().form.by_id[question]
    return known.choices[0].id if known.choices else "something"


def test_the_number_of_questions_left_is_told_before_the_start() -> None:
    least, most = left(begun(), a_desk())
    assert 0 < least <= most
    assert left(a_case(), a_desk()) == (0, 0)


def test_words_in_an_offer_that_are_no_wish_change_nothing() -> None:
    case = begun()
    outcome = after(case, Type(**WHO, key=key(), words="it is only for me"))
    assert says(outcome) == ["still_offered"]
    assert outcome.case == case


def test_yes_confirms_the_offer_and_start_does_not() -> None:
    yes = after(begun(), Type(**WHO, key=key(), words="Yes!")).case
    assert "purpose" in yes.facts
    start = after(begun(), Type(**WHO, key=key(), words="start")).case
    assert start.facts == {}
    assert talk_of(start).phase is Phase.asking


def test_a_question_that_a_new_version_of_the_form_no_longer_has_is_passed() -> None:
    """Kept answers stay, and what is asked next is a question of the new form."""
    gone = a_case(Status.draft, {"kind": answered("use_new")}, talk=a_talk(phase=Phase.paused))
    talk = talk_of(gone)
    gone = gone.model_copy(
        update={"talk": talk.model_copy(update={"asked": (Asked(turn=1, question="removed_question"),)})}
    )
    outcome = after(gone, Steer(**WHO, key=key(), wish="resume"))
    current = talk_of(outcome.case).current
    assert current is not None
    assert (current.turn, current.question in a_desk().form.by_id) == (2, True)
    assert outcome.case.answers["kind"].picked == ("use_new",)
