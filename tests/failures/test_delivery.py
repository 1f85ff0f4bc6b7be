"""F01 to F10: what Slack, the network and other processes do to what is delivered."""

from __future__ import annotations

import time
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest
from slack_sdk.socket_mode.interval_runner import IntervalRunner
from sqlmodel import func, select

from bot.sandbox import payloads
from bot.sandbox.workspace import Timing
from bot.slack.ids import Action
from bot.slack.loop import Loop
from bot.slack.web import HEALTH, HealthDoor
from store.engine import PATIENCE
from store.tables import OutboxRow
from tests.crash.conftest import Doomed
from tests.databases import Databases
from tests.failures.acts import asking, at_once, held, interacts, kept_words, press_drawn, rows, sends
from tests.failures.wire import Wired
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, FIRST_WORDS, Thread, World, words
from tests.slack_world.bot import Bot
from tests.slack_world.world import ACK_SECONDS, free_port
from triage.case import Status

over_http = pytest.mark.parametrize("by_http", [True], ids=["http"])
over_both = pytest.mark.parametrize("by_http", [False, True], ids=["socket", "http"])
impatient = pytest.mark.parametrize("patience", [0.5])


def said(world: World, text: str = FIRST_WORDS, **more: Any) -> tuple[str, dict[str, Any]]:
    """Ana writes, and Slack has not delivered it yet: the ts, and the event."""
    events = world.holds_back()
    ts = world.person(ANA).hands.says("dm", text, **more)
    world.workspace.outlet = world._outlet
    (event,) = events
    return ts, event


# --- F01


@over_http
def test_f01_an_event_delivered_four_times_two_of_them_at_once(world: World) -> None:
    root, event = said(world)
    answers = at_once(*[lambda: sends(world, event)] * 2)
    answers += [sends(world, event, retry=number) for number in (2, 3)]
    world.settle()
    assert answers == [200] * 4
    assert len(Thread(world.person(ANA), root).shown()) == 1
    assert world.trail() == ["draft.begun"]
    assert [row.key for row in rows(world)].count(f"event:{event['event_id']}") == 1


def test_f01_an_answer_delivered_four_times_over_a_socket(world: World) -> None:
    thread = asking(world, "people")
    asked = len(thread.shown())
    _, event = said(world, "Nobody beyond my team", thread_ts=thread.root)
    at_once(*[lambda: world.workspace.outlet(event)] * 4)
    world.settle()
    assert world.trail().count("question.answered") == len(thread.case.facts)
    assert len(thread.shown()) == asked + 1


# --- F02


@over_http
def test_f02_the_third_attempt_of_what_never_came_before(alone: World) -> None:
    root, event = said(alone)
    assert sends(alone, event, retry=2) == 200
    alone.settle()
    assert "Otter.ai" in Thread(alone.person(ANA), root).last


def test_f02_what_was_said_while_no_socket_was_open(alone: World) -> None:
    """Slack hands such events over as repetitions once a socket opens."""
    thread = asking(alone, "people")
    alone.stop_bot()
    thread.person.hands.says("dm", "Nobody beyond my team", thread_ts=thread.root)
    alone.start_bot()
    alone.settle()
    assert thread.case.answers["people"].picked == ("only_team",)


# --- F03


def test_f03_killed_between_the_answer_and_the_work(world: World, doomed: Doomed) -> None:
    thread = asking(world, "people")
    asked = len(thread.shown())
    doomed.start("after the acknowledgement")
    doomed.arm()
    thread.person.hands.says("dm", "Nobody beyond my team", thread_ts=thread.root)
    doomed.dies()
    assert thread.case.answers["people"].picked == ("only_team",)
    assert world.trail().count("question.answered") == len(thread.case.facts)
    assert len(thread.shown()) == asked + 1
    assert [row.state for row in rows(world)] == ["done"] * len(rows(world))


# --- F04


