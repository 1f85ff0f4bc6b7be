"""Random histories of reminders: people settle, put off, hand over, go away and leave, and the clock stands still.

Whatever happens: nobody hears of what is settled, nobody twice a day or while they do not work, every step of what
stays open is said in its time, and each ends with people. On either side of the date line, over changes of the clock
and a leap day.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, func, select

from intake.answers import answered
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import AuditLineRow, NudgeRow, OutboxRow, PersonRow, PlaceRow
from store.trail import Record, record_of
from tests.builders import ANA, BEN, CLEO, DAN, EVE, GOVERNANCE, NOW, ROLES, a_desk, key
from tests.databases import Databases
from tests.store.test_ledger import in_review
from triage.afterwards import Change, FailCondition, Fulfil, Snooze
from triage.case import Case
from triage.commands import Approve, Command
from triage.covering import Effect
from triage.desk import Desk
from triage.errands import Errand, errands
from triage.ladders import steps_of
from triage.outcome import Refused
from triage.settling import LEAD
from triage.staff import Away, Colleague
from triage.steps import Term

ZONES = ("Europe/Berlin", "Pacific/Kiritimati", "Etc/GMT+12", "America/New_York")
LONG = timedelta(days=200)
STARTS = (NOW, datetime(2026, 10, 19, 9, tzinfo=UTC), datetime(2027, 10, 25, 9, tzinfo=UTC))
"""The second goes over both changes of the clock, the third over a leap day and the holidays at the end of a year."""
BY_THE_CLOCK = ("condition", "measured", "running", "overdue", "nudge")
SLACK = timedelta(days=24)
"""So long a step may wait: for whoever is away (20 days), a weekend with holidays, and a hop of the clock."""


class History:
    """One use with two conditions, five people, and a clock that jumps."""

    def __init__(self, store: Store, seed: int) -> None:
        self.chance, self.store, self.ledger = random.Random(seed), store, Ledger(store)
        self.now = self.start = STARTS[seed % len(STARTS)]
        self.posted = list[tuple[str, date]]()
        self.put_off = set[str]()
        self.told = list[tuple[str, int]]()
        self.people = {
            person: Colleague(
                zone=self.chance.choice(ZONES),
                country=self.chance.choice((None, "DE", "US")),
                deputy=DAN if person == ANA and self.chance.random() < 0.5 else None,
            )
            for person in (ANA, BEN, CLEO, DAN, EVE)
        }
        with store.write() as session:
            for person in self.people:
                session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
            session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="G1", kind="group"))
            session.flush()
            session.add(PlaceRow(id="L-dm", team="T", slack_channel="D1", kind="dm", person_id=ANA))
        in_review(self.ledger)
        due = [self.now.date() + timedelta(days=self.chance.randint(1, 60)) for _ in range(2)]
        terms = tuple(Term(due=each, otherwise="narrows") for each in due)
        self.does(
            Approve(actor=BEN, **self.on(), version=self.case.version, conditions=("A", "B"), terms=terms)
        )
        assert self.case.in_use

    def on(self) -> dict[str, Any]:
        return {"key": key(), "case": "case-1"}

    @property
    def case(self) -> Case:
        with self.store.read() as session:
            case = load(session, "case-1")
        assert case is not None
        return case

    @property
    def desk(self) -> Desk:
        roles = {**ROLES, LEAD: frozenset({EVE})}
        return a_desk(now=self.now, roles=roles, staff=lambda person: self.people.get(person, Colleague()))

    @property
    def open(self) -> tuple[Errand, ...]:
        return errands(self.case, self.desk)

    def does(self, command: Command) -> None:
        with suppress(Refused):
            self.ledger.execute(command, self.desk)

    def ticks(self) -> None:
        """The clock of one or two processes looks, and what it owes is told apart by what is new in the outbox."""
        with self.store.read() as session:
            owed = session.exec(select(func.max(OutboxRow.id))).one() or 0
            line = session.exec(select(func.max(AuditLineRow.seq))).one()
        open_ = {each.name for each in self.open}
        if not sum(self.ledger.nudge(self.desk) for _ in range(self.chance.choice((1, 1, 2)))):
            return
        with self.store.read() as session:
            fresh = session.exec(
                select(OutboxRow).where(col(OutboxRow.id) > owed, OutboxRow.kind == "post")
            ).all()
            told = session.exec(select(NudgeRow).where(NudgeRow.at == self.now)).all()
            new = session.exec(select(AuditLineRow.sealed).where(col(AuditLineRow.seq) > line)).all()
        said = [each for each in map(record_of, new) if each is not None and "step" in each.detail]
        for row in told:
            calendar = self.desk.calendar(row.person_id)
            assert row.errand in open_, "nobody hears of what is settled"
            assert calendar.opens(self.now) == self.now, "nobody while they do not work"
            assert not self.people[row.person_id].gone
            assert self.desk.away(row.person_id) is None
        written = [_to(row) for row in fresh if row.payload["say"] in BY_THE_CLOCK]
        assert sorted(written) == sorted({row.person_id for row in told}), "one message each"
        self.posted += [(person, self.desk.calendar(person).day_of(self.now)) for person in written]
        noted = {str(row.payload["facts"].get("what")) for row in fresh if row.payload["say"] == "card_note"}
        called = defaultdict[str, set[str]](set)
        for each in said:
            name, people = _errand(each), {str(one) for one in _list(each.detail["people"])}
            assert people or name in noted, "it ends with people"
            called[name] |= people
            self.told.append((name, int(str(each.detail["step"]))))
        for name, people in called.items():
            assert people == {row.person_id for row in told if row.errand == name}, (
                "the trail names who was written to"
            )

    def happens(self) -> None:
        """Anything that people do."""
        chance, open_ = self.chance, self.open
        what = chance.choice(
            ("settles", "puts off", "away", "leaves", "hands over", "nothing", "nothing", "fails")
        )
        errand = chance.choice(open_) if open_ else None
        keeper = self.case.owner or ANA
        if what == "away":
            person, day = chance.choice((ANA, BEN, DAN)), self.now.date()
            away = Away(day, day + timedelta(days=chance.randint(0, 20)))
            self.people[person] = replace(self.people[person], away=away)
        elif what == "leaves" and chance.random() < 0.3:
            person = chance.choice((ANA, DAN, EVE))
            self.people[person] = replace(self.people[person], gone=True)
        elif what == "hands over" and chance.random() < 0.3:
            answers = {"owner": answered(chance.choice((ANA, CLEO, EVE)))}
            version, effect = self.case.version, Effect.stands.value
            self.does(Change(actor=keeper, **self.on(), version=version, answers=answers, effect=effect))
        elif errand is not None and errand.kind == "condition":
            decision, _, number = errand.about.rpartition(":")
            about = {**self.on(), "decision": decision, "number": int(number)}
            if what == "settles" and chance.random() < 0.3:
                self.does(Fulfil(actor=keeper, **about, words="Done"))
            elif what == "fails":
                self.does(FailCondition(actor="", **about))
        if what == "puts off" and errand is not None:
            until = self.now.date() + timedelta(days=chance.randint(1, 20))
            self.put_off.add(errand.name)
            self.does(Snooze(actor=keeper, **self.on(), errand=errand.name, until=until, reason="Later"))


@pytest.fixture
def stores(sqlite_databases: Databases) -> Iterator[Store]:
    store = Store(sqlite_databases.copy(), now=lambda: NOW)
    yield store
    store.close()


@pytest.mark.parametrize("seed", range(3))
def test_any_history(stores: Store, seed: int) -> None:
    history = History(stores, seed)
    opened, moved = dict[str, date](), set[str]()
    while history.now < history.start + LONG:
        hop = history.chance.choice((3, 8, 24, 24, 48, 90))
        history.now += timedelta(hours=hop)
        if history.chance.random() < 0.25:
            history.happens()
        now = {each.name: each.due for each in history.open}
        moved |= {name for name in opened if name not in now}
        opened |= now
        history.ticks()
    assert opened
    assert not [each for each, count in Counter(history.posted).items() if count > 1], "never two a day"
    _each_step_is_said_in_its_time(history, moved)


def _each_step_is_said_in_its_time(history: History, moved: set[str]) -> None:
    """Of what stayed open all the time, and that nobody put off: those may begin anew, or later."""
    for each in history.open:
        if each.name in moved | history.put_off:
            continue
        said = {step for name, step in history.told if name == each.name}
        late = history.now.date() - SLACK
        for number, step in enumerate(steps_of(each.kind)):
            if step.days >= 0 and each.due + timedelta(days=step.days) < late:
                assert number in said, f"step {number} of {each.name} reached nobody"


def _to(row: OutboxRow) -> str:
    return row.person_id or ANA


def _list(told: object) -> list[object]:
    return told if isinstance(told, list) else []


def _errand(line: Record) -> str:
    """What a line by the clock is about, by its name."""
    for kind, said in (("condition", "condition"), ("review", "review"), ("tasks", "due")):
        if line.what.startswith(f"{kind}."):
            return f"{kind}:{line.detail[said]}"
    return str(line.detail["errand"])
