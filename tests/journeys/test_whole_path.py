"""From a message in Slack to a registered, tiered and approved AI use, in the users' words."""

from __future__ import annotations

from bot.slack.ids import Action
from bot.slack.payloads import Who
from intake.answers import State
from tests.slack_world import ANA, BEN, CARDS, DAN, HARMLESS, TEAM, Shown, World, words
from triage.case import Status


def test_the_story(world: World) -> None:
    ana, ben, dan = world.person(ANA), world.person(BEN), world.person(DAN)

    thread = ana.asks("I'd like to use Otter.ai to transcribe our own meetings")
    welcome = thread.last
    assert "*Otter.ai*: no use of it is approved here yet" in welcome
    assert "transcribe our own meetings" in welcome
    assert "Your words are kept" in welcome

    thread.chooses(Action.MORE, Action.START_BLANK.value)
    asked = thread.answers(
        HARMLESS | {"output_use": "1", "data": "internal, confidential", "people": "only_team"}
    )
    assert asked > 5
    assert thread.last.startswith("*Medium risk.*")
    assert thread.case.answers["data"].picked == ("internal", "confidential")
    assert thread.case.submitted_at is None
    assert world.cards() == []

    thread.presses(Action.SUBMIT)
    assert "Recorded as *AIU-2026-0001*" in thread.last
    (card,) = world.cards()
    assert "Otter.ai" in words(card)
    assert f"<@{ANA}>" in words(card)

    ben.decides(Action.ASK, question="Who can listen to the recordings?")
    assert f"<@{BEN}>" in thread.last
    assert "Who can listen to the recordings?" in thread.last
    assert "Who can listen" in words(world.cards()[0])
    thread.types("Only my own team, for two weeks")
    (card,) = world.cards()
    assert any("Only my own team, for two weeks" in note for note in world.below(card))

    problems = ben.decides(
        Action.APPROVE_WITH_CONDITIONS,
        conditions="Tell everybody in the call\n- Delete after 30 days",
        reason="Fits our contract.",
    )
    assert problems is None
    assert "Yes, on conditions" in thread.last
    assert "1. Tell everybody in the call\n2. Delete after 30 days" in thread.last
    (card,) = world.cards()
    assert action_ids(card) == []
    assert f"<@{BEN}>" in words(card)
    own = next(text for text in thread.texts() if "approved with conditions" in text)
    assert "AIU-2026-0001" in own

    can_i = dan.steward("can I use otter")
    assert "AIU-2026-0001" in can_i
    assert "Delete after 30 days" in can_i
    assert "AIU-2026-0001" in dan.steward("list")
    shown = dan.steward("show AIU-2026-0001")
    assert "Otter.ai" in shown
    assert "AIU-2026-0001" in dan.home()
    assert "AIU-2026-0001" in ana.home()

    assert thread.case.status is Status.approved_with_conditions
    assert [what for what in world.trail() if what != "question.answered"] == [
        "draft.begun",
        "interview.started",
        "case.submitted",
        "inquiry.asked",
        "inquiry.answered",
        "case.approved_with_conditions",
        *("stage.began", "tasks.called", "part.named"),
    ]


def test_a_request_is_declined_with_a_reason_and_what_would_change_it(world: World) -> None:
    ana, ben = world.person(ANA), world.person(BEN)
    thread = ana.asks().submitted()
    problems = ben.decides(Action.DECLINE, reason="There is no contract", would_change="A signed contract")
    assert problems is None
    assert "*No* for" in thread.last
    assert "There is no contract" in thread.last
    assert "A signed contract" in thread.last
    assert action_ids(world.cards()[0]) == []
    assert "AIU-2026-0001" not in world.person(DAN).steward("list")
    assert "cannot find" in world.person(DAN).steward("show AIU-2026-0001")


def test_buttons_menus_and_lists_answer_as_words_do(world: World) -> None:
    thread = world.person(ANA).asks()
    thread.presses(Action.START)
    pressed = set()
    while (question := thread.question) is not None:
        pressed.add(question)
        message = thread.shown()[-1]
        kinds = {e["type"] for b in message["blocks"] for e in b.get("elements", []) if "type" in e}
        if "none_of_all" in action_ids(message):
            thread.presses(Action.NONE_OF_ALL)
        elif any(e.startswith("none_of_these") for e in action_ids(message)):
            thread.presses(Action.NONE_OF_THESE)
        elif "static_select" in kinds:
            thread.chooses(Action.CHOOSE, HARMLESS[question])
        elif any(e.startswith("choose") for e in action_ids(message)):
            thread.presses(Action.CHOOSE, having=f"|{HARMLESS[question]}")
        else:
            thread.types(HARMLESS[question])
    assert {"output_use", "area", "account"} <= pressed
    facts = {q: a.picked for q, a in thread.case.answers.items() if q in pressed | {"red_flag"}}
    assert facts == {q: (HARMLESS[q],) for q in pressed | {"red_flag"}}


def action_ids(message: Shown) -> list[str]:
    return [e["action_id"] for b in message["blocks"] for e in b.get("elements", []) if "action_id" in e]