@over_http
@impatient
def test_f04_the_database_is_down(world: World) -> None:
    root, event = said(world)
    before = len(world.server.calls)
    with held(world.database_url):
        assert sends(world, event) == 500
        assert sends(world, event, retry=1) == 500
        methods = [call["method"] for call in list(world.server.calls)[before:]]
        assert not [method for method in methods if method.startswith(("chat.", "views."))]
    assert rows(world) == []
    assert sends(world, event, retry=2) == 200
    world.settle()
    assert len(Thread(world.person(ANA), root).shown()) == 1
    assert world.trail() == ["draft.begun"]


# --- F05


def test_f05_the_second_answer_arrives_before_the_first(world: World) -> None:
    """Both have come in when they are worked off: they count in the order in which they were said."""
    thread = asking(world, "purpose")
    first = said(world, "Write minutes of our meetings", thread_ts=thread.root)[1]
    second = said(world, "draft_self", thread_ts=thread.root)[1]
    world.bot.reception.stop()
    for event in (second, first):
        world.workspace.outlet(event)
        world.server.wait_until(lambda: not world.server.at_work())
    world.restart()
    world.settle()
    assert thread.case.answers["purpose"].text == "Write minutes of our meetings"
    assert thread.case.answers["output_use"].picked == ("draft_self",)


def test_f05_the_first_answer_arrives_when_the_second_was_taken_for_it(world: World) -> None:
    """Nothing can tell then; but neither word is lost, and the person sees what became of each."""
    thread = asking(world, "purpose")
    first = said(world, "Write minutes of our meetings", thread_ts=thread.root)[1]
    second = said(world, "Notes of our meetings", thread_ts=thread.root)[1]
    world.delivers(second)
    world.delivers(first)
    assert thread.case.answers["purpose"].text == "Notes of our meetings"
    assert {"Write minutes of our meetings", "Notes of our meetings"} <= set(kept_words(world))
    assert "Notes of our meetings" in "\n".join(thread.texts())
    assert "could not match" in thread.last


@pytest.mark.parametrize("late", ["cancel", "only_team"])
def test_f05_a_day_late_to_a_session_that_goes_on(alone: World, late: str) -> None:
    thread = asking(alone, "people")
    _, event = said(alone, late, thread_ts=thread.root)
    event["event"]["ts"] = f"{float(event['event']['ts']) - 86_400:.6f}"
    alone.delivers(event)
    assert "only now" in thread.last
    assert thread.question == "people"
    assert late in kept_words(alone)


def test_f05_a_day_late_to_a_session_that_is_closed(alone: World) -> None:
    thread = asking(alone, "people")
    _, event = said(alone, "Nobody beyond my team", thread_ts=thread.root)
    thread.types("cancel")
    alone.delivers(event)
    assert "withdrawn" in thread.last
    assert "only noted your words" in thread.last
    assert thread.case.status is Status.withdrawn


# --- F06


def wake(*loops: Loop) -> None:
    for loop in loops:
        loop.wake()


@pytest.fixture
def second(world: World) -> Iterator[Bot]:
    """Another process on the same database, with a socket and a worker of its own, and as quick as the first."""
    other = Bot(world.server, world.database_url, port=0, patience=PATIENCE)
    other.start()
    assert other.running is not None
    world.server.wait_until(lambda: world.server.socket_connected() == 2)
    both = [world.bot, other.running]
    for running in both:
        running.front.wake = lambda: wake(*(each.sender for each in both))
        running.front.arrived = lambda: wake(*(each.reception for each in both))
    yield other
    at_once(world.stop_bot, other.close)


@pytest.mark.usefixtures("second")
def test_f06_two_sockets_and_two_workers(world: World) -> None:
    thread = world.person(ANA).asks()
    thread.chooses(Action.MORE, Action.START_BLANK.value)
    thread.answers()
    thread.presses(Action.SUBMIT)
    assert world.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    said = [fact.question for fact in thread.case.facts.values() if fact.by is not None]
    assert world.trail().count("question.answered") == len(said), "each answer once"
    posts = [c["args"] for c in world.server.calls if c["method"] == "chat.postMessage" and c["ok"]]
    owed = [post["metadata"] for post in posts]
    assert len(owed) == len(set(map(str, owed))), "one row of the outbox, one message"
    assert len(world.cards()) == 1
    assert [what for what in world.trail() if what.startswith("case.")] == ["case.submitted", "case.approved"]


