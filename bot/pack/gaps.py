"""What is open, late or not provable as of the pack's moment: what an auditor would ask about first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from bot.pack.sections import Cell
from triage.aims.applied import Statement
from triage.aims.covered import Covered
from triage.aims.entry import Entry
from triage.aims.errands import open_errands
from triage.calendar import Calendar
from triage.case import Case
from triage.conditions import conditions_of, is_over, stands
from triage.incidents.clocks import clocks_at
from triage.incidents.incident import OVER, Incident, Status
from triage.lifecycle import WAITING
from triage.reviews import reviews_of

KINDS = (
    *("records_differ", "unreadable", "coverage_nothing", "coverage_document"),
    *("coverage_partly", "not_decided", "stale"),
    *("clock_missed", "action_late", "condition_unmet", "condition_late", "approval_over", "acceptance_over"),
    *("review_late", "decision_late", "no_owner", "fact_open", "entry_late", "entry_again", "entry_waits"),
    *("text_erased", "hidden"),
)
"""The gravest first."""
LATE = {
    "acceptance": "acceptance_over",
    "action": "entry_late",
    "effect": "entry_late",
    "measure": "entry_again",
    "renewal": "entry_again",
}
"""What waits on an entry, as a gap; a yes is one from the first day on."""
COLUMNS = ("kind", "ref", "what", "since")


class Gap(NamedTuple):
    """`what`: which one, as machines say it or people wrote it; `since`: the day from which it is one, if any."""

    kind: str
    ref: str
    what: str = ""
    since: str = ""
    href: str = ""

    @property
    def cell(self) -> Cell:
        return Cell(self.ref, self.href)


def of_use(case: Case, name: str, href: str, at: datetime, day: date) -> Iterator[Gap]:
    if case.status in WAITING and case.due_at is not None and case.due_at < at:
        yield Gap("decision_late", name, case.status.value, case.due_at.date().isoformat(), href)
    for review in reviews_of(case):
        if review.end is None and review.due < day:
            yield Gap("review_late", name, review.ref, review.due.isoformat(), href)
    for one in conditions_of(case):
        due = one.term.due.isoformat() if one.term.due else ""
        if stands(case, one) in ("unmet", "narrowed"):
            yield Gap("condition_unmet", name, one.text, due, href)
        elif not one.handed_in and is_over(one, day):
            yield Gap("condition_late", name, one.text, due, href)
    if not case.in_use:
        return
    if case.owner is None:
        yield Gap("no_owner", name, "", "", href)
    until = case.decision.valid_until if case.decision else None
    if until is not None and until < day:
        yield Gap("approval_over", name, "", until.isoformat(), href)
    open_ = sorted({gap.question for gap in case.verdict.gaps}) if case.verdict else []
    if open_:
        yield Gap("fact_open", name, ", ".join(open_), "", href)


def of_incident(incident: Incident, case: Case | None, at: datetime, day: date) -> Iterator[Gap]:
    if incident.status is Status.rejected:  # it was none
        return
    for clock in clocks_at(incident, case, at):
        if clock.state == "missed" and (clock.settled or incident.status not in OVER):
            since = clock.due.date().isoformat() if clock.due else ""
            yield Gap("clock_missed", incident.ref, clock.id, since, "#incidents")
    for action in incident.now.actions if incident.status not in OVER else ():
        if action.done_at is None and action.due < day:
            yield Gap("action_late", incident.ref, action.words, action.due.isoformat(), "#incidents")


def of_entry(entry: Entry, day: date, calendar: Calendar) -> Iterator[Gap]:
    """Of the management system: what was to be looked at again or done, and versions that nobody has said yes to.

    What is late is what somebody would be reminded of: nothing that is closed, by the plan's day where there is one.
    """
    href = f"system.html#{entry.ref}"
    if entry.proposed is not None:
        waits = entry.proposed.at.date().isoformat()
        yield Gap("entry_waits", entry.ref, entry.title or entry.kind, waits, href)
    for each in open_errands(entry, calendar):
        if each.due < day and each.kind in LATE:
            yield Gap(LATE[each.kind], entry.ref, entry.title or entry.kind, each.due.isoformat(), href)


def of_covered(covered: Iterable[Covered]) -> Iterator[Gap]:
    for each in covered:
        if each.is_gap:
            missing = ", ".join(each.missing)
            kind = "partly" if each.standing == "operating" else each.standing
            yield Gap(f"coverage_{kind}", each.point, missing, "", f"coverage.html#{each.point}")


def of_statement(statement: Statement | None) -> Iterator[Gap]:
    for row in statement.rows if statement else ():
        if row.decided is None:
            yield Gap("not_decided", row.control, row.title, "", f"applicability.html#{row.control}")
        elif row.stale:
            since = row.decided.at.date().isoformat()
            yield Gap("stale", row.control, row.title, since, f"applicability.html#{row.control}")
