"""What is asked of a model, where a worker is slow, a use is damaged, or a month went by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from intake.answers import unsure
from store import accord, aside, consulted, consults, records, stuck, weighed
from store.engine import Store
from store.ledger import Ledger
from store.tables import AuditLineRow, ConsultRow, DueRow, OutboxRow, PersonRow, PlaceRow
from tests.builders import ANA, DM, NOW, a_desk, key
from triage.consulting import About, Suggest, Suggestion
from triage.talking import Begin, Choose, Start

SAID = "I'd like to use Otter.ai to tidy up sheets; the sheets belong to those who hired us"
FITS = Suggestion(question="data", choices=("client_owned",), because="belong to those who hired us")


@pytest.fixture
def draft(store: Store) -> Store:
    with store.write() as session:
        session.add(PersonRow(id=ANA, team="T", slack_user="U1", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    begins(store, "case-1")
    return store


def begins(store: Store, case: str) -> None:
    begin = Begin(actor=ANA, key=key(), case=case, words=SAID, place=DM, root=case)
    Ledger(store).execute(begin, a_desk(consults=True, now=store.now()))


def claimed(store: Store) -> ConsultRow:
    row = consults.claim(store)
    assert row is not None
    return row


def answered(store: Store) -> str:
    row = claimed(store)
    with store.write() as session:
        said = Suggest(suggestions=(FITS,))
        assert consulted.take_in(session, row, said, SAID, {}, a_desk(now=store.now())) == "done"
    return row.id


def box(store: Store, id: str) -> ConsultRow:
    with store.read() as session:
        row = session.get(ConsultRow, id)
        assert row is not None
        return row


def trail(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.exec(select(AuditLineRow.sealed)))


def taken_up_again(store: Store, first: ConsultRow) -> ConsultRow:
    with store.write() as session:
        consults.alter(session, first, {"due_at": store.now()})
    return claimed(store)


def test_f22_who_comes_late_changes_nothing_that_another_finished(draft: Store) -> None:
    """Whether another still asks, or has its answer already: neither an end, nor a new try, nor a line."""
    late = claimed(draft)
    again = taken_up_again(draft, late)
    with draft.write() as session:
        consults.end(session, late, "failed", draft.now(), "late")
        assert not consults.sent(session, late, "reading 1 a", "0" * 64, (), draft.now())
        assert not consults.close(session, late, "refused", draft.now())
        consults.again(session, late, draft.now())
    assert (box(draft, late.id).state, box(draft, late.id).attempts) == ("asking", 2)
    with draft.write() as session:
        consulted.take_in(session, again, Suggest(suggestions=(FITS,)), SAID, {}, a_desk(now=draft.now()))
        consults.end(session, late, "failed", draft.now(), "late")
        consults.end(session, again, "failed", draft.now(), "a second time")
    assert (box(draft, late.id).state, bool(box(draft, late.id).said)) == ("done", True)
    assert not [line for line in trail(draft) if "model.failed" in line or "model.sent" in line]


def test_f22_words_that_come_too_late_leave_a_line(draft: Store) -> None:
    """Usable or not."""
    late = claimed(draft)
    taken_up_again(draft, late)
    known = {"prompt": "reading 1 abc", "model": "m"}
    with draft.write() as session:
        desk = a_desk(now=draft.now())
        assert consulted.take_in(session, late, Suggest(suggestions=()), SAID, known, desk) == "dropped"
        consults.end(session, late, "refused", desk.now, "not_usable", **known)
    told = [line for line in trail(draft) if '"what":"model.' in line and "reading 1 abc" in line]
    assert len([line for line in told if '"what":"model.dropped"' in line]) == len(told) == 2


def test_f22_what_is_held_is_held_longer_than_any_question_takes() -> None:
    assert consults.lease(30, 1) == consults.LEASE
    assert consults.lease(300, 4) > timedelta(seconds=300 * 4)


def test_f22_a_claim_is_held_for_as_long_as_is_said(draft: Store) -> None:
    row = consults.claim(draft, timedelta(hours=1))
    assert row is not None
    assert box(draft, row.id).due_at == draft.now() + timedelta(hours=1)


def test_f22_one_damaged_use_holds_up_no_weighing(draft: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noted for the operators, and gone through again when they put it back."""
    damaged = answered(draft)
    begins(draft, "case-2")
    other = answered(draft)

    def load(session: Any, id: str) -> Any:
        if id == "case-1":
            raise ValueError("damaged")
        return records.load(session, id)

    desk = a_desk(now=draft.now())
    with monkeypatch.context() as broken:
        broken.setattr(weighed, "load", load)
        weighed.weigh(draft, desk)
        assert box(draft, other).due_at > desk.now, "it was looked at"
        weighed.weigh(draft, desk)
    with draft.read() as session:
        (note,) = session.exec(select(DueRow).where(DueRow.kind == stuck.WEIGHING))
        assert (note.subject_id, note.problem, note.state) == (damaged, "ValueError", "parked")
    assert weighed.weigh(draft, desk) == 0
    assert box(draft, damaged).due_at == desk.now, "it lies aside"
    with draft.write() as session:
        assert aside.put_back(session) == 1
    weighed.weigh(draft, desk)
    assert box(draft, damaged).due_at > desk.now


