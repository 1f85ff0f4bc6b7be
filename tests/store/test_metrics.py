"""Every figure of the catalogue on a fixed record: the values beside it were worked out by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from store import aims, trained
from store.coverage import covered
from store.engine import Store
from store.ledger import Ledger
from store.metrics import measured
from store.tables import IncidentStepRow, PersonRow
from tests.builders import ANA, BEN, CLEO, DAN, DM, LOW, NOW, a_desk, key
from tests.store.statements import statements
from tests.store.test_digest import ALL, HIRING, ZONE
from tests.store.test_digest import book as book
from tests.store.test_digest_places import _incident
from tests.store.test_objectives import stated
from tests.triage.aims.test_entries import drafting, on
from tests.triage.aims.test_risks import HELD, RISK
from triage.aims.metrics import Figure, catalogue, figure
from triage.aims.trending import months
from triage.aims.wishes import ApproveEntry
from triage.commands import Approve, Decline
from triage.talking import Begin, Fill, Submit

COVERAGE = "points_in_place"
PASS = "FROM reg WHERE state <> 'draft'"
"""Stands in what goes through the whole register, and in nothing else."""


def at(month: int, day: int, hour: int = 9) -> datetime:
    return NOW.replace(month=month, day=day, hour=hour)


RATED = at(11, 10)


def handed_in(book: Ledger, use: str, when: datetime, **more: Any) -> None:
    desk = a_desk(now=when, roles=ALL)
    on_it: dict[str, Any] = {"actor": ANA, "case": use}
    book.execute(Begin(**on_it, key=key(), words="We want Otter", place=DM, root=use), desk)
    book.execute(Fill(**on_it, key=key(), answers=LOW | more), desk)
    book.execute(Submit(**on_it, key=key()), desk)


def fixed(store: Store, book: Ledger) -> None:
    """What happened in November 2026, and two things of December."""
    handed_in(book, "use-1", at(11, 2))
    decides(book, Approve, "use-1", at(11, 3))
    handed_in(book, "use-2", at(11, 4))
    decides(book, Decline, "use-2", at(11, 6))
    handed_in(book, "use-3", at(11, 5), **HIRING)
    handed_in(book, "use-4", at(12, 1))
    decides(book, Approve, "use-4", at(12, 1, 19))
    with store.write() as session:
        for person in ("P", "Q"):
            session.add(PersonRow(id=person, team="T", slack_user=person, updated_at=NOW))
        session.flush()
        stated(session, "action", ("done", "not_effective", "done", "effective", "done"))
        for number, (id, kind, day) in enumerate(
            [("a", "report", 20), ("b", "report", 21), ("c", "report", 22), ("b", "close", 25)]
        ):
            if kind == "report":
                session.add(_incident(id, at(11, day)))
                session.flush()
            said: dict[str, Any] = {"incident_id": id, "kind": kind, "number": number, "line": 1}
            said["detail"] = {"kind": "concern"} if kind == "report" else {}
            session.add(IncidentStepRow(id=f"i{number}", at=at(11, day), **said))
    risk(store, "Bare", likelihood_now="4", impact_now="4")
    risk(store, "Has a control", likelihood_now="4", impact_now="4", controls_now=("Two read it",))
    risk(store, "Mild")
    risk(store, "Later", at(12, 2), likelihood_now="5", impact_now="5")
    training(store)


def decides(book: Ledger, wish: type[Approve] | type[Decline], use: str, when: datetime) -> None:
    book.execute(wish(actor=BEN, case=use, key=key(), reason="So it is."), a_desk(now=when, roles=ALL))


def risk(store: Store, title: str, when: datetime = RATED, **said: Any) -> None:
    desk = a_desk(roles=HELD, now=when)
    with store.write() as session:
        wish = drafting(kind="risk", said=RISK | {"title": title, "owner": BEN} | said, actor=BEN)
        entry = aims.carry_out(session, wish, desk)
        aims.carry_out(session, ApproveEntry(**on(entry, DAN), draft=1), desk)


def training(store: Store) -> None:
    """Ana did it; Ben was asked on 1 October and let his thirty days go by; Cleo was asked on 20 November."""
    said = {"title": "Basics", "roles": ("reviewer",), "months": "12", "confirmed": "no"}
    with store.write() as session:
        wish = drafting(kind="training", said=said, actor=BEN)
        made = aims.carry_out(session, wish, a_desk(roles=HELD, now=at(10, 1)))
        for person, when in ((ANA, at(10, 1)), (BEN, at(10, 1)), (CLEO, at(11, 20))):
            trained.note(session, "asked", made, person, when.date(), now=when)
        trained.note(session, "done", made, ANA, at(11, 5).date(), by=ANA, now=at(11, 5))


NOVEMBER: dict[str, tuple[int, int | None, str]] = {
    "came_in": (3, None, "3"),
    "decided": (2, None, "2"),
    "cycle_time": (24, 2, "24"),  # 24 and 48 hours: half of both took no longer than 24
    "overdue": (1, 1, "100 %"),  # the third waits, and its day was in November
    "conditions_overdue": (0, None, "0"),
    "tier_1": (2, 3, "66 %"),  # the two about meetings, the declined one too
    "tier_2": (0, 3, "0 %"),
    "tier_3": (1, 3, "33 %"),  # whoever ranks applicants
    "tier_4": (0, 3, "0 %"),
    "tier_none": (0, 3, "0 %"),
    "incidents_reported": (3, None, "3"),
    "incidents_open": (2, None, "2"),  # three, and one was closed on the 25th
    "deadlines_missed": (0, None, "0"),
    "incidents_without_cause": (0, 0, ""),  # none is older than thirty days
    "risks_bare": (1, 2, "50 %"),  # of the three the mild one is not high
    "trained": (1, 3, "33 %"),
    "training_late": (1, 3, "33 %"),
    "actions_effective": (1, 2, "50 %"),
    "actions_unchecked": (1, None, "1"),
    "actions_worked": (1, 2, "50 %"),
    "policies_read": (0, 0, ""),
    "reviewed_in_time": (0, 0, ""),
    "high_risk_assessed": (0, 0, ""),  # the one of high risk is not approved
    "found_registered": (0, 0, ""),
}
DECEMBER = {
    "risks_bare": 2,
    "came_in": 1,
    "decided": 1,
    "cycle_time": 10,
    "incidents_reported": 0,
    "incidents_open": 2,
}


def told(store: Store, until: date) -> list[tuple[str, dict[str, Figure]]]:
    with store.read() as session:
        found = list(measured(session, months(until, ZONE), ZONE))
    return [(month.name, {each.metric.id: each for each in figures}) for month, figures in found]


def test_each_figure_is_what_counting_by_hand_finds(store: Store, book: Ledger) -> None:
    fixed(store, book)
    (_, october), (name, november), (_, december) = told(store, date(2026, 12, 10))[-3:]
    assert name == "2026-11"
    assert {
        id: (each.part, each.whole, each.value) for id, each in november.items() if id != COVERAGE
    } == NOVEMBER
    assert {id: december[id].part for id in DECEMBER} == DECEMBER
    assert october["came_in"].part == 0
    assert (october["trained"].part, october["trained"].whole) == (0, 2)
    assert set(november) == set(catalogue())


def test_each_says_of_which_days_it_is(store: Store, book: Ledger) -> None:
    fixed(store, book)
    _, november = told(store, date(2026, 11, 30))[-1]
    days = {id: (each.since, each.until) for id, each in november.items()}
    assert days["came_in"] == (date(2026, 11, 1), date(2026, 11, 30))
    assert days["overdue"] == (None, date(2026, 11, 30))
    assert days["actions_worked"] == (date(2025, 12, 1), date(2026, 11, 30))


def test_a_month_that_is_over_counts_out_the_same_whatever_comes_later(store: Store, book: Ledger) -> None:
    fixed(store, book)
    before = told(store, date(2026, 12, 10))[-2]
    handed_in(book, "use-5", at(12, 11))
    with store.write() as session:
        made = next(each for each in aims.of_kind(session, "training", "in_force"))
        trained.note(session, "done", made, BEN, at(12, 11).date(), by=BEN, now=at(12, 11))
    assert told(store, date(2026, 12, 12))[-2] == before


def test_what_is_in_place_is_what_coverage_says(store: Store, book: Ledger) -> None:
    fixed(store, book)
    _, november = told(store, date(2026, 11, 30))[-1]
    end = datetime(2026, 12, 1, tzinfo=ZoneInfo(ZONE)) - timedelta(microseconds=1)
    with store.read() as session:
        found = covered(session, ZONE, end)
    points = sum(each.stage == "in_place" for each in found), sum(each.stage != "left_out" for each in found)
    assert (november[COVERAGE].part, november[COVERAGE].whole) == points


def test_the_register_is_gone_through_once_for_each_month(store: Store, book: Ledger) -> None:
    fixed(store, book)
    spans = months(date(2026, 12, 10), ZONE)
    with store.read() as session, statements(session) as said:
        list(measured(session, spans, ZONE))
    assert sum(PASS in each for each in said) == len(spans)


@pytest.mark.parametrize(("part", "whole", "said"), [(999, 1000, "99 %"), (0, 0, ""), (5, None, "5")])
def test_nothing_is_whole_while_something_is_missing(part: int, whole: int | None, said: str) -> None:
    day = date(2026, 11, 30)
    assert figure(catalogue()["trained"], day, day, part, whole).value == said
