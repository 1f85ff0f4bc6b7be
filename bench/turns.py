"""From the press of a button until the next question stands in the thread: everything, the local workspace included."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench.clicks import NO_OP, STORED, socket_clicks
from bench.rounds import heading, measured, row
from bot.demo.player import Player, Thread, elements
from bot.demo.stage import Stage
from bot.slack.ids import Action

PEOPLE = ("U0MIRA", "U0JONAS", "U0PRIYA")
WORDS = "We want to screen CVs of applicants with HireVue"
PURPOSE = "Rank incoming applications so that recruiters read the best matches first"
UNHURRIED = 0.002
"""Seconds between two looks: the workspace's own waiting looks every ten milliseconds."""


def run(rounds: int) -> None:
    heading("From a press to the next question (Socket Mode, sender, local workspace and all)")
    taken: list[list[float]] = []
    acknowledged: list[list[float]] = []
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder:
        stage = Stage(f"sqlite:///{Path(folder) / 'bench.db'}")
        stage.open()
        try:
            for number in range(rounds + 1):
                found = _interview(stage, PEOPLE[number % len(PEOPLE)])
                if number > 0:
                    acknowledged.append([ack for ack, _ in found])
                    taken.append([shown for _, shown in found])
        finally:
            stage.server.wait_until(lambda: not stage.server.pending())
            stage.close()
    bases = socket_clicks((NO_OP, STORED), max(1, rounds // 2))
    shown = measured(taken)
    for name, times in {
        "acknowledged": measured(acknowledged),
        "next question shown": shown,
        **bases,
    }.items():
        row(name, times)
    for name, base in bases.items():
        print(f"next question shown / {name}: {shown.typical / base.typical:.2f}")


def _interview(stage: Stage, person: str) -> list[tuple[float, float]]:
    """One interview, every question answered with "Not sure" by its button; typed answers do not count."""
    thread = Player(stage.server, person).asks(WORDS)
    thread.presses(Action.START_BLANK, Action.START)
    found: list[tuple[float, float]] = []
    turn = 0
    while (open_question := thread.question(after=turn)) is not None:
        turn, question = open_question
        if question == "purpose":
            thread.types(PURPOSE)
        else:
            found.append(_press(thread, turn))
    return found


def _press(thread: Thread, turn: int) -> tuple[float, float]:
    message = next(m for m in reversed(thread.shown()) if thread.buttons(m, Action.NOT_SURE))
    action, value = thread.buttons(message, Action.NOT_SURE)[0]
    before = {m["ts"] for m in thread.shown()}
    begun = time.perf_counter()
    thread.player.person.clicks("dm", message["ts"], action, value=value)
    acknowledged = time.perf_counter() - begun
    while not any(m["ts"] not in before and list(elements(m)) for m in thread.shown()):
        if time.perf_counter() - begun > 20:
            raise TimeoutError(f"nothing followed turn {turn}")
        time.sleep(UNHURRIED)
    return acknowledged, time.perf_counter() - begun
