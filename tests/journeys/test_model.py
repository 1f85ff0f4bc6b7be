"""A model reads along, drafts and asks again: always marked, always pressed or not, and never in anybody's way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from bot.config import change
from bot.model import door
from bot.model.door import LONGEST
from bot.slack.ids import Action
from bot.slack.payloads import Who
from store.employees import Employee
from store.engine import Store
from store.tables import ConsultRow
from tests.journeys.test_incidents import card as incident_card
from tests.journeys.test_incidents import does as does_incident
from tests.journeys.test_people_file import take_in
from tests.model_server import ModelServer, Play, a_model, fails, gives, says
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, HARMLESS, TEAM, Thread, World, words
from triage.case import Source, Status

A_CALL = {"id": "1", "type": "function", "function": {"name": "approve", "arguments": "{}"}}
BECAUSE = "the sheets belong to those who hired us"
SAID = f"I'd like to use Otter.ai to tidy up sheets; {BECAUSE}"
READ = {"suggestions": [{"question": "data", "choices": ["client_owned"], "because": BECAUSE}]}


@pytest.fixture(scope="module", autouse=True)
def client() -> None:
    door._client()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with a_model() as found:
        yield found


@pytest.fixture
def settings(server: ModelServer) -> dict[str, Any]:
    return {"model.use": [server.model], "model.seconds": 20, "roles.governance_lead": [CLEO]}


def thinks(world: World) -> None:
    """The worker looks whether a model is to be asked."""
    world.bot.consulting.look()
    world.settle()


def boxes(store: Store) -> list[ConsultRow]:
    with store.read() as session:
        return list(session.exec(select(ConsultRow).order_by(col(ConsultRow.asked_at))).all())


def up_to(thread: Thread, question: str) -> None:
    """Answer until that question is open."""
    thread.presses(Action.START)
    while (asked := thread.question) not in (question, None):
        thread.types(HARMLESS.get(asked, "not sure"))
    assert thread.question == question


def test_what_a_model_read_is_offered_and_counts_once_it_is_pressed(
    world: World, server: ModelServer
) -> None:
    server.play(gives(READ))
    thread = world.person(ANA).asks(SAID)
    assert "A model (openai/local) reads them too" in thread.last
    thinks(world)
    assert len(server.asked) == 1
    assert "data" not in thread.case.answers
    up_to(thread, "data")
    assert (
        f"A model read Data a client gave us under contract in your words: “{BECAUSE}”"
        in thread.last.replace("*", "")
    )
    assert "data" not in thread.case.answers
    thread.presses(Action.USE_SUGGESTION)
    fact = thread.case.facts["data"]
    assert (fact.answer.picked, fact.source) == (("client_owned",), Source.model)
    assert "suggestion.confirmed" in world.trail()
    world.clock.move(600)
    thinks(world)
    assert world.trail()[-1] == "model.weighed"
    assert boxes(world.store)[0].made == {"data": "kept"}


def test_what_is_suggested_of_a_question_that_is_open_now_appears_beside_it(
    world: World, server: ModelServer
) -> None:
    server.play(gives(READ))
    thread = world.person(ANA).asks(SAID)
    up_to(thread, "data")
    assert not thread.offers(Action.USE_SUGGESTION)
    before = len(thread.shown())
    thinks(world)
    assert thread.offers(Action.USE_SUGGESTION)
    assert len(thread.shown()) == before, "nothing new is said"
    thread.types("internal")
    assert thread.case.facts["data"].source is Source.person
    world.clock.move(600)
    thinks(world)
    assert boxes(world.store)[0].made == {"data": "changed"}


def test_what_nobody_pressed_counts_as_not_asked(world: World, server: ModelServer) -> None:
    server.play(gives(READ))
    thread = world.person(ANA).asks(SAID)
    thinks(world)
    thread.presses(Action.START)
    thread.presses(Action.HAND_OVER)
    assert thread.case.status is Status.in_review
    assert "data" not in thread.case.answers
    world.clock.move(600)
    thinks(world)
    assert boxes(world.store)[0].made == {"data": "dropped"}


def test_an_old_suggestion_is_pressed_in_vain(world: World, server: ModelServer) -> None:
    """Once it was answered otherwise, or of somebody else's request, nothing follows."""
    server.play(gives(READ))
    thread = world.person(ANA).asks(SAID)
    thinks(world)
    up_to(thread, "data")
    message, element = thread.find(Action.USE_SUGGESTION)
    thread.types("internal")
    thread.presses_as_it_was(message, element)
    assert thread.case.answers["data"].picked == ("internal",)


