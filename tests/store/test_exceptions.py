"""Signatures under an exception are kept whole, and what nobody can have signed is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from store import comparing, exceptions
from store.engine import Store
from store.kept import Kept
from store.ledger import Ledger
from store.legible import Cells
from store.records import load
from store.tables import PersonRow, PlaceRow
from store.telling import told
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, CLEO, DM, EVE, GOVERNANCE, NOW, ROOT, a_desk, key
from tests.triage.test_excepting import FINDER
from triage.commands import ClaimException, ConfirmException
from triage.talking import Begin, Fill, Steer


@pytest.fixture
def confirmed(store: Store) -> Store:
    with store.write() as session:
        for person in (ANA, CLEO, EVE):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    book, case = Ledger(store), "case-1"
    book.execute(
        Begin(actor=ANA, case=case, key=key(), words="Otter for letters", place=DM, root=ROOT), a_desk()
    )
    book.execute(Fill(actor=ANA, case=case, key=key(), answers=FINDER), a_desk())
    book.execute(Steer(actor=ANA, case=case, key=key(), wish="hand_over"), a_desk())
    signs = ClaimException(actor=CLEO, case="case-1", key="claim", ground="prepares", reason="So it is.")
    book.execute(signs, a_desk())
    book.execute(ConfirmException(actor=EVE, case="case-1", key="both", claim="claim"), a_desk())
    return store


def differences(store: Store) -> list[str]:
    with store.read() as session:
        return list(comparing.differences(session, told(session)))


def kept(store: Store) -> tuple[Cells, Kept]:
    with store.read() as session:
        found = Kept(session)
    return found.decisions["case-1"]["both"], found


def test_both_signatures_are_kept(confirmed: Store) -> None:
    with confirmed.read() as session:
        case = load(session, "case-1")
    assert case is not None
    assert case.verdict is not None
    assert case.verdict.stated["signatures"] == ("2",)
    assert [(s.person, s.role) for s in case.decisions[-1].signatures] == [
        (CLEO, "risk_owner"),
        (EVE, "legal"),
    ]
    assert case.decisions[-1].basis is not None
    assert differences(confirmed) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE signature SET role = 'risk_owner' WHERE role = 'legal'",
        "UPDATE decision SET kind = 'annex_claim' WHERE kind = 'annex_rebuttal'",
        "DELETE FROM signature WHERE decision_id = 'both'",
    ],
)
def test_what_is_changed_afterwards_is_named(confirmed: Store, sentence: str) -> None:
    tamper(confirmed, sentence)
    assert differences(confirmed)


WRONG: dict[str, Callable[[Cells], Any]] = {
    "not signed by two people": lambda d: {"signatures": d["signatures"][:1]},
    "one of them as legal": lambda d: {"signatures": [[p, "risk_owner", at] for p, _, at in d["signatures"]]},
    "signs for no exception": lambda d: {"signatures": [[p, "reviewer", at] for p, _, at in d["signatures"]]},
    "cannot be read": lambda d: {"basis": None},
    "nobody claimed": lambda d: {"basis": d["basis"] | {"claim": "none"}},
    "something else than was claimed": lambda d: {"basis": d["basis"] | {"ground": "narrow_task"}},
    "not what was answered then": lambda d: {"basis": d["basis"] | {"digest": "0"}},
    "of another kind": lambda d: {"kind": "approve"},
    "one person says that": lambda d: {"kind": "annex_claim"},
}


@pytest.mark.parametrize("named", WRONG)
def test_what_nobody_can_have_signed_is_named(confirmed: Store, named: str) -> None:
    decision, known = kept(confirmed)
    results, others, facts = known.results["case-1"], known.decisions["case-1"], known.facts["case-1"]
    last = max(results.values(), key=lambda each: int(each["version"]))
    assert list(exceptions.wrong(decision, facts, last, others)) == []
    forged = decision | WRONG[named](decision)
    assert any(named in what for what in exceptions.wrong(forged, facts, last, others))


def test_a_result_that_counts_what_nobody_signed_is_named(confirmed: Store) -> None:
    _, known = kept(confirmed)
    assert list(exceptions.unsigned(known.results["case-1"], known.decisions["case-1"])) == []
    assert list(exceptions.unsigned(known.results["case-1"], {}))
