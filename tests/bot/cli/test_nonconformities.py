"""`steward nonconformities`: what a look by rule puts forward, and how each stands."""

from __future__ import annotations

import json
from datetime import timedelta

from bot import arising
from bot.words import Words
from store.engine import Store
from tests.bot.cli import storied
from tests.bot.cli.conftest import Steward
from tests.builders import NOW, a_desk


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
