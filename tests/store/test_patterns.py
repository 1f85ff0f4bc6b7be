"""A pattern and what was recorded by it are kept whole, and what nobody can have recorded is named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from store import accord, patterns
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import PersonRow, PlaceRow
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, CLEO, DAN, DM, EVE, GOVERNANCE, NOW, ROOT, key
from tests.triage.patterns import LAST, PLAIN, SEED, desk
from triage.beforehand import (
    ConfirmPattern,
    DrawSample,
    FitsPattern,
    MisfitsPattern,
    ProposePattern,
    WithdrawPattern,
)
from triage.case import Case, DecisionKind, Status
from triage.commands import Approve, Command
from triage.confidences import Confide
from triage.desk import Desk
from triage.pattern import state
from triage.talking import Begin, Fill, Submit

SOURCE, USE = "case-1", "case-2"


def later(days: float, **change: Any) -> Desk:
    return desk(now=NOW + timedelta(days=days), **change)


def asks(book: Ledger, case: str, person: str, at: Desk, pattern: str = "") -> Case:
    wish: dict[str, Any] = {"actor": person, "case": case}
    words = "I'd like to use Otter.ai for our own meetings"
    book.execute(Begin(**wish, key=key(), words=words, place=DM, root=f"{ROOT}{case[-1]}"), at)
    book.execute(Fill(**wish, key=key(), answers=PLAIN), at)
    return book.execute(Submit(**wish, key=f"submit-{case}", pattern=pattern), at).case


@pytest.fixture
def book(store: Store) -> Ledger:
    with store.write() as session:
        for person in (ANA, BEN, CLEO, DAN, EVE):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    made = Ledger(store)
    asks(made, SOURCE, ANA, desk())
    made.execute(Approve(actor=BEN, key="yes", case=SOURCE, conditions=("No names",)), later(1))
    wish = ProposePattern(
        actor=BEN, key="p1", case=SOURCE, covers="Minutes of our own meetings", last_day=LAST, secret=SEED
    )
    made.execute(wish, later(2))
    made.execute(ConfirmPattern(actor=EVE, key="c1", case=SOURCE, pattern="p1"), later(3))
    return made


def differences(store: Store) -> list[str]:
    with store.read() as session:
        return accord.compare(session).differ


def test_recorded_kept_and_proven(book: Ledger, store: Store) -> None:
    case = asks(book, USE, DAN, later(4), "p1")
    assert (case.status, case.ref) == (Status.approved_with_conditions, "AIU-2026-0002")
    with store.read() as session:
        kept, (known,) = load(session, USE), patterns.of_use(session, SOURCE)
        source = load(session, SOURCE)
    assert kept is not None
    assert kept.decision is not None
    assert kept.decision.kind is DecisionKind.by_pattern
    assert kept.decision.under == case.decision.under if case.decision else False
    assert kept.decision.conditions == ("No names",)
    assert source is not None
    assert source.patterns == (known.pattern,)
    assert state(known, later(4).day) == "in_force"
    assert differences(store) == []


def test_without_its_acceptance_people_decide(book: Ledger, store: Store) -> None:
    assert asks(book, USE, DAN, later(4)).status is Status.in_review
    assert differences(store) == []


ENDS: dict[str, Command] = {
    "withdrawn": WithdrawPattern(actor=EVE, key="w1", case=SOURCE, pattern="p1", reason="Too wide"),
}


def test_withdrawn_it_records_nothing_more_and_what_it_recorded_stands(book: Ledger, store: Store) -> None:
    asks(book, USE, DAN, later(4), "p1")
    book.execute(ENDS["withdrawn"], later(5))
    assert asks(book, "case-3", DAN, later(6), "p1").status is Status.in_review
    with store.read() as session:
        stands = load(session, USE)
    assert stands is not None
    assert stands.in_use
    assert differences(store) == []


def test_looked_at_and_stopped_by_two_that_did_not_fit(book: Ledger, store: Store) -> None:
    for number in (2, 3):
        case = f"case-{number}"
        asks(book, case, DAN, later(4), "p1")
        draw = DrawSample(actor="", key=f"draw:{number}", case=case, pattern="p1")
        with store.read() as session:
            known = load(session, case)
        assert known is not None
        step = known.pattern_steps[-1].id if known.pattern_steps else f"draw:{number}:drawn"
        book.execute(draw, later(5))
        looked = MisfitsPattern(actor=EVE, key=f"m{number}", case=case, step=step, reason="Customers")
        assert book.execute(looked, later(6)).case.status is Status.in_review
    with store.read() as session:
        (known_now,) = patterns.of_tool(session, "otter")
    assert (known_now.misfits, state(known_now, later(6).day)) == (2, "suspended")
    assert asks(book, "case-4", DAN, later(7), "p1").status is Status.in_review
    assert differences(store) == []


def test_looked_at_and_it_fits(book: Ledger, store: Store) -> None:
    asks(book, USE, DAN, later(4), "p1")
    book.execute(DrawSample(actor="", key="draw:1", case=USE, pattern="p1"), later(5))
    with store.read() as session:
        known = load(session, USE)
    assert known is not None
    step = known.pattern_steps[-1].id
    assert book.execute(FitsPattern(actor=EVE, key="f1", case=USE, step=step), later(6)).case.in_use
    assert differences(store) == []


PERSON = (
    "INSERT INTO signature (decision_id, person_id, role, signed_at)"
    " VALUES ('submit-case-2', 'P-ben', 'reviewer', '{at}')"
)


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        (PERSON.format(at=NOW.isoformat()), "signed, though its yes is that of the two"),
        ("UPDATE pattern_step SET kind = 'refused' WHERE id = 'c1'", "nobody had confirmed"),
        ("UPDATE pattern_step SET \"by\" = 'P-ben' WHERE id = 'c1'", "confirmed by who proposed it"),
        ("UPDATE pattern SET \"by\" = 'P-ana' WHERE id = 'p1'", "made by who asked"),
        ("UPDATE pattern_step SET role = 'auditor' WHERE id = 'c1'", "a role that does not decide"),
        ("UPDATE pattern SET last_day = '2026-11-01' WHERE id = 'p1'", "after the last day"),
        ("UPDATE pattern SET months = 3 WHERE id = 'p1'", "holds for another time"),
        (
            'UPDATE pattern SET limits = \'[{"question": "data", "answers": ["public"]}]\'',
            "not within its pattern",
        ),
        ('UPDATE pattern SET sampling = \'{"every": 1, "seed": "x", "misfits": 2}\'', "what the lot says"),
        ("UPDATE pattern SET covers = 'Anything' WHERE id = 'p1'", "the pattern p1 was changed"),
        ("DELETE FROM pattern_step WHERE id = 'c1'", "the step of a pattern c1 is missing"),
        (
            "UPDATE decision SET superseded_by = NULL, kind = 'approve' WHERE id = 'submit-case-2'",
            "was changed: kind",
        ),
    ],
)
def test_what_cannot_have_been_is_named(book: Ledger, store: Store, sentence: str, what: str) -> None:
    asks(book, USE, DAN, later(4), "p1")
    tamper(store, sentence)
    assert any(what in said for said in differences(store)), differences(store)


def test_nothing_of_a_pattern_is_ever_changed(book: Ledger, store: Store) -> None:
    for table in ("pattern", "pattern_step"):
        with pytest.raises(Exception, match="kept as they are"), store.write() as session:
            session.connection().exec_driver_sql(f"UPDATE {table} SET role = 'legal'")


def test_of_a_source_that_is_confidential_now_only_the_name_is_told_and_nothing_is_recorded(
    store: Store, book: Ledger
) -> None:
    book.execute(Confide(actor=ANA, key="closed", case=SOURCE), later(4))
    with store.read() as session:
        for (known,) in (
            patterns.every(session),
            patterns.of_tool(session, "otter"),
            patterns.named(session, ["p1"]),
        ):
            assert (known.pattern.covers, known.pattern.limits, known.pattern.clauses) == ("", (), ())
            assert state(known, later(4).day) == "withdrawn"
            assert known.name == "AIU-2026-0001-P1"
        (own,) = patterns.of_use(session, SOURCE)
        assert own.pattern.covers, "whoever reads the source reads this"
    assert asks(book, USE, DAN, later(5), "p1").status is Status.in_review
