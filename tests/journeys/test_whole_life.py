"""Two specialists, a question, a condition, an edit, a lapse and a re-approval; the trail alone tells it in order."""

from __future__ import annotations

from datetime import date

import pytest

from bot.cli.story import story, told
from bot.keeping import keep
from bot.library import library
from bot.slack.ids import Action
from bot.words import Words
from store.replaying import replay, verdicts
from store.shelf import Shelf
from tests.journeys.test_changing import confirms, looks
from tests.slack_world import ANA, CLEO, DAN, EVE, World, words
from tests.slack_world.people import FINDER
from triage.case import Case, Status

ROLES = {
    "roles.risk_owner": [CLEO],
    "roles.legal": [EVE],
    "roles.privacy": [DAN],
    "roles.vendor_manager": [DAN],
    "roles.committee": [CLEO],
}
UNTIL, AFTER = "2027-01-29", "2027-01-30"


def said(world: World, case: Case) -> list[str]:
    """As an auditor reads it, without the interview."""
    with world.store.read() as session:
        return list(story(told(session, case.ref or ""), Words(), everything=False))


@pytest.mark.parametrize("settings", [ROLES], ids=["each their own"])
def test_tier_three_from_the_question_to_the_second_yes(world: World) -> None:
    keep(world.store, library())
    ana, cleo, dan, eve = map(world.person, (ANA, CLEO, DAN, EVE))
    thread = ana.asks().submitted(FINDER)
    assert called(thread.case) == {"risk_owner", "legal", "privacy", "vendor_manager"}

    assert eve.decides(Action.ASK, question="Who sees the list?") is None
    thread.types("Two recruiters, and nobody else.")
    assert eve.decides(Action.APPROVE, reason="Lawful as described.") is None
    with_notice = Action.APPROVE_WITH_CONDITIONS, None
    assert (
        dan.decides(*with_notice, conditions="Tell applicants.", reason="With notice.", until=UNTIL) is None
    )
    assert thread.case.status is Status.in_review
    assert cleo.decides(Action.APPROVE, reason="A person decides.") is None
    assert status(thread.case) is Status.approved_with_conditions

    looks(ana, thread, purpose="Find applications that came in twice, and rank the rest")
    confirms(ana)
    assert status(thread.case) is Status.in_review
    assert eve.decides(Action.APPROVE, reason="Still lawful.") is None
    assert dan.decides(*with_notice, conditions="Tell applicants.", reason="Still.", until=UNTIL) is None
    assert cleo.decides(Action.APPROVE, reason="Still a person.") is None
    assert status(thread.case) is Status.approved_with_conditions

    world.passes(days=(date.fromisoformat(AFTER) - world.store.now().date()).days)
    world.settle()
    assert status(thread.case) is Status.lapsed
    looks(ana, thread)
    confirms(ana)
    for person in (eve, dan, cleo):
        assert person.decides(Action.APPROVE, reason="Again.") is None
    assert status(thread.case) is Status.approved

    lines = [line for line in said(world, thread.case) if line[:1].isdigit()]
    order = [
        "asked for a decision",
        "asked",
        "answered what was asked",
        "said yes, one of those that are needed",
        "said yes, one of those that are needed",
        "said yes, one of those that are needed",
        "approved it with conditions",
        "said what had changed",
        "said yes, one of those that are needed",
        "said yes, one of those that are needed",
        "said yes, one of those that are needed",
        "approved it with conditions",
        "the approval lapsed",
        "said what had changed",
        "said yes, one of those that are needed",
        "said yes, one of those that are needed",
        "said yes, one of those that are needed",
        "approved it",
    ]
    told_so = [line.partition(": ")[2].partition(" (")[0] for line in lines]
    assert [each for each in told_so if each in set(order)] == order
    whole = "\n".join(said(world, thread.case))
    for words_of in ("Who sees the list?", "Two recruiters", "Tell applicants.", "With notice.", "Again."):
        assert words_of in whole
    assert world.differences() == []
    with world.store.read() as session:
        assert [r.problem for r in replay(session, Shelf(), verdicts(session)) if r.problem] == []
    assert "Approved" in words(world.cards()[-1])


def status(case: Case) -> Status:
    return case.status


def called(case: Case) -> set[str]:
    assert case.verdict is not None
    return {seat.role for seat in case.verdict.seats}