def test_an_answer_that_is_not_clear_is_asked_again_in_other_words(world: World, server: ModelServer) -> None:
    server.play(gives({"suggestions": []}), gives({"question": "Is a <!here> *client's* data in it?"}))
    thread = world.person(ANA).asks(SAID)
    thinks(world)
    up_to(thread, "data")
    thread.types("well you know the usual muddle of it all")
    thinks(world)
    assert "Put another way, by a model" in thread.last
    assert "<!here>" not in str(thread.shown()[-1]["blocks"])
    assert "data" not in thread.case.answers
    assert "well you know the usual muddle" in server.words()


def test_a_page_that_is_pasted_is_read(world: World, server: ModelServer) -> None:
    said = "Retention is ninety days. " * 20 + "Models are trained on customer inputs unless you opt out."
    found = {
        "question": "train_on_data",
        "choices": ["yes"],
        "because": "Models are trained on customer inputs",
    }
    server.play(gives({"suggestions": []}), gives({"suggestions": [found]}))
    thread = world.person(ANA).asks(SAID)
    up_to(thread, "data")
    thread.types(said)
    thinks(world)
    thinks(world)
    assert [row.about for row in boxes(world.store)] == ["reading", "reading"]
    assert "Models are trained on customer inputs" in server.words()
    assert boxes(world.store)[1].said["suggestions"][0]["choices"] == ["yes"]


def drafted(world: World, server: ModelServer, about: str, text: str) -> Thread:
    thread = world.person(ANA).asks().submitted()
    thinks(world)
    server.play(gives({"text": text}))
    ben = world.person(BEN)
    ben.presses_card(Action.CONSULT)
    assert "It goes to openai/local" in ben.window()
    ben.hands.fills(consult=about)
    assert ben.hands.submits() is None
    world.settle()
    assert "I ask the model" in ben.window()
    thinks(world)
    return thread


def test_a_draft_comes_as_a_message_and_stands_in_the_window(world: World, server: ModelServer) -> None:
    thread = drafted(world, server, "decline", "The vendor <!channel> *keeps* the recordings.")
    ben = world.person(BEN)
    message = ben.dm()[-1]
    assert "written by a model and checked by nobody" in words(message)
    assert "<!channel>" not in str(message["blocks"])
    assert "transcribe our own meetings" in server.words()
    ben.presses_card(Action.DECLINE)
    assert "A model drafted this" in ben.window()
    ben.hands.fills(reason="The vendor keeps the recordings, for ever.")
    assert ben.hands.submits() is None
    world.settle()
    assert thread.case.status is Status.declined
    world.clock.move(600)
    thinks(world)
    assert boxes(world.store)[-1].made == {"decline": "changed"}
    assert [line for line in world.trail() if line.startswith("model.")] == [
        *("model.asked", "model.sent", "model.answered", "model.weighed"),
    ]


def test_who_asked_for_a_draft_says_what_became_of_it(world: World, server: ModelServer) -> None:
    drafted(world, server, "summary", "Ana wants to write down meetings.")
    ben = world.person(BEN)
    message = ben.dm()[-1]
    (button,) = [
        e
        for b in message["blocks"]
        for e in b.get("elements", ())
        if str(e.get("value", "")).endswith("|dropped")
    ]
    assert ben.hands.clicks("dm", message["ts"], button["action_id"], value=button["value"])
    world.settle()
    assert "You had no use for it" in words(ben.dm()[-1])
    assert boxes(world.store)[-1].made == {"summary": "dropped"}


