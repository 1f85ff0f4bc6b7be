"""Of a large register the list of an earlier day and a sample are made by the worker, and nobody waits for them."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from bot.config import change
from bot.slack import called as calls
from bot.slack import lookback
from bot.slack.ids import Action, Press
from bot.slack.payloads import Call, Who
from store import audit, packs
from store.errors import Unavailable
from store.trail import Record
from tests.failures.acts import press_forged
from tests.journeys.test_audit_lookback import a_day_later, came_to, confides, drawn
from tests.journeys.test_changing import approved
from tests.journeys.test_pack_from_home import files, is_made, left_behind, may_upload
from tests.slack_world import BEN, EVE, TEAM, World, words
from tests.slack_world.people import SETTINGS


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.governance_lead": [EVE]}


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookback, "MANY", 0)


def sealed(world: World) -> list[Record]:
    with world.store.read() as session:
        return [line for line in audit.records(session) if line.what == packs.LISTED]


def cells(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if "sheet" in name.lower())


def test_an_earlier_register_comes_as_a_workbook(world: World) -> None:
    may_upload(world)
    thread = approved(world)
    day, eve = a_day_later(world), world.person(EVE)
    told = eve.steward(f"list as of {day}")
    assert "comes in your direct message as a workbook" in told
    assert str(thread.case.ref) not in told
    assert "already" in eve.steward(f"list as of {day}"), "one at a time"
    is_made(world)
    ((name, content),) = files(eve)
    assert name == f"register-{day}.xlsx"
    assert str(thread.case.ref) in cells(content)
    assert thread.case.title in cells(content)
    (line,) = sealed(world)
    assert (line.detail["as_of"], line.detail["uses"]) == (day, 1)
    assert line.detail["sha256"] in words(eve.dm()[-1])
    assert left_behind() == []


def test_what_is_confidential_stands_in_it_by_reference_and_risk(world: World) -> None:
    may_upload(world)
    thread = approved(world)
    confides(world, thread)
    day, eve = a_day_later(world), world.person(EVE)
    eve.steward(f"list as of {day}")
    is_made(world)
    ((_, content),) = files(eve)
    assert str(thread.case.ref) in cells(content)
    assert "for its readers only" in cells(content)
    assert thread.case.title not in cells(content)


def test_without_the_right_to_send_files_it_says_what_else_there_is(world: World) -> None:
    approved(world)
    day, eve = a_day_later(world), world.person(EVE)
    eve.steward(f"list as of {day}")
    is_made(world)
    assert f"steward list --as-of {day}" in words(eve.dm()[-1])
    assert sealed(world) == []


def test_it_is_for_who_leads_and_who_audits(world: World) -> None:
    approved(world)
    ben = world.person(BEN)
    for asked in ("list as of 2026-11-01", "sample"):
        assert "for the governance lead and for auditors" in ben.steward(asked)
    world.person(EVE).steward("sample 2")
    change(world.store, {"roles.governance_lead": []}, by=None, key="gone", now=world.store.now())
    world.bot.front.office.changed()
    is_made(world)
    assert drawn(world) == [], "asked again when it is made"
    assert "you are neither any more" in words(world.person(EVE).dm()[-1])


def test_a_sample_is_drawn_once_and_comes_as_a_message(world: World) -> None:
    thread, eve = approved(world), world.person(EVE)
    call = Call(who=Who(TEAM, EVE), text="sample 3", channel="C0ALL", trigger="t", key="one-press")
    for _ in range(2):
        assert "comes in your direct message" in str(calls.called(world.bot.front, call))
    assert drawn(world) == []
    is_made(world)
    (line,) = drawn(world)
    assert came_to(world, line) == "same"
    told = words(eve.dm()[-1])
    assert str(thread.case.ref) in told
    assert f"line {line.seq}" in told


def test_the_window_of_the_pack_says_that_it_is_being_drawn(world: World) -> None:
    thread, eve = approved(world), world.person(EVE)
    press_forged(eve, Action.PACK, Press(case=""))
    assert eve.hands.clicks_view(Action.SAMPLE.value)
    assert "being drawn" in eve.window()
    is_made(world)
    assert len(drawn(world)) == 1
    assert str(thread.case.ref) in words(eve.dm()[-1])


def test_where_nothing_can_be_drawn_that_is_said(world: World) -> None:
    thread, eve = approved(world), world.person(EVE)
    confides(world, thread)
    eve.steward("sample")
    is_made(world)
    assert "Nothing was drawn" in words(eve.dm()[-1])
    assert drawn(world) == []


def test_begun_again_it_is_the_same_sample(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database was away between the draw and the word about it."""
    thread, eve = approved(world), world.person(EVE)
    eve.steward("sample 2")
    real, away = packs.end, [True]

    def end(*words: Any, **more: Any) -> bool:
        if away and away.pop():
            raise Unavailable("away")
        return real(*words, **more)

    monkeypatch.setattr(packs, "end", end)
    is_made(world)
    assert len(drawn(world)) == 1
    assert str(thread.case.ref) not in words(eve.dm()[-1])
    world.passes(minutes=3)
    assert len(drawn(world)) == 1
    assert str(thread.case.ref) in words(eve.dm()[-1])


def test_whoever_is_out_again_is_told_nothing_of_the_sample(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread, eve = approved(world), world.person(EVE)
    eve.steward("sample 2")
    real = packs.end

    def end(*words: Any, **more: Any) -> bool:
        change(world.store, {"roles.governance_lead": []}, by=None, key="gone", now=world.store.now())
        world.bot.front.office.changed()
        return real(*words, **more)

    monkeypatch.setattr(packs, "end", end)
    is_made(world)
    assert len(drawn(world)) == 1
    assert str(thread.case.ref) not in words(eve.dm()[-1])
