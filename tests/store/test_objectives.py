"""What the register says of an objective is what counting by hand finds, and comes out alike later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import update

from store.digest import figures
from store.engine import Store
from store.objectives import counted_on
from store.sightings import Reading, Seen, take
from store.tables import (
    AcknowledgedRow,
    AimsEntryRow,
    AimsStepRow,
    DecisionRow,
    IncidentStepRow,
    PersonRow,
    ToolRow,
    UseRow,
)
from tests.builders import NOW
from tests.store.test_digest_places import DAY, kept
from triage.figures import Reached

BERLIN = "Europe/Berlin"


def count(store: Store, measure: str, day: date) -> tuple[int, int]:
    with store.read() as session:
        found = counted_on(session, measure, day, BERLIN)
    return found.part, found.whole


def after(days: float) -> date:
    return (NOW + days * DAY).date()


def test_reviews_that_were_answered_by_their_day(store: Store) -> None:
    """Of those due by the first day one was never answered, and one ended with its use."""
    kept(store)
    assert count(store, "reviewed_in_time", after(0)) == (0, 0), "on its day there is still time"
    assert count(store, "reviewed_in_time", after(1)) == (2, 4)
    assert count(store, "reviewed_in_time", after(2)) == (2, 3)
    assert count(store, "reviewed_in_time", after(9)) == (3, 5), "one of the later two was answered"
    assert count(store, "reviewed_in_time", after(366)) == (1, 2), "after a year the first are told no more"


def test_incidents_that_nobody_knows_the_cause_of(store: Store) -> None:
    kept(store)
    with store.write() as session:
        step: dict[str, Any] = {"incident_id": "a", "kind": "cause", "number": 90, "detail": {}}
        session.add(IncidentStepRow(id="c", at=NOW + 31 * DAY, line=1, **step))
    assert count(store, "incidents_without_cause", after(29)) == (0, 0)
    assert count(store, "incidents_without_cause", after(30)) == (1, 1)
    assert count(store, "incidents_without_cause", after(31)) == (1, 2), "the cause of one is known since"
    assert count(store, "incidents_without_cause", after(33)) == (2, 3)


def test_working_days_until_people_decided_first(store: Store) -> None:
    """From Friday to Monday is one day; what was approved beforehand, and what is decided again, is left out."""
    friday = datetime(2026, 11, 27, 9, tzinfo=UTC)
    with store.write() as session:
        for use, days, kind in (
            ("a", 3, "approve"),
            ("b", 7, "decline"),
            ("c", 12, "approve"),
            ("d", 0, "by_pattern"),
        ):
            session.add(
                UseRow(id=use, state="approved", submitted_at=friday, created_at=friday, updated_at=friday)
            )
            for number, moment in enumerate((friday + days * DAY, friday + 200 * DAY)):
                told: dict[str, Any] = {
                    "subject_kind": "use",
                    "subject_id": use,
                    "subject_version": number,
                    "kind": kind,
                    "outcome": "",
                }
                session.add(DecisionRow(id=f"{use}{number}", decided_at=moment, **told))
    assert count(store, "days_to_decide", date(2026, 11, 29)) == (0, 0)
    assert count(store, "days_to_decide", date(2026, 12, 3)) == (1, 1)
    assert count(store, "days_to_decide", date(2026, 12, 10)) == (5, 3)
    assert count(store, "days_to_decide", date(2027, 6, 30)) == (0, 0), (
        "what is decided again was decided before"
    )


def test_found_tools_that_somebody_answers_for(store: Store) -> None:
    """What only a list showed is no use yet; a confidential one is counted, so that closing it changes no figure."""
    about: dict[str, Any] = {"unit": "Sales", "week": date(2026, 11, 2), "hits": 1, "people": 1, "sure": True}
    seen = [
        Seen(tool_id=tool, general=tool == "notion-ai", **about)
        for tool in ("otter", "deepl", "claude", "notion-ai")
    ]
    with store.write() as session:
        take(session, Reading(digest="a", kind="proxy", read=4, refused=0), seen, NOW, run="r1")
        session.add(PersonRow(id="P", team="T", slack_user="U", updated_at=NOW))
        session.flush()
        for tool in ("otter", "deepl", "claude", "notion-ai"):
            known: dict[str, Any] = {"name": tool, "state": "known", "source": "list", "updated_at": NOW}
            session.add(ToolRow(id=tool, slug=tool, **known))
        session.flush()
        rows: list[tuple[str, str, str | None, bool]] = [
            ("a", "otter", "P", False), ("b", "deepl", None, False), ("c", "claude", "P", True),
            ("d", "notion-ai", "P", False),
        ]  # fmt: skip
        for id, tool, owner, closed in rows:
            moments: dict[str, Any] = {"created_at": NOW, "updated_at": NOW}
            session.add(
                UseRow(id=id, tool_id=tool, owner_id=owner, confidential=closed, state="approved", **moments)
            )
    assert count(store, "found_registered", after(-1)) == (0, 0)
    assert count(store, "found_registered", after(0)) == (2, 3)
    with store.write() as session:
        session.connection().execute(update(UseRow).values(state="withdrawn"))
    assert count(store, "found_registered", after(0)) == (0, 3)


def test_actions_that_had_their_effect(store: Store) -> None:
    kept(store)
    with store.write() as session:
        stated(session, "action", ("done", "not_effective", "done", "effective"))
        step: dict[str, Any] = {
            "incident_id": "a",
            "kind": "check_action",
            "number": 91,
            "detail": {"found": "effective"},
        }
        session.add(IncidentStepRow(id="c", at=NOW + 2 * DAY, line=1, **step))
    assert count(store, "actions_worked", after(0)) == (0, 0)
    assert count(store, "actions_worked", after(1)) == (0, 1)
    assert count(store, "actions_worked", after(3)) == (2, 3)
    assert count(store, "actions_worked", after(366)) == (2, 2)


def test_people_who_read_what_they_were_asked_to(store: Store) -> None:
    """A later version read is enough; an earlier one is not."""
    rows = [("asked", 1, "P", 0), ("asked", 2, "Q", 0), ("asked", 1, "R", 0),
            ("read", 1, "P", 1), ("read", 1, "Q", 1), ("read", 2, "R", 2)]  # fmt: skip
    with store.write() as session:
        for person in "PQR":
            session.add(PersonRow(id=person, team="T", slack_user=person, updated_at=NOW))
        stated(session, "policy", ())
        session.flush()
        for number, (kind, version, person, days) in enumerate(rows):
            about: dict[str, Any] = {
                "policy": "policy",
                "version": version,
                "kind": kind,
                "person_id": person,
            }
            session.add(AcknowledgedRow(id=f"k{number}", at=NOW + days * DAY, line=1, **about))
    assert [count(store, "policies_read", after(days)) for days in (-1, 0, 1, 2)] == [
        (0, 0),
        (0, 3),
        (1, 3),
        (2, 3),
    ]


def test_the_digest_of_a_month_tells_what_objectives_count_and_counted_before(store: Store) -> None:
    kept(store)
    with store.write() as session:
        session.add(PersonRow(id="Q", team="T", slack_user="Q", updated_at=NOW))
        stated(session, "objective", (), counts="reviewed_in_time")
        stated(session, "action", ("done", "effective", "done"))
    at, since = NOW + 10 * DAY, NOW + 2 * DAY
    with store.read() as session:
        told = figures(session, since, at, zone=BERLIN, monthly=True).management
        before = figures(session, NOW - 9 * DAY, NOW - DAY, zone=BERLIN, monthly=True).management
    assert told is not None
    assert before is not None
    assert told.objectives == (
        Reached(measure="reviewed_in_time", part=3, whole=5, part_before=2, whole_before=3),
    )
    assert (told.worked, told.failed, told.unchecked) == (0, 0, 1), "that one worked was told of before"
    assert before.objectives == (), "nobody had stated it"


def stated(session: Any, kind: str, acts: tuple[str, ...], **said: Any) -> None:
    """One that counts, with what was done day by day."""
    about: dict[str, Any] = {
        "kind": kind,
        "state": "in_force",
        "version": 1,
        "created_at": NOW,
        "updated_at": NOW,
    }
    session.add(AimsEntryRow(id=kind, ref=f"AIM-{kind}", **about))
    session.flush()
    detail = {"kind": kind, "name": "", "draft": 1, "retires": 0, **said}
    first = "draft" if kind == "action" else "approve"
    rows = [("draft", NOW, detail)]
    rows += [("approve", NOW, {"draft": 1})] if first == "approve" else []
    rows += [
        ("act", NOW + (number // 2) * DAY + timedelta(days=1), {"act": act})
        for number, act in enumerate(acts)
    ]
    for number, (step, at, told) in enumerate(rows):
        who = "Q" if step == "approve" else "P"
        made: dict[str, Any] = {
            "entry_id": kind,
            "number": number,
            "kind": step,
            "by": who,
            "at": at,
            "detail": told,
            "line": 1,
        }
        session.add(AimsStepRow(id=f"{kind}{number}", **made))
