"""Whoever needs a training hears of it, says what they did with a link, and a second person confirms it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import col, update

from bot.config import change
from bot.sandbox.reading import words
from bot.slack.ids import Action
from store import aims, trained
from store.tables import PersonRow
from tests.journeys.test_changing import approved
from tests.journeys.test_system import _buttons, id_of, press
from tests.slack_world import ANA, BEN, CLEO, DAN, Shown, World
from triage.aims.training import Trainee, trainees
from triage.aims.wishes import DraftEntry

LINK = "https://example.com/certificate"


@pytest.fixture(autouse=True)
def _set_up(world: World) -> None:
    named = {"roles.governance_lead": [DAN, CLEO], "roles.reviewer": [BEN, DAN]}
    change(world.store, named, by=None, key="roles", now=world.store.now())
    world.bot.front.office.changed()
    said = {"title": "AI basics", "roles": ("reviewer",), "months": "12", "confirmed": "yes"}
    about: dict[str, Any] = {"entry": "t", "key": "d", "kind": "training", "said": said}
    draft = DraftEntry(actor=id_of(world, DAN), **about)
    with world.store.write() as session:
        aims.carry_out(session, draft, world.bot.front.desk(actor=draft.actor))
    world.settle()
    world.passes(days=1)


def told(world: World, user: str) -> list[Shown]:
    return [each for each in world.person(user).dm() if "AI basics" in words(each)]


def held(world: World) -> dict[str, Trainee]:
    with world.store.read() as session:
        known = aims.load(session, "t")
        assert known is not None
        return {each.person: each for each in trainees(known, trained.of(session, "t"))}


def says(world: World, user: str, link: str = LINK) -> dict[str, str] | None:
    shown = told(world, user)[-1]
    assert world.person(user).hands.clicks("dm", shown["ts"], f"{Action.TRAINING_DID.value}.0")
    world.person(user).hands.fills(link=link)
    problems = world.person(user).submits()
    world.settle()
    return problems


def test_somebody_of_another_workspace_owns_a_use_and_is_asked_nothing(world: World) -> None:
    """Slack may not have said yet that they are strangers."""
    ana = id_of(world, ANA)
    approved(world)
    with world.store.write() as session:
        session.exec(update(PersonRow).where(col(PersonRow.id) == ana).values(team="T0OTHER"))
    world.bot.front.directory.forget_standing()
    said = {"title": "AI basics", "of_uses": ("owner", "user"), "months": "12", "confirmed": "no"}
    about: dict[str, Any] = {"entry": "u", "key": "u", "kind": "training", "said": said}
    with world.store.write() as session:
        draft = DraftEntry(actor=id_of(world, DAN), **about)
        aims.carry_out(session, draft, world.bot.front.desk(actor=draft.actor))
    world.passes(days=2)
    assert told(world, ANA) == []
    with world.store.read() as session:
        assert [each for each in trained.of(session, "u") if each.person == ana] == []


def sees(world: World, user: str) -> str:
    person = world.person(user)
    if person.hands.view() is not None:
        person.hands.closes_view(all_of_them=True)
    person.steward("setup")
    press(world, user, Action.SYSTEM_KIND, "training")
    press(world, user, Action.READ_ENTRY)
    press(world, user, Action.TRAINED)
    return person.window()


def test_what_somebody_did_counts_once_another_confirms_it(world: World) -> None:
    assert told(world, ANA) == [], "she holds no role that needs it"
    assert says(world, BEN) is None
    ben = id_of(world, BEN)
    assert (held(world)[ben].done, held(world)[ben].waits is not None) == (None, True)
    assert "settled" in words(told(world, BEN)[-1])
    assert "//example.com/certificate" in sees(world, CLEO)
    press(world, CLEO, Action.TRAINING_CONFIRM)
    assert held(world)[ben].done is not None
    assert "1 of 2 are up to date" in world.person(CLEO).window()


def test_nobody_confirms_their_own(world: World) -> None:
    assert says(world, DAN) is None
    assert "Waits for your word" not in sees(world, DAN)
    assert "Waits for your word" in sees(world, CLEO)


def test_no_link_is_no_evidence(world: World) -> None:
    problems = says(world, BEN, link="I was there")
    assert problems is not None
    assert held(world)[id_of(world, BEN)].waits is None


def test_home_has_it_while_it_is_theirs_to_do(world: World) -> None:
    def has(user: str) -> bool:
        hands = world.person(user).hands
        hands.opens_home()
        world.settle()
        home: Any = hands.home()
        blocks = home["view"]["blocks"] if "view" in home else home["blocks"]
        return Action.TRAININGS.value in {each["action_id"] for each in _buttons(blocks)}

    assert (has(BEN), has(ANA)) == (True, False)
    says(world, BEN)
    assert not has(BEN)


def test_whoever_writes_its_name_gets_there(world: World) -> None:
    ben = world.person(BEN)
    assert "`/steward trainings`" in ben.steward("help")
    ben.steward("training")
    assert "AI basics" in ben.window(), "whichever way it was written"
    assert "`/steward trainings`" in world.person(ANA).steward("help"), (
        "it says so where nothing is hers to learn"
    )


def test_whoever_holds_no_role_and_is_away_hears_of_it_when_they_are_back(world: World) -> None:
    approved(world)
    with world.store.write() as session:
        said: Any = {"title": "For owners", "of_uses": ("owner",), "months": "12", "confirmed": "no"}
        draft = DraftEntry(actor=id_of(world, DAN), key="o", entry="o", kind="training", said=said)
        aims.carry_out(session, draft, world.bot.front.desk(actor=draft.actor))
    ana = world.person(ANA)
    ana.steward("away until 14 December")
    world.passes(days=2)
    assert not [each for each in ana.dm() if "For owners" in words(each)]
    ana.steward("back")
    world.passes(days=1)
    assert [each for each in ana.dm() if "For owners" in words(each)]
