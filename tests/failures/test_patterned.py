"""F23 to F31 for what two people approve beforehand: making a pattern, what it records, and the look afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

import pytest

from bot.config import change
from bot.sandbox import payloads
from bot.slack.ids import Action, Press, to_value
from bot.slack.payloads import Who
from tests.databases import Databases
from tests.failures.acts import GROUP, Json, at_once, buttons, interacts, moves_cards, press_drawn
from tests.failures.test_decisions import card_press, cards_in, named
from tests.failures.wire import Wired, overtaken
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, TEAM, Shown, Somebody, Thread, World, words
from tests.triage.patterns import PLAIN as ANSWERS
from tests.triage.patterns import SEED
from triage.beforehand import (
    ConfirmPattern,
    DrawSample,
    FitsPattern,
    MisfitsPattern,
    ProposePattern,
    RefusePattern,
    WithdrawPattern,
)
from triage.case import Case, Status
from triage.commands import Approve
from triage.talking import Fill, Submit

PROPOSE, CONFIRM, REFUSE, END, FITS, MISFITS = (
    Action.PROPOSE_PATTERN,
    Action.CONFIRM_PATTERN,
    Action.REFUSE_PATTERN,
    Action.WITHDRAW_PATTERN,
    Action.FITS_PATTERN,
    Action.MISFITS_PATTERN,
)
WISHES = (PROPOSE, CONFIRM, REFUSE, END, FITS, MISFITS)
PLAIN = {CONFIRM, FITS}
"""Pressed, and that is all; the others open a window."""
FIELDS: dict[Action, dict[str, str]] = {
    PROPOSE: {"covers": "Notes of our own meetings", "until": "2027-06-30"},
    REFUSE: {"reason": "Too wide."},
    END: {"reason": "The contract ends."},
    MISFITS: {"reason": "Customers, too."},
}
CAME = {
    PROPOSE: "pattern.proposed",
    CONFIRM: "pattern.confirmed",
    REFUSE: "pattern.refused",
    END: "pattern.withdrawn",
    FITS: "pattern.fits",
    MISFITS: "pattern.misfit",
}
GIVEN: dict[str, Any] = {
    "covers": "Notes of our own meetings",
    "last_day": date(2027, 6, 30),
    "version": None,
    "secret": SEED,
}
WORDS = "I'd like to use Otter.ai for our notes"
SETTLED: dict[str, Any] = {"tools.settled": ["Otter.ai"], "roles.reviewer": [BEN, CLEO, EVE]}
IN_GROUP = SETTLED | {"roles.reviewer": [CLEO, EVE, GROUP]}
"""Ben decides as one of the group."""
REFUSALS = {"own": "somebody else has to decide", "role": "This is for the reviewer to decide"}


@pytest.fixture
def settings() -> dict[str, Any]:
    return SETTLED


def do(world: World, user: str, wish: Callable[..., Any], key: str, case: Case, **about: Any) -> None:
    """By a way that is not under test."""
    front = world.bot.front
    actor = front.person(Who(TEAM, user)) if user else ""
    front.do(wish(actor=actor, key=key, case=case.id, **about), front.desk(actor=actor))
    world.settle()


def offered(world: World, user: str = DAN) -> Thread:
    """Everything is answered, and a low use of an assessed tool is what came of it."""
    thread = world.person(user).asks(WORDS)
    do(world, user, Fill, f"fill-{thread.root}", thread.case, answers=ANSWERS)
    return thread


def asked(world: World, user: str = ANA) -> Thread:
    thread = offered(world, user)
    do(world, user, Submit, "submit", thread.case)
    return thread


def approved(world: World, user: str = ANA, **more: Any) -> Thread:
    thread = asked(world, user)
    do(world, CLEO, Approve, "approve", thread.case, reason="Fits.", **more)
    return thread


def proposed(world: World, thread: Thread, key: str = "p1", **more: Any) -> str:
    do(world, CLEO, ProposePattern, key, thread.case, **(GIVEN | more))
    return key


def in_force(world: World, last: date = GIVEN["last_day"], **more: Any) -> Thread:
    thread = approved(world, **more)
    do(world, EVE, ConfirmPattern, "c1", thread.case, pattern=proposed(world, thread, last_day=last))
    return thread


def recorded(world: World, pattern: str, user: str = DAN) -> Thread:
    """By a pattern, and the lot fell on it."""
    thread = offered(world, user)
    do(world, user, Submit, f"submit-{thread.root}", thread.case, pattern=pattern)
    do(world, "", DrawSample, f"draw-{thread.root}", thread.case, pattern=pattern)
    return thread


class Stage(NamedTuple):
    """What can be pressed, where, and what it is about."""

    wish: Action
    card: Shown
    thread: Thread


def life(world: World, source: str = ANA, asks: str = DAN) -> Iterator[Stage]:
    """Of two patterns and two uses: each button in turn. What was not pressed in between happens otherwise."""
    thread = approved(world, source)
    card = world.cards()[-1]
    yield from _stage(world, PROPOSE, card, thread, ProposePattern, CLEO, GIVEN)
    (first,) = (each.id for each in thread.case.patterns)
    over = {"reason": "Too wide.", "pattern": first}
    yield from _stage(world, REFUSE, card, thread, RefusePattern, EVE, over)
    second = proposed(world, thread, "p2")
    yield from _stage(world, CONFIRM, card, thread, ConfirmPattern, EVE, {"pattern": second})
    for wish, made, more in ((FITS, FitsPattern, {}), (MISFITS, MisfitsPattern, {"reason": "No."})):
        use = recorded(world, second, asks)
        about = {"step": use.case.pattern_steps[-1].id} | more
        yield from _stage(world, wish, world.cards()[-1], use, made, EVE, about)
    yield from _stage(world, END, card, thread, WithdrawPattern, EVE, over | {"pattern": second})


def _stage(
    world: World, wish: Action, card: Shown, thread: Thread, made: Any, by: str, about: dict[str, Any]
) -> Iterator[Stage]:
    before = came(world)
    yield Stage(wish, next(each for each in world.cards() if each["ts"] == card["ts"]), thread)
    if came(world) == before:
        do(world, by, made, f"{wish.value}-{len(before)}", thread.case, **about)
    assert came(world)[len(before) :] == [CAME[wish]]


def came(world: World) -> list[str]:
    """What became of patterns, but for the lot."""
    return [what for what in world.trail() if what in CAME.values()]


def refused(world: World) -> list[str]:
    return [what for what in world.trail() if what.endswith(".refused") and what != "pattern.refused"]


def filled(person: Somebody, wish: Action, card: Shown) -> Json:
    """The window of that button, filled in and about to be handed in; or the press, where it opens none."""
    if wish in PLAIN:
        return card_press(person, card, wish)
    person.presses_card(wish, card)
    assert person.hands.view() is not None, person.told()
    person.hands.fills(**FIELDS[wish])
    view = person.world.workspace.views.top(person.user)
    assert view is not None
    with person.world.workspace.lock:
        return payloads.submission(person.world.workspace, view)


def shuts(person: Somebody) -> None:
    if person.hands.view() is not None:
        person.hands.closes_view()


def drawn(card: Shown) -> set[tuple[str, str]]:
    """What can be pressed, and what each is about."""
    rows = [block["elements"] for block in card["blocks"] if block["type"] == "actions"]
    return {(each["action_id"], each.get("value", "")) for row in rows for each in row}


def tried(person: Somebody, stage: Stage, says: str, **change: Any) -> None:
    """Pressed, acknowledged, refused with words, and nothing has changed but for a line that says so."""
    world, before = person.world, stage.thread.case
    lines = len(world.trail())
    assert interacts(person, card_press(person, stage.card, stage.wish, **change)), "acknowledged"
    assert person.hands.view() is None
    assert says in person.told()
    assert stage.thread.case == before
    assert world.trail()[lines:] == [f"{stage.wish.value}.refused"]


# --- F23


def test_f23_each_twice(world: World) -> None:
    """The same press, and the same window handed in."""
    ben, seen = world.person(BEN), []
    for wish, card, _ in life(world):
        body = filled(ben, wish, card)
        at_once(*[lambda body=body: ben.hands._send("interactive", body)] * 2)
        shuts(ben)
        world.settle()
        seen.append(wish)
    assert {*seen} == {*WISHES}
    assert refused(world) == []
    assert world.differences() == []


def test_f23_two_presses_of_one_person(alone: World) -> None:
    """The button itself was pressed twice, and both windows were handed in."""
    ben = alone.person(BEN)
    for wish, card, _ in life(alone):
        bodies = [filled(ben, wish, card) for _ in range(2)]
        at_once(*(lambda body=body: ben.hands._send("interactive", body) for body in bodies))
        shuts(ben)
        alone.settle()
    assert len(came(alone)) == len(WISHES) + 1
    assert alone.differences() == []


def test_f23_a_double_click_on_record_it_now(world: World) -> None:
    in_force(world)
    thread = offered(world)
    message, element = thread.find(Action.SUBMIT, having="Record it now")
    at_once(*[lambda: thread.again(message, element)] * 2)
    world.settle()
    assert world.trail().count("case.recorded") == len(thread.case.decisions) == 1
    assert sum("you may go ahead" in text for text in thread.texts()) == 1
    assert world.differences() == []


# --- F24


def test_f24_one_says_yes_and_another_no(world: World) -> None:
    """Exactly one counts; the other reads that somebody was faster."""
    ben, eve = world.person(BEN), world.person(EVE)
    for wish, card, thread in life(world):
        if wish not in PLAIN:
            continue
        other = REFUSE if wish is CONFIRM else MISFITS
        before, lines = len(came(world)), len(refused(world))
        no, yes = filled(eve, other, card), card_press(ben, card, wish)
        said = at_once(*(partial(p.hands._send, "interactive", body) for p, body in ((eve, no), (ben, yes))))
        shuts(eve)
        world.settle()
        (won,) = came(world)[before:]
        assert len(refused(world)) == lines + 1
        slower = str(said[0]) if won == CAME[wish] else ben.told()
        assert any(text in slower for text in ("since you saw it", "looked at this already")), slower
        assert thread.case.in_use == (won != CAME[MISFITS])
        if won != CAME[wish]:
            break
    assert world.differences() == []


def test_f24_two_propose_at_once(world: World) -> None:
    approved(world)
    people, (card,) = [world.person(user) for user in (BEN, EVE)], world.cards()
    for person in people:
        filled(person, PROPOSE, card)
    at_once(*(person.hands.submits for person in people))
    world.settle()
    assert came(world) == ["pattern.proposed"]
    assert refused(world) == ["propose_pattern.refused"]
    assert [person.hands.view() is None for person in people].count(True) == 1


def test_f24_recorded_while_it_is_ended(world: World) -> None:
    """Either it was recorded before the end, or people decide; never something between."""
    in_force(world)
    thread, ben = offered(world), world.person(BEN)
    body = filled(ben, END, world.cards()[0])
    message, element = thread.find(Action.SUBMIT, having="Record it now")
    at_once(lambda: thread.again(message, element), lambda: ben.hands._send("interactive", body))
    shuts(ben)
    world.settle()
    assert came(world)[-1] == "pattern.withdrawn"
    both = (thread.case.status, len(thread.case.decisions))
    was = "case.recorded" in world.trail()
    assert both == ((Status.approved, 1) if was else (Status.in_review, 0))
    assert world.differences() == []


# --- F25


def test_f25_the_first_click_after_a_restart(alone: World) -> None:
    for wish, card, _ in life(alone):
        alone.restart()
        ben, before = alone.person(BEN), len(came(alone))
        assert ben.presses_card(wish, card)
        if wish not in PLAIN:
            ben.hands.fills(**FIELDS[wish])
            assert ben.hands.submits() is None
            alone.settle()
        assert came(alone)[before:] == [CAME[wish]]


def test_f25_record_it_now_after_a_restart(alone: World) -> None:
    in_force(alone)
    thread = offered(alone)
    alone.restart()
    thread.presses(Action.SUBMIT, having="Record it now")
    assert thread.case.status is Status.approved


# --- F26


def test_f26_who_does_not_decide(alone: World) -> None:
    """Not even where it is about somebody else's."""
    for stage in life(alone, asks=ANA):
        tried(alone.person(DAN), stage, REFUSALS["role"])


