"""What a press on a model's words counts for, what whoever asked hears, and what the trail tells of all of it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from sqlmodel import select

from bot.cli.recalled import Past
from bot.cli.stating import Stating
from bot.slack import consulting
from bot.slack.ids import Action
from bot.slack.subjects import subject_of
from bot.words import Words
from store import audit, consults, recounted
from store.tables import ConsultRow
from tests.journeys.test_model import READ, SAID, boxes, client, drafted, server, thinks, up_to
from tests.model_server import ModelServer, fails, gives, says
from tests.slack_world import ANA, BEN, CLEO, World, words

__all__ = ["client", "server"]


@pytest.fixture
def settings(server: ModelServer) -> dict[str, Any]:
    return {"model.use": [server.model], "model.seconds": 170, "roles.governance_lead": [CLEO]}


def lines(world: World, what: str) -> list[Any]:
    with world.store.read() as session:
        return [line for line in audit.records(session) if line.what == what]


def test_a_press_counts_for_what_stood_there_and_for_nothing_read_later(
    world: World, server: ModelServer
) -> None:
    """Two messages were read, and the newer reading is another: it is shown before it can be confirmed."""
    server.play(gives(READ))
    thread = world.person(ANA).asks(SAID)
    thinks(world)
    up_to(thread, "data")
    old = thread.find(Action.USE_SUGGESTION)
    said = json.loads(json.dumps(READ).replace("client_owned", "personal"))
    with world.store.write() as session:
        (row,) = session.exec(select(ConsultRow))
        later = row.model_copy(update={"id": "later", "said": said, "asked_at": world.store.now()})
        session.add(ConsultRow(**later.model_dump()))
    world.clock.move(1)
    with world.store.write() as session:
        session.get_one(ConsultRow, "later").asked_at = world.store.now()
    assert thread.presses_as_it_was(*old)
    assert "data" not in thread.case.answers
    assert "has read something else since" in world.person(ANA).told()
    assert not lines(world, "use_suggestion.refused"), "a mishap is no attempt"
    message, button = thread.find(Action.USE_SUGGESTION)
    assert "Personal" in words(message)
    thread.presses_as_it_was(message, button)
    assert thread.case.answers["data"].picked == ("personal",)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (fails(401), "the model did not answer"),
        (says("Approved."), "not usable"),
        (gives({"text": "So."}, tokens=300_000), ""),
    ],
    ids=["failed", "refused", "answered"],
)
def test_who_asked_for_a_draft_is_not_left_in_silence(
    world: World, server: ModelServer, answer: Any, told: str
) -> None:
    world.person(ANA).asks().submitted()
    thinks(world)
    ben = world.person(BEN)
    server.play(answer)
    asks_for(world, "summary")
    before = len(ben.dm())
    for _ in range(4):
        thinks(world)
        world.clock.move(300)
    said = [words(each) for each in ben.dm()[before:]]
    assert len(said) == 1
    assert told in said[0]
    if told:
        assert "Go on without it" in said[0]
        return
    asks_for(world, "summary")
    thinks(world)
    assert "budget for today is spent" in words(ben.dm()[-1])


def asks_for(world: World, about: str) -> None:
    ben = world.person(BEN)
    ben.presses_card(Action.CONSULT)
    ben.hands.fills(consult=about)
    assert ben.hands.submits() is None
    world.settle()


def test_who_asked_hears_when_it_is_decided_or_closed_meanwhile(world: World, server: ModelServer) -> None:
    thread = world.person(ANA).asks().submitted()
    thinks(world)
    asks_for(world, "summary")
    thread.presses(Action.WITHDRAW)
    thinks(world)
    assert "things have moved on since you asked" in words(world.person(BEN).dm()[-1])
    assert server.asked == []


def test_nothing_leaves_without_a_line_before(world: World, server: ModelServer) -> None:
    """Also of a reading, of which nothing came: the line stands when the model is asked."""
    told: list[int] = []

    def seen(question: dict[str, Any]) -> Any:
        told.append(len(lines(world, "model.sent")))
        return gives({"suggestions": []})

    server.play(seen)
    world.person(ANA).asks(SAID)
    thinks(world)
    assert told == [1]
    (line,) = lines(world, "model.sent")
    left = json.dumps(server.asked[0]["messages"], sort_keys=True, separators=(",", ":"))
    assert line.detail["words"] == sha256(left.encode()).hexdigest()
    assert line.detail["models"] == ["openai/local"]
    assert line.detail["prompt"].startswith("reading 1 ")
    assert line.detail["consult"] == boxes(world.store)[0].id


def test_what_came_when_nobody_waited_any_more_leaves_a_line(world: World, server: ModelServer) -> None:
    thread = world.person(ANA).asks(SAID)

    def late(question: dict[str, Any]) -> Any:
        thread.submitted()
        return gives(READ)

    server.play(late)
    thinks(world)
    assert [line.detail["prompt"].split()[0] for line in lines(world, "model.dropped")] == ["reading"]


def test_a_confirmed_suggestion_names_what_the_model_was_asked(world: World, server: ModelServer) -> None:
    server.play(gives(READ))
    thread = world.person(ANA).asks(SAID)
    thinks(world)
    up_to(thread, "data")
    thread.presses(Action.USE_SUGGESTION)
    (line,) = lines(world, "suggestion.confirmed")
    assert (
        line.detail["consult"]
        == boxes(world.store)[0].id
        == lines(world, "model.answered")[0].detail["consult"]
    )


def test_what_people_made_of_it_is_weighed_by_what_was_sealed(world: World, server: ModelServer) -> None:
    """Whoever changes the box changes nothing of what the trail tells of it."""
    server.play(gives(READ))
    thread = world.person(ANA).asks(SAID)
    thinks(world)
    up_to(thread, "data")
    thread.types("internal")
    with world.store.write() as session:
        (row,) = session.exec(select(ConsultRow))
        row.said = json.loads(json.dumps(READ).replace("client_owned", "internal"))
    world.clock.move(600)
    thinks(world)
    (line,) = lines(world, "model.weighed")
    assert line.detail["changed"] == ["data"]


def test_the_story_tells_what_a_model_was_asked_and_what_became_of_it(
    world: World, server: ModelServer
) -> None:
    thread = drafted(world, server, "decline", "The vendor keeps the recordings.")
    ben = world.person(BEN)
    ben.presses_card(Action.DECLINE)
    ben.hands.fills(reason="The vendor keeps the recordings, for ever.")
    assert ben.hands.submits() is None
    world.settle()
    world.clock.move(600)
    thinks(world)
    says = Stating(Words(), {}, Past())
    with world.store.read() as session:
        told = [line for line in recounted.lines(session, thread.case.id) if line.what.startswith("model.")]
    story = {line.what: f"{says.phrase(line)}{says.more(line)}" for line in told}
    assert "about decline" in story["model.asked"]
    assert "prompt decline 1 " in story["model.sent"]
    assert "models openai/local" in story["model.sent"]
    assert "model openai/local" in story["model.answered"]
    assert "tokens 100" in story["model.answered"]
    assert "changed decline" in story["model.weighed"]


def test_the_lease_is_that_of_the_settings(world: World, server: ModelServer) -> None:
    held: list[Any] = []

    def slow(question: dict[str, Any]) -> Any:
        held.append(boxes(world.store)[0].due_at - world.store.now())
        return gives(READ)

    server.play(slow)
    world.person(ANA).asks(SAID)
    thinks(world)
    assert held == [consults.lease(170, 1)]
    assert held[0] > consults.LEASE


def test_a_damaged_use_is_not_asked_about_and_holds_up_no_other(
    world: World, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.play(gives(READ))
    damaged, other = world.person(ANA).asks(SAID), world.person(ANA).asks(SAID)

    def subject(front: Any, session: Any, row: ConsultRow, desk: Any) -> Any:
        if row.subject_id == damaged.case.id:
            raise ValueError("damaged")
        return subject_of(front, session, row, desk)

    monkeypatch.setattr(consulting, "subject_of", subject)
    thinks(world)
    states = {row.subject_id: row.state for row in boxes(world.store)}
    assert states == {damaged.case.id: "failed", other.case.id: "done"}
    assert [line.detail["because"] for line in lines(world, "model.failed")] == ["ValueError"]
