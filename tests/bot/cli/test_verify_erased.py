"""After an erasure the register is still held against what lines say themselves, and nothing is reported in vain."""

from __future__ import annotations

from typing import Any

import pytest

from store import audit
from store.engine import Store
from tests.bot.cli import storied
from tests.bot.cli.tampering import tamper
from tests.builders import EVE


def erase(steward: Any, store: Store, what: str, field: str = "record", last: bool = True) -> int:
    """That of the last such line, or of the first."""
    with store.read() as session:
        lines = [line.seq for line in audit.records(session) if line.what == what and field in line.texts]
    seq = lines[-1 if last else 0]
    assert steward("erase", "--line", str(seq), "--field", field, "--because", "Asked for it.")[0] == 0
    return seq


@pytest.mark.parametrize("what", ["case.approved_with_conditions", "case.approved", "draft.begun"])
def test_nobody_tampered_where_a_record_was_erased(steward: Any, store: Store, what: str) -> None:
    storied.tell(store, beforehand=True)
    erase(steward, store, what)
    code, out, errors = steward("verify")
    assert (code, errors) == (0, ""), out


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "UPDATE condition SET due_on = '2028-01-01' WHERE decision_id = 'bound'",
            "due_on of its condition 1",
        ),
        ("UPDATE condition SET otherwise = NULL WHERE decision_id = 'bound'", "otherwise of its condition 1"),
        (
            f"UPDATE condition SET owner_id = '{EVE}' WHERE decision_id = 'bound'",
            "owner_id of its condition 1",
        ),
    ],
)
def test_what_a_condition_is_bound_to_is_still_held(
    steward: Any, store: Store, sentence: str, said: str
) -> None:
    storied.tell(store)
    erase(steward, store, "case.approved_with_conditions")
    tamper(store, sentence)
    code, out, errors = steward("verify")
    assert code == 1
    assert said in out + errors