def test_f26_whose_request_it_is_not(alone: World) -> None:
    in_force(alone)
    thread, eve = offered(alone), alone.person(EVE)
    before = thread.case
    _, element = thread.find(Action.SUBMIT, having="Record it now")
    assert press_drawn(eve, alone.cards()[0], element), "acknowledged"
    assert eve.told()
    assert thread.case == before
    assert alone.trail()[-1] == "submit.refused"


def test_f26_while_nobody_holds_the_role(alone: World) -> None:
    stages = life(alone)
    stage = next(stages)
    nobody: dict[str, Any] = {"roles.reviewer": [], "roles.risk_owner": []}
    change(alone.store, nobody, by=None, key="gone", now=alone.store.now())
    alone.bot.office.changed()
    tried(alone.person(BEN), stage, "nobody")


# --- F27


@pytest.mark.parametrize("settings", [SETTLED, IN_GROUP], ids=["directly", "in the group"])
def test_f27_ones_own_request(alone: World) -> None:
    for stage in life(alone, source=BEN, asks=BEN):
        tried(alone.person(BEN), stage, REFUSALS["own"])


def test_f27_nobody_is_both_of_the_two(alone: World) -> None:
    for stage in life(alone):
        if stage.wish is CONFIRM:
            tried(alone.person(CLEO), stage, "a second person has to confirm it")
            break


