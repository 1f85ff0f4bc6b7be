"""F23 to F31: who decides, what happens when several press, and which picture stands in the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox import payloads
from bot.sandbox.conversation import Channel
from bot.sandbox.people import Group, Person
from bot.slack.ids import Action
from bot.slack.payloads import Who
from tests.databases import Databases
from tests.failures.acts import GROUP, Json, at_once, buttons, interacts, moves_cards
from tests.failures.wire import Wired, overtaken
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, TEAM, Shown, Somebody, World, words
from triage.case import Status
from triage.commands import AskRequester, Decline

by_group = pytest.mark.parametrize("settings", [{"roles.reviewer": [GROUP]}], ids=["group"])


def card_press(person: Somebody, card: Shown, action: str, **change: Any) -> Json:
    """The payload of a press on a card as it is drawn; `change`: parts of who pressed."""
    ws = person.world.workspace
    element = next(
        e for b in card["blocks"] if b["type"] == "actions" for e in b["elements"] if e["action_id"] == action
    )
    pressed = {k: v for k, v in element.items() if k in ("type", "action_id", "value", "text")}
    with ws.lock:
        place = ws.channels[card["channel"]]
        message = next(m for m in place.messages if m.ts == card["ts"])
        body = payloads.message_action(
            ws, person.hands.base, person.user, place, message, pressed | {"block_id": "b"}
        )
    body["user"] |= change
    return body


def decided(world: World) -> list[str]:
    return [what for what in world.trail() if what.startswith("case.") and what != "case.submitted"]


# --- F23


def test_f23_a_double_click_on_approve(world: World) -> None:
    thread, ben = world.person(ANA).asks().submitted(), world.person(BEN)
    ben.presses_card(Action.APPROVE)
    ben.hands.fills(reason="Fits.")
    view = world.workspace.views.top(BEN)
    assert view is not None
    with world.workspace.lock:
        body = payloads.submission(world.workspace, view)
    at_once(*[lambda: ben.hands._send("interactive", body)] * 2)
    ben.hands.closes_view()
    world.settle()
    assert decided(world) == ["case.approved"]
    assert len(thread.case.decisions) == 1
    assert sum("you may go ahead" in text for text in thread.texts()) == 1
    assert not [what for what in world.trail() if what.endswith(".refused")]


def test_f23_two_windows_of_one_approver(world: World) -> None:
    """The button itself was pressed twice, and both windows were handed in."""
    thread, ben = world.person(ANA).asks().submitted(), world.person(BEN)
    bodies = []
    for _ in range(2):
        ben.presses_card(Action.APPROVE)
        ben.hands.fills(reason="Fits.")
        view = world.workspace.views.top(BEN)
        assert view is not None
        with world.workspace.lock:
            bodies.append(payloads.submission(world.workspace, view))
    at_once(*(lambda body=body: ben.hands._send("interactive", body) for body in bodies))
    ben.hands.closes_view()
    world.settle()
    assert decided(world) == ["case.approved"]
    assert len(thread.case.decisions) == 1
    assert sum("you may go ahead" in text for text in thread.texts()) == 1


def test_f23_a_double_click_on_submit(world: World) -> None:
    thread = world.person(ANA).asks()
    assert thread.fills() is None
    thread.answers()
    message, element = thread.find(Action.SUBMIT)
    at_once(*[lambda: thread.again(message, element)] * 2)
    world.settle()
    assert len(world.cards()) == 1
    assert world.trail().count("case.submitted") == 1
    assert sum("Recorded as" in text for text in thread.texts()) == 1


# --- F24


def test_f24_approve_against_reject(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    ben, eve = world.person(BEN), world.person(EVE)
    ben.presses_card(Action.APPROVE)
    ben.hands.fills(reason="Yes")
    eve.presses_card(Action.DECLINE)
    eve.hands.fills(reason="No")
    at_once(ben.hands.submits, eve.hands.submits)
    world.settle()
    assert len(thread.case.decisions) == len(decided(world)) == 1
    approved = thread.case.status is Status.approved
    won, lost = (ben, eve) if approved else (eve, ben)
    assert won.hands.view() is None
    assert "has already been" in lost.window()
    assert f"<@{won.user}>" in lost.window(), "the other reads who won"
    said, verdict = ("approved", "you may go ahead") if approved else ("declined", "*No* for")
    (card,) = world.cards()
    assert verdict in thread.last
    assert any(said in text for text in thread.texts()[:-1]), "their own card"
    shown = [words(card), world.person(ANA).home(), won.steward("show AIU-2026-0001")]
    assert [said in copy.lower() for copy in shown] == [True] * 3
    assert buttons(card) == []
    assert f"<@{won.user}>" in words(card)


# --- F25


@pytest.mark.parametrize(
    "action", [Action.APPROVE, Action.DECLINE, Action.ASK, Action.APPROVE_WITH_CONDITIONS]
)
def test_f25_the_first_click_after_a_restart(alone: World, action: Action) -> None:
    thread = alone.person(ANA).asks().submitted()
    (card,) = alone.cards()
    alone.restart()
    ben = alone.person(BEN)
    fields = {
        Action.ASK: {"question": "Who listens?"},
        Action.APPROVE_WITH_CONDITIONS: {"reason": "Fits.", "conditions": "Tell people"},
    }.get(action, {"reason": "Fits."})
    assert ben.decides(action, card, **fields) is None
    assert thread.case.status is not Status.in_review
    (after,) = alone.cards()
    assert after["ts"] == card["ts"]
    assert words(after) != words(card), "the card that was sent before shows it"


# --- F26


@pytest.mark.parametrize("person", [CLEO, DAN])
@pytest.mark.parametrize("action", [Action.APPROVE, Action.DECLINE])
def test_f26_who_does_not_hold_the_role(alone: World, person: str, action: Action) -> None:
    thread = alone.person(ANA).asks().submitted()
    before, lines, other = thread.case, len(alone.trail()), alone.person(person)
    assert other.presses_card(action), "acknowledged"
    assert other.hands.view() is None
    assert "This is for the reviewer to decide" in other.told()
    assert f"<@{BEN}>" in other.told()
    assert alone.person(BEN).told() == "", "nobody else reads it"
    assert thread.case == before
    assert alone.trail()[lines:] == [f"{action.value}.refused"]


@pytest.mark.parametrize("settings", [{"roles.reviewer": [], "roles.risk_owner": []}], ids=["empty"])
def test_f26_nobody_is_named(alone: World) -> None:
    thread, ben = alone.person(ANA).asks().submitted(), alone.person(BEN)
    ben.presses_card(Action.APPROVE)
    assert ben.hands.view() is None
    assert "nobody is named" in ben.told()
    assert thread.case.status is Status.in_review
    assert alone.trail()[-1] == "approve.refused"


@by_group
@pytest.mark.parametrize("code", ["no_such_subteam", "plan_upgrade_required", "missing_scope", "HTTP 500"])
def test_f26_the_list_cannot_be_read(alone: World, code: str) -> None:
    thread, ben = alone.person(ANA).asks().submitted(), alone.person(BEN)
    method = "usergroups.users.list"
    if code == "HTTP 500":
        alone.server.faults.http(method, calls=None)
    else:
        alone.server.faults.error(method, code, calls=None)
    alone.bot.directory.forget_groups()
    ben.presses_card(Action.APPROVE)
    assert ben.hands.view() is None
    assert "This is for the reviewer to decide" in ben.told()
    assert thread.case.status is Status.in_review
    assert alone.trail()[-1] == "approve.refused"
    alone.server.refusals.clear()


# --- F27


@pytest.mark.parametrize(
    "settings", [{}, {"roles.reviewer": [GROUP]}], ids=["directly", "as a member of the group"]
)
@pytest.mark.parametrize(
    "action", [Action.APPROVE, Action.APPROVE_WITH_CONDITIONS, Action.ASK, Action.DECLINE]
)
def test_f27_ones_own_request(alone: World, action: Action) -> None:
    named(alone, BEN, EVE)
    ben = alone.person(BEN)
    thread = ben.asks().submitted()
    assert ben.presses_card(action)
    assert ben.hands.view() is None
    assert "somebody else has to decide" in ben.told()
    assert f"<@{EVE}> can do it" in ben.told()
    assert alone.trail()[-1] == f"{action.value}.refused"
    assert alone.case(thread.root, BEN).status is Status.in_review


def test_f27_a_use_of_ones_own_that_somebody_else_asked_for(alone: World) -> None:
    thread = alone.person(ANA).asks()
    thread.presses(Action.START_BLANK)
    thread.answers()
    thread.presses(Action.EDIT, having="|owner|")
    thread.chooses(Action.CHOOSE, BEN)
    thread.presses(Action.SUBMIT)
    ben = alone.person(BEN)
    ben.presses_card(Action.APPROVE)
    assert "somebody else has to decide" in ben.told()
    assert alone.trail()[-1] == "approve.refused"


def test_f27_a_request_of_ones_own_for_somebody_elses_use(alone: World) -> None:
    ben = alone.person(BEN)
    thread = ben.asks()
    thread.presses(Action.START_BLANK)
    thread.answers()
    thread.presses(Action.EDIT, having="|owner|")
    thread.chooses(Action.CHOOSE, DAN)
    thread.presses(Action.SUBMIT)
    ben.presses_card(Action.APPROVE)
    assert ben.hands.view() is None
    assert "You asked for this use, so somebody else has to decide" in ben.told()
    assert alone.trail()[-1] == "approve.refused"


# --- F28


def named(world: World, *users: str) -> None:
    """Who is in the user group now; the bot hears of it only if it asks."""
    world.workspace.groups[GROUP] = Group(GROUP, "reviewers", users=[*users])


@by_group
@pytest.mark.parametrize("code", ["no_such_subteam", "plan_upgrade_required", "missing_scope"])
def test_f28_with_no_readable_group_the_fallback_decides(alone: World, code: str) -> None:
    """The risk owner, whom the rule names in place of a reviewer."""
    thread, cleo = alone.person(ANA).asks().submitted(), alone.person(CLEO)
    alone.server.faults.error("usergroups.users.list", code, calls=None)
    alone.bot.directory.forget_groups()
    assert f"{alone.case(thread.root).ref}" in cleo.home().partition("Waiting for you")[2]
    assert cleo.decides(Action.APPROVE, reason="Fits.") is None
    (signed,) = thread.case.decision.signatures if thread.case.decision else ()
    assert (signed.role, thread.case.status) == ("risk_owner", Status.approved)
    alone.server.refusals.clear()


@by_group
def test_f28_left_the_group_between_post_and_click(alone: World) -> None:
    named(alone, BEN, EVE)
    thread, ben = alone.person(ANA).asks().submitted(), alone.person(BEN)
    assert f"<@{BEN}>" in words(alone.cards()[0])
    named(alone, EVE)
    ben.presses_card(Action.APPROVE)
    assert ben.hands.view() is None
    assert f"<@{EVE}> can do it" in ben.told()
    assert thread.case.status is Status.in_review


@by_group
def test_f28_left_the_group_while_the_window_was_open(alone: World) -> None:
    named(alone, BEN, EVE)
    thread, ben = alone.person(ANA).asks().submitted(), alone.person(BEN)
    ben.presses_card(Action.APPROVE)
    ben.hands.fills(reason="Fits.")
    named(alone, EVE)
    ben.hands.submits()
    alone.settle()
    assert "This is for the reviewer to decide" in ben.window()
    assert thread.case.status is Status.in_review
    assert alone.trail()[-1] == "approve.refused"


@by_group
def test_f28_the_group_is_gone(alone: World) -> None:
    """Nobody is let through for want of a list."""
    named(alone, BEN)
    alone.person(ANA).asks().submitted()
    del alone.workspace.groups[GROUP]
    ben = alone.person(BEN)
    ben.presses_card(Action.APPROVE)
    assert "This is for the reviewer to decide" in ben.told()
    alone.server.refusals.clear()


# --- F29


def test_f29_a_press_from_another_organisation(alone: World) -> None:
    """In a shared channel: the same letters as a reviewer's id, from another workspace."""
    thread, ben = alone.person(ANA).asks().submitted(), alone.person(BEN)
    body = card_press(ben, alone.cards()[0], Action.APPROVE, team_id="T0OTHER")
    assert interacts(ben, body)
    assert ben.hands.view() is None
    assert "This is for the reviewer to decide" in ben.told()
    assert thread.case.status is Status.in_review
    assert alone.trail()[-1] == "approve.refused"


