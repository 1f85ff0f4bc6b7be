"""What somebody is not sure of goes to whoever can settle it, and the answer comes back with their name."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bot.cli import export, replay, verify
from bot.config import change
from bot.keeping import keep
from bot.sandbox.people import Group
from bot.sandbox.reading import words
from bot.settings import Settings
from bot.slack.ids import Action
from bot.slack.payloads import Who
from tests.databases import Databases
from tests.failures.acts import asking, at_once, buttons, moves_cards, press_drawn
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, HARMLESS, TEAM, Shown, Somebody, Thread, World
from triage.case import Case, Status

UNSURE = HARMLESS | {"data": "unsure"}
WORST = {"worst": "negligible", "reverse": "at_once", "scale": "lt100", "check": "every_output"}
"""What is asked besides, as long as the data is not known."""

SEVERAL = HARMLESS | {
    "people": "customers",
    "data": "personal",
    "profiling": "unsure",
    "monitoring": "unsure",
}
GROUP = "S0PRIVACY"
OPEN, SAYS, UNSURE_TOO, WHY = (
    action.value for action in (Action.REPLY_WINDOW, Action.REPLY, Action.REPLY_UNSURE, Action.REPLY_WHY)
)


@pytest.fixture
def world(databases: Databases) -> Iterator[World]:
    world = World(databases.copy(), settings={"roles.privacy": [DAN, EVE], "roles.governance_lead": [CLEO]})
    try:
        yield world.open()
        assert world.is_untouched()
        assert world.refused() == []
    finally:
        world.close()


def steward(command: ModuleType, settings: Settings, *typed: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return int(command.run(parser.parse_args(typed), settings))


def asks(world: World, known: dict[str, str]) -> Thread:
    return world.person(ANA).asks().submitted(known)


def letters(world: World) -> list[Shown]:
    """What went to those who can settle something, below the newest card."""
    card = world.cards()[-1]
    seen = world.server.person(BEN).sees(CARDS, thread_ts=card["ts"])
    return [m for m in seen if m["ts"] != card["ts"] and "answer" in words(m)]


def presses(person: Somebody, message: Shown, action: str) -> None:
    assert person.hands.clicks(CARDS, message["ts"], action)
    person.world.settle()


def answers(person: Somebody, message: Shown, **fields: list[str] | str) -> dict[str, str] | None:
    presses(person, message, OPEN)
    assert person.hands.view() is not None, person.told()
    person.hands.fills(**fields)
    problems = person.hands.submits()
    person.world.settle()
    return problems


def people(world: World, case: Case) -> dict[str, str]:
    """Slack's id of whoever gave each answer."""
    return {q: world.bot.directory.user(f.by) or "" for q, f in case.facts.items() if f.by}


def test_the_requester_goes_on_at_once_and_hears_who_answered(world: World) -> None:
    thread = asking(world)
    thread.answers(UNSURE | WORST | {"data": "not sure"})
    assert any("if it still matters, I ask Privacy once you submit" in text for text in thread.texts())
    assert letters_anywhere(world) == []
    thread.presses(Action.SUBMIT)
    assert "I have asked Privacy" in thread.last
    letter = letters(world)[0]
    summoned, _, said = words(letter).partition(", ")
    assert set(summoned.split()) == {f"<@{DAN}>", f"<@{EVE}>"}
    assert said.startswith(f"<@{ANA}> was not sure")
    assert "What data goes into it?" in words(letter)
    assert "Privacy was asked" in words(world.cards()[0])
    dan = world.person(DAN)
    assert answers(dan, letter, data=["internal"]) is None
    assert "So it is now at least low risk" in thread.last
    assert f"Privacy (<@{DAN}>) answered in AIU-2026-0001: Data: *Internal, but about no one*" in thread.last
    assert people(world, thread.case)["data"] == DAN
    assert buttons(letters(world)[0]) == []
    assert f"says <@{DAN}> (Privacy)" in words(letters(world)[0])
    assert "There is one question for you now." in thread.last
    thread.presses(Action.SETTLE)
    world.person(ANA).hands.fills(account="enterprise")
    assert world.person(ANA).hands.submits() is None
    world.settle()
    assert "approve" in buttons(world.cards()[0])
    assert "Internal, but about no one" in next(t for t in thread.texts() if "being decided" in t)
    world.person(BEN).decides(Action.APPROVE)
    assert thread.case.status is Status.approved


def letters_anywhere(world: World) -> list[Shown]:
    return [m for m in world.server.person(BEN).sees(CARDS) if "was not sure" in words(m)]


def test_a_short_question_is_one_press(world: World) -> None:
    thread = asks(world, SEVERAL | {"monitoring": "none"})
    letter = letters(world)[0]
    assert buttons(letter) == ["reply.1", "reply.2", "reply_unsure", "reply_why"]
    presses(world.person(DAN), letter, f"{SAYS}.2")
    assert thread.case.answers["profiling"].picked == ("no",)
    assert world.trail()[-1] == "referral.answered"


