"""The statement of applicability: who decides what, what may be approved of it, and what counts as approved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW
from tests.triage.aims.soa import (
    BUILT,
    LOW,
    all_decided,
    approving,
    asked,
    carried,
    decided,
    deciding,
    desk,
    proposed,
    said,
    use,
)
from tests.triage.aims.test_entries import drafting, on, why
from triage.aims.applied import moved
from triage.aims.decide import decide
from triage.aims.entry import Entry
from triage.aims.standard import controls
from triage.aims.statement import STATEMENT, approved, as_approved, digest_of, said_of, statement
from triage.aims.wishes import ApproveEntry, DraftEntry, SendEntryBack, WithdrawDraft
from triage.outcome import Refused

# -- one control


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"because": " "}, "entry_field"),
        ({"owner": ""}, "entry_field"),
        ({"state": ""}, "entry_field"),
        ({"applies": ""}, "entry_field"),
        ({"state": "verified"}, "soa_own_verified"),
        ({"left_out": ("AIU-2026-0001",)}, "soa_left_out"),
        ({"applies": "partly", "left_out": ("Otter",)}, "entry_field"),
    ],
)
def test_what_a_decision_has_to_say(more: dict[str, Any], key: str) -> None:
    assert refused(lambda: decided("A.5.2", said=said(**{"owner": CLEO} | more))) == key


def refused(what: Any) -> str:
    with pytest.raises(Refused) as found:
        what()
    return found.value.key


def test_why_not_is_needed_as_why() -> None:
    assert refused(lambda: decided("A.7.2", said={"applies": "no", "because": ""})) == "entry_field"
    entry = decided("A.7.2", said={"applies": "no", "because": "We train nothing.", "state": "done"})
    assert entry.in_force is not None
    assert "state" not in entry.in_force.said


def test_whoever_meets_it_does_not_verify_it() -> None:
    entry = decided("A.5.2", said=said(owner=CLEO, state="done"))
    alias = desk(same=lambda one, other: {one, other} <= {BEN, CLEO} or one == other)
    wish = deciding("A.5.2", BEN, entry, said=said(owner=CLEO, state="verified"))
    assert refused(lambda: decide(entry, wish, alias)) == "soa_own_verified"
    assert decide(entry, wish, desk()).said("state") == "verified"


@pytest.mark.parametrize("person", [ANA, DAN, EVE])
def test_only_who_holds_a_role_in_it_decides(person: str) -> None:
    assert refused(lambda: decided("A.5.2", person)) == "not_in_role_here"


@pytest.mark.parametrize(("name", "title"), [("A.9.9", "x"), ("A.5.2.1", "x"), ("X.1", "")])
def test_an_own_control_is_taken_for_none_of_the_standard(name: str, title: str) -> None:
    assert refused(lambda: decided(name, said=said(title=title))) in ("soa_no_control", "entry_field")


def test_an_own_control_stands_behind_the_others() -> None:
    found = statement([decided("X.1", said=said(title="Nobody sells our data"))], None)
    assert [row.control for row in found.rows] == [*(each.id for each in controls()), "X.1"]
    assert (found.rows[-1].own, found.rows[-1].title) == (True, "Nobody sells our data")


def test_nobodys_silence_is_a_yes() -> None:
    found = statement([], None, proposed(use(1, **BUILT)))
    assert {row.applies for row in found.rows} == {""}
    assert len(found.undecided) == 38


def test_what_an_operator_types_in_waits_for_a_yes() -> None:
    entry = decide(None, deciding("A.5.2", ""), desk())
    assert "A.5.2" in statement([entry], None).undecided
    after = decide(entry, ApproveEntry(**on(entry, CLEO), draft=1), desk())
    row = statement([after], None).row("A.5.2")
    assert row is not None
    assert row.decided is not None
    assert row.decided.by == CLEO


# -- what it rested on


def test_a_yes_stays_until_its_reasons_are_others() -> None:
    first = proposed(use(1, **BUILT))["A.6.1.2"]
    more = proposed(use(1, **BUILT), use(2, **BUILT))["A.6.1.2"]
    none = proposed(use(1, **LOW))["A.6.1.2"]
    assert list(moved(first.rests, more, "yes")) == []
    assert [(each.what, each.reason) for each in moved(first.rests, none, "yes")] == [
        ("proposed", ""),
        ("went", "built"),
    ]


def test_a_no_and_a_partly_rest_on_how_many() -> None:
    first = proposed(use(1, **LOW), use(2, **BUILT))["A.6.2.2"]
    more = proposed(use(1, **LOW), use(2, **BUILT), use(3, **BUILT))["A.6.2.2"]
    assert [(each.what, each.before, each.now) for each in moved(first.rests, more, "partly")] == [
        ("count", "1", "2")
    ]


def test_a_stale_decision_stays_and_says_what_changed() -> None:
    rests = proposed(use(1, **LOW))["A.6.1.2"].rests
    entry = decided("A.6.1.2", said={"applies": "no", "because": "We build nothing.", "rests": rests})
    now = statement([entry], None, proposed(use(1, **BUILT)))
    row = now.row("A.6.1.2")
    assert row is not None
    assert (row.applies, row.stale, now.stale) == ("no", True, ("A.6.1.2",))
    assert [each.what for each in row.moved] == ["proposed", "came"]


# -- the whole


def test_the_whole_is_asked_for_only_when_it_is_whole() -> None:
    assert refused(lambda: asked(all_decided(but=("A.5.2", "A.7.2")))) == "soa_undecided"
    assert asked(all_decided()).proposed is not None


def test_only_the_decisions_as_they_stand_are_asked_for() -> None:
    entries = all_decided()
    wrong = said_of(entries.values()) | {"digest": "0" * 64}
    assert refused(lambda: asked(entries, said=wrong)) == "soa_moved"
    fewer = said_of(entries.values()) | {"rows": 37}
    assert refused(lambda: asked(entries, said=fewer)) == "soa_moved"


def test_what_was_decided_anew_meanwhile_is_not_approved() -> None:
    entries = all_decided()
    approval = asked(entries)
    entries["A.5.2"] = decided("A.5.2", before=entries["A.5.2"])
    assert refused(lambda: carried(approval, approving(approval), entries)) == "soa_moved"


def test_nobody_approves_what_they_decided_or_asked_for() -> None:
    entries = all_decided()
    approval = asked(entries)
    assert refused(lambda: carried(approval, approving(approval, BEN), entries)) == "own_draft"
    entries["A.5.2"] = decided("A.5.2", BEN, entries["A.5.2"])
    both = {
        "executive": frozenset((BEN, DAN)),
        "governance_lead": frozenset((BEN, EVE)),
        "risk_owner": frozenset((CLEO,)),
    }
    other = desk(roles=both)
    approval = asked(entries, actor=EVE, at=other)
    assert refused(lambda: carried(approval, approving(approval, BEN), entries, other)) == "soa_own_rows"
    assert carried(approval, approving(approval, DAN), entries, other).in_force is not None


def test_each_later_decision_is_a_change_since() -> None:
    entries = all_decided()
    approval = carried(None, drafting(BEN, STATEMENT, said=said_of(entries.values())), entries)
    approval = carried(approval, approving(approval), entries)
    assert statement(entries.values(), approval).is_approved
    for number, control in enumerate(("A.5.2", "A.7.2", "A.5.2"), 1):
        entries[control] = decided(control, before=entries[control])
        found = statement(entries.values(), approval)
        assert not found.is_approved
        assert len(found.changed) == min(number, 2)
    entries["X.1"] = decided("X.1", said=said(title="Ours"))
    assert statement(entries.values(), approval).changed == ("A.5.2", "A.7.2", "X.1")


def test_a_version_is_shown_as_it_was_approved() -> None:
    entries = all_decided() | {"X.1": decided("X.1", said=said(title="Ours"))}
    approval = asked(entries)
    approval = carried(approval, approving(approval), entries)
    before = statement(entries.values(), approval)
    entries["A.5.2"] = decided(
        "A.5.2", before=entries["A.5.2"], said={"applies": "no", "because": "Not any more."}
    )
    gone = drafting(CLEO, "control", "X.1", seen=1, retires=True)
    entries["X.1"] = decide(entries["X.1"], gone, desk())
    assert statement(entries.values(), approval).changed == ("A.5.2", "X.1")
    approval = asked(entries, approval)
    approval = carried(approval, approving(approval), entries)
    first, second = approved(approval)
    then = statement(as_approved(entries.values(), first), None)
    assert [row.decided for row in then.rows] == [row.decided for row in before.rows]
    assert then.digest == first.digest == before.digest
    assert (second.number, len(second.decided)) == (2, 38)


@given(
    st.sampled_from([each.id for each in controls()]),
    st.sampled_from(["because", "how", "owner", "state", "evidence"]),
)
@settings(deadline=None, max_examples=25)
def test_the_digest_moves_with_any_row(control: str, field: str) -> None:
    other: Mapping[str, Any] = {
        "owner": BEN,
        "state": "planned",
        "evidence": ("x",),
        "because": "y",
        "how": "z",
    }
    entries = all_decided()
    before = digest_of(entries.values())
    entries[control] = decided(control, before=entries[control], said=said(**{field: other[field]}))
    assert digest_of(entries.values()) != before
    del entries[control]
    assert digest_of(entries.values()) != before


PEOPLE = (ANA, BEN, CLEO, DAN, EVE, "")
MOVES = st.tuples(
    st.sampled_from(["decide", "retire", "ask", "forge", "approve", "send_back", "withdraw"]),
    st.sampled_from(PEOPLE),
    st.sampled_from([each.id for each in controls()][:3]),
)


@given(st.lists(MOVES, max_size=14), st.sampled_from(["nothing", "whole", "asked", "approved"]))
@settings(deadline=None, max_examples=200)
def test_no_way_leads_to_an_approved_statement_that_is_not_whole_and_approved(
    moves: list[tuple[str, str, str]], begun: str
) -> None:
    """Whatever is done by whom: what counts as approved is whole, as it stands, and others stand behind it."""
    entries: dict[str, Entry] = {} if begun == "nothing" else dict(WHOLE)
    approval = {"asked": ASKED, "approved": APPROVED}.get(begun)
    for number, (what, person, control) in enumerate(moves):
        at = desk(now=NOW + timedelta(minutes=number))
        try:
            if what == "decide":
                entries[control] = decide(
                    entries.get(control), deciding(control, person, entries.get(control)), at
                )
            elif what == "retire":
                seen = len(entries[control].drafts) if control in entries else 0
                gone = drafting(person, "control", control, seen=seen, retires=True)
                entries[control] = decide(entries.get(control), gone, at)
            else:
                approval = carried(approval, _wish(what, person, approval, entries), entries, at)
        except Refused:
            pass
        found = statement(entries.values(), approval)
        if found.is_approved:
            assert found.undecided == ()
            assert found.approved is not None
            assert found.approved.digest == digest_of(entries.values())
            assert found.approved.decided == {
                name: e.in_force.number for name, e in entries.items() if e.in_force
            }
            deciders = {row.decided.by for row in found.rows if row.decided}
            by = set(found.approved.approved_by)
            assert by
            assert not by & {*deciders, found.approved.drafted_by}


WHOLE = all_decided()
ASKED = asked(WHOLE)
APPROVED = carried(ASKED, approving(ASKED), WHOLE)


def _wish(what: str, person: str, approval: Entry | None, entries: dict[str, Entry]) -> Any:
    seen = len(approval.drafts) if approval else 0
    if what in ("ask", "forge"):
        held = said_of(entries.values()) | ({"rows": 38, "digest": "f" * 64} if what == "forge" else {})
        return drafting(person, STATEMENT, said=held, seen=seen)
    about: dict[str, Any] = {
        "actor": person,
        "key": f"w{person}{what}{seen}",
        "entry": STATEMENT,
        "draft": seen,
    }
    if what == "approve":
        return ApproveEntry(**about)
    return SendEntryBack(**about, reason="No.") if what == "send_back" else WithdrawDraft(**about)


def test_a_wish_for_another_kind_is_left_to_others() -> None:
    assert isinstance(drafting(), DraftEntry)
    assert why(None, drafting(ANA)) == "not_in_role_here"
