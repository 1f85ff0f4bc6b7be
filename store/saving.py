"""Cases into rows: facts are added, results and decisions stand beside them, nothing is overwritten."""

from __future__ import annotations

from uuid import uuid4

from sqlmodel import Session, select

from store.records import USE
from store.refs import next_ref
from store.tables import (
    AnswerSetRow,
    ConditionRow,
    ConversationRow,
    DecisionRow,
    FactRow,
    InquiryRow,
    ResultRow,
    SignatureRow,
    ToolRow,
    UseRow,
)
from triage.case import Case, Decision, Fact, Inquiry, Status
from triage.desk import Desk
from triage.review import facts_digest


def save(session: Session, before: Case | None, case: Case, desk: Desk) -> Case:
    """Write what changed between `before` and `case`; gives the reference number at submission."""
    if case.ref is None and case.status not in (Status.draft, Status.withdrawn):
        case = case.model_copy(update={"ref": next_ref(session, "AIU", desk.now.year)})
    case = case.model_copy(update={"version": (before.version if before else 0) + 1})
    _save_tool(session, case, desk)
    _save_use(session, case, desk)
    session.flush()
    answer_set = _answer_set(session, case, desk)
    for fact in case.facts.values():
        if before is None or before.facts.get(fact.question) != fact:
            session.add(_fact_row(answer_set, fact, desk))
    if case.verdict is not None and case.status is not Status.draft and _judged_anew(before, case):
        session.add(_result_row(answer_set, case, desk))
    _save_talk(session, case, desk)
    for decision in case.decisions[len(before.decisions) if before else 0 :]:
        _save_decision(session, case, decision)
    for inquiry in case.inquiries:
        if before is None or inquiry not in before.inquiries:
            _save_inquiry(session, case, inquiry)
    return case


def _judged_anew(before: Case | None, case: Case) -> bool:
    return before is None or before.verdict != case.verdict or before.status is Status.draft


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


def _save_use(session: Session, case: Case, desk: Desk) -> None:
    row = session.get(UseRow, case.id) or UseRow(
        id=case.id, state=case.status, created_at=case.created_at, updated_at=desk.now
    )
    row.ref, row.state, row.title, row.summary = case.ref, case.status.value, case.title, case.words
    row.requester_id, row.owner_id, row.unit = case.requester or None, case.owner, case.unit or None
    row.tool_id, row.tool_name = case.tool_id, case.tool_name or None
    row.stage = case.facts["stage"].answer.text if "stage" in case.facts else None
    row.lane = "handed_over" if case.handed_over else ("unclaimed" if case.owner is None else None)
    if case.verdict is not None:
        eu, tier = case.verdict.results["eu"], case.verdict.results["tier"]
        row.eu_floor, row.eu_ceiling = str(eu.floor), str(eu.ceiling)
        row.tier_floor, row.tier_ceiling = int(tier.floor), int(tier.ceiling)
    row.due_at, row.submitted_at, row.confidential = case.due_at, case.submitted_at, case.confidential
    row.discovered_via, row.source_map, row.source_id = case.discovered_via, case.source_map, case.source_id
    row.version, row.updated_at = case.version, desk.now
    session.add(row)


def _answer_set(session: Session, case: Case, desk: Desk) -> str:
    """The answer set for this version of the form; opened at the first fact given under it."""
    found = session.exec(
        select(AnswerSetRow.id).where(
            AnswerSetRow.subject_kind == USE,
            AnswerSetRow.subject_id == case.id,
            AnswerSetRow.form_digest == desk.form.digest,
        )
    ).first()
    if found is not None:
        return found
    row = AnswerSetRow(
        id=uuid4().hex,
        form=desk.form.id,
        form_digest=desk.form.digest,
        subject_kind=USE,
        subject_id=case.id,
        opened_at=desk.now,
    )
    session.add(row)
    session.flush()
    return row.id


def _fact_row(answer_set: str, fact: Fact, desk: Desk) -> FactRow:
    return FactRow(
        answer_set_id=answer_set,
        question=fact.question,
        state=fact.answer.state.value,
        value=list(fact.answer.picked) or None,
        contributor=fact.by,
        source=fact.source.value,
        said_at=fact.at,
        recorded_at=desk.now,
    )


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
        judged_at=desk.now,
    )


def _save_talk(session: Session, case: Case, desk: Desk) -> None:
    talk = case.talk
    if talk is None or talk.place is None or talk.root is None:
        return
    row = session.exec(select(ConversationRow).where(ConversationRow.use_id == case.id)).first()
    if row is None:
        row = ConversationRow(
            id=uuid4().hex,
            use_id=case.id,
            person_id=talk.person,
            place_id=talk.place,
            root_ts=talk.root,
            status=talk.phase,
            updated_at=desk.now,
        )
    row.status, row.state = talk.phase.value, talk.model_dump(mode="json")
    row.version, row.updated_at = case.version, desk.now
    session.add(row)


def _save_decision(session: Session, case: Case, decision: Decision) -> None:
    session.add(
        DecisionRow(
            id=decision.id,
            subject_kind=USE,
            subject_id=case.id,
            subject_version=case.version,
            kind=decision.kind.value,
            outcome=case.status.value,
            reason=decision.reason,
            facts_digest=decision.facts_digest,
            policies=list(decision.policies),
            decided_at=decision.at,
            detail={"would_change": decision.would_change} if decision.would_change else {},
        )
    )
    session.flush()
    for signature in decision.signatures:
        session.add(
            SignatureRow(
                decision_id=decision.id,
                person_id=signature.person,
                role=signature.role,
                signed_at=signature.at,
            )
        )
    for number, text in enumerate(decision.conditions, 1):
        session.add(
            ConditionRow(
                id=f"{decision.id}:{number:03}",
                decision_id=decision.id,
                use_id=case.id,
                text=text,
                owner_id=case.owner,
                state="open",
            )
        )


def _save_inquiry(session: Session, case: Case, inquiry: Inquiry) -> None:
    row = session.get(InquiryRow, inquiry.id) or InquiryRow(
        id=inquiry.id,
        use_id=case.id,
        asked_by=inquiry.asked_by,
        question=inquiry.question,
        asked_at=inquiry.asked_at,
        state="open",
    )
    row.answered_by, row.answer, row.answered_at = (
        inquiry.answered_by,
        inquiry.answer or None,
        inquiry.answered_at,
    )
    row.state = "open" if inquiry.open else "answered"
    session.add(row)