def test_f29_a_guest(alone: World) -> None:
    thread, ben = alone.person(ANA).asks().submitted(), alone.person(BEN)
    with alone.workspace.lock:
        guest = alone.workspace.person(BEN)
        guest.is_restricted = True
        told = guest.payload(alone.workspace.team, alone.clock.moment())
    alone.raises({"type": "user_change", "user": told, "event_ts": "1.1"})
    ben.presses_card(Action.APPROVE)
    assert ben.hands.view() is None
    assert "This is for the reviewer to decide" in ben.told()
    assert thread.case.status is Status.in_review


@pytest.mark.parametrize("settings", [{"roles.reviewer": ["W0GRACE"]}], ids=["W id"])
def test_f29_an_id_that_begins_with_w(alone: World) -> None:
    ws = alone.workspace
    with ws.lock:
        ws.people["W0GRACE"] = Person("W0GRACE", "Grace")
        ws.channels["D0GRACE"] = Channel("D0GRACE", "grace", kind="im", members=["W0GRACE", "U0BOT"])
        ws.channels[CARDS].members.append("W0GRACE")
    thread, grace = alone.person(ANA).asks().submitted(), alone.person("W0GRACE")
    assert "<@W0GRACE>" in words(alone.cards()[0])
    assert grace.decides(Action.APPROVE, reason="Fits.") is None
    assert thread.case.status is Status.approved


