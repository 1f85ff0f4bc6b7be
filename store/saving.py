"""Cases into rows: facts are added, results and decisions stand beside them, nothing is overwritten."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from store.asks import save_asks
from store.conditions import save_steps
from store.content import judged_anew, to_columns
from store.deployments import save_deployments
from store.direct import Write
from store.duties import save_duties
from store.lacks import save_lacks
from store.patterns import save_patterns
from store.records import USE
from store.refs import next_ref
from store.reports import save_reports
from store.reviews import save_reviews, with_refs
from store.running import save_running
from store.signing import save_decision
from store.snoozes import save_snoozes
from store.superseded import supersede
from store.tables import (
    AssignmentRow,
    InquiryRow,
    ReaderRow,
    ReferralRow,
    ResultRow,
    ToolRow,
    metadata,
)
from store.watch import save_watch
from triage import confidential
from triage.case import Assignment, Case, Fact, Inquiry, Referral, Status
from triage.desk import Desk
from triage.fingerprint import facts_digest
from triage.parts import named_ones

_use, _talk = metadata.tables["use"], metadata.tables["conversation"]
_set, _fact = metadata.tables["answer_set"], metadata.tables["fact"]
# Every click goes through these, hence plain statements, built once.
NEW_USE, NEW_TALK, NEW_SET, NEW_FACT = (Write(insert(table)) for table in (_use, _talk, _set, _fact))
CHANGED_USE = Write(update(_use).where(_use.c.id == bindparam("which")))
CHANGED_TALK = Write(update(_talk).where(_talk.c.use_id == bindparam("which")))
SET = select(_set.c.id).where(
    _set.c.subject_kind == USE,
    _set.c.subject_id == bindparam("case"),
    _set.c.form_digest == bindparam("form_digest"),
)


class Saved(NamedTuple):
    case: Case
    answer_set: str


def save(
    session: Session, before: Case | None, case: Case, desk: Desk, *, answer_set: str | None = None
) -> Saved:
    """Write what changed between `before` and `case`; gives the reference number at submission.

    `answer_set`: for who knows that of this form without asking the database.
    """
    if case.ref is None and case.status not in (Status.draft, Status.withdrawn):
        case = case.model_copy(update={"ref": next_ref(session, "AIU", desk.day.year)})
    case = with_refs(session, before, case, desk.day.year)
    case = case.model_copy(update={"version": (before.version if before else 0) + 1})
    if before is None or before.tool_id != case.tool_id:
        _save_tool(session, case, desk)
    _save_use(session, before, case, desk)
    _save_readers(session, before, case)
    answer_set = answer_set or _answer_set(session, case, desk)
    _save_facts(session, answer_set, before, case, desk)
    if judged_anew(before, case):
        session.add(_result_row(answer_set, case, desk))
    _save_talk(session, case, desk)
    for decision in case.decisions[len(before.decisions) if before else 0 :]:
        save_decision(session, case, decision)
        supersede(session, case, decision)
    for inquiry in case.inquiries:
        if before is None or inquiry not in before.inquiries:
            _save_inquiry(session, case, inquiry)
    for referral in case.referrals:
        if before is None or referral not in before.referrals:
            _save_referral(session, case, referral)
    for assignment in case.assignments[len(before.assignments) if before else 0 :]:
        _save_assignment(session, case, assignment)
    save_reports(session, before, case)
    save_deployments(session, before, case)
    save_steps(session, before, case)
    save_patterns(session, before, case)
    save_watch(session, before, case)
    save_running(session, before, case)
    save_snoozes(session, before, case)
    save_reviews(session, before, case)
    save_asks(session, before, case, desk)
    save_lacks(session, before, case)
    save_duties(session, before, case)
    session.flush()
    return Saved(case, answer_set)


def _save_tool(session: Session, case: Case, desk: Desk) -> None:
    """A tool that is spoken of has a record from then on, known but not assessed."""
    if case.tool_id is None or session.get(ToolRow, case.tool_id) is not None:
        return
    known = desk.catalogue.get(case.tool_id)
    session.add(
        ToolRow(
            id=case.tool_id,
            slug=case.tool_id,
            name=known.name if known else case.tool_name,
            vendor=known.vendor if known else "",
            state="known",
            source="catalogue",
            updated_at=desk.now,
        )
    )
    session.flush()


def _save_use(session: Session, before: Case | None, case: Case, desk: Desk) -> None:
    """Most answers change nothing here but its version: what is not written need not be looked up by its indexes."""
    values, moved = _use_values(case), {"version": case.version, "updated_at": desk.now}
    if before is None:
        NEW_USE.run(session.connection(), {"id": case.id, **values, **moved})
    else:
        changed = values if values != _use_values(before) else {}
        CHANGED_USE.run(session.connection(), {"which": case.id, **changed, **moved})


def _use_values(case: Case) -> dict[str, Any]:
    return {"ref": case.ref, "state": case.status.value, **to_columns(case)}


def _save_readers(session: Session, before: Case | None, case: Case) -> None:
    """From submission on requester, owner and who was named are readers of a use; who is so no longer is none."""
    former, readers = _readers(before), _readers(case)
    for person in sorted(readers - former):
        if session.get(ReaderRow, (case.id, person)) is None:
            session.add(ReaderRow(use_id=case.id, person_id=person))
    for person in sorted(former - readers):
        if (row := session.get(ReaderRow, (case.id, person))) is not None:
            session.delete(row)


def _readers(case: Case | None) -> set[str]:
    if case is None or case.submitted_at is None:
        return set()
    return {
        person
        for person in (case.requester, case.owner, *confidential.named(case), *named_ones(case))
        if person
    }


def _answer_set(session: Session, case: Case, desk: Desk) -> str:
    """The answer set for this version of the form; opened at the first fact given under it."""
    wanted = {"case": case.id, "form_digest": desk.form.digest}
    found = session.connection().execute(SET, wanted).scalar()
    if found is not None:
        return str(found)
    set_id = uuid4().hex
    opened = {
        "id": set_id,
        "form": desk.form.id,
        "form_digest": desk.form.digest,
        "subject_kind": USE,
        "subject_id": case.id,
        "opened_at": desk.now,
    }
    NEW_SET.run(session.connection(), opened)
    return set_id


def _save_facts(session: Session, answer_set: str, before: Case | None, case: Case, desk: Desk) -> None:
    known = before.facts if before else {}
    for question, fact in case.facts.items():
        if known.get(question) != fact:
            NEW_FACT.run(session.connection(), _fact_values(answer_set, fact, desk))


def _fact_values(answer_set: str, fact: Fact, desk: Desk) -> dict[str, Any]:
    return {
        "answer_set_id": answer_set,
        "question": fact.question,
        "state": fact.answer.state.value,
        "value": list(fact.answer.picked) or None,
        "contributor": fact.by,
        "source": fact.source.value,
        "said_at": fact.at,
        "recorded_at": desk.now,
    }


def _result_row(answer_set: str, case: Case, desk: Desk) -> ResultRow:
    if case.verdict is None:
        raise ValueError("no verdict to keep")
    return ResultRow(
        id=uuid4().hex,
        subject_kind=USE,
        subject_id=case.id,
        answer_set_id=answer_set,
        facts_digest=facts_digest(case),
        policies=[p.model_dump() for p in case.verdict.policies],
        verdict=case.verdict.model_dump(mode="json", by_alias=True),
        version=case.version,
        judged_at=desk.now,
    )


def _save_talk(session: Session, case: Case, desk: Desk) -> None:
    talk = case.talk
    if talk is None or talk.place is None or talk.root is None:
        return
    values: dict[str, Any] = {
        "status": talk.phase.value,
        "state": talk.model_dump(mode="json"),
        "version": case.version,
        "updated_at": desk.now,
    }
    if CHANGED_TALK.run(session.connection(), {"which": case.id, **values}) == 0:
        opened = {
            "id": uuid4().hex,
            "use_id": case.id,
            "person_id": talk.person,
            "place_id": talk.place,
            "root_ts": talk.root,
        }
        NEW_TALK.run(session.connection(), opened | values)


def _save_inquiry(session: Session, case: Case, inquiry: Inquiry) -> None:
    row = session.get(InquiryRow, inquiry.id) or InquiryRow(
        id=inquiry.id,
        use_id=case.id,
        asked_by=inquiry.asked_by,
        question=inquiry.question,
        version=case.version,
        asked_at=inquiry.asked_at,
        state="open",
    )
    row.answered_by, row.answered_at = inquiry.answered_by, inquiry.answered_at
    row.answer, row.files = inquiry.answer or None, inquiry.files or None
    row.state = "open" if inquiry.open else "answered"
    session.add(row)


def _save_referral(session: Session, case: Case, referral: Referral) -> None:
    id = f"{case.id}:{referral.key}"
    row = session.get(ReferralRow, id) or ReferralRow(
        id=id,
        use_id=case.id,
        number=referral.number,
        question=referral.question,
        role=referral.role,
        instead_of=referral.instead_of,
        state=referral.state,
        asked_at=referral.asked_at,
    )
    row.state, row.by, row.closed_at = referral.state, referral.by, referral.closed_at
    session.add(row)


def _save_assignment(session: Session, case: Case, assignment: Assignment) -> None:
    session.add(
        AssignmentRow(
            id=assignment.id,
            use_id=case.id,
            kind=assignment.kind,
            person_id=assignment.person,
            by=assignment.by,
            at=assignment.at,
            reason=assignment.reason,
            version=case.version,
        )
    )