def test_nothing_is_written_while_nothing_is_due(draft: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(draft)
    weighed.weigh(draft, a_desk(now=draft.now()))

    def write() -> None:
        raise AssertionError("a look that has nothing to do writes nothing")

    monkeypatch.setattr(draft, "write", write)
    assert weighed.weigh(draft, a_desk(now=draft.now())) == 0


@pytest.mark.parametrize(
    "about", [About.incident_summary, About.notification, About.summary, About.difference]
)
def test_what_no_answer_shows_is_looked_at_once(draft: Store, about: About) -> None:
    kind = "incident" if about in (About.incident_summary, About.notification) else "use"
    of: dict[str, Any] = {"subject_kind": kind, "subject_id": "case-1", "about": about.value, "asked_by": ANA}
    now, said = draft.now(), {"text": "So."}
    row = ConsultRow(id="c", state="done", said=said, due_at=now, asked_at=now, **of)
    with draft.write() as session:
        session.add(row)
    weighed.weigh(draft, a_desk(now=draft.now()))
    assert box(draft, "c").state == "settled"


def test_after_a_month_words_go_and_nothing_is_asked_without_them(draft: Store) -> None:
    said = answered(draft)
    begins(draft, "case-2")
    with draft.read() as session:
        (waits,) = session.exec(select(ConsultRow.id).where(ConsultRow.state == "waiting"))
    month = draft.now() + consults.KEPT + timedelta(days=1)
    with draft.write() as session:
        consults.forget(session, month)
    assert (box(draft, said).said, box(draft, waits).text) == ({}, "")
    assert box(draft, waits).state == "dropped"
    assert box(draft, said).state == "done", "what was said is weighed once more, and over then"


def test_what_is_empty_already_is_not_written_again(draft: Store) -> None:
    answered(draft)
    month = draft.now() + consults.KEPT + timedelta(days=1)
    with draft.write() as session:
        assert consults.forget(session, month) == 1
        assert consults.forget(session, month) == 0


def test_who_asked_for_a_draft_hears_when_a_month_went_by(draft: Store) -> None:
    with draft.write() as session:
        desk = a_desk(now=draft.now())
        id = consults.ask(session, About.summary, "case-1", by=ANA, key="k", number=0, desk=desk)
        consults.forget(session, draft.now() + consults.KEPT + timedelta(days=1))
        owed = session.exec(select(OutboxRow).where(OutboxRow.subject_id == id)).one()
        assert owed.person_id == ANA


def test_a_fact_that_no_model_read_is_named(draft: Store) -> None:
    """Verifying lays the two side by side: what stands as a model's, and what the trail says that one said."""
    desk = a_desk(now=draft.now())
    Ledger(draft).execute(Start(actor=ANA, key=key(), case="case-1", confirm=True), desk)
    with draft.read() as session:
        case = records.load(session, "case-1")
        assert case is not None
        assert not list(accord.differences(session))
    talk = case.talk
    assert talk is not None
    assert talk.current is not None
    asked = talk.current.question
    given: dict[str, Any] = {"turn": talk.current.turn, "question": asked, "answer": unsure()}
    Ledger(draft).execute(Choose(actor=ANA, key=key(), case="case-1", suggested="made-up", **given), desk)
    with draft.read() as session:
        assert list(accord.differences(session)) == [
            f"{asked} of case-1 stands as read by a model, and no line says that one read it"
        ]
