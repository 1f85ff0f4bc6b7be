"""F27 and F29 for whoever has a part in a use beside its requester and owner: they decide nothing, and gain nothing."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.slack.ids import Action
from bot.slack.payloads import Who
from intake.answers import answered
from tests.databases import Databases
from tests.journeys.test_changing import confirms, looks
from tests.journeys.test_condition_verified import NOTICE, bound, looks_at
from tests.journeys.test_living_conditions import hands_in
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, Thread, World
from tests.slack_world.people import SETTINGS, WORKSPACE
from triage.afterwards import Join
from triage.case import Status
from triage.commands import Approve, Recuse
from triage.conditions import conditions_of, is_met
from triage.confidences import Confide
from triage.onward import AcceptPart, Appoint, MoveOn
from triage.outcome import Refused
from triage.plan import Measure
from triage.stages import Stage
from triage.talking import Fill, Submit
from triage.tasks import ways_on
from triage.watches import WritePlan

GUS = "U0GUS"
MORE = "Record everything that colleagues say all day"
WHO = {"cleo": CLEO, "eve": EVE}


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.vendor_manager": [EVE], "roles.risk_owner": [CLEO, BEN]}


@pytest.fixture
def met_nobody(sqlite_databases: Databases, settings: dict[str, Any], monkeypatch: Any) -> Iterator[World]:
    """With a guest whom Steward has never met."""
    workspace = copy.deepcopy(WORKSPACE)
    workspace["people"] += [{"id": GUS, "name": "Gus Guest", "is_restricted": True}]
    monkeypatch.setattr("tests.slack_world.world.WORKSPACE", workspace)
    world = World(sqlite_databases.copy(), settings=settings)
    try:
        yield world.open()
    finally:
        world.close()


def person(world: World, user: str) -> str:
    return world.bot.front.person(Who(TEAM, user))


def do(world: World, user: str, wish: Callable[..., Any], key: str, thread: Thread, **about: Any) -> None:
    """By a way that is not under test."""
    actor, front = person(world, user), world.bot.front
    front.do(wish(actor=actor, key=key, case=thread.case.id, **about), front.desk(actor=actor))
    world.settle()


def because(world: World, user: str, wish: Callable[..., Any], thread: Thread, **about: Any) -> str:
    """The refusal."""
    with pytest.raises(Refused) as refused:
        do(world, user, wish, f"{wish.__name__}:{user}", thread, **about)
    return refused.value.key


def lapsed(thread: Thread) -> None:
    """Its owner widens what it is for, so it is decided anew."""
    ana = thread.person
    looks(ana, thread, purpose=MORE)
    confirms(ana)
    assert thread.case.status is Status.in_review


def test_f27_who_handed_it_over_does_not_decide_on_what_they_wrote(alone: World) -> None:
    thread = alone.person(ANA).asks()
    thread.fills()
    owner = {"owner": answered(person(alone, BEN))}
    do(alone, ANA, Fill, "fill", thread, answers=owner)
    do(alone, ANA, Submit, "submit", thread)
    assert alone.person(EVE).decides(Action.APPROVE, reason="Fits.") is None
    ben = alone.person(BEN)
    ben.steward("change 1")
    ben.hands.fills(owner=DAN, purpose=MORE)
    assert ben.hands.submits() is None
    confirms(ben)
    assert thread.case.status is Status.in_review
    assert thread.case.owner == person(alone, DAN)
    assert because(alone, BEN, Approve, thread, reason="Mine.") == "own_part"
    assert f"<@{BEN}>" not in alone.person(EVE).home()


def test_f27_whoever_was_only_named_as_its_owner_may_decide(alone: World) -> None:
    """Else whoever asks could keep somebody from deciding by naming them."""
    thread = alone.person(ANA).asks()
    thread.fills()
    for number, user in enumerate((BEN, DAN)):
        do(alone, ANA, Fill, f"fill{number}", thread, answers={"owner": answered(person(alone, user))})
    do(alone, ANA, Submit, "submit", thread)
    assert alone.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    assert thread.case.status is Status.approved


@pytest.mark.parametrize("user", WHO.values(), ids=WHO)
def test_f27_a_team_that_joined_neither_looks_nor_decides(alone: World, user: str) -> None:
    thread = bound(alone)
    do(alone, user, Join, "join", thread, unit="Risk", version=thread.case.version)
    assert hands_in(thread, 1, link=NOTICE) is None
    looks_at(alone.person(user), Action.VERIFY_CONDITION)
    assert "your team joined it" in alone.person(user).told()
    lapsed(thread)
    assert because(alone, user, Approve, thread, reason="Mine.") == "own_part"


def test_f27_who_stands_in_for_the_owner_neither_looks_nor_decides(alone: World) -> None:
    thread = bound(alone)
    do(alone, ANA, Appoint, "name", thread, task="deputy", person=person(alone, CLEO))
    do(alone, CLEO, AcceptPart, "accept", thread, appointment=thread.case.appointments[-1].id)
    assert hands_in(thread, 1, link=NOTICE) is None
    looks_at(alone.person(CLEO), Action.VERIFY_CONDITION)
    (one,) = conditions_of(thread.case)
    assert not is_met(thread.case, one)
    lapsed(thread)
    assert because(alone, CLEO, Approve, thread, reason="Mine.") == "own_part"


@pytest.mark.parametrize("user", WHO.values(), ids=WHO)
def test_f27_who_said_yes_does_not_become_its_owner(alone: World, user: str) -> None:
    thread, ana = bound(alone), alone.person(ANA)
    thread.presses(Action.CHANGE)
    ana.hands.fills(owner=user)
    said = ana.hands.submits()
    assert said is not None
    assert "They said yes to this use" in said["owner"]
    assert thread.case.owner == person(alone, ANA)


def test_f27_one_authority_looks_once(alone: World) -> None:
    """Not itself and, in its place, whoever stands in for it."""
    thread, cleo = bound(alone, otherwise="narrows"), alone.person(CLEO)
    alone.passes(days=20)
    assert hands_in(thread, 1, link=NOTICE) is None
    cleo.steward(f"away until 30 January 2027 <@{DAN}>")
    looks_at(alone.person(DAN), Action.VERIFY_CONDITION)
    (one,) = conditions_of(thread.case)
    assert one.yeses == ()


def test_f27_less_than_was_approved_takes_no_safeguard_away(alone: World) -> None:
    """Answers that became harmless, without anybody's yes: evidence, plan and gates stay as strict as decided."""
    thread, ana = bound(alone), alone.person(ANA)
    limit = {"name": "wrong", "side": "at_most", "limit": "1"}
    do(
        alone,
        ANA,
        WritePlan,
        "w1",
        thread,
        plan="",
        measures=(Measure.model_validate(limit),),
        every="weekly",
    )
    looks(ana, thread, train_on_data="no_contract", data=["public"])
    confirms(ana)
    assert thread.case.status is Status.approved_with_conditions
    assert int(thread.case.verdict.tier.ceiling) < 3 if thread.case.verdict else False
    wider = (Measure.model_validate(limit | {"limit": "1000"}),)
    assert because(alone, ANA, WritePlan, thread, plan="w1", measures=wider, every="weekly") == "plan_looser"
    assert because(alone, ANA, MoveOn, thread, to="in_use") == "less_than_approved"
    assert ways_on(thread.case, alone.bot.front.desk()) == (Stage.retiring,)
    assert hands_in(thread, 1, link=NOTICE) is None
    (one,) = conditions_of(thread.case)
    assert not is_met(thread.case, one)


