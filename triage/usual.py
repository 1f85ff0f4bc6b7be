"""Which conditions of the library fit a use: those that its answers call for first, then those that always may."""

from __future__ import annotations

from intake.condition import Always, View
from triage.case import Case
from triage.current import current
from triage.desk import Desk
from triage.rules import Usual
from triage.steps import Term

OFFERED = 10
"""So many can be ticked in a window; what else is agreed to is written."""


def fitting(case: Case, desk: Desk) -> tuple[Usual, ...]:
    """All that may fit, the most fitting first; what is ruled out by the answers is none of them."""
    view = View(desk.form.gates, current(desk.form, case.answers), desk.settings(case))
    ranked = [(_rank(each, view), each) for each in desk.book.usual]
    return tuple(each for rank, each in sorted(ranked, key=lambda one: one[0]) if rank < _RULED_OUT)


_RULED_OUT = 3


def _rank(each: Usual, view: View) -> int:
    if isinstance(each.when, Always):
        return 1
    return {True: 0, None: 2, False: _RULED_OUT}[each.when.truth(view)]


def bound(each: Usual, check: str, desk: Desk) -> Term:
    """To what it is bound when it is given today."""
    if not each.days:
        return Term(check=check)
    calendar = desk.calendar()
    due = calendar.day_of(calendar.after(desk.now, each.days))
    return Term(due=due, check=check, otherwise=each.otherwise)
