"""Who reads a confidential use: the rows, what the trail has of them, and what nobody can have said."""

from __future__ import annotations

import pytest

from intake.answers import Answer
from store import comparing
from store.asks import asked_in_confidence
from store.engine import Store
from store.ledger import Ledger
from store.queries import entries, may_see
from store.records import load
from store.tables import PersonRow, PlaceRow
from store.telling import told
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, CLEO, DAN, DM, EVE, GOVERNANCE, NOW, ROLES, ROOT, a_desk, key
from tests.triage.test_excepting import FINDER
from triage.case import Case
from triage.commands import Command
from triage.confidences import Confide, DropReader, NameReader, OpenUp
from triage.confidential import named, opening
from triage.desk import Desk
from triage.outcome import Refused
from triage.register import Reader
from triage.talking import Begin, Fill, Steer

CASE = "case-1"
GUS = "P-gus"


def desk() -> Desk:
    return a_desk(
        roles=ROLES
        | {"risk_owner": frozenset({CLEO}), "legal": frozenset({EVE}), "auditor": frozenset({GUS})}
    )


@pytest.fixture
def book(store: Store) -> Ledger:
    """Handed in by Ana; the risk owner and Legal have a say in it."""
    with store.write() as session:
        for person in (ANA, CLEO, DAN, EVE, GUS):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    book = Ledger(store)
    answers: dict[str, Answer] = FINDER
    book.execute(Begin(actor=ANA, case=CASE, key=key(), words="Otter", place=DM, root=ROOT), desk())
    book.execute(Fill(actor=ANA, case=CASE, key=key(), answers=answers), desk())
    return book


def handed_in(book: Ledger, *more: Command) -> None:
    book.execute(Steer(actor=ANA, case=CASE, key=key(), wish="hand_over"), desk())
    for command in more:
        book.execute(command, desk())


def confide(actor: str = ANA) -> Confide:
    return Confide(actor=actor, case=CASE, key=key())


def case_of(store: Store) -> Case:
    with store.read() as session:
        found = load(session, CASE)
    assert found is not None
    return found


def sees(store: Store, person: str) -> bool:
    roles = frozenset(role for role, held in desk().roles.items() if person in held)
    with store.read() as session:
        reader = Reader(person=person, roles=roles, asked=asked_in_confidence(session, person, desk()))
        seen = may_see(session, reader, CASE)
        assert seen is (CASE in [each.id for each in entries(session, reader)])
    return seen


def differences(store: Store) -> list[str]:
    with store.read() as session:
        return list(comparing.differences(session, told(session)))


def test_whoever_has_no_say_in_it_does_not_see_it(store: Store, book: Ledger) -> None:
    handed_in(book)
    assert [sees(store, each) for each in (ANA, CLEO, EVE, GUS, DAN)] == [True, True, True, True, False]
    book.execute(confide(), desk())
    assert [sees(store, each) for each in (ANA, CLEO, EVE, GUS, DAN)] == [True, True, True, False, False]
    assert differences(store) == []


def test_a_draft_is_closed_and_opened_by_whoever_writes_it(store: Store, book: Ledger) -> None:
    book.execute(confide(), desk())
    assert case_of(store).confidential
    book.execute(OpenUp(actor=ANA, case=CASE, key=key()), desk())
    assert not case_of(store).confidential
    book.execute(confide(), desk())
    handed_in(book)
    assert case_of(store).confidential
    assert not sees(store, GUS)
    with pytest.raises(Refused) as refusal:
        book.execute(confide(DAN), desk())
    assert refusal.value.key == "not_yours_to_close"
    assert differences(store) == []


def test_two_open_it_and_one_of_them_has_a_say(store: Store, book: Ledger) -> None:
    handed_in(book, confide(), OpenUp(actor=ANA, case=CASE, key="first"))
    first = opening(case_of(store))
    assert first is not None
    assert first.id == "first"
    for actor in (ANA, DAN):
        with pytest.raises(Refused):
            book.execute(OpenUp(actor=actor, case=CASE, key=key(), opening="first"), desk())
    with pytest.raises(Refused) as refusal:
        book.execute(OpenUp(actor=CLEO, case=CASE, key=key()), desk())
    assert refusal.value.key == "opening_since"
    assert case_of(store).confidential
    book.execute(OpenUp(actor=CLEO, case=CASE, key="both", opening="first"), desk())
    assert not case_of(store).confidential
    assert sees(store, GUS)
    assert differences(store) == []
    with pytest.raises(Refused) as refusal:
        book.execute(OpenUp(actor=CLEO, case=CASE, key=key()), desk())
    assert refusal.value.key == "open_already"


def test_closing_it_again_ends_what_waits(store: Store, book: Ledger) -> None:
    handed_in(book, confide(), OpenUp(actor=CLEO, case=CASE, key="first"), confide(ANA))
    assert opening(case_of(store)) is None
    with pytest.raises(Refused) as refusal:
        book.execute(confide(ANA), desk())
    assert refusal.value.key == "closed_already"
    assert len(case_of(store).decisions) == 3


def test_who_is_named_reads_it_until_they_are_not(store: Store, book: Ledger) -> None:
    handed_in(book, confide(), NameReader(actor=ANA, case=CASE, key=key(), person=DAN))
    assert sees(store, DAN)
    assert named(case_of(store)) == (DAN,)
    assert differences(store) == []
    with pytest.raises(Refused):
        book.execute(NameReader(actor=DAN, case=CASE, key=key(), person=GUS), desk())
    with pytest.raises(Refused) as refusal:
        book.execute(NameReader(actor=CLEO, case=CASE, key=key(), person=ANA), desk())
    assert refusal.value.key == "reader_already"
    book.execute(DropReader(actor=CLEO, case=CASE, key=key(), person=DAN), desk())
    assert not sees(store, DAN)
    assert named(case_of(store)) == ()
    assert differences(store) == []


TAMPERED: dict[str, str] = {
    "UPDATE use SET confidential = false": "confidential is not what was said last",
    "DELETE FROM reader WHERE person_id = 'P-dan'": "the reader P-dan is missing",
    "INSERT INTO reader (use_id, person_id) VALUES ('case-1', 'P-gus')": "P-gus is not in the trail",
    "UPDATE decision SET kind = 'opened' WHERE id = 'closed'": "not signed by two people",
}


@pytest.mark.parametrize("change", TAMPERED)
def test_what_nobody_said_is_named(store: Store, book: Ledger, change: str) -> None:
    handed_in(book, Confide(actor=ANA, case=CASE, key="closed"))
    book.execute(NameReader(actor=ANA, case=CASE, key=key(), person=DAN), desk())
    assert differences(store) == []
    tamper(store, change)
    assert any(TAMPERED[change] in each for each in differences(store)), differences(store)
