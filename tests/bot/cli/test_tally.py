"""`steward policy tally`: how often each flag holds over the register, by the policies that are on for it."""

from bot import config
from store.engine import Store
from tests.bot.cli.conftest import Steward
from tests.bot.cli.tampering import tamper
from tests.builders import NOW
from triage.policies import POLICIES


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


def test_a_use_that_cannot_be_read_is_left_out_and_told(steward: Steward, register: Store) -> None:
    tamper(register, "UPDATE result SET verdict = '[1]' WHERE subject_id = 'case-1'")
    for words in (["tally"], ["rehearse", POLICIES]):
        code, said, errors = steward("policy", *words)
        assert (code, "1 uses could not be read" in errors) == (1, True), said
