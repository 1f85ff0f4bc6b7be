"""Who opens a confidential use again, and what its closing takes along."""

from __future__ import annotations

import pytest

from tests.builders import ANA, BEN, DAN, a_case, a_desk, key
from tests.triage import patterns
from triage.case import Assignment, Case
from triage.commands import Recuse
from triage.confidences import Confide, NameReader, OpenUp
from triage.confidential import named, opening
from triage.decide import decide
from triage.desk import Desk
from triage.outcome import Refused


def closed() -> Case:
    return decide(a_case(), Confide(actor=ANA, key=key(), case="case-1"), a_desk()).case


def opens(case: Case, actor: str, at: Desk | None = None) -> Case:
    first = opening(case)
    wish = OpenUp(actor=actor, key=key(), case="case-1", opening=first.id if first else "")
    return decide(case, wish, at or a_desk()).case


def test_two_people_one_of_whom_decides_open_it() -> None:
    first = opens(closed(), BEN)
    assert first.confidential
    assert not opens(first, ANA).confidential


def test_a_first_signature_that_counts_no_more_is_no_half_of_an_opening() -> None:
    first = opens(closed(), BEN)
    aside = decide(
        first, Recuse(actor=BEN, key=key(), case="case-1", reason="My brother sells it"), a_desk()
    ).case
    assert opens(aside, ANA).confidential
    without = a_desk(roles={**a_desk().roles, "reviewer": frozenset({DAN})})
    assert opens(first, ANA, without).confidential


def test_whoever_steps_aside_reads_no_more_by_name() -> None:
    case = decide(closed(), NameReader(actor=BEN, key=key(), case="case-1", person=DAN), a_desk()).case
    assert named(case) == (DAN,)
    gone = {"id": "a", "kind": "recused", "person": DAN, "by": DAN, "at": a_desk().now}
    out = case.model_copy(update={"assignments": (Assignment.model_validate(gone),)})
    assert named(out) == ()


def test_what_was_closed_is_confirmed_as_no_pattern() -> None:
    case = patterns.propose(patterns.source()).case
    with pytest.raises(Refused) as refused:
        patterns.confirm(case.model_copy(update={"confidential": True}))
    assert refused.value.key == "no_pattern_of_it"
