"""What is open, late or not provable as of the pack's moment: what an auditor would ask about first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot import covering
from bot.pack.sections import Cell
from store.suppliers import Held
from triage.aims.applied import Statement
from triage.aims.assessed import KIND
from triage.aims.covered import Covered
from triage.aims.entry import Entry
from triage.aims.errands import open_errands
from triage.aims.supplied import HOLDS
from triage.calendar import Calendar
from triage.case import Case
from triage.conditions import conditions_of, is_over, stands
from triage.gatefile import BEFORE
from triage.incidents.clocks import clocks_at
from triage.incidents.incident import OVER, Incident, Status
from triage.lifecycle import WAITING
from triage.parts import OWNER, PARTS, chosen
from triage.reviews import reviews_of
from triage.stages import Stage
from triage.tasks import UNMOVED, Task, done, tasks_of
from triage.whereabouts import keeper, stage_of

KINDS = (
    *(
        "records_differ",
        "unreadable",
        "risk_bare",
        "assessment_missing",
        "supplier_open",
        "task_late",
        "coverage_nothing",
    ),
    *("coverage_document", "coverage_partly", "not_decided", "stale", "clock_missed", "action_late"),
    *(
        "condition_unmet",
        "condition_late",
        "condition_silent",
        "supplier_ended",
        "approval_over",
        "acceptance_over",
    ),
    *(
        "review_late",
        "decision_late",
        "no_owner",
        "fact_open",
        "entry_ended",
        "entry_late",
        "entry_again",
        "entry_waits",
    ),
    *("skipped", "text_erased", "hidden"),
)
"""The gravest first."""
IMPACT, FULL, ASSESSMENT, FORM = "iso_impact", "full", "impact_assessment", "ai-impact"
"""The result, its level that asks for the whole of it, and the task or the form with which it is there."""
SILENT = timedelta(days=365)
LATE = {
    "acceptance": "acceptance_over",
    "action": "entry_late",
    "effect": "entry_late",
    "measure": "entry_again",
    "renewal": "entry_again",
    "ending": "entry_ended",
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


def of_use(
    case: Case,
    name: str,
    href: str,
    at: datetime,
    day: date,
    *,
    assessed: bool = False,
    supplier: Held | None = None,
) -> Iterator[Gap]:
    """`assessed`: its impact assessment stands, looked at by somebody without a part in it. `supplier`: of its tool."""
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
    yield from _of_tasks(case, name, href, day, assessed=assessed)
    if not case.in_use:
        return
    yield from _silent(case, name, href, at)
    yield from _of_supplier(supplier, name, href)
    if case.owner is None:
        yield Gap("no_owner", name, "", "", href)
    until = case.decision.valid_until if case.decision else None
    if until is not None and until < day:
        yield Gap("approval_over", name, "", until.isoformat(), href)
    open_ = sorted({gap.question for gap in case.verdict.gaps}) if case.verdict else []
    if open_:
        yield Gap("fact_open", name, ", ".join(open_), "", href)


def _of_supplier(held: Held | None, name: str, href: str) -> Iterator[Gap]:
    """Documents that have ended, and an assessment that was said once and stands no more."""
    for each in held.papers if held is not None else ():
        if each.lapsed and each.until is not None:
            yield Gap("supplier_ended", name, f"{each.title} ({each.ref})", each.until.isoformat(), href)
    if held is not None and held.entry is not None and held.standing not in (*HOLDS, "none"):
        yield Gap("supplier_open", name, held.standing, "", href)


def _of_tasks(case: Case, name: str, href: str, day: date, *, assessed: bool) -> Iterator[Gap]:
    """What was to be there by a day, and the assessment that a result asks for, as long as the use lives."""
    if case.status in UNMOVED or not (case.in_use or stage_of(case) is not Stage.idea):
        return
    lacks = not assessed and lacks_assessment(case)
    if lacks:
        yield Gap("assessment_missing", name, ASSESSMENT, "", href)
    for task in tasks_of(case):
        if task.due is None or task.due >= day or is_there(case, task) or (lacks and task.task == ASSESSMENT):
            continue
        yield Gap("task_late", name, task.task, task.due.isoformat(), href)


def lacks_assessment(case: Case) -> bool:
    asked = case.verdict.results.get(IMPACT) if case.verdict else None
    full = asked is not None and str(asked.floor) == FULL
    return full and done(case, ASSESSMENT, BEFORE[0]) is None


def is_there(case: Case, task: Task) -> bool:
    """As its gate sees it, of what the register itself knows: a part is there once somebody took it on."""
    if task.task not in PARTS:
        return task.done is not None
    held = chosen(case, task.task)
    return held is not None and (task.task != OWNER or held.person == keeper(case))


def _silent(case: Case, name: str, href: str, at: datetime) -> Iterator[Gap]:
    """What holds all the time, and nobody has shown it or looked at it for so long."""
    given = case.decision.at if case.decision else at
    for one in conditions_of(case):
        last = max((s.at for s in one.steps if s.kind in ("done", "verified")), default=given)
        if one.term.due is None and last + SILENT < at:
            yield Gap("condition_silent", name, one.text, (last + SILENT).date().isoformat(), href)


def assessed_ones(entries: Iterable[Entry]) -> frozenset[str]:
    """Uses whose impact assessment was filled in here and stands, by what was said of it last."""
    stands_ = (
        e for e in entries if e.kind == KIND and e.in_force and e.in_force.said.get("outcome") == "stands"
    )
    names = (entry.name.rpartition(":") for entry in stands_)
    return frozenset(case for case, _, form in names if form == FORM)


def of_incident(incident: Incident, case: Case | None, at: datetime, day: date) -> Iterator[Gap]:
    if incident.status is Status.rejected:  # it was none
        return
    for clock in clocks_at(incident, case, at):
        if clock.state == "missed" and (clock.settled or incident.status not in OVER):
            since = clock.due.date().isoformat() if clock.due else ""
            yield Gap("clock_missed", incident.ref, clock.id, since, f"incidents.html#{incident.ref}")
    for action in incident.now.actions if incident.status not in OVER else ():
        if action.done_at is None and action.due < day:
            yield Gap(
                "action_late",
                incident.ref,
                action.words,
                action.due.isoformat(),
                f"incidents.html#{incident.ref}",
            )


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
            missing = "; ".join(covering.title(name) for name in each.short)
            kind = "partly" if each.standing == "operating" else each.standing
            yield Gap(f"coverage_{kind}", each.point, missing, "", f"coverage.html#{each.point}")


def of_statement(statement: Statement | None) -> Iterator[Gap]:
    for row in statement.rows if statement else ():
        if row.decided is None:
            yield Gap("not_decided", row.control, row.title, "", f"applicability.html#{row.control}")
        elif row.stale:
            since = row.decided.at.date().isoformat()
            yield Gap("stale", row.control, row.title, since, f"applicability.html#{row.control}")
