"""Random histories of reminders: people settle, put off, hand over, go away and leave, and the clock stands still.

Whatever happens: nobody hears of what is settled, nobody twice a day or while they do not work, every errand that stays
open reaches somebody in its time, and the last step ends with people.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from intake.answers import answered
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import NudgeRow, OutboxRow, PersonRow, PlaceRow
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
BY_THE_CLOCK = ("condition", "measured", "running", "overdue", "nudge")


class History:
    """One use with two conditions, five people, and a clock that jumps."""

    def __init__(self, store: Store, seed: int) -> None:
        self.chance, self.store, self.ledger = random.Random(seed), store, Ledger(store)
        self.now, self.sent = NOW, list[tuple[str, datetime]]()
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
        due = [NOW.date() + timedelta(days=self.chance.randint(1, 60)) for _ in range(2)]
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
            before = {row.id for row in session.exec(select(OutboxRow))}
            nudged = {row.id for row in session.exec(select(NudgeRow))}
        for _ in range(self.chance.choice((1, 1, 2))):
            self.ledger.nudge(self.desk)
        with self.store.read() as session:
            fresh = [
                row for row in session.exec(select(OutboxRow)) if row.id not in before and row.kind == "post"
            ]
            told = [row for row in session.exec(select(NudgeRow)) if row.id not in nudged]
        open_ = {each.name for each in self.open}
        for row in told:
            calendar = self.desk.calendar(row.person_id)
            assert row.errand in open_, "nobody hears of what is settled"
            assert calendar.opens(self.now) == self.now, "nobody while they do not work"
            assert not self.people[row.person_id].gone
            assert self.desk.away(row.person_id) is None
        for person in {row.person_id for row in told}:
            self.sent.append((person, self.now))
        assert len([row for row in fresh if row.payload.get("say") in BY_THE_CLOCK]) >= len(
            {row.person_id for row in told}
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
        elif what == "leaves" and chance.random() < 0.2:
            self.people[DAN] = replace(self.people[DAN], gone=True)
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
            self.does(Snooze(actor=keeper, **self.on(), errand=errand.name, until=until, reason="Later"))


@pytest.fixture
def stores(sqlite_databases: Databases) -> Iterator[Store]:
    store = Store(sqlite_databases.copy(), now=lambda: NOW)
    yield store
    store.close()


@pytest.mark.parametrize("seed", range(3))
def test_any_history(stores: Store, seed: int) -> None:
    history = History(stores, seed)
    opened = {each.name: each.due for each in history.open}
    while history.now < NOW + LONG:
        hop = history.chance.choice((1, 3, 8, 24, 24, 48, 90))
        history.now += timedelta(hours=hop)
        if history.chance.random() < 0.25:
            history.happens()
        opened |= {each.name: each.due for each in history.open}
        history.ticks()
    _never_two_a_day(history)
    _whatever_stays_open_reaches_somebody(history, opened)


def _never_two_a_day(history: History) -> None:
    days = Counter((person, history.desk.calendar(person).day_of(at)) for person, at in history.sent)
    assert not [each for each, count in days.items() if count > 1]


def _whatever_stays_open_reaches_somebody(history: History, opened: dict[str, date]) -> None:
    """Told to somebody, or below the card, within three weeks of each moment that its ladder names first."""
    with history.store.read() as session:
        rows = session.exec(select(NudgeRow).order_by(col(NudgeRow.at))).all()
        notes = session.exec(select(OutboxRow).where(OutboxRow.kind == "post")).all()
    below = {str(dict(note.payload.get("facts") or {}).get("what", "")) for note in notes}
    for each in history.open:
        first = steps_of(each.kind)[0]
        since = datetime.combine(each.due + timedelta(days=max(first.days, 0)), datetime.min.time(), UTC)
        if history.now - since < timedelta(days=45):
            continue
        told = [row.at for row in rows if row.errand == each.name]
        assert told or each.name in below, f"{each.name} reached nobody"
    assert opened
