"""A concern without a name: raised, asked back about, written on; and nothing anywhere says who it was."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.slack.ids import Action
from store import incidents
from store.engine import PATIENCE
from store.tables import metadata
from tests.databases import Databases
from tests.failures.acts import at_once
from tests.failures.test_changed import window
from tests.journeys.test_incidents import card, does, the_incident
from tests.slack_world import CLEO, EVE, Somebody, World, words
from tests.slack_world import world as of_world
from tests.slack_world.people import TEAM, WORKSPACE
from triage.incidents.incident import Kind, Status

ZOE = "U0ZOEQUINTAL"
"""Nobody who ever used Steward before."""
SAID = "Somebody pastes what patients wrote into a private account"


@pytest.fixture
def world(
    sqlite_databases: Databases, monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any]
) -> Iterator[World]:
    workspace = copy.deepcopy(WORKSPACE)
    workspace["people"].append({"id": ZOE, "name": "Quintalina"})
    workspace["channels"][1]["members"].append(ZOE)
    monkeypatch.setattr(of_world, "WORKSPACE", workspace)
    world = World(sqlite_databases.copy(), patience=PATIENCE, settings=settings)
    try:
        yield world.open()
        assert world.refused() == []
        assert world.is_untouched()
        assert world.differences() == []
    finally:
        world.close()


def rows(world: World) -> dict[str, list[str]]:
    """Every row of every table, all columns, as text."""
    with world.store.read() as session:
        return {
            name: sorted(repr(tuple(row)) for row in session.connection().execute(select(table)))
            for name, table in metadata.tables.items()
        }


def traces(world: World, caplog: pytest.LogCaptureFixture, user: str = ZOE) -> list[str]:
    """Where something stands by which the workspace knows this person: tables, files, what was logged."""
    person = world.workspace.people[user]
    names = [user, person.name, person.email, person.handle, world.workspace.place(user, "dm").id]
    found = [name for name, held in rows(world).items() if any(each in row for each in names for row in held)]
    database = Path(world.store.url.database or "")
    files = [file for file in database.parent.iterdir() if file.name.startswith(database.stem)]
    assert database in files
    found += [f.suffix for f in files if any(each.encode() in f.read_bytes() for each in names)]
    logged = [vars(record) | {"message": record.getMessage()} for record in caplog.records]
    return found + ["log" for each in logged if any(name in repr(each) for name in names)]


def raises_it(zoe: Somebody, said: str = SAID) -> str:
    """By the command; gives the phrase that the window shows."""
    assert zoe.hands.command("/steward", "concern", "general")
    zoe.world.settle()
    zoe.hands.fills(words=said)
    assert zoe.hands.submits() is None
    zoe.world.settle()
    return phrase_in(zoe.window())


def phrase_in(shown: str) -> str:
    found = re.search(r"```([a-z ]+)```", shown)
    assert found is not None, shown
    return found[1]


def opens(zoe: Somebody, phrase: str) -> dict[str, str] | None:
    assert zoe.hands.command("/steward", "concern mine", "general")
    zoe.world.settle()
    zoe.hands.fills(phrase=phrase)
    problems = zoe.hands.submits()
    zoe.world.settle()
    return problems


def changed(world: World, before: dict[str, list[str]]) -> set[str]:
    return {name for name, held in rows(world).items() if held != before[name]}


def test_nothing_says_who_raised_it(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Raised, asked back about, answered, closed and objected to by somebody of whom no trace is left."""
    caplog.set_level(logging.INFO)
    zoe, cleo = world.person(ZOE), world.person(CLEO)
    before = rows(world)
    phrase = raises_it(zoe)
    assert changed(world, before) == {"letter", "phrase"}, "neither a person, nor a place, nor a key"
    assert phrase not in str(rows(world))
    assert "incident.reported" not in world.trail(), "it waits for its hour"
    world.passes(hours=1)
    found = the_incident(world)
    assert (found.now.kind, found.now.reporter, found.now.words) == (Kind.concern, "", SAID)
    assert "Somebody without a name wrote" in words(card(world))
    assert does(cleo, "take_up") is None
    assert does(cleo, "ask_back", words="Which account is it?") is None
    before = rows(world)
    assert "none of our words" in str(opens(zoe, "this fits nothing"))
    zoe.hands.fills(phrase=" ".join(reversed(phrase.split())))
    assert "open nothing" in str(zoe.hands.submits())
    zoe.hands.fills(phrase=f" {phrase.upper()}. ")
    assert zoe.hands.submits() is None
    assert "Which account is it?" in zoe.window()
    assert changed(world, before) == set(), "looking leaves nothing"
    assert str(window(zoe)).lower().count(phrase) == 1, "not where one writes on, for that is kept"
    zoe.hands.fills(words=phrase)
    assert "Keep them to yourself" in str(zoe.hands.submits())
    zoe.hands.fills(words="The one of the night shift")
    assert zoe.hands.submits() is None
    world.passes(hours=1, minutes=5)
    assert "The one of the night shift" in words(cleo.dm()[-1])
    assert "The one of the night shift" in words(card(world))
    assert does(cleo, "reject", reason="It is allowed there") is None
    assert opens(zoe, phrase) is None
    assert "It is allowed there" in zoe.window()
    zoe.hands.fills(words="Not for patients")
    assert zoe.hands.submits() is None
    world.passes(hours=1, minutes=5)
    assert the_incident(world).status is Status.reopened
    with world.store.read() as session:
        assert [e.way for e in the_incident(world).now.relayed] == ["asked", "wrote", "wrote"]
        assert session.connection().execute(select(metadata.tables["letter"])).all() == []
    assert traces(world, caplog) == []
    assert zoe.dm() == [], "nobody writes to whoever gave no name"