@pytest.mark.parametrize("user", [CLEO, EVE], ids=["the first", "the second"])
def test_f27_by_ones_own_yes(alone: World, user: str) -> None:
    """Whoever made a pattern has said yes to uses of others, not to their own."""
    (pattern,) = in_force(alone).case.patterns
    thread = offered(alone, user)
    assert "Record it now" not in str(thread.shown())
    forged = to_value(Press(case=thread.case.id, choice=pattern.id))
    assert press_drawn(thread.person, *thread.find(Action.SUBMIT), value=forged)
    assert (thread.case.status, thread.case.decisions) == (Status.in_review, ())


# --- F28


@pytest.mark.parametrize("settings", [IN_GROUP], ids=["group"])
def test_f28_left_the_group_between_post_and_click(alone: World) -> None:
    named(alone, BEN)
    ben = alone.person(BEN)
    for stage in life(alone):
        named(alone, DAN)
        tried(ben, stage, REFUSALS["role"])
        if stage.wish not in PLAIN:
            named(alone, BEN)
            alone.bot.directory.forget_groups()
            before = stage.thread.case
            filled(ben, stage.wish, stage.card)
            named(alone, DAN)
            ben.hands.submits()
            alone.settle()
            assert REFUSALS["role"] in ben.window(), "while the window was open"
            assert stage.thread.case == before
            shuts(ben)