# --- F07


@pytest.fixture
def wired(sqlite_databases: Databases) -> Iterator[Wired]:
    world = Wired(sqlite_databases.copy())
    try:
        world.open()
        yield world
        assert world.is_untouched()
    finally:
        world.close()


def test_f07_a_socket_that_fell_silent(wired: Wired) -> None:
    """It stays open and carries nothing; health turns red, another one is opened, and nothing counts twice."""
    thread = asking(wired, "people")
    asked, port = len(thread.shown()), free_port()
    (close,) = wired.bot._doors
    door: Any = close.__self__  # type: ignore[attr-defined]
    health = HealthDoor(wired.store, port=port, is_well=door.is_well)
    health.start()
    try:
        assert get(port, HEALTH) == 200
        pings_every(door.client, 0.25)
        wired.wire.falls_silent()
        thread.person.hands.says("dm", "Nobody beyond my team", thread_ts=thread.root)
        silent = door.client.current_session
        wired.server.wait_until(
            lambda: get(port, HEALTH) == 503 and silent is door.client.current_session and silent.is_active()
        )
        wired.server.wait_until(lambda: get(port, HEALTH) == 200, timeout=20)
        wired.clock.move(ACK_SECONDS)
        wired.settle()
    finally:
        health.stop()
    assert thread.case.answers["people"].picked == ("only_team",)
    assert wired.trail().count("question.answered") == len(thread.case.facts)
    assert len(thread.shown()) == asked + 1


def pings_every(client: Any, seconds: float) -> None:
    """The SDK's own watch, only quicker: it takes a socket for dead after four pings without an answer."""
    client.ping_interval = client.current_session.ping_interval = seconds
    client.current_session.last_ping_pong_time = time.time()
    client.current_app_monitor.interval_seconds = seconds
    client.current_app_monitor.event.set()
    client.current_app_monitor.thread.join()
    client.current_app_monitor = IntervalRunner(client._monitor_current_session, seconds).start()


def get(port: int, path: str) -> int:
    caller = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        caller.request("GET", path)
        return caller.getresponse().status
    finally:
        caller.close()


# --- F08


def test_f08_a_press_does_not_wait_for_what_is_slow(wired: Wired) -> None:
    """Slack answers nothing to the bot, and eight conversations wait; a press is acknowledged all the same."""
    others = [asking(wired, user=user) for user in (BEN, CLEO, DAN, EVE) * 2]
    first = asking(wired)
    threads = [first, *others]
    opened = first.question
    message, element = first.find(Action.NOT_SURE)
    wired.wire.holds(b"POST /api/chat.", every=True)
    # Less than the ten seconds after which the bot gives a call up.
    wired.server._delivery._timing = Timing(ack_seconds=5.0)
    for thread in others:
        thread.person.hands.says("dm", "not sure", thread_ts=thread.root)
    assert wired.wire.caught.wait(10)
    assert first.again(message, element), "acknowledged while the worker hangs"
    wired.wire.lets_go()
    wired.settle()
    assert [thread.question for thread in threads if thread.question == opened] == []


# --- F09


