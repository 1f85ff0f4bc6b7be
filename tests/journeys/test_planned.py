"""What is told by plan: inside at its time, in its channel, once; outside by its owner, who is reminded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.sandbox.reading import words
from bot.slack import convening
from bot.slack.entries import carry_out
from bot.slack.ids import Action
from bot.slack.ids import Press as Carried
from store import aims, planned_posts
from store.sessions import Session
from store.tables import OutboxRow
from tests.journeys.test_system import by_hand, entries, fills, gives, id_of, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World
from triage.aims.entry import Entry
from triage.aims.errands import errands
from triage.aims.planned_post import KEPT_BACK, KEPT_BACK_LAST, KIND, LAST, POSTED, due_at
from triage.aims.wishes import ApproveEntry, DraftEntry
from triage.desk import Desk

ALL = "C0ALL"
SAID = "AI office hours <!channel> are on Thursday"


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO], risk_owner=[CLEO], auditor=[BEN])


def day(world: World, days: int) -> str:
    return (world.bot.front.desk().day + timedelta(days=days)).isoformat()


def plans(world: World, **said: Any) -> Entry:
    person = world.person(DAN)
    person.steward("setup")
    press(world, DAN, Action.STATE_ENTRY, f"{KIND}|")
    assert fills(world, DAN, title="Office hours", place=ALL, **said) is None
    return entries(world, KIND)[-1]


def approves(world: World, entry: Entry) -> None:
    by_hand(world, CLEO, Action.APPROVE_ENTRY, Carried("", len(entry.drafts), "", entry.id))


def told(world: World) -> list[str]:
    return [text for m in world.person(BEN).hands.sees(ALL) if "Office hours" in (text := words(m))]


def ticks(world: World) -> None:
    convening.look(world.bot.front, world.bot.front.desk())
    world.settle()


def until(world: World, at: datetime) -> None:
    world.passes(seconds=(at - world.bot.front.desk().now).total_seconds())


def at_of(world: World) -> datetime:
    at = due_at(entries(world, KIND)[-1], world.bot.front.desk().calendar())
    assert at is not None
    return at


def test_a_planned_post_goes_at_its_time_to_its_channel_once_and_is_on_record(world: World) -> None:
    entry = plans(world, occasion="day", what=SAID, due=day(world, 3), hour="10", rhythm="once")
    approves(world, entry)
    at = at_of(world)
    ticks(world)
    assert told(world) == []
    until(world, at - timedelta(minutes=1))
    ticks(world)
    assert told(world) == [], "not before its time"
    until(world, at)
    for _ in range(3):
        ticks(world)
    (said,) = told(world)
    assert "are on Thursday" in said
    assert "<!channel>" not in said, "what people wrote is no call to a channel"
    (entry,) = entries(world, KIND)
    assert [(each.act, each.by, each.role) for each in entry.done] == [(LAST, "", "rule")]
    assert entry.stage == "closed"


def test_one_that_cannot_be_told_keeps_no_other_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    on = day(world, 3)
    broken, whole = (
        plans(world, occasion="day", what=SAID, due=on, hour="10", rhythm="once") for _ in range(2)
    )
    for entry in (broken, whole):
        approves(world, entry)
    real = planned_posts.post

    def post(session: Session, plan: Entry, desk: Desk) -> None:
        if plan.id == broken.id:
            raise RuntimeError("broken")
        real(session, plan, desk)

    monkeypatch.setattr(planned_posts, "post", post)
    until(world, at_of(world))
    ticks(world)
    assert len(told(world)) == 1


def test_nothing_goes_out_that_nobody_else_approved_or_that_counts_no_more(world: World) -> None:
    entry = plans(world, occasion="day", what=SAID, due=day(world, 1), hour="10", rhythm="once")
    by_hand(world, DAN, Action.APPROVE_ENTRY, Carried("", 1, "", entry.id))
    world.passes(days=8)
    ticks(world)
    assert told(world) == []
    approves(world, entry)
    world.passes(days=7)
    assert len(told(world)) == 1, "what was missed goes out once it may"


def test_it_is_owed_once_and_not_sent_where_it_ended_in_the_meantime(world: World) -> None:
    approves(world, plans(world, occasion="day", what=SAID, due=day(world, 1), hour="10", rhythm="once"))
    (entry,) = entries(world, KIND)
    desk = world.bot.front.desk()
    then = replace(desk, now=at_of(world))
    ends = DraftEntry(actor=id_of(world, DAN), key="end", entry=entry.id, kind=KIND, said={}, seen=1,
                      retires=True, reason="It is over")  # fmt: skip
    with world.store.write() as session:
        for _ in range(2):
            planned_posts.post(session, entry, then)
        owed = select(OutboxRow.id).where(col(OutboxRow.purpose).startswith("planned:"))
        assert len(session.exec(owed).all()) == 1
        aims.carry_out(session, ends, desk)
        yes = ApproveEntry(actor=id_of(world, CLEO), key="yes", entry=entry.id, draft=2)
        aims.carry_out(session, yes, desk)
    world.passes(days=4)
    assert told(world) == []


def test_what_is_missed_waits_for_working_hours_and_a_rhythm_goes_on_from_its_first_day(world: World) -> None:
    entry = plans(world, occasion="day", what=SAID, due=day(world, 1), hour="10", rhythm="weekly")
    approves(world, entry)
    calendar = world.bot.front.desk().calendar()
    closes = calendar.after(world.bot.front.desk().now, 12)
    until(world, closes + timedelta(hours=3))
    ticks(world)
    assert told(world) == [], "nobody works at that hour"
    until(world, calendar.opens(closes + timedelta(hours=3)))
    ticks(world)
    ticks(world)
    assert len(told(world)) == 1, "missed twice, told once"
    (entry,) = entries(world, KIND)
    assert [each.act for each in entry.done] == [POSTED]
    assert at_of(world) > world.bot.front.desk().now
    until(world, at_of(world))
    ticks(world)
    assert len(told(world)) == 2


def test_a_plan_for_a_day_is_whole_and_lies_ahead(world: World) -> None:
    world.person(DAN).steward("setup")
    press(world, DAN, Action.STATE_ENTRY, f"{KIND}|")
    assert fills(world, DAN, title="Office hours", place=ALL, occasion="day") is not None
    assert fills(world, DAN, what=SAID, due=day(world, -1), hour="10", rhythm="once") is not None
    assert fills(world, DAN, due=day(world, 0)) is None


def test_a_channel_of_the_plan_is_told_what_changed_when_a_policy_counts(world: World) -> None:
    approves(world, plans(world, occasion="policy"))
    person = world.person(DAN)
    person.hands.closes_view(all_of_them=True)
    person.steward("setup")
    press(world, DAN, Action.STATE_ENTRY, "policy|")
    assert fills(world, DAN, title="AI policy", text="People decide", since=day(world, 0)) is None
    policy = entries(world, "policy")[-1]
    assert not any("counts now" in words(m) for m in world.person(BEN).hands.sees(ALL))
    approves(world, policy)
    assert any(
        "AI policy" in words(m) and "counts now" in words(m) for m in world.person(BEN).hands.sees(ALL)
    )


def test_what_is_told_outside_reminds_its_owner_who_records_it(world: World) -> None:
    world.person(DAN).steward("setup")
    press(world, DAN, Action.STATE_ENTRY, "telling|")
    assert fills(world, DAN, title="Yearly report", what="What AI we use", whom="Customers", way="Website",
                 owner=EVE, due=day(world, 20)) is None  # fmt: skip
    (entry,) = entries(world, "telling")
    approves(world, entry)
    (entry,) = entries(world, "telling")
    desk = world.bot.front.desk()
    assert [(each.kind, each.due.isoformat()) for each in errands(entry, desk)] == [
        ("action", day(world, 20))
    ]
    message = [m for m in world.person(EVE).dm() if "Something is yours" in words(m)][-1]
    assert world.person(EVE).hands.clicks("dm", message["ts"], f"{Action.ACT_ENTRY.value}.0")
    world.settle()
    assert fills(world, EVE, evidence="https://example.com/report", until=day(world, 200)) is None
    (entry,) = entries(world, "telling")
    assert [each.due.isoformat() for each in errands(entry, desk)] == [day(world, 200)]
    assert ANA not in str(entry.done[0].by)


def left_out(world: World, user: str) -> list[str]:
    return [text for m in world.person(user).dm() if "was not told in" in (text := words(m))]


def test_where_outsiders_joined_since_nothing_is_posted_and_who_planned_it_hears_once(world: World) -> None:
    approves(world, plans(world, occasion="day", what=SAID, due=day(world, 3), hour="10", rhythm="once"))
    world.workspace.channels[ALL].shared_with = ["T0OTHER"]
    until(world, at_of(world))
    for _ in range(3):
        ticks(world)
    assert told(world) == []
    assert len(left_out(world, DAN)) == 1
    assert left_out(world, CLEO) == []
    (entry,) = entries(world, KIND)
    assert [each.act for each in entry.done] == [KEPT_BACK_LAST], "nothing says that it was posted"


def test_what_repeats_is_tried_again_on_its_next_day_once_no_outsider_reads_the_channel(world: World) -> None:
    approves(world, plans(world, occasion="day", what=SAID, due=day(world, 3), hour="10", rhythm="weekly"))
    world.workspace.channels[ALL].shared_with = ["T0OTHER"]
    until(world, at_of(world))
    for _ in range(3):
        ticks(world)
    assert told(world) == []
    world.workspace.channels[ALL].shared_with = []
    until(world, at_of(world))
    ticks(world)
    assert len(told(world)) == 1
    (entry,) = entries(world, KIND)
    assert [each.act for each in entry.done] == [KEPT_BACK, POSTED]


def test_what_is_new_in_a_policy_is_not_told_to_outsiders_either(world: World) -> None:
    approves(world, plans(world, occasion="policy"))
    world.workspace.channels[ALL].shared_with = ["T0OTHER"]
    desk = world.bot.front.desk()
    said = {"title": "Office hours policy", "text": "Internal rules", "since": day(world, 0)}
    for actor, wish in (
        (DAN, {"key": "p", "kind": "policy", "name": "px", "said": said, "entry": "policy:px"}),
        (CLEO, {"key": "yes1", "draft": 1}),
    ):
        person = id_of(world, actor)
        if actor == DAN:
            (entry,) = carry_out(world.bot.front, [DraftEntry(actor=person, **wish)], desk)
        else:
            carry_out(world.bot.front, [ApproveEntry(actor=person, entry=entry.id, **wish)], desk)
    world.settle()
    assert told(world) == []
    assert len(left_out(world, DAN)) == 1
