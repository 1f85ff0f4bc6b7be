"""Everything in the management system that has a day, in one order: what is late, what comes, what was done; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from intake.value import Value
from triage.aims.certifying import Planned, certificate, planned, stages
from triage.aims.entry import Entry
from triage.aims.errands import next_on, open_errands
from triage.aims.ready import Ready, Record, ready
from triage.calendar import Calendar

Lane = Literal["certification", "audits", "management", "objectives", "wrong", "risks", "again"]
LANES: tuple[Lane, ...] = ("certification", "audits", "management", "objectives", "wrong", "risks", "again")
"""In which a picture shows them."""
State = Literal["done", "late", "ahead"]
OF_ERRAND: dict[str, Lane] = {
    "action": "wrong",
    "effect": "wrong",
    "measure": "objectives",
    "acceptance": "risks",
    "renewal": "again",
    "approval": "again",
}
"""Of what waits for somebody, where it stands; the rest is told by what is below."""
TOLD_BY_ITS_DAYS = ("audit", "action")
NOT_HELD = ("", "drawn")
REPORTED = ("reported", "closed")


class Dated(Value):
    """`what` names the words for it, and `about` what of a certification it is. `late`: it was skipped so far.

    `person` or `role` answers for it. `sure`: the day is agreed and not only expected. `lacks`: what is in the way.
    """

    day: date
    what: str
    lane: Lane
    state: State
    entry: str
    ref: str
    kind: str
    title: str = ""
    about: str = ""
    person: str = ""
    role: str = ""
    sure: bool = True
    shown: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    early: bool = False
    """Ready, and its day has not come."""

    @property
    def uid(self) -> str:
        """The same thing has the same name, whenever it is told."""
        return "-".join(filter(None, (self.ref, self.what, self.about, self.day.isoformat())))


def agenda(entries: Iterable[Entry], record: Record, today: date) -> tuple[Dated, ...]:
    """By day."""
    found = (each for entry in entries for each in _of_entry(entry, record, today))
    return tuple(sorted(found, key=lambda each: (each.day, each.ref, each.what, each.about)))


def skipped(found: Iterable[Dated]) -> list[Dated]:
    return [each for each in found if each.state == "late"]


def ahead(found: Iterable[Dated]) -> list[Dated]:
    return [each for each in found if each.state == "ahead"]


def _of_entry(entry: Entry, record: Record, today: date) -> Iterator[Dated]:
    yield from _waiting(entry, record.calendar, today)
    if entry.in_force is None:
        return
    yield from _measured(entry, record.calendar)
    match entry.kind:
        case "objective":
            yield from _aim(entry, today)
        case "audit":
            yield from _audit(entry, record.calendar, today)
        case "management_review":
            yield from _review(entry, record, today)
        case "programme":
            until = date.fromisoformat(str(entry.said("until")))
            yield _dated(entry, until, "programme_ends", "audits", today)
        case "certification":
            yield from _certification(entry, record, today)


def _dated(entry: Entry, day: date, what: str, lane: Lane, today: date, **more: object) -> Dated:
    about = {"day": day, "what": what, "lane": lane, "state": "late" if day < today else "ahead"}
    named = {"entry": entry.id, "ref": entry.ref, "kind": entry.kind, "title": entry.title or entry.name}
    return Dated.model_validate({**about, **named, "person": entry.owner or "", **more})


def _waiting(entry: Entry, calendar: Calendar, today: date) -> Iterator[Dated]:
    for each in open_errands(entry, calendar):
        if each.kind in OF_ERRAND and (entry.kind, each.kind) != TOLD_BY_ITS_DAYS:
            yield _dated(entry, each.due, each.kind, OF_ERRAND[each.kind], today)


def _measured(entry: Entry, calendar: Calendar) -> Iterator[Dated]:
    for each in entry.done:
        if each.act == "measured":
            day = calendar.day_of(each.at)
            yield _dated(entry, day, "was_measured", "objectives", day, state="done", person=each.by)


def _aim(entry: Entry, today: date) -> Iterator[Dated]:
    """By when it is to be reached; what was said to be reached by then is."""
    if entry.due is not None:
        reached = bool(entry.done) and entry.done[-1].said.get("met") == "yes"
        state = {"state": "done"} if reached and entry.due < today else {}
        yield _dated(entry, entry.due, "objective_due", "objectives", today, **state)


def _audit(entry: Entry, calendar: Calendar, today: date) -> Iterator[Dated]:
    held = next((each for each in reversed(entry.done_now) if each.act == "held"), None)
    if held is not None:
        day = calendar.day_of(held.at)
        yield _dated(entry, day, "audit_held", "audits", day, state="done")
    elif entry.stage in NOT_HELD:
        yield _dated(entry, date.fromisoformat(str(entry.said("begins"))), "audit_begins", "audits", today)
    if entry.stage not in REPORTED and entry.due is not None:
        yield _dated(entry, entry.due, "audit_report", "audits", today)


def _review(entry: Entry, record: Record, today: date) -> Iterator[Dated]:
    held = _held(entry)
    yield _dated(entry, held, "review_held", "management", held, state="done")
    others = (each for each in record.of(entry.kind) if each.in_force is not None and each.id != entry.id)
    due = next_on(entry)
    if due is not None and all((_held(each), each.ref) < (held, entry.ref) for each in others):
        yield _dated(entry, due, "review_next", "management", today, role="executive")


def _held(entry: Entry) -> date:
    return date.fromisoformat(str(entry.said("held_on")))


def _certification(entry: Entry, record: Record, today: date) -> Iterator[Dated]:
    for stage in stages(entry):
        about = {"about": stage.id, "sure": stage.agreed, "role": "governance_lead"}
        if stage.held is not None:
            yield _dated(entry, stage.held, "stage_held", "certification", today, **about, state="done")
        else:
            yield _dated(entry, stage.day, "stage", "certification", today, **about)
    for each in planned(entry):
        yield _milestone(entry, each, ready(each, entry, record), today)
    now = certificate(entry)
    if now is not None and now.expires is not None:
        yield _dated(entry, now.since, "certified", "certification", today, state="done")
        yield _dated(entry, now.expires, "certificate_ends", "certification", today)
    elif now is not None:
        yield _dated(entry, now.since, "certificate", "certification", today, sure=False)


def _milestone(entry: Entry, one: Planned, found: Ready, today: date) -> Dated:
    state = {"state": "done"} if found.met else {}
    about = {"about": f"{one.milestone}.{one.stage}", "role": one.of.by}
    shown = {"shown": found.shown, "lacks": found.lacks}
    return _dated(entry, one.due, "milestone", "certification", today, **about, **shown, **state)
