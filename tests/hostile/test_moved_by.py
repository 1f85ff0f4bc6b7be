"""The picture in the README is the table of states and the table of permissions, and what it says happens."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from store.engine import Store
from tests.builders import NOW, key
from tests.databases import Databases
from tests.hostile.moved_besides import WAYS
from tests.hostile.moved_by import (
    BESIDES,
    LEADS,
    PAGE,
    Besides,
    Leads,
    arrows,
    drawn,
    drawn_into,
    people,
    told,
)
from tests.hostile.test_table import BY_STATE, ONWARD, on_its_way, stage
from triage.case import Status
from triage.decide import decide
from triage.lifecycle import MOVES

NOT_YET = {
    ("under_reassessment", "lapsed"),
}
"""Allowed by the table of states, and nothing of Steward's does it yet."""


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


@pytest.mark.parametrize("besides", BESIDES, ids=lambda besides: besides.told)
def test_what_else_moves_it_does_so_as_it_is_drawn(besides: Besides) -> None:
    drawn_so = {(state, to) for state in besides.states for to in besides.to}
    done = {step for work in WAYS[besides.told] for way in (work(),) for step in pairwise(way)}
    assert done >= drawn_so
    assert all(Status(to) in MOVES[Status(state)] for state, to in drawn_so)


def test_every_move_is_drawn_once_and_only_these_have_nothing_that_leads_there() -> None:
    lines = drawn().splitlines()
    shown = [line.strip().partition(":")[0] for line in lines if "-->" in line and "[*]" not in line]
    assert sorted(shown) == sorted(f"{state} --> {to}" for state, to in arrows())
    assert {arrow for arrow in arrows() if not told(arrow)} == NOT_YET


def became(who: str, store: Store, wish: str, state: str) -> str:
    moment = stage(who, store)
    case, told = moment.case(Status(state), settling=False), {"actor": moment.actor, "key": key()}
    if wish in ONWARD:
        case = on_its_way(case, wish, moment.actor)
    command: Any = BY_STATE[wish](told | {"case": case.id})
    return decide(case, command, moment.desk).case.status.value
