"""`steward explain`: every reason with its rule, source and facts; what was not so; and what would be otherwise."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bot import keeping
from bot.cli import decided, explain
from bot.library import library
from intake.answers import answered
from store.engine import Store
from store.extract import Bound
from store.ledger import Ledger
from store.people import person
from store.records import load
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, CLEO, NOW, a_case, a_desk
from tests.triage.test_conditions import bound, fulfil
from triage.afterwards import Change, Fulfil
from triage.commands import Approve
from triage.conditions import conditions_of
from triage.rules import NOT_DECIDED, TIER_DECIDED
from triage.steps import Term


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
    used = ", ".join(f"{policy.name} {policy.version}" for policy in library().book.policies)
    assert lines[1].endswith(f" by {used}")
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


def test_a_decision_is_told_with_who_signed_it_in_which_role_and_on_what(steward: Any, kept: Store) -> None:
    approve: dict[str, Any] = {"actor": BEN, "case": "case-2", "key": "bound", "reason": "Fits well."}
    Ledger(kept).execute(Approve(**approve, conditions=("Only in English",)), a_desk())
    with kept.read() as session:
        case = load(session, "case-2")
    assert case is not None
    assert case.decision is not None
    lines = steward("explain", "AIU-2026-0002")[1].splitlines()
    at = lines.index("decision: approve with conditions, 2026-11-21 09:00 UTC (bound)")
    assert lines[at : at + 7] == [
        "decision: approve with conditions, 2026-11-21 09:00 UTC (bound)",
        f"  signed by {BEN} as reviewer, 2026-11-21 09:00 UTC",
        "  for the seat of reviewer",
        "  reason: Fits well.",
        f"  on facts {case.decision.facts_digest}",
        "  under the rules above",
        "  condition (open, Ana, due open): Only in English",
    ]
    assert "state: approved with conditions" in lines
    for policy in library().book.policies:
        assert f"  {policy.name} {policy.version} {policy.digest}" in lines
    assert f"  form ai-use {library().form.version} {library().form.digest}" in lines


def test_a_condition_is_told_with_what_shows_it(steward: Any, kept: Store) -> None:
    approve: dict[str, Any] = {"actor": BEN, "case": "case-2", "key": "bound", "reason": "Fits well."}
    term = Term(due=NOW.date() + timedelta(days=9), check="Who was told?", otherwise="narrows")
    ledger, desk = Ledger(kept), a_desk()
    ledger.execute(Approve(**approve, conditions=("Tell them",), terms=(term,)), desk)
    done: dict[str, Any] = {"case": "case-2", "key": "done", "decision": "bound", "number": 1}
    ledger.execute(Fulfil(actor=ANA, **done, link="https://example.org/notice", words="All of them."), desk)
    lines = steward("explain", "AIU-2026-0002")[1].splitlines()
    at = lines.index(f"  condition (met, Ana, due {term.due}): Tell them")
    assert lines[at + 1 : at + 3] == [
        "    if it is not met: the use goes on without what it covers",
        f"    handed in by Ana, {NOW:%Y-%m-%d %H:%M} UTC: https://example.org/notice; All of them.",
    ]


def test_each_step_of_a_condition_is_told_with_who_and_as_what(steward: Any, store: Store) -> None:
    """At high risk, where somebody else looks."""
    one = next(each for each in conditions_of(bound(high=True)))
    first = fulfil(bound(high=True)).case.condition_steps[-1]
    back = first.model_copy(update={"id": "s2", "kind": "not_yet", "by": CLEO, "link": "", "words": "Empty."})
    steps = ((first, ""), (back, "risk_owner"))
    told = Bound("d1", one.id, one.text, "open", ANA, "2026-12-04", "", "suspends", steps=steps)
    lines = list(decided.told(bound(high=True), [told], {ANA: "Ana", CLEO: "Cleo"}))
    at = lines.index("  condition (open, Ana, due 2026-12-04): Tell them")
    assert lines[at + 1] == "    if it is not met: the approval is suspended"
    assert lines[at + 2].startswith("    handed in by Ana, ")
    assert lines[at + 3].startswith("    sent back by Cleo as risk owner, ")
    assert lines[at + 3].endswith(" UTC: Empty.")


def test_a_former_approval_is_marked_and_its_conditions_are_not_open(steward: Any, kept: Store) -> None:
    ledger, desk = Ledger(kept), a_desk()
    approve: dict[str, Any] = {"actor": BEN, "case": "case-2", "reason": "Fits."}
    last = NOW.date() + timedelta(days=90)
    ledger.execute(Approve(**approve, key="first", conditions=("Tell them",), valid_until=last), desk)
    said = Change(
        actor=ANA, case="case-2", key="changed", answers={"purpose": answered("Minutes")}, effect="lapses"
    )
    ledger.execute(said, desk)
    ledger.execute(Approve(**approve, key="second"), desk)
    lines = steward("explain", "AIU-2026-0002")[1].splitlines()
    assert "  condition (replaced, Ana, due open): Tell them" in lines
    assert "  replaced by second" in lines
    assert f"  last day: {last}" in lines
    (entry,) = (
        each
        for each in map(json.loads, steward("list", "--json")[1].splitlines())
        if each["ref"] == "AIU-2026-0002"
    )
    assert entry["conditions"] == []


@pytest.mark.parametrize(("stated", "head"), [((), "1"), (("3",), "3, set by two people; by the rules 1")])
def test_the_tier_that_two_people_set_is_the_tier(stated: tuple[str, ...], head: str) -> None:
    verdict = a_case().verdict
    assert verdict is not None
    after = verdict.model_copy(update={"stated": {**verdict.stated, TIER_DECIDED: stated or NOT_DECIDED}})
    assert explain._set_by_two(after, "1") == head


def test_what_nobody_decided_says_who_does(steward: Any, kept: Store) -> None:
    lines = steward("explain", "AIU-2026-0002")[1].splitlines()
    assert "state: in review" in lines
    assert "not decided yet; a yes is needed from: reviewer (step 1 by seat-reviewer)" in lines


def test_a_decision_under_other_rules_names_them(steward: Any, kept: Store) -> None:
    tamper(kept, "UPDATE decision SET policies = '[\"gdpr 0 abc\"]'")
    assert "  under gdpr 0 abc" in steward("explain", "AIU-2026-0001")[1].splitlines()


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


def test_policy_explain_and_what_if_are_the_same_in_other_words(steward: Any, kept: Store) -> None:
    assert steward("policy", "explain", "AIU-2026-0001") == steward("explain", "AIU-2026-0001")
    changes = ("data=special,internal", "area=unsure")
    ifs = [word for change in changes for word in ("--if", change)]
    said = steward("policy", "what-if", "AIU-2026-0001", *changes)
    assert said == steward("explain", "AIU-2026-0001", *ifs)
    assert "tier: was 1..1, would be 3.." in said[1]


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


def test_what_a_use_calls_for_is_told_by_kind(steward: Any, kept: Store) -> None:
    said = steward("explain", "AIU-2026-0001")[1]
    assert "calls for, a review at least every 12 months (? while something is open):" in said
    assert "  action: vendor_assessment, contract_terms, security_review, ai_literacy_training" in said
    assert "  control: A.4.2" in said
