"""A review that waits for its reader is an errand of its own, for those who decide and then for whoever leads."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import CLEO, ROLES, a_desk
from tests.hostile.test_table import looked_at_again
from tests.triage.test_conditions import bound
from triage.climbing import called, whom
from triage.errands import READ_WITHIN, errands
from triage.reviews import open_review
from triage.settling import LEAD


def test_somebody_else_has_to_read_it_in_its_time() -> None:
    desk = replace(a_desk(), roles={**ROLES, LEAD: frozenset({CLEO})})
    case = looked_at_again(bound(high=True), said=True)
    review = open_review(case)
    assert review is not None
    assert review.answer is not None
    (waits,) = [each for each in errands(case, desk) if each.kind == "reading"]
    assert waits.due == review.answer.at.date() + READ_WITHIN
    assert whom(waits, "deciders", case, desk) == ((), "deciders")
    first, last = called(case, waits.name, 0, desk), called(case, waits.name, 2, desk)
    assert first is not None
    assert [note.facts["what"] for note in first.notes] == [waits.name]
    assert last is not None
    assert last.people == (CLEO,)
    asked_again = looked_at_again(bound(high=True), said=False)
    assert [each for each in errands(asked_again, desk) if each.kind == "reading"] == []
