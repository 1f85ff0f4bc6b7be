"""A decision in a file says whose seat it fills, on which yes it rests, and what took its place; also in CSV."""

from __future__ import annotations

import csv
import io

from bot.extract import DECISION_COLUMNS, to_decision, to_row
from tests.builders import a_case, a_decision
from triage.case import DecisionKind


def test_seat_and_what_it_rests_on_stand_in_a_row() -> None:
    made = a_decision(seat="reviewer", rests_on=("d0",))
    case = a_case(decisions=(made,))
    (cells,) = csv.reader(io.StringIO(to_row(to_decision(made, case), DECISION_COLUMNS)))
    row = dict(zip(DECISION_COLUMNS, cells, strict=True))
    assert row["seat"] == "reviewer"
    assert row["rests_on"] == '["d0"]'
    assert {"terms", "under", "delegated"} <= row.keys()


def test_a_yes_that_was_given_anew_names_the_one_in_its_place() -> None:
    first, other, again = (
        a_decision(id=id, kind=DecisionKind.sign_off, seat=seat)
        for id, seat in (("a", "legal"), ("b", "privacy"), ("c", "legal"))
    )
    case = a_case(decisions=(first, other, again))
    assert [to_decision(each, case)["superseded_by"] for each in case.decisions] == ["c", None, None]
