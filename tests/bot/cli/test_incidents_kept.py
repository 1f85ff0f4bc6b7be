"""Incidents in the store: once by their key, with their use in one transaction, proven, erased, and put to files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from intake.answers import answered
from store import audit, erasing, incident_owed, incidents
from store.engine import Store
from store.ledger import Ledger
from store.records import load as load_case
from store.tables import IncidentRow, IncidentStepRow, OutboxRow
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, CLEO, DAN, GOVERNANCE, NOW, key
from tests.triage.incidents import LEA, ROLES, desk
from triage.case import Status
from triage.confidences import Confide
from triage.incidents.incident import Incident, Kind
from triage.incidents.wishes import Assess, Note, Reject, Report, Suspend, TakeUp
from triage.outcome import Refused

WORDS = "It told a customer a wrong price"


@pytest.fixture
def book(register: Store) -> Ledger:
    """With people for the roles of incidents."""
    from store.tables import PersonRow

    with register.write() as session:
        for person in {DAN, *(one for held in ROLES.values() for one in held)}:
            if session.get(PersonRow, person) is None:
                session.add(PersonRow(id=person, team="T", slack_user=person, name=person, updated_at=NOW))
    return Ledger(register)


def reports(book: Ledger, by: str = DAN, **more: Any) -> Incident:
    given: dict[str, Any] = {"actor": by, "key": key(), "incident": f"incident-{key()}", "words": WORDS}
    return book.act(Report(**given | more), desk())


def test_a_report_twice_is_one_with_a_reference_a_line_and_a_card(book: Ledger, register: Store) -> None:
    wish = Report(actor=DAN, key="once", incident="incident-1", words=WORDS, kind=Kind.complaint)
    first, second = book.act(wish, desk()), book.act(wish, desk())
    assert first == second
    assert first.ref == "AII-2026-0001"
    with register.read() as session:
        assert len(session.exec(select(IncidentStepRow)).all()) == 1
        lines = audit.about(session, incident_owed.INCIDENT, "incident-1")
        assert [(line["what"], line["actor"]) for line in lines] == [("incident.reported", DAN)]
        assert WORDS not in json.dumps(lines)
        owed = session.exec(select(OutboxRow).where(OutboxRow.subject_kind == incident_owed.INCIDENT)).all()
        assert sorted((row.place_id or row.person_id or "", row.purpose) for row in owed) == [
            (GOVERNANCE, "incident_card"),
            (DAN, "incident:received"),
        ]
        assert incidents.by_ref(session, "aii-2026-0001") == first
        assert first.now.words == WORDS


def test_what_follows_is_drawn_in_the_same_card(book: Ledger, register: Store) -> None:
    found = reports(book)
    book.act(TakeUp(actor=LEA, key=key(), incident=found.id), desk())
    book.act(Note(actor=DAN, key=key(), incident=found.id, words="Twice today"), desk())
    with register.read() as session:
        cards = session.exec(select(OutboxRow).where(OutboxRow.purpose == incident_owed.CARD)).all()
        assert [row.kind for row in cards] == ["post", "update"]
        row = session.get_one(IncidentRow, found.id)
        assert (row.coordinator, row.version, row.severity, row.status) == (LEA, 3, "low", "reported")
    assert steward_verifies(register)


def steward_verifies(store: Store) -> bool:
    from store.accord import compare

    with store.read() as session:
        assert compare(session).differ == []
        return audit.verify_store(session).ok


def test_a_suspension_stops_the_use_in_the_same_moment(book: Ledger, register: Store) -> None:
    found = reports(book, use="case-1")
    after = book.act(Suspend(actor=CLEO, key="stop", incident=found.id, reason="Wrong prices"), desk())
    assert after.now.suspended
    with register.read() as session:
        case = load_case(session, "case-1")
        assert case is not None
        assert case.status is Status.in_review
        told = [line["what"] for line in audit.about(session, "use", "case-1")]
        assert told[-2:] == ["use.suspended", "case.under_reassessment"]
    again = book.act(Suspend(actor=CLEO, key="stop", incident=found.id, reason="Wrong prices"), desk())
    assert again == after
    assert steward_verifies(register)


def test_a_suspension_that_the_use_refuses_leaves_nothing(book: Ledger, register: Store) -> None:
    found = reports(book, use="case-1")
    with pytest.raises(Refused):
        book.act(Suspend(actor=ANA, key="mine", incident=found.id, reason="x"), desk())
    with register.read() as session:
        assert len(incidents.steps_of(session, found.id)) == 1
        lines = audit.about(session, incident_owed.INCIDENT, found.id)
        assert [line["what"] for line in lines] == ["incident.reported", "suspend.refused"]


def test_words_are_erased_and_the_rest_stays_proven(book: Ledger, register: Store) -> None:
    found = reports(book)
    with register.write() as session:
        line = session.exec(select(IncidentStepRow.line)).one()
        gone = erasing.erase(session, line=line, field=None, because="A name in it", by=None, now=NOW)
        assert gone.fields == ("words",)
    with register.read() as session:
        assert erasing.standing(session, gone.words) == {}
        left = incidents.load(session, found.id)
        assert left is not None
        assert left.now.words == ""
    assert steward_verifies(register)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE incident SET severity = 'critical'",
        "UPDATE incident SET confidential = NOT confidential",
        "UPDATE incident SET use_id = NULL",
        f"UPDATE incident_step SET \"by\" = '{BEN}' WHERE number = 1",
        "UPDATE incident_step SET detail = '{}' WHERE number = 2",
        "DELETE FROM incident_step WHERE number = 2",
        "UPDATE audit_text SET text = 'All is well' WHERE field = 'words'",
    ],
)
def test_what_was_changed_since_is_found(steward: Any, book: Ledger, register: Store, change: str) -> None:
    found = reports(book, use="case-1")
    answers = {"extent": answered("inconvenience")}
    book.act(Assess(actor=LEA, key=key(), incident=found.id, answers=answers), desk())
    assert steward("verify")[0] == 0
    tamper(register, change)
    code, out, errors = steward("verify")
    assert code == 1, out + errors


def test_it_is_told_and_put_to_files(steward: Any, book: Ledger, tmp_path: Path) -> None:
    found = reports(book, use="case-1")
    book.act(Reject(actor=LEA, key=key(), incident=found.id, reason="It was a test"), desk())
    code, _, errors = steward("export", "--format", "json", "--out", tmp_path / "out")
    assert code == 0, errors
    (row,) = json.loads((tmp_path / "out" / "incidents.json").read_text())
    assert (row["ref"], row["status"], row["severity_ceiling"]) == ("AII-2026-0001", "rejected", "critical")
    steps = json.loads((tmp_path / "out" / "incident_steps.json").read_text())
    assert [(step["kind"], step["texts"]) for step in steps] == [
        ("report", {"words": WORDS}),
        ("reject", {"reason": "It was a test"}),
    ]
    texts = (tmp_path / "out" / "texts.jsonl").read_text()
    assert WORDS in texts


def test_it_is_shown_and_drafted_to_be_copied(steward: Any, book: Ledger) -> None:
    found = reports(book, use="case-1")
    book.act(TakeUp(actor=LEA, key=key(), incident=found.id), desk())
    code, out, _ = steward("incident", "list", "--open")
    assert (code, out) == (0, "AII-2026-0001  incident  at least low  reported\n")
    code, out, _ = steward("incident", "show", found.ref)
    assert code == 0
    assert WORDS in out
    assert "low to critical" in out
    for whom, title in (("provider", "To the provider of Otter"), ("affected", "About something that went")):
        code, out, beside = steward("incident", "draft", found.ref, "--for", whom)
        assert code == 0
        assert out.startswith(title)
        assert WORDS in out
        assert "[" in out, "what is not known is marked"
        assert "I send it to nobody" in beside
    assert steward("incident", "show", "AII-2026-0999")[0] == 1
    code, out, _ = steward("story", found.ref)
    assert code == 0
    assert "reported it" in out
    assert WORDS in out


def test_about_a_confidential_use_it_tells_nothing_unasked(
    steward: Any, book: Ledger, register: Store, tmp_path: Path
) -> None:
    book.execute(Confide(actor=ANA, key=key(), case="case-1"), desk())
    found = reports(book, use="case-1")
    assert found.confidential
    asked = (
        ("incident", "show", found.ref),
        ("incident", "draft", found.ref),
        ("story", found.ref),
        ("incident", "list"),
    )
    for words in asked:
        _, out, errors = steward(*words)
        assert WORDS not in out + errors
    assert steward("export", "--format", "json", "--out", tmp_path / "out")[0] == 0
    for file in (tmp_path / "out").iterdir():
        assert WORDS not in file.read_text(), file.name
    assert WORDS in steward("incident", "show", found.ref, "--confidential")[1]
