"""F23 to F31 for a confidential use: kept so, opened by two, a reader named or dropped, and its bare card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox import payloads
from bot.slack.ids import Action, Press, to_value
from bot.slack.payloads import Who
from intake.answers import answered
from tests.databases import Databases
from tests.failures.acts import GROUP, Json, at_once, buttons, interacts, moves_cards, press_forged
from tests.failures.test_changed import window
from tests.failures.test_decisions import named as in_the_group
from tests.failures.wire import Wired, overtaken
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, TEAM, Somebody, World, words
from tests.slack_world.people import HARMLESS
from tests.slack_world.thread import Thread
from triage.commands import Take
from triage.confidences import Confide, NameReader, OpenUp
from triage.confidential import named, opening
from triage.talking import Fill

MARK = "Wolpertinger"
CONFIDE, OPEN_UP, DROP, WHOLE = Action.CONFIDE, Action.OPEN_UP, Action.DROP_READER, Action.OPEN_WHOLE
FIRST, SECOND = "open_up first", "open_up second"
NAME = "name_reader"
WISHES = (CONFIDE.value, FIRST, SECOND, DROP.value)
all_wishes = pytest.mark.parametrize("wish", WISHES)
by_group = pytest.mark.parametrize("settings", [{"roles.reviewer": [GROUP]}], ids=["group"])
ACTIONS = {CONFIDE.value: CONFIDE, FIRST: OPEN_UP, SECOND: OPEN_UP, DROP.value: DROP}
LINES = {
    CONFIDE.value: "readers.confided",
    FIRST: "readers.opening_put",
    SECOND: "readers.opened",
    DROP.value: "reader.dropped",
}
TOO_LATE = {
    CONFIDE.value: "confidential already",
    FIRST: "would open it",
    SECOND: "not confidential any more",
    DROP.value: "not on the list any more",
}


def does(world: World, user: str, wish: type[Any], thread: Thread, key: str = "", **more: str) -> None:
    front = world.bot.front
    person = front.person(Who(TEAM, user))
    front.do(wish(actor=person, key=key or f"{wish}{user}", case=thread.case.id, **more))
    world.settle()


def stands(world: World, wish: str, user: str = ANA) -> Thread:
    """A request for which that can be pressed, and before everybody's eyes."""
    reads_along(world)
    thread = world.person(user).asks(f"I'd like to use Otter.ai for {MARK}")
    assert thread.fills(HARMLESS | {"purpose": f"Write down {MARK}"}) is None
    thread.answers()
    if wish != CONFIDE.value:
        thread.presses(CONFIDE)
    thread.presses(Action.SUBMIT)
    if wish == SECOND:
        does(world, EVE, OpenUp, thread)
    if wish == DROP.value:
        reader = world.bot.front.person(Who(TEAM, DAN))
        does(world, EVE, NameReader, thread, person=reader)
    return thread


def reads_along(world: World) -> None:
    """Where cards are, whoever asked may be as well."""
    with world.workspace.lock:
        world.workspace.channels[CARDS].members.append(ANA)


def choice(thread: Thread, wish: str) -> str:
    """What the button would bear now."""
    first = opening(thread.case)
    if wish == DROP.value:
        return thread.world.bot.front.person(Who(TEAM, DAN))
    return first.id if first else ""


def body(person: Somebody, thread: Thread, wish: str) -> Json:
    """A press as it could be made now, to be sent as often as one likes."""
    ws, (card,) = person.world.workspace, person.world.cards()
    value = to_value(Press(case=thread.case.id, choice=choice(thread, wish)))
    with ws.lock:
        place = ws.channels[card["channel"]]
        found = next(m for m in place.messages if m.ts == card["ts"])
        drawn = {"type": "button", "action_id": ACTIONS[wish].value, "value": value, "block_id": "b"}
        return payloads.message_action(ws, person.hands.base, person.user, place, found, drawn)


def lines(world: World) -> list[str]:
    return [what for what in world.trail() if what.startswith(("readers.", "reader."))]


def stood(thread: Thread) -> tuple[bool, int, tuple[str, ...]]:
    case = thread.case
    return case.confidential, len(case.decisions), named(case)


