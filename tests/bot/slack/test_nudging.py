"""The one message of a day about deadlines, however many there are."""

from __future__ import annotations

from typing import Any

from bot.slack.elements import read_press
from bot.slack.ids import Action
from bot.slack.screens.nudging import SHOWN, Due, nudge
from tests.bot.slack import scenery as s
from tests.bot.slack.reviews import reviewed
from triage.deadlines import Nudge

BLOCKS, TEXT = 50, 3000
"""What Slack takes in one message, and in one section."""


def test_a_thousand_due_fit_one_message_that_says_where_all_of_them_are() -> None:
    case, wish = s.submitted(), Nudge("reminder", (s.CLEO,), "holder", s.BEN)
    cases = [case.model_copy(update={"ref": f"AIU-2026-{n:04}", "title": "x" * 80}) for n in range(1000)]
    drawn = nudge(s.voice(), [Due(each, wish, True) for each in cases])
    assert len(drawn.blocks) <= BLOCKS
    assert all(len(block["text"]["text"]) <= TEXT for block in drawn.blocks if block["type"] == "section")
    shown = "".join(block["text"]["text"] for block in drawn.blocks if block["type"] == "section")
    assert f"and {1000 - SHOWN} more: `/steward queue`" in shown
    assert f"AIU-2026-{SHOWN - 1:04}" in shown
    assert f"AIU-2026-{SHOWN:04}" not in shown


def test_that_a_use_is_somebody_elses_is_said_once_of_it() -> None:
    shown: Any = reviewed(str)["nudge_day"]
    rows = [block["elements"] for block in shown.blocks if block["type"] == "actions"]
    uses = [
        read_press(each).case for row in rows for each in row if each["action_id"] == Action.NOT_MINE.value
    ]
    assert len(rows) == 4
    assert len(uses) == len(set(uses)) == 2
