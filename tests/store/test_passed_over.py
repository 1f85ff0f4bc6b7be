"""Steps that somebody cannot hear, parts of people who left, and what was promised: nothing of it is lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from bot.slack.staff import AT_ONCE, Ties
from intake.answers import answered
from store import due, employees, leaving
from store.counting import COUNTING
from store.employees import Employee
from store.engine import Store
from store.ledger import Ledger
from store.staff import staff
from store.tables import AppointmentRow, DueRow, NudgeRow, PersonRow, UseRow
from tests.builders import ANA, BEN, CLEO, DAN, EVE, LOW, NOW, ROLES, a_desk, key
from tests.store.test_ledger import book, in_review, play, verified  # noqa: F401
from triage.afterwards import Change, Snooze
from triage.claims import TakeOver
from triage.commands import Approve, Disclose
from triage.desk import Desk
from triage.settling import LEAD
from triage.staff import Away, Colleague
from triage.steps import Term

DUE = date(2026, 12, 4)
CONDITION = "condition:"


def desk(day: date | None = None, **people: Colleague) -> Desk:
    ids = {"ana": ANA, "ben": BEN, "cleo": CLEO, "dan": DAN, "eve": EVE}
    known = {ids[name]: colleague for name, colleague in people.items()}
    now = datetime(day.year, day.month, day.day, 10, tzinfo=NOW.tzinfo) if day else NOW
    roles = {**ROLES, LEAD: frozenset({CLEO})}
    return a_desk(now=now, roles=roles, staff=lambda person: known.get(person, Colleague()))


def bound(book: Ledger) -> None:  # noqa: F811
    in_review(book)
    wish: dict[str, Any] = {"actor": BEN, "case": "case-1", "key": key()}
    play(book, Approve(**wish, conditions=("Tell them",), terms=(Term(due=DUE),)))


def rows(store: Store, state: str) -> list[DueRow]:
    with store.read() as session:
        wanted = select(DueRow).where(col(DueRow.kind).startswith(CONDITION), DueRow.state == state)
        return list(session.exec(wanted.order_by(col(DueRow.step))).all())


def told(store: Store) -> list[tuple[str, int]]:
    with store.read() as session:
        wanted = select(NudgeRow).where(col(NudgeRow.errand).startswith(CONDITION))
        return [(row.person_id, row.step) for row in session.exec(wanted.order_by(col(NudgeRow.step)))]


def test_a_step_for_somebody_away_is_passed_over_and_the_next_is_not_lost(book: Ledger, store: Store) -> None:  # noqa: F811
    """Ana is away for longer than it takes until those who decide hear of it: they hear in their own time."""
    bound(book)
    away = Colleague(away=Away(NOW.date(), date(2027, 6, 1)))
    steps = []
    for week in range(20):
        book.nudge(desk(DUE + timedelta(days=7 * week), ana=away))
        steps.append([row.step for row in rows(store, "waiting")])
    assert all(len(waiting) <= 1 for waiting in steps)
    assert told(store) == [(CLEO, 4)], (
        "whoever leads, at the last step; nothing went to Ana, nor was it kept for her"
    )
    assert [row.step for row in rows(store, "done")] == [0, 1, 2, 3, 4]
    assert verified(store)


def test_a_word_that_was_promised_is_kept_after_it_was_handed_over(book: Ledger, store: Store) -> None:  # noqa: F811
    """Ana put it off; whoever answers for it now hears of it, on the next working day and by the promise."""
    bound(book)
    book.nudge(desk(date(2026, 11, 30)))
    assert told(store) == [(ANA, 0)]
    (name,) = {row.kind for row in rows(store, "done")}
    snooze = Snooze(
        actor=ANA, key=key(), case="case-1", errand=name, until=date(2026, 12, 10), reason="A fair"
    )
    monday = desk(date(2026, 11, 30))
    play(book, snooze, desk=monday)
    change = Change(actor=ANA, key=key(), case="case-1", answers={"owner": answered(DAN)}, effect="stands")
    play(book, change, desk=monday)
    for day in range(1, 12):
        book.nudge(desk(date(2026, 11, 30) + timedelta(days=day)))
    people = [person for person, _ in told(store)]
    assert people[0] == ANA
    assert set(people[1:]) == {DAN}
    assert len(people) >= 3, "once as it is theirs now, and once on the promised day"


def test_facts_that_were_put_off_are_not_asked_for_with_those_of_another_use(
    book: Ledger,  # noqa: F811
    store: Store,
) -> None:
    """Neither the promise nor the next step of the one that was put off comes before its day."""
    answers = {name: answer for name, answer in LOW.items() if name != "data"}
    for use, day in (("one", 24), ("two", 25)):
        named: dict[str, Any] = {"source_map": "m", "source_id": use, "title": use, "unit": "Sales"}
        play(book, Disclose(actor="", key=key(), case=use, **named, answers=answers))
        play(book, TakeOver(actor=ANA, key=key(), case=use), desk=desk(date(2026, 11, day)))
    until = date(2026, 12, 4)
    snooze = Snooze(actor=ANA, key=key(), case="one", errand="facts:open", until=until, reason="A fair")
    play(book, snooze, desk=desk(date(2026, 11, 30)))

    def asked(day: int) -> list[str]:
        book.nudge(desk(date(2026, 12, day)))
        with store.read() as session:
            return sorted(session.exec(select(NudgeRow.use_id)).all())

    assert [asked(2), asked(3)] == [["two"]] * 2
    assert "one" in asked(4)


def test_a_part_of_somebody_who_left_is_looked_at_at_once(book: Ledger, store: Store) -> None:  # noqa: F811
    """Not only with the next wish in that use; in parts, however many there are, and once for each time they left."""
    bound(book)
    book.nudge(desk())
    with store.write() as session:
        session.add(
            AppointmentRow(
                id="named", use_id="case-1", part="monitor", kind="named", person_id=EVE, by=ANA, at=NOW,
                version=9,
            )
        )  # fmt: skip
        for row in session.exec(select(DueRow)).all():
            session.delete(row)
        eve = session.get_one(PersonRow, EVE)
        eve.deleted, eve.gone_at = True, NOW
        session.add(eve)
        session.flush()
        for _ in range(3):
            leaving.note(session, EVE, now=NOW)
        assert len(session.exec(select(DueRow)).all()) == 1
        assert leaving.owners(session, EVE) == {ANA}
    book.nudge(desk(NOW.date() + timedelta(days=2), eve=Colleague(gone=True, left=NOW)))
    assert [row.kind.partition(":")[0] for row in rows(store, "waiting")] == ["condition"]


def test_every_desk_knows_that_an_owner_left(book: Ledger, store: Store) -> None:  # noqa: F811
    """Also one who holds no role and was asked for no part; of what is over nobody has to know."""
    in_review(book)
    with store.write() as session:
        ana = session.get_one(PersonRow, ANA)
        ana.deleted, ana.gone_at = True, NOW
        session.add(ana)
        session.flush()
        known = staff(session, ())
        assert known[ANA].gone
        assert DAN not in known
        use = session.get_one(UseRow, "case-1")
        use.state = "retired"
        session.add(use)
        session.flush()
        assert ANA not in staff(session, ())


def test_the_next_moment_is_that_of_a_use_or_of_an_incident(store: Store) -> None:
    with store.write() as session:
        assert due.next_at(session) is None
        for days, kind, state in ((1, "use", "done"), (3, "use", "waiting"), (2, "incident", COUNTING)):
            at = NOW + timedelta(days=days)
            session.add(
                DueRow(id=state, subject_kind=kind, subject_id="x", kind=state, due_at=at, state=state)
            )
        session.flush()
        assert due.next_at(session) == NOW + timedelta(days=2)


def test_whoever_was_asked_for_longest_ago_is_asked_for_first(store: Store) -> None:
    """Slack counts these calls: among more than are asked at once, nobody waits for ever."""
    asked: list[str] = []
    clock = [0.0]

    class Client:
        def users_info(self, user: str) -> Any:
            asked.append(user)
            return {"user": {}}

    class Directory:
        def user(self, person: str) -> str:
            return person

    people = [f"P{number:03}" for number in range(AT_ONCE + 5)]
    with store.write() as session:
        rows = [Employee(email="somebody@example.com")]
        employees.take(session, employees.compared(session, rows), whole=True, now=NOW)
    ties = Ties(store, Client(), Directory(), lambda: clock[0])  # type: ignore[arg-type]
    for moment in (100.0, 4100.0):
        clock[0] = moment
        ties.look(people)
    assert {*asked} == {*people}, "those who were asked for once come after those who never were"
    assert len(asked) == 2 * AT_ONCE
