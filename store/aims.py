"""Entries of the management system as the rows tell them, and the one way in which one is changed.

The words of a step lie with its line of the trail, so they are proven and erased like all that people write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from store import (
    acknowledging,
    aims_due,
    assessments,
    audit,
    auditing,
    daily,
    objectives,
    scoped,
    suppliers,
    tagged,
    trained,
    training,
    trust,
)
from store.entries import by_ref as by_ref
from store.entries import every_one as every_one
from store.entries import load as load
from store.entries import of_kind as of_kind
from store.entries import steps_of as steps_of
from store.records import load as load_case
from store.refs import next_ref
from store.tables import AimsEntryRow, AimsStepRow, DoneRow, UseRow
from store.trail import sha256
from triage.aims import barring, tags, to_read
from triage.aims.again import is_again
from triage.aims.asked import ASKED
from triage.aims.assessed import KIND
from triage.aims.check import is_day
from triage.aims.control import CONTROL
from triage.aims.decide import Beside, decide
from triage.aims.entry import Entry, Step
from triage.aims.objectives import AS_OF, OBJECTIVE, Counted, measure_of
from triage.aims.portfolio import ASSESSMENT as PORTFOLIO
from triage.aims.statement import check_statement, is_of_statement
from triage.aims.supplied import ASSESSMENT
from triage.aims.theming import refs
from triage.aims.trust import PACK
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry, OfEntries
from triage.case import Status
from triage.desk import Desk
from triage.enough import DAY
from triage.fingerprint import facts_digest
from triage.outcome import Refused

AIMS = aims_due.AIMS
"""The kind of subject of its lines and messages."""
HAPPENED = {
    "draft": "drafted",
    "approve": "approved",
    "send_back": "sent_back",
    "withdraw": "withdrawn",
    "act": "acted",
}
"""Each step as the trail calls it."""

ENDED = frozenset((Status.declined.value, Status.withdrawn.value, Status.retired.value))
"""Where a use is not there any more."""

Then = Callable[[Session, Entry | None, Entry, Desk], None]
"""What is owed in the same transaction: before and after."""


def nothing(session: Session, before: Entry | None, after: Entry, desk: Desk) -> None:
    """Nobody is told."""


def carry_out(session: Session, wish: OfEntries, desk: Desk, then: Then = nothing) -> Entry:
    """What became of it; nothing happens twice under one key, and nothing else than what it was for."""
    session.execute(audit.HEAD)  # two who act at once come one after the other
    known = session.get(DoneRow, wish.key)
    if known is not None:
        done = load(session, known.subject_id or "")
        if done is None or not is_again(done, wish):
            raise Refused("entry_moved")
        return done
    before = load(session, wish.entry)
    if is_of_statement(before, wish):
        check_statement(before, wish, of_kind(session, CONTROL), desk)
    after = save(session, before, decide(before, wish, desk, beside(session, before, wish, desk)), desk)
    aims_due.follow(session, after, desk)
    acknowledging.follow(session, after, desk)
    training.follow(session, after, desk)
    scoped.follow(session, before, after, desk)
    daily.redraw_entry(session, after.id, desk)
    then(session, before, after, desk)
    session.add(DoneRow(key=wish.key, subject_kind=AIMS, subject_id=after.id, at=desk.now))
    session.flush()
    return after


def beside(session: Session, entry: Entry | None, wish: OfEntries, desk: Desk) -> Beside:
    """What else is looked at: assessments, and what is done with risks, audits and objectives, hang on something."""
    if isinstance(wish, DraftEntry) and wish.kind in ASKED and entry is None:
        return Beside(noted=noted(session, wish.actor, desk))
    if isinstance(wish, DraftEntry) and wish.kind == KIND:
        return Beside(assessment=assessments.beside(session, wish.name))
    if isinstance(wish, DraftEntry) and wish.kind == to_read.KIND:
        return Beside(policy=load(session, str(wish.said.get("policy") or "")))
    if isinstance(wish, DraftEntry) and wish.kind == tags.KIND:
        return Beside(tagged=tagged.kind_of(session, wish.name))
    if isinstance(wish, DraftEntry) and wish.kind == barring.KIND:
        return Beside(barred=entry is not None and trained.bars(session, entry, wish.actor, desk))
    if isinstance(wish, DraftEntry) and wish.kind == PORTFOLIO:
        found = (by_ref(session, ref) for ref in sorted(refs(wish.said)))
        counting = (each for each in found if each is not None and each.state in ("in_force", "proposed"))
        return Beside(led_to={each.ref: each.kind for each in counting})
    if entry is not None and entry.kind == ASSESSMENT and isinstance(wish, ApproveEntry):
        return Beside(supplier=suppliers.known(session, entry.name))
    if entry is None or not isinstance(wish, ActOnEntry):
        return Beside()
    if entry.kind == PACK:
        return Beside(unfit=trust.unfit(session, entry, desk.day, desk.organisation.zone))
    if entry.kind == OBJECTIVE:
        return Beside(counted=counted(session, entry, wish, desk))
    if entry.kind == "audit":
        return Beside(audit=auditing.beside(session, entry, wish))
    if entry.kind != "risk":
        return Beside()
    return Beside(
        appetite=load(session, "appetite"), facts=facts_of(session, entry), ended=have_ended(session, entry)
    )


def noted(session: Session, person: str | None, desk: Desk) -> tuple[datetime, ...]:
    """When they noted what somebody outside wants, within a day."""
    query = (
        select(AimsStepRow.at)
        .join(AimsEntryRow, col(AimsEntryRow.id) == AimsStepRow.entry_id)
        .where(col(AimsEntryRow.kind).in_(ASKED), AimsStepRow.number == 1)
        .where(AimsStepRow.by == person, AimsStepRow.at > desk.now - DAY)
    )
    return tuple(session.exec(query))


def counted(session: Session, objective: Entry, wish: ActOnEntry, desk: Desk) -> Counted | None:
    """As of the day that is named, where that is over."""
    measure, day = measure_of(objective), str(wish.said.get(AS_OF) or "")
    if not measure or not is_day(day) or day >= desk.day.isoformat():
        return None
    return objectives.counted_on(session, measure, date.fromisoformat(day), desk.organisation.zone)


def facts_of(session: Session, risk: Entry) -> str:
    """A digest over the answers about the uses that it hangs on; "" where it hangs on none."""
    said = risk.said("uses")
    refs = sorted(said) if isinstance(said, tuple) else []
    found = session.exec(select(UseRow).where(col(UseRow.ref).in_(refs)).order_by(col(UseRow.ref))).all()
    cases = [case for row in found if (case := load_case(session, row.id)) is not None]
    return sha256(" ".join(f"{case.ref}:{facts_digest(case)}" for case in cases))[:32] if cases else ""


def have_ended(session: Session, risk: Entry) -> bool:
    """Whether there is any use that it hangs on, and none of them is there any more."""
    said = risk.said("uses")
    refs = set(said) if isinstance(said, tuple) else set()
    found = session.exec(select(UseRow.state).where(col(UseRow.ref).in_(refs))).all()
    return bool(refs) and len(found) == len(refs) and set(found) <= ENDED


def save(session: Session, before: Entry | None, made: Entry, desk: Desk) -> Entry:
    """The new step with its line, and the row that follows from all of them."""
    ref = before.ref if before is not None else next_ref(session, made.of.prefix, desk.day.year)
    after = Entry(id=made.id, kind=made.kind, name=made.name, ref=ref, steps=made.steps)
    step = after.steps[-1]
    line = audit.append(
        session,
        what=f"{AIMS}.{HAPPENED[step.kind]}",
        actor=step.by or None,
        subject_kind=AIMS,
        subject_id=after.id,
        detail=_sealed(after, step),
        texts=dict(step.texts),
        at=step.at,
    )
    row = session.get(AimsEntryRow, after.id) or AimsEntryRow(id=after.id, **row_of(after))
    for name, value in row_of(after).items():
        setattr(row, name, value)
    session.add(row)
    session.add(
        AimsStepRow(
            id=step.id,
            entry_id=after.id,
            number=after.version,
            kind=step.kind,
            by=step.by or None,
            role=step.role,
            at=step.at,
            detail=plain(step),
            line=line,
        )
    )
    session.flush()
    return after


def row_of(entry: Entry) -> dict[str, Any]:
    """What its row says, all of it by its steps."""
    in_force, proposed = entry.in_force, entry.proposed
    return {
        "ref": entry.ref,
        "kind": entry.kind,
        "name": entry.name,
        "state": entry.state,
        "stage": entry.stage,
        "in_force": in_force.number if in_force else None,
        "proposed": proposed.number if proposed else None,
        "owner": entry.owner,
        "due": entry.due,
        "version": entry.version,
        "created_at": entry.steps[0].at,
        "updated_at": entry.steps[-1].at,
    }


def plain(step: Step) -> dict[str, Any]:
    return {name: list(held) if isinstance(held, tuple) else held for name, held in step.detail.items()}


def _sealed(entry: Entry, step: Step) -> dict[str, audit.Machine]:
    told: dict[str, audit.Machine] = {f"of_{name}": value for name, value in plain(step).items()}
    about: dict[str, audit.Machine] = {"step": step.id, "number": entry.version, "role": step.role}
    return told | about | {"ref": entry.ref, "of": entry.kind, "named": entry.name, "state": entry.state}


def rows_of(
    session: Session, *, person: str | None = "", kinds: Sequence[str] = ()
) -> Sequence[AimsEntryRow]:
    """What counts, soonest due first. `person`: only what they answer for; None: only what nobody does."""
    query = select(AimsEntryRow).where(AimsEntryRow.state == "in_force")
    if person != "":
        query = query.where(AimsEntryRow.owner == person)
    if kinds:
        query = query.where(col(AimsEntryRow.kind).in_(kinds))
    return session.exec(query.order_by(col(AimsEntryRow.due), AimsEntryRow.ref)).all()
