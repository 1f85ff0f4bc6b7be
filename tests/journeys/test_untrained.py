"""Who lets the day of a training go by decides nothing until it is done: others do, and nobody is left waiting."""

from __future__ import annotations

from datetime import timedelta
from operator import itemgetter
from typing import Any

import pytest

from bot.config import change
from bot.sandbox.reading import words
from bot.slack.ids import Action
from store import aims, trained, training
from store.employees import Employee, compared, take
from tests.journeys.test_system import id_of, press
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, HARMLESS, World
from triage.aims.wishes import ApproveEntry, DraftEntry
from triage.case import Status

LINK = "https://example.com/certificate"
STEPS = {
    "area": "employment",
    "function": "employment.ranking",
    "people": "staff_applicants",
    "data": "personal",
    "influence": "followed",
    "profiling": "yes",
    "worst": "rights_or_livelihood",
    "reverse": "never",
    "scale": "gt10000",
    "check": "none",
}
"""Legal and privacy, then the committee, then an executive."""


def asks_for(world: World, *late: str, **said: Any) -> None:
    """A training for reviewers, of which some let their day go by ten days ago."""
    office, now = world.bot.front.office, world.store.now()
    named = {"roles.governance_lead": [DAN], "roles.executive": [ANA]}
    change(world.store, named, by=None, key="roles", now=now)
    office.changed()
    about: Any = {"title": "AI basics", "roles": ("reviewer",), "months": "12", "confirmed": "yes"}
    about |= {"link": "https://example.com/course"}
    executive, desk = id_of(world, ANA), world.bot.front.desk(actor=id_of(world, DAN))
    draft = DraftEntry(actor=id_of(world, DAN), entry="t", key="d", kind="training", said=about | said)
    with world.store.write() as session:
        made = aims.carry_out(session, draft, desk)
        if made.in_force is None:
            agrees = ApproveEntry(actor=executive, entry="t", key="y", draft=1)
            made = aims.carry_out(session, agrees, desk)
        for user in (BEN, EVE, CLEO, DAN):
            asked = now.date() - timedelta(days=40)
            trained.note(session, "asked", made, id_of(world, user), asked, now=now)
            if user not in late:
                trained.note(session, "done", made, id_of(world, user), now.date(), now=now)
                trained.note(session, "confirmed", made, id_of(world, user), now.date(), now=now)
    office.changed()
    world.settle()


def tries(world: World, user: str) -> None:
    """The press comes to nothing, and no window opens."""
    person = world.person(user)
    person.presses_card(Action.APPROVE)
    world.settle()
    assert person.hands.view() is None


def hour(world: World) -> None:
    world.passes(hours=1, minutes=5)


def below(world: World) -> str:
    return "\n".join(world.below(world.cards()[0]))