# --- F30


def cards_in(world: World, channel: str) -> list[Shown]:
    seen = world.server.person(BEN).sees(channel)
    return [m for m in seen if m.get("bot_id") and not m.get("thread_ts") and "Otter" in words(m)]


def test_f30_every_copy_loses_its_buttons_without_a_click(world: World) -> None:
    """The channel of cards was moved in between, and the decision is made on one of the two cards."""
    thread = world.person(ANA).asks().submitted()
    moves_cards(world, "C0ALL")
    (old,), (new,) = cards_in(world, CARDS), cards_in(world, "C0ALL")
    assert buttons(old)
    assert buttons(new)
    ben = world.person(BEN)
    assert interacts(ben, card_press(ben, new, Action.DECLINE))
    ben.hands.fills(reason="No")
    assert ben.hands.submits() is None
    world.settle()
    assert thread.case.status is Status.declined
    for channel in (CARDS, "C0ALL"):
        (card,) = cards_in(world, channel)
        assert buttons(card) == []
        assert "eclined" in words(card)
    assert not [e for m in thread.shown() for e in buttons(m) if e.startswith(("submit", "edit"))]


def test_f30_a_withdrawal_takes_the_buttons_from_every_copy(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    moves_cards(world, "C0ALL")
    assert all(buttons(card) for channel in (CARDS, "C0ALL") for card in cards_in(world, channel))
    thread.presses(Action.WITHDRAW)
    assert thread.case.status is Status.withdrawn
    for channel in (CARDS, "C0ALL"):
        (card,) = cards_in(world, channel)
        assert buttons(card) == []
        assert "ithdrawn" in words(card)


def test_f30_a_click_in_between_reads_already(world: World) -> None:
    """Somebody's screen has not been drawn anew yet."""
    thread = world.person(ANA).asks().submitted()
    (old,) = world.cards()
    eve = world.person(EVE)
    late = card_press(eve, old, Action.DECLINE)
    world.person(BEN).decides(Action.APPROVE, reason="Yes")
    assert interacts(eve, late)
    assert eve.hands.view() is None
    assert "already been approved" in eve.told()
    assert f"<@{BEN}>" in eve.told()
    assert thread.case.status is Status.approved


# --- F31


@pytest.fixture
def wired(sqlite_databases: Databases) -> Iterator[Wired]:
    world = Wired(sqlite_databases.copy())
    try:
        world.open()
        yield world
        assert world.is_untouched()
    finally:
        world.close()


def test_f31_the_older_update_is_slower(wired: Wired) -> None:
    """A question and a decision, each with an update of the card; the first hangs, and a second worker is idle."""
    thread, front = wired.person(ANA).asks().submitted(), wired.bot.front
    case, ben = thread.case.id, front.person(Who(TEAM, BEN))
    ask = AskRequester(actor=ben, key="asked", case=case, question="Who listens?")
    decline = Decline(actor=ben, key="declined", case=case, reason="No")
    with overtaken(wired, lambda: front.do(ask), lambda: front.do(decline), CARDS.encode(), b'"ts"'):
        (card,) = wired.cards()
        assert "eclined" in words(card)
        assert buttons(card) == []


def test_f31_an_update_whose_answer_was_lost(alone: World) -> None:
    thread = alone.person(ANA).asks().submitted()
    alone.server.faults.time_out_after("chat.update", calls=2)
    assert alone.person(BEN).decides(Action.DECLINE, reason="No") is None
    (card,) = alone.cards()
    assert "eclined" in words(card)
    assert buttons(card) == []
    assert thread.case.status is Status.declined
