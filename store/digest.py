"""The figures of a digest: everything added up by the database, at any moment, now or long past."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from store.digest_flow import bound, decided, oldest, queues, speed, stock
from store.digest_law import lacks_and_law
from store.digest_month import management
from store.digest_phases import roll_out
from store.digest_places import incidents, reviews, sighted
from store.digest_suppliers import suppliers
from store.digest_then import Then
from triage.digest import IN_USE
from triage.figures import Figures, Lack

SOON = timedelta(days=14)
"""Conditions whose day comes within it are told."""


def figures(
    session: Session,
    since: datetime,
    at: datetime,
    *,
    zone: str,
    monthly: bool = False,
    embedded: frozenset[str] = frozenset(),
) -> Figures:
    """From `since` to `at`; `zone` says which day that is; `embedded`: tools that have AI beside what they are for."""
    now, then = Then(session, at), Then(session, since)
    day = at.astimezone(ZoneInfo(zone)).date()
    standing, flow, empty = stock(now, since)
    earlier = since - (at - since)
    stood, flowed, _ = stock(then, earlier)
    lacking, law = lacks_and_law(now, day)
    return Figures(
        since=since,
        at=at,
        flow=decided(now, since, flow),
        before=decided(then, earlier, flowed),
        stock=standing,
        then=stood,
        speed=speed(now, since),
        speed_before=speed(then, earlier),
        queues=queues(now) if standing.overdue else (),
        oldest=oldest(now) if standing.overdue else "",
        in_use=standing.of(*IN_USE),
        lacks=tuple(sorted((*empty, *lacking), key=_most)),
        law=law,
        conditions=bound(now, day.isoformat(), (day + SOON).isoformat()),
        reviews=reviews(now, day.isoformat()),
        incidents=incidents(session, now, since, over=monthly),
        sighted=sighted(now, since),
        suppliers=suppliers(session, now, day),
        roll_out=roll_out(session, now, day),
        management=management(session, now, since, zone, embedded) if monthly else None,
    )


def _most(lack: Lack) -> tuple[int, str]:
    return -lack.uses, lack.fact