def test_f27_a_guest_stands_in_for_nobody(met_nobody: World) -> None:
    met_nobody.person(ANA).asks().submitted()
    said = met_nobody.person(BEN).steward(f"away until 14 December <@{GUS}>")
    assert "cannot stand in for you" in said
    assert "Waiting for your decision" not in met_nobody.person(GUS).home()


def test_f29_a_guest_is_not_made_its_owner(met_nobody: World) -> None:
    thread, ana = bound(met_nobody), met_nobody.person(ANA)
    do(met_nobody, ANA, Confide, "confide", thread)
    thread.presses(Action.CHANGE)
    ana.hands.fills(owner=GUS)
    said = ana.hands.submits()
    assert said is not None
    assert "Only colleagues" in said["owner"]
    assert met_nobody.person(GUS).dm() == []


def test_f29_an_old_window_makes_nobody_a_reader_again(alone: World) -> None:
    thread = alone.person(ANA).asks().submitted()
    do(alone, ANA, Confide, "confide", thread)
    eve = alone.person(EVE)
    eve.presses_card(Action.OPEN_WHOLE)
    eve.hands.clicks_view(Action.READERS.value)
    alone.settle()
    do(alone, BEN, Approve, "approve", thread, reason="Fits.")
    eve.hands.fills(person=EVE)
    eve.hands.submits()
    alone.settle()
    assert "Otter" not in eve.steward("show 1")


def test_f29_who_stepped_aside_reads_it_by_no_part(alone: World) -> None:
    thread = bound(alone)
    lapsed(thread)
    do(alone, BEN, Recuse, "recuse", thread, version=thread.case.version, reason="My brother sells it.")
    for user in (EVE, CLEO):
        do(alone, user, Approve, f"yes:{user}", thread, reason="Fits.")
    assert thread.case.in_use
    about = {"task": "overseer", "person": person(alone, BEN)}
    assert because(alone, ANA, Appoint, thread, **about) == "part_recused"


def test_f29_nobody_is_told_of_the_same_all_day(alone: World) -> None:
    thread = bound(alone)
    for number in range(3):
        ben, eve = person(alone, BEN), person(alone, DAN)
        do(alone, ANA, Appoint, f"ben{number}", thread, task="deputy", person=ben)
        do(alone, ANA, Appoint, f"dan{number}", thread, task="deputy", person=eve)
    told = len(alone.person(BEN).dm())
    about = {"task": "deputy", "person": person(alone, BEN)}
    assert because(alone, ANA, Appoint, thread, **about) == "enough_today"
    assert len(alone.person(BEN).dm()) == told
