"""Who cannot be looked up does not keep the others from their names."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlmodel import select

from bot.slack.profiles import AT_ONCE, fill_in, note
from store.engine import Store
from store.leaving import LEFT
from store.people import find_person, person
from store.tables import DueRow
from tests.databases import Clock


class Slack(WebClient):
    """Knows nobody but Mira."""

    def __init__(self, error: str) -> None:
        super().__init__(token="xoxb-x")
        self._error = error

    def users_info(self, *, user: str, **_: Any) -> Any:
        if user == "U0MIRA":
            return {"user": {"id": user, "real_name": "Mira"}}
        raise SlackApiError("no", {"ok": False, "error": self._error})


def named(store: Store, user: str) -> str:
    with store.read() as session:
        row = find_person(session, team="T", slack_user=user)
        assert row is not None
        return row.name


def meet(store: Store, clock: Clock) -> None:
    with store.write() as session:
        for number in range(AT_ONCE):
            person(session, team="T", slack_user=f"U{number:03}", now=clock())
        person(session, team="T", slack_user="U0MIRA", now=clock())


def test_everybody_has_a_turn(store: Store, clock: Clock) -> None:
    meet(store, clock)
    slack = Slack("user_not_found")
    for _ in range(2):
        fill_in(store, slack)
    assert named(store, "U0MIRA") == "Mira"
    assert named(store, "U000") == "U000"


def test_a_fault_that_may_pass_names_nobody(store: Store, clock: Clock) -> None:
    meet(store, clock)
    fill_in(store, Slack("ratelimited"))
    assert named(store, "U000") == ""


@pytest.mark.parametrize("told", ["deleted", "is_restricted", "is_ultra_restricted", "is_bot", "is_stranger"])
def test_whoever_turns_out_to_be_no_colleague_left_behind_what_was_theirs(store: Store, told: str) -> None:
    note(store, "T", "U0MIRA", {"id": "U0MIRA", "real_name": "Mira"})
    note(store, "T", "U0MIRA", {"id": "U0MIRA", "real_name": "Mira", told: True})
    with store.read() as session:
        row = find_person(session, team="T", slack_user="U0MIRA")
        assert row is not None
        assert [(each.subject_id, each.kind) for each in session.exec(select(DueRow))] == [(row.id, LEFT)]
