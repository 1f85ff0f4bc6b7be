"""A campaign asks which AI is in use: where, from when to when, and on which days it says so again. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from intake.value import Value
from triage.calendar import Calendar
from triage.desk import Desk
from triage.outcome import Refused

LEAD = "governance_lead"
LONGEST_DAYS = 92
ENOUGH = 3
"""Of an amnesty, what fewer than so many people told is not named in any report: it would be known who they are."""
ROUGHLY = 5
"""Of an amnesty that still runs, figures go in steps of so many people, and are counted once a day."""
Step = Literal["begin", "midway", "last", "end"]
STEPS: tuple[Step, ...] = ("begin", "midway", "last", "end")


class Campaign(Value):
    """`places`: the channels it asks in. `everyone`: everybody known is asked, too, at most twice. `since`, `until`:
    its first and last day. `words`: of whoever started it. `amnesty`: nobody is named while it runs."""

    id: str
    started_by: str
    places: tuple[str, ...] = ()
    everyone: bool = False
    amnesty: bool = False
    since: date
    until: date
    words: str = ""
    at: datetime
    ended_at: datetime | None = None

    def runs_on(self, day: date) -> bool:
        return self.ended_at is None and self.since <= day <= self.until


def check_may_start(person: str, desk: Desk) -> None:
    """Also for a look at its figures, and for its end."""
    if not desk.holds(person, LEAD):
        raise Refused("not_your_campaign", role=LEAD)


def problem_of(since: date, until: date, calendar: Calendar, now: datetime) -> str:
    """What is wrong with its days; nothing where it is empty."""
    if since < calendar.day_of(now):
        return "past"
    if until < since:
        return "before_since"
    if (until - since).days > LONGEST_DAYS:
        return "too_long"
    return "unheard" if calendar.day_of(_begin(since, calendar, now)) > until else ""


def _begin(since: date, calendar: Calendar, now: datetime) -> datetime:
    """The first moment from then on at which people work."""
    return calendar.opens(max(now, calendar.morning(since, now)))


def moments(campaign: Campaign, calendar: Calendar, now: datetime) -> dict[Step, datetime]:
    """When each step is due. Steps that would follow too closely on one another are left out."""
    begin = _begin(campaign.since, calendar, now)
    found: dict[Step, datetime] = {
        "begin": begin,
        "end": calendar.next_morning(_noon(campaign, calendar, now)),
    }
    last = calendar.morning_before(campaign.until, now)
    half = calendar.morning(campaign.since + (campaign.until - campaign.since) // 2, now)
    if last > begin + timedelta(days=1):
        found["last"] = last
    if begin + timedelta(days=1) < half < last - timedelta(days=1):
        found["midway"] = half
    return found


def _noon(campaign: Campaign, calendar: Calendar, now: datetime) -> datetime:
    """Some moment of its last day, from which the next morning is counted."""
    return (
        calendar.morning(campaign.until, now)
        if calendar.works_on(campaign.until)
        else (calendar.morning_before(campaign.until, now))
    )