# --- F29


def test_f29_a_press_from_another_organisation(alone: World) -> None:
    for stage in life(alone):
        tried(alone.person(BEN), stage, "", team_id="T0OTHER")


def test_f29_record_it_now_from_another_organisation(alone: World) -> None:
    in_force(alone)
    thread, dan, ws = offered(alone), alone.person(DAN), alone.workspace
    before = thread.case
    message, element = thread.find(Action.SUBMIT, having="Record it now")
    with ws.lock:
        place = ws.place(DAN, "dm")
        found = next(m for m in place.messages if m.ts == message["ts"])
        pressed = {k: v for k, v in element.items() if k in ("type", "action_id", "value", "text")}
        body = payloads.message_action(ws, dan.hands.base, DAN, place, found, pressed | {"block_id": "b"})
    body["user"] |= {"team_id": "T0OTHER"}
    assert interacts(dan, body)
    assert thread.case == before


# --- F30


def test_f30_a_click_in_between_reads_that_it_is_over(alone: World) -> None:
    """Somebody's screen has not been drawn anew yet; and what was drawn anew has the button no more."""
    ben, late = alone.person(BEN), list[tuple[Stage, Json]]()
    over = {PROPOSE: "There is a pattern of this", FITS: "looked at this already", MISFITS: "looked at this"}
    for stage in life(alone):
        for old, body in late:
            before, lines = old.thread.case, len(came(alone))
            assert interacts(ben, body)
            assert ben.hands.view() is None
            assert over.get(old.wish, "since you saw it") in ben.told()
            assert (old.thread.case, len(came(alone))) == (before, lines)
            shown = next(each for each in alone.cards() if each["ts"] == old.card["ts"])
            (gone,) = [each for each in drawn(old.card) if each[0] == old.wish]
            assert gone not in drawn(shown)
        late = [(stage, card_press(ben, stage.card, stage.wish))]


