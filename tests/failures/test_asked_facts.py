"""Missing facts in Slack: one message, one window for all of somebody's uses, each recorded and judged for itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.slack.facts import LISTED, confirmed
from bot.slack.ids import Action, View
from bot.slack.payloads import Submission, Who
from intake.answers import State, answered
from store.records import load
from tests.builders import LOW, key
from tests.failures.acts import at_once, press_drawn
from tests.failures.test_changed import window
from tests.failures.test_errands import by_the_clock, find, offered
from tests.journeys.test_deadlines import until
from tests.slack_world import DAN, TEAM, World, words
from triage.afterwards import GiveFacts
from triage.case import Case
from triage.claims import TakeOver
from triage.commands import Disclose


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"roles.governance_lead": []}


def taken(world: World, number: int, *without: str) -> None:
    front, dan = world.bot.front, world.bot.front.person(Who(TEAM, DAN))
    whole = LOW | {"profiling": answered("no"), "monitoring": answered("none")}
    answers = {name: answer for name, answer in whole.items() if name not in without}
    named: dict[str, Any] = {
        "source_map": "m",
        "source_id": str(number),
        "title": f"Use {number}",
        "unit": "Sales",
    }
    front.do(Disclose(actor="", key=key(), case=f"{number:032x}", **named, answers=answers), front.desk())
    front.do(TakeOver(actor=dan, key=key(), case=f"{number:032x}"), front.desk(actor=dan))


def use(world: World, number: int) -> Case:
    with world.store.read() as session:
        case = load(session, f"{number:032x}")
    assert case is not None
    return case


def test_f40_the_same_fact_of_several_uses_is_asked_once(alone: World) -> None:
    taken(alone, 1, "data")
    until(alone, 9, 12)
    taken(alone, 2, "data", "people")
    taken(alone, 3)
    until(alone, 14, 12)
    dan = alone.person(DAN)
    assert by_the_clock(dan) == ["2026-12-14 facts", "2026-12-14 facts"]
    message, element = find(dan, Action.GIVE_FACTS)
    assert "and 1 more of yours" in words(message)
    assert press_drawn(dan, message, element)
    asked = dan.window()
    assert "What is missing of 2 of your uses" in asked
    assert asked.count("Only for Use 2") == 1
    dan.hands.fills(data="internal", people="unsure")
    assert dan.hands.submits() is None
    alone.settle()
    assert "Use 1" in dan.window()
    assert use(alone, 1).facts.get("data") is None, "nothing counts before it was shown"
    body = window(dan)
    at_once(*[lambda: dan.hands._send("interactive", body)] * 2)
    alone.settle()
    first, second = use(alone, 1), use(alone, 2)
    assert first.answers["data"] == second.answers["data"] == answered("internal")
    assert second.answers["people"].state is State.unsure
    assert "people" not in first.facts or first.facts["people"].by is None
    assert alone.trail().count("answer.changed") == 3 + 3, "an owner each, two answers and one"
    until(alone, 30, 12)
    assert len(by_the_clock(dan)) == 2
    assert not offered(dan, Action.GIVE_FACTS)
    assert alone.differences() == []
    assert alone.refused() == []


def test_one_that_is_no_longer_theirs_holds_up_no_other(alone: World) -> None:
    taken(alone, 1, "data")
    front, dan = alone.bot.front, alone.bot.front.person(Who(TEAM, DAN))
    told = {"data": answered("internal").model_dump(mode="json")}
    about = json.dumps([told, {f"{n:032x}": [LISTED, use(alone, 1).version] for n in (9, 1)}, 0])
    who, shown = Who(TEAM, DAN), View.FACTS_SHOWN.value
    confirmed(front, Submission(who, shown, about=about, key=key(), fields={}, view="V1"), dan)
    assert use(alone, 1).answers["data"] == answered("internal")


def test_f17_what_was_shown_is_what_counts_and_what_was_said_since_is_shown_first(alone: World) -> None:
    taken(alone, 1, "data", "people")
    taken(alone, 2, "data", "people")
    until(alone, 14, 12)
    dan = alone.person(DAN)
    assert press_drawn(dan, *find(dan, Action.GIVE_FACTS))
    dan.hands.fills(data="internal")
    assert dan.hands.submits() is None
    front, id = alone.bot.front, alone.bot.front.person(Who(TEAM, DAN))
    meanwhile: dict[str, Any] = {
        "actor": id,
        "key": key(),
        "case": f"{2:032x}",
        "answers": {"people": answered("customers")},
    }
    front.do(GiveFacts(**meanwhile), front.desk(actor=id))
    assert dan.hands.submits() is None
    alone.settle()
    assert use(alone, 1).answers["data"] == answered("internal"), "the other one is as it was shown"
    assert "data" not in use(alone, 2).facts
    assert "Said since then: " in dan.window()
    assert "Customers" in dan.window()
    assert "Use 1" not in dan.window()
    assert dan.hands.submits() is None
    alone.settle()
    assert use(alone, 2).answers["data"] == answered("internal")
