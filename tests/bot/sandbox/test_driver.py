"""People who go by what stands on their screen, and a clock that jumps to what is due next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.driver import HORIZON, Person, settle
from bot.sandbox.errors import Impossible
from bot.sandbox.methods.chat import checked_content
from bot.sandbox.saying import say
from bot.sandbox.workspace import Workspace, WorkspaceServer

NOON = 1_800_000_000.0


class Patient:
    """An app that works at the moments it was given, a piece at a time."""

    def __init__(self, *moments: float) -> None:
        self.moments, self.worked = sorted(moments), list[float]()

    def is_busy(self, now: float) -> bool:
        return any(moment <= now for moment in self.moments)

    def next_due(self, now: float) -> float | None:
        return self.moments[0] if self.moments else None

    def wake(self) -> None:
        if self.moments:
            self.worked.append(self.moments.pop(0))


@pytest.fixture
def standing() -> Iterator[WorkspaceServer]:
    with WorkspaceServer(Workspace(clock=Clock(NOON))) as server:
        yield server


def test_time_jumps_from_one_due_moment_to_the_next(standing: WorkspaceServer) -> None:
    app = Patient(NOON, NOON + 1, NOON + 600)
    settle(standing, app)
    assert app.worked == [NOON, NOON + 1, NOON + 600]
    assert standing.workspace.clock.now() == NOON + 600


def test_what_lies_beyond_the_horizon_waits(standing: WorkspaceServer) -> None:
    app = Patient(NOON + HORIZON + 1)
    settle(standing, app)
    assert app.worked == []
    assert standing.workspace.clock.now() == NOON


def test_an_event_that_nobody_takes_does_not_hold_time_up(standing: WorkspaceServer) -> None:
    """No socket is open: the event waits for one, and nothing is in the app's hands."""
    somebody = next(iter(standing.workspace.people))
    Person(standing, somebody, lambda: settle(standing, Patient())).writes("Hello")
    assert standing.pending() == 1
    assert standing.at_work() == 0


BLOCKS: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Lunch?"}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "yes", "text": {"type": "plain_text", "text": "Yes"}},
            {
                "type": "static_select",
                "action_id": "when",
                "options": [
                    {"text": {"type": "plain_text", "text": name}, "value": name.lower()}
                    for name in ("Today", "Tomorrow")
                ],
            },
        ],
    },
]


def test_labels_are_all_that_a_person_goes_by(standing: WorkspaceServer) -> None:
    workspace = standing.workspace
    somebody = next(iter(workspace.people))
    with workspace.lock:
        place = workspace.place(somebody, "dm")
        say(
            workspace,
            workspace.bot.user_id,
            place,
            "Lunch?",
            blocks=checked_content("", BLOCKS),
            from_bot=True,
        )
    person = Person(standing, somebody, lambda: None)
    assert "Lunch?\nYes\nToday\nTomorrow" in person.reads()[-1]
    assert not person.clicks("Yes"), "no app is there to take it"
    with pytest.raises(Impossible, match="'No'"):
        person.clicks("No")
    with pytest.raises(Impossible, match="Never"):
        person.chooses("Never")
    with pytest.raises(Impossible, match="no window"):
        person.fills({"Reason": "x"})
