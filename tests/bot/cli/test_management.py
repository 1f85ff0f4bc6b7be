"""`steward management`: the seven inputs in their order, of a time, from what was recorded in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import management
from bot.words import Words
from store import aims
from store.engine import Store
from store.tables import PersonRow
from tests.bot.cli import storied
from tests.bot.cli.conftest import Steward
from tests.builders import BEN, CLEO, DAN, NOW, a_desk
from tests.triage.aims.test_entries import drafting, on
from tests.triage.aims.test_risks import HELD, RISK, UNTIL
from triage.aims.entry import Entry
from triage.aims.management import Inputs
from triage.aims.risk import rests_on
from triage.aims.wishes import ActOnEntry, ApproveEntry, OfEntries

FINDING: dict[str, Any] = {
    "title": "No reason given",
    "what": "Two approvals say nothing",
    "source": "audit",
    "weight": "minor",
    "points": ("8.1",),
    "due": "2026-12-01",
}


def does(store: Store, wish: OfEntries, days: int = 0) -> Entry:
    with store.write() as session:
        return aims.carry_out(session, wish, a_desk(roles=HELD, now=NOW + timedelta(days=days)))


@pytest.fixture
def told(store: Store) -> Store:
    """A finding that is late, an issue, and a risk whose remains were accepted."""
    storied.tell(store)
    with store.write() as session:
        if session.get(PersonRow, DAN) is None:
            session.add(PersonRow(id=DAN, team="T", slack_user="UDAN", updated_at=NOW))
    does(store, drafting(kind="nonconformity", said=FINDING, actor=BEN), 1)
    issue = {"title": "A new law", "side": "outside", "effect": "Notices from December on"}
    does(store, drafting(kind="issue", said=issue, actor=BEN), 2)
    risk = does(store, drafting(kind="risk", said=RISK | {"owner": BEN}, actor=BEN), 3)
    risk = does(store, ApproveEntry(**on(risk, DAN), draft=1), 4)
    said = {"until": UNTIL, "because": "Two people read them", "rests_on": rests_on(risk)}
    does(store, ActOnEntry(**on(risk, CLEO), act="accepted", said=said, seen=risk.version), 5)
    return store


def asked(steward: Steward, *words: str) -> dict[str, Any]:
    code, said, _ = steward("management", "--format", "json", *words)
    assert code == 0
    found: dict[str, Any] = json.loads(said)
    return found


def test_all_that_happened_in_the_time_lies_on_the_table(steward: Steward, told: Store) -> None:
    found = asked(steward, "--as-of", "2026-12-20")
    assert found["trend"] == {
        "opened": 1,
        "closed": 0,
        "open": 1,
        "late": 1,
        "not_effective": 0,
        "unconfirmed": 0,
        "unconfirmed_major": 0,
        "unconfirmed_late": 0,
    }
    assert [each["title"] for each in found["issues"]] == ["A new law"]
    assert [(each["state"], each["said"]) for each in found["accepted"]] == [("holds", "medium")]
    assert found["figures"]["flow"]["came_in"] > 0


def test_ideas_and_what_uses_are_good_for_lie_on_the_table(steward: Steward, told: Store) -> None:
    idea = {"title": "Shorter questions", "idea": "Two of them ask the same"}
    does(told, drafting(kind="improvement", said=idea, actor=DAN), 6)
    found = asked(steward, "--as-of", "2026-12-20")
    assert [each["title"] for each in found["improvements"]] == ["Shorter questions"]
    found.pop("digest")
    line = "Of 3 approved uses of medium risk or more, 2 name what gets better by them"
    assert line not in management.written(Words(), Inputs.model_validate(found), "text")
    found["figures"]["management"]["benefits"] = {"uses": 3, "named": 2}
    assert line in management.written(Words(), Inputs.model_validate(found), "text")


def test_what_came_later_does_not(steward: Steward, told: Store) -> None:
    found = asked(steward, "--as-of", "2026-11-22")
    assert (found["issues"], found["accepted"], found["trend"]["opened"]) == ([], [], 1)
    later = asked(steward, "--since", "2026-12-01", "--as-of", "2026-12-20")
    assert (later["issues"], later["trend"]["opened"], later["trend"]["open"]) == ([], 0, 1)


def test_the_minutes_can_name_what_lay_on_the_table(steward: Steward, told: Store) -> None:
    once, again = (asked(steward, "--as-of", "2026-12-20")["digest"] for _ in range(2))
    assert once == again
    assert once in steward("management", "--as-of", "2026-12-20")[1]
    does(told, drafting(kind="issue", said={"title": "<b>", "side": "inside", "effect": "x"}, actor=BEN), 6)
    assert asked(steward, "--as-of", "2026-12-20")["digest"] != once
    page = steward("management", "--as-of", "2026-12-20", "--format", "html")[1]
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_each_input_of_the_standard_has_its_part(steward: Steward, told: Store) -> None:
    said = steward("management", "--as-of", "2026-12-20")[1]
    points = ("9.3.2 a", "9.3.2 b", "9.3.2 c", "9.3.2 d 1", "9.3.2 d 2", "9.3.2 d 3", "9.3.2 e")
    places = [said.index(f"({point})") for point in points]
    assert places == sorted(places)


def test_what_rules_put_forward_and_nobody_confirmed_is_told(steward: Steward, told: Store) -> None:
    for key, weight, due in (("r1", "major", "2026-12-01"), ("r2", "minor", "2027-03-01")):
        said = FINDING | {"weight": weight, "due": due}
        does(
            told,
            drafting(kind="nonconformity", said=said, actor="", key=key, entry=f"rule-{key}", by_rule=True),
            1,
        )
    trend = asked(steward, "--as-of", "2026-12-20")["trend"]
    assert (trend["unconfirmed"], trend["unconfirmed_major"], trend["unconfirmed_late"]) == (2, 1, 1)
    page = steward("management", "--as-of", "2026-12-20")[1]
    assert "2 put forward by rule, unconfirmed, 1 of them major, 1 late" in page


def test_a_day_is_one_where_the_organisation_is(steward: Steward, told: Store) -> None:
    """In Berlin, where it is one hour later: what happens at its midnight is of the day that begins."""
    for hour in (22, 23):
        desk = a_desk(roles=HELD, now=datetime(2026, 12, 10, hour, tzinfo=UTC))
        about = {"side": "inside", "effect": "More to look at"}
        with told.write() as session:
            aims.carry_out(
                session, drafting(kind="issue", said=about | {"title": f"At {hour}"}, actor=BEN), desk
            )
            aims.carry_out(session, drafting(kind="nonconformity", said=FINDING, actor=BEN), desk)
    on_day = {
        day: asked(steward, "--since", f"2026-12-{day}", "--as-of", f"2026-12-{day}") for day in (10, 11)
    }
    assert {day: [each["title"] for each in found["issues"]] for day, found in on_day.items()} == {
        10: ["At 22"],
        11: ["At 23"],
    }
    assert [found["trend"]["opened"] for found in on_day.values()] == [1, 1]
    assert [found["trend"]["open"] for found in on_day.values()] == [2, 3]
