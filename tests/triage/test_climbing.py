"""Who hears of what waits, when, and who after them; on any day, in any zone, with anybody away or gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, ROLES, a_case, a_desk
from tests.triage.test_conditions import bound
from triage.calendar import Calendar
from triage.case import Case, Status
from triage.climbing import ALONE, after, at_step, called, is_past, moment, whom
from triage.desk import Desk
from triage.errands import Errand, errands
from triage.ladders import KINDS, ladders, steps_of
from triage.outcome import Say
from triage.settling import LEAD
from triage.staff import Away, Colleague

LED = {**ROLES, LEAD: frozenset({EVE})}
AWAY = Away(NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=3))
ZONES = ("Pacific/Kiritimati", "Etc/GMT+12", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
COUNTRIES = (None, "DE", "AE", "IL", "US")
DAYS = st.dates(date(2026, 1, 1), date(2033, 12, 31))


def one(case: Case, desk: Desk) -> Errand:
    (found,) = errands(case, desk)
    return found


def desk_of(**people: Colleague) -> Desk:
    ids = {"ana": ANA, "ben": BEN, "cleo": CLEO, "dan": DAN, "eve": EVE}
    known = {ids[name]: colleague for name, colleague in people.items()}
    return a_desk(roles=LED, staff=lambda person: known.get(person, Colleague()))


# --- who


@pytest.mark.parametrize(
    ("to", "people", "expected", "because"),
    [
        ("keeper", {}, (ANA,), "own"),
        ("keeper", {"ana": Colleague(away=AWAY)}, (ANA,), "own"),
        ("keeper", {"ana": Colleague(away=replace(AWAY, deputy=BEN))}, (BEN,), "deputy"),
        ("keeper", {"ana": Colleague(away=AWAY, manager=DAN)}, (DAN,), "manager"),
        ("keeper", {"ana": Colleague(gone=True, deputy=BEN, manager=DAN)}, (BEN,), "deputy"),
        ("keeper", {"ana": Colleague(gone=True, manager=DAN)}, (DAN,), "manager"),
        ("keeper", {"ana": Colleague(gone=True)}, (EVE,), "lead"),
        ("deputy", {"ana": Colleague(deputy=BEN, manager=DAN)}, (BEN,), "deputy"),
        (
            "deputy",
            {"ana": Colleague(deputy=BEN, manager=DAN), "ben": Colleague(gone=True)},
            (DAN,),
            "manager",
        ),
        ("deputy", {"ana": Colleague(manager=DAN), "dan": Colleague(away=AWAY)}, (), "deciders"),
        ("deputy", {}, (), "deciders"),
        ("deciders", {"ana": Colleague(deputy=BEN)}, (), "deciders"),
        ("lead", {}, (EVE,), "lead"),
        ("lead", {"eve": Colleague(gone=True)}, (), "deciders"),
    ],
)
def test_the_first_who_can_be_reached(
    to: str, people: dict[str, Colleague], expected: tuple[str, ...], because: str
) -> None:
    case, desk = bound(), desk_of(**people)
    assert whom(one(case, desk), to, case, desk) == (expected, because)  # type: ignore[arg-type]


def test_of_a_confidential_use_nobody_hears_who_does_not_read_it() -> None:
    case = bound().model_copy(update={"confidential": True})
    desk = desk_of(ana=Colleague(manager=DAN, deputy=DAN))
    assert whom(one(case, desk), "deputy", case, desk) == ((), "deciders")
    elsewhere = replace(desk, roles={**ROLES, LEAD: frozenset({DAN})})
    assert whom(one(case, desk), "lead", case, elsewhere) == ((), "deciders")
    reads = desk_of(ana=Colleague(manager=BEN))
    assert whom(one(case, reads), "deputy", case, reads) == ((BEN,), "manager"), "who decides reads it"


@given(st.sampled_from(KINDS), st.data())
def test_every_ladder_ends_with_people(kind: str, data: st.DataObject) -> None:
    """Whoever is gone or away: somebody is written to, or those who decide read it below the card."""
    states = (Colleague(), Colleague(gone=True), Colleague(away=AWAY), Colleague(manager=DAN, deputy=BEN))
    people = {name: data.draw(st.sampled_from(states)) for name in ("ana", "ben", "dan", "eve")}
    case, desk = bound(), desk_of(**people)
    due = one(case, desk)
    for number in range(len(steps_of("condition"))):
        found = called(case, due.name, number, desk)
        assert found is not None
        assert found.people or [note.say for note in found.notes] == [Say.card_note]
        assert not any(desk.staff(each).gone for each in found.people)


# --- when


@given(DAYS, st.sampled_from(ZONES), st.sampled_from(COUNTRIES), st.sampled_from(KINDS))
def test_each_step_comes_while_they_work_and_in_order(
    day: date, zone: str, country: str | None, kind: str
) -> None:
    calendar, due = Calendar(zone, country), Errand(kind=kind, about="x", due=day)  # type: ignore[arg-type]
    moments = [moment(step, due, calendar, NOW) for step in steps_of(due.kind)]
    assert all(calendar.opens(each) == each for each in moments)
    assert moments == sorted(moments)
    assert calendar.day_of(moments[0]) <= day or steps_of(due.kind)[0].days >= 0, (
        "a word before it comes before it"
    )


@given(DAYS, st.integers(0, 400), st.sampled_from(ZONES))
def test_however_late_one_step_was_the_next_keeps_its_distance(day: date, late: int, zone: str) -> None:
    case = bound()
    now = datetime(day.year, day.month, day.day, 10, tzinfo=UTC) + timedelta(days=late)
    desk = replace(desk_of(ana=Colleague(zone=zone)), now=now)
    due = Errand(kind="condition", about="x", due=day)
    steps = steps_of("condition")
    for number, (earlier, later) in enumerate(pairwise(steps)):
        then = after(number, due, case, desk)
        assert then is not None
        apart = (
            later.days - earlier.days if earlier.days >= 0 else 1
        )  # a word before the day keeps no other back
        assert then - now > timedelta(days=apart - 1)
    assert after(len(steps) - 1, due, case, desk) is None


def test_what_is_due_soon_is_said_again_on_its_day() -> None:
    """A review of the highest risk opens a week before its day: its first word is late already."""
    case, desk = bound(), desk_of()
    due = Errand(kind="review", about="x", due=(NOW + timedelta(days=9)).date())
    then = after(0, due, case, desk)
    assert then is not None
    assert then.date() == due.due


def test_a_word_before_the_day_is_not_said_after_it() -> None:
    case, desk = bound(), desk_of()
    due = one(case, desk)
    assert not is_past(0, due, replace(desk, now=datetime(2026, 12, 4, 12, tzinfo=UTC)))
    late = replace(desk, now=datetime(2026, 12, 5, 12, tzinfo=UTC))
    assert is_past(0, due, late)
    assert not is_past(1, due, late)
    then = after(0, due, case, late, spaced=False)
    assert then is not None
    assert then.date() == date(2026, 12, 14), "the twelfth is a Saturday"


def test_in_the_days_of_whoever_answers_for_it() -> None:
    case, desk = bound(), desk_of(ana=Colleague(zone="Asia/Dubai", country="AE"))
    assert at_step(0, one(case, desk), case, desk).isoformat().startswith("2026-11-27T05:00"), "a Friday"


# --- what is said


def test_what_was_settled_calls_for_nothing() -> None:
    case, desk = bound(), desk_of()
    name = one(case, desk).name
    assert called(case, name, 0, desk) is not None
    assert called(case, "condition:other:001", 0, desk) is None
    assert called(case.model_copy(update={"status": Status.retired}), name, 0, desk) is None
    assert errands(a_case(), desk) == (), "nothing waits of what nobody approved"


def test_each_says_when_who_hears_of_it_next() -> None:
    case, desk = bound(), desk_of()
    name = one(case, desk).name
    said = called(case, name, 0, desk)
    assert said is not None
    assert said.notices[0].facts["then"] == "keeper"
    assert str(said.notices[0].facts["next"]).startswith("2026-12-14")
    last = called(case, name, len(steps_of("condition")) - 1, desk)
    assert last is not None
    assert "next" not in last.notices[0].facts


def test_the_file_is_whole() -> None:
    for kind in KINDS:
        assert steps_of(kind)[-1].to == ("keeper" if kind in ALONE else "lead")
    assert sorted(ladders().snooze) == [1, 2, 3, 4]
    days = [ladders().snooze[tier].days for tier in (1, 2, 3, 4)]
    assert days == sorted(days, reverse=True)
