"""What an internal audit is held against: what can be drawn, who has a part in it, and findings left open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from store.earlier import verdict_at
from store.entries import every_one, of_kind
from store.linked import arisen_from, said_from
from store.records import USE
from store.records import load as load_case
from store.tables import AimsStepRow, AuditLineRow, DecisionRow, UseRow
from store.telling import Told, told
from triage.aims.audited import NONCONFORMITY
from triage.aims.auditing import Beside, Drawable, weight
from triage.aims.entry import Entry
from triage.aims.ruling import audits_of
from triage.aims.wishes import ActOnEntry
from triage.parties import with_part

STRICTEST = 4
"""So counts what was never judged."""


def population(session: Session, entry: Entry) -> tuple[Drawable, ...]:
    """What an audit draws from: all as it was with the yes that made its seed, so nobody who knows that shifts it."""
    return population_at(session, entry.began.at) if entry.began is not None else ()


def population_at(session: Session, at: datetime) -> tuple[Drawable, ...]:
    """Every use that somebody had decided about by then, by its strictest tier, as the trail tells.

    Those that were confidential are for their readers; what is so only since is drawn from and not told.
    """
    found_in, found = {ref for each in _findings_at(session, at) for ref in _refs(each, "from")}, []
    for use, known in _decided_at(session, at):
        if known.ref and not known.columns.get("confidential"):
            verdict = verdict_at(session, use, at)
            tier = int(verdict.results["tier"].ceiling) if verdict is not None else STRICTEST
            found.append(Drawable(known.ref, weight(tier or STRICTEST, found_before=known.ref in found_in)))
    return tuple(sorted(found))


def left_out(session: Session, entry: Entry) -> int:
    """So many that somebody had decided about were confidential: nothing of them but their number is told here."""
    if entry.began is None:
        return 0
    known = (known for _, known in _decided_at(session, entry.began.at))
    return sum(bool(each.columns.get("confidential")) for each in known)


def _decided_at(session: Session, at: datetime) -> Iterator[tuple[str, Told]]:
    decided = select(DecisionRow.subject_id).where(
        DecisionRow.subject_kind == USE, col(DecisionRow.decided_at) <= at
    )
    made = set(session.exec(decided).all())
    return (each for each in told(session, until=at).items() if each[0] in made)


def _findings_at(session: Session, at: datetime) -> Iterator[Entry]:
    return (each for each in every_one(session, at) if each.kind == NONCONFORMITY)


def beside(session: Session, entry: Entry, wish: ActOnEntry) -> Beside:
    if wish.act == "drawn":
        sample = wish.said.get("sample")
        parts = _parts(session, sample if isinstance(sample, tuple) else ())
        return Beside(population(session, entry), seed(session, entry), parts)
    if wish.act == "closed":
        return Beside(open_findings=open_findings(session, entry.ref), followed=followed(session, entry.ref))
    return Beside()


def followed(session: Session, audit: str) -> frozenset[str]:
    """What any nonconformity names that came from it."""
    found = arisen_from(session, audit, ("nonconformity",))
    return frozenset(ref for each in found for ref in said_from(each))


def seed(session: Session, entry: Entry) -> str:
    """Where the trail ended with the yes to the version that counts: whoever reads the trail draws again."""
    if entry.began is None:
        return ""
    line = select(AimsStepRow.line).where(AimsStepRow.id == entry.began.id).scalar_subquery()
    return session.exec(select(AuditLineRow.digest).where(AuditLineRow.seq == line)).first() or ""


def open_findings(session: Session, audit: str) -> tuple[str, ...]:
    """Whatever a later version says it came from; one that was retired only with the yes of somebody else."""
    found = of_kind(session, "nonconformity", "in_force", "proposed", "retired")
    return tuple(each.ref for each in found if audit in audits_of(each) and _is_open(each))


def _is_open(finding: Entry) -> bool:
    if finding.state != "retired":
        return finding.stage != "closed"
    return not any(draft.retires and draft.yeses and draft.since is not None for draft in finding.drafts)


def _parts(session: Session, refs: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """By person; who decided about one has a part in it, too."""
    parts: dict[str, tuple[str, ...]] = {}
    for use, ref in session.exec(select(UseRow.id, UseRow.ref).where(col(UseRow.ref).in_(refs))).all():
        case = load_case(session, use)
        if case is None:
            continue
        signed = (each.person for decision in case.decisions for each in decision.signatures)
        for person in dict.fromkeys((*with_part(case), *signed)):
            parts[person] = (*parts.get(person, ()), "" if case.confidential else ref or use)
    return parts


def _refs(entry: Entry, field: str) -> tuple[str, ...]:
    said = entry.said(field)
    return said if isinstance(said, tuple) else ()
