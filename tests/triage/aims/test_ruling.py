"""Nobody rules on themselves: what somebody answers for is changed, ended or sent back with somebody else's yes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_desk
from tests.triage.aims.test_entries import LEADS, drafting, on
from triage.aims.decide import decide
from triage.aims.entry import Entry
from triage.aims.standing import approvers
from triage.aims.wishes import ApproveEntry, DraftEntry, OfEntries, SendEntryBack
from triage.desk import Desk
from triage.outcome import Refused

FINDING: dict[str, Any] = {
    "title": "The log was empty", "what": "Nobody wrote one", "source": "audit", "weight": "major",
    "points": ("8.1",), "due": "2027-01-15", "owner": CLEO,
}  # fmt: skip
AUDIT = {"from": ("AIA-2026-0001",)}
GONE = {"retires": True, "reason": "The tool is gone"}


def desk() -> Desk:
    return a_desk(roles=LEADS | {"auditor": frozenset((ANA,))}, now=NOW)


def does(entry: Entry | None, wish: OfEntries) -> Entry:
    return decide(entry, wish, desk())


def why(entry: Entry, wish: OfEntries) -> str:
    with pytest.raises(Refused) as refused:
        does(entry, wish)
    return refused.value.key


def a_finding(**more: Any) -> Entry:
    return does(None, drafting(ANA, "nonconformity", said=FINDING | more))


def again(entry: Entry, actor: str, **more: Any) -> DraftEntry:
    said: dict[str, Any] = {"said": FINDING} | more
    return drafting(actor, "nonconformity", entry=entry.id, seen=len(entry.drafts), **said)


def yes(entry: Entry, actor: str) -> ApproveEntry:
    return ApproveEntry(**on(entry, actor), draft=len(entry.drafts))


@pytest.mark.parametrize("more", [GONE, {"said": FINDING | {"weight": "observation"}}])
def test_what_counts_at_once_is_changed_or_ended_only_with_a_yes(more: dict[str, Any]) -> None:
    entry = a_finding()
    assert entry.state == "in_force"
    waits = does(entry, again(entry, BEN, **more))
    assert (waits.in_force, waits.proposed) == (waits.drafts[0], waits.drafts[1])
    assert why(waits, yes(waits, BEN)) == "own_draft"
    assert why(waits, yes(waits, CLEO)) == "own_entry"
    assert {BEN, CLEO} & set(approvers(waits, desk())) == set()
    settled = does(waits, yes(waits, EVE))
    assert settled.drafts[1].since is not None


def test_it_is_not_handed_to_somebody_so_that_the_one_before_may_end_it() -> None:
    entry = a_finding()
    moved = does(entry, again(entry, CLEO, said=FINDING | {"owner": DAN}))
    assert why(moved, yes(moved, DAN)) == "own_entry"


def test_it_is_ended_for_a_reason_alone() -> None:
    entry = a_finding()
    assert why(entry, again(entry, BEN, retires=True, reason=" ")) == "retire_reason"
    gone = does(entry, again(entry, BEN, **GONE))
    assert gone.drafts[1].why == "The tool is gone"
    assert gone.drafts[1].said == entry.drafts[0].said
    assert gone.steps[-1].texts["why_retired"] == "The tool is gone", "words can be erased"


def test_what_an_audit_found_is_ended_by_an_auditor_or_somebody_without_a_part_in_it() -> None:
    entry = a_finding(**AUDIT)
    moved = does(entry, again(entry, EVE, said=FINDING))
    moved = does(moved, yes(moved, BEN))
    gone = does(moved, again(moved, DAN, **GONE))
    assert why(gone, yes(gone, EVE)) == "own_finding"
    assert set(approvers(gone, desk())) == {ANA, BEN}
    assert does(gone, yes(gone, ANA)).state == "retired"


@pytest.mark.parametrize("kind", ["nonconformity"])
def test_whoever_is_late_sends_nothing_back_that_says_so(kind: str) -> None:
    late = does(None, DraftEntry(actor="", key="rule", entry="e", kind=kind, said=FINDING, by_rule=True))
    back: dict[str, Any] = {"draft": 1, "reason": "Not so"}
    assert why(late, SendEntryBack(**on(late, CLEO), **back)) == "own_matter"
    assert does(late, SendEntryBack(**on(late, BEN), **back)).state == "withdrawn"
    assert does(late, yes(late, CLEO)).state == "in_force"
