"""Planned posts: which are due, and each owed to its channel in the transaction that says so, so it goes once."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session

from store import aims, outbox
from store.aims_due import AIMS
from triage.aims.entry import Entry, Said
from triage.aims.planned_post import (
    KEPT_BACK,
    KEPT_BACK_LAST,
    KIND,
    LAST,
    ON_POLICY,
    POSTED,
    is_due,
    next_day,
)
from triage.aims.wishes import ActOnEntry
from triage.desk import Desk

PLANNED = "planned"
"""What the message is about."""
PRIORITY = 2


def post(session: Session, plan: Entry, desk: Desk) -> None:
    """`plan`: as it was found due; where somebody else did it since, nothing is owed."""
    now = _goes_on(session, plan, desk, POSTED, LAST)
    if now is None or now.in_force is None:
        return
    outbox.put(
        session,
        kind="post",
        place_id=str(now.in_force.said["place"]),
        subject_kind=AIMS,
        subject_id=now.id,
        purpose=f"{PLANNED}:{now.version}",
        payload={"say": AIMS, "about": PLANNED, "items": [[now.id, now.in_force.number]]},
        priority=PRIORITY,
        now=desk.now,
    )


def keep_back(session: Session, plan: Entry, desk: Desk) -> None:
    """The plan goes on to its next day, and its record does not say that anything went out."""
    _goes_on(session, plan, desk, KEPT_BACK, KEPT_BACK_LAST)


def _goes_on(session: Session, plan: Entry, desk: Desk, act: str, last: str) -> Entry | None:
    """As it was before; None where it is not due any more."""
    now = aims.load(session, plan.id)
    if now is None or now.version != plan.version or now.in_force is None or not is_due(now, desk):
        return None
    day = next_day(now, desk)
    said: dict[str, Said] = {"until": day.isoformat()} if day is not None else {}
    wish = ActOnEntry(
        actor="",
        key=f"{PLANNED}:{now.id}:{now.version}",
        entry=now.id,
        act=act if day is not None else last,
        said=said,
        seen=now.version,
    )
    aims.carry_out(session, wish, desk)
    return now


def places_for_policies(session: Session) -> list[str]:
    """Where it is told, by plan, that a policy counts."""
    found = (each.in_force for each in _standing(session))
    held = [each.said for each in found if each is not None and each.said.get("occasion") == ON_POLICY]
    return list(dict.fromkeys(str(each["place"]) for each in held))


def planners(session: Session, place: str) -> list[str]:
    """Who planned that it is told there when a policy counts."""
    found = (each.in_force for each in _standing(session))
    held = [each for each in found if each is not None and each.said.get("occasion") == ON_POLICY]
    return [each.by for each in held if each.said["place"] == place]


def _standing(session: Session) -> Iterator[Entry]:
    for row in aims.rows_of(session, kinds=(KIND,)):
        if not row.stage and (entry := aims.load(session, row.id)) is not None:
            yield entry
