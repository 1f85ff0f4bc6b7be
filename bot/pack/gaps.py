"""What is open, late or not provable as of the pack's moment: what an auditor would ask about first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot import covering
from bot.pack.sections import Cell
from store.suppliers import Held
from triage.aims import supplied
from triage.aims.applied import Statement
from triage.aims.assessed import KIND
from triage.aims.covered import Covered
from triage.aims.entry import Entry
from triage.aims.errands import open_errands
from triage.calendar import Calendar
from triage.case import Case
from triage.conditions import conditions_of, is_over, stands
from triage.gatefile import BEFORE
from triage.guide import is_due
from triage.incidents.clocks import clocks_at
from triage.incidents.incident import OVER, Incident, Status
from triage.lifecycle import WAITING
from triage.overdue import next_day
from triage.parts import OWNER, PARTS, chosen
from triage.reviews import reviews_of
from triage.schemes import guided
from triage.stages import Stage
from triage.tasks import UNMOVED, Task, done, tasks_of
from triage.watched import plan_of, since
from triage.whereabouts import keeper, stage_of

KINDS = (
    *("records_differ", "unreadable", "major_late"),
    *("dpia_missing", "fria_missing", "assessment_missing", "clock_missed"),
    *("risk_bare", "acceptance_stale", "acceptance_over"),
    *("approval_over", "condition_unmet", "no_owner", "supplier_missing", "supplier_open"),
    *("wrong_late", "action_late", "condition_late", "condition_unseen", "task_late"),
    *("readings_missed", "review_late", "decision_late", "rules_unadopted", "training_late"),
    *("coverage_nothing", "audit_uncovered", "policy_unread", "coverage_document", "coverage_partly"),
    *("not_decided", "stale", "condition_silent", "supplier_ended", "fact_open"),
    *("entry_ended", "entry_late", "entry_again", "entry_waits", "skipped", "text_erased", "hidden"),
)
"""The gravest first: in this order they stand everywhere."""
IMPACT, FULL, ASSESSMENT, FORM = "iso_impact", "full", "impact_assessment", "ai-impact"
"""The result, its level that asks for the whole of it, and the task or the form with which it is there."""
SCREENED = {"dpia_missing": "dpia-screening", "fria_missing": "fria-screening"}
"""By which form it is looked at whether such an assessment is due, and where the full one lies."""
BY_UTC = Calendar("UTC")
SILENT = timedelta(days=365)
LATE = {
    "acceptance": "acceptance_over",
    "action": "entry_late",
    "effect": "entry_late",
    "measure": "entry_again",
    "renewal": "entry_again",
    "ending": "entry_ended",
}
"""What waits on an entry, as a gap; a yes is one from the first day on, and late from the day in the calendar on."""
WRONG, MAJOR, GOES_ON = "nonconformity", "major", ("action", "effect")


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
    stand: Collection[str] = (),
    supplier: Held | None = None,
    calendar: Calendar = BY_UTC,
) -> Iterator[Gap]:
    """`stand`: the forms by which it was assessed and that stand, looked at by somebody without a part in them.

    `supplier`: of its tool; `calendar`: by the days of the organisation.
    """
    if case.status in WAITING and case.due_at is not None and case.due_at < at:
        yield Gap("decision_late", name, case.status.value, case.due_at.date().isoformat(), href)
    for review in reviews_of(case):
        if review.end is None and review.due < day:
            yield Gap("review_late", name, review.ref, review.due.isoformat(), href)
    yield from _of_conditions(case, name, href, day)
    yield from _of_tasks(case, name, href, day, assessed=FORM in stand)
    if not case.in_use:
        return
    yield from _of_screening(case, name, href, stand)
    yield from _silent(case, name, href, at)
    yield from _of_supplier(case, supplier, name, href)
    yield from _of_readings(case, name, href, day, calendar)
    if case.owner is None:
        yield Gap("no_owner", name, "", "", href)
    until = case.decision.valid_until if case.decision else None
    if until is not None and until < day:
        yield Gap("approval_over", name, "", until.isoformat(), href)
    open_ = sorted({gap.question for gap in case.verdict.gaps}) if case.verdict else []
    if open_:
        yield Gap("fact_open", name, ", ".join(open_), "", href)


def _of_conditions(case: Case, name: str, href: str, day: date) -> Iterator[Gap]:
    """Not met by its day; or said to be met, and nobody looked at it where somebody else has to."""
    for one in conditions_of(case):
        due, state = one.term.due.isoformat() if one.term.due else "", stands(case, one)
        if state in ("unmet", "narrowed"):
            yield Gap("condition_unmet", name, one.text, due, href)
        elif not one.handed_in and is_over(one, day):
            yield Gap("condition_late", name, one.text, due, href)
        elif state in ("done", "asked_again") and one.shown is not None:
            yield Gap("condition_unseen", name, one.text, one.shown.at.date().isoformat(), href)


def _of_screening(case: Case, name: str, href: str, stand: Collection[str]) -> Iterator[Gap]:
    """What its results call for, or may, and nobody recorded: the same forms of which a yes is told."""
    for kind, form in SCREENED.items():
        if case.verdict is not None and form not in stand and is_due(guided(form)[1], case.verdict):
            yield Gap(kind, name, "", "", href)


def _of_readings(case: Case, name: str, href: str, day: date, calendar: Calendar) -> Iterator[Gap]:
    """The report that its own plan asks for, and that nobody gave by its day."""
    plan, began = plan_of(case), since(case)
    if plan is not None and began is not None:
        due = next_day(plan.every, calendar.day_of(began[1]))
        if due < day:
            yield Gap("readings_missed", name, plan.every, due.isoformat(), href)


def _of_supplier(case: Case, held: Held | None, name: str, href: str) -> Iterator[Gap]:
    """Documents that have ended, and an assessment that its risk needs and is not there, or that stands no more."""
    if held is None:
        return
    for each in held.papers:
        if each.lapsed and each.until is not None:
            yield Gap("supplier_ended", name, f"{each.title} ({each.ref})", each.until.isoformat(), href)
    if held.standing in ("none", "waits"):
        if supplied.is_due(case):
            yield Gap("supplier_missing", name, held.known.name, "", href)
    elif held.standing not in supplied.HOLDS:
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


def assessed_ones(entries: Iterable[Entry]) -> Mapping[str, frozenset[str]]:
    """By use, the forms that were filled in here and stand, by what was said of each last."""
    found: dict[str, frozenset[str]] = {}
    for each in entries:
        if each.kind == KIND and each.in_force and each.in_force.said.get("outcome") == "stands":
            case, _, form = each.name.rpartition(":")
            found[case] = found.get(case, frozenset()) | {form}
    return found


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
    href, what = f"system.html#{entry.ref}", entry.title or entry.kind
    errands = open_errands(entry, calendar)
    if entry.proposed is not None:
        due = next((each.due for each in errands if each.kind in ("approval", "part")), day)
        yield _waiting(entry, due, day)._replace(ref=entry.ref, what=what, href=href)
    for each in errands:
        if each.due < day and each.kind in LATE:
            wrong = entry.kind == WRONG and each.kind in GOES_ON
            kind = _wrong(entry) if wrong else LATE[each.kind]
            yield Gap(kind, entry.ref, what, each.due.isoformat(), href)


def _waiting(entry: Entry, due: date, day: date) -> Gap:
    """A yes is due as the calendar says; what was found to be wrong is late by its own day, confirmed or not."""
    by = entry.due if entry.kind == WRONG and entry.in_force is None else None
    if by is not None and by < day:
        return Gap(_wrong(entry), "", "", by.isoformat())
    return Gap("entry_waits", "", "", due.isoformat() if due < day else "")


def _wrong(entry: Entry) -> str:
    return "major_late" if entry.said("weight") == MAJOR else "wrong_late"


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