def test_an_approver_whose_training_ended_is_replaced_and_decides_again_once_it_is_done(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    ben, eve = world.person(BEN), world.person(EVE)
    asks_for(world, BEN, bars="at_once")
    tries(world, BEN)
    assert thread.case.status is Status.in_review
    assert "AI basics" in ben.told()
    assert "others decide" in ben.told()
    assert world.trail()[-1] == "approve.refused"
    hour(world)
    assert "case.passed_over" in world.trail()
    assert f"<@{EVE}>" in words(world.cards()[0])
    assert f"<@{BEN}>" not in words(world.cards()[0])
    assert "gone on to others" not in below(world), "Eve was asked from the first"
    shown = max((each for each in ben.hands.sees(CARDS) if each.get("ephemeral")), key=itemgetter("ts"))
    assert ben.hands.clicks(CARDS, shown["ts"], Action.TRAININGS.value)
    assert "others decide what waits for you" in ben.window()
    assert ben.hands.clicks_view(f"{Action.TRAINING_DID.value}.0")
    ben.hands.fills(link=LINK)
    assert ben.submits() is None
    dan, day = id_of(world, DAN), world.store.now().date()
    desk = world.bot.front.desk(actor=dan)
    with world.store.write() as session:
        training.confirm(session, "t", id_of(world, BEN), day, desk, by=dan)
    world.bot.front.office.changed()
    world.settle()
    assert ben.decides(Action.APPROVE, reason="Fits.") is None
    assert thread.case.decision is not None
    assert eve.told() == ""


def test_gaps_by_unit_are_shown_to_whoever_leads_and_to_nobody_else(world: World) -> None:
    asks_for(world, BEN)
    with world.store.write() as session:
        told = [Employee(email=f"{user}@example.com", slack_user=user, unit="Sales") for user in (BEN, EVE)]
        take(session, compared(session, told), whole=True, now=world.store.now())
    dan = world.person(DAN)
    dan.steward("setup")
    press(world, DAN, Action.SYSTEM_KIND, "training")
    press(world, DAN, Action.MATRIX)
    assert "1 of 2, 1 late" in dan.window()
    assert "Sales" in dan.window()
    dan.hands.closes_view(all_of_them=True)
    change(world.store, {"roles.governance_lead": [CLEO]}, by=None, key="again", now=world.store.now())
    world.bot.front.office.changed()
    dan.steward("setup")
    assert dan.hands.view() is None


def test_where_nobody_of_the_role_is_left_whoever_leads_hears_and_nothing_counts_as_a_yes(
    world: World,
) -> None:
    thread = world.person(ANA).asks().submitted()
    everybody = ("reviewer", "risk_owner", "governance_lead")
    asks_for(world, BEN, EVE, CLEO, DAN, bars="at_once", roles=everybody)
    hour(world)
    assert "Nobody who is asked can decide this just now" in below(world)
    assert "training to be done first" in words(world.cards()[0])
    assert "stepped aside" not in words(world.cards()[0])
    assert f"<@{DAN}>" in below(world)
    for user in (BEN, DAN):
        tries(world, user)
        assert "nobody else is left who could" in world.person(user).told()
    world.passes(days=3)
    assert thread.case.status is Status.in_review
    assert below(world).count("Nobody who is asked") == 1


def test_where_one_seat_of_several_is_empty_whoever_leads_hears_which(world: World) -> None:
    now = world.store.now()
    change(world.store, {"roles.vendor_manager": [EVE]}, by=None, key="seats", now=now)
    world.bot.front.office.changed()
    thread = world.person(ANA).asks().submitted(HARMLESS | {"data": "confidential", "train_on_data": "yes"})
    asks_for(world, EVE, DAN, bars="at_once", roles=("vendor_manager", "governance_lead"))
    hour(world)
    assert "Nobody can say yes as vendor manager just now" in below(world)
    assert f"• Risk owner: <@{CLEO}>" in words(world.cards()[0])
    assert f"<@{DAN}>" in below(world)
    assert thread.case.status is Status.in_review


@pytest.mark.parametrize("committee", [[BEN, DAN], [BEN]])
def test_who_stands_in_a_later_step_is_replaced_when_that_step_comes(
    world: World, committee: list[str]
) -> None:
    now, steps = world.store.now(), {"legal": [EVE], "vendor_manager": [EVE]}
    steps |= {"privacy": [CLEO], "committee": committee}
    named = {f"roles.{role}": people for role, people in steps.items()}
    change(world.store, named, by=None, key="steps", now=now)
    world.bot.front.office.changed()
    thread = world.person(ANA).asks().submitted(HARMLESS | STEPS)
    asks_for(world, BEN, bars="at_once", roles=("committee",))
    world.passes(hours=3)
    assert "case.passed_over" not in world.trail(), "others may decide by then"
    for user in (EVE, CLEO):
        assert world.person(user).decides(Action.APPROVE, reason="Fits.") is None
    hour(world)
    assert world.trail().count("case.passed_over") == 1
    assert thread.case.status is Status.in_review
    tries(world, BEN)
    if DAN in committee:
        assert f"<@{DAN}>" in words(world.cards()[0])
        assert "Nobody who is asked" not in below(world)
        assert world.person(DAN).decides(Action.APPROVE, reason="Fits.") is None
    else:
        assert f"<@{DAN}>" in below(world), "whoever leads hears of it"
        assert "Nobody who is asked can decide this just now" in below(world)


def test_where_the_role_is_empty_those_who_come_after_it_decide_and_are_named(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    asks_for(world, BEN, EVE, bars="at_once")
    hour(world)
    assert "gone on to others" not in below(world), "it came in just now"
    world.passes(hours=3)
    assert f"<@{CLEO}>" in words(world.cards()[0])
    assert world.person(CLEO).decides(Action.APPROVE, reason="Fits.") is None
    assert thread.case.status is Status.approved


@pytest.mark.parametrize("said", [{}, {"bars": "no"}, {"bars": "after_14"}])
def test_where_nothing_is_set_up_or_days_of_grace_are_left_everybody_decides_as_before(
    world: World, said: dict[str, str]
) -> None:
    thread = world.person(ANA).asks().submitted()
    asks_for(world, BEN, **said)
    hour(world)
    assert "case.passed_over" not in world.trail()
    assert world.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    assert thread.case.status is Status.approved


def test_one_s_own_word_is_not_enough_where_somebody_else_confirms_it(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    asks_for(world, BEN, bars="at_once")
    with world.store.write() as session:
        made, ben = aims.load(session, "t"), id_of(world, BEN)
        assert made is not None
        trained.note(session, "done", made, ben, world.store.now().date(), by=ben, now=world.store.now())
    world.bot.front.office.changed()
    tries(world, BEN)
    assert thread.case.status is Status.in_review
