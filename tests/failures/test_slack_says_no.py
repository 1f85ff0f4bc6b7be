"""F35 to F39: limits, doubt, closed channels, people who are gone, and a token that counts no more."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from bot.sandbox import changes
from bot.slack.drawing import Drawing
from bot.slack.ids import Action
from bot.slack.sender import PAUSE, Sender
from store import outbox
from store.tables import InboxRow, OutboxRow, PersonRow
from tests.failures.acts import Json, asking, buttons, moves_cards, rows, sends
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, SCOPES, TEAM, Shown, World, words
from triage.case import Status

by_http = pytest.mark.parametrize("by_http", [True], ids=["http"])
led = pytest.mark.parametrize("settings", [{"roles.governance_lead": [CLEO]}], ids=["led"])


def waiting(world: World) -> list[tuple[str, str | None]]:
    with world.store.read() as session:
        rows = session.exec(select(OutboxRow).where(col(OutboxRow.state).not_in(("sent", "dropped"))))
        return [(row.state, row.problem) for row in rows]


def forgives(world: World) -> None:
    """What this story had Slack refuse, it had it refuse on purpose."""
    world.server.refusals.clear()


# --- F35

MANY = 300


def test_f35_a_limit_in_the_middle_of_three_hundred_messages(world: World) -> None:
    """Sent by a sender of our own, round by round, so that the limit comes where it shall."""
    front, directory = world.bot.front, world.bot.directory
    world.bot.sender.stop()
    places = [directory.place("C0ALL"), directory.place(world.workspace.person(ANA).dm)]
    now = world.clock.moment()
    with world.store.write() as session:
        for number in range(MANY):
            payload = {"text": f"line {number}", "thread": None}
            outbox.put(
                session, kind="post", place_id=places[number % 2], payload=payload, priority=3, now=now
            )
    sender = Sender(world.store, world.bot.client, directory, Drawing(front))
    for _ in range(20):
        sender.work()
    world.server.faults.ratelimit("chat.postMessage", calls=4, retry_after=30)
    sender.work()
    sender.work()
    at_limit = said(world, "line ")
    with world.store.write() as session:
        outbox.put(
            session,
            kind="post",
            place_id=directory.place(CARDS),
            payload={"text": "interactive", "thread": None},
            priority=0,
            now=world.clock.moment(),
        )
    sender.work()
    assert len(said(world, "line ")) < MANY
    for _ in range(MANY):
        if not sender.work():
            world.clock.move(30)
        if not waiting(world):
            break
    lines = said(world, "line ")
    assert sorted(lines) == sorted(f"line {number}" for number in range(MANY)), "each of them once"
    for parity in (0, 1):
        mine = [line for line in lines if int(line.split()[1]) % 2 == parity]
        assert mine == [f"line {number}" for number in range(parity, MANY, 2)], "in order"
    posts = [c["args"]["text"] for c in world.server.calls if c["method"] == "chat.postMessage" and c["ok"]]
    assert posts.index("interactive") < posts.index(f"line {MANY - 1}")
    assert posts.index("interactive") <= len(at_limit) + 4, "it went ahead of what was waiting"
    forgives(world)


def said(world: World, start: str) -> list[str]:
    found = [
        m
        for place in ("C0ALL", world.workspace.person(ANA).dm)
        for m in world.workspace.messages(place)
        if str(m.get("text", "")).startswith(start)
    ]
    return [m["text"] for m in sorted(found, key=lambda m: m["ts"])]


def test_f35_a_wait_is_no_failure(alone: World) -> None:
    alone.server.faults.ratelimit("chat.postMessage", calls=9, retry_after=30)
    thread = alone.person(ANA).asks()
    assert len(thread.shown()) == 1


# --- F36


@pytest.mark.parametrize("loss", ["after", "before", "500"])
def test_f36_a_doubtful_question(world: World, loss: str) -> None:
    thread = asking(world, "people")
    count = len(thread.shown())
    faults = world.server.faults
    {"after": faults.time_out_after, "before": faults.time_out_before, "500": faults.http}[loss](
        "chat.postMessage"
    )
    thread.types("Nobody beyond my team")
    assert len(thread.shown()) == count + 1, "neither lost nor twice"
    assert thread.question == "data"


def cards_and_notes(world: World) -> list[Shown]:
    return [m for m in world.workspace.messages(CARDS) if m.get("bot_id")]


def test_f36_a_doubtful_card_where_nobody_may_look(alone: World) -> None:
    """At worst one stands twice; it is marked, and goes away at its first press."""
    alone.workspace.scopes = {*SCOPES} - {"metadata.message:read"}
    thread = alone.person(ANA).asks()
    assert thread.fills() is None
    thread.answers()
    alone.server.faults.time_out_after("chat.postMessage", calls=None)
    message, element = thread.find(Action.SUBMIT)
    thread.again(message, element)
    alone.server.wait_until(lambda: len(alone.cards()) == 1)
    del alone.server.faults["chat.postMessage"]
    alone.settle()
    copies = alone.cards()
    assert len(copies) == 2
    notes = [note for card in copies for note in alone.below(card)]
    assert any("a copy of it may stand" in note for note in notes), "it says so"
    ben = alone.person(BEN)
    assert ben.decides(Action.APPROVE, copies[0], reason="Fits.") is None
    (left,) = alone.cards()
    assert buttons(left) == []
    assert thread.case.status is Status.approved
    forgives(alone)


@pytest.mark.parametrize("late", [False, True], ids=["told at once", "told when it was sent again"])
def test_f36_a_doubtful_card_of_which_slack_tells(alone: World, late: bool) -> None:
    """Nobody reads the channel: its own post comes back as an event, and the second one goes by itself."""
    thread = alone.person(ANA).asks()
    assert thread.fills() is None
    thread.answers()
    alone.server.faults.time_out_after("chat.postMessage", calls=None)
    if late:
        alone.server.faults.hold()
    message, element = thread.find(Action.SUBMIT)
    thread.again(message, element)
    alone.server.wait_until(lambda: len(alone.cards()) == 1)
    (first,) = alone.cards()
    del alone.server.faults["chat.postMessage"]
    alone.settle()
    if late:
        assert len(alone.cards()) == 2
        alone.server.faults.release()
        alone.settle()
    (card,) = alone.cards()
    assert late or card["ts"] == first["ts"], "it was never sent again"
    assert alone.below(card) == [], "and no note is left of it"
    assert alone.person(BEN).decides(Action.APPROVE, card, reason="Fits.") is None
    assert thread.case.status is Status.approved
    assert buttons(alone.cards()[0]) == []
    forgives(alone)


def test_f36_another_app_cannot_have_a_card_removed(alone: World) -> None:
    """Any app may write our mark; Slack says whose it is."""
    thread = alone.person(ANA).asks().submitted()
    (card,) = alone.cards()
    mark = next(m.metadata for m in alone.workspace.channels[CARDS].messages if m.metadata)
    for app in ("A0OTHER", "A0BOT"):
        alone.raises({"type": "message_metadata_posted", "app_id": app, "channel_id": CARDS, "metadata": mark,
                      "message_ts": card["ts"], "event_ts": card["ts"]})  # fmt: skip
    assert [c["ts"] for c in alone.cards()] == [card["ts"]]
    assert thread.case.status is Status.in_review


def test_f36_a_doubtful_card_where_we_may_look(alone: World) -> None:
    alone.workspace.scopes = {*SCOPES, "groups:history"}
    thread = alone.person(ANA).asks()
    assert thread.fills() is None
    thread.answers()
    alone.server.faults.time_out_after("chat.postMessage", calls=1)
    thread.presses(Action.SUBMIT)
    assert len(alone.cards()) == 1


# --- F37


def archived(world: World) -> None:
    world.server.archives("ai-governance")


def removed(world: World) -> None:
    world.server.removes("U0BOT", "ai-governance")


def deleted(world: World) -> None:
    with world.workspace.lock:
        del world.workspace.channels[CARDS]
    world.raises({"type": "group_deleted", "channel": CARDS, "event_ts": "1.1"})


def with_lead(world: World) -> list[Shown]:
    return [m for m in world.person(CLEO).dm() if "AIU-2026" in words(m)]


def told_lead(world: World) -> list[str]:
    return [words(m) for m in world.person(CLEO).dm() if "I cannot post in" in words(m)]


@led
@pytest.mark.parametrize("happens", [archived, removed, deleted])
def test_f37_the_channel_of_cards_closes(alone: World, happens: Callable[[World], None]) -> None:
    first = alone.person(ANA).asks().submitted()
    happens(alone)
    alone.settle()
    assert len(told_lead(alone)) == 1
    second = alone.person(DAN).asks().submitted()
    held = [words(m) for m in with_lead(alone)]
    assert any(str(first.case.ref) in text for text in held)
    assert any(str(second.case.ref) in text for text in held)
    first.types("One more thing: from May on")
    assert any("from May on" in words(m) for m in alone.person(CLEO).dm()), (
        "what is said below cards comes too"
    )
    assert len(told_lead(alone)) == 1, "told once"
    assert waiting(alone) == []
    with_buttons = [m for m in with_lead(alone) if buttons(m)]
    assert len(with_buttons) == 2, "and can be looked into"
    forgives(alone)


@led
def test_f37_it_shows_only_when_we_post(alone: World) -> None:
    """No event came: Slack refuses the card, and it goes to whoever leads."""
    with alone.workspace.lock:
        alone.workspace.channels[CARDS].is_archived = True
    thread = alone.person(ANA).asks().submitted()
    assert len(told_lead(alone)) == 1
    assert [str(thread.case.ref) in words(m) for m in with_lead(alone)] == [True]
    assert waiting(alone) == []
    forgives(alone)


@led
@pytest.mark.parametrize(
    "code", ["restricted_action_read_only_channel", "restricted_action_thread_locked", "not_in_channel"]
)
def test_f37_posting_is_restricted(alone: World, code: str) -> None:
    thread = alone.person(ANA).asks().submitted()
    alone.server.faults.error("chat.postMessage", code, calls=1)
    moves_cards(alone, "C0ALL")
    assert len(told_lead(alone)) == 1
    assert [str(thread.case.ref) in words(m) for m in with_lead(alone)] == [True]
    assert waiting(alone) == []


@led
def test_f37_the_channel_opens_again(alone: World) -> None:
    archived(alone)
    alone.settle()
    thread = alone.person(ANA).asks().submitted()
    assert len(with_lead(alone)) == 1
    with alone.workspace.lock:
        changes.unarchive(alone.workspace, "ai-governance")
    alone.settle()
    (card,) = alone.cards()
    assert str(thread.case.ref) in words(card)
    alone.person(BEN).decides(Action.DECLINE, card, reason="No")
    assert all(buttons(m) == [] for m in with_lead(alone)), "the other copy tells the truth too"
    forgives(alone)


def test_f37_a_rename_changes_nothing(alone: World) -> None:
    thread = alone.person(ANA).asks().submitted()
    with alone.workspace.lock:
        alone.workspace.channels[CARDS].name = "governance-of-ai"
    alone.raises(
        {"type": "group_rename", "channel": {"id": CARDS, "name": "governance-of-ai"}, "event_ts": "1.1"}
    )
    assert alone.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    assert thread.case.status is Status.approved
    assert len(alone.cards()) == 1


def test_f37_another_id(alone: World) -> None:
    """The channel was converted; the card that stands in it is found under the new id."""
    thread = alone.person(ANA).asks().submitted()
    with alone.workspace.lock:
        place = alone.workspace.channels.pop(CARDS)
        place.id = "C0NEWID"
        alone.workspace.channels["C0NEWID"] = place
        for message in place.messages:
            message.channel = "C0NEWID"
    alone.raises(
        {
            "type": "channel_id_changed",
            "old_channel_id": CARDS,
            "new_channel_id": "C0NEWID",
            "event_ts": "1.1",
        }
    )
    thread.types("One more thing")
    seen = alone.server.person(BEN).sees("C0NEWID")
    assert any("One more thing" in words(m) for m in seen)
    other = alone.person(DAN).asks().submitted()
    seen = alone.server.person(BEN).sees("C0NEWID")
    assert any(str(other.case.ref) in words(m) for m in seen)


# --- F38


def test_f38_a_reviewer_who_left(alone: World) -> None:
    alone.server.deactivates(EVE)
    alone.settle()
    thread = alone.person(ANA).asks().submitted()
    assert f"<@{BEN}>" in thread.last
    assert f"<@{EVE}>" not in thread.last, "nobody is pointed to somebody who is gone"
    assert f"<@{EVE}>" not in words(alone.cards()[0])


def test_f38_a_requester_who_left(alone: World) -> None:
    """Nothing is said to them in vain, and the reviewers hear that no answer will come; once."""
    thread = alone.person(ANA).asks().submitted()
    alone.server.deactivates(ANA)
    alone.settle()
    before = len(alone.workspace.messages(alone.workspace.person(ANA).dm))
    ben = alone.person(BEN)
    assert ben.decides(Action.ASK, question="Who listens?") is None
    assert len(alone.workspace.messages(alone.workspace.person(ANA).dm)) == before
    notes = [note for note in alone.below(alone.cards()[0]) if "no answer will come" in note]
    assert len(notes) == 1
    assert ben.decides(Action.DECLINE, reason="Nobody is there") is None
    assert thread.case.status is Status.declined
    assert len([n for n in alone.below(alone.cards()[0]) if "no answer will come" in n]) == 1
    assert waiting(alone) == []


@pytest.mark.parametrize(
    "code", ["user_disabled", "messages_tab_disabled", "cannot_dm_bot", "user_not_found"]
)
def test_f38_direct_messages_are_closed(alone: World, code: str) -> None:
    thread = alone.person(ANA).asks().submitted()
    alone.server.faults.error("chat.postMessage", code, calls=1)
    ben = alone.person(BEN)
    assert ben.decides(Action.ASK, question="Who listens?") is None
    assert waiting(alone) == []
    assert any("no answer will come" in note for note in alone.below(alone.cards()[0]))
    assert thread.case.status is Status.needs_info


def test_f38_no_zone_no_email_no_name(alone: World) -> None:
    with alone.workspace.lock:
        person = alone.workspace.person(ANA)
        person.tz, person.email, person.name = None, "", ""
    told: Json = {"id": ANA, "team_id": TEAM, "deleted": False, "profile": {}}
    alone.raises({"type": "user_change", "user": told, "event_ts": "1.1"})
    thread = alone.person(ANA).asks().submitted()
    assert alone.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    assert thread.case.status is Status.approved


def test_f38_a_guest_asks_and_sees_only_their_own(alone: World) -> None:
    alone.person(ANA).asks().submitted()
    alone.person(BEN).decides(Action.APPROVE, reason="Fits.")
    with alone.workspace.lock:
        guest = alone.workspace.person(DAN)
        guest.is_restricted = True
        told = guest.payload(alone.workspace.team, alone.clock.moment())
    alone.raises({"type": "user_change", "user": told, "event_ts": "1.1"})
    assert "for colleagues" in alone.person(DAN).steward("can I use otter")
    assert "AIU-2026-0001" not in alone.person(DAN).steward("list")
    assert alone.person(DAN).asks().case.status is Status.draft


def test_f38_a_bot_named_as_the_owner_holds_no_role(alone: World) -> None:
    thread = alone.person(ANA).asks().submitted()
    told: Json = {"id": BEN, "team_id": TEAM, "is_bot": True, "profile": {"display_name": "Ben"}}
    alone.raises({"type": "user_change", "user": told, "event_ts": "1.1"})
    ben = alone.person(BEN)
    ben.presses_card(Action.APPROVE)
    assert ben.hands.view() is None
    assert thread.case.status is Status.in_review


# --- F39


@pytest.mark.parametrize("code", ["token_revoked", "invalid_auth", "account_inactive", "token_expired"])
def test_f39_the_token_counts_no_more(world: World, code: str) -> None:
    """Nothing is lost, little is asked in vain, and all of it goes out once the token counts again."""
    thread = asking(world, "people")
    shown = len(thread.shown())
    for method in ("chat.postMessage", "chat.update", "views.publish"):
        world.server.faults.error(method, code, calls=None)
    before = len(world.server.refusals)
    for user in (DAN, EVE):
        world.person(user).hands.opens_home()
    thread.person.hands.says("dm", "Nobody beyond my team", thread_ts=thread.root)
    world.server.wait_until(lambda: len(world.server.refusals) > before)
    world.server.wait_until(lambda: len(waiting(world)) > 3 and not world.server.at_work())
    time.sleep(0.2)
    assert len(world.server.refusals) - before == 1, "one try, then a pause for all"
    assert thread.case.answers["people"].picked == ("only_team",)
    for method in ("chat.postMessage", "chat.update", "views.publish"):
        del world.server.faults[method]
    world.clock.move(PAUSE.total_seconds() + 1)
    world.settle()
    assert waiting(world) == []
    assert len(thread.shown()) == shown + 1
    assert thread.question == "data"


def test_f39_taken_out_of_the_workspace(alone: World, caplog: pytest.LogCaptureFixture) -> None:
    """The log says so once it is certain; nothing is sent, nothing is lost, and installed again it goes out."""
    thread = asking(alone, "people")
    alone.server.uninstalls()
    alone.server.wait_until(lambda: not alone.server.at_work())
    alone.server.wait_until(lambda: all(row.state == "done" for row in rows(alone)))
    told = [r for r in caplog.records if r.__dict__.get("event") == "app.removed"]
    assert {r.levelname for r in told} == {"ERROR"}
    assert "Steward was removed from the workspace (account_inactive)" in told[0].getMessage()
    thread.person.hands.says("dm", "Nobody beyond my team", thread_ts=thread.root)
    alone.server.wait_until(lambda: waiting(alone) and not alone.server.at_work())
    assert thread.case.answers["people"].picked == ("only_team",)
    alone.server.installs()
    forgives(alone)
    alone.clock.move(PAUSE.total_seconds() + 1)
    alone.settle()
    assert waiting(alone) == []
    assert thread.question == "data"


def test_f39_somebody_elses_token_is_no_concern(alone: World, caplog: pytest.LogCaptureFixture) -> None:
    alone.raises({"type": "tokens_revoked", "tokens": {"oauth": [ANA], "bot": []}, "event_ts": "1.1"})
    assert [r for r in caplog.records if r.__dict__.get("event") == "app.removed"] == []


def test_f39_rotated_while_a_worker_runs(alone: World) -> None:
    """The old token is refused in the middle; a restart with the new one sends what was kept."""
    thread = asking(alone, "people")
    for method in ("chat.postMessage", "chat.update"):
        alone.server.faults.error(method, "token_expired", calls=None)
    before = len(alone.server.refusals)
    thread.person.hands.says("dm", "Nobody beyond my team", thread_ts=thread.root)
    alone.server.wait_until(lambda: len(alone.server.refusals) > before)
    alone.stop_bot()
    for method in ("chat.postMessage", "chat.update"):
        del alone.server.faults[method]
    alone.start_bot()
    alone.settle()
    assert thread.question == "data"
    assert waiting(alone) == []


def test_f39_a_scope_is_missing(alone: World) -> None:
    """What needs it waits; what does not goes on."""
    thread = asking(alone, "people")
    alone.server.faults.error("chat.postMessage", "missing_scope", calls=3)
    thread.types("Nobody beyond my team")
    assert thread.question == "data", "it was kept until the scope was granted"
    assert waiting(alone) == []


@by_http
@pytest.mark.parametrize("forged", ["signature", "moment"])
def test_f39_a_forged_request_leaves_nothing_but_a_line(
    alone: World, caplog: pytest.LogCaptureFixture, forged: str
) -> None:
    place = alone.workspace.person(ANA).dm
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": place,
        "user": ANA,
        "ts": "1.1",
        "text": "Otter",
    }
    body: Json = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event}
    before, calls = counts(alone), len(alone.server.calls)
    if forged == "signature":
        status = sends(alone, body, signed="v0=" + "0" * 64)
    else:
        status = sends(alone, body, moment=str(int(time.time() - timedelta(minutes=6).total_seconds())))
    alone.settle()
    assert status == 401
    assert counts(alone) == before
    assert len(alone.server.calls) == calls
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("bot.slack")]
    assert ours == ["A request without Slack's signature was refused"]
    assert sends(alone, body) == 200, "signed now, it is taken"


def counts(world: World) -> list[int]:
    with world.store.read() as session:
        tables = (InboxRow, OutboxRow, PersonRow)
        return [session.exec(select(func.count()).select_from(table)).one() for table in tables]
