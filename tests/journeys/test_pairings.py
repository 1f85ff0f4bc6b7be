"""Client data in a private account is said at the answer; one press changes it, or it is on the card of who decides."""

from __future__ import annotations

from bot.slack.ids import Action
from tests.slack_world import ANA, HARMLESS, World, words
from tests.slack_world.thread import Thread

PRIVATE = HARMLESS | {"data": "client_owned", "account": "personal_free"}
SAID = "Client data does not go into a private or free account"


def told(thread: Thread) -> bool:
    return SAID in words(thread.shown()[-1])


def asked(world: World) -> Thread:
    """Everything answered, the account last."""
    thread = world.person(ANA).asks()
    thread.chooses(Action.MORE, Action.START_BLANK.value)
    known = PRIVATE | {"data": "data a client gave us under contract"}
    while thread.question not in (None, "account"):
        question = thread.question or ""
        thread.types("none of all this" if thread.beside else known.get(question, "not sure"))
        assert not told(thread)
    assert thread.question == "account"
    return thread


def test_it_is_said_at_once_and_once_and_one_press_changes_the_answer(world: World) -> None:
    thread = asked(world)
    before = len(thread.shown())
    thread.types("3")
    assert thread.case.answers["account"].picked == ("personal_free",)
    assert told(thread)
    assert len(thread.shown()) <= before + 1, "no message of its own"
    assert world.trail().count("pairing.told") == 1
    thread.presses(Action.EDIT, having="|account|")
    assert thread.question == "account"
    thread.types("1")
    assert not told(thread)
    thread.answers(HARMLESS)
    assert not told(thread)
    thread.presses(Action.SUBMIT)
    assert SAID not in words(world.cards()[0])
    assert world.trail().count("pairing.told") == 1


def test_whoever_goes_on_is_heard_by_those_who_decide(world: World) -> None:
    thread = world.person(ANA).asks()
    assert thread.fills(PRIVATE) is None
    thread.answers(PRIVATE)
    assert told(thread), "before it is submitted"
    thread.presses(Action.SUBMIT)
    card = words(world.cards()[0])
    assert SAID in card
    assert "Whoever asked was told, and went on" in card
    assert thread.case.verdict is not None


def test_the_form_says_it_too(world: World) -> None:
    thread = world.person(ANA).asks()
    assert thread.fills(PRIVATE) is None
    thread.presses(Action.USE_FORM)
    view = thread.person.hands.view()
    assert view is not None
    assert SAID in str(view["blocks"])
    assert "account" in {block.get("block_id") for block in view["blocks"]}
