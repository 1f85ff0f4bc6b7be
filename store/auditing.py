"""What an internal audit is held against: what can be drawn, who has a part in it, and findings left open."""

from __future__ import annotations

from sqlmodel import Session, col, func, select

from store.entries import of_kind
from store.linked import arisen_from, said_from
from store.records import load as load_case
from store.tables import AimsStepRow, AuditLineRow, DecisionRow, UseRow
from triage.aims.auditing import Beside, Drawable, weight
from triage.aims.entry import Entry
from triage.aims.ruling import audits_of
from triage.aims.wishes import ActOnEntry
from triage.parties import with_part

STRICTEST = 4
"""So counts what was never judged."""


def population(session: Session) -> tuple[Drawable, ...]:
    """Every use that somebody decided about, by its strictest tier; confidential ones are for their readers."""
    decided = select(DecisionRow.subject_id).where(DecisionRow.subject_kind == "use")
    query = select(UseRow.ref, UseRow.tier_ceiling).where(
        col(UseRow.ref).is_not(None), ~col(UseRow.confidential), col(UseRow.id).in_(decided)
    )
    found_in = {ref for each in of_kind(session, "nonconformity") for ref in _refs(each, "from")}
    rows = session.exec(query.order_by(col(UseRow.ref))).all()
    return tuple(
        Drawable(ref, weight(tier or STRICTEST, found_before=ref in found_in)) for ref, tier in rows if ref
    )


def left_out(session: Session) -> int:
    """So many that somebody decided about are confidential: nothing of them but their number is told here."""
    decided = select(DecisionRow.subject_id).where(DecisionRow.subject_kind == "use")
    query = select(func.count()).where(col(UseRow.confidential), col(UseRow.id).in_(decided))
    return session.exec(query).one()


def beside(session: Session, entry: Entry, wish: ActOnEntry) -> Beside:
    if wish.act == "drawn":
        sample = wish.said.get("sample")
        parts = _parts(session, sample if isinstance(sample, tuple) else ())
        return Beside(population(session), seed(session, entry), parts)
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
            parts[person] = (*parts.get(person, ()), ref or use)
    return parts


def _refs(entry: Entry, field: str) -> tuple[str, ...]:
    said = entry.said(field)
    return said if isinstance(said, tuple) else ()
