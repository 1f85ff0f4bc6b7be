"""`steward policy tally`: how often each flag holds over the register, by the policies that are on for it."""

from bot import config
from store.engine import Store
from tests.bot.cli.conftest import Steward
from tests.builders import NOW


def test_flags_are_counted_with_the_uses_on_which_they_hold(steward: Steward, register: Store) -> None:
    code, said, _ = steward("policy", "tally")
    assert code == 0
    lines = said.splitlines()
    assert lines[0].split()[:4] == ["2", "hold", "0", "open"]
    assert "AIU-2026-0001" in lines[0]
    assert lines[-1].startswith("2 uses, ")
    assert "us_consequential_decision" not in said


def test_a_policy_that_is_switched_on_counts_too(steward: Steward, register: Store) -> None:
    config.change(register, {"policies": ["us"]}, by=None, key="switch", now=NOW)
    assert "us_consequential_decision" in steward("policy", "tally")[1]
    assert "us-omb-6n-employment" in steward("policy", "tally", "--rules")[1]