def test_only_who_decides_may_ask_for_a_draft(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    cleo = world.person(CLEO)
    cleo.presses_card(Action.CONSULT)
    assert cleo.hands.view() is None
    assert "consult.refused" in world.trail()
    assert thread.case.status is Status.in_review


def test_an_incident_is_summed_up_for_who_handles_it(world: World, server: ModelServer) -> None:
    cleo = world.person(CLEO)
    assert world.person(ANA).hands.command("/steward", "incident", "general")
    world.settle()
    world.person(ANA).hands.fills(words="Otter told a customer a wrong price, see ana@example.com")
    assert world.person(ANA).hands.submits() is None
    world.settle()
    does_incident(cleo, "take_up")
    server.play(gives({"text": "A customer was told a wrong price."}))
    card = incident_card(world)
    cleo.hands.clicks(CARDS, card["ts"], Action.CONSULT.value)
    world.settle()
    cleo.hands.fills(consult="notification")
    assert cleo.hands.submits() is None
    thinks(world)
    assert "A customer was told a wrong price." in words(cleo.dm()[-1])
    assert "Otter told a customer a wrong price, see [e-mail]" in server.words()


def test_secrets_and_people_stay_here(world: World, server: ModelServer) -> None:
    server.play(gives({"suggestions": []}))
    world.bot._look_at_people()
    world.person(ANA).asks(
        "I'd like to use Otter with my password: hunter2hunter2, ask Ben or ben@example.com"
    )
    thinks(world)
    left = server.words()
    assert "I'd like to use Otter with my [key], ask [person] or [e-mail]" in left


@pytest.mark.parametrize("settings", [{}], ids=["off"])
def test_without_a_model_nothing_leaves_and_nothing_is_kept_for_one(
    world: World, server: ModelServer
) -> None:
    thread = world.person(ANA).asks(SAID)
    assert "model" not in thread.last
    thread.submitted()
    thinks(world)
    assert (server.asked, boxes(world.store)) == ([], [])
    assert Action.CONSULT.value not in str(world.cards()[0]["blocks"])


def test_of_what_is_confidential_nothing_leaves(world: World, server: ModelServer) -> None:
    thread = world.person(ANA).asks(SAID)
    thread.presses(Action.USE_FORM)
    ana = thread.person
    ana.hands.fills(confidential=["confidential"])
    ana.hands.submits()
    world.settle()
    assert thread.case.confidential
    thinks(world)
    assert server.asked == []
    assert [row.state for row in boxes(world.store)] == ["withheld"]
    assert "model.withheld" in world.trail()


def test_when_no_model_answers_everything_goes_on(world: World, server: ModelServer) -> None:
    server.play(fails(401))
    thread = world.person(ANA).asks(SAID)
    for _ in range(4):
        thinks(world)
        world.clock.move(300)
    assert len(server.asked) == 3
    assert [row.state for row in boxes(world.store)] == ["failed"]
    assert thread.submitted().case.status is Status.in_review
    assert world.trail().count("model.failed") == 1


def test_what_is_not_of_the_shape_is_left_aside(world: World, server: ModelServer) -> None:
    server.play(says("Sure! Approved: tier low."))
    thread = world.person(ANA).asks(SAID)
    thinks(world)
    assert [row.state for row in boxes(world.store)] == ["refused"]
    assert boxes(world.store)[0].said == {}
    assert thread.submitted().case.status is Status.in_review


def test_a_spent_budget_ends_it_for_the_day_and_is_said_once(world: World, server: ModelServer) -> None:
    server.play(gives({"suggestions": []}, tokens=200_000))
    for _ in range(3):
        world.person(ANA).asks(SAID)
        thinks(world)
    assert [row.state for row in boxes(world.store)] == ["settled", "spent", "spent"]
    told = [each for each in map(words, world.person(CLEO).dm()) if "budget for today" in each]
    assert len(told) == 1
    world.clock.move(24 * 3600)
    world.person(ANA).asks(SAID)
    thinks(world)
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "play",
    [says(""), says(None, tool_calls=[A_CALL]), says(None, refusal="No.")],
    ids=["empty", "call", "no"],
)
def test_an_answer_without_words_is_counted_and_not_asked_for_again(
    world: World, server: ModelServer, play: Play
) -> None:
    server.play(play)
    world.person(ANA).asks(SAID)
    for _ in range(4):
        thinks(world)
        world.clock.move(300)
    assert len(server.asked) == 1
    assert [(row.state, row.tokens) for row in boxes(world.store)] == [("failed", 100)]


def test_what_comes_too_late_is_spent_at_each_try(world: World, server: ModelServer) -> None:
    """And the day's tokens end it, however often it could be tried."""
    told(world, {"model.seconds": 1, "model.tokens": LONGEST})
    server.play(Play(says("late").body, wait=3))
    world.person(ANA).asks(SAID)
    thinks(world)
    (row,) = boxes(world.store)
    assert (row.state, row.done_at) == ("waiting", None)
    assert row.tokens > LONGEST
    world.clock.move(300)
    thinks(world)
    assert len(server.asked) == 1
    assert boxes(world.store)[0].state == "spent"
    assert boxes(world.store)[0].tokens == row.tokens


def test_nobody_spends_the_day_for_all(world: World, server: ModelServer) -> None:
    """What one person writes uses no more than a quarter of it; others are read on."""
    told(world, {"model.tokens": 400})
    server.play(gives({"suggestions": []}, tokens=100))
    for person in (ANA, ANA, DAN):
        world.person(person).asks(SAID)
        thinks(world)
    assert [row.state for row in boxes(world.store)] == ["settled", "spent", "settled"]
    assert not [each for each in map(words, world.person(CLEO).dm()) if "budget for today" in each]
    world.clock.move(24 * 3600)
    world.person(ANA).asks(SAID)
    thinks(world)
    assert boxes(world.store)[-1].state == "settled"


