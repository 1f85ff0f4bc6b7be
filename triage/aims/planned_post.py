"""What is told inside by plan: whether a plan is whole, when it is due, and when the next time is; pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from triage.aims.entry import Entry, Said
from triage.calendar import Calendar
from triage.desk import Desk
from triage.expiring import after
from triage.outcome import Refused

KIND, POSTED, LAST = "planned_post", "posted", "posted_last"
KEPT_BACK, KEPT_BACK_LAST = "kept_back", "kept_back_last"
ON_DAY, ON_POLICY = "day", "policy"
NEEDED = ("what", "due", "hour", "rhythm")
"""Of what goes out on a day; what follows from a policy is told by the policy."""
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
WEEK = timedelta(days=7)


def check_plan(said: Mapping[str, Said], desk: Desk) -> None:
    if said.get("occasion") != ON_DAY:
        return
    for field in NEEDED:
        if not said.get(field):
            raise Refused("entry_field", field=field, wrong="needed")
    if str(said["due"]) < desk.day.isoformat():
        raise Refused("entry_field", field="due", wrong="ahead")


def due_at(plan: Entry, calendar: Calendar) -> datetime | None:
    """When it goes out next: at its hour, or when people work again. None where it does not, or not by a day."""
    held = plan.in_force
    if plan.kind != KIND or held is None or plan.stage or held.said.get("occasion") != ON_DAY:
        return None
    hour = time(int(str(held.said["hour"])))
    return calendar.opens(datetime.combine(_day(plan, held.said), hour, ZoneInfo(calendar.zone)))


def _day(plan: Entry, said: Mapping[str, Said]) -> date:
    last = plan.done_now[-1].said.get("until") if plan.done_now else None
    return date.fromisoformat(str(last or said["due"]))


def is_due(plan: Entry, desk: Desk) -> bool:
    """By now, and while people work: what was missed waits for the next morning."""
    calendar = desk.calendar()
    at = due_at(plan, calendar)
    return at is not None and at <= desk.now and calendar.opens(desk.now) == desk.now


def next_day(plan: Entry, desk: Desk) -> date | None:
    """After today, however many times were missed; None where this was the only one."""
    held = plan.in_force
    rhythm = str(held.said.get("rhythm")) if held is not None else "once"
    if held is None or rhythm == "once":
        return None
    first, number = date.fromisoformat(str(held.said["due"])), 1
    while (day := _nth(first, rhythm, number)) <= desk.day:
        number += 1
    return day


def _nth(first: date, rhythm: str, number: int) -> date:
    """Counted from the first day, so that the 31st stays where a month has one."""
    return first + WEEK * number if rhythm == "weekly" else after(first, MONTHS[rhythm] * number)
