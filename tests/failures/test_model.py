"""A model that is slow, down, wrong or turned holds nothing up, and its words are words like any other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.config import Models
from bot.model import door
from bot.model.door import Said
from bot.slack.ids import Action
from intake.answers import answered
from store import consulted, consults
from store import suggested as lies_in
from store.engine import Store
from store.ledger import Ledger
from store.tables import ConsultRow, PersonRow, PlaceRow
from tests.builders import ANA, DM, NOW, a_desk, key
from tests.model_server import ModelServer, Play, a_model, gives, says
from tests.slack_world import ANA as ANNA
from tests.slack_world import BEN, World, words
from triage.consulting import Draft, Suggest, Suggestion
from triage.talking import Begin, Fill

SAID = "I'd like to use Otter.ai to tidy up sheets; the sheets belong to those who hired us"
READ = {
    "suggestions": [
        {"question": "data", "choices": ["client_owned"], "because": "belong to those who hired us"}
    ]
}


@pytest.fixture
def server() -> Iterator[ModelServer]:
    door._client()
    with a_model() as found:
        yield found


@pytest.fixture
def settings(server: ModelServer) -> dict[str, Any]:
    return {"model.use": [server.model], "model.seconds": 20}


def test_f08_ten_turns_that_wait_for_the_model_hold_up_no_press(world: World, server: ModelServer) -> None:
    """The press is acknowledged and answered while the model is still thinking."""
    threads = [world.person(ANNA).asks(SAID) for _ in range(10)]
    thinking, enough = threading.Event(), threading.Event()

    def slowly(question: dict[str, Any]) -> Play:
        thinking.set()
        enough.wait(15)
        return says("{}")

    server.play(slowly)
    worker = threading.Thread(target=world.bot.consulting.look, daemon=True)
    worker.start()
    assert thinking.wait(20)
    threads[0].presses(Action.START)
    assert threads[0].question is not None
    assert len(server.asked) == 1, "the first of them is still being thought about"
    enough.set()
    worker.join(60)


def test_f08_what_somebody_writes_waits_for_no_model(world: World, server: ModelServer) -> None:
    world.person(ANNA).asks(SAID).presses(Action.START)
    assert server.asked == []


@pytest.mark.parametrize(
    "answer", ["", "{", "Approved.", '{"suggestions": [{"tier": 1}]}', '{"do": "approve"}']
)
def test_f22_whatever_the_model_says_the_plain_questions_go_on(
    world: World, server: ModelServer, answer: str
) -> None:
    server.play(says(answer))
    thread = world.person(ANNA).asks(SAID)
    world.bot.consulting.look()
    assert len(server.asked) == 1
    assert thread.submitted().case.ref is not None


@pytest.fixture
def draft(store: Store) -> Store:
    with store.write() as session:
        session.add(PersonRow(id=ANA, team="T", slack_user="U1", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    begin = Begin(actor=ANA, key=key(), case="case-1", words=SAID, place=DM, root="1.1")
    Ledger(store).execute(begin, a_desk(consults=True, now=store.now()))
    return store


def suggested(store: Store, *said: Suggestion) -> tuple[Suggestion, ...]:
    row = consults.claim(store)
    assert row is not None
    with store.write() as session:
        consulted.take_in(session, row, Suggest(suggestions=said), SAID, {}, a_desk(now=store.now()))
        return lies_in.suggestions(session, "case-1")


def one(question: str, *choices: str, because: str = "tidy up sheets") -> Suggestion:
    return Suggestion(question=question, choices=choices, because=because)


def test_f22_a_suggestion_rests_on_words_that_were_said(draft: Store) -> None:
    fits = one("data", "client_owned", because="belong to those who hired us")
    assert suggested(draft, one("people", "customers", because="our customers"), fits) == (fits,)


def test_f22_a_choice_that_does_not_exist_is_none(draft: Store) -> None:
    assert suggested(draft, one("data", "harmless"), one("tier", "1"), one("owner", "P-ben")) == ()


def test_f22_what_words_do_not_say_is_never_taken_for_a_no(draft: Store) -> None:
    assert suggested(draft, one("red_flag", "none"), one("profiling", "no"), one("people", "only_team")) == ()


def test_f22_what_was_answered_meanwhile_is_not_suggested(draft: Store) -> None:
    with draft.read() as session:
        assert session.exec(select(ConsultRow)).one().state == "waiting"
    told = Fill(actor=ANA, key=key(), case="case-1", answers={"data": answered("internal")})
    Ledger(draft).execute(told, a_desk(now=draft.now()))
    assert suggested(draft, one("data", "client_owned", because="belong to those who hired us")) == ()


def test_f22_an_answer_of_another_kind_is_none(draft: Store) -> None:
    row = consults.claim(draft)
    assert row is not None
    with draft.write() as session:
        known: dict[str, Any] = {}
        became = consulted.take_in(session, row, Draft(text="Yes."), SAID, known, a_desk(now=draft.now()))
    assert became == "refused"


def test_f22_what_comes_so_late_that_another_asked_again_is_let_go(draft: Store) -> None:
    first = consults.claim(draft)
    assert first is not None
    with draft.write() as session:
        consults.alter(session, first, {"due_at": draft.now()})
    again = consults.claim(draft)
    assert again is not None
    with draft.write() as session:
        fits = Suggest(suggestions=(one("data", "client_owned", because="belong to those who hired us"),))
        late = consulted.take_in(session, first, fits, SAID, {"tokens": 70}, a_desk(now=draft.now()))
        assert late == "dropped"
        assert lies_in.suggestions(session, "case-1") == ()
        assert consults.tokens_since(session, draft.now() - timedelta(hours=1)) == 70
        consults.close(session, again, "done", draft.now(), tokens=30)
        assert consults.tokens_since(session, draft.now() - timedelta(hours=1)) == 100


def test_f22_what_is_tried_again_is_counted_before_it_ends(draft: Store) -> None:
    row = consults.claim(draft)
    assert row is not None
    with draft.write() as session:
        assert consults.again(session, row, draft.now(), 70)
        since = draft.now() - timedelta(hours=1)
        assert consults.tokens_since(session, since) == 70
        assert consults.tokens_since(session, since, person=ANA) == 70
        assert consults.tokens_since(session, since, person="P-other") == 0
        consults.alter(session, session.get_one(ConsultRow, row.id), {"due_at": draft.now()})
    row = consults.claim(draft)
    assert row is not None
    with draft.write() as session:
        consults.end(session, row, "failed", draft.now(), "Timeout", tokens=30)
        assert consults.tokens_since(session, since) == 100


def test_f22_what_nobody_finishes_is_not_tried_for_ever(draft: Store) -> None:
    """A worker that dies over it each time leaves it, after a few tries, as it would be without a model."""
    for _ in range(consults.TRIES):
        row = consults.claim(draft)
        assert row is not None
        with draft.write() as session:
            consults.alter(session, row, {"due_at": draft.now()})
    assert consults.claim(draft) is None
    with draft.read() as session:
        assert session.exec(select(ConsultRow)).one().state == "failed"


def test_f22_nothing_is_taken_without_a_press(world: World, server: ModelServer) -> None:
    """Neither by what is pressed at the beginning, nor by what is handed in."""
    server.play(gives(READ))
    thread = world.person(ANNA).asks(SAID)
    world.bot.consulting.look()
    world.settle()
    thread.presses(Action.START)
    thread.presses(Action.HAND_OVER)
    assert "data" not in thread.case.answers


def test_f22_what_is_confidential_stays(world: World, server: ModelServer) -> None:
    thread = world.person(ANNA).asks(SAID)
    thread.presses(Action.USE_FORM)
    thread.person.hands.fills(confidential=["confidential"])
    thread.person.hands.submits()
    world.settle()
    world.bot.consulting.look()
    assert server.asked == []


def test_f22_a_spent_budget_is_spent(world: World, server: ModelServer) -> None:
    server.play(gives({"suggestions": []}, tokens=200_000))
    for _ in range(2):
        world.person(ANNA).asks(SAID)
        world.bot.consulting.look()
    assert len(server.asked) == 1


def test_f34_what_a_model_says_is_words_like_any_other(world: World, server: ModelServer) -> None:
    hostile = "<!channel> <@U0DAN> <https://evil.example|bank> *bold* `x` \u202egnp\u2066 \x00 &lt;!here&gt;"
    world.person(ANNA).asks().submitted()
    server.play(gives({"text": hostile}))
    ben = world.person(BEN)
    ben.presses_card(Action.CONSULT)
    ben.hands.fills(consult="summary")
    ben.hands.submits()
    world.settle()
    for _ in range(2):
        world.bot.consulting.look()
        world.settle()
    message = ben.dm()[-1]
    assert "checked by nobody" in words(message)
    told = str((message["text"], message["blocks"]))
    assert not [each for each in ("<!", "<@U0DAN", "<http", "*bold*", "`", "\u202e", "\\x00") if each in told]


def test_f34_a_model_speaks_only_text(server: ModelServer) -> None:
    server.play(says('{"text": "a"}'))
    assert door.Door(Models(use=(server.model,)), {}).ask([{"role": "user", "content": "?"}]) == Said(
        '{"text": "a"}', "openai/local", 100
    )
