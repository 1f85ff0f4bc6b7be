"""Samples that somebody draws to audit: two lines of the trail, of which the first makes the seed of the second.

The seal of a line that says who asks, when and for how many is there only once it is sealed, so nobody chooses it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, select

from store import audit
from store.audited import Again, compared
from store.auditing import population_at
from store.columns import to_text
from store.tables import AuditLineRow, DoneRow
from store.trail import Record, record_of
from triage.aims.auditing import SIZES, digest, drawn, proposed_size
from triage.outcome import Refused

SAMPLE = "sample"
ASKED, DRAWN = "sample.asked", "sample.drawn"


class Sample(NamedTuple):
    """`line`: where it stands in the trail; `population`: out of how many it was drawn."""

    line: int
    seed: str
    population: int
    refs: tuple[str, ...]


def draw(session: Session, person: str, size: int | None, *, key: str, now: datetime) -> Sample:
    """Out of what was decided and is not confidential; once for each key. `size` None: what fits how many there are."""
    done = session.get(DoneRow, f"{SAMPLE}:{key}")
    if done is not None and (known := drawn_in(session, int(done.outcome["line"]))) is not None:
        return told(known)
    if size is not None and not SIZES[0] <= size <= SIZES[1]:
        raise Refused("audit_size", most=str(SIZES[1]))
    as_of = max(now, audit.last_at(session) or now)
    found = population_at(session, as_of)
    if not found:
        raise Refused("nothing_to_draw")
    many = proposed_size(len(found)) if size is None else size
    about: dict[str, Any] = {"actor": person, "subject_kind": SAMPLE, "subject_id": person, "at": now}
    detail: dict[str, audit.Machine] = {"size": many, "as_of": to_text(as_of)}
    detail |= {"population": len(found), "digest": digest(found)}
    seed = _seal(session, audit.append(session, ASKED, detail=detail, **about))
    refs = drawn(found, seed, many)
    line = audit.append(session, DRAWN, detail={**detail, "seed": seed, "drawn": refs}, **about)
    session.add(DoneRow(key=f"{SAMPLE}:{key}", outcome={"line": line}, at=now))
    return Sample(line, seed, len(found), refs)


def drawn_in(session: Session, line: int) -> Record | None:
    """What that line of the trail tells of a sample; None where it tells of something else."""
    found = _record(session, line)
    return found if found is not None and found.what == DRAWN else None


def again(session: Session, told: Record) -> Again:
    """Whether its seed is the seal of the line that asked for it, and draws the same out of what was there then."""
    asked, said = _record(session, told.seq - 1), told.detail
    named = asked is not None and (asked.what, asked.actor) == (ASKED, told.actor)
    same = (
        named and asked is not None and all(asked.detail.get(name) == said.get(name) for name in asked.detail)
    )
    found = population_at(session, datetime.fromisoformat(str(said["as_of"])))
    return compared(found, _seal(session, told.seq - 1) if same else "", said, tuple(said["drawn"]))


def told(line: Record) -> Sample:
    """The sample that a line of the trail tells of."""
    said = line.detail
    return Sample(line.seq, str(said["seed"]), int(said["population"]), tuple(said["drawn"]))


def _record(session: Session, line: int) -> Record | None:
    sealed = session.exec(select(AuditLineRow.sealed).where(AuditLineRow.seq == line)).first()
    return record_of(sealed) if sealed else None


def _seal(session: Session, line: int) -> str:
    return session.exec(select(AuditLineRow.digest).where(AuditLineRow.seq == line)).one()