def test_f30_every_copy_shows_it_without_a_click(world: World) -> None:
    """The channel of cards was moved in between, and it is pressed on one of the two cards."""
    thread = asked(world)
    moves_cards(world, "C0ALL")
    do(world, CLEO, Approve, "approve", thread.case, reason="Fits.")
    proposed(world, thread)
    (old,), (new,), ben = cards_in(world, CARDS), cards_in(world, "C0ALL"), world.person(BEN)
    assert {CONFIRM, REFUSE} <= {*buttons(old)}
    assert interacts(ben, card_press(ben, new, CONFIRM))
    for channel in (CARDS, "C0ALL"):
        (card,) = cards_in(world, channel)
        assert not {CONFIRM, REFUSE} & {*buttons(card)}
        assert "A pattern is in force" in words(card).replace("*", "")


@pytest.mark.parametrize("ends", ["ended", "lapsed"])
def test_f30_record_it_now_by_a_pattern_that_is_over(alone: World, ends: str) -> None:
    """Nobody says yes to that any more, so people decide, and whoever pressed reads that."""
    tomorrow = (alone.clock.moment() + timedelta(days=1)).date()
    source = in_force(alone, valid_until=tomorrow)
    thread = offered(alone)
    if ends == "ended":
        do(alone, EVE, WithdrawPattern, "ends", source.case, pattern="p1", reason="Too wide.")
    else:
        alone.passes(days=3)
        assert source.case.status is Status.lapsed
    thread.presses(Action.SUBMIT, having="Record it now")
    assert (thread.case.status, thread.case.decisions) == (Status.in_review, ())
    assert not any("you may go ahead" in text for text in thread.texts())


# --- F31


@pytest.fixture
def wired(sqlite_databases: Databases, settings: dict[str, Any]) -> Iterator[Wired]:
    wired = Wired(sqlite_databases.copy(), settings=settings)
    try:
        wired.open()
        yield wired
        assert wired.is_untouched()
    finally:
        wired.close()


def test_f31_the_older_update_is_slower(wired: Wired) -> None:
    """It is confirmed and ended, each updates the card; the first hangs, and a second worker is idle."""
    thread, front = approved(wired), wired.bot.front
    about: dict[str, Any] = {"case": thread.case.id, "pattern": proposed(wired, thread)}
    ben, eve = (front.person(Who(TEAM, user)) for user in (BEN, EVE))
    first = ConfirmPattern(actor=ben, key="yes", **about)
    then = WithdrawPattern(actor=eve, key="end", reason="Too wide.", **about)
    with overtaken(wired, lambda: front.do(first), lambda: front.do(then), CARDS.encode(), b'"ts"'):
        (card,) = wired.cards()
        assert "A pattern is in force" not in words(card).replace("*", "")
        assert not {END, CONFIRM} & {*buttons(card)}