def test_a_press_in_its_window_names_nobody(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """By somebody of whom nothing is known yet: it is answered before anybody looks at who it is."""
    caplog.set_level(logging.INFO)
    zoe = world.person(ZOE)
    assert zoe.hands.command("/steward", "concern", "general")
    world.settle()
    assert zoe.hands.clicks_view(Action.CONCERN_MINE.value)
    world.settle()
    assert "eight words" in zoe.window()
    assert traces(world, caplog) == []


def test_the_search_finds_whoever_gave_their_name(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Else the search above could not fail."""
    zoe = world.person(ZOE)
    assert zoe.hands.command("/steward", "incident", "general")
    world.settle()
    zoe.hands.fills(words=SAID, kind_of="concern")
    assert zoe.hands.submits() is None
    world.settle()
    world.passes(minutes=5)
    assert {"person", "place"} <= set(traces(world, caplog))


@pytest.mark.parametrize("settings", [{"incidents.speak_up": "The ombudsman, ext. 12"}], ids=["speak-up"])
def test_from_the_window_of_a_report_the_words_come_along(world: World) -> None:
    """First of all it says where else it can be raised; of the change itself nothing is noted."""
    eve = world.person(EVE)
    assert eve.hands.command("/steward", "incident", "general")
    world.settle()
    eve.hands.fills(words=SAID)
    before = rows(world)
    assert eve.hands.clicks_view(Action.CONCERN.value)
    world.settle()
    assert changed(world, before) == set()
    assert eve.window().index("ombudsman, ext. 12") < eve.window().index("Without your name")
    view = eve.hands.view()
    assert view is not None
    assert SAID in str(view["blocks"])
    assert eve.hands.clicks_view(Action.CONCERN_MINE.value)
    world.settle()
    assert "eight words" in eve.window()
    assert changed(world, before) == set()


def test_handed_in_twice_it_is_one_concern_with_one_phrase(world: World) -> None:
    zoe = world.person(ZOE)
    assert zoe.hands.command("/steward", "concern", "general")
    world.settle()
    zoe.hands.fills(words=SAID)
    body = window(zoe)
    at_once(*[lambda: zoe.hands._send("interactive", body)] * 2)
    assert zoe.hands.submits() is None
    world.passes(hours=1, minutes=5)
    world.restart()
    zoe.hands._send("interactive", body)  # and once more, long after it was taken in
    world.passes(hours=1, minutes=5)
    assert world.trail().count("incident.reported") == 1
    assert opens(zoe, phrase_in(zoe.window())) is None
    assert SAID in zoe.window()


def test_what_cannot_be_kept_stays_in_its_window(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """And neither the fault's words nor a message from us tell of whoever pressed."""
    zoe = world.person(ZOE)
    assert zoe.hands.command("/steward", "concern", "general")
    world.settle()
    zoe.hands.fills(words=SAID)
    with monkeypatch.context() as broken:

        def fails(*_: Any, **__: Any) -> Any:
            raise OperationalError("INSERT", {}, Exception(f"disk full, said {ZOE} of {TEAM}"))

        broken.setattr(incidents, "load", fails)
        broken.setattr("store.unnamed.raise_one", fails)
        assert "Your words are still here" in str(zoe.hands.submits())
        assert SAID in str(window(zoe)), "the window is as it was"
    assert zoe.hands.submits() is None
    world.settle()
    assert traces(world, caplog) == []
    assert zoe.dm() == []
