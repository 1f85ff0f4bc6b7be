"""What rules put forward reaches whoever leads, once, and then stands on the Home of whoever confirmed it."""

from __future__ import annotations

from typing import Any

import pytest

from bot import arising
from bot.sandbox.reading import words
from bot.slack import covered, digested, hometab
from bot.slack.ids import Action
from store import aims
from store.errors import Unavailable
from tests.builders import NOW
from tests.journeys.test_system import gives, message
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World
from tests.triage.aims.test_arising import named
from triage.aims.arising import Arising, Matter


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN, BEN], risk_owner=[CLEO], executive=[EVE], legal=[EVE], auditor=[ANA])


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    late = named("review_late")
    every = tuple(
        Arising(rule=late, matter=Matter(of=late.of, ref=f"AIU-2026-{n:04}", about=f"{n}", since=NOW.date()))
        for n in range(1, 42)
    )
    monkeypatch.setattr(arising, "found", lambda *_: every)


def told(world: World, user: str) -> list[str]:
    return [
        words(m)
        for m in world.person(user).dm()
        if "wait for your yes" in words(m) or "waits for your yes" in words(m)
    ]


def test_whoever_leads_hears_once_and_goes_on_with_what_they_confirmed(world: World, found: None) -> None:
    world.passes(minutes=3)
    assert [len(told(world, user)) for user in (DAN, BEN, CLEO, EVE, ANA)] == [1, 1, 0, 0, 0]
    assert "41 reviews are late" in world.person(DAN).home()
    confirms(world, DAN)
    assert "41 reviews are late" in world.person(DAN).home()
    assert "41 reviews are late" not in world.person(BEN).home()
    with world.store.read() as session:
        (entry,) = aims.of_kind(session, arising.NONCONFORMITY)
    assert (entry.state, entry.owner) == ("in_force", None)


def confirms(world: World, user: str) -> None:
    person = world.person(user)
    assert person.hands.clicks(
        "dm", message(world, user, "for your yes")["ts"], f"{Action.APPROVE_ENTRY.value}.0"
    )
    world.settle()


LOOKS = ((digested, "look"), (arising, "look"), (hometab, "look"), (covered, "keep"))


@pytest.mark.parametrize("problem", [ValueError("of somebody"), Unavailable("Locked.")])
@pytest.mark.parametrize("broken", range(len(LOOKS)))
def test_one_look_that_fails_holds_up_no_other(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: int,
    problem: Exception,
) -> None:
    done: list[int] = []

    def look(number: int) -> Any:
        def do(*_: Any) -> int:
            done.append(number)
            if number == broken:
                raise problem
            return 0

        return do

    for number, (module, name) in enumerate(LOOKS):
        monkeypatch.setattr(module, name, look(number))
    (job,) = (each for each in world.bot.clock.jobs if each.name == "digest")
    job.do()
    assert done == [0, 1, 2, 3]
    assert "of somebody" not in caplog.text
