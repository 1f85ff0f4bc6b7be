"""Presses that are damaged or lead nowhere, and names that only look like somebody's."""

from __future__ import annotations

import pytest

from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press, Who
from bot.slack.pressed import pressed
from bot.slack.windows import WINDOWS
from tests.slack_world import ANA, BEN, DAN, EVE, TEAM, World

OPEN_TO_ALL = (
    *(Action.HOME_START, Action.HOME_ASK, Action.QUEUE, Action.QUEUE_FILTER, Action.PICK),
    *(Action.ASK_FOR_IT, Action.REPORT_INCIDENT, Action.CONCERN, Action.CONCERN_MINE),
    *(Action.TELL_USE, Action.USE_NONE, Action.TRAININGS),
)
"""These open a window for everybody, whatever they carry."""
BUTTONS = [a for a in Action if a not in OPEN_TO_ALL]


def press(front: Front, user: str, action: str, value: str, key: str) -> None:
    element = {"type": "button", "action_id": action, "value": value, "block_id": "b"}
    pressed(front, Press(Who(TEAM, user), action, element, key, "t", None, None, None, None))


@pytest.mark.parametrize("value", ["", "x", "a|b|c|d", "a|1|nosuch|z", "||||||"])
def test_a_damaged_press_is_a_refusal_and_never_a_fault(world: World, value: str) -> None:
    for action in BUTTONS:
        press(world.bot.front, ANA, action.value, value, f"{action.value}:{value}")


def test_a_draft_opens_no_deciding_window(world: World) -> None:
    case = world.person(ANA).asks().case
    before = len(world.server.calls)
    for action in WINDOWS:
        for user in (BEN, DAN, EVE):
            press(world.bot.front, user, action.value, f"{case.id}|0||", f"{action}{user}")
    world.settle()
    assert not [c for c in list(world.server.calls)[before:] if c["method"].startswith("views.open")]


def test_a_literal_mention_names_nobody(world: World) -> None:
    asked = world.person(ANA).asks()
    asked.fills()
    press(world.bot.front, ANA, "edit", f"{asked.case.id}|0|owner|", "edit-owner")
    world.settle()
    for literal in ("<@U0GHOST>", "<@nobody>"):
        asked.types(literal)
        assert asked.case.answers.get("owner") is None
    turn = asked.case.talk.current.turn if asked.case.talk and asked.case.talk.current else 0
    press(world.bot.front, ANA, "choose", f"{asked.case.id}|{turn}|owner|nobody", "forged")
    assert asked.case.answers.get("owner") is None
    asked.types("@Dan")
    assert asked.case.owner == world.bot.directory.person(Who(TEAM, DAN))
