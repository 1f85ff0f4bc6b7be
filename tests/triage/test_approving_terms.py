"""What conditions are bound to: given with a yes, the stricter of two counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from intake.answers import answered
from tests.builders import BEN, LOW, a_case, a_desk, key, some_answers
from triage.commands import Approve
from triage.decide import decide
from triage.outcome import Refused
from triage.steps import Term
from triage.terms import bound_to, pairs, terms_of

HIGH = some_answers(people=answered("customers"), data=answered("personal"))
"""Somebody else looks at what was done."""
EARLY, LATER = date(2026, 12, 4), date(2027, 1, 15)


def approve(**given: Any) -> Any:
    command = Approve(actor=BEN, key=key(), case="case-1", reason="Fits.", **given)
    return decide(a_case(answers=LOW), command, a_desk()).case.decision


def test_each_condition_keeps_what_it_is_bound_to() -> None:
    term = Term(due=EARLY, otherwise="lapses")
    decision = approve(conditions=("Tell them", "In English"), terms=(term,))
    assert pairs(decision) == (("Tell them", term), ("In English", Term()))
    assert approve(conditions=("In English",)).terms == ()


def test_the_stricter_counts() -> None:
    one = Term(due=LATER, otherwise="narrows")
    other = Term(due=EARLY, check="Told?", otherwise="lapses")
    bound = bound_to((("Tell them", one), ("Tell them", other), ("In English", Term())))
    assert bound == {"Tell them": other, "In English": Term()}
    assert terms_of(bound_to((("x", Term()),))) == ()


def test_a_day_that_is_gone() -> None:
    with pytest.raises(Refused, match="due_too_soon"):
        approve(conditions=("Tell them",), terms=(Term(due=a_desk().day),))
