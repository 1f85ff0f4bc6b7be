"""Whoever is asked to read a policy has one message and one press; a new version asks anew."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from bot.config import change
from bot.sandbox.reading import words
from bot.slack.ids import Action, to_choice
from store import aims, employees, readers
from store.accord import differences
from store.employees import Employee
from store.tables import AcknowledgedRow, AuditLineRow, UseRow
from tests.journeys.test_system import _buttons, id_of, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, Shown, World
from triage.aims.acknowledging import Turnout, call_id
from triage.aims.wishes import ApproveEntry, DraftEntry

ALL = "C0ALL"
ID = "policy:ai-policy"
ROWS = tuple(
    Employee(email=f"{user.casefold()}@example.com", slack_user=user, unit=unit)
    for user, unit in ((ANA, "Sales"), (BEN, "Sales"), (EVE, "People"))
)


@pytest.fixture(autouse=True)
def _set_up(world: World) -> None:
    named = {"roles.governance_lead": [DAN], "roles.executive": [CLEO]}
    change(world.store, named, by=None, key="roles", now=world.store.now())
    world.bot.front.office.changed()
    files(world, *ROWS)
    counts(world, "A person answers for every result.")


def files(world: World, *rows: Employee, whole: bool = True) -> None:
    with world.store.write() as session:
        employees.take(session, employees.compared(session, rows), whole=whole, now=world.store.now())


def counts(world: World, text: str) -> None:
    """A version of the policy, drafted and approved."""
    front = world.bot.front
    with world.store.read() as session:
        known = aims.load(session, ID)
    seen = len(known.drafts) if known else 0
    said = {"title": "AI policy", "text": text, "since": "2026-12-07"}
    about: dict[str, Any] = {"entry": ID, "key": f"d{seen}"}
    draft = DraftEntry(
        actor=id_of(world, DAN), kind="policy", name="ai-policy", said=said, seen=seen, **about
    )
    with world.store.write() as session:
        aims.carry_out(session, draft, front.desk(actor=draft.actor))
        yes = ApproveEntry(actor=id_of(world, CLEO), key=f"y{seen}", entry=ID, draft=seen + 1)
        aims.carry_out(session, yes, front.desk(actor=yes.actor))
    world.settle()


def opens(world: World, user: str = DAN) -> None:
    if world.person(user).hands.view() is not None:
        world.person(user).hands.closes_view(all_of_them=True)
    world.person(user).steward("setup")
    press(world, user, Action.SYSTEM_KIND, "policy")
    press(world, user, Action.READ_ENTRY)


def asks(world: World, **who: Any) -> dict[str, str] | None:
    opens(world)
    press(world, DAN, Action.ASK_TO_READ)
    given = {"entry.everybody": "yes", "entry.days": "14"} | who
    world.person(DAN).hands.fills(**given)
    problems = world.person(DAN).submits()
    world.settle()
    world.passes(minutes=5)
    world.passes(minutes=90)
    return problems


def told(world: World, user: str, said: str = "Please read") -> list[Shown]:
    return [each for each in world.person(user).dm() if said in words(each)]


def presses(world: World, user: str, shown: Shown, action: Action = Action.HAVE_READ) -> bool:
    done = world.person(user).hands.clicks("dm", shown["ts"], action.value)
    world.settle()
    return done


def read_by(world: World) -> list[tuple[str, int]]:
    with world.store.read() as session:
        rows = session.exec(select(AcknowledgedRow).where(AcknowledgedRow.kind == "read"))
        return sorted((row.person_id, row.version) for row in rows)


def turnout(world: World) -> Turnout:
    desk = world.bot.front.desk()
    with world.store.read() as session:
        policy = aims.load(session, ID)
        assert policy is not None
        call = aims.load(session, call_id(policy))
        assert call is not None
        found = readers.turnout(session, call, policy, desk)
    assert found is not None
    return found


def test_each_is_asked_once_and_one_press_is_on_record(world: World) -> None:
    assert asks(world) is None
    (shown,) = told(world, ANA)
    assert "A person answers for every result." in words(shown)
    assert presses(world, ANA, shown)
    assert read_by(world) == [(id_of(world, ANA), 1)]
    (after,) = [each for each in world.person(ANA).dm() if each["ts"] == shown["ts"]]
    assert "You read version 1" in words(after)
    assert not _buttons(after.get("blocks", []))
    world.passes(days=3)
    assert len(told(world, ANA, "AI policy")) == 1, "nothing is asked twice of the same version"
    with world.store.read() as session:
        assert list(differences(session)) == []


def test_saying_so_in_words_leads_to_the_policy_and_one_press_is_on_record(world: World) -> None:
    eve = world.person(EVE)
    thread = eve.asks("I have read the AI policy")
    assert "A person answers for every result." in thread.last
    assert read_by(world) == []
    thread.presses(Action.HAVE_READ)
    assert read_by(world) == [(id_of(world, EVE), 1)]
    assert "noted" in eve.told().lower()
    assert not eve.asks("I have read the AI policy").offers(Action.HAVE_READ), "it is on record"
    assert "I have read it" not in eve.steward("policy")
    assert "I have read it" in world.person(BEN).steward("policy")
    counts(world, "Two persons answer for every result.")
    assert "I have read it" in eve.steward("policy"), "what counts by now was not read yet"
    with world.store.read() as session:
        assert session.exec(select(UseRow)).first() is None, "nobody asked for anything"


def test_two_presses_record_once(world: World) -> None:
    asks(world)
    (shown,) = told(world, BEN)
    world.person(BEN).hands.clicks("dm", shown["ts"], Action.HAVE_READ.value)
    world.person(BEN).hands.clicks("dm", shown["ts"], Action.HAVE_READ.value)
    world.settle()
    assert read_by(world) == [(id_of(world, BEN), 1)]
    with world.store.read() as session:
        lines = session.exec(select(AuditLineRow.sealed)).all()
    assert sum('"what":"policy.acknowledged"' in each for each in lines) == 1


def test_a_press_on_an_outdated_message_opens_the_newer_text(world: World) -> None:
    asks(world)
    (shown,) = told(world, ANA)
    counts(world, "Nothing secret goes into free tools.")
    assert presses(world, ANA, shown)
    assert read_by(world) == [], "the press was on a version that counts no more"
    ana = world.person(ANA)
    assert "Meanwhile version 2 counts" in ana.window()
    assert "Nothing secret" in ana.window()
    assert ana.submits() is None
    world.settle()
    assert read_by(world) == [(id_of(world, ANA), 2)]


def test_a_later_version_is_asked_for_anew_with_what_is_new(world: World) -> None:
    asks(world)
    presses(world, ANA, told(world, ANA)[0])
    counts(world, "A person answers for every result.\nNothing secret goes into free tools.")
    world.passes(days=1)
    world.passes(minutes=90)
    again = told(world, ANA)[-1]
    assert "version 2 counts now" in words(again)
    assert "Nothing secret goes into free tools." in words(again)
    assert "A person answers" not in words(again), "they read that before"
    (first, *_) = told(world, BEN, "AI policy")
    assert presses(world, ANA, again)
    assert read_by(world) == [(id_of(world, ANA), 1), (id_of(world, ANA), 2)]
    assert first is not None


def test_who_comes_later_is_welcomed_once(world: World) -> None:
    asks(world)
    new = Employee(email="cleo@example.com", slack_user=CLEO, unit="People")
    files(world, *ROWS, new)
    world.passes(minutes=70)
    world.passes(minutes=90)
    (shown,) = told(world, CLEO, "Welcome.")
    assert "AI policy" in words(shown)
    assert told(world, BEN, "Welcome.") == []
    world.passes(days=2)
    assert len(told(world, CLEO, "Welcome.")) == 1


def test_a_first_request_makes_somebody_known_who_stands_in_no_file(world: World) -> None:
    asks(world)
    world.person(DAN).asks().submitted()
    world.passes(minutes=70)
    world.passes(days=1)
    assert len(told(world, DAN, "Welcome.")) == 1


def test_whoever_left_is_not_counted_and_whoever_came_today_is(world: World) -> None:
    asks(world)
    presses(world, ANA, told(world, ANA)[0])
    assert (turnout(world).read, len(turnout(world).readers)) == (1, 3)
    world.workspace.person(BEN).deleted = True
    world.raises({"type": "user_change", "user": {"id": BEN, "team_id": TEAM, "deleted": True}})
    files(world, *ROWS, Employee(email="cleo@example.com", slack_user=CLEO))
    found = turnout(world)
    assert (found.read, len(found.readers)) == (1, 3), "one left, one came"
    assert [each.asked is None for each in found.missing] == [False, True]


def test_reminders_come_in_the_message_of_the_day_and_end(world: World) -> None:
    asks(world)
    for _ in range(60):
        world.passes(days=1)
    reminded = [
        each
        for each in world.person(BEN).dm()
        if "one press" in words(each) and "Please read" not in words(each)
    ]
    assert 1 <= len(reminded) <= 3
    assert not [each for each in world.cards() if "AI policy" in words(each)], (
        "nobody is named where others read"
    )


def test_a_reminder_opens_the_text_and_is_settled_by_it(world: World) -> None:
    asks(world)
    for _ in range(12):
        world.passes(days=1)
    reminded = [
        each
        for each in world.person(BEN).dm()
        if "one press" in words(each) and "Please read" not in words(each)
    ]
    ben = world.person(BEN)
    assert ben.hands.clicks("dm", reminded[-1]["ts"], f"{Action.READ_POLICY.value}.0")
    assert ben.submits() is None
    world.settle()
    (now,) = [each for each in ben.dm() if each["ts"] == reminded[-1]["ts"]]
    assert "settled" in words(now)


def test_whoever_asked_sees_how_far_it_is_and_nobody_else_does(world: World) -> None:
    asks(world)
    presses(world, ANA, told(world, ANA)[0])
    opens(world)
    press(world, DAN, Action.WHO_READ)
    shown = world.person(DAN).window()
    assert "1 of 3 have read it" in shown
    assert "Sales: 1 of 2" in shown
    assert f"<@{BEN}>" in shown or "Ben" in shown
    opens(world, CLEO)
    view = world.person(CLEO).hands.view()
    assert view is not None
    assert Action.WHO_READ.value not in {each["action_id"] for each in _buttons(view["blocks"])}


def test_whoever_asked_hears_once_how_far_it_is_when_the_days_are_over(world: World) -> None:
    asks(world)
    presses(world, ANA, told(world, ANA)[0])
    for _ in range(14):
        world.passes(days=1)
    assert not told(world, DAN, "are over"), "their last day is still theirs"
    for _ in range(6):
        world.passes(days=1)
    (said,) = told(world, DAN, "are over")
    assert "1 of 3 have read it" in words(said)
    assert not told(world, BEN, "are over")
    assert presses(world, DAN, said, Action.WHO_READ)
    assert "1 of 3 have read it" in world.person(DAN).window()


def test_whoever_stops_it_stops_reminders_and_keeps_what_was_said(world: World) -> None:
    asks(world)
    presses(world, ANA, told(world, ANA)[0])
    opens(world)
    press(world, DAN, Action.WHO_READ)
    press(world, DAN, Action.STOP_ASKING)
    before = len(world.person(BEN).dm())
    for _ in range(20):
        world.passes(days=1)
    assert len(world.person(BEN).dm()) == before
    assert read_by(world) == [(id_of(world, ANA), 1)]


def test_units_a_role_and_channels_ask_those_alone(world: World) -> None:
    asks(world, **{"entry.everybody": "no", "entry.units": [to_choice("Sales")]})
    assert [len(told(world, each)) for each in (ANA, BEN, EVE)] == [1, 1, 0]


def test_a_channel_asks_who_is_in_it(world: World) -> None:
    asks(world, **{"entry.everybody": "no", "places": [ALL]})
    world.passes(minutes=70)
    world.passes(minutes=90)
    assert [
        len(told(world, each)) + len(told(world, each, "Welcome.")) for each in (ANA, BEN, CLEO, DAN, EVE)
    ] == [1] * 5


def test_nobody_chosen_asks_nobody(world: World) -> None:
    problems = asks(world, **{"entry.everybody": "no"})
    assert problems is not None
    assert "places" in problems
