"""What other rules do to a use in every status: judged anew, opened again, or left as it was decided."""

from __future__ import annotations

import pytest

from tests.builders import LOW, a_case, a_desk, key
from tests.triage.test_own import a_file, a_rule
from triage.case import Case, Status
from triage.commands import Rejudge
from triage.decide import decide
from triage.desk import Desk
from triage.differing import differing
from triage.interview import judged
from triage.lifecycle import FINAL, WAITING
from triage.outcome import Outcome, Say
from triage.own import OWN
from triage.policies import load_book
from triage.verdict import Seated

PLAIN = a_desk()
STRICT = a_desk(book=load_book(PLAIN.form, own=a_file(a_rule())))
IN_USE = {Status.approved, Status.approved_with_conditions}
TOLD = (Say.card, Say.card_note, Say.summary)


def rejudged(status: Status, before: Desk, after: Desk) -> tuple[Case, Outcome]:
    case = judged(a_case(status, LOW), before)
    return case, decide(case, Rejudge(actor="", key=key(), case=case.id, rules="r"), after)


def tier(case: Case) -> object:
    return case.verdict.results["tier"].floor if case.verdict else None


@pytest.mark.parametrize("status", Status)
def test_stricter_rules(status: Status) -> None:
    case, outcome = rejudged(status, PLAIN, STRICT)
    if status in FINAL | {Status.draft}:
        assert outcome == Outcome(case=case)
        return
    assert tier(outcome.case) == 3
    happened = [line.what for line in outcome.happened]
    told = tuple(notice.say for notice in outcome.notices)
    if status in IN_USE:
        assert outcome.case.status is Status.in_review
        assert happened == ["case.rejudged", "case.under_reassessment"]
        assert outcome.case.due_at is not None
        assert told == TOLD
    else:
        assert happened[0] == "case.rejudged"
        assert told == (TOLD if status in WAITING else ())
        assert outcome.case.decisions == case.decisions


@pytest.mark.parametrize("status", sorted(IN_USE))
def test_an_approval_stands_where_rules_become_milder(status: Status) -> None:
    _, outcome = rejudged(status, STRICT, PLAIN)
    assert (tier(outcome.case), outcome.case.status, outcome.notices) == (1, status, ())


@pytest.mark.parametrize("status", Status)
def test_the_same_rules_change_nothing(status: Status) -> None:
    case, outcome = rejudged(status, STRICT, STRICT)
    assert outcome == Outcome(case=case)


def test_only_the_rules_are_others() -> None:
    """What the organisation says of itself since is no part of it: a rehearsal shows exactly what moves."""
    case, outcome = rejudged(Status.approved, PLAIN, STRICT)
    assert case.verdict is not None
    assert outcome.case.verdict is not None
    assert outcome.case.verdict.stated == case.verdict.stated


def test_the_line_says_by_which_rules_and_from_where_to_where() -> None:
    case, outcome = rejudged(Status.approved, PLAIN, STRICT)
    assert case.verdict is not None
    assert outcome.case.verdict is not None
    detail = outcome.happened[0].detail
    theirs = next(policy.digest for policy in outcome.case.verdict.policies if policy.name == OWN)
    assert detail["rules"] == "r"
    assert detail["policies"] == (f"own none -> {theirs}",)
    assert "tier 1..1 -> 3..3" in str(detail["results"])
    _, back = rejudged(Status.approved, STRICT, PLAIN)
    assert back.happened[0].detail["policies"] == (f"own {theirs} -> none",)
    assert "tier 3..3 -> 1..1" in str(back.happened[0].detail["results"])


def test_flags_that_came_and_went_are_told_too() -> None:
    case = judged(a_case(Status.approved, LOW), PLAIN)
    assert case.verdict is not None
    seat = Seated(role="legal")
    changed = {"flags": ("literacy", "new"), "flags_open": (), "seats": (*case.verdict.seats, seat)}
    later = case.verdict.model_copy(update=changed)
    before = case.verdict.model_copy(update={"flags": ("literacy",), "flags_open": ("new", "old")})
    moved = {"flags": ("-new?", "-old?", "+new"), "seats": ("+legal",)}
    assert differing(before, later) == {"results": (), **moved, "policies": ()}
    assert differing(later, before)["seats"] == ("-legal",)
