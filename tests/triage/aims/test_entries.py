"""Entries of the management system: who drafts, who approves, what counts, and that nobody approves their own."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_desk
from triage.aims.decide import decide
from triage.aims.entry import Entry, entry_id
from triage.aims.kinds import kinds
from triage.aims.wishes import (
    ActOnEntry,
    ApproveEntry,
    DraftEntry,
    OfEntries,
    SendEntryBack,
    WithdrawDraft,
)
from triage.desk import Desk
from triage.outcome import Refused

SCOPE = {"covers": "All AI that we use", "activities": ("Selling", "Hiring")}
LEADS = {
    "governance_lead": frozenset((BEN, CLEO)),
    "executive": frozenset((CLEO, DAN)),
    "risk_owner": frozenset((EVE,)),
}
numbers = count(1)


def desk(**more: Any) -> Desk:
    return a_desk(roles=LEADS, **more)


def drafting(actor: str = BEN, kind: str = "scope", name: str = "", **more: Any) -> DraftEntry:
    key = f"k{next(numbers)}"
    wish = {
        "actor": actor,
        "key": key,
        "entry": entry_id(kinds()[kind], name, key),
        "kind": kind,
        "name": name,
    }
    return DraftEntry.model_validate({**wish, "said": SCOPE, **more})


def on(entry: Entry, actor: str, **more: Any) -> dict[str, Any]:
    return {"actor": actor, "key": f"k{next(numbers)}", "entry": entry.id, **more}


def drafted(**more: Any) -> Entry:
    return decide(None, drafting(**more), desk())


def approved(entry: Entry, by: str = DAN) -> Entry:
    waiting = entry.proposed
    assert waiting is not None
    return decide(entry, ApproveEntry(**on(entry, by), draft=waiting.number), desk())


def why(entry: Entry | None, wish: OfEntries, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        decide(entry, wish, desk(**more))
    return refused.value.key


def test_a_draft_counts_for_nothing_before_somebody_else_says_yes() -> None:
    entry = drafted()
    assert (entry.state, entry.in_force) == ("proposed", None)
    entry = approved(entry)
    assert entry.state == "in_force"
    assert entry.in_force is not None
    assert entry.in_force.said == SCOPE
    assert [each.by for each in entry.in_force.yeses] == [DAN]


def test_nobody_approves_their_own() -> None:
    entry = drafted(actor=CLEO)
    assert why(entry, ApproveEntry(**on(entry, CLEO), draft=1)) == "own_draft"
    alias = {"same": lambda one, other: {one, other} <= {CLEO, DAN} or one == other}
    assert why(entry, ApproveEntry(**on(entry, DAN), draft=1), **alias) == "own_draft"


@pytest.mark.parametrize("person", [ANA, EVE])
def test_only_who_holds_the_role_drafts_and_approves(person: str) -> None:
    assert why(None, drafting(actor=person)) == "not_in_role_here"
    entry = drafted()
    assert why(entry, ApproveEntry(**on(entry, person), draft=1)) == "not_in_role_here"
    assert why(entry, SendEntryBack(**on(entry, person), draft=1, reason="No")) == "not_in_role_here"


def test_a_new_version_leaves_the_old_one_in_force_until_its_own_yes() -> None:
    entry = approved(drafted())
    other = SCOPE | {"covers": "Only chat bots"}
    entry = decide(entry, drafting(said=other, seen=1), desk(now=NOW + timedelta(days=1)))
    assert entry.in_force is not None
    assert entry.in_force.number == 1
    assert entry.state == "in_force"
    entry = approved(entry)
    assert entry.in_force is not None
    assert entry.in_force.said == other


def test_what_was_shown_is_what_is_approved() -> None:
    entry = drafted()
    newer = decide(entry, drafting(said=SCOPE | {"covers": "Less"}, seen=1), desk())
    assert why(newer, ApproveEntry(**on(entry, DAN), draft=1)) == "entry_moved"
    assert why(newer, drafting(seen=1)) == "entry_moved"


def test_what_was_sent_back_or_taken_back_waits_no_more() -> None:
    entry = drafted()
    back = decide(entry, SendEntryBack(**on(entry, DAN), draft=1, reason="Name the units"), desk())
    assert (back.state, back.drafts[0].reason) == ("withdrawn", "Name the units")
    assert why(back, ApproveEntry(**on(back, DAN), draft=1)) == "entry_moved"
    assert why(entry, WithdrawDraft(**on(entry, DAN), draft=1)) == "not_your_draft"
    assert why(entry, SendEntryBack(**on(entry, DAN), draft=1, reason=" ")) == "entry_reason"
    assert decide(entry, WithdrawDraft(**on(entry, BEN), draft=1), desk()).state == "withdrawn"


def test_retiring_needs_the_same_yes() -> None:
    assert why(None, drafting(retires=True)) == "entry_not_in_force"
    entry = decide(approved(drafted()), drafting(retires=True, seen=1), desk())
    assert entry.state == "in_force"
    assert approved(entry).state == "retired"


@pytest.mark.parametrize(
    ("said", "field", "wrong"),
    [
        ({}, "covers", "needed"),
        (SCOPE | {"colour": "red"}, "colour", "unknown"),
        (SCOPE | {"link": "javascript:alert(1)"}, "link", "link"),
        (SCOPE | {"covers": "x" * 20001}, "covers", "long"),
        (SCOPE | {"units": ("Moon base",)}, "units", "choice"),
    ],
)
def test_what_does_not_fit_is_told_by_its_field(said: dict[str, Any], field: str, wrong: str) -> None:
    with pytest.raises(Refused) as refused:
        decide(None, drafting(said=said), desk())
    assert refused.value.facts == {"field": field, "wrong": wrong}


def test_an_entry_of_a_kind_of_which_there_is_one_cannot_be_begun_twice() -> None:
    assert why(None, drafting().model_copy(update={"entry": "another"})) == "unknown_entry"
    row = {"applies": "yes", "because": "We buy models", "state": "begun", "owner": CLEO}
    assert why(None, drafting(kind="control", said=row)) == "entry_name"
    assert drafted(kind="control", name="A.10.3", said=row).state == "in_force"


ACTION = {"title": "Write the policy", "success": "It is published", "owner": ANA, "due": "2026-12-24"}


def test_an_action_is_done_by_its_owner_and_looked_at_by_somebody_else() -> None:
    entry = drafted(kind="action", said=ACTION | {"owner": BEN})
    done: dict[str, Any] = {"act": "done", "said": {"evidence": "It is on the intranet"}}
    assert why(entry, ActOnEntry(**on(entry, CLEO), seen=1, **done)) == "not_in_role_here"
    entry = decide(entry, ActOnEntry(**on(entry, BEN), seen=1, **done), desk())
    assert entry.stage == "done"
    looked: dict[str, Any] = {"act": "not_effective", "said": {"shows": "Nobody can find it"}}
    assert why(entry, ActOnEntry(**on(entry, BEN), seen=2, **looked)) == "own_act"
    assert why(entry, ActOnEntry(**on(entry, CLEO), seen=1, **looked)) == "entry_moved"
    entry = decide(entry, ActOnEntry(**on(entry, CLEO), seen=2, **looked), desk())
    assert entry.stage == "not_effective"
    again = decide(entry, ActOnEntry(**on(entry, BEN), seen=3, **done), desk())
    assert (again.stage, again.version) == ("done", 4)


def test_what_an_operator_typed_in_needs_one_yes_more() -> None:
    entry = drafted(actor="")
    assert entry.steps[0].role == "operator"
    entry = approved(entry)
    assert entry.state == "proposed"
    assert why(entry, ApproveEntry(**on(entry, DAN), draft=1)) == "entry_approved_already"
    assert approved(entry, CLEO).state == "in_force"
    action = drafted(kind="action", said=ACTION, actor="")
    assert action.state == "proposed"
    assert approved(action, BEN).state == "in_force"


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from((ANA, BEN, CLEO, DAN)), st.integers(0, 3), st.integers(1, 3)), max_size=12
    )
)
def test_whatever_people_do_what_counts_was_approved_by_others(deeds: list[tuple[str, int, int]]) -> None:
    entry = drafted()
    for person, deed, number in deeds:
        wish: OfEntries
        if deed == 0:
            wish = drafting(actor=person, seen=len(entry.drafts), retires=number == 3)
        elif deed == 1:
            wish = ApproveEntry(**on(entry, person), draft=number)
        elif deed == 2:
            wish = SendEntryBack(**on(entry, person), draft=number, reason="No")
        else:
            wish = WithdrawDraft(**on(entry, person), draft=number)
        before = entry
        try:
            entry = decide(entry, wish, desk())
        except Refused:
            continue
        assert entry.steps[:-1] == before.steps
    for draft in entry.drafts:
        if draft.since is not None:
            assert {each.by for each in draft.yeses}.isdisjoint({draft.by})
            assert all(each.by in LEADS["executive"] for each in draft.yeses)
