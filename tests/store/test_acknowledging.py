"""Who was asked to read what, and who did: once, of the version that counts, and proven by the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from bot.proof import prove
from store import acknowledged, acknowledging, aims, readers, to_read
from store.employees import Employee, compared, take
from store.engine import Store
from store.tables import AcknowledgedRow, DueRow, OutboxRow, PersonRow
from store.to_read import asked_of
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, CLEO, DAN, NOW, a_desk, apart
from triage.aims.acknowledging import KIND, Turnout, call_id
from triage.aims.entry import Entry, Said
from triage.aims.wishes import ApproveEntry, DraftEntry
from triage.desk import Desk
from triage.outcome import Refused

HELD = {"governance_lead": frozenset({BEN}), "executive": frozenset({CLEO}), "reviewer": frozenset({ANA})}
ID = "policy:ai"


def desk(**later: float) -> Desk:
    return a_desk(roles=HELD, now=NOW + timedelta(**later))


def counts(session: Session, text: str = "A person answers for it.") -> Entry:
    known = aims.load(session, ID)
    seen = len(known.drafts) if known else 0
    said = {"title": "AI policy", "text": text, "since": "2026-05-04"}
    wish = DraftEntry(actor=BEN, key=f"d{seen}", entry=ID, kind="policy", name="ai", said=said, seen=seen)
    aims.carry_out(session, wish, desk())
    return aims.carry_out(session, ApproveEntry(actor=CLEO, key=f"y{seen}", entry=ID, draft=seen + 1), desk())


def asks(session: Session, policy: Entry, **said: Said) -> Entry:
    about: Mapping[str, Said] = {"title": "AI policy", "policy": policy.id, "everybody": "yes", "days": "14"}
    known = aims.load(session, call_id(policy))
    seen = len(known.drafts) if known else 0
    wish = DraftEntry(
        actor=BEN,
        key=f"c{seen}",
        entry=call_id(policy),
        kind=KIND,
        name="ai",
        said={**about, **said},
        seen=seen,
    )
    return aims.carry_out(session, wish, desk())


@pytest.fixture
def session_of(store: Store) -> Store:
    with store.write() as session:
        for number, person in enumerate((ANA, BEN, CLEO, DAN)):
            row = PersonRow(id=person, team="T", slack_user=f"U{number}", name=person, updated_at=NOW)
            session.add(row)
        session.flush()
        filed = [
            Employee(email=f"{n}@example.com", slack_user=f"U{n}", unit=u)
            for n, u in ((0, "Sales"), (3, "IT"))
        ]
        take(
            session,
            compared(session, [*filed, Employee(email="x@example.com", unit="IT")]),
            whole=True,
            now=NOW,
        )
    return store


def looks(session: Session, at: Desk) -> None:
    """Every row that fell due by then, once."""
    rows = session.exec(select(DueRow).where(DueRow.state == "waiting", DueRow.due_at <= at.now)).all()
    for row in rows:
        if row.subject_kind in (acknowledged.SUBJECT, "to_read"):
            acknowledging.look(session, row, at, lambda person: None)
    session.flush()


def passes(session: Session, first: int, last: int) -> None:
    """Every hour of these."""
    for hour in range(first, last):
        looks(session, desk(hours=hour))


def owed(session: Session) -> list[str]:
    rows = session.exec(select(OutboxRow).where(OutboxRow.subject_kind == acknowledged.SUBJECT))
    return sorted(str(row.person_id) for row in rows if row.kind == "post")


def turnout(session: Session, policy: Entry) -> Turnout:
    call = aims.load(session, call_id(policy))
    assert call is not None
    found = readers.turnout(session, call, policy, desk())
    assert found is not None
    return found


def test_the_same_is_never_noted_twice(session_of: Store) -> None:
    with session_of.write() as session:
        policy = counts(session)
        done = [acknowledged.note(session, "read", policy, 1, ANA, now=NOW) for _ in range(2)]
        assert done == [True, False]
        assert len(session.exec(select(AcknowledgedRow)).all()) == 1


def test_two_presses_record_once_whatever_they_say(session_of: Store) -> None:
    with session_of.write() as session:
        policy = counts(session)
        assert [to_read.accept(session, policy, 1, ANA, desk()) for _ in range(2)] == [True, False]


def test_only_the_version_that_counts_is_read(session_of: Store) -> None:
    with session_of.write() as session:
        counts(session)
        policy = counts(session, "Another text")
        with pytest.raises(Refused, match="entry_moved"):
            to_read.accept(session, policy, 1, ANA, desk())


def test_everybody_of_the_file_is_asked_once_and_who_is_not_in_slack_is_counted(session_of: Store) -> None:
    with session_of.write() as session:
        policy = counts(session)
        asks(session, policy)
        passes(session, 0, 100)
        assert owed(session) == sorted((ANA, DAN))
        found = turnout(session, policy)
        assert (found.read, len(found.readers), found.unfound) == (0, 2, 1)
        assert found.by_unit() == (("IT", 0, 1), ("Sales", 0, 1))


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ({"everybody": "no", "units": ("sales",)}, {ANA}),
        ({"everybody": "no", "role": "executive"}, {CLEO}),
        ({"everybody": "no", "role": "executive", "units": ("Sales",)}, {ANA, CLEO}),
        ({"everybody": "yes", "role": "executive"}, {ANA, CLEO, DAN}),
        ({"everybody": "no", "channels": ("L1",)}, set()),
    ],
)
def test_who_is_in_a_group(session_of: Store, said: dict[str, Said], whom: set[str]) -> None:
    with session_of.write() as session:
        policy = counts(session)
        units = a_desk().organisation.model_copy(update={"units": ()})
        call = asks(session, policy)
        steps = (
            *call.steps[:-1],
            call.steps[-1].model_copy(update={"detail": {**call.steps[-1].detail, **said}}),
        )
        made = Entry(id=call.id, kind=call.kind, name=call.name, ref=call.ref, steps=steps)
        assert set(readers.group(session, made, a_desk(roles=HELD, organisation=units))) == whom


@pytest.mark.parametrize("kind", ["outsiders", "visitors"])
def test_who_could_never_say_so_is_not_asked(session_of: Store, kind: str) -> None:
    with session_of.write() as session:
        policy = counts(session)
        call = asks(session, policy)
        without = apart(desk(), kind, ANA)
        assert set(readers.group(session, call, without)) == {DAN}
        found = readers.turnout(session, call, policy, without)
        assert found is not None
        assert [each.person for each in found.readers] == [DAN]
        looks(session, desk())
        rows = session.exec(select(DueRow).where(DueRow.subject_kind == "to_read")).all()
        for row in rows:
            acknowledging.look(session, row, apart(desk(), kind, ANA), lambda person: None)
        mine = [row.state == "dropped" for row in rows if row.subject_id.endswith(ANA)]
        assert mine == [True], "also before the group is looked at again"
        assert sum(row.state == "dropped" for row in rows) == 1


def test_who_left_is_in_no_group_also_where_slack_is_not_asked(session_of: Store) -> None:
    with session_of.write() as session:
        call = asks(session, counts(session))
        session.get_one(PersonRow, ANA).gone_at = NOW
        session.flush()
        assert set(readers.group(session, call, desk())) == {DAN}


def test_who_has_read_it_is_asked_no_more(session_of: Store) -> None:
    with session_of.write() as session:
        policy = counts(session)
        acknowledged.note(session, "read", policy, 1, ANA, now=NOW)
        asks(session, policy)
        passes(session, 0, 100)
        assert owed(session) == [DAN]


def test_who_leaves_the_group_is_left_alone_and_asked_when_they_are_back(session_of: Store) -> None:
    with session_of.write() as session:
        policy = counts(session)
        asks(session, policy)
        looks(session, desk())
        asks(session, policy, everybody="no", role="reviewer")
        passes(session, 1, 100)
        assert owed(session) == [ANA]
        asks(session, policy)
        passes(session, 100, 200)
        assert owed(session) == sorted((ANA, DAN))


def test_another_version_brings_back_nobody_who_was_done_with_the_last(session_of: Store) -> None:
    with session_of.write() as session:
        policy = counts(session)
        asks(session, policy)
        looks(session, desk())
        acknowledged.note(session, "read", policy, 1, ANA, now=NOW)
        passes(session, 1, 100)
        dropped = select(DueRow).where(DueRow.subject_kind == "to_read", DueRow.state == "dropped")
        (row,) = session.exec(dropped).all()
        assert asked_of(row.subject_id).person == ANA
        said = {"title": "AI policy", "text": "Only a draft.", "since": "2026-05-04"}
        wish = DraftEntry(actor=BEN, key="d1", entry=ID, kind="policy", name="ai", said=said, seen=1)
        aims.carry_out(session, wish, desk(hours=100))
        session.expire_all()
        assert session.exec(dropped).all() == [row]


def test_a_row_is_never_changed_and_the_trail_proves_it(session_of: Store) -> None:
    with session_of.write() as session:
        policy = counts(session)
        to_read.accept(session, policy, 1, ANA, desk())
    with session_of.write() as session:
        change = update(AcknowledgedRow).values(version=2)
        with pytest.raises(DBAPIError):
            session.connection().execute(change)
        session.rollback()
    with session_of.read() as session:
        assert prove(session).ok


@pytest.mark.parametrize(
    "changed",
    [
        "UPDATE acknowledged SET version = 2",
        f"UPDATE acknowledged SET person_id = '{DAN}'",
        "DELETE FROM acknowledged",
    ],
)
def test_what_was_changed_behind_its_back_is_named(session_of: Store, changed: str) -> None:
    with session_of.write() as session:
        policy = counts(session)
        to_read.accept(session, policy, 1, ANA, desk())
    tamper(session_of, changed)
    with session_of.read() as session:
        assert list(acknowledged.differences(session))
