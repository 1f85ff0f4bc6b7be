"""What is kept of the thread of a card, whatever Slack, the network or a restart does to the events of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import delete, select

from bot.sandbox import payloads
from bot.slack.ids import Action
from store import discussion
from store.tables import AddressRow, DiscussionRow, InboxRow, OutboxRow
from tests.failures.acts import at_once, sends
from tests.slack_world import ANA, BEN, CARDS, SCOPES, World

over_http = pytest.mark.parametrize("by_http", [True], ids=["http"])


def card(world: World) -> str:
    """What is written below cards is kept here; where one stands that waits."""
    world.workspace.scopes = {*SCOPES, "groups:history"}
    world.workspace.events |= {"message.groups"}
    world.person(ANA).asks().submitted()
    ts: str = world.cards()[-1]["ts"]
    return ts


def kept(world: World) -> list[tuple[str, str | None]]:
    with world.store.read() as session:
        uses = set(session.exec(select(DiscussionRow.use_id)))
        return [(each.row["kind"], each.words) for each in discussion.of_uses(session, uses)]


def unfinished(world: World) -> int:
    with world.store.read() as session:
        return len(session.exec(select(InboxRow).where(InboxRow.state != "done")).all())


def event(ts: str, thread: str, text: str = "Who listens?", **more: Any) -> dict[str, Any]:
    said = {"type": "message", "channel": CARDS, "channel_type": "group", "user": BEN, "text": text}
    return said | {"ts": ts, "event_ts": ts, "thread_ts": thread} | more


@over_http
def test_f01_words_below_a_card_delivered_four_times_and_under_another_name(world: World) -> None:
    thread = card(world)
    told = payloads.event_callback(world.workspace, event("1795255260.000200", thread))
    answers = at_once(*[lambda: sends(world, told)] * 2)
    answers += [sends(world, told, retry=number) for number in (2, 3)]
    answers.append(sends(world, told | {"event_id": "EvAnother"}))
    world.settle()
    assert answers == [200] * 5
    assert kept(world) == [("said", "Who listens?")]
    assert world.trail().count("discussion.said") == 1
    assert unfinished(world) == 0


def test_f05_an_edit_that_comes_before_what_it_edits_and_words_that_come_a_day_late(world: World) -> None:
    thread, ben = card(world), world.person(BEN)
    events = world.holds_back()
    ts = ben.hands.says(CARDS, "Yes", thread_ts=thread)
    ben.hands.edits(CARDS, ts, "No")
    ben.hands.deletes(CARDS, ts)
    said, edited, deleted = events
    world.delivers(deleted, edited)
    assert ben.decides(Action.APPROVE, reason="Fits.") is None
    world.passes(days=1)
    world.delivers(said)
    assert kept(world) == [("said", "Yes"), ("edited", "No"), ("deleted", None)]
    assert unfinished(world) == 0


def test_f10_what_apps_and_the_bot_write_below_a_card(world: World) -> None:
    thread = card(world)
    for number in range(20):
        world.raises(event(f"{number}.5", thread, "beep", bot_id="B0OTHER", user="U0OTHER"))
    world.raises(event("30.5", thread, "echo", user=world.bot.directory.us()))
    assert kept(world) == []


def test_f36_words_below_a_card_while_nobody_has_noted_where_it_stands(world: World) -> None:
    """It went out, and whoever sent it died: the words wait until the card was found."""
    thread = card(world)
    with world.store.write() as session:
        session.exec(delete(AddressRow).where(AddressRow.purpose == "card"))  # type: ignore[arg-type]
        row = session.exec(
            select(OutboxRow).where(OutboxRow.purpose == "card", OutboxRow.kind == "post")
        ).one()
        row.state, row.ts = "unknown", None
        row.next_try_at = world.store.now() + timedelta(seconds=45)
        session.add(row)
    world.person(BEN).writes("Who listens?", to=CARDS, thread=thread)
    world.passes(minutes=5)
    assert kept(world) == [("said", "Who listens?")]
    assert unfinished(world) == 0


def test_f39_the_scope_is_taken_away_while_we_run(world: World) -> None:
    """Even where Slack still sent the words."""
    thread = card(world)
    world.raises(event("1795255260.000200", thread, "With it"))
    world.workspace.scopes = {*SCOPES}
    world.passes(minutes=2)
    world.raises(event("1795255261.000200", thread, "Without it"))
    assert kept(world) == [("said", "With it")]
    with world.store.read() as session:
        payloads_ = session.exec(select(InboxRow.payload)).all()
    assert not [payload for payload in payloads_ if "Without it" in str(payload)]
