"""Every draw of a sample with all that it takes to draw it again: seed, line of the seed, population and size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from sqlmodel import Session, col, select

from store import auditing
from store.columns import to_text
from store.samples import DRAWN
from store.tables import AimsStepRow, AuditLineRow, UseRow
from store.trail import record_of
from triage.aims.audited import AUDIT
from triage.aims.auditing import Drawable
from triage.aims.entry import Entry

MOST = 20
"""Of samples that no audit drew, the newest: whoever lets somebody draw all day makes no pack larger."""


class Draw(NamedTuple):
    """`of`: the audit, or the line that tells of a sample by itself; `line`: whose seal is the seed.

    `told`: the line that tells of the draw.
    """

    of: str
    line: int
    told: int
    seed: str
    size: int
    digest: str
    population: tuple[Drawable, ...]
    drawn: tuple[str, ...]


def draws(session: Session, entries: Iterable[Entry], until: datetime | None) -> Iterator[Draw]:
    """`entries`: with all references; those of confidential uses would be missing in what was drawn."""
    for entry in sorted(entries, key=lambda each: each.ref):
        if entry.kind == AUDIT and (draw := _of_audit(session, entry)) is not None:
            yield draw
    yield from _by_itself(session, until)


def closed_refs(session: Session) -> frozenset[str]:
    """Of uses that are confidential now."""
    return frozenset(filter(None, session.exec(select(UseRow.ref).where(col(UseRow.confidential)))))


def _of_audit(session: Session, entry: Entry) -> Draw | None:
    done = next((each for each in reversed(entry.done_now) if each.act == "drawn"), None)
    if done is None or entry.began is None:
        return None
    line = session.exec(select(AimsStepRow.line).where(AimsStepRow.id == entry.began.id)).first()
    step = next(
        each for each in reversed(entry.steps) if each.detail.get("act") == "drawn" and each.at == done.at
    )
    told = session.exec(select(AimsStepRow.line).where(AimsStepRow.id == step.id)).first()
    sample = done.said.get("sample")
    return Draw(
        of=entry.ref,
        line=line or 0,
        told=told or 0,
        seed=str(done.said.get("seed", "")),
        size=int(str(done.said.get("size", 0))),
        digest=str(done.said.get("digest", "")),
        population=auditing.population(session, entry),
        drawn=sample if isinstance(sample, tuple) else (),
    )


def _by_itself(session: Session, until: datetime | None) -> Iterator[Draw]:
    lines = select(AuditLineRow.sealed).where(col(AuditLineRow.sealed).contains(f'"what":"{DRAWN}"'))
    told = map(record_of, session.exec(lines.order_by(col(AuditLineRow.seq).desc())))
    last = to_text(until) if until is not None else ""
    known = (one for one in told if one and one.what == DRAWN and not (last and one.at > last))
    for each in reversed(list(islice(known, MOST))):
        said = each.detail
        yield Draw(
            of=f"line {each.seq}",
            line=each.seq - 1,
            told=each.seq,
            seed=str(said["seed"]),
            size=int(said["size"]),
            digest=str(said["digest"]),
            population=auditing.population_at(session, datetime.fromisoformat(str(said["as_of"]))),
            drawn=tuple(said["drawn"]),
        )
