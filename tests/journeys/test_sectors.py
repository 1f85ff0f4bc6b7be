"""A sector pack is suggested, proposed and agreed to; it only raises, and taken back it leaves history readable."""

from __future__ import annotations

import pytest

from bot.config import change, current
from bot.keeping import keep
from bot.library import library
from bot.slack.ids import Action, Press
from store import aims, audit
from store.shelf import Shelf
from tests.journeys.test_own_rules import all_replay, tier
from tests.journeys.test_policies_renewed import looks
from tests.journeys.test_system import approves, approves_all, by_hand, entries, fills, gives, press, reads
from tests.slack_world import ANA, BEN, CLEO, DAN, HARMLESS, World
from tests.slack_world.thread import Thread
from triage.aims.sectors import KIND

TO_STAFF = HARMLESS | {
    "output_use": "talks_to_people",
    "people": "staff_applicants",
    "area": "employment",
    "function": "admin_only",
}
RULE = "sector-staff-reach"


@pytest.fixture(autouse=True)
def _set_up(world: World) -> None:
    keep(world.store, library())
    gives(world, governance_lead=[DAN], executive=[CLEO], risk_owner=[CLEO], auditor=[BEN])
    said = {"organisation.sector": "Recruiting and staffing"}
    change(world.store, said, by=None, key="sector", now=world.store.now())
    world.bot.front.office.changed()


def rules(thread: Thread) -> set[str]:
    verdict = thread.case.verdict
    return {each.rule for each in verdict.reasons} if verdict else set()


def proposes(world: World) -> None:
    person = world.person(DAN)
    person.steward("setup")
    press(world, DAN, Action.SYSTEM_KIND, KIND)
    press(world, DAN, Action.STATE_ENTRY, "list:staff")
    assert fills(world, DAN, because="We place people for others") is None
    person.hands.closes_view(all_of_them=True)


def is_judged_anew(world: World) -> None:
    world.passes(minutes=2)
    looks(world)
    world.passes(minutes=2)


def on(world: World) -> tuple[str, ...]:
    with world.store.read() as session:
        return current(session).policies


def test_the_pack_for_staff_adds_rules_and_taken_back_it_keeps_history_readable(world: World) -> None:
    thread = world.person(ANA).asks().submitted(TO_STAFF)
    assert (RULE in rules(thread), tier(thread)) == (False, 2)
    looks(world)
    former = thread.case.verdict
    proposes(world)
    assert on(world) == (), "a proposal judges nothing"
    approves(world)
    assert on(world) == ("sector-staff",)
    is_judged_anew(world)
    assert (RULE in rules(thread), tier(thread)) == (True, 3)
    verdict = thread.case.verdict
    assert former is not None
    assert verdict is not None
    assert {each.rule for each in former.reasons} <= rules(thread), "nothing of before is gone"
    assert "sector-staff" in {each.name for each in verdict.policies}

    reads(world, DAN, entries(world, KIND)[0])
    press(world, DAN, Action.READ_ENTRY)
    press(world, DAN, Action.RETIRE_ENTRY)
    world.person(DAN).hands.fills(reason="We do it no more")
    assert world.person(DAN).submits() is None
    world.person(DAN).hands.closes_view(all_of_them=True)
    assert on(world) == ("sector-staff",), "until somebody else says yes"
    approves(world)
    assert on(world) == ()
    is_judged_anew(world)
    assert (RULE in rules(thread), tier(thread)) == (False, 2)
    assert all_replay(world), "also the verdict that had its rules"
    with world.store.read() as session:
        book = Shelf().book(session, world.bot.office.library.form, verdict.policies)
        assert book.sentence(RULE).startswith("It tells staff"), "which is still explained"
        lines = [
            each.detail["policies"] for each in audit.records(session) if each.what == "policies.in_force"
        ]
        (entry,) = aims.of_kind(session, KIND)
    named = [[told.split()[0] for told in each].count("sector-staff") for each in lines]
    assert named == [0, 1, 0], "the trail has from when to when, with version and digest"
    assert [each.yeses[0].role for each in entry.drafts if each.yeses] == ["executive", "executive"]


def test_it_is_suggested_by_the_sector_and_on_only_once_somebody_else_agreed(world: World) -> None:
    person = world.person(DAN)
    person.steward("setup")
    assert "Fits your sector: Sector pack: staff" in person.window()
    press(world, DAN, Action.SYSTEM_KIND, KIND)
    shown = person.window()
    assert shown.index("Sector pack: staff") < shown.index("Sector pack: finance")
    assert "fits your sector" in shown
    person.hands.closes_view(all_of_them=True)
    proposes(world)
    (entry,) = entries(world, KIND)
    by_hand(world, DAN, Action.APPROVE_ENTRY, Press("", 1, "", entry.id))
    assert entries(world, KIND)[0].in_force is None, "nobody approves their own"
    assert on(world) == world.bot.office.config.policies == ()
    person.steward("setup")
    assert "Fits your sector" not in person.window()


def test_two_entries_for_one_pack_are_one_pack_and_none_is_taken_for_another(world: World) -> None:
    for title in ("For our staff", "For their staff"):
        world.person(DAN).steward("setup")
        press(world, DAN, Action.STATE_ENTRY, f"{KIND}|")
        assert fills(world, DAN, title=title, pack="staff", because="It fits") is None
        world.person(DAN).hands.closes_view(all_of_them=True)
    approves_all(world)
    assert on(world) == ("sector-staff",)