def test_several_questions_are_one_message_with_one_window(world: World) -> None:
    thread = asks(world, SEVERAL)
    assert len(letters(world)) == 1
    assert answers(world.person(DAN), letters(world)[0], profiling="no") is None
    assert people(world, thread.case)["profiling"] == DAN
    assert "Does it watch people" in words(letters(world)[0])
    assert answers(world.person(EVE), letters(world)[0], monitoring=["none"]) is None
    assert (people(world, thread.case)["profiling"], people(world, thread.case)["monitoring"]) == (DAN, EVE)
    assert thread.case.verdict is not None
    assert thread.case.verdict.settled


def test_home_shows_what_waits_for_an_answer_and_only_to_whoever_may_give_it(world: World) -> None:
    thread = asks(world, SEVERAL | {"monitoring": "none"})
    dan, ben = world.person(DAN), world.person(BEN)
    assert "Waiting for your answer" in dan.home()
    assert "you are asked as Privacy" in dan.home()
    assert "Waiting for your answer" not in ben.home()
    dan.home()
    assert dan.hands.clicks_home(OPEN)
    world.settle()
    dan.hands.fills(profiling="no")
    assert dan.hands.submits() is None
    world.settle()
    assert people(world, thread.case)["profiling"] == DAN
    assert "Waiting for your answer" not in dan.home()


def test_a_group_is_called_as_a_group(world: World) -> None:
    world.workspace.groups[GROUP] = Group(GROUP, "privacy", users=[DAN])
    lead = world.bot.directory.person(Who(TEAM, CLEO))
    change(world.store, {"roles.privacy": [GROUP, EVE]}, by=lead, key="group", now=world.clock.moment())
    world.bot.office.changed()
    thread = asks(world, SEVERAL | {"monitoring": "none"})
    assert words(letters(world)[0]).startswith(f"<!subteam^{GROUP}> <@{EVE}>, <@{ANA}> was not sure")
    presses(world.person(DAN), letters(world)[0], f"{SAYS}.2")
    assert people(world, thread.case)["profiling"] == DAN


def test_why_it_is_asked_is_said_to_whoever_wants_to_know(world: World) -> None:
    asks(world, UNSURE)
    ben = world.person(BEN)
    presses(ben, letters(world)[0], WHY)
    assert "What data goes into it?" in ben.window()


def test_not_sure_either_goes_on_to_whoever_leads_and_then_to_nobody(world: World) -> None:
    thread = asks(world, UNSURE)
    presses(world.person(DAN), letters(world)[0], UNSURE_TOO)
    assert people(world, thread.case)["data"] == ANA
    assert "is not sure either, so the governance lead was asked" in words(world.cards()[0])
    lead = letters(world)[-1]
    assert words(lead).startswith(f"<@{CLEO}>, <@{DAN}> (Privacy) is not sure either")
    presses(world.person(CLEO), lead, UNSURE_TOO)
    presses(world.person(BEN), letters(world)[-1], UNSURE_TOO)
    assert "nobody else is left to ask" in words(world.cards()[0])
    assert "nobody else is left to ask" in world.below(world.cards()[0])[-1]
    assert "approve" not in buttons(world.cards()[0])
    world.person(BEN).presses_card(Action.DECLINE)


def test_who_may_not_answer_is_told_and_it_stands_in_the_trail(world: World) -> None:
    thread = asks(world, SEVERAL | {"monitoring": "none"})
    letter, ben = letters(world)[0], world.person(BEN)
    presses(ben, letter, f"{SAYS}.1")
    assert "This question went to Privacy" in ben.told()
    assert world.trail()[-1] == "reply.refused"
    presses(ben, letter, UNSURE_TOO)
    assert world.trail().count("reply.refused") == 2
    assert thread.case.answers["profiling"].picked == ()
    assert thread.case.referrals[0].open


def test_nobody_answers_in_a_role_for_their_own_use(world: World) -> None:
    thread = world.person(DAN).asks().submitted(SEVERAL)
    letter, dan = letters(world)[0], world.person(DAN)
    assert words(letter).startswith(f"<@{EVE}>, <@{DAN}> was not sure")
    presses(dan, letter, OPEN)
    assert dan.hands.view() is None
    assert "This is your own use" in dan.told()
    assert world.trail()[-1] == "reply_window.refused"
    presses(dan, letter, UNSURE_TOO)
    assert world.trail()[-1] == "reply.refused"
    assert all(referral.open for referral in thread.case.referrals)


def test_pressed_twice_or_by_two_at_once_it_counts_once(world: World) -> None:
    thread = asks(world, SEVERAL | {"monitoring": "none"})
    letter, dan, eve = letters(world)[0], world.person(DAN), world.person(EVE)

    def press(who: Somebody, n: int) -> Callable[[], object]:
        return lambda: who.hands.clicks(CARDS, letter["ts"], f"{SAYS}.{n}")

    at_once(press(dan, 2), press(dan, 2), press(eve, 1))
    world.settle()
    world.settle()
    assert world.trail().count("referral.answered") == 1
    first = people(world, thread.case)["profiling"]
    assert first in (DAN, EVE)
    late = eve if first == DAN else dan
    assert f"<@{first}> was faster" in late.told()
    assert sum("answered in AIU" in text for text in thread.texts()) == 1
    elements = [e for b in letter["blocks"] if b["type"] == "actions" for e in b["elements"]]
    again = next(e for e in elements if e["action_id"] == f"{SAYS}.1")
    assert press_drawn(late, letter, again)
    assert world.trail().count("referral.answered") == 1


