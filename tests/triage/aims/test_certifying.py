"""When which stage of a certification comes, what has to be ready by when, and whether the record shows it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.source import Damaged
from tests.builders import ANA, BEN, CLEO, EVE, a_desk
from tests.triage.aims import certified as c
from tests.triage.aims.test_entries import drafting, on
from triage.aims import certification
from triage.aims.calling import holders
from triage.aims.certification import way
from triage.aims.certifying import planned, stages, unheld
from triage.aims.covered import Covered
from triage.aims.decide import decide
from triage.aims.entry import Entry, Said
from triage.aims.errands import errands
from triage.aims.ready import Ready, ready
from triage.aims.wishes import ActOnEntry
from triage.calendar import Calendar
from triage.outcome import Refused

DAYS = st.dates(date(2026, 1, 1), date(2060, 12, 31))


def days(entry: Entry) -> dict[str, str]:
    return {each.id: each.day.isoformat() for each in stages(entry)}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            {},
            "stage_1 2027-03-23, stage_2 2027-05-04, surveillance_1 2028-06-15, surveillance_2 2029-06-15, "
            "recertification 2030-03-15",
        ),
        (
            {"stage_2": "2027-04-14"},
            "stage_1 2027-03-03, stage_2 2027-04-14, surveillance_1 2028-06-15, surveillance_2 2029-06-15, "
            "recertification 2030-03-15",
        ),
        (
            {"wished": "2028-02-29"},
            "stage_1 2027-12-07, stage_2 2028-01-18, surveillance_1 2029-02-28, surveillance_2 2030-02-28, "
            "recertification 2030-11-29",
        ),
        (
            {"wished": "2027-05-31", "stage_1": "2027-01-04", "surveillance_1": "2028-04-20"},
            "stage_1 2027-01-04, stage_2 2027-04-19, surveillance_1 2028-04-20, surveillance_2 2029-05-31, "
            "recertification 2030-02-28",
        ),
    ],
    ids=["from the wished day", "from an agreed one", "leap day", "end of a month"],
)
def test_what_is_not_agreed_is_reckoned_from_what_is(said: dict[str, str], expected: str) -> None:
    entry = c.planned(**said)
    assert ", ".join(f"{name} {day}" for name, day in days(entry).items()) == expected
    assert {each.id for each in stages(entry) if each.agreed} == set(said) - {"wished"}


def test_with_the_certificate_its_three_years_begin_and_with_the_next_one_anew() -> None:
    entry = c.with_certificate("2027-07-31", "2030-07-30", surveillance_2="2029-06-05")
    assert days(entry) == {
        "surveillance_1": "2028-07-31",
        "surveillance_2": "2029-06-05",
        "recertification": "2030-04-30",
    }
    entry = c.held(entry, "surveillance", "2028-07-10")
    assert [each.id for each in unheld(entry)] == ["surveillance_2", "recertification"]
    again = c.certified(entry, "2030-07-31", "2033-07-30", "recertified")
    assert [(each.id, each.agreed, each.held) for each in stages(again)] == [
        ("surveillance_1", False, None),
        ("surveillance_2", False, None),
        ("recertification", False, None),
    ], "days agreed for the years before count no more, and what was held then neither"


def test_what_ended_begins_anew() -> None:
    entry = c.does(c.with_certificate(), "lapsed", "2028-01-10", because="We stopped")
    assert [each.held for each in stages(entry)] == [None] * 5


def test_nobody_is_certified_before_stage_2_was_held() -> None:
    with pytest.raises(Refused, match="entry_moved"):
        c.certified(c.held(c.planned(), "stage_1", "2027-03-23"), "2027-06-15", "2030-06-14")


@pytest.mark.parametrize("act", ["stage_1", "stage_2", "certified", "surveillance", "recertified", "lapsed"])
def test_only_whoever_leads_says_what_came_of_it(act: str) -> None:
    entry = c.planned()
    with pytest.raises(Refused) as refused:
        decide(entry, ActOnEntry(**on(entry, ANA), act=act, said={}, seen=entry.version), c.desk())
    assert refused.value.key in ("not_in_role_here", "entry_moved")


def test_nobody_plans_it_and_says_yes_to_it() -> None:
    entry = decide(None, drafting(BEN, "certification", said=c.PLAN), c.desk())
    assert entry.in_force is None
    assert list(planned(entry)) == [], "a plan that waits for a yes sends nobody anywhere"


def due(entry: Entry, milestone: str, stage: str = "stage_1") -> str:
    return next(
        each.due.isoformat() for each in planned(entry) if (each.milestone, each.stage) == (milestone, stage)
    )


@pytest.mark.parametrize(
    ("milestone", "stage", "day"),
    [
        ("day_agreed", "stage_1", "2026-12-29"),
        ("scope_approved", "stage_1", "2027-01-12"),
        ("audit_reported", "stage_1", "2027-02-23"),
        ("review_held", "stage_1", "2027-03-09"),
        ("no_gaps", "stage_2", "2027-04-06"),
        ("wrong_closed", "stage_2", "2027-04-20"),
    ],
)
def test_it_is_counted_back_from_its_stage(milestone: str, stage: str, day: str) -> None:
    assert due(c.planned(), milestone, stage) == day


def test_an_agreed_day_moves_what_has_to_be_ready_and_makes_it_another_errand() -> None:
    before, after = c.planned(), c.planned(stage_1="2028-03-31")
    assert due(after, "audit_reported") == "2028-03-03", "over a leap day"
    names = [
        {each.name for each in errands(entry, c.desk()) if "audit_reported" in each.name}
        for entry in (before, after)
    ]
    assert not names[0] & names[1]


def test_only_the_next_two_stages_are_prepared() -> None:
    entry = c.planned()
    assert {each.stage for each in planned(entry)} == {"stage_1", "stage_2"}
    entry = c.held(entry, "stage_1", "2027-03-23")
    assert {each.stage for each in planned(entry)} == {"stage_2", "surveillance_1"}


def test_each_milestone_is_for_its_role_and_for_whoever_leads_where_nobody_holds_it() -> None:
    entry, at = c.planned(), c.desk()
    whose = {each.about.partition(".")[0]: holders(each, entry, at) for each in errands(entry, at)}
    assert whose["audit_reported"] == (EVE,)
    assert set(whose["statement_approved"]) == {CLEO, "P-dan"}
    alone = a_desk(roles={"governance_lead": frozenset((BEN,))}, now=at.now)
    assert {holders(each, entry, alone) for each in errands(entry, alone) if each.kind == "milestone"} == {
        (BEN,)
    }


SCOPE: dict[str, Said] = {"covers": "All", "activities": ("Selling",)}
AUDIT: dict[str, Said] = {
    "title": "First", "objective": "Whether it is lived", "scope": ("Sales",), "criteria": ("9.1",),
    "auditors": (ANA,), "begins": "2026-12-01", "due": "2026-12-15",
}  # fmt: skip
WRONG: dict[str, Said] = {
    "title": "Late", "what": "Nobody looked", "source": "overdue", "weight": "minor", "points": ("9.1",),
    "due": "2026-12-21",
}  # fmt: skip
GOAL: dict[str, Said] = {
    "title": "Trained",
    "measure": "Share",
    "target": "All",
    "how": "Lists",
    "owner": ANA,
    "due": "2027-06-30",
}
REVIEW: dict[str, Said] = {
    "title": "Yearly", "since": "2026-01-01", "held_on": "2027-02-01", "attended": (CLEO,), "inputs": "abc",
    "minutes": "All looked at",
}  # fmt: skip
POLICY: dict[str, Said] = {"title": "AI policy", "text": "We use AI well", "since": "2026-12-01"}


def shown(
    milestone: str, *entries: Entry, stage: str = "stage_1", covered: tuple[Covered, ...] | None = ()
) -> Ready:
    plan = c.planned()
    one = next(each for each in planned(plan) if (each.milestone, each.stage) == (milestone, stage))
    return ready(one, plan, c.record(*entries, covered=covered))


def reported(day: str) -> Entry:
    """An audit reported on that day: what was drawn is left out, since its lot has tests of its own."""
    entry = c.stated("audit", AUDIT, "2026-12-01")
    steps = list(entry.steps)
    for act in ("drawn", "held", "reported"):
        steps.append(
            steps[0].model_copy(
                update={"id": act, "kind": "act", "at": c.on_day(day), "detail": {"act": act}, "texts": {}}
            )
        )
    return entry.model_copy(update={"steps": tuple(steps)})


def test_in_force_is_what_somebody_said_yes_to() -> None:
    waits = decide(None, drafting(BEN, said=SCOPE), c.desk())
    assert not shown("scope_approved", waits).met
    assert shown("scope_approved", c.stated("scope", SCOPE, "2026-12-01")).shown == ("AIM-scope",)


@pytest.mark.parametrize(
    ("day", "met"), [("2026-03-22", False), ("2026-03-23", True), ("2027-03-23", True), ("2027-03-24", False)]
)
def test_a_review_counts_a_year_before_the_stage_and_not_after_it(day: str, met: bool) -> None:
    review = c.stated("management_review", {**REVIEW, "held_on": day}, "2026-12-01")
    assert shown("review_held", review).met is met


@pytest.mark.parametrize(("day", "met"), [("2026-03-22", False), ("2026-03-23", True)])
def test_an_audit_counts_once_it_is_reported_and_for_a_year(day: str, met: bool) -> None:
    assert not shown("audit_reported", c.stated("audit", AUDIT, "2026-12-01")).met
    assert shown("audit_reported", reported(day)).met is met


@pytest.mark.parametrize(("day", "met"), [("2027-02-04", True), ("2027-02-05", False)])
def test_the_system_has_run_for_three_months_since_its_first_policy(day: str, met: bool) -> None:
    assert shown("three_months", c.stated("policy", POLICY, day, "ai-policy"), stage="stage_2").met is met


def test_nothing_that_went_wrong_is_open_also_nothing_that_nobody_confirmed() -> None:
    minor = c.stated("nonconformity", WRONG, "2026-12-01")
    assert shown("majors_closed", minor).met, "a minor one is not in the way of stage 1"
    assert shown("wrong_closed", minor, stage="stage_2").lacks == ("AIN-nonconformity",)
    assert shown("wrong_closed", stage="stage_2").met
    wish = drafting("", "nonconformity", said={**WRONG, "weight": "major"}, by_rule=True)
    waits = decide(None, wish, c.desk())
    assert not shown("majors_closed", waits).met


def test_every_objective_is_measured_within_half_a_year() -> None:
    goal = c.stated("objective", GOAL, "2026-12-01")
    assert not shown("measured_again", stage="stage_2").met, "without objectives nothing was measured"
    early = c.does(goal, "measured", "2026-11-03", ANA, value="1", met="yes")
    assert shown("measured_again", early, stage="stage_2").lacks == ("AIM-objective",)
    assert shown(
        "measured_again", c.does(goal, "measured", "2026-11-04", ANA, value="1", met="yes"), stage="stage_2"
    ).met


def test_coverage_that_was_not_counted_shows_nothing() -> None:
    gap = Covered(point="9.2.1", standing="document")
    none = Covered(point="9.3.1", standing="nothing")
    assert not shown("nothing_missing", covered=None).met
    assert shown("nothing_missing", covered=(gap,)).met
    assert shown("nothing_missing", covered=(gap, none)).lacks == ("9.3.1",)
    assert shown("no_gaps", stage="stage_2", covered=(gap, none)).lacks == ("9.2.1", "9.3.1")


def test_an_agreed_day_is_one_that_stands_in_the_plan() -> None:
    plan = c.planned(stage_1="2027-03-20")
    found = {(each.milestone, each.stage): ready(each, plan, c.record()) for each in planned(plan)}
    assert found["day_agreed", "stage_1"].met
    assert not found["day_agreed", "stage_2"].met


@given(wished=DAYS)
def test_whatever_the_day_stages_follow_each_other_and_all_is_ready_before_its_stage(wished: date) -> None:
    entry = c.planned(wished=wished.isoformat())
    found = [each.day for each in stages(entry)]
    assert found == sorted(found)
    assert [each.id for each in stages(entry)] == [each.id for each in way().stages]
    assert all(each.on - each.due == timedelta(days=each.of.days) > timedelta() for each in planned(entry))


@pytest.mark.parametrize(
    ("zone", "met"),
    [("America/Los_Angeles", True), ("UTC", True), ("Europe/Berlin", False), ("Asia/Tokyo", False)],
)
def test_a_day_is_that_of_the_organisation(zone: str, met: bool) -> None:
    """The policy counts since half past eleven at night, UTC, on the last day that is early enough."""
    yes = c.on_day("2027-02-04", "UTC", 23)
    policy = c.stated("policy", POLICY, "2027-02-04", "ai-policy")
    steps = tuple(each.model_copy(update={"at": yes}) for each in policy.steps)
    plan = c.planned()
    one = next(each for each in planned(plan) if each.milestone == "three_months")
    found = c.record(policy.model_copy(update={"steps": steps}))._replace(calendar=Calendar(zone))
    assert ready(one, plan, found).met is met


def test_every_fault_of_the_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = certification.FILE.read_text()
    for good, bad in WRONG_FILES:
        assert text.count(good) == 1, good
        file = tmp_path / "certification.yaml"
        file.write_text(text.replace(good, bad))
        monkeypatch.setattr(certification, "FILE", file)
        with pytest.raises(Damaged):
            certification.way.__wrapped__()


WRONG_FILES = (
    ("of: scope", "of: skope"),
    ("days: 28, by: auditor, check: acted, of: audit, stages: [reported",
     "days: 28, by: auditor, check: acted, of: audit, stages: [repported"),
    ("never: [missing]}\n  - {id: review_held", "never: [mising]}\n  - {id: review_held"),
    ("day: held_on, months: 12}\n  - {id: majors_closed", "day: title, months: 12}\n  - {id: majors_closed"),
    ("weights: [major]", "weights: [huge]"),
    ("check: measured, of: objective, months: 6", "check: measured, of: objective"),
    ("id: three_months, before: [stage_2]", "id: three_months, before: [stage_9]"),
    ("id: no_gaps", "id: three_months"),
)  # fmt: skip
