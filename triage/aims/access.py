"""Somebody let in to audit from a day to a day: they read what an auditor reads, change nothing, and it ends then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from triage.aims.entry import Draft, Entry, Said
from triage.desk import Desk
from triage.outcome import Refused
from triage.roles import ROLES

ACCESS = "access"
LONGEST = timedelta(days=92)
"""A year of looking is a standing role, and given in the settings."""


class Visit(NamedTuple):
    """`since` is within it, `until` is not."""

    entry: str
    person: str
    since: datetime
    until: datetime

    def runs(self, now: datetime) -> bool:
        return self.since <= now < self.until


def visits(entries: Iterable[Entry], zone: str) -> tuple[Visit, ...]:
    """What counts and was not revoked; whether it runs is asked at each use."""
    counting = (each for each in entries if each.stage != "closed")
    return tuple(
        _visit(each, each.in_force, ZoneInfo(zone)) for each in counting if each.in_force is not None
    )


def _visit(entry: Entry, draft: Draft, zone: ZoneInfo) -> Visit:
    first, last = (date.fromisoformat(str(draft.said[name])) for name in ("since", "until"))
    begins, ends = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    return Visit(entry.id, str(draft.said["auditor"]), begins, ends)


ENDS, ENDED = "ends", "ended"
BEFORE = timedelta(hours=39)
"""At nine in the morning of the day before its last one."""
TOLD_LATE = timedelta(days=3)
"""So long afterwards it is still news."""


class Ending(NamedTuple):
    """What somebody hears of an access, and who they are: whoever is let in, drafted it, or said yes to it."""

    visit: Visit
    ref: str
    version: int
    granted: tuple[str, ...]
    revoked: bool

    def told(self, now: datetime) -> str:
        """Which word is due: that it ends, that it ended, or none."""
        since, until = self.visit.since, self.visit.until
        if until <= now:
            return ENDED if now - until < TOLD_LATE else ""
        return ENDS if max(since, until - BEFORE) <= now else ""


def endings(entries: Iterable[Entry], zone: str) -> tuple[Ending, ...]:
    """Of all that count or counted; one that was revoked or taken back ended then, if it had not before."""
    held = ((each, _counted(each)) for each in entries)
    return tuple(_ending(each, draft, ZoneInfo(zone)) for each, draft in held if draft is not None)


def _counted(entry: Entry) -> Draft | None:
    """The version that counts; of what was retired the last one that did."""
    counted = (each for each in reversed(entry.drafts) if each.since is not None and not each.retires)
    return entry.in_force or next(counted, None)


def _taken_back(entry: Entry) -> datetime | None:
    gone = (each.since for each in reversed(entry.drafts) if each.retires and each.since is not None)
    return next(gone, None) if entry.in_force is None else None


def _ending(entry: Entry, draft: Draft, zone: ZoneInfo) -> Ending:
    visit = _visit(entry, draft, zone)
    revoked = entry.done_now[-1].at if entry.stage == "closed" else _taken_back(entry)
    if revoked is not None and revoked < visit.until:
        visit = visit._replace(until=revoked)
    granted = dict.fromkeys(one for one in (draft.by, *(each.by for each in draft.yeses)) if one)
    return Ending(visit, entry.ref, draft.number, tuple(granted), revoked is not None)


def check_access(said: Mapping[str, Said], actor: str, desk: Desk) -> None:
    """Nobody lets themself in, nor somebody who has a say in what they would look at."""
    since, until = (date.fromisoformat(str(said[name])) for name in ("since", "until"))
    if until < since or until < desk.day:
        raise Refused("entry_field", field="until", wrong="day")
    if until - since > LONGEST:
        raise Refused("access_long", most=str(LONGEST.days))
    auditor = str(said["auditor"])
    if actor and desk.same(actor, auditor):
        raise Refused("own_access")
    _check_no_holder(auditor, desk)


def check_second(draft: Draft, person: str, desk: Desk) -> None:
    """Also what may have changed since it was put forward: a yes would take the roles that they hold by now."""
    if draft.retires:
        return
    auditor = str(draft.said["auditor"])
    if desk.same(person, auditor):
        raise Refused("own_access")
    if date.fromisoformat(str(draft.said["until"])) < desk.day:
        raise Refused("entry_field", field="until", wrong="day")
    _check_no_holder(auditor, desk)


def _check_no_holder(auditor: str, desk: Desk) -> None:
    if any(desk.holds(auditor, role) for role in ROLES):
        raise Refused("access_holder")


def let_in(roles: Mapping[str, frozenset[str]], visitors: frozenset[str]) -> dict[str, frozenset[str]]:
    """Whoever is let in sees what an auditor sees, and holds nothing else meanwhile."""
    if not visitors:
        return dict(roles)
    held = {role: people - visitors for role, people in roles.items()}
    return {**held, "auditor": held.get("auditor", frozenset()) | visitors}


def check_no_visitor(person: str | None, desk: Desk) -> None:
    """At every door to what is kept: whoever is let in to audit reads."""
    if person and any(desk.same(person, each) for each in desk.visitors):
        raise Refused("audit_reads_only")
