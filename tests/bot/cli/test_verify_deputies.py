"""Whoever decided in somebody's place was named for it, on that day: verify holds it against what was said."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from store import absences
from store.delegated import differences
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import PersonRow
from tests.bot.cli.tampering import tamper
from tests.bot.cli.test_verify_seats import KEYS, PEOPLE
from tests.builders import ANA, BEN, CLEO, DAN, DM, EVE, NOW, a_desk, key
from triage.commands import Approve
from triage.desk import Desk
from triage.outcome import Refused
from triage.staff import Away, Colleague
from triage.talking import Begin, Fill, Submit

TODAY = NOW.date()
NAMED = Away(TODAY, TODAY + timedelta(days=6), DAN)
PLACE = {"of": BEN, "since": str(NAMED.since), "until": str(NAMED.until)}


def at(hour: int, named: Away | None = NAMED) -> Desk:
    desk = a_desk(roles=PEOPLE, now=NOW + timedelta(hours=hour))
    return replace(desk, staff=lambda person: Colleague(away=named if person == BEN else None))


def yes(actor: str, name: str) -> Approve:
    return Approve(actor=actor, case="case-3", key=name, reason="Fits.")


@pytest.fixture
def asked(register: Store) -> Store:
    """Security has to say yes, and the risk owner; Ben of security is away and named Dan."""
    with register.write() as session:
        for person in (CLEO, DAN, EVE):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
    book, on = Ledger(register), dict[str, Any](actor=ANA, case="case-3")
    book.execute(Begin(**on, key=key(), words="We keep keys in it", place=DM, root="17.case-3"), at(0))
    book.execute(Fill(**on, key=key(), answers=KEYS), at(0))
    book.execute(Submit(**on, key=key()), at(0))
    with register.write() as session:
        absences.note(session, BEN, NAMED, back=False, now=NOW)
    return register


@pytest.fixture
def deputed(asked: Store) -> Store:
    Ledger(asked).execute(yes(DAN, "yes"), at(1))
    Ledger(asked).execute(yes(CLEO, "all"), at(2))
    return asked


def test_the_register_keeps_in_whose_place(deputed: Store, steward: Any) -> None:
    with deputed.read() as session:
        case = load(session, "case-3")
    assert case is not None
    security, last = case.decisions
    assert security.delegated is not None
    assert security.delegated.model_dump(mode="json") == PLACE
    assert (last.delegated, last.rests_on) == (None, (security.id,))
    assert steward("verify")[0] == 0


def test_back_meanwhile_it_is_refused_in_the_transaction_itself(asked: Store) -> None:
    """The desk is of a moment before."""
    with asked.write() as session:
        absences.note(session, BEN, Away(TODAY, TODAY - timedelta(days=1)), back=True, now=NOW)
    with pytest.raises(Refused, match="delegation_over"):
        Ledger(asked).execute(yes(DAN, "yes"), at(1))


def test_what_was_said_before_is_told_by_the_order_of_the_trail(deputed: Store) -> None:
    """Dan said yes an hour later; a machine whose clock is behind notes only then that Ben is back."""
    with deputed.write() as session:
        over = Away(TODAY, TODAY - timedelta(days=1))
        absences.note(session, BEN, over, back=True, now=NOW + timedelta(minutes=59))
    with deputed.read() as session:
        assert list(differences(session)) == []


def test_whoever_is_named_afterwards_was_not_named(deputed: Store) -> None:
    """However close together their clocks have it."""
    tamper(deputed, f"UPDATE absence SET deputy_id = '{EVE}'")
    with deputed.write() as session:
        absences.note(session, BEN, NAMED, back=False, now=NOW + timedelta(hours=1))
    with deputed.read() as session:
        assert len(list(differences(session))) == 1


DETAIL = """UPDATE decision SET detail = '{detail}' WHERE id = 'yes:security'"""
SPOILED = [
    ("UPDATE absence SET deputy_id = NULL", "they had not named who did it"),
    ("UPDATE absence SET at = '2031-01-01T00:00:00.000000Z'", "was changed: at"),
    ("UPDATE absence SET until = '2026-12-24'", "they had named them for other days"),
    ("DELETE FROM absence", "they had not named who did it"),
    ({"of": EVE}, "made in another place than its line says"),
    ({"of": CLEO}, "for another seat, too"),
    ({"of": ANA}, "signed by who asked for it"),
    ({"until": "2026-12-24"}, "made in another place than its line says"),
    (None, "made in another place than its line says"),
]


@pytest.mark.parametrize(("spoil", "told"), SPOILED, ids=[str(spoil) for spoil, _ in SPOILED])
def test_what_nobody_was_named_for_is_named(
    deputed: Store, steward: Any, spoil: str | dict[str, str] | None, told: str
) -> None:
    if not isinstance(spoil, str):
        with deputed.read() as session:
            case = load(session, "case-3")
        assert case is not None
        kept: dict[str, Any] = {"seat": "security", "result": case.decisions[0].result}
        kept |= {"delegated": PLACE | spoil} if spoil else {}
        spoil = DETAIL.format(detail=json.dumps(kept))
    tamper(deputed, spoil)
    code, said, _ = steward("verify")
    assert code == 1
    assert told in said
