"""What is written below a card is kept with the decision where the scope was granted, and nothing else ever is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import col, select

from bot.slack.ids import Action
from store import discussion
from store.discussion import Kept
from store.erasing import erase
from store.tables import AuditTextRow, DiscussionRow, InboxRow
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, SCOPES, World


@pytest.fixture
def heard(world: World) -> World:
    """The organisation lets discussions be kept."""
    world.workspace.scopes = {*SCOPES, "groups:history"}
    world.workspace.events |= {"message.groups", "message.channels"}
    return world


def card(world: World) -> str:
    """A request that waits; where its card stands."""
    world.person(ANA).asks().submitted()
    ts: str = world.cards()[-1]["ts"]
    return ts


def kept(world: World) -> list[Kept]:
    with world.store.read() as session:
        uses = set(session.exec(select(DiscussionRow.use_id)))
        return list(discussion.of_uses(session, uses))


def said(world: World) -> list[tuple[str, str | None]]:
    return [(each.row["kind"], each.words) for each in kept(world)]


def events_of_channels(world: World) -> list[dict[str, Any]]:
    """Every message of a channel that was ever stored, worked off or not."""
    with world.store.read() as session:
        stored = session.exec(select(InboxRow.payload).where(InboxRow.kind == "message")).all()
    return [event for each in stored if (event := each["event"])["channel_type"] != "im"]


def everything(world: World) -> Iterator[str]:
    """All that is stored of what people wrote."""
    with world.store.read() as session:
        yield from session.exec(select(AuditTextRow.text))
        yield from (str(payload) for payload in session.exec(select(InboxRow.payload)))


@pytest.mark.parametrize("door", ["socket", "http"])
def test_a_discussion_is_kept_with_who_and_when(heard: World) -> None:
    thread = card(heard)
    ben, cleo = heard.person(BEN), heard.person(CLEO)
    first = ben.writes("Where do the recordings go?", to=CARDS, thread=thread)
    cleo.writes("Frankfurt, as I read it & so it says", to=CARDS, thread=thread)
    words = [("said", "Where do the recordings go?"), ("said", "Frankfurt, as I read it & so it says")]
    assert said(heard) == words
    row = kept(heard)[0].row
    assert (row["ts"], row["thread"]) == (first, thread)
    assert heard.bot.directory.user(row["by"]) == BEN
    assert heard.trail().count("discussion.said") == 2


def test_an_edit_and_a_deletion_are_kept_beside_what_was_said(heard: World) -> None:
    thread, ben = card(heard), heard.person(BEN)
    ts = ben.writes("Yes", to=CARDS, thread=thread)
    ben.hands.edits(CARDS, ts, "No")
    heard.settle()
    ben.hands.deletes(CARDS, ts)
    heard.settle()
    assert said(heard) == [("said", "Yes"), ("edited", "No"), ("deleted", None)]
    with heard.store.read() as session:
        assert discussion.counted(session, kept(heard)[0].row["use_id"]) == 1


def test_files_are_kept_by_name_and_link_only(heard: World) -> None:
    thread = card(heard)
    heard.person(BEN).writes("", to=CARDS, thread=thread, files=[("offer\n.pdf", b"the price is secret")])
    (found,) = kept(heard)
    assert found.words is None
    assert found.files is not None
    assert found.files.startswith("offer .pdf http")
    assert not [text for text in everything(heard) if "the price" in text]


def test_without_the_scope_nothing_is_read(world: World) -> None:
    """Neither by asking for the events alone, nor if Slack sent them all the same."""
    world.workspace.events |= {"message.groups"}
    thread = card(world)
    sent = world.holds_back()
    world.person(BEN).writes("Between us", to=CARDS, thread=thread)
    assert sent == []
    world.delivers()
    event = {"type": "message", "channel": CARDS, "channel_type": "group", "user": BEN}
    world.raises(event | {"ts": "1.5", "event_ts": "1.5", "thread_ts": thread, "text": "Between us"})
    assert kept(world) == []
    assert not [text for text in everything(world) if "Between us" in text]


def test_the_scope_of_public_channels_opens_no_private_one(heard: World) -> None:
    heard.workspace.scopes = {*SCOPES, "channels:history"}
    thread = card(heard)
    event = {"type": "message", "channel": CARDS, "channel_type": "group", "user": BEN}
    heard.raises(event | {"ts": "1.5", "event_ts": "1.5", "thread_ts": thread, "text": "Between us"})
    assert events_of_channels(heard) == []


def test_nothing_outside_of_the_threads_of_cards_is_stored(heard: World) -> None:
    heard.workspace.scopes = {*SCOPES, "groups:history", "channels:history"}
    card(heard)
    dan = heard.person(DAN)
    top = dan.writes("Secret at the top", to=CARDS)
    heard.person(BEN).writes("Secret below it", to=CARDS, thread=top)
    dan.hands.edits(CARDS, top, "Secret as it was edited")
    heard.settle()
    dan.hands.deletes(CARDS, top)
    heard.settle()
    other = dan.writes("Secret elsewhere", to="C0ALL")
    dan.writes("Secret below that", to="C0ALL", thread=other)
    assert kept(heard) == []
    assert not [text for text in everything(heard) if "Secret" in text]


def test_what_the_bot_and_other_apps_write_there_is_none_of_it(heard: World) -> None:
    thread = card(heard)
    heard.person(BEN).decides(Action.APPROVE, reason="Fits.")
    event = {"type": "message", "channel": CARDS, "channel_type": "group", "user": "U0OTHER", "bot_id": "B9"}
    heard.raises(event | {"ts": "1.5", "event_ts": "1.5", "thread_ts": thread, "text": "beep"})
    assert heard.below(heard.cards()[-1])
    assert kept(heard) == []


def test_what_slack_unfolds_is_no_edit(heard: World) -> None:
    thread, ben = card(heard), heard.person(BEN)
    ts = ben.writes("See https://example.org", to=CARDS, thread=thread)
    message = {
        "type": "message",
        "user": BEN,
        "ts": ts,
        "thread_ts": thread,
        "text": "See https://example.org",
    }
    change = {"type": "message", "subtype": "message_changed", "channel": CARDS, "channel_type": "group"}
    unfolded = {"message": message | {"attachments": [{"id": 1}]}, "previous_message": message}
    heard.raises(change | unfolded | {"ts": "2.5", "event_ts": "2.5"})
    assert [kind for kind, _ in said(heard)] == ["said"]


def test_hostile_words_stay_words(heard: World) -> None:
    thread = card(heard)
    hostile = "<!channel> *bold* `code` =1+1 \u202egnp.exe {{ 7*7 }} " + "x" * 9000
    heard.person(BEN).writes(hostile, to=CARDS, thread=thread)
    assert said(heard) == [("said", hostile)]


def test_words_of_a_discussion_are_erased_like_others(heard: World) -> None:
    thread = card(heard)
    heard.person(BEN).writes("She was ill that week", to=CARDS, thread=thread)
    (found,) = kept(heard)
    with heard.store.write() as session:
        erase(session, line=found.row["line"], field=None, because="asked", by=None, now=heard.store.now())
    (after,) = kept(heard)
    assert after.words is None
    assert after.row == found.row
    with heard.store.read() as session:
        assert not session.exec(select(AuditTextRow).where(col(AuditTextRow.text).contains("ill that"))).all()


def test_the_receipt_says_whether_the_discussion_is_kept_with_it(heard: World) -> None:
    thread = card(heard)
    ben = heard.person(BEN)
    for words in ("Who listens?", "Fine with me"):
        ben.writes(words, to=CARDS, thread=thread)
    assert ben.decides(Action.APPROVE, reason="Fits.") is None
    receipt = heard.below(heard.cards()[-1])[-1].partition("Receipt: ")[2]
    assert "Kept with it: 2 messages of this thread." in receipt


def test_without_it_the_receipt_names_the_reasons_as_the_record(world: World) -> None:
    thread = card(world)
    world.person(EVE).writes("Who listens?", to=CARDS, thread=thread)
    assert world.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    receipt = world.below(world.cards()[-1])[-1].partition("Receipt: ")[2]
    assert "Nothing written in this thread is kept with it; the reasons given in windows" in receipt
