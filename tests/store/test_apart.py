"""What fell due and cannot be looked at is put aside and named; it holds up nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from store import aside, climb, daily
from store.apart import apart, tried
from store.engine import Store
from store.ledger import Ledger
from store.tables import DoneRow, DueRow, NudgeRow
from tests.builders import NOW, a_desk, key
from tests.store.test_ledger import book, in_review, play, trail, verified  # noqa: F401
from triage import climbing
from triage.commands import Approve
from triage.desk import Desk
from triage.steps import Term


def late() -> Desk:
    return a_desk(now=NOW + timedelta(days=2))


@pytest.fixture
def waiting(book: Ledger, store: Store) -> Callable[[str], DueRow]:  # noqa: F811
    """Two conditions that are due; says how a row stands."""
    in_review(book)
    due = NOW.date() + timedelta(days=5)
    terms = (Term(due=due), Term(due=due))
    wish: dict[str, Any] = {"actor": "P-ben", "case": "case-1", "key": key()}
    play(book, Approve(**wish, conditions=("A", "B"), terms=terms))

    def row(name: str) -> DueRow:
        with store.read() as session:
            return session.exec(select(DueRow).where(DueRow.kind == name, DueRow.step == 0)).one()

    return row


def names(store: Store) -> list[str]:
    with store.read() as session:
        kinds = session.exec(select(DueRow.kind).where(DueRow.state == "waiting").order_by(DueRow.kind))
        return [kind for kind in kinds if kind.startswith("condition:")]


def test_one_that_cannot_be_looked_at_holds_up_no_other(
    book: Ledger,  # noqa: F811
    store: Store,
    waiting: Callable[[str], DueRow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad, good = names(store)
    whole = climbing.called

    def called(case: Any, name: str, number: int, desk: Desk) -> Any:
        if name == bad:
            raise KeyError("damaged")
        return whole(case, name, number, desk)

    monkeypatch.setattr(climbing, "called", called)
    book.nudge(late())
    assert (waiting(bad).state, waiting(bad).problem) == ("parked", "KeyError")
    assert waiting(good).state == "done"
    with store.read() as session:
        assert [row.errand for row in session.exec(select(NudgeRow))] == [good]
        (lies,) = aside.put_aside(session)
    assert (lies.box, lies.problem, lies.count) == ("due", "KeyError", 1)
    assert verified(store)
    monkeypatch.undo()
    with store.write() as session:
        assert aside.put_back(session) == 1
    book.nudge(a_desk(now=NOW + timedelta(days=3)))
    assert waiting(bad).state == "done"
    assert trail(store).count("condition.reminded") == 2


def test_a_message_that_cannot_be_kept_is_put_aside_with_all_it_tells(
    book: Ledger,  # noqa: F811
    store: Store,
    waiting: Callable[[str], DueRow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write(*_: Any) -> None:
        raise ValueError("no message")

    monkeypatch.setattr(daily, "write", write)
    book.nudge(late())
    assert {waiting(name).problem for name in names(store)} == {"ValueError"}
    with store.read() as session:
        (lies,) = aside.put_aside(session)
        assert (lies.count, lies.problem) == (2, "ValueError")
        assert session.exec(select(NudgeRow)).all() == []
        assert not [row for row in session.exec(select(DoneRow.key)) if row.startswith("nudged:")]


def test_what_failed_leaves_nothing_and_what_was_done_beside_it_stays(store: Store) -> None:
    with store.write() as session:
        session.add(DoneRow(key="before", at=NOW))
        with pytest.raises(ValueError, match="no"):
            _fail(session)
        assert "end" not in session.info
        with apart(session):
            session.add(DoneRow(key="after", at=NOW))
    with store.read() as session:
        assert sorted(session.exec(select(DoneRow.key)).all()) == ["after", "before"]


def test_a_row_that_is_there_already_breaks_nothing_but_its_own_part(
    book: Ledger,  # noqa: F811
    store: Store,
    waiting: Callable[[str], DueRow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the database refuses ends the part in which it was written, and no more."""
    with store.write() as session:
        session.add(DoneRow(key="taken", at=NOW))

    def write(session: Session, *_: Any) -> None:
        session.add(DoneRow(key="taken", at=NOW))

    monkeypatch.setattr(daily, "write", write)
    book.nudge(late())
    assert {waiting(name).problem for name in names(store)} == {"IntegrityError"}
    with store.write() as session:
        row = session.exec(select(DueRow).where(DueRow.state == "parked")).first()
        assert row is not None
        assert isinstance(tried(session, lambda: write(session)), IntegrityError)
        assert row.state == "parked"
        session.add(DoneRow(key="after", at=NOW))
    with store.read() as session:
        assert session.get(DoneRow, "after") is not None


def test_a_damaged_use_does_not_keep_the_clock_from_any_other(
    book: Ledger,  # noqa: F811
    store: Store,
    waiting: Callable[[str], DueRow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def follow(*_: Any) -> None:
        raise KeyError("damaged")

    with store.read() as session:
        assert climb.is_behind(session)
    monkeypatch.setattr(climb, "follow", follow)
    book.nudge(late())
    with store.read() as session:
        assert not climb.is_behind(session), "it is gone past"
        assert session.exec(select(NudgeRow)).all() != []


def _fail(session: Session) -> None:
    with apart(session):
        session.add(DoneRow(key="within", at=NOW))
        session.flush()
        session.info["end"] = "moved"
        raise ValueError("no")