def test_one_of_these_opens_the_list(world: World) -> None:
    thread = world.person(ANA).asks()
    thread.presses(Action.START)
    while thread.question != "area":
        thread.types(HARMLESS[thread.question or ""])
    thread.presses(Action.SINGLY)
    assert thread.question == "area"
    thread.presses(Action.ONE_OF_THESE)
    thread.chooses(Action.PICK, "employment", "education")
    thread.presses(Action.PICK_DONE)
    assert thread.case.answers["area"].picked == ("employment", "education")
    assert thread.question == "red_flag"


def test_nothing_of_all_that_is_one_press_and_back_asks_it_together_again(world: World) -> None:
    thread = world.person(ANA).asks()
    thread.presses(Action.START)
    while thread.question != "area":
        thread.types(HARMLESS[thread.question or ""])
    shown = thread.shown()[-1]
    thread.presses(Action.NONE_OF_ALL)
    denied = {q: a.picked for q, a in thread.case.answers.items() if q in ("area", "red_flag")}
    assert denied == {"area": ("none",), "red_flag": ("none",)}
    settled = next(words(m) for m in thread.shown() if m["ts"] == shown["ts"])
    assert "Area: *None of these*" in settled
    assert "Red flags: *None of these*" in settled
    thread.presses(Action.BACK)
    assert thread.question == "area"
    thread.presses(Action.SINGLY)
    assert "red_flag" not in {q for q, a in thread.case.answers.items() if a.state is State.answered}
    thread.types("none of these")
    assert thread.question == "red_flag"


def test_done_without_a_tick_is_told(world: World) -> None:
    ana = world.person(ANA)
    thread = ana.asks()
    thread.presses(Action.START)
    assert thread.question == "output_use"
    thread.presses(Action.ONE_OF_THESE)
    thread.presses(Action.PICK_DONE)
    assert "Nothing is ticked yet" in ana.told()
    assert thread.question == "output_use"


def test_the_form_instead_of_questions_writes_the_same_answers(world: World) -> None:
    thread = world.person(ANA).asks()
    thread.presses(Action.USE_FORM)
    view = thread.person.hands.view()
    assert view is not None
    assert "transcribe our own meetings" in str(view["blocks"])
    thread.person.hands.closes_view()
    assert thread.fills() is None
    assert action_ids(thread.shown()[0]) == []
    thread.answers()
    by_form = {q: a for q, a in thread.case.answers.items() if q in HARMLESS}

    other = world.person(DAN).asks()
    other.chooses(Action.MORE, Action.START_BLANK.value)
    other.answers()
    by_typing = {q: a for q, a in other.case.answers.items() if q in HARMLESS}
    assert {q: by_form[q] for q in by_typing} == by_typing


def test_edit_in_the_summary_asks_that_one_again(world: World) -> None:
    thread = world.person(ANA).asks()
    thread.chooses(Action.MORE, Action.START_BLANK.value)
    thread.answers()
    thread.presses(Action.EDIT, having="|data|")
    assert thread.question == "data"
    thread.types("public")
    assert thread.question is None
    assert thread.case.answers["data"].picked == ("public",)
    thread.presses(Action.EDIT, having="|owner|")
    thread.chooses(Action.CHOOSE, DAN)
    assert thread.case.owner == world.bot.directory.person(Who(TEAM, DAN))
    thread.presses(Action.SUBMIT)
    assert f"Owner: <@{DAN}>" in "\n".join(thread.texts())


def test_back_skip_pause_and_a_request_of_not_sure(world: World) -> None:
    thread = world.person(ANA).asks()
    thread.presses(Action.START)
    first = thread.question
    thread.types("not sure")
    second = thread.question
    thread.presses(Action.BACK)
    assert thread.question == first
    thread.types("not sure")
    assert thread.question == second
    thread.presses(Action.SKIP)
    third = thread.question
    assert third not in (first, second)
    thread.types("pause")
    assert "Paused" in thread.last
    thread.presses(Action.RESUME)
    assert thread.question == third
    thread.types("why")
    thread.types("help")
    thread.types("not sure")
    thread.types("not sure")
    thread.chooses(Action.MORE, Action.HAND_OVER.value)
    assert thread.question is None
    assert thread.case.handed_over
    assert any("Handed in as it is" in text and "decide by" in text for text in thread.texts())
    (card,) = world.cards()
    assert "Open, so it cannot be approved yet" in words(card)
    assert any(Action.SETTLE.value in str(message["blocks"]) for message in thread.shown())


def test_from_home_a_window_opens_a_thread(world: World) -> None:
    ana = world.person(ANA)
    ana.home()
    ana.hands.clicks_home(Action.HOME_START.value)
    ana.hands.fills(words="Claude to summarise our own notes")
    assert ana.hands.submits() is None
    world.settle()
    heads = [m for m in ana.dm() if not m.get("thread_ts")]
    assert len(heads) == 1
    assert "Claude to summarise our own notes" in words(heads[0])
    assert world.case(heads[0]["ts"]).words == "Claude to summarise our own notes"


def test_the_card_is_seen_by_its_channel_only(world: World) -> None:
    world.person(ANA).asks().submitted()
    assert len(world.cards(BEN)) == 1
    assert CARDS not in {c.id for c in world.workspace.channels.values() if ANA in c.members}
