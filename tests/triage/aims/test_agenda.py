"""One calendar of the management system: what is skipped, what comes and what was done, each with its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANA, BEN
from tests.triage.aims import certified as c
from tests.triage.aims.test_certifying import AUDIT, GOAL, POLICY, REVIEW, SCOPE, WRONG, reported
from tests.triage.aims.test_entries import drafting
from tests.triage.aims.test_risks import a_risk
from triage.aims.agenda import LANES, Dated, agenda, ahead, skipped
from triage.aims.decide import decide
from triage.aims.entry import Entry
from triage.aims.kinds import kinds


def told(today: str, *entries: Entry) -> list[Dated]:
    return list(agenda(entries, c.record(*entries), date.fromisoformat(today)))


def lines(today: str, *entries: Entry) -> list[tuple[str, str, str]]:
    return [(each.day.isoformat(), each.what, each.state) for each in told(today, *entries)]


def test_what_stands_is_looked_at_again_on_its_day() -> None:
    scope = c.stated("scope", SCOPE, "2026-12-01")
    assert lines("2027-12-01", scope) == [("2027-12-01", "renewal", "ahead")]
    assert lines("2027-12-02", scope) == [("2027-12-01", "renewal", "late")], "the day itself is not late"


def test_an_audit_that_did_not_begin_is_marked_skipped_and_one_that_was_held_is_done() -> None:
    audit = c.stated("audit", AUDIT, "2026-11-20")
    assert lines("2026-12-10", audit) == [
        ("2026-12-01", "audit_begins", "late"),
        ("2026-12-15", "audit_report", "ahead"),
    ]
    assert lines("2027-03-01", reported("2026-12-09")) == [("2026-12-09", "audit_held", "done")]


@pytest.mark.parametrize(
    ("held_on", "next_one"), [("2028-02-29", "2029-02-28"), ("2027-01-31", "2028-01-31")]
)
def test_the_next_management_review_is_a_year_after_the_last_one(held_on: str, next_one: str) -> None:
    first = c.stated("management_review", {**REVIEW, "held_on": "2026-01-15"}, "2026-12-01")
    last = c.stated("management_review", {**REVIEW, "held_on": held_on}, "2026-12-01")
    last = last.model_copy(update={"id": "other", "ref": "AIB-2"})
    assert lines("2029-12-01", first, last) == [
        ("2026-01-15", "review_held", "done"),
        (held_on, "review_held", "done"),
        (next_one, "review_next", "late"),
    ]


def test_an_objective_has_its_day_its_next_measurement_and_what_was_measured() -> None:
    goal = c.does(
        c.stated("objective", GOAL, "2026-12-01"), "measured", "2027-02-20", ANA, value="9", met="yes"
    )
    assert lines("2027-07-01", goal) == [
        ("2027-02-20", "was_measured", "done"),
        ("2027-05-20", "measure", "late"),
        ("2027-06-01", "renewal", "late"),
        ("2027-06-30", "objective_due", "done"),
    ]
    missed = c.does(goal, "measured", "2027-06-29", ANA, value="8", met="no")
    assert ("2027-06-30", "objective_due", "late") in lines("2027-07-01", missed), "what was said last counts"


def test_a_certification_shows_its_stages_and_what_has_to_be_ready_before_them() -> None:
    scope = c.stated("scope", SCOPE, "2026-12-01")
    found = told("2027-02-01", c.planned(stage_1="2027-03-24"), scope)
    by = {each.about: each for each in found if each.what == "milestone"}
    assert (by["scope_approved.stage_1"].state, by["scope_approved.stage_1"].shown) == (
        "done",
        ("AIM-scope",),
    )
    assert by["policy_approved.stage_1"].state == "late"
    assert by["statement_approved.stage_1"].role == "executive"
    sure = {each.about: each.sure for each in found if each.what == "stage"}
    assert (sure["stage_1"], sure["stage_2"]) == (True, False)


def test_nothing_that_only_waits_for_a_yes_has_more_than_that_day() -> None:

    waits = decide(None, drafting(BEN, "certification", said=c.PLAN), c.desk())
    assert [each.what for each in agenda([waits], c.record(waits), date(2026, 12, 2))] == ["approval"]


EVERY = (
    c.stated("scope", SCOPE, "2026-12-01"),
    c.stated("policy", POLICY, "2026-12-01", "ai-policy"),
    c.stated("audit", AUDIT, "2026-12-01"),
    c.stated("nonconformity", WRONG, "2026-12-01"),
    c.stated("objective", GOAL, "2026-12-01"),
    c.stated("management_review", REVIEW, "2026-12-01"),
    c.stated("programme", {"since": "2027-01-01", "until": "2027-12-31", "plan": ("One",), "method": "By sample"},
             "2026-12-01"),
    c.planned(),
    a_risk(),
)  # fmt: skip


@given(st.dates(date(2026, 12, 1), date(2032, 1, 1)), st.sets(st.sampled_from(range(len(EVERY)))))
def test_at_any_day_it_is_in_order_and_late_is_what_lies_before_it(today: date, which: set[int]) -> None:
    found = told(today.isoformat(), *(EVERY[n] for n in which))
    assert [each.day for each in found] == sorted(each.day for each in found)
    assert all(each.day < today for each in skipped(found))
    assert all(each.day >= today for each in ahead(found))
    assert len({each.uid for each in found}) == len(found)
    assert {each.lane for each in found} <= set(LANES)


@given(st.dates(date(2026, 12, 1), date(2031, 1, 1)), st.integers(1, 900))
def test_what_is_skipped_stays_skipped_while_nobody_does_anything(today: date, days: int) -> None:
    def names(day: date) -> set[str]:
        return {each.uid for each in skipped(told(day.isoformat(), *EVERY))}

    assert names(today) <= names(today + timedelta(days=days))


def test_each_kind_that_has_days_is_among_them() -> None:
    """A kind that is reviewed, has a day of its own or is acted upon until one shows at least once."""
    seen = {each.kind for each in told("2026-12-02", *EVERY)}
    assert {each.kind for each in EVERY} <= seen
    assert {"certification", "programme", "audit", "management_review"} <= set(kinds())
