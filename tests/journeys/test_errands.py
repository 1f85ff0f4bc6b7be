"""What people write who only want a page of their own: they get it, and nothing is begun by it."""

from __future__ import annotations

from sqlmodel import func, select

from bot.slack.ids import Action
from store.tables import UseRow
from tests.slack_world import ANA, World


def uses(world: World) -> int:
    with world.store.read() as session:
        return session.exec(select(func.count()).select_from(UseRow)).one()


def test_where_my_request_stands(world: World) -> None:
    ana = world.person(ANA)
    assert "You have asked for nothing yet" in ana.asks("where does my request stand?").last
    thread = ana.asks("I'd like to use Otter to write down our own meetings")
    assert "not sent yet" in ana.asks("where is my request?").last
    thread.presses(Action.START)
    thread.submitted()
    before = uses(world)
    told = ana.asks("where does my CV request stand?").last
    assert str(thread.case.ref) in told
    assert "decides by" in told
    assert uses(world) == before
    assert str(thread.case.ref) in ana.steward("what is the status of my request?")


def test_which_trainings_i_have_to_do(world: World) -> None:
    told = world.person(ANA).asks("which trainings do I have to do?").last
    assert "training" in told.lower()
    assert uses(world) == 0


def test_a_request_stays_one(world: World) -> None:
    world.person(ANA).asks("I have read the AI policy and want to use ChatGPT for emails")
    assert uses(world) == 1
