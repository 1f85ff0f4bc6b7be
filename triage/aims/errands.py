"""What waits for somebody's move on an entry of the management system: each with its day. Nothing reminds here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from intake.value import Value
from triage.aims.certifying import planned, unheld
from triage.aims.decide import OPERATOR
from triage.aims.entry import Done, Draft, Entry, last_day
from triage.aims.kinds import OF_FIELD, RULE, Act
from triage.aims.seeing import has_window
from triage.aims.supplied import unfinished
from triage.calendar import Calendar
from triage.desk import Desk
from triage.expiring import after
from triage.ladders import EntryKind
from triage.settling import LEAD

CHECKED_WITHIN = timedelta(days=28)
"""So long after it was done it shows whether it worked."""
GONE_ON_WITHIN = timedelta(days=28)
"""So long a step of what names no day takes, such as an idea that waits to be taken up."""
CLOSED = "closed"
"""The stage from which nothing more is to come, whatever the kind."""
ANSWERED_WITHIN = timedelta(days=5)
"""So long a version waits for a yes before anybody is reminded."""


class Errand(Value):
    """`about`: the version, and how often something was done with it before; what is due anew is another one."""

    kind: EntryKind
    about: str
    due: date
    role: str = ""
    """Whose it is, where that is neither whoever the entry names nor a role of its kind."""

    @property
    def name(self) -> str:
        """By which it is known again."""
        return f"{self.kind}:{self.about}"


def errands(entry: Entry, desk: Desk) -> tuple[Errand, ...]:
    """All that is open now and that somebody can do something about in a window; nothing of what counts no more."""
    return tuple(each for each in open_errands(entry, desk.calendar()) if _has_door(entry, each))


def _has_door(entry: Entry, one: Errand) -> bool:
    acts = {"acceptance": renewed(entry), "action": moved_by_whom_it_names(entry)}.get(one.kind)
    return acts is None or any(has_window(entry, each) for each in acts)


def open_errands(entry: Entry, calendar: Calendar) -> tuple[Errand, ...]:
    """All that is open, whether there is a window for it or not, by the days in which the organisation counts."""
    return tuple(_open(entry, calendar))


def errand(entry: Entry, name: str, desk: Desk) -> Errand | None:
    return next((each for each in errands(entry, desk) if each.name == name), None)


def _open(entry: Entry, calendar: Calendar) -> Iterator[Errand]:
    waiting, held = entry.proposed, entry.in_force
    if waiting is not None:
        since = max([waiting.at, *(each.at for each in waiting.yeses)])
        about = f"{waiting.number}.{len(waiting.yeses)}"
        asks = waiting.role not in (OPERATOR, RULE)  # behind these is nobody who asks
        yield Errand(
            kind="part" if unfinished(entry) else "approval",
            about=about,
            due=calendar.day_of(since) + (ANSWERED_WITHIN if asks else timedelta()),
        )
    if held is None:
        return
    about = f"{held.number}.{len(entry.done)}"
    if (due := _moves(entry, calendar)) is not None:
        yield Errand(kind="action", about=about, due=due)
    elif looked_at(entry):
        yield Errand(kind="effect", about=about, due=_checked_on(entry, calendar))
    elif entry.stage and (until := _until(entry)) is not None:
        yield Errand(kind="acceptance", about=about, due=until)
    yield from _prepared(entry)
    for act in repeated(entry):
        yield Errand(kind="measure", about=about, due=_next(entry, held, act, calendar))
    if (last := last_day(entry)) is not None and waiting is None:
        yield Errand(kind="ending", about=str(held.number), due=last)
    elif entry.of.review is not None and waiting is None and not is_over(entry):
        due = after(_counts_from(held, calendar), entry.of.review)
        yield Errand(kind="renewal", about=str(held.number), due=due)
    if (due := next_on(entry)) is not None:
        yield Errand(kind="next", about=str(held.number), due=due, role=LEAD)


def _prepared(entry: Entry) -> Iterator[Errand]:
    """Of a certification: what has to be ready before the next stages, and each of these."""
    for each in planned(entry):
        yield Errand(kind="milestone", about=each.name, due=each.due, role=each.of.by)
    for stage in unheld(entry):
        yield Errand(kind="stage", about=f"{stage.id}.{stage.day.isoformat()}", due=stage.day, role=LEAD)


def next_on(entry: Entry) -> date | None:
    """By when the next one of its kind is held; None where its kind does not recur, or it does not count."""
    recurs = entry.of.recurs
    if recurs is None or entry.in_force is None:
        return None
    return after(date.fromisoformat(str(entry.said(recurs.since))), recurs.months)


def leading_on(entry: Entry) -> tuple[Act, ...]:
    """What brings it from where it stands to somewhere else."""
    return tuple(
        each
        for each in entry.of.acts
        if entry.stage in each.begins and each.ends != entry.stage and not each.every
    )


def renewed(entry: Entry) -> tuple[Act, ...]:
    """What is said once more and leaves it where it stands."""
    again = (each for each in entry.of.acts if entry.stage in each.begins and each.ends == entry.stage)
    return tuple(each for each in again if entry.stage and not each.every)


def moved_by_whom_it_names(entry: Entry) -> tuple[Act, ...]:
    """What is for those whom the entry names to do; on a path, where one is for none of them, for roles."""
    leads = leading_on(entry)
    theirs = tuple(each for each in leads if is_theirs(each))
    return theirs if theirs or looked_at(entry) or not entry.of.path else leads


def looked_at(entry: Entry) -> tuple[Act, ...]:
    """What is said of what somebody else did."""
    others = (each for each in leading_on(entry) if each.other_than and not is_theirs(each))
    return tuple(others) if entry.done_now else ()


def _moves(entry: Entry, calendar: Calendar) -> date | None:
    """The day by which whoever it names goes on with it; a plan may name another than the entry."""
    if not moved_by_whom_it_names(entry):
        return None
    if (named := _until(entry) or entry.due) is not None or not entry.of.path:
        return named
    return calendar.day_of(entry.steps[-1].at) + GONE_ON_WITHIN


def _checked_on(entry: Entry, calendar: Calendar) -> date:
    """On the day that its plan named, and never before it was done; else after a while."""
    done = calendar.day_of(entry.done_now[-1].at)
    named = (each.said.get("check_on") for each in reversed(entry.done_now) if "until" in each.said)
    said = next(named, None)
    return max(done, date.fromisoformat(str(said))) if said else done + CHECKED_WITHIN


def _until(entry: Entry) -> date | None:
    said = entry.done_now[-1].said.get("until") if entry.done_now else None
    return date.fromisoformat(str(said)) if said else None


def repeated(entry: Entry) -> tuple[Act, ...]:
    """What is done with it again and again."""
    return tuple(each for each in entry.of.acts if each.every and entry.stage in each.begins)


def is_theirs(act: Act) -> bool:
    """Whether it is for whoever the entry names, and not for a role."""
    return any(each.startswith(OF_FIELD) for each in act.by)


def is_over(entry: Entry) -> bool:
    """Whether what can be done with it was done, to the end."""
    return entry.stage == CLOSED or (bool(entry.stage) and not leading_on(entry) and not repeated(entry))


def _next(entry: Entry, held: Draft, act: Act, calendar: Calendar) -> date:
    """So many months after the last time, or on its day where that comes before."""
    last = max((calendar.day_of(each.at) for each in _of(entry, act)), default=None)
    told = after(max(last or date.min, _counts_from(held, calendar)), act.every or 1)
    by = entry.due
    return by if by is not None and by < told and (last is None or last < by) else told


def _of(entry: Entry, act: Act) -> list[Done]:
    return [each for each in entry.done if each.act == act.id]


def _counts_from(held: Draft, calendar: Calendar) -> date:
    return calendar.day_of(held.since or held.at)
