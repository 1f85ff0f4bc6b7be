"""An edit after the approval: recorded with who said it, and what follows is what rules find, never a yes."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import Answer, answered
from tests.builders import ANA, BEN, DAN, a_case, a_decision, a_desk, key, says
from triage.afterwards import Change
from triage.case import Case, Status
from triage.changing import foreseen
from triage.decide import decide
from triage.fingerprint import facts_digest
from triage.outcome import Outcome, Refused

DESK = a_desk()
STANDS = {"title": answered("Notes of our meetings")}
NARROWS = {"data": answered("public")}
LAPSES = {"data": answered("personal")}


def approved(status: Status = Status.approved, **change: Any) -> Case:
    return a_case(status, **({"owner": DAN} | change))


def wish(answers: dict[str, Answer], effect: str, actor: str = ANA, version: int | None = 3) -> Change:
    return Change(actor=actor, key=key(), case="case-1", answers=answers, effect=effect, version=version)


def told(answers: dict[str, Answer], effect: str, case: Case | None = None, actor: str = ANA) -> Outcome:
    return decide(case or approved(), wish(answers, effect, actor), DESK)


@pytest.mark.parametrize("actor", [ANA, DAN], ids=["requester", "owner"])
def test_it_stands(actor: str) -> None:
    before = approved()
    outcome = told(STANDS, "stands", actor=actor)
    case = outcome.case
    assert (case.status, case.decisions, case.title) == (
        before.status,
        before.decisions,
        "Notes of our meetings",
    )
    assert case.facts["title"].by == actor
    assert [line.what for line in outcome.happened] == ["use.changed", "answer.changed"]
    detail = outcome.happened[0].detail
    assert detail["effect"] == "stands"
    assert (detail["former"], detail["approved_on"]) == ("d1", "0")
    assert detail["facts"] == facts_digest(case)
    assert "decision" not in detail, "nobody decided anything"
    assert says(outcome) == ["card", "card_note", "changed", "summary"]


def test_it_narrows_and_nothing_is_lifted() -> None:
    personal = {**a_case().answers, **LAPSES}
    made = a_decision(Status.approved_with_conditions, conditions=("Tell them",))
    before = a_case(Status.approved_with_conditions, personal, decisions=(made,))
    case = told(NARROWS, "narrows", before).case
    assert case.status is Status.approved_with_conditions
    assert case.decisions == before.decisions


def test_it_lapses_and_waits_for_whoever_decides_it_now() -> None:
    outcome = told(LAPSES, "lapses")
    case = outcome.case
    assert case.status is Status.in_review
    assert case.decisions == approved().decisions
    assert case.due_at is not None
    assert [line.what for line in outcome.happened] == [
        "use.changed", "answer.changed", "case.under_reassessment",
    ]  # fmt: skip
    assert outcome.happened[-1].detail == {"was": "approved", "former": "d1"}


def test_what_became_prohibited_is_blocked_at_once() -> None:
    red = {"red_flag": answered("social_scoring")}
    outcome, cover = foreseen(approved(), red, ANA, DESK)
    assert cover.effect.value == "lapses"
    assert outcome.case.status is Status.blocked


def test_after_it_lapsed_even_the_same_is_asked_anew() -> None:
    case = told({}, "lapses", approved(Status.lapsed)).case
    assert case.status is Status.in_review
    for effect in ("stands", "narrows"):
        with pytest.raises(Refused, match="changed_since"):
            told(STANDS, effect, approved(Status.lapsed))


@pytest.mark.parametrize(
    ("answers", "shown"),
    [(LAPSES, "stands"), (LAPSES, "narrows"), (STANDS, "lapses"), (NARROWS, "narrows"), (STANDS, "")],
)
def test_nobody_confirms_what_they_were_not_shown(answers: dict[str, Answer], shown: str) -> None:
    with pytest.raises(Refused, match="changed_since"):
        told(answers, shown)


def test_nor_on_what_changed_in_between() -> None:
    with pytest.raises(Refused, match="changed_since"):
        decide(approved(), wish(STANDS, "stands", version=2), DESK)


def test_nothing_is_no_change() -> None:
    for answers in (
        {},
        {"data": answered("internal")},
        {"gone": answered("x")},
        {"data": answered("no such")},
    ):
        with pytest.raises(Refused, match="nothing_changed"):
            told(answers, "stands")


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.draft, Status.disclosed)])
def test_who_and_when(status: Status) -> None:
    case = approved(status, decisions=(a_decision(),))
    with pytest.raises(Refused, match="not_yours_to_change"):
        told(STANDS, "stands", case, BEN)
    if status in (Status.approved, Status.approved_with_conditions):
        assert told(STANDS, "stands", case).case.title == "Notes of our meetings"
    elif status is not Status.lapsed:
        waits = status in (Status.in_review, Status.needs_info, Status.blocked)
        with pytest.raises(Refused, match="changes_later" if waits else "not_approved"):
            told(STANDS, "stands", case)