def presses(person: Somebody, thread: Thread, wish: str, **change: str) -> bool:
    press = Press(case=thread.case.id, choice=choice(thread, wish))
    return press_forged(person, ACTIONS[wish], press, **change)


@all_wishes
def test_f23_a_double_click(world: World, wish: str) -> None:
    thread, ben = stands(world, wish), world.person(BEN)
    before, pressed = lines(world), body(ben, thread, wish)
    at_once(*[lambda: ben.hands._send("interactive", pressed)] * 2)
    world.settle()
    assert lines(world) == [*before, LINES[wish]]
    assert not [what for what in world.trail() if what.endswith(".refused")]
    assert world.differences() == []


@all_wishes
def test_f23_two_clicks_of_one_person(alone: World, wish: str) -> None:
    """Each with a moment of its own: the second comes to nothing, and says so."""
    thread, ben = stands(alone, wish), alone.person(BEN)
    before, bodies = lines(alone), [body(ben, thread, wish) for _ in range(2)]
    at_once(*(lambda one=one: ben.hands._send("interactive", one) for one in bodies))
    alone.settle()
    assert lines(alone) == [*before, LINES[wish]]
    assert ("Two people open it" if wish == FIRST else TOO_LATE[wish]) in ben.told()


def reads_who(person: Somebody) -> None:
    """The window of who reads it, from the whole of the card."""
    person.presses_card(WHOLE)
    person.hands.clicks_view(Action.READERS.value)


def test_f23_a_name_handed_in_twice(world: World) -> None:
    thread, ben = stands(world, FIRST), world.person(BEN)
    reads_who(ben)
    ben.hands.fills(person=DAN)
    handed = window(ben)
    at_once(*[lambda: ben.hands._send("interactive", handed)] * 2)
    world.settle()
    assert lines(world).count("reader.named") == 1
    assert len(named(thread.case)) == 1
    assert len([m for m in world.person(DAN).dm() if "named you a reader" in words(m)]) == 1


@all_wishes
def test_f24_two_people_at_once(world: World, wish: str) -> None:
    """One comes first; the other reads what it is by now, and what they pressed does not count for something else."""
    thread, people = stands(world, wish), [world.person(user) for user in (BEN, ANA)]
    before, bodies = lines(world), [body(person, thread, wish) for person in people]
    at_once(*(lambda p=p, b=b: p.hands._send("interactive", b) for p, b in zip(people, bodies, strict=True)))
    world.settle()
    assert lines(world) == [*before, LINES[wish]]
    told = [person.told() + "".join(words(m) for m in person.dm()) for person in people]
    assert sum(TOO_LATE[wish] in text for text in told) == 1
    assert thread.case.confidential is (wish != SECOND)
    assert world.differences() == []


def test_f24_two_name_the_same_at_once(world: World) -> None:
    thread, people = stands(world, FIRST), [world.person(user) for user in (BEN, EVE)]
    for person in people:
        reads_who(person)
        person.hands.fills(person=DAN)
    came = at_once(*(person.hands.submits for person in people))
    world.settle()
    assert sorted(map(str, came)) == ["None", "{'person': 'They read it already.'}"]
    assert lines(world).count("reader.named") == 1
    assert len(named(thread.case)) == 1


@pytest.mark.parametrize("user", [CLEO, DAN])
@pytest.mark.parametrize("wish", [CONFIDE.value, FIRST, SECOND])
def test_f26_who_has_no_say_in_it(alone: World, wish: str, user: str) -> None:
    """Whoever oversees it, and whoever only reads along where cards are."""
    thread, person = stands(alone, wish), alone.person(user)
    before, known = stood(thread), len(alone.trail())
    assert presses(person, thread, wish)
    assert "settle who reads this" in person.told()
    assert MARK not in person.told()
    assert stood(thread) == before
    assert alone.trail()[known:] == [f"{ACTIONS[wish].value}.refused"]


def test_f26_a_reader_by_name_reads_and_settles_nothing(alone: World) -> None:
    thread, dan = stands(alone, DROP.value), alone.person(DAN)
    before = stood(thread)
    dan.presses_card(WHOLE)
    assert MARK in dan.window()
    for wish in (FIRST, DROP.value):
        presses(dan, thread, wish)
        assert "settle who reads this" in dan.told()
    assert stood(thread) == before


