"""What several have to say yes to was approved by nobody alone: each yes is held, and so is what rests on it."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot import keeping
from bot.library import library
from intake.answers import answered
from store import expiring
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import PersonRow
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, CLEO, DM, EVE, LOW, NOW, a_desk, key
from triage.case import DecisionKind, Status
from triage.commands import Approve
from triage.desk import Desk
from triage.talking import Begin, Fill, Submit

KEYS = LOW | {"data": answered("secrets_credentials")}
PEOPLE = {"risk_owner": frozenset({CLEO}), "security": frozenset({BEN, EVE})}


LAST = NOW.date() + timedelta(days=90)


def at(hour: int) -> Desk:
    return a_desk(roles=PEOPLE, now=NOW + timedelta(hours=hour))


@pytest.fixture
def by_two(register: Store) -> Store:
    """Security said yes on a condition, then the risk owner, which decided."""
    with register.write() as session:
        for person in (CLEO, EVE):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
    book, on = Ledger(register), dict[str, Any](actor=ANA, case="case-3")
    book.execute(Begin(**on, key=key(), words="We keep keys in it", place=DM, root="17.case-3"), at(0))
    book.execute(Fill(**on, key=key(), answers=KEYS), at(0))
    book.execute(Submit(**on, key=key()), at(0))
    security = Approve(actor=BEN, case="case-3", key="yes", reason="Safe.", conditions=("Turn keys over.",))
    security = security.model_copy(update={"valid_until": LAST})
    book.execute(security, at(1))
    book.execute(Approve(actor=CLEO, case="case-3", key="all", reason="Needed."), at(2))
    return register


def test_the_register_keeps_each_yes_and_what_rests_on_it(by_two: Store, steward: Any) -> None:
    with by_two.read() as session:
        case = load(session, "case-3")
    assert case is not None
    assert case.status is Status.approved_with_conditions
    security, last = case.decisions
    assert (security.kind, security.seat, security.conditions) == (
        DecisionKind.sign_off,
        "security",
        ("Turn keys over.",),
    )
    assert (last.seat, last.rests_on, last.conditions) == ("risk_owner", (security.id,), ("Turn keys over.",))
    assert steward("verify")[0] == 0
    keeping.keep(by_two, library())
    said = steward("explain", case.ref)[1]
    assert "for the seat of security" in said
    assert f"resting on {security.id}" in said


def test_the_earliest_of_their_days_ends_it_and_no_single_yes_ends_by_itself(by_two: Store) -> None:
    with by_two.read() as session:
        case = load(session, "case-3")
        ends = expiring.over(session, LAST + timedelta(days=1))
    assert case is not None
    assert [each.valid_until for each in case.decisions] == [LAST, LAST]
    assert [each.decision for each in ends] == ["all"]


def test_one_of_two_leaves_it_where_it_was(register: Store, steward: Any) -> None:
    with register.write() as session:
        session.add(PersonRow(id=CLEO, team="T", slack_user=f"U{CLEO}", updated_at=NOW))
    book, on = Ledger(register), dict[str, Any](actor=ANA, case="case-3")
    book.execute(Begin(**on, key=key(), words="We keep keys in it", place=DM, root="17.case-3"), at(0))
    book.execute(Fill(**on, key=key(), answers=KEYS), at(0))
    book.execute(Submit(**on, key=key()), at(0))
    book.execute(Approve(actor=BEN, case="case-3", key="yes", reason="Safe."), at(1))
    with register.read() as session:
        case = load(session, "case-3")
    assert case is not None
    assert case.status is Status.in_review
    assert steward("verify")[0] == 0
    keeping.keep(register, library())
    said = steward("explain", case.ref)[1]
    assert "a yes is needed from: risk owner (step 1 by seat-risk-owner), security" in said


FORGED = [
    ({"rests_on": []}, "nobody signed it as security, which its result asks for"),
    ({"rests_on": ["nothing"]}, "it rests on a yes that nobody gave"),
    ({"rests_on": ["decided"]}, "it rests on a yes that nobody gave"),
    ({"seat": "security"}, "nobody signed it as risk_owner, which its result asks for"),
]


@pytest.mark.parametrize(("change", "told"), FORGED, ids=[str(change) for change, _ in FORGED])
def test_what_rests_on_less_is_named(by_two: Store, steward: Any, change: dict[str, Any], told: str) -> None:
    with by_two.read() as session:
        case = load(session, "case-3")
    assert case is not None
    detail = {"seat": "risk_owner", "rests_on": [case.decisions[0].id]} | change
    detail = {name: said for name, said in detail.items() if said}
    tamper(by_two, f"UPDATE decision SET detail = '{json.dumps(detail)}' WHERE id = 'all'")
    code, said, _ = steward("verify")
    assert code == 1
    assert told in said
    assert "the decision all was changed: " in said


SPOILED = [
    ("UPDATE decision SET facts_digest = 'x' WHERE id = 'yes:security'", "it rests on a yes to other answers or rules"),
    ("UPDATE decision SET kind = 'decline' WHERE id = 'yes:security'", "it rests on a yes that nobody gave"),
    ("UPDATE decision SET decided_at = '2031-01-01T00:00:00.000000Z' WHERE id = 'yes:security'", "came later"),
    ("UPDATE signature SET role = 'reviewer' WHERE decision_id = 'yes:security'", "nobody signed it as security"),
    (f"UPDATE signature SET person_id = '{CLEO}' WHERE decision_id = 'yes:security'", "for another seat, too"),
    ("UPDATE decision SET detail = '{}' WHERE id = 'yes:security'", "signed for a seat that its result does not call"),
    (
        """UPDATE decision SET detail = '{"seat": "security", "asked_for": ["Turn keys over."], "result": "x"}'
        WHERE id = 'yes:security'""",
        "said to another result than there was then",
    ),
    (
        "UPDATE decision SET reason = '' WHERE id = 'yes:security'",
        "the decision yes:security: approves without the reason that its result asks for",
    ),
    ("DELETE FROM condition", "is not among its own"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "told"), SPOILED, ids=[told for _, told in SPOILED])
def test_a_yes_that_was_spoiled_is_named(by_two: Store, steward: Any, spoil: str, told: str) -> None:
    tamper(by_two, spoil)
    code, said, _ = steward("verify")
    assert code == 1
    assert told in said
