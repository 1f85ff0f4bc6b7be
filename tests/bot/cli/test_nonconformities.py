"""`steward nonconformities`: what a look by rule puts forward, and how each stands."""

from __future__ import annotations

import json
from datetime import date, timedelta

from sqlmodel import select

from bot import arising
from bot.config import change
from bot.words import Words
from store.aims_owed import WAITS
from store.engine import Store
from store.tables import ConditionRow, OutboxRow, PersonRow, UseRow
from tests.bot.cli import storied
from tests.bot.cli.conftest import Steward
from tests.builders import BEN, CLEO, NOW, a_desk


def test_what_was_put_forward_is_listed_with_how_it_stands(steward: Steward, store: Store) -> None:
    storied.tell(store)
    arising.look(store, Words(), a_desk(now=NOW + timedelta(days=400)))
    code, said, errors = steward("nonconformities", "--open")
    assert code == 0
    lines = said.splitlines()
    assert f"{len(lines)} nonconformit" in errors
    assert all("waits for somebody to confirm it" in line for line in lines)
    told = [json.loads(line) for line in steward("nonconformities", "--json")[1].splitlines()]
    assert {each["state"] for each in told} == {"proposed"}


def test_a_look_on_the_command_line_puts_nothing_forward_twice(steward: Steward, store: Store) -> None:
    storied.tell(store)
    steward("nonconformities", "--look")
    assert steward("nonconformities", "--look")[1].strip() == "Nothing new."


def test_a_look_on_the_command_line_tells_those_who_lead(steward: Steward, store: Store) -> None:
    storied.tell(store)
    with store.write() as session:
        for row, user in ((session.get(PersonRow, BEN), "U0BEN"), (session.get(PersonRow, CLEO), "U0CLEO")):
            assert row is not None
            row.slack_user = user
    named = {"roles.governance_lead": ["U0BEN", "S0GROUP", "U0NOBODY"], "roles.executive": ["U0CLEO"]}
    change(store, named, by=None, key="roles", now=NOW)
    with store.write() as session:
        for each in session.exec(select(ConditionRow)):
            each.due_on = date(2020, 1, 1)
        for use in session.exec(select(UseRow).where(UseRow.ref != "")):
            use.due_at = NOW - timedelta(days=90)
            use.state, use.confidential = "in_review", False
    told = waits(store)
    assert "put forward" in steward("nonconformities", "--look")[1]
    assert waits(store) == [*told, BEN]


def waits(store: Store) -> list[str | None]:
    with store.read() as session:
        query = select(OutboxRow.person_id).where(OutboxRow.purpose == WAITS, OutboxRow.kind == "post")
        return sorted(session.exec(query).all(), key=str)
