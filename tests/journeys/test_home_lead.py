"""What the governance lead finds on Home: figures and what is behind them, and settings that are changed there."""

from __future__ import annotations

from typing import Any

import pytest

from bot.config import change
from bot.slack import changing
from bot.slack.hometab import look
from bot.slack.ids import Action, Press, to_value
from bot.slack.payloads import Press as Pressed
from bot.slack.payloads import Who
from bot.slack.pressed import pressed
from store import audit
from tests.failures.acts import at_once
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, Somebody, World
from tests.slack_world.people import HARMLESS, SETTINGS, TEAM


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.governance_lead": [DAN, CLEO]}


def seen(person: Somebody) -> str:
    view = person.hands.home()
    assert view is not None
    return str(view["blocks"])


def forged(world: World, user: str, action: Action, choice: str) -> None:
    """A button that was never drawn for them."""
    element = {
        "type": "button",
        "action_id": action.value,
        "value": to_value(Press("", choice=choice)),
        "block_id": "b",
    }
    key = f"{user}:{action}:{choice}"
    pressed(
        world.bot.front, Pressed(Who(TEAM, user), action.value, element, key, "t", None, None, None, None)
    )
    world.settle()


def changes(world: World) -> list[tuple[str | None, list[str]]]:
    """Who changed which settings, as the trail has it."""
    with world.store.read() as session:
        lines = list(audit.about(session, "settings", "organisation"))
    return [(line["actor"], line["detail"]["keys"]) for line in lines if line["what"] == "settings.changed"]


def refused(world: World) -> int:
    """Tries to get where one may not, as the trail has them."""
    with world.store.read() as session:
        return sum('.refused"' in line for line in audit.sealed_lines(session))


def test_the_figures_lead_to_what_is_behind_them_and_nobody_else_gets_there(world: World) -> None:
    world.person(ANA).asks().submitted()
    closed = world.person(BEN).asks()
    assert closed.fills(HARMLESS) is None
    closed.answers()
    closed.presses(Action.CONFIDE)
    closed.presses(Action.SUBMIT)
    assert closed.case.confidential
    dan = world.person(DAN)
    assert "being counted for the first time" in dan.home()
    for _ in range(2):
        look(world.bot.front, world.bot.front.desk())
    assert "*2 uses* stand in the register" in dan.home()
    assert dan.hands.selects_home(Action.HOME_PAGE.value, ["lead:state:in_review"])
    assert "AIU-2026-0001" in seen(dan)
    assert "AIU-2026-0002" not in seen(dan), "counted, and not read"
    assert dan.hands.clicks_home(f"{Action.HOME_PAGE.value}.0")
    assert "stand in the register" in seen(dan)
    for user in (ANA, BEN):
        person = world.person(user)
        assert "stand in the register" not in person.home()
        forged(world, user, Action.HOME_PAGE, "lead:state:in_review")
        assert "All of these" not in seen(person)
    forged(world, DAN, Action.HOME_PAGE, "lead:nosuch:x")
    assert refused(world) == 2


def test_a_part_of_the_settings_is_changed_with_a_line_and_by_nobody_else(world: World) -> None:
    dan = world.person(DAN)
    dan.home()
    assert dan.hands.clicks_home(f"{Action.SETTINGS.value}.2")
    dan.hands.fills(**{"digest.time": "08:15", "digest.day": "monday"})
    assert dan.hands.submits() is None
    world.settle()
    front = world.bot.front
    assert front.office.config.digest.time == "08:15"
    assert changes(world) == [(front.person(Who(TEAM, DAN)), ["digest.day", "digest.time"])]
    assert "08:15" in seen(dan), "Home tells of it at once"
    assert dan.hands.clicks_home(f"{Action.SETTINGS.value}.3")
    dan.hands.fills(**{"hours.begin": "10:00", "hours.end": "09:30"})
    problems = dan.hands.submits()
    assert problems is not None
    assert "before they begin" in problems["hours.end"]
    dan.hands.fills(**{"hours.end": "18:00"})
    assert dan.hands.submits() is None
    world.settle()
    opens = front.desk().calendar().begin
    assert (opens.hour, opens.minute) == (10, 0)
    for user in (ANA, BEN):
        forged(world, user, Action.SETTINGS, "roles")
        assert world.person(user).hands.view() is None
    assert refused(world) == 2