def test_f09_an_event_of_a_new_kind(alone: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    alone.raises({"type": "telepathy_received", "user": ANA, "event_ts": "1.2"})
    assert alone.server.at_work() == 0
    assert caplog.text.count("a kind that is not handled") == 1
    assert [call for call in alone.server.calls if call["method"].startswith(("chat.", "views."))] == []


def test_f09_a_button_of_a_new_kind(alone: World, caplog: pytest.LogCaptureFixture) -> None:
    thread = asking(alone)
    before = thread.case
    message, element = thread.find(Action.NOT_SURE)
    assert press_drawn(thread.person, message, element, action_id="launch_rocket"), "acknowledged"
    assert "do not know that button" in thread.person.told()
    assert thread.case == before
    assert caplog.text.count("a button that this version does not know") == 1


def test_f09_a_window_of_a_new_kind(alone: World, caplog: pytest.LogCaptureFixture) -> None:
    alone.person(ANA).asks().submitted()
    ben = alone.person(BEN)
    ben.presses_card(Action.DECLINE)
    ben.hands.fills(reason="A careful reason")
    view = alone.workspace.views.top(BEN)
    assert view is not None
    view.content["callback_id"] = "telepathy"
    assert ben.hands.submits() is None
    alone.settle()
    assert "do not know that" in ben.window()
    assert "A careful reason" in ben.window(), "what was written is given back"
    assert caplog.text.count("A window came back that this version does not know") == 1


def test_f09_a_shortcut_of_a_new_kind(alone: World) -> None:
    ana = alone.person(ANA)
    with alone.workspace.lock:
        body = payloads.shortcut(alone.workspace, ANA, "telepathy")
    assert interacts(ana, body)
    assert "do not know that" in words(ana.dm()[-1])


def test_f09_a_payload_of_a_new_kind(alone: World, caplog: pytest.LogCaptureFixture) -> None:
    ana = alone.person(ANA)
    with alone.workspace.lock:
        body = payloads.interaction(alone.workspace, "telepathy_submission", ANA)
    assert interacts(ana, body)
    assert caplog.text.count("something this version does not know") == 1


# --- F10


def test_f10_a_hundred_echoes(alone: World) -> None:
    """Our own posts, edits, unfurls and deletions, and posts of other bots, with and without their marks."""
    thread = asking(alone)
    before, lines, calls = thread.case, alone.trail(), len(alone.server.calls)
    place = alone.workspace.person(ANA).dm
    base = {"type": "message", "channel": place, "channel_type": "im", "thread_ts": thread.root}
    ours = thread.shown()[-1]
    for number in range(10):
        ts = f"{time.time():.0f}.{number:06}"
        own = {**base, "user": "U0BOT", "bot_id": "B0BOT", "text": "not sure", "ts": ts, "event_ts": ts}
        unmarked = {k: v for k, v in own.items() if k != "bot_id"}
        top = {k: v for k, v in own.items() if k != "thread_ts"}
        changed = {**base, "subtype": "message_changed", "ts": ts, "event_ts": ts, "hidden": True}
        gone = {**base, "subtype": "message_deleted", "ts": ts, "event_ts": ts, "deleted_ts": ours["ts"]}
        old = {"user": "U0BOT", "ts": ours["ts"], "thread_ts": thread.root, "text": "before"}
        for event in (
            own,
            unmarked,
            top,
            {**own, "subtype": "bot_message", "bot_id": "B0OTHER", "user": None},
            {**own, "user": "U0OTHERBOT", "bot_id": "B0OTHER"},
            {**own, "user": "USLACKBOT", "bot_id": None},
            {**changed, "message": {**old, "bot_id": "B0BOT", "text": "after"}, "previous_message": old},
            {**changed, "message": {**old, "text": "unfurled"}, "previous_message": old},
            {**changed, "message": {**old, "user": ANA}, "previous_message": {**old, "user": ANA}},
            {**gone, "previous_message": old},
        ):
            alone.workspace.outlet(payloads.event_callback(alone.workspace, event))
    alone.settle()
    assert thread.case == before
    assert alone.trail() == lines
    assert [c["method"] for c in list(alone.server.calls)[calls:] if c["method"] != "auth.test"] == []


def test_f10_a_mention_by_another_bot(alone: World) -> None:
    event = {"type": "app_mention", "channel": "C0ALL", "user": "U0OTHERBOT", "bot_id": "B0OTHER"}
    alone.raises(event | {"text": "<@U0BOT> can I use Otter?", "ts": "1.1", "event_ts": "1.1"})
    with alone.store.read() as session:
        assert session.exec(select(func.count()).select_from(OutboxRow)).one() == 0
