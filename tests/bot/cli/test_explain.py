"""`steward explain`: every reason with its rule, source and facts; what was not so; and what would be otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from bot import keeping
from bot.library import library
from store.engine import Store
from store.people import person
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, NOW


@pytest.fixture
def kept(register: Store) -> Store:
    keeping.keep(register, library())
    with register.write() as session:
        assert person(session, team="T", slack_user=f"U{ANA}", now=NOW, name="Ana") == ANA
    return register


def test_a_reason_names_rule_source_facts_and_who_gave_them(steward: Any, kept: Store) -> None:
    code, out, _ = steward("explain", "aiu-2026-0001")
    assert code == 0
    lines = out.splitlines()
    assert "by eu-ai-act 1, internal-tier 1, gdpr 1, iso42001 1" in lines[1]
    assert "tier: 1" in lines
    assert "  Everything is settled, and nothing asks for more care." in lines
    at = next(
        i
        for i, line in enumerate(lines)
        if "tier-nothing-above (internal-tier, tier 1): House policy" in line
    )
    assert "    - Data: Internal, but about no one (Ana, 2026-11-21 09:00 UTC, person)" in lines[at:]
    assert "0 could still hold." in lines
    assert "tier-injury-death" not in out


def test_all_names_what_was_looked_at_and_does_not_hold(steward: Any, kept: Store) -> None:
    _, out, _ = steward("explain", "AIU-2026-0001", "--all")
    told = out[out.index(" do not hold:") :]
    for rule in library().book.rules():
        assert (f"{rule.id} (" in told) or (f"{rule.id} (" in out), rule.id
    assert "tier-injury-death (" in told


def test_what_if_moves_nothing_but_says_what_would_move(steward: Any, kept: Store) -> None:
    code, out, _ = steward("explain", "AIU-2026-0001", "--if", "data=special,internal", "--if", "area=unsure")
    assert code == 0
    assert "if Area: not sure" in out
    assert "tier: was 1..1, would be 3.." in out
    assert "open then: Does it touch an area" in out
    assert "tier: 1" in steward("explain", "AIU-2026-0001")[1].splitlines()


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        (["AIU-2026-0404"], "There is no use AIU-2026-0404", 1),
        (["AIU-2026-0001", "--if", "data"], "'data' is not QUESTION=CHOICE.", 2),
        (["AIU-2026-0001", "--if", "data=nonsense"], "unknown choice", 2),
        (["AIU-2026-0001", "--if", "colour=red"], "unknown question", 2),
    ],
)
def test_what_cannot_be_explained_is_said_in_a_sentence(
    steward: Any, kept: Store, words: list[str], told: str, code: int
) -> None:
    came, out, errors = steward("explain", *words)
    assert (came, out) == (code, "")
    assert told in errors


def test_rules_that_were_not_kept_are_said_to_be_missing(steward: Any, kept: Store) -> None:
    tamper(kept, "DELETE FROM wording WHERE kind = 'policy'")
    code, _, errors = steward("explain", "AIU-2026-0001")
    assert code == 2
    assert "was not kept" in errors