def test_what_somebody_else_changed_meanwhile_is_not_written_over(world: World) -> None:
    dan = world.person(DAN)
    dan.home()
    assert dan.hands.clicks_home(f"{Action.SETTINGS.value}.2")
    change(world.store, {"digest.time": "07:00"}, by=None, key="cleo", now=world.store.now())
    dan.hands.fills(**{"digest.time": "11:00"})
    problems = dan.hands.submits()
    assert problems is not None
    assert "Somebody changed this while the window was open." in problems["digest.time"]
    dan.hands.fills(**{"digest.time": "09:00"})
    dan.hands.fills(**{"digest.day": "friday"})
    assert dan.hands.submits() is None, "what is left as it was drawn is not written"
    world.settle()
    world.bot.front.office.changed()
    digest = world.bot.front.office.config.digest
    assert (digest.day, digest.time) == ("friday", "07:00")


def test_of_two_who_change_the_same_at_once_one_reads_that_the_other_did(world: World) -> None:
    """Neither is lost without a word, whatever comes between reading and writing."""
    both = [world.person(user) for user in (DAN, CLEO)]
    for person, hour in zip(both, ("11:00", "12:00"), strict=True):
        person.home()
        assert person.hands.clicks_home(f"{Action.SETTINGS.value}.2")
        person.hands.fills(**{"digest.time": hour})
    came = at_once(*[person.hands.submits for person in both])
    world.settle()
    (problems,) = [each for each in came if each is not None]
    assert "Somebody changed this while the window was open." in problems["digest.time"]
    assert [keys for _, keys in changes(world) if keys == ["digest.time"]] == [["digest.time"]]


def test_what_is_read_before_it_is_written_is_read_where_it_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else comes in between in the very last moment."""
    dan = world.person(DAN)
    dan.home()
    assert dan.hands.clicks_home(f"{Action.SETTINGS.value}.3")
    dan.hands.fills(**{"hours.end": "12:00"})
    real = change

    def late(store: Any, wished: Any, **how: Any) -> list[str]:
        real(store, {"hours.begin": "13:00"}, by=None, key="cleo", now=world.store.now())
        return real(store, wished, **how)

    monkeypatch.setattr(changing, "change", late)
    problems = dan.hands.submits()
    assert problems is not None
    assert "before they begin" in problems["hours.end"]
    dan.hands.fills(**{"hours.end": "18:00"})
    assert dan.hands.submits() is None


def unit_fields(person: Somebody) -> dict[str, str]:
    """By unit, the field of its channel, as the window that is open has them."""
    view = person.hands.view()
    assert view is not None
    fields = {
        block["label"]["text"]: block["block_id"] for block in view["blocks"] if block["type"] == "input"
    }
    return {
        unit: next(id for label, id in fields.items() if label == f"Channel of {unit}")
        for unit in ("Sales", "People")
    }


def test_each_unit_gets_a_channel_of_its_own_with_a_line(world: World) -> None:
    dan, front = world.person(DAN), world.bot.front
    settled = {"organisation.units": ["Sales", "People"], "channels.units": [f"{CARDS} People"]}
    change(world.store, settled, by=None, key="units", now=world.store.now())
    front.office.changed()
    assert "1 of 2 units has a channel" in dan.home()
    assert dan.hands.clicks_home(f"{Action.SETTINGS.value}.1")
    fields = unit_fields(dan)
    dan.hands.fills(**{fields["Sales"]: "U0ANA"})
    problems = dan.hands.submits()
    assert problems is not None
    assert "no channel" in problems[fields["Sales"]]
    general = next(each.id for each in world.workspace.channels.values() if each.name == "general")
    dan.hands.fills(**{fields["Sales"]: general})
    assert dan.hands.submits() is None
    world.settle()
    assert front.office.config.channels.units == {"People": CARDS, "Sales": general}
    assert changes(world)[-1] == (front.person(Who(TEAM, DAN)), ["channels.units"])
    assert set(front.desk().units) == {"People", "Sales"}
    assert "2 of 2 units have a channel" in seen(dan), "Home tells of it at once"
