"""A draft that this process wrote last is not read again, unless somebody else has written it since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import col, select

from bot.slack import shelving
from intake.answers import answered
from store import ledger, silent
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import DueRow, NudgeRow, PersonRow, PlaceRow
from tests.builders import ANA, BEN, CLEO, DAN, DM, EVE, GOVERNANCE, LOW, NOW, ROOT, a_desk, any_wish, key
from triage import drafts
from triage.case import Case, Status
from triage.commands import Command
from triage.desk import Desk
from triage.outcome import Refused
from triage.talking import Begin, Fill, Start, Steer

ON: dict[str, Any] = {"actor": ANA, "case": "case-1"}


@pytest.fixture
def book(store: Store) -> Ledger:
    with store.write() as session:
        for person in (ANA, BEN, CLEO, DAN, EVE):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="G1", kind="group"))
        session.flush()
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    return Ledger(store)


@pytest.fixture
def elsewhere(store: Store) -> Iterator[Ledger]:
    """The ledger of another process: it shares the database and nothing else."""
    other = Store(store.url.render_as_string(hide_password=False), now=store.now)
    yield Ledger(other)
    other.close()


def begun(book: Ledger, case: str = "case-1") -> Case:
    words = "I'd like to use Otter.ai for our meetings"
    root = ROOT if case == "case-1" else case
    begin = Begin(actor=ANA, case=case, key=key(), words=words, place=DM, root=root)
    book.execute(begin, a_desk())
    return book.execute(Start(actor=ANA, case=case, key=key(), confirm=False), a_desk()).case


def fill(question: str) -> Fill:
    return Fill(**ON, key=key(), answers={question: LOW[question]})


def resume() -> Steer:
    return Steer(**ON, key=key(), wish="resume")


def loaded(store: Store, case: str = "case-1") -> Case:
    with store.read() as session:
        found = load(session, case)
    assert found is not None
    return found


def test_what_another_process_wrote_is_seen(store: Store, book: Ledger, elsewhere: Ledger) -> None:
    begun(book)
    book.execute(fill("purpose"), a_desk())
    elsewhere.execute(fill("people"), a_desk())
    case = book.execute(fill("data"), a_desk()).case
    assert {"purpose", "people", "data"} <= case.facts.keys()
    assert loaded(store).facts == case.facts


def test_a_draft_that_another_process_ended_is_over(book: Ledger, elsewhere: Ledger) -> None:
    begun(book)
    elsewhere.execute(Steer(**ON, key=key(), wish="cancel"), a_desk())
    with pytest.raises(Refused):
        book.execute(fill("data"), a_desk())


def test_what_was_rolled_back_is_forgotten_though_its_version_is_given_again(
    store: Store, book: Ledger, elsewhere: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(book)

    def broken(*_: Any) -> None:
        raise ValueError("after everything was written")

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "owe", broken)
        with pytest.raises(ValueError, match="everything"):
            book.execute(fill("purpose"), a_desk())
    version = elsewhere.execute(fill("people"), a_desk()).case.version
    case = book.execute(fill("data"), a_desk()).case
    assert (case.version, "purpose" in case.facts, "people" in case.facts) == (version + 1, False, True)
    assert loaded(store).facts == case.facts


def test_facts_given_under_another_form_lie_apart(store: Store, book: Ledger) -> None:
    begun(book)
    desk = a_desk()
    changed = desk.form.model_copy(update={"digest": "0" * 64})
    book.execute(fill("purpose"), a_desk())
    book.execute(fill("people"), a_desk(form=changed))
    with store.read() as session:
        found = session.connection().exec_driver_sql(
            "SELECT a.form_digest, f.question FROM fact f JOIN answer_set a ON a.id = f.answer_set_id"
        )
        assert set(found.all()) == {(desk.form.digest, "purpose"), (changed.digest, "people")}


def test_an_answer_to_a_known_draft_asks_the_database_twice(store: Store, book: Ledger) -> None:
    """What the press needs to know, and whether the question stands."""
    begun(book)
    book.execute(fill("purpose"), a_desk())
    said: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        said.append(statement)

    if store.on_sqlite:  # by the driver itself, past which nothing goes
        event.listen(store.engine, "checkout", lambda raw, *_: raw.set_trace_callback(said.append))
    else:
        event.listen(store.engine, "before_cursor_execute", note)
    book.execute(fill("data"), a_desk())
    asked = [
        statement for statement in said if statement.startswith("SELECT") and "lock_timeout" not in statement
    ]
    assert len(asked) == 2, asked


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(any_wish(), max_size=12))
def test_a_draft_is_remembered_as_it_is_read(book: Ledger, store: Store, wishes: list[Command]) -> None:
    id = uuid4().hex
    begun(book, id)
    for wish in wishes:
        try:
            book.execute(wish.model_copy(update={"case": id, "key": uuid4().hex}), a_desk())
        except Refused:
            continue
        kept, draft = loaded(store, id), book.drafts.get(id)
        assert draft is not None
        assert draft.case == kept or kept.status is not Status.draft


def test_answers_are_kept_in_order(store: Store, book: Ledger) -> None:
    """A draft that is remembered and one that is read name its answers in the same order."""
    begun(book)
    for question in ("data", "purpose", "people"):
        book.execute(fill(question), a_desk())
    book.execute(Fill(**ON, key=key(), answers={"data": answered("public")}), a_desk())
    draft = book.drafts.get("case-1")
    assert draft is not None
    assert list(draft.case.facts) == list(loaded(store).facts)


# -- drafts that nobody goes on with


class Clocked:
    """What the clock does with drafts, as the bot lets it."""

    def __init__(self, book: Ledger, store: Store) -> None:
        self.book, self.store, self.days = book, store, 0

    @property
    def desk(self) -> Desk:
        return a_desk(now=NOW + timedelta(days=self.days, hours=4))

    def looks(self, days: int) -> None:
        self.days = days
        self.book.nudge(self.desk)
        office = SimpleNamespace(store=self.store)
        front = SimpleNamespace(office=office, do=self.book.execute)
        shelving.look(cast(Any, front), self.desk)

    def does(self, wish: Command) -> None:
        self.book.execute(wish, self.desk)

    def words(self) -> int:
        with self.store.read() as session:
            return len(session.exec(select(NudgeRow).where(NudgeRow.errand == drafts.NAME)).all())

    def row(self, case: str, kind: str = silent.ASIDE) -> DueRow:
        with self.store.read() as session:
            rows = select(DueRow).where(DueRow.subject_id == case, DueRow.kind == kind)
            found = session.exec(rows.order_by(col(DueRow.step).desc())).first()
        assert found is not None
        return found

    def is_aside(self, case: str = "case-1") -> bool:
        talk = loaded(self.store, case).talk
        return talk is not None and talk.shelved


@pytest.fixture
def clocked(store: Store, book: Ledger) -> Clocked:
    return Clocked(book, store)


def test_it_is_put_aside_two_weeks_after_its_one_word_however_late_that_was(clocked: Clocked) -> None:
    begun(clocked.book)
    clocked.looks(44)
    said = clocked.desk.day
    assert clocked.words() == 1
    for days in (44, 45, 57):
        clocked.looks(days)
        assert not clocked.is_aside()
    clocked.looks(58)
    assert clocked.is_aside()
    assert clocked.desk.day == said + drafts.SILENT


def test_what_was_taken_up_again_is_reminded_of_and_put_aside_as_before(clocked: Clocked) -> None:
    begun(clocked.book)
    for days in (16, 30):
        clocked.looks(days)
    assert clocked.is_aside()
    clocked.looks(31)
    clocked.does(resume())
    for days in (31, 44):
        clocked.looks(days)
        assert (clocked.is_aside(), clocked.words()) == (False, 1)
    for days in (45, 58):
        clocked.looks(days)
        assert (clocked.is_aside(), clocked.words()) == (False, 2)
    clocked.looks(59)
    assert clocked.is_aside()
    clocked.does(resume())
    for days in (73, 87, 101):
        clocked.looks(days)
    assert (clocked.is_aside(), clocked.words()) == (False, 2), "nothing was answered since"
    clocked.does(fill("data"))
    for days in (115, 129, 143):
        clocked.looks(days)
    assert (clocked.is_aside(), clocked.words()) == (True, 3)
    clocked.does(fill("people"))
    assert not clocked.is_aside(), "an answer takes it up as well"


@pytest.mark.parametrize("where", ["read", "carried out"])
def test_a_damaged_draft_is_put_aside_alone_and_keeps_no_other(
    clocked: Clocked, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    for case in ("case-1", "case-2"):
        begun(clocked.book, case)
    clocked.looks(16)
    whole = drafts.shelve

    def damaged(session: Any, case: str) -> Any:
        if case == "case-1":
            raise KeyError("damaged")
        return load(session, case)

    def breaks(case: Case, *rest: Any) -> Any:
        if case.id == "case-1":
            raise KeyError("damaged")
        return whole(case, *rest)

    if where == "read":
        monkeypatch.setattr(silent, "load", damaged)
    else:
        monkeypatch.setattr(drafts, "shelve", breaks)
    clocked.looks(32)
    assert (clocked.row("case-1").state, clocked.row("case-1").problem) == ("parked", "KeyError")
    assert (clocked.is_aside("case-1"), clocked.is_aside("case-2")) == (False, True)
