"""One row that is damaged holds up no other of the clock's: it is named, and goes on once its cause is mended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, delete, select

from bot.slack.ids import Action
from store import aside, asks, due, incidents, unnamed
from store import reminded as reminding
from store.engine import Store
from store.ledger import Ledger
from store.tables import (
    AskRow,
    ConversationRow,
    DecisionRow,
    DueRow,
    IncidentRow,
    LetterRow,
    OutboxRow,
    PersonRow,
)
from tests.builders import ANA as REPORTER
from tests.builders import NOW, a_desk, key
from tests.slack_world import ANA, BEN, World
from tests.store.test_asks import asked
from tests.store.test_asks import book as book  # the fixture
from tests.triage.incidents import LEA, PIA, SAM
from tests.triage.incidents import desk as at_incidents
from triage.incidents.wishes import Report

WORDS = "Somebody pastes names into it"
PHRASE = "acorn " * 7 + "acorn"


def damaged(session: Session, use: str) -> dict[str, Any]:
    """Its conversation is none; gives back what it was."""
    row = session.exec(select(ConversationRow).where(ConversationRow.use_id == use)).one()
    was, row.state = row.state, {"strange": True}
    return was


def mended(session: Session, use: str, state: dict[str, Any]) -> None:
    session.exec(select(ConversationRow).where(ConversationRow.use_id == use)).one().state = state


def lies(store: Store) -> list[tuple[str, int]]:
    with store.read() as session:
        return [(each.box, each.count) for each in aside.put_aside(session)]


def released(store: Store) -> None:
    with store.write() as session:
        aside.put_back(session)


def with_terms(store: Store) -> set[str]:
    with store.read() as session:
        return set(session.exec(select(DueRow.subject_id).where(DueRow.kind == "escalation")))


def with_asks(store: Store) -> set[str]:
    with store.read() as session:
        return set(session.exec(select(AskRow.use_id)))


@pytest.mark.parametrize(
    ("table", "kept", "missing"),
    [(DueRow, with_terms, due.is_missing), (AskRow, with_asks, asks.is_missing)],
    ids=["terms", "asks"],
)
def test_f40_a_damaged_request_keeps_no_other_from_what_it_lacks(
    store: Store, book: Ledger, table: Any, kept: Any, missing: Any
) -> None:
    """Both waited before there were such rows; the damaged one is looked at once, not every minute."""
    asked(book, "one")
    asked(book, "two")
    with store.write() as session:
        session.connection().execute(delete(table))
        was = damaged(session, "one")
    book.nudge(a_desk())
    assert kept(store) == {"two"}
    assert lies(store) == [("due", 1)]
    with store.read() as session:
        assert not missing(session)
    with store.write() as session:
        mended(session, "one", was)
    book.nudge(a_desk())
    assert kept(store) == {"two"}, "operators say when the cause is mended"
    released(store)
    book.nudge(a_desk())
    assert kept(store) == {"one", "two"}
    assert lies(store) == []


# -- incidents


def reports(book: Ledger, store: Store) -> None:
    with store.write() as session:
        for person in (LEA, PIA, SAM):
            session.add(PersonRow(id=person, team="T", slack_user=person, updated_at=NOW))
    for id in ("first", "second"):
        book.act(
            Report(actor=REPORTER, key=key(), incident=id, words="It told a wrong price"), at_incidents()
        )


def reminded(store: Store) -> set[str]:
    with store.read() as session:
        owed = session.exec(select(OutboxRow).where(col(OutboxRow.person_id).is_not(None)))
        return {row.subject_id or "" for row in owed if row.payload.get("clocks")}


def test_f40_a_damaged_incident_keeps_no_other_clock_from_being_told(
    store: Store, book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports(book, store)
    whole = incidents.load

    def load(session: Session, id: str) -> Any:
        if id == "first":
            raise KeyError("damaged")
        return whole(session, id)

    desk = at_incidents(now=NOW + timedelta(hours=1))
    with monkeypatch.context() as broken:
        broken.setattr(reminding, "load", load)
        reminding.remind(store, desk)
        assert reminded(store) == {"second"}
        assert [box for box, _ in lies(store)] == ["due"]
        assert reminding.remind(store, desk) == 0, "it is put aside"
    released(store)
    reminding.remind(store, desk)
    assert reminded(store) == {"first", "second"}
    assert lies(store) == []


def test_f40_clocks_of_an_incident_that_is_gone_stand_before_no_other(store: Store, book: Ledger) -> None:
    """So many are looked at at once."""
    reports(book, store)
    with store.write() as session:
        for number in range(60):
            about: dict[str, Any] = {"subject_kind": "incident", "subject_id": f"gone-{number}", "kind": "x"}
            session.add(
                DueRow(id=f"gone-{number}", **about, due_at=NOW - timedelta(days=1), state="counting")
            )
    desk = at_incidents(now=NOW + timedelta(hours=1))
    for _ in range(2):
        reminding.remind(store, desk)
    assert reminded(store) == {"first", "second"}


# -- what the clock asks for


def test_f40_a_damaged_use_keeps_no_other_from_ending(alone: World) -> None:
    for _ in range(2):
        alone.person(ANA).asks().submitted()
        assert alone.person(BEN).decides(Action.APPROVE, reason="Fits.", until="2027-01-20") is None
    with alone.store.read() as session:
        ends = select(DecisionRow.subject_id).order_by(col(DecisionRow.valid_until), col(DecisionRow.id))
        first = session.exec(ends).all()[0]
    alone.passes(days=40)
    with alone.store.write() as session:
        was = damaged(session, first)
    alone.passes(days=8)
    assert alone.trail().count("case.lapsed") == 1
    with alone.store.write() as session:
        mended(session, first, was)
    alone.passes(minutes=15)
    assert alone.trail().count("case.lapsed") == 2


# -- concerns without a name


def of_nobody(**change: Any) -> Any:
    return a_desk(**{"roles": {}, "governance": None, **change})


def test_f40_a_letter_that_cannot_be_taken_in_is_looked_at_ever_more_rarely_and_told_of_once(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with store.write() as session:
        at = unnamed.raise_one(session, "bad", PHRASE, WORDS, {}, NOW)
        unnamed.write_on(session, "reply", "bad", "More", NOW)
        whole = session.get_one(LetterRow, "bad").said
        session.get_one(LetterRow, "bad").said = whole | {"answers": {"people": {"strange": WORDS}}}
    tries: list[Any] = []
    taken = unnamed._take_in

    def counted(session: Session, id: str, *more: Any) -> None:
        tries.append((now - at) / timedelta(hours=1))
        taken(session, id, *more)

    monkeypatch.setattr(unnamed, "_take_in", counted)
    now = at
    while now < at + timedelta(hours=60):
        unnamed.take_in(store, of_nobody(now=now))
        now += timedelta(minutes=20)
    assert tries == [0, 1, 3, 7, 15, 31, 55], "and its reply waits for it"
    assert len([each for each in caplog.records if "was not taken in" in each.message]) == 1
    assert lies(store) == [("due", 1)]
    with store.write() as session:
        session.get_one(LetterRow, "bad").said = whole
    released(store)
    assert unnamed.take_in(store, of_nobody(now=now)) == 2
    with store.read() as session:
        assert [row.id for row in session.exec(select(IncidentRow))] == ["bad"]
        found = incidents.load(session, "bad")
    assert found is not None
    assert [each.words for each in found.now.relayed] == ["More"]
    assert lies(store) == []


def test_f40_a_letter_that_can_be_taken_in_after_all_is_noted_no_more(store: Store) -> None:
    with store.write() as session:
        at = unnamed.raise_one(session, "bad", PHRASE, WORDS, {}, NOW)
        whole = session.get_one(LetterRow, "bad").said
        session.get_one(LetterRow, "bad").said = {"words": WORDS}
    assert unnamed.take_in(store, of_nobody(now=at)) == 0
    assert lies(store) == [("due", 1)]
    with store.write() as session:
        session.get_one(LetterRow, "bad").said = whole
    assert unnamed.take_in(store, of_nobody(now=at + timedelta(minutes=59))) == 0
    assert unnamed.take_in(store, of_nobody(now=at + timedelta(hours=1))) == 1
    assert lies(store) == []
