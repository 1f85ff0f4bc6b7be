"""Whoever audits looks back: at the register as it was known on an earlier day, and at a sample that nobody chose."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack import called as calls
from bot.slack.ids import Action, Press
from bot.slack.payloads import Call, Who
from store import audit, samples
from store.trail import Record
from tests.failures.acts import press_forged
from tests.journeys.test_audit_access import id_of, kept, lets_in, looks
from tests.journeys.test_changing import approved
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, Somebody, Thread, World
from tests.slack_world.people import SETTINGS
from triage.confidences import Confide, OpenUp

DAY = 24 * 3600.0


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.governance_lead": [EVE], "roles.executive": [CLEO]}


def a_day_later(world: World) -> str:
    """The day that ended."""
    today = world.bot.front.desk().day
    world.clock.move(DAY)
    return today.isoformat()


def confides(world: World, thread: Thread, key: str = "closed") -> None:
    front = world.bot.front
    front.do(Confide(actor=id_of(world, ANA), key=key, case=thread.case.id), front.desk())


def drawn(world: World) -> list[Record]:
    with world.store.read() as session:
        return [line for line in audit.records(session) if line.what == samples.DRAWN]


def came_to(world: World, told: Record) -> str:
    with world.store.read() as session:
        return samples.again(session, told).came_to


@pytest.mark.parametrize("audits", [DAN, EVE])
def test_the_list_is_as_it_was_known_on_an_earlier_day(world: World, audits: str) -> None:
    """By somebody let in, and by whoever leads."""
    thread = world.person(ANA).asks().submitted()
    first = a_day_later(world)
    if audits == DAN:
        lets_in(world, DAN)
    assert world.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    who, ref = world.person(audits), str(thread.case.ref)
    then = who.steward(f"list as of {first}")
    assert ref in then
    assert "at the end of" in then.lower()
    assert "approved" not in then
    today = world.bot.front.desk().day.isoformat()
    assert "approved" in who.steward(f"list As of {today}")
    assert ref in who.steward(f"list as of {first} otter")
    assert ref not in who.steward(f"list as of {first} nonsense")
    assert "nothing was on record" in who.steward("list as of 2001-01-01")


def test_a_day_that_has_not_come_and_what_is_no_day_are_refused_kindly(world: World) -> None:
    approved(world)
    eve = world.person(EVE)
    assert "has not come yet" in eve.steward("list as of 2999-01-01")
    for typed in ("", "yesterday", "2027-02-30"):
        assert "write the day like this" in eve.steward(f"list as of {typed}")


def test_earlier_days_and_samples_are_for_who_leads_and_who_audits(world: World) -> None:
    thread = approved(world)
    first = a_day_later(world)
    for user in (ANA, BEN, CLEO):
        for asked in (f"list as of {first}", "sample 1", "sample"):
            told = world.person(user).steward(asked)
            assert "for the governance lead and for auditors" in told
            assert str(thread.case.ref) not in told
    assert drawn(world) == []


def test_what_is_confidential_now_or_was_so_then_is_only_counted(world: World) -> None:
    thread = approved(world)
    open_day = a_day_later(world)
    confides(world, thread)
    closed_day = a_day_later(world)
    dan, title, ref = world.person(DAN), thread.case.title, str(thread.case.ref)
    lets_in(world, DAN)

    def reads(who: Somebody, day: str) -> bool:
        told = who.steward(f"list as of {day}")
        assert ref in told, "that it is there is no secret"
        assert (title in told) != (f"for their readers only: {ref}" in told)
        return title in told

    assert [reads(dan, day) for day in (open_day, closed_day)] == [False, False]
    front, case = world.bot.front, thread.case.id
    front.do(OpenUp(actor=id_of(world, ANA), key="first", case=case), front.desk())
    front.do(OpenUp(actor=id_of(world, BEN), key="both", case=case, opening="first"), front.desk())
    again = a_day_later(world)
    assert [reads(dan, day) for day in (open_day, closed_day, again)] == [True, False, True]


def test_a_sample_is_drawn_by_a_seed_that_nobody_chose(world: World) -> None:
    thread = approved(world)
    entry = lets_in(world, DAN)
    dan, before = world.person(DAN), kept(world)
    told = dan.steward("sample 5")
    (line,) = drawn(world)
    assert str(thread.case.ref) in told
    assert f"line {line.seq}" in told
    assert line.actor == id_of(world, DAN)
    said = line.detail
    assert (said["size"], said["population"], said["drawn"]) == (5, 1, [thread.case.ref])
    with world.store.read() as session:
        asked = samples._record(session, line.seq - 1)
        assert asked is not None
        assert (asked.what, said["seed"]) == (samples.ASKED, samples._seal(session, line.seq - 1))
    assert [(each.detail["wish"], each.subject[1]) for each in looks(world)] == [
        ("/steward sample", entry.id)
    ]
    assert kept(world) == before, "nothing is changed by it"
    world.clock.move(DAY)
    assert came_to(world, line) == "same"


def test_what_else_was_recorded_is_found_when_it_is_drawn_again(world: World) -> None:
    approved(world)
    world.person(EVE).steward("sample 1")
    (line,) = drawn(world)
    changed = {"seed": "0" * 64, "drawn": ["AIU-2026-0999"], "digest": "0" * 32}
    wrong = {name: line._replace(detail={**line.detail, name: value}) for name, value in changed.items()}
    found = {name: came_to(world, each) for name, each in wrong.items()}
    assert found == {"seed": "other_seed", "drawn": "differs", "digest": "other_seed"}
    assert came_to(world, line._replace(actor="somebody")) == "other_seed"


def test_handed_in_twice_it_is_one(world: World) -> None:
    approved(world)
    front = world.bot.front
    call = Call(who=Who(TEAM, EVE), text="sample 3", channel="C0ALL", trigger="t", key="one-press")
    told = [calls.called(front, call) for _ in range(2)]
    assert told[0] == told[1]
    assert len(drawn(world)) == 1


def test_the_window_of_the_pack_draws_one_with_a_way_to_each_use(world: World) -> None:
    thread = approved(world)
    lets_in(world, DAN)
    dan = world.person(DAN)
    press_forged(dan, Action.PACK, Press(case=""))
    assert dan.hands.clicks_view(Action.SAMPLE.value)
    assert str(thread.case.ref) in dan.window()
    assert len(drawn(world)) == 1
    assert dan.hands.clicks_view(f"{Action.HOME_SHOW.value}.0")
    assert thread.case.title in dan.window()


def test_what_is_confidential_is_never_drawn(world: World) -> None:
    thread = approved(world)
    confides(world, thread)
    told = world.person(EVE).steward("sample 5")
    assert "Nothing can be drawn yet" in told
    assert str(thread.case.ref) not in told
    assert drawn(world) == []


def test_what_is_closed_since_is_not_shown_where_it_is_asked_for_again(world: World) -> None:
    thread = approved(world)
    call = Call(who=Who(TEAM, EVE), text="sample 3", channel="C0ALL", trigger="t", key="one-press")
    calls.called(world.bot.front, call)
    confides(world, thread)
    told = str(calls.called(world.bot.front, call))
    assert thread.case.title not in told
    assert "You may not read 1 of them any more" in told


def test_how_many_is_bounded_and_a_word_behind_it_is_a_question(world: World) -> None:
    approved(world)
    eve = world.person(EVE)
    for typed in ("0", "61", "9" * 400):
        assert "of 1 to 60 uses" in eve.steward(f"sample {typed}")
    eve.steward("sample data for our tests")
    eve.steward("smaple")
    assert drawn(world) == [], "what is done at once is never guessed"
