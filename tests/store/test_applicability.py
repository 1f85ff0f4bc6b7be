"""The statement of applicability out of the register: as of any moment, by version, and of no closed use."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.proof import prove
from intake.forms import ai_use
from store import aims, applicability, applicability_kept
from store.applicability_kept import Worked
from store.engine import Store
from store.ledger import Ledger
from store.tables import AimsEntryRow
from tests.bot.cli import storied
from tests.builders import ANA, BEN, CLEO, DAN, NOW
from tests.store import soa
from triage.aims.wishes import ApproveEntry, DraftEntry
from triage.confidences import Confide
from triage.outcome import Refused
from triage.policies import book_with

BOOK = book_with(("us",))


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    return store


def test_it_is_approved_changed_and_shown_as_it_was(told: Store) -> None:
    soa.approved(told, 10)
    with told.read() as session:
        before = applicability.now(session, {})
        assert before.is_approved
    soa.decide(told, "A.5.2", 12, applies="no", because="Not any more.")
    soa.decide(told, "X.1", 13, title="Ours")
    with told.read() as session:
        now = applicability.now(session, {})
        assert (now.is_approved, now.changed) == (False, ("A.5.2", "X.1"))
        assert applicability.as_of(session, NOW + timedelta(days=11), {}) == before
        first = applicability.version(session, 1)
        assert first is not None
        assert [row.decided for row in first.rows] == [row.decided for row in before.rows]
        assert first.is_approved
        assert applicability.version(session, 2) is None
        assert prove(session).ok


def test_before_the_first_decision_nothing_is_decided(told: Store) -> None:
    soa.approved(told, 10)
    with told.read() as session:
        then = applicability.as_of(session, NOW + timedelta(days=9), {})
    assert (len(then.undecided), then.approved) == (38, None)


def test_what_is_not_whole_or_not_as_it_stands_is_refused_within_the_transaction(told: Store) -> None:
    soa.decide(told, "A.5.2")
    with pytest.raises(Refused) as refused:
        soa.ask(told)
    assert refused.value.key == "soa_undecided"
    soa.decide_all(told, 1)
    soa.ask(told, 2)
    soa.decide(told, "A.5.2", 3)
    with pytest.raises(Refused) as refused:
        soa.approve(told, 4)
    assert refused.value.key == "soa_moved"
    soa.ask(told, 5)
    with pytest.raises(Refused) as refused:
        soa.approve(told, 6, actor=BEN)
    assert refused.value.key in ("own_draft", "not_in_role_here")
    soa.approve(told, 6)
    with told.read() as session:
        assert applicability.now(session, {}).is_approved


def test_one_press_twice_asks_once(told: Store) -> None:
    soa.decide_all(told)
    first = soa.ask(told, 1, key="soa-asked")
    again = soa.ask(told, 1, key="soa-asked")
    assert (len(first.drafts), len(again.drafts)) == (1, 1)


def test_what_operation_proposes_is_the_same_as_of_now_and_counts_what_is_closed_unnamed(told: Store) -> None:
    with told.read() as session:
        now = applicability.proposed(session, ai_use(), BOOK)
        then = applicability.proposed(session, ai_use(), BOOK, NOW + timedelta(days=400))
    assert now == then
    why = now["A.4.2"].whys[0]
    assert why.uses
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    with told.read() as session:
        closed = applicability.proposed(session, ai_use(), BOOK)["A.4.2"].whys[0]
    assert closed.uses == why.uses
    assert "AIU-2026-0002" in why.refs
    assert "AIU-2026-0002" not in closed.refs


def test_what_was_proposed_before_anything_was_there(told: Store) -> None:
    with told.read() as session:
        then = applicability.proposed(session, ai_use(), BOOK, NOW - timedelta(days=1))
    assert {each.uses for each in then.values()} == {0}


def anew(told: Store, last: Worked | None, **more: Any) -> Worked | None:
    with told.read() as session:
        return applicability_kept.anew(session, replace(soa.on_day(10), **{"book": BOOK, **more}), last)


def test_it_is_worked_out_anew_when_something_changed_and_not_before(told: Store) -> None:
    first = anew(told, None)
    assert first is not None
    assert anew(told, first) is None
    soa.decide(told, "A.5.2")
    assert anew(told, first) is None
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    assert anew(told, first) is not None


@pytest.mark.parametrize("kind", ["nonconformity", "supplier", "appetite"])
def test_it_is_worked_out_anew_when_something_came_that_may_suggest_a_risk(told: Store, kind: str) -> None:
    with told.write() as session:
        made: dict[str, Any] = {
            "kind": kind,
            "name": "more",
            "ref": "MORE-1",
            "version": 1,
            "state": "proposed",
        }
        session.add(AimsEntryRow(id="more", **made, created_at=NOW, updated_at=NOW))
    first = anew(told, None)
    assert anew(told, first) is None
    with told.write() as session:
        row = session.get_one(AimsEntryRow, "more")
        row.version, row.state = 2, "in_force"
    assert anew(told, first) is not None


def test_other_rules_are_others_though_nobody_tells_them_apart(told: Store) -> None:
    """An object that is dropped leaves its id to another, so what was worked from is held and compared itself."""
    first = anew(told, None)
    assert first is not None
    assert first.book is BOOK
    assert anew(told, first, book=copy(BOOK)) is not None
    assert anew(told, first, form=copy(first.form)) is not None
    assert anew(told, first, form=first.form) is None


def test_a_large_register_is_not_read_again_every_minute(
    told: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = anew(told, None)
    monkeypatch.setattr(applicability_kept, "A_MINUTE", 1)
    assert anew(told, first, book=copy(BOOK)) is None, "as many minutes as there are uses"
    assert anew(told, first, book=copy(BOOK), now=NOW + timedelta(days=11)) is not None


def test_it_is_kept_as_it_was_worked_out(told: Store) -> None:
    first = anew(told, None)
    assert first is not None
    with told.read() as session:
        assert applicability_kept.kept(session) is None
    for _ in range(2):
        with told.write() as session:
            applicability_kept.keep(session, first.kept)
    with told.read() as session:
        assert applicability_kept.kept(session) == first.kept


def test_what_was_kept_by_other_reasons_is_not_used(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = anew(told, None)
    assert first is not None
    with told.write() as session:
        applicability_kept.keep(session, first.kept)
    monkeypatch.setattr(applicability_kept, "_digest", lambda: "others")
    with told.read() as session:
        assert applicability_kept.kept(session) is None


def test_what_became_confidential_since_it_was_kept_is_not_named(told: Store) -> None:
    risk(told, 0, "AIU-2026-0001")
    risk(told, 1, "AIU-2026-0002")
    first = anew(told, None)
    assert first is not None
    with told.write() as session:
        applicability_kept.keep(session, first.kept)
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    with told.read() as session:
        found = applicability_kept.kept(session)
        names = {entry.id: entry.ref for entry in aims.of_kind(session, "risk")}
    assert found is not None
    told_before, told_now = (
        {why.reason: why for why in each.proposed["A.6.1.2"].whys} for each in (first.kept, found)
    )
    assert set(told_before["risks"].refs) == set(names.values())
    assert told_now["risks"].refs == (names["r0"],)
    before, now = (each.proposed["A.4.2"].whys[0] for each in (first.kept, found))
    assert "AIU-2026-0002" in before.refs
    assert "AIU-2026-0002" not in now.refs
    assert now.more == before.more + 1, "it is counted on"


def test_uses_that_are_closed_are_not_named_as_left_out(told: Store) -> None:
    refs = ("AIU-2026-0001", "AIU-2026-0002", "AIU-2026-9999")
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    with told.read() as session:
        assert applicability.shown_refs(session, refs) == {"AIU-2026-0001"}


def test_who_decided_a_row_does_not_approve_the_whole(told: Store) -> None:
    soa.decide_all(told)
    soa.ask(told, 1)
    roles = soa.ROLES | {"executive": frozenset((CLEO,))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(soa, "ROLES", roles)
        with pytest.raises(Refused) as refused:
            soa.approve(told, 2, actor=CLEO)
    assert refused.value.key == "soa_own_rows"


def risk(told: Store, number: int, *uses: str) -> None:
    said = {
        "likelihood": "2",
        "impact": "2",
        "likelihood_now": "2",
        "impact_now": "2",
        "likelihood_after": "1",
    }
    said |= {
        "title": "It invents",
        "scenario": "A name",
        "source": "manual",
        "category": "safety",
        "impact_after": "1",
    }
    more: dict[str, Any] = {**said, "affected": ("individuals",), "treatment": "accept", "owner": CLEO}
    about = {"points": ("A.6.1.2", "8.2"), "uses": uses}
    wish = DraftEntry(entry=f"r{number}", kind="risk", actor=CLEO, key=f"risk{number}", said=more | about)
    soa.carry(told, wish, 1)
    soa.carry(told, ApproveEntry(entry=f"r{number}", actor=DAN, key=f"risk-yes{number}", draft=1), 2)


def test_risks_speak_for_the_controls_that_they_name_until_they_are_closed(told: Store) -> None:
    for number, use in enumerate(("AIU-2026-0001", "AIU-2026-0002")):
        risk(told, number, use)
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    with told.read() as session:
        found = applicability.setting(session).risks["A.6.1.2"]
        assert applicability.setting(session, NOW).risks == {}
    assert (found.count, len(found.refs)) == (2, 1)


def test_incidents_are_counted_as_they_were_known(told: Store) -> None:
    """One was reported on the third day, and found to be none on the fifth."""
    with told.read() as session:
        found = [applicability.setting(session, NOW + timedelta(days=n)).incidents for n in (2, 4, 6)]
        now = applicability.setting(session).incidents
    assert (found, now) == ([0, 1, 0], 0)
