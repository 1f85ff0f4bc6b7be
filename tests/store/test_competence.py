"""The matrix of gaps, counted by hand: trainings and skills, by unit and role."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from store import aims, competence, trained
from store.employees import Employee, compared, take
from store.engine import Store
from tests.builders import ANA, BEN, CLEO, DAN, NOW
from tests.store.test_training import DAY, desk, needs
from tests.store.test_training import session_of as session_of
from triage.aims.entry import Entry, Said
from triage.aims.matrix import Cell
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry
from triage.desk import Desk
from triage.outcome import Refused


def at(days: int = 0) -> Desk:
    return desk(days, reviewer=frozenset({ANA, CLEO, DAN}), executive=frozenset({DAN}))


def skills(session: Session, role: str = "reviewer") -> Entry:
    said: dict[str, Said] = {"title": "Reads an impact assessment", "role": role, "skills": ("Reading",)}
    about = {"actor": BEN, "key": "s", "entry": "s", "kind": "competence", "said": said}
    made = aims.carry_out(session, DraftEntry.model_validate(about), at())
    return aims.carry_out(session, ApproveEntry(actor=DAN, key="y", entry="s", draft=1), at()) or made


def notes(session: Session, act: str, whose: str, by: str = BEN, days: int = 0, **said: Said) -> Entry:
    known = aims.load(session, "s")
    assert known is not None
    more: dict[str, Said] = {"record": "experience", "evidence": "Two years"} if act == "has_it" else {}
    more |= {"because": "New"} if act == "lacks_it" else {}
    about = {"actor": by, "key": f"a{known.version}", "entry": "s", "act": act, "seen": known.version}
    wish = ActOnEntry.model_validate({**about, "said": {"whose": whose, **more, **said}})
    return aims.carry_out(session, wish, at(days))


def works_in(session: Session, **units: str) -> None:
    numbers = {ANA: 0, BEN: 1, CLEO: 2, DAN: 3}
    people = {"ana": ANA, "ben": BEN, "cleo": CLEO, "dan": DAN}
    told = [
        Employee(email=f"{name}@example.com", slack_user=f"U{numbers[people[name]]}", unit=unit)
        for name, unit in units.items()
    ]
    take(session, compared(session, told), whole=True, now=NOW)


def row(unit: str, ref: str, title: str, *counts: int) -> Cell:
    people, has, late, waits = counts
    about = {"unit": unit, "role": "reviewer", "needs": ref, "title": title}
    return Cell.model_validate({**about, "people": people, "has": has, "late": late, "waits": waits})


def test_gaps_by_unit_and_role_are_what_counting_by_hand_finds(session_of: Store) -> None:
    with session_of.write() as session:
        works_in(session, ana="Sales", cleo="Sales", dan="People")
        known, wanted = needs(session), skills(session)
        for person, ago in ((ANA, 0), (CLEO, 40)):
            trained.note(session, "asked", known, person, DAY - timedelta(days=ago), now=NOW)
        trained.note(session, "done", known, ANA, DAY, by=ANA, now=NOW)
        notes(session, "has_it", ANA)
        notes(session, "has_it", CLEO, until=(DAY + timedelta(days=5)).isoformat())
        notes(session, "lacks_it", DAN)
        basics, reads = (known.ref, "Basics"), (wanted.ref, "Reads an impact assessment")
        people = (row("People", *basics, 1, 0, 0, 0), row("People", *reads, 1, 0, 0, 0))
        before = {*people, row("Sales", *basics, 2, 1, 1, 0), row("Sales", *reads, 2, 2, 0, 0)}
        assert set(competence.gaps(session, at())) == before
        assert [each.gap for each in competence.gaps(session, at())][:2] == [1, 1]
        later = {*people, row("Sales", *basics, 2, 1, 1, 0), row("Sales", *reads, 2, 1, 1, 0)}
        assert set(competence.gaps(session, at(6))) == later, "a record runs out"
        visiting = replace(at(), visitors=frozenset({CLEO}))
        assert sum(each.people for each in competence.gaps(session, visiting)) == 4


def test_a_later_word_counts_and_nobody_says_it_of_themselves(session_of: Store) -> None:
    with session_of.write() as session:
        skills(session, role="governance_lead")
        notes(session, "has_it", BEN, by=CLEO)
        (cell,) = competence.gaps(session, at())
        assert (cell.people, cell.has) == (2, 1)
        notes(session, "lacks_it", BEN, by=CLEO)
        (cell,) = competence.gaps(session, at())
        assert cell.has == 0
        with pytest.raises(Refused, match="skills_own"):
            notes(session, "has_it", BEN, by=BEN)
