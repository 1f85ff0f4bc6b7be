"""Plays the example's past, so that the demo opens on a register with something in it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from bot.demo.player import Player, Stuck, Thread, elements
from bot.sandbox.server import WorkspaceServer
from bot.slack.fields import Field
from bot.slack.ids import Action

HERE = Path(__file__).parent
STORY = HERE / "story.yaml"
CARDS = "G0REVIEW"
WAIT = 20.0
STILL = 0.5
"""Seconds without a change after which a card is taken to stand as it is."""


def scenes() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    return told


def play(server: WorkspaceServer, told: Sequence[dict[str, Any]], progress: Callable[[str], None]) -> None:
    """One scene after the other; a scene that cannot be played stops the story with what was shown."""
    for number, scene in enumerate(told, 1):
        progress(f"{number} of {len(told)}: {scene['says']}")
        if "in" in scene:
            talk(server, scene)
            continue
        thread = Player(server, scene["who"]).asks(scene["says"])
        thread.presses(Action.START_BLANK, Action.START)
        thread.answers({question: str(answer) for question, answer in scene["answers"].items()})
        submit(server, thread, recorded=scene.get("recorded", False))
        if "approve" in scene:
            decide(server, scene)
        if "pattern" in scene:
            generalise(server, scene["pattern"])


def talk(server: WorkspaceServer, scene: dict[str, Any]) -> None:
    """Colleagues among themselves."""
    place = scene["in"]
    ts = server.person(scene["who"]).says(place, scene["says"])
    for name, users in scene.get("reactions", {}).items():
        for user in users:
            server.person(user).reacts(place, ts, name)
    for reply in scene.get("replies", ()):
        server.person(reply["who"]).says(place, reply["says"], thread_ts=ts)


def submit(server: WorkspaceServer, thread: Thread, *, recorded: bool = False) -> None:
    """`recorded`: by what two people approved beforehand."""
    cards = len(card_messages(server))
    if recorded:
        thread.takes_the_offer()
    else:
        thread.presses(Action.SUBMIT)
    server.wait_until(lambda: len(card_messages(server)) > cards, timeout=WAIT)


def card_messages(server: WorkspaceServer) -> list[dict[str, Any]]:
    seen = server.person("U0LEILA").sees(CARDS)
    return [m for m in seen if m.get("bot_id") and not m.get("thread_ts") and not m.get("ephemeral")]


def decide(server: WorkspaceServer, scene: dict[str, Any]) -> None:
    """The reviewer opens the newest card's window, writes a reason, and hands it in."""
    reviewer = server.person(scene["decided_by"])
    card = _stands_still(server)
    conditions = scene.get("conditions")
    action = Action.APPROVE_WITH_CONDITIONS if conditions else Action.APPROVE
    reviewer.clicks(CARDS, card["ts"], action.value)
    server.wait_until(lambda: reviewer.view(), timeout=WAIT)
    fields = {Field.REASON.value: scene["approve"]}
    if conditions:
        fields[Field.CONDITIONS.value] = "\n".join(conditions)
    reviewer.fills(**fields)
    if problems := reviewer.submits():
        raise Stuck(f"The decision was not taken: {problems}")


def generalise(server: WorkspaceServer, told: dict[str, str]) -> None:
    """One person makes a pattern of what was decided last, and a second confirms it."""
    first = server.person(told["by"])
    _press(server, told["by"], Action.PROPOSE_PATTERN, lambda: bool(first.view()))
    first.fills(**{Field.COVERS.value: told["covers"]})
    if problems := first.submits():
        raise Stuck(f"The pattern was not proposed: {problems}")
    _press(
        server, told["confirmed_by"], Action.CONFIRM_PATTERN, lambda: _offers(server, Action.WITHDRAW_PATTERN)
    )


def _press(server: WorkspaceServer, who: str, action: Action, done: Callable[[], bool]) -> None:
    """On the newest card, once it offers that and stands still: nobody in a hurry is told that it changed meanwhile."""
    server.wait_until(lambda: _offers(server, action), timeout=WAIT)
    for _ in range(5):
        server.person(who).clicks(CARDS, _stands_still(server)["ts"], action.value)
        with suppress(TimeoutError):
            server.wait_until(done, timeout=WAIT / 5)
            return
    raise Stuck(f"{action.value} on the card came to nothing")


def _stands_still(server: WorkspaceServer) -> dict[str, Any]:
    """The newest card, once nothing was drawn on it for a while."""
    seen, since = card_messages(server)[-1], time.monotonic()
    while time.monotonic() - since < STILL:
        time.sleep(STILL / 10)
        if (now := card_messages(server)[-1]) != seen:
            seen, since = now, time.monotonic()
    return seen


def _offers(server: WorkspaceServer, action: Action) -> bool:
    return any(element.get("action_id") == action.value for element in elements(card_messages(server)[-1]))
