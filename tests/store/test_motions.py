"""What two people settled is kept whole, and what nobody can have settled is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from store import comparing, motions
from store.engine import Store
from store.kept import Kept
from store.ledger import Ledger
from store.legible import Cells
from store.records import load
from store.tables import PersonRow, PlaceRow
from store.telling import told
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, CLEO, DM, EVE, GOVERNANCE, NOW, ROLES, ROOT, a_desk, key
from tests.triage.test_excepting import FINDER
from triage.desk import Desk
from triage.motions import Matter, PutMotion, SecondMotion
from triage.talking import Begin, Fill, Steer

CASE = "case-1"


def desk() -> Desk:
    return a_desk(roles=ROLES | {"risk_owner": frozenset({CLEO}), "legal": frozenset({EVE})})


@pytest.fixture
def carried(store: Store) -> Store:
    """Another tier, put by the risk owner and seconded by Legal."""
    with store.write() as session:
        for person in (ANA, CLEO, EVE):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    book = Ledger(store)
    book.execute(Begin(actor=ANA, case=CASE, key=key(), words="Otter", place=DM, root=ROOT), desk())
    book.execute(Fill(actor=ANA, case=CASE, key=key(), answers=FINDER), desk())
    book.execute(Steer(actor=ANA, case=CASE, key=key(), wish="hand_over"), desk())
    put = PutMotion(actor=CLEO, case=CASE, key="put", matter=Matter.tier, value="2", reason="It is small.")
    book.execute(put, desk())
    book.execute(SecondMotion(actor=EVE, case=CASE, key="both", motion="put"), desk())
    return store


def differences(store: Store) -> list[str]:
    with store.read() as session:
        return list(comparing.differences(session, told(session)))


def kept(store: Store) -> tuple[Cells, Kept]:
    with store.read() as session:
        found = Kept(session)
    return found.decisions[CASE]["both"], found


def wrong(decision: Cells, known: Kept) -> list[str]:
    return list(motions.wrong(decision, known.decisions[CASE], known.results[CASE].values()))


def test_what_two_people_settled_is_kept_and_proves_itself(carried: Store) -> None:
    with carried.read() as session:
        case = load(session, CASE)
    assert case is not None
    assert case.verdict is not None
    assert case.verdict.stated["tier_decided"] == ("2",)
    assert [(s.person, s.role) for s in case.decisions[-1].signatures] == [
        (CLEO, "risk_owner"),
        (EVE, "legal"),
    ]
    assert differences(carried) == []


@pytest.mark.parametrize("value", ["1", "rules"])
def test_whom_the_rules_call_may_settle_it_anew_and_it_proves_itself(carried: Store, value: str) -> None:
    book = Ledger(carried)
    put = PutMotion(actor=CLEO, case=CASE, key="anew", matter=Matter.tier, value=value, reason="Anew.")
    book.execute(put, desk())
    book.execute(SecondMotion(actor=EVE, case=CASE, key="again", motion="anew"), desk())
    assert differences(carried) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE decision SET kind = 'motion' WHERE kind = 'override_tier'",
        "UPDATE decision SET reason = 'Somebody else said so.' WHERE kind = 'motion'",
        "DELETE FROM signature WHERE decision_id = 'both' AND role = 'legal'",
        "UPDATE signature SET role = 'reviewer' WHERE role = 'legal'",
        "DELETE FROM decision WHERE kind = 'motion'",
    ],
)
def test_what_is_changed_afterwards_is_named(carried: Store, sentence: str) -> None:
    if sentence.startswith("DELETE FROM decision"):
        tamper(carried, "DELETE FROM signature WHERE decision_id = 'put'")
    tamper(carried, sentence)
    assert differences(carried)


WRONG: dict[str, Callable[[Cells], Any]] = {
    "not signed by two people": lambda d: {"signatures": d["signatures"][:1]},
    "not ask": lambda d: {"signatures": [[p, "reviewer", at] for p, _, at in d["signatures"]]},
    "cannot be read": lambda d: {"basis": None},
    "nobody put": lambda d: {"basis": d["basis"] | {"claim": "none"}},
    "something else than was put": lambda d: {"basis": d["basis"] | {"ground": "tier:1"}},
    "a tier that there is not": lambda d: {"basis": d["basis"] | {"ground": "tier:7"}},
    "what was not put": lambda d: {"kind": "accept_residual_risk"},
    "not what was stated then": lambda d: {"basis": d["basis"] | {"digest": "0"}},
    "one person says that": lambda d: {"kind": "motion"},
    "on other answers": lambda d: {"result": "0"},
    "or rules": lambda d: {"policies": [*d["policies"], "gdpr 9 0"]},
}


@pytest.mark.parametrize("named", WRONG)
def test_what_nobody_can_have_settled_is_named(carried: Store, named: str) -> None:
    decision, known = kept(carried)
    assert wrong(decision, known) == []
    assert any(named in what for what in wrong(decision | WRONG[named](decision), known))


def test_whoever_is_left_out_without_having_signed_is_named(carried: Store) -> None:
    decision, known = kept(carried)
    known.decisions[CASE]["put"] |= {"seat": "privacy"}
    assert "it leaves out somebody who did not sign it" in wrong(decision, known)


def test_a_result_that_counts_what_nobody_settled_is_named(carried: Store) -> None:
    _, known = kept(carried)
    assert list(motions.unsigned(known.results[CASE], known.decisions[CASE])) == []
    assert list(motions.unsigned(known.results[CASE], {}))


def test_rules_of_ones_own_that_came_in_between_are_no_reason_to_doubt_a_tier(carried: Store) -> None:
    decision, known = kept(carried)
    assert wrong(decision | {"policies": [*decision["policies"], "own 1234 5678"]}, known) == []
