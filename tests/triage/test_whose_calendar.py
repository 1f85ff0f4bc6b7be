"""Whose working days count: of whoever has the request, and never fewer than were promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import BEN, EVE, LOW, a_case, a_desk, key
from tests.triage.test_calendar import MOMENTS
from triage.case import Case, Status
from triage.commands import PassOn, Recuse, Take
from triage.decide import decide
from triage.desk import Desk
from triage.outcome import Refused
from triage.staff import Away, Colleague

THURSDAY = datetime(2026, 11, 26, 16, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
HERE = Colleague(zone="Europe/Berlin", country="DE")
OVERSEAS = Colleague(zone="America/New_York", country="US")
EAST = Colleague(zone="Asia/Tokyo", country="JP")


def staff(**known: Colleague) -> Callable[[str], Colleague]:
    by_id = {f"P-{name}": colleague for name, colleague in known.items()}
    return lambda person: by_id.get(person, Colleague())


def desk(now: datetime = TUESDAY, **known: Colleague) -> Desk:
    return replace(a_desk(), now=now, staff=staff(**known))


def waiting(due: datetime = THURSDAY) -> Case:
    return a_case(Status.in_review, LOW, due_at=due)


def taken(case: Case, at: Desk, by: str = BEN) -> Case:
    return decide(case, Take(actor=by, key=key(), case="case-1"), at).case


def test_holidays_of_whoever_takes_it_move_the_term() -> None:
    """Thanksgiving is no working day in New York, and the day ends there later."""
    assert taken(waiting(), desk(ben=OVERSEAS)).due_at == datetime(2026, 11, 27, 22, tzinfo=UTC)


def test_whoever_works_as_the_organisation_does_moves_nothing() -> None:
    assert taken(waiting(), desk(ben=HERE)).due_at == THURSDAY
    assert taken(waiting(), desk()).due_at == THURSDAY


def test_where_the_day_ends_sooner_what_was_promised_stands() -> None:
    early = desk(TUESDAY - timedelta(hours=3), ben=EAST)
    assert taken(waiting(), early).due_at == THURSDAY


def test_what_is_overdue_stays_so() -> None:
    late = desk(THURSDAY + timedelta(minutes=1), ben=OVERSEAS)
    assert taken(waiting(), late).due_at == THURSDAY


def test_passing_on_there_and_back_gains_no_days() -> None:
    at = desk(ben=OVERSEAS, eve=HERE)
    case = taken(waiting(), at)
    moved = case.due_at
    for person, by in ((EVE, BEN), (BEN, EVE), (EVE, BEN)):
        wish = PassOn(actor=by, key=key(), case="case-1", person=person, version=case.version)
        case = decide(case, wish, at).case
    assert case.due_at == moved


def test_stepping_aside_moves_nothing() -> None:
    at = desk(ben=OVERSEAS, eve=HERE)
    case = taken(waiting(), at)
    aside = Recuse(actor=EVE, key=key(), case="case-1", reason="My sister asks")
    assert decide(case, aside, at).case.due_at == case.due_at
    assert decide(waiting(), aside, at).case.due_at == THURSDAY


@given(
    st.sampled_from([HERE, OVERSEAS, EAST, Colleague(zone="Asia/Riyadh", country="SA")]),
    MOMENTS,
    st.integers(1, 10),
)
def test_a_term_is_never_shortened(colleague: Colleague, now: datetime, days: int) -> None:
    at = desk(now, ben=colleague)
    due = at.calendar().after(now, days)
    moved = taken(waiting(due), at).due_at
    assert moved is not None
    assert moved >= due
    assert at.calendar(BEN).closes_between(now, moved) >= at.calendar().closes_between(now, due)


@pytest.mark.parametrize(
    ("day", "away"), [(23, False), (24, True), (26, True), (27, False)], ids=lambda each: str(each)
)
def test_away_with_both_days(day: int, away: bool) -> None:
    told = Away(date(2026, 11, 24), date(2026, 11, 26))
    at = desk(datetime(2026, 11, day, 9, tzinfo=UTC), ben=Colleague(away=told, deputy=EVE))
    assert (at.away(BEN) is not None) is away
    assert at.stands_in(BEN) == (EVE if away else None)


def test_away_counts_where_somebody_works() -> None:
    """In the evening of UTC it is the next day in Tokyo already."""
    told = Away(date(2026, 11, 25), date(2026, 11, 25))
    at = desk(
        datetime(2026, 11, 24, 20, tzinfo=UTC), ben=replace(EAST, away=told), eve=replace(HERE, away=told)
    )
    assert at.away(BEN)
    assert not at.away(EVE)


def test_nobody_stands_in_who_is_away_gone_or_the_same() -> None:
    told = Away(date(2026, 11, 24), date(2026, 11, 30))
    ben = Colleague(away=told, deputy=EVE)
    assert desk(ben=ben, eve=Colleague(away=told)).stands_in(BEN) is None
    assert desk(ben=ben, eve=Colleague(gone=True)).stands_in(BEN) is None
    assert desk(ben=Colleague(away=told, deputy=BEN)).stands_in(BEN) is None
    assert desk(ben=Colleague(gone=True, deputy=EVE)).stands_in(BEN) == EVE
    assert desk(ben=Colleague(deputy=EVE)).stands_in(BEN) is None, "who is there needs nobody"
    named = Away(date(2026, 11, 24), date(2026, 11, 30), deputy="P-cleo")
    assert desk(ben=Colleague(away=named, deputy=EVE)).stands_in(BEN) == "P-cleo"


def test_nobody_who_is_away_is_given_a_request() -> None:
    told = Away(date(2026, 11, 24), date(2026, 11, 30))
    wish = PassOn(actor=BEN, key=key(), case="case-1", person=EVE)
    with pytest.raises(Refused) as refused:
        decide(waiting(), wish, desk(eve=Colleague(away=told)))
    assert refused.value.key == "is_away"
    assert decide(waiting(), wish, desk()).case.assignments[-1].person == EVE
