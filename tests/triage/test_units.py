"""The unit comes from what somebody said, or from there being one only; it is never guessed."""

from __future__ import annotations

import pytest

from intake.answers import answered
from tests.builders import ANA, a_desk, begun, key
from triage.decide import decide
from triage.interview import named_unit, talk_of
from triage.organisation import Organisation
from triage.talking import Fill, Start

UNITS = ("Sales", "People", "Research and Development")


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("We in Sales want Otter", "Sales"),
        ("our sales team wants Otter", "Sales"),
        ("Otter for the Research and Development department", "Research and Development"),
        ("Claude for our People team", "People"),
        ("Claude to help in People", "People"),
        ("Otter for people who call us", ""),
        ("a tool for sales calls", ""),
        ("Sales and Otter", ""),
        ("for Sales and for People", ""),
    ],
)
def test_a_unit_is_named_or_it_is_not(words: str, unit: str) -> None:
    assert named_unit(words, UNITS) == unit


def test_a_unit_that_was_read_counts_once_it_is_confirmed() -> None:
    desk = a_desk(organisation=Organisation(regions=("eu",), units=UNITS, zone="Europe/Berlin"))
    case = begun("We in Sales want Otter for our own meetings", organisation=desk.organisation)
    proposal = talk_of(case).proposal("unit")
    assert proposal is not None
    assert (proposal.answer, case.unit) == (answered("Sales"), "")
    started = decide(case, Start(actor=ANA, case="case-1", key=key(), confirm=True), desk).case
    assert (started.unit, started.answers["unit"]) == ("Sales", answered("Sales"))


def test_the_usual_unit_left_as_it_stands_in_the_form_is_nobodys_statement() -> None:
    case = begun().model_copy(update={"unit": "Sales"})
    filled = Fill(actor=ANA, case="case-1", key=key(), answers={"unit": answered("Sales")})
    assert "unit" not in decide(case, filled, a_desk()).case.facts
