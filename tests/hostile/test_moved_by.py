"""The picture in the README is the table of states and the table of permissions, and what it says happens."""

from __future__ import annotations

from typing import Any

import pytest

from store.engine import Store
from tests.builders import NOW, key
from tests.databases import Databases
from tests.hostile.moved_by import LEADS, PAGE, Leads, drawn_into, people
from tests.hostile.test_table import BY_STATE, stage
from triage.case import Status
from triage.decide import decide
from triage.lifecycle import MOVES


def test_the_picture_of_the_readme_is_drawn_from_the_tables() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert drawn_into(page) == page, "draw it anew: python -m tests.hostile.moved_by"


@pytest.mark.parametrize("leads", LEADS, ids=lambda leads: leads.wish)
def test_whoever_is_named_moves_it_as_it_is_drawn(leads: Leads, sqlite_databases: Databases) -> None:
    for state in leads.states:
        assert {Status(to) for to in leads.to} <= MOVES[Status(state)]
        assert people(leads.wish, state), "somebody may"
        for who in people(leads.wish, state):
            store = Store(sqlite_databases.copy(), now=lambda: NOW)
            try:
                assert became(who, store, leads.wish, state) in leads.to
            finally:
                store.close()


def became(who: str, store: Store, wish: str, state: str) -> str:
    moment = stage(who, store)
    case, told = moment.case(Status(state), settling=False), {"actor": moment.actor, "key": key()}
    command: Any = BY_STATE[wish](told | {"case": case.id})
    return decide(case, command, moment.desk).case.status.value
