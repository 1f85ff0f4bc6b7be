"""`steward notice`: the draft on standard output, what to do with it beside; nothing of what is not approved."""

from __future__ import annotations

from typing import Any

from store.engine import Store
from store.ledger import Ledger
from tests.builders import ANA, a_desk
from triage.confidences import Confide

REF = "AIU-2026-0002"


def test_it_is_printed_to_be_copied(steward: Any, register: Store) -> None:
    code, out, beside = steward("notice", "aiu-2026-0001")
    assert code == 0
    assert out.startswith("How we use ")
    assert "I send it to nobody" in beside
    code, out, beside = steward("notice", "aiu-2026-0001", "--for", "affected", "--language", "fr")
    assert code == 0
    assert out.startswith("Nous utilisons ici l'intelligence artificielle")
    assert "[comment contester, ou demander qu'une personne regarde]" in out
    assert "Pas encore connu\u00a0: qui regarde" in beside


def test_of_what_is_not_approved_there_is_nothing(steward: Any, register: Store) -> None:
    for ref in (REF, "AIU-2026-0999", "nonsense"):
        code, out, beside = steward("notice", ref)
        assert (code, out) == (1, "")
        assert f"no approved use {ref}" in beside


def test_what_is_kept_among_its_readers_is_drafted_only_when_asked_for(steward: Any, register: Store) -> None:
    Ledger(register).execute(Confide(actor=ANA, key="closed", case="case-1"), a_desk())
    code, out, beside = steward("notice", "AIU-2026-0001")
    assert (code, out) == (1, "")
    assert "--confidential" in beside
    code, out, _ = steward("notice", "AIU-2026-0001", "--confidential")
    assert code == 0
    assert out.startswith("How we use ")
