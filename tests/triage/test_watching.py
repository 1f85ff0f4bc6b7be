"""Plans and values: what is past its limit, who writes what, when a report is owed, and what a loosened plan takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.answers import answered
from intake.figures import is_figure, to_figure, to_limit
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_case, a_desk, key, says, some_answers
from tests.triage.test_approving_terms import HIGH
from triage.calendar import Calendar
from triage.case import Case, Deployment, Status
from triage.climbing import calendar_of, called
from triage.commands import Command
from triage.decide import decide
from triage.desk import Desk
from triage.errands import Errand, errands
from triage.measures import offered, usual
from triage.outcome import Outcome, Refused, Say
from triage.overdue import call, is_due
from triage.plan import Every, Measure, Reading, is_past
from triage.planning import loosened
from triage.staff import Colleague
from triage.watched import beyond
from triage.watches import GiveReadings, WritePlan

ERRORS = Measure(name="Complaints", side="at_most", limit="3")
CHECKED = Measure(name="Checked", unit="%", side="at_least", limit="90")


def later(**days: int) -> Desk:
    return a_desk(now=NOW + timedelta(**days))


def does(case: Case, command: Command, desk: Desk | None = None) -> Outcome:
    return decide(case, command, desk or a_desk())


def write(
    case: Case, *measures: Measure, actor: str = ANA, every: Every = "weekly", **more: Any
) -> WritePlan:
    shown = case.plans[-1].id if case.plans else ""
    given = {"actor": actor, "case": case.id, "key": key(), "plan": shown, "every": every}
    return WritePlan.model_validate(given | {"measures": measures or (ERRORS, CHECKED)} | more)


def give(case: Case, *values: str, actor: str = ANA, **more: Any) -> GiveReadings:
    readings = tuple(
        Reading(
            number=number, value=value if is_figure(value) else "", reason="" if is_figure(value) else value
        )
        for number, value in enumerate(values, 1)
    )
    last = case.measurements[-1].id if case.measurements else ""
    shown = {"plan": case.plans[-1].id if case.plans else "", "last": last, "readings": readings}
    return GiveReadings.model_validate({"actor": actor, "case": case.id, "key": key()} | shown | more)


def watched(status: Status = Status.approved) -> Case:
    case = a_case(status)
    return does(case, write(case)).case


def refused(case: Case, command: Command, desk: Desk | None = None) -> str:
    with pytest.raises(Refused) as told:
        does(case, command, desk)
    return told.value.key


# -- numbers


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("5", "5"), ("5.0", "5"), ("4,5", "4.5"), ("+07", "7"), ("-0", "0"), ("−2", "-2"), ("100", "100"),
        ("0.125", "0.125"), ("1,250", None), ("1.250", None), ("1 250", None), ("five", None), ("", None),
        ("1e3", None),        ("5 %", None), ("٥", None), ("1.1234567", None),
    ],
)  # fmt: skip
def test_a_number_is_read_in_one_way_or_not_at_all(text: str, figure: str | None) -> None:
    assert to_figure(text) == figure
    assert figure is None or is_figure(figure)


def test_a_limit_is_a_number_and_its_unit() -> None:
    assert to_limit("5 %") == ("5", "%")
    assert to_limit("0.5%") == ("0.5", "%")
    assert to_limit("200 EUR a month") == ("200", "EUR a month")
    assert [to_limit(text) for text in ("about 5", "1,250 EUR", "5 000", "5.5.5", "%")] == [None] * 5


@given(
    st.decimals(-9999, 9999, places=2, allow_nan=False), st.decimals(-9999, 9999, places=2, allow_nan=False)
)
def test_past_is_past_on_one_side_only(value: Any, limit: Any) -> None:
    one, other = (to_figure(f"{each:.4f}") or "" for each in (value, limit))
    most, least = (
        Measure.model_validate({"name": "x", "side": s, "limit": other}) for s in ("at_most", "at_least")
    )
    assert is_past(most, one) == (value > limit)
    assert is_past(least, one) == (value < limit)


# -- the plan


def test_what_was_read_stays_with_the_version_that_held_then() -> None:
    case = watched()
    read = does(case, give(case, "2", "95")).case
    anew = does(read, write(read, replace_limit(ERRORS, "1"))).case
    assert [len(plan.measures) for plan in anew.plans] == [2, 1]
    assert anew.measurements == read.measurements
    assert beyond(anew) == ()
    assert anew.in_use


def replace_limit(measure: Measure, limit: str) -> Measure:
    return measure.model_copy(update={"limit": limit})


def test_whoever_owns_it_or_decides_about_it_writes_it() -> None:
    case = a_case(Status.approved, owner=CLEO)
    for person in (ANA, CLEO, BEN):
        assert does(case, write(case, actor=person)).case.plans[0].by == person
    assert refused(case, write(case, actor=DAN)) == "not_yours_to_plan"
    assert refused(a_case(Status.in_review), write(a_case(Status.in_review))) == "plan_later"


def test_of_two_who_write_at_once_the_second_reads_so() -> None:
    case = a_case(Status.approved)
    late = write(case)
    assert refused(does(case, write(case)).case, late) == "plan_changed"
    again = watched()
    assert refused(again, write(again)) == "plan_same"


@pytest.mark.parametrize(
    "measures",
    [
        (),
        (ERRORS,) * 2,
        tuple(ERRORS.model_copy(update={"name": str(n)}) for n in range(6)),
        (ERRORS.model_copy(update={"name": " "}),),
        (ERRORS.model_copy(update={"name": "x" * 81}),),
        (ERRORS.model_copy(update={"unit": "x" * 21}),),
        (replace_limit(ERRORS, "3.0"),),
        (replace_limit(ERRORS, "many"),),
    ],
)
def test_what_no_window_hands_in_is_refused(measures: tuple[Measure, ...]) -> None:
    case = a_case(Status.approved)
    command = write(case).model_copy(update={"measures": measures})
    assert refused(case, command) == "plan_unclear"


def test_who_reports_is_here_and_reads_it() -> None:
    case = a_case(Status.approved)
    gone = a_desk(staff=lambda person: Colleague(gone=person == DAN))
    assert refused(case, write(case, monitor=DAN), gone) == "monitor_gone"
    kept = case.model_copy(update={"confidential": True})
    assert refused(kept, write(kept, monitor=DAN)) == "monitor_no_reader"
    assert does(kept, write(kept, monitor=BEN)).case.plans[0].monitor == BEN


def test_what_is_less_than_before() -> None:
    plan = watched().plans[0]

    def less(*measures: Measure, every: Every = "weekly") -> tuple[str, ...]:
        return loosened(plan, plan.model_copy(update={"measures": measures, "every": every}))

    assert less(ERRORS, CHECKED) == ()
    assert less(CHECKED, replace_limit(ERRORS, "2"), ERRORS.model_copy(update={"name": "More"})) == ()
    assert less(replace_limit(ERRORS, "4"), replace_limit(CHECKED, "89")) == ("1", "2")
    assert less(ERRORS.model_copy(update={"name": "complaints"}), CHECKED) == ()
    assert less(ERRORS.model_copy(update={"unit": "a day"}), CHECKED) == ("1",)
    assert less(ERRORS.model_copy(update={"side": "at_least"}), CHECKED) == ("1",)
    assert less(ERRORS) == ("2",)
    assert less(ERRORS, CHECKED, every="monthly") == ("every",)


def test_from_high_risk_on_somebody_else_who_decides_loosens_it() -> None:
    """Neither whose use it is, nor who wrote what is loosened, nor who has no say in it."""
    small = watched()
    assert does(small, write(small, ERRORS)).case.plans[-1].measures == (ERRORS,)
    high = a_case(Status.approved, HIGH)
    case = does(high, write(high, actor=CLEO)).case
    looser, stricter = replace_limit(ERRORS, "9"), replace_limit(ERRORS, "1")
    assert refused(case, write(case, looser, CHECKED)) == "plan_looser"
    assert refused(case, write(case, looser, CHECKED, actor=CLEO)) == "plan_looser"
    assert does(case, write(case, stricter, CHECKED)).case.plans[-1].measures[0] == stricter
    own = does(high, write(high)).case
    assert refused(own, write(own, looser, CHECKED)) == "plan_looser"
    assert does(own, write(own, looser, CHECKED, actor=CLEO)).case.plans[-1].measures[0] == looser


# -- values


def test_within_is_told_to_nobody_and_changes_nothing_else() -> None:
    case = watched()
    outcome = does(case, give(case, "3", "90"))
    assert outcome.case.model_copy(update={"measurements": ()}) == case
    assert [each.what for each in outcome.happened] == ["readings.given"]
    assert {each.say for each in outcome.notices if not each.facts.get("over")} == {"summary", "card"}


def test_past_its_limit_it_is_decided_anew_and_everybody_concerned_is_told() -> None:
    team = Deployment(id="team", owner=DAN, joined_at=NOW)
    case = a_case(Status.approved, owner=CLEO, deployments=(team,))
    case = does(case, write(case, monitor=EVE)).case
    outcome = does(case, give(case, "4", "Nobody looked", actor=EVE), later(days=1))
    assert outcome.case.status is Status.in_review
    assert outcome.case.due_at is not None
    assert outcome.case.due_at > NOW
    assert [each.what for each in outcome.happened] == ["readings.given", "case.under_reassessment"]
    told = {n.to for n in outcome.notices if n.say == "measured" and n.facts.get("about") == "past"}
    assert told == {"", CLEO, DAN, EVE}, "whoever asked in their thread"
    assert "card_note" in says(outcome)
    assert [(each.measure, each.reading.value) for each in beyond(outcome.case)] == [(ERRORS, "4")]


def test_what_was_not_measured_is_an_answer_and_neither_within_nor_past() -> None:
    case = watched()
    outcome = does(case, give(case, "The log was off", "Nobody looked"))
    assert outcome.case.in_use
    assert outcome.happened[0].texts["reason_1"] == "The log was off"
    for values in (("2",), ("2", ""), ("2", "95", "1"), ("", "")):
        assert refused(case, give(case, *values)) == "reading_needed"


def test_of_two_who_report_at_once_the_second_reads_so() -> None:
    case = watched()
    late = give(case, "1", "95")
    assert refused(does(case, give(case, "9", "95")).case, late) == "measured_already"
    changed = does(case, write(case, ERRORS)).case
    assert refused(changed, late) == "plan_changed"


def test_a_value_of_what_is_decided_anew_counts_and_opens_nothing() -> None:
    case = watched().model_copy(update={"status": Status.in_review})
    outcome = does(case, give(case, "9", "95"))
    assert outcome.case.status is Status.in_review
    assert [each.what for each in outcome.happened] == ["readings.given"]
    assert "card_note" in says(outcome)


@pytest.mark.parametrize("status", [Status.retired, Status.declined, Status.withdrawn])
def test_of_what_is_over_nothing_is_reported(status: Status) -> None:
    case = watched().model_copy(update={"status": status})
    assert refused(case, give(case, "9", "95")) == "nothing_to_measure"


def test_whoever_is_named_and_whoever_owns_it_report_and_nobody_else() -> None:
    case = a_case(Status.approved)
    case = does(case, write(case, monitor=DAN)).case
    for person in (DAN, ANA):
        assert does(case, give(case, "1", "95", actor=person)).case.measurements[0].by == person
    assert refused(case, give(case, "1", "95", actor=BEN)) == "not_yours_to_measure"
    kept = case.model_copy(update={"confidential": True})
    assert refused(kept, give(kept, "1", "95", actor=DAN)) == "not_yours_to_measure"


# -- when


def test_it_is_owed_from_the_last_report_the_yes_or_the_first_plan() -> None:
    case = watched()
    owed = call(case, a_desk())
    assert owed is not None
    assert owed.day == date(2026, 11, 28)
    assert not is_due(case, later(days=8)), "that is a Saturday"
    assert is_due(case, later(days=9, hours=23))
    anew = does(case, write(case, ERRORS), later(days=5)).case
    assert call(anew, a_desk()) == owed, "nobody puts it off by writing a plan anew"
    read = does(anew, give(anew, "1"), later(days=6)).case
    assert (after := call(read, a_desk())) is not None
    assert after.since == read.measurements[0].id
    assert call(case.model_copy(update={"status": Status.lapsed}), a_desk()) is None


def test_in_the_working_days_of_whoever_is_asked() -> None:
    case = a_case(Status.approved)
    case = does(case, write(case, monitor=DAN)).case
    far = a_desk(
        staff=lambda person: Colleague(zone="Asia/Dubai", country="AE") if person == DAN else Colleague()
    )
    assert calendar_of(waiting(case, far), case, far) == Calendar("Asia/Dubai", "AE")
    gone = replace(far, staff=lambda person: Colleague(gone=person == DAN))
    assert calendar_of(waiting(case, gone), case, gone).zone == "Europe/Berlin", "whoever owns it is asked"


def waiting(case: Case, desk: Desk) -> Errand:
    (found,) = (each for each in errands(case, desk) if each.kind == "report")
    return found


def test_asked_reminded_and_told_each_while_it_is_owed() -> None:
    case, desk = watched(), later(days=10)
    name = waiting(case, desk).name
    for number, what in enumerate(("asked", "reminded", "missed")):
        found = called(case, name, number, desk)
        assert found is not None
        assert found.happened.what == f"readings.{what}"
        assert [note.say for note in found.notes] == ([Say.card_note] if what == "missed" else [])
        assert {notice.say for notice in found.notices} == {Say.measured}
    read = does(case, give(case, "1", "95")).case
    assert called(read, name, 0, desk) is None


# -- the usual ones


def test_the_usual_measures_fit_the_use() -> None:
    def ids(**change: Any) -> list[str]:
        return [each.id for each in offered(a_case(Status.approved, some_answers(**change)), a_desk())]

    assert ids() == ["corrected", "wrong"]
    assert "complaints" in ids(people=answered("customers"), output_use=answered("talks_to_people"))
    assert {"incidents", "objections", "differences"} <= set(
        ids(**HIGH | {"output_use": answered("decides_people")})
    )
    assert ids(account=answered("api"))[-1] == "cost"
    assert len({each.id for each in usual()}) == len(usual())
