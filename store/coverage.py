"""Reads what shows each clause and control: the trail once, line by line, and the entries of the management system.

What lines come to is kept under a key for Home, and goes on from the last line that was counted. Whoever has to prove
it counts anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from store import entries, trained
from store.columns import to_text
from store.tables import AuditHeadRow, AuditLineRow, DoneRow, IncidentRow, UseRow
from store.trail import TAIL, record_of, sha256
from triage.aims.covered import Covered
from triage.aims.covering import cover
from triage.aims.evidence import Plan, Source, plan
from triage.aims.tally import Counting, Line, Named, Tally, counts, wanted

KEY = "coverage"
"""Under which the counts are kept, beside what else is only there once."""
WHAT = '"what":"'
AT_ONCE = 500
BEHIND = 20_000
"""So many lines are read while somebody waits."""


class Counted(NamedTuple):
    """What lines came to, up to line `seq`; `at`: of the newest that counted.

    `before`: the same without what came about after a moment, and that moment.
    """

    seq: int
    at: datetime | None
    tallies: Mapping[str, Tally]
    before: tuple[datetime, Counted] | None = None


NOTHING = Counted(0, None, {})


def covered(session: Session, zone: str, until: datetime | None = None) -> tuple[Covered, ...]:
    """In the standard's order, as it was at a moment; None: when something was last done, for who has no clock.

    `zone`: the organisation's, which says which day that is.
    """
    known = plan()
    found = counted(session, known, until)
    return at_moment(session, known, found, until or found.at or datetime.fromtimestamp(0, UTC), zone)


def now_covered(session: Session, now: datetime, zone: str) -> tuple[Covered, ...] | None:
    """The same from what is kept; None where so much came since that the clock has to count it first."""
    known, kept = plan(), kept_counts(session)
    if _end(session) - kept.seq > BEHIND:
        return None
    return at_moment(session, known, counted(session, known, begun=kept), now, zone)


def _end(session: Session) -> int:
    head = session.get(AuditHeadRow, 1)
    return head.seq if head else 0


def was_covered(session: Session, until: datetime, zone: str) -> tuple[Covered, ...] | None:
    """As of a moment, from what is kept, and the same as counted anew; None as with `now_covered`."""
    known, kept = plan(), kept_counts(session, until)
    if _end(session) - kept.seq > BEHIND:
        return None
    return at_moment(session, known, counted(session, known, until, begun=kept), until, zone)


def counted_on(session: Session, until: datetime | None = None) -> Counted:
    """From what is kept up to the last line. `until`: with what had come about by then."""
    known = plan()
    found = counted(session, known, begun=kept_counts(session))
    if until is None:
        return found
    then = counted(session, known, until, begun=kept_counts(session, until))
    return found._replace(before=(until, then))


def keep(session: Session, found: Counted, now: datetime) -> None:
    """Late or twice, it is the same."""
    row = session.get(DoneRow, KEY) or DoneRow(key=KEY, at=now)
    row.at = now
    row.outcome = {"plan": _digest(plan()), **_plain(found)}
    if found.before is not None:
        row.outcome |= {"until": to_text(found.before[0]), "before": _plain(found.before[1])}
    session.add(row)


def _plain(found: Counted) -> dict[str, Any]:
    return {
        "seq": found.seq,
        "at": to_text(found.at) if found.at else "",
        "tallies": {name: each.model_dump(mode="json") for name, each in sorted(found.tallies.items())},
    }


def is_behind(session: Session, until: datetime | None = None) -> bool:
    """Whether there is enough new that counting now spares somebody from waiting. `until`: also for who looks back."""
    held = _held(session)
    return _end(session) - min(_counts(held, each).seq for each in (None, until)) > AT_ONCE


def kept_counts(session: Session, until: datetime | None = None) -> Counted:
    """Nothing where other sources were counted than there are now.

    `until`: what had come about by then, and nothing where what came later cannot be told from it.
    """
    return _counts(_held(session), until)


def _held(session: Session) -> Mapping[str, Any]:
    row = session.get(DoneRow, KEY)
    return row.outcome if row is not None and row.outcome.get("plan") == _digest(plan()) else {}


def _counts(held: Mapping[str, Any], until: datetime | None) -> Counted:
    found = _read(held) if held else NOTHING
    if until is None or found.at is None or found.at <= until:
        return found
    return _read(held["before"]) if held.get("until") == to_text(until) else NOTHING


def _read(held: Mapping[str, Any]) -> Counted:
    tallies = {name: Tally.model_validate(each) for name, each in held["tallies"].items()}
    return Counted(held["seq"], datetime.fromisoformat(held["at"]) if held["at"] else None, tallies)


def counted(
    session: Session, known: Plan, until: datetime | None = None, *, begun: Counted = NOTHING
) -> Counted:
    """What the lines after those that were counted come to, together with them."""
    counting, seq, newest = Counting(begun.tallies), begun.seq, begun.at
    for number, found in matching(session, known, after=begun.seq, until=until):
        seq = number
        for source, record in found:
            newest = record.at if newest is None else max(newest, record.at)
            counting.take(source, record)
    return Counted(seq, newest, counting.tallies())


def matching(
    session: Session, known: Plan, *, after: int = 0, until: datetime | None = None
) -> Iterator[tuple[int, list[tuple[str, Named]]]]:
    """Each line by its number, with the sources that count it."""
    by_what, last = wanted(known), to_text(until) if until else ""
    for number, sealed in _lines(session, after=after):
        sources = by_what.get(_what(sealed))
        record = record_of(sealed) if sources else None
        if record is None or not sources or (last and record.at > last):
            yield number, []
            continue
        line = Line(record.what, record.actor, record.detail)
        ref, place = str(record.detail.get("ref") or ""), f"line {record.seq}"
        named = Named(ref=ref, place=place, at=datetime.fromisoformat(record.at))
        yield number, [(each.id, named) for each in sources if counts(each, line)]


def _lines(session: Session, *, after: int) -> Iterator[tuple[int, str]]:
    lines = select(AuditLineRow.seq, AuditLineRow.sealed).where(col(AuditLineRow.seq) > after)
    ordered = lines.order_by(col(AuditLineRow.seq)).execution_options(yield_per=AT_ONCE)
    yield from session.exec(ordered)


def _what(sealed: str) -> str:
    """What happened, from the end of the line and without reading the rest; whether it is so, is checked afterwards."""
    body = sealed[:-TAIL]
    return body[body.rfind(WHAT) + len(WHAT) : -1]


def at_moment(session: Session, known: Plan, found: Counted, at: datetime, zone: str) -> tuple[Covered, ...]:
    tallies = {**found.tallies, **dict(_sent(session, known, at))}
    day = at.astimezone(ZoneInfo(zone)).date()
    behind = {training.kind for training, _ in trained.late_since(session, day, at)}
    return cover(known, tallies, entries.wordless(session, at), day, _hidden(session), behind)


def _sent(session: Session, known: Plan, until: datetime) -> Iterator[tuple[str, Tally]]:
    for source in known.sources.values():
        if source.sent:
            yield source.id, _of_keys(session, source, until)


def _of_keys(session: Session, source: Source, until: datetime) -> Tally:
    counting = Counting()
    sent = select(DoneRow.key, DoneRow.at).where(
        col(DoneRow.key).startswith(f"{source.sent}:", autoescape=True), DoneRow.at <= until
    )
    for key, at in session.exec(sent.order_by(col(DoneRow.at), DoneRow.key)):
        counting.take(source.id, Named(ref=key, place=key, at=at))
    return counting.tallies().get(source.id, Tally())


def _hidden(session: Session) -> frozenset[str]:
    """References of what is confidential now, also where it was not then."""
    uses = session.exec(select(UseRow.ref).where(col(UseRow.confidential).is_(True)))
    incidents = session.exec(select(IncidentRow.ref).where(col(IncidentRow.confidential).is_(True)))
    return frozenset(ref for refs in (uses, incidents) for ref in refs if ref)


def _digest(known: Plan) -> str:
    return sha256(json.dumps([each.model_dump(mode="json") for each in known.sources.values()]))