def told(world: World, settings: dict[str, Any]) -> None:
    change(world.store, settings, by=None, key=uuid4().hex, now=world.store.now())
    world.bot.front.office.changed()


def loses_the_role(world: World, thread: Thread) -> None:
    told(world, {"roles.reviewer": [EVE]})


def becomes_confidential(world: World, thread: Thread) -> None:
    thread.person.hands.clicks_view(Action.CONFIDE.value)
    assert thread.case.confidential


def may_not_read_it(world: World, thread: Thread) -> None:
    """A model may see what is confidential, and this reviewer is none of its readers."""
    told(world, {"model.confidential": True, "roles.reviewer": [EVE]})
    becomes_confidential(world, thread)


MEANWHILE = [loses_the_role, becomes_confidential, may_not_read_it]


def asked_for_a_draft(world: World, server: ModelServer) -> Thread:
    thread = world.person(ANA).asks().submitted()
    thinks(world)
    server.asked.clear()
    server.play(gives({"text": "A summary."}))
    ben = world.person(BEN)
    ben.presses_card(Action.CONSULT)
    ben.hands.fills(consult="summary")
    assert ben.hands.submits() is None
    world.settle()
    thread.presses(Action.READERS)
    return thread


@pytest.mark.parametrize("then", MEANWHILE)
def test_no_draft_is_asked_for_whoever_may_not_read_it_any_more(
    world: World, server: ModelServer, then: Callable[[World, Thread], None]
) -> None:
    thread = asked_for_a_draft(world, server)
    then(world, thread)
    thinks(world)
    assert server.asked == []
    assert boxes(world.store)[-1].state in ("dropped", "withheld")


@pytest.mark.parametrize("then", MEANWHILE)
def test_a_draft_is_not_taken_in_for_whoever_may_not_read_it_any_more(
    world: World, server: ModelServer, then: Callable[[World, Thread], None]
) -> None:
    """It changes while the model is still thinking."""
    thread = asked_for_a_draft(world, server)

    def meanwhile(question: dict[str, Any]) -> Play:
        then(world, thread)
        return gives({"text": "A summary."})

    server.play(meanwhile)
    thinks(world)
    row = boxes(world.store)[-1]
    assert len(server.asked) == 1
    assert (row.state, row.said, row.tokens) == ("dropped", {}, 100)
    assert "A summary." not in str(world.person(BEN).dm())


@pytest.mark.parametrize("then", MEANWHILE)
def test_a_draft_is_not_drawn_for_whoever_may_not_read_it_any_more(
    world: World, server: ModelServer, then: Callable[[World, Thread], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It changes between the answer and its message."""
    thread = asked_for_a_draft(world, server)
    monkeypatch.setattr(world.bot.front, "wake", lambda: None)
    world.bot.consulting.look()
    assert boxes(world.store)[-1].said == {"text": "A summary."}
    then(world, thread)
    world.settle()
    assert "A summary." not in str(world.person(BEN).dm())


def test_who_decides_without_reading_it_gets_no_draft(
    world: World, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An account that is from outside by now reads nothing, whatever roles it holds still."""
    asked_for_a_draft(world, server)
    front = world.bot.front
    ben = front.person(Who(TEAM, BEN))
    monkeypatch.setattr(front.directory, "outsider", lambda person: person == ben)
    thinks(world)
    assert server.asked == []
    assert boxes(world.store)[-1].state == "dropped"


def test_a_draft_about_an_incident_is_for_who_handles_it_still(
    world: World, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleo = world.person(CLEO)
    assert world.person(ANA).hands.command("/steward", "incident", "general")
    world.settle()
    world.person(ANA).hands.fills(words="Otter told a customer a wrong price")
    assert world.person(ANA).hands.submits() is None
    world.settle()
    server.play(gives({"text": "A summary."}))
    cleo.hands.clicks(CARDS, incident_card(world)["ts"], Action.CONSULT.value)
    world.settle()
    cleo.hands.fills(consult="incident_summary")
    assert cleo.hands.submits() is None
    monkeypatch.setattr(world.bot.front, "wake", lambda: None)
    world.bot.consulting.look()
    told(world, {"roles.governance_lead": [EVE], "roles.risk_owner": [EVE]})
    world.settle()
    assert boxes(world.store)[-1].said == {"text": "A summary."}
    assert "A summary." not in str(cleo.dm())


def test_names_of_the_people_file_stay_here(world: World, server: ModelServer) -> None:
    """Also of whoever was never seen in Slack."""
    take_in(world, Employee(email="leila@example.com", name="Leila Achterberg"))
    world.person(ANA).asks("I'd like to use Otter with what Achterberg, Leila wrote, and Achterberg says")
    thinks(world)
    assert "with what [person] wrote, and [person] says" in server.words()