@pytest.mark.parametrize("user", [CLEO, DAN])
def test_f26_the_whole_of_it_opens_for_readers_alone(alone: World, user: str) -> None:
    stands(alone, FIRST)
    person = alone.person(user)
    for action in (WHOLE, Action.SHOW_REASONS, Action.HOME_SHOW, Action.READERS, Action.APPROVE):
        known = len(alone.trail())
        press_forged(person, action, Press(case=alone.case(alone_root(alone)).id))
        assert person.hands.view() is None, action
        assert MARK not in person.told()
        assert alone.trail()[known:] == [f"{action.value}.refused"]


def alone_root(world: World) -> str:
    return next(m["ts"] for m in world.person(ANA).hands.sees("dm") if not m.get("bot_id"))


def test_f27_two_whose_own_it_is_do_not_open_it(alone: World) -> None:
    """Whoever asked, and whoever answers for it."""
    reads_along(alone)
    thread = alone.person(ANA).asks(f"I'd like to use Otter.ai for {MARK}")
    assert thread.fills(HARMLESS) is None
    thread.answers()
    owner = alone.bot.front.person(Who(TEAM, DAN))
    thread.presses(CONFIDE)
    settle_owner(thread, owner)
    thread.presses(Action.SUBMIT)
    ana, dan = alone.person(ANA), alone.person(DAN)
    presses(ana, thread, FIRST)
    assert lines(alone)[-1] == "readers.opening_put"
    before = stood(thread)
    for person in (ana, dan):
        presses(person, thread, SECOND)
        assert "Two people open it" in person.told()
        assert alone.trail()[-1] == "open_up.refused"
    assert stood(thread) == before
    assert thread.case.confidential


def settle_owner(thread: Thread, owner: str) -> None:
    front = thread.world.bot.front
    front.do(
        Fill(
            actor=thread.case.requester, key="owner", case=thread.case.id, answers={"owner": answered(owner)}
        )
    )
    thread.world.settle()
    assert thread.case.owner == owner


@by_group
@pytest.mark.parametrize("wish", [FIRST, SECOND, DROP.value])
def test_f28_left_the_group_between_post_and_click(alone: World, wish: str) -> None:
    thread, ben = stands(alone, wish), alone.person(BEN)
    before, pressed = stood(thread), body(ben, thread, wish)
    in_the_group(alone, EVE)
    assert interacts(ben, pressed)
    assert "settle who reads this" in ben.told()
    assert stood(thread) == before


@by_group
def test_f28_left_the_group_while_the_window_was_open(alone: World) -> None:
    thread, ben = stands(alone, FIRST), alone.person(BEN)
    reads_who(ben)
    ben.hands.fills(person=DAN)
    in_the_group(alone, EVE)
    ben.hands.submits()
    alone.settle()
    assert named(thread.case) == ()
    assert MARK not in ben.window()
    assert alone.person(DAN).dm() == []


@by_group
def test_f28_the_first_left_before_the_second_came(alone: World) -> None:
    """What somebody signed who has no say any more is no half of two."""
    thread, ana = stands(alone, SECOND), alone.person(ANA)
    in_the_group(alone, BEN)
    alone.bot.directory.forget_groups()
    presses(ana, thread, SECOND)
    assert thread.case.confidential
    assert lines(alone)[-1] == "readers.opening_put"


def test_f28_a_reader_who_became_a_guest_reads_no_more(alone: World) -> None:
    stands(alone, DROP.value)
    dan = alone.person(DAN)
    dan.presses_card(WHOLE)
    assert MARK in dan.window()
    dan.hands.closes_view()
    with alone.workspace.lock:
        guest = alone.workspace.person(DAN)
        guest.is_restricted = True
        told = guest.payload(alone.workspace.team, alone.clock.moment())
    alone.raises({"type": "user_change", "user": told, "event_ts": "1.1"})
    assert MARK not in dan.steward("show 1")
    assert MARK not in dan.home()
    dan.presses_card(WHOLE)
    assert dan.hands.view() is None