def test_what_the_requester_says_after_all_takes_the_buttons_away(world: World) -> None:
    thread = asks(world, UNSURE)
    old = letters(world)[0]
    thread.presses(Action.SETTLE)
    world.person(ANA).hands.fills(data=["internal"])
    assert world.person(ANA).hands.submits() is None
    world.settle()
    assert buttons(letters(world)[0]) == []
    assert f"says <@{ANA}>" in words(letters(world)[0])
    dan = world.person(DAN)
    element = next(e for b in old["blocks"] if b["type"] == "actions" for e in b["elements"])
    assert press_drawn(dan, old, element)
    assert dan.hands.view() is None
    assert f"<@{ANA}> was faster" in dan.told()
    assert people(world, thread.case)["data"] == ANA


def test_after_a_decision_nothing_can_be_answered_any_more(world: World) -> None:
    asks(world, UNSURE)
    dan = world.person(DAN)
    presses(dan, letters(world)[0], OPEN)
    world.person(BEN).decides(Action.DECLINE, reason="We do not want this")
    assert buttons(letters(world)[0]) == []
    assert "needs no answer any more" in words(letters(world)[0])
    dan.hands.fills(data=["internal"])
    dan.hands.submits()
    world.settle()
    assert "needs no answer any more" in dan.window()
    assert "referral.answered" not in world.trail()


def test_it_goes_along_where_cards_go_now(world: World) -> None:
    asks(world, UNSURE)
    first = letters(world)[0]
    moves_cards(world, "C0ALL")
    seen = world.server.person(DAN).sees("C0ALL")
    card = next(m for m in seen if "cannot be approved yet" in words(m))
    (letter,) = (
        m for m in world.server.person(DAN).sees("C0ALL", thread_ts=card["ts"]) if "was not sure" in words(m)
    )
    dan = world.person(DAN)
    assert dan.hands.clicks("C0ALL", letter["ts"], OPEN)
    world.settle()
    dan.hands.fills(data=["internal"])
    assert dan.hands.submits() is None
    world.settle()
    old = next(
        m
        for m in world.server.person(BEN).sees(CARDS, thread_ts=first["thread_ts"])
        if m["ts"] == first["ts"]
    )
    assert buttons(old) == []


def test_the_first_press_after_a_restart_counts(world: World) -> None:
    thread = asks(world, SEVERAL | {"monitoring": "none"})
    world.restart()
    presses(world.person(DAN), letters(world)[0], f"{SAYS}.2")
    assert people(world, thread.case)["profiling"] == DAN


def test_the_trail_proves_it_and_files_say_who_gave_it(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(world.store, world.bot.office.library)
    thread = asks(world, UNSURE)
    answers(world.person(DAN), letters(world)[0], data=["internal"])
    dan = thread.case.facts["data"].by
    settings = world.settings()
    assert steward(verify, settings) == 0
    assert steward(replay, settings) == 0
    assert steward(export, settings, "--format", "json", "--out", str(tmp_path / "out")) == 0
    capsys.readouterr()
    use = json.loads((tmp_path / "out" / "uses.json").read_text())[0]
    assert (use["facts"]["data"]["by"], use["facts"]["data"]["value"]) == (dan, ["internal"])
    (asked,) = json.loads((tmp_path / "out" / "referrals.json").read_text())
    assert (asked["question"], asked["role"], asked["state"], asked["by"]) == (
        "data",
        "privacy",
        "answered",
        dan,
    )
    history = [
        h for h in json.loads((tmp_path / "out" / "history.json").read_text()) if h["question"] == "data"
    ]
    assert [(h["state"], h["by"] == dan) for h in history] == [("unsure", False), ("answered", True)]
    with world.store.write() as session:
        session.connection().exec_driver_sql("UPDATE referral SET state = 'unsure'")
    assert steward(verify, settings) == 1


def test_whoever_answers_what_is_open_hears_that_nothing_is_and_finds_nothing_more_to_press(
    world: World,
) -> None:
    thread = asks(world, {q: a for q, a in (UNSURE | WORST).items() if q != "account"})
    dan = world.person(DAN)
    assert answers(dan, letters(world)[0], data=["internal"]) is None
    told = thread.last
    assert "There is one question for you now." in told
    thread.presses(Action.SETTLE)
    world.person(ANA).hands.fills(account="enterprise")
    assert world.person(ANA).hands.submits() is None
    world.settle()
    assert "Thank you, noted: Access: *Company contract*" in thread.last
    assert "nothing is open any more" in thread.last
    assert "decides by" in thread.last
    assert not thread.offers(Action.SETTLE)
    assert any(f"Privacy (<@{DAN}>) answered" in text for text in thread.texts()), (
        "it still says what came in"
    )
    assert told not in thread.texts()
