"""An approved use is looked at again: last time's answers, one press each; what changed is judged; another reads."""

from __future__ import annotations

import pytest

from bot.demo.player import elements
from bot.slack.ids import Action
from tests.journeys.test_changing import approved
from tests.journeys.test_onward import approved as high
from tests.journeys.test_whole_life import ROLES
from tests.slack_world import ANA, BEN, CLEO, Somebody, World, words
from tests.slack_world.thread import Thread
from triage import opening
from triage.case import Status
from triage.reviewing import to_confirm
from triage.reviews import last_review, open_review, reviews_of


@pytest.fixture(autouse=True)
def lot(monkeypatch: pytest.MonkeyPatch) -> None:
    """It falls on none of these; what it does where it falls is told in tests/triage."""
    monkeypatch.setattr(opening, "lot", lambda *_: 1)


def on_home(world: World, user: str, action: Action) -> dict[str, str]:
    view = world.person(user).hands.home()
    assert view is not None
    return next(e for e in elements(view) if e.get("action_id") == action.value)


def of_reviews(world: World) -> list[str]:
    """Without what is said of them by the clock."""
    return [what for what in world.trail() if what.startswith("review.") and what != "review.reminded"]


def reviewed(world: World) -> Thread:
    """Its day has come; nobody has said anything yet."""
    thread = approved(world)
    assert thread.case.next_review_on is not None
    world.passes(days=352)
    assert of_reviews(world) == ["review.opened"]
    return thread


def test_one_fact_one_press(world: World) -> None:
    thread, ana = reviewed(world), world.person(ANA)
    review = open_review(thread.case)
    assert review is not None
    assert (review.ref, review.depth) == ("AIV-2027-0001", "one_fact")
    assert "One thing, ten seconds" in ana.home()
    button = on_home(world, ANA, Action.REVIEW_SAME)
    assert ana.hands.clicks_home(button["action_id"], value=button["value"])
    world.settle()
    assert "You will hear nothing about this one until" in thread.last
    assert "One thing, ten seconds" not in ana.home()
    done = last_review(thread.case)
    assert done is not None
    assert done.outcome == "unchanged"
    assert thread.case.next_review_on is not None
    assert thread.case.next_review_on.year == 2028
    assert thread.case.status is Status.approved
    world.passes(days=30)
    assert of_reviews(world) == ["review.opened", "review.answered"], "silence until its day"


def test_what_is_different_is_judged_before_it_counts(world: World) -> None:
    thread, ana = reviewed(world), world.person(ANA)
    ana.home()
    button = on_home(world, ANA, Action.REVIEW)
    assert ana.hands.clicks_home(button["action_id"], value=button["value"])
    world.settle()
    question = "area"
    assert "Once a year" in ana.window()
    ana.hands.fills(**{question: "changed"})
    assert ana.hands.submits() is None
    assert ana.hands.submits() == {
        question: "This is what it was before. Change it, or close this and say that it is as it was."
    }
    ana.hands.fills(**{question: ["employment"]})
    assert ana.hands.submits() is None
    assert open_review(thread.case) is not None, "nothing counts before it was shown"
    assert "This follows from it" in ana.window()
    ana.hands.fills(function="employment.ranking")
    while "This follows from it" in ana.window():
        assert ana.hands.submits() is None
    assert "The approval does not cover this" in ana.window()
    assert ana.hands.submits() is None
    world.settle()
    assert thread.case.status is Status.in_review
    assert [(r.outcome, r.answer.changed if r.answer else ()) for r in reviews_of(thread.case)] == [
        ("reapproval", (question, "function"))
    ]
    assert "decided anew" in words(ana.dm()[-1])


@pytest.mark.parametrize("settings", [ROLES], ids=["each their own"])
def test_at_high_risk_somebody_else_reads_it_before_it_counts(world: World) -> None:
    thread = high(world)
    ana, cleo, ben = world.person(ANA), world.person(CLEO), world.person(BEN)
    world.passes(days=170)
    before = thread.case.next_review_on
    ana.home()
    button = on_home(world, ANA, Action.REVIEW)
    assert ana.hands.clicks_home(button["action_id"], value=button["value"])
    world.settle()
    review = open_review(thread.case)
    assert review is not None
    asked = dict.fromkeys(to_confirm(thread.case, review, world.bot.front.desk()), "same") | {
        "sample": "some_wrong"
    }
    ana.hands.fills(**asked)
    assert ana.hands.submits() is None
    world.settle()
    assert "somebody else reads it" in ana.window()
    assert thread.case.next_review_on == before, "not done before it was read"
    assert "reads this before it counts" in world.below(world.cards()[0])[-1]
    assert of_reviews(world) == ["review.opened", "review.answered"]

    cleo.presses_card(Action.REVIEW)
    assert "some were wrong" in cleo.window(), "whoever reads it sees what came of a sample"
    cleo.hands.closes_view()
    reads(cleo, world, ruling="return", words="Since when?")
    assert "Since when?" in thread.last
    thread.presses(Action.REVIEW)
    assert "Since when?" in ana.window()
    ana.hands.fills(**asked)
    assert ana.hands.submits() is None
    world.settle()
    assert ben.presses_card(Action.REVIEW)
    assert ben.hands.view() is None, "a reviewer does not decide about such a use"
    reads(cleo, world, ruling="agree")
    assert "agrees. You will hear nothing about this one until" in thread.last
    assert thread.case.next_review_on is not None
    assert before is not None
    assert thread.case.next_review_on > before
    told = ["review.returned", "review.answered", "review.refused", "review.agreed"]
    assert of_reviews(world)[-4:] == told


def reads(person: Somebody, world: World, **fields: str) -> None:
    assert person.presses_card(Action.REVIEW)
    person.hands.fills(**fields)
    assert person.hands.submits() is None
    world.settle()
    assert "Recorded" in person.window()
    person.hands.closes_view()