@by_group
def test_f28_with_no_readable_group_the_fallback_reads(alone: World) -> None:
    stands(alone, FIRST)
    ben, cleo = alone.person(BEN), alone.person(CLEO)
    cleo.presses_card(WHOLE)
    assert cleo.hands.view() is None
    alone.server.faults.error("usergroups.users.list", "no_such_subteam", calls=None)
    alone.bot.directory.forget_groups()
    ben.presses_card(WHOLE)
    assert ben.hands.view() is None
    cleo.presses_card(WHOLE)
    assert MARK in cleo.window()


def test_f29_nobody_from_outside_is_named(alone: World) -> None:
    thread, ben = stands(alone, FIRST), alone.person(BEN)
    with alone.workspace.lock:
        alone.workspace.people[DAN].is_restricted = True
    reads_who(ben)
    ben.hands.fills(person=DAN)
    assert ben.hands.submits() == {"person": "Only colleagues can be readers."}
    alone.settle()
    assert named(thread.case) == ()
    assert alone.person(DAN).dm() == [], "nobody had met them before, and they were told nothing"


def test_f29_whom_slack_does_not_tell_of_is_not_named(alone: World) -> None:
    thread, ben = stands(alone, FIRST), alone.person(BEN)
    reads_who(ben)
    ben.hands.fills(person=DAN)
    alone.server.faults.error("users.info", "internal_error", calls=1)
    assert "Please try again" in str(ben.hands.submits())
    assert named(thread.case) == ()
    assert ben.hands.submits() is None
    alone.settle()
    assert len(named(thread.case)) == 1


@pytest.mark.parametrize("wish", [CONFIDE.value, FIRST])
def test_f30_a_click_in_between_reads_how_it_stands(alone: World, wish: str) -> None:
    """Somebody's window was drawn before another was there first."""
    thread, ben = stands(alone, wish), alone.person(BEN)
    late = body(ben, thread, wish)
    assert presses(alone.person(ANA), thread, wish)
    before = stood(thread)
    assert interacts(ben, late)
    assert TOO_LATE[wish] in ben.told()
    assert stood(thread) == before
    assert alone.trail()[-1] == f"{ACTIONS[wish].value}.refused"


def test_f30_every_copy_says_little_without_a_click(world: World) -> None:
    """Those of a channel that cards no longer go to as well, and the one before the eyes of whoever asked is whole."""
    thread = stands(world, CONFIDE.value)
    moves_cards(world, "C0ALL")
    copies = [m for place in (CARDS, "C0ALL") for m in cards_of(world, place)]
    assert len(copies) == 2
    assert all(MARK in words(m) for m in copies)
    assert thread.presses(Action.READERS)
    assert world.person(ANA).hands.clicks_view(CONFIDE.value)
    world.settle()
    for place in (CARDS, "C0ALL"):
        (card,) = cards_of(world, place)
        assert MARK not in words(card)
        assert buttons(card) == [WHOLE.value]
    assert any(MARK in text for text in thread.texts())


def cards_of(world: World, channel: str) -> list[Json]:
    seen = world.server.person(BEN).sees(channel)
    return [m for m in seen if m.get("bot_id") and not m.get("thread_ts") and "AIU-2026-0001" in words(m)]


@pytest.fixture
def wired(sqlite_databases: Databases) -> Iterator[Wired]:
    wired = Wired(sqlite_databases.copy())
    try:
        wired.open()
        yield wired
        assert wired.is_untouched()
    finally:
        wired.close()


def test_f31_the_update_with_its_words_is_slower(wired: Wired) -> None:
    """Somebody takes it, and the card that says so hangs; meanwhile it is kept confidential."""
    thread, front = stands(wired, CONFIDE.value), wired.bot.front
    ana, ben = (front.person(Who(TEAM, user)) for user in (ANA, BEN))
    case = thread.case.id

    def older() -> None:
        front.do(Take(actor=ben, key="taken", case=case))

    def newer() -> None:
        front.do(Confide(actor=ana, key="closed", case=case))

    with overtaken(wired, older, newer, CARDS.encode(), b'"ts"'):
        (card,) = wired.cards()
        assert MARK not in words(card)
        assert buttons(card) == [WHOLE.value]
