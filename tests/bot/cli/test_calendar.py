"""`steward calendar`: next first, skipped marked so; for machines, as a file for calendars, and as a picture."""

from __future__ import annotations

import json
import xml.dom.minidom
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from store import aims
from store.engine import Store
from store.tables import PersonRow
from tests.bot.cli import storied
from tests.builders import BEN, CLEO, NOW
from tests.triage.aims import certified as c
from tests.triage.aims.test_entries import drafting, on
from triage.aims.wishes import ApproveEntry

DAY = "2027-01-20"
STEERS = 'Evil\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:faked;,\\ "x" \x1b[31m' + "ü" * 60


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    goal = {
        "title": " ".join(STEERS.split("\r\n")), "measure": "Share", "target": "All", "how": STEERS, "owner": BEN,
        "due": "2027-06-30",
    }  # fmt: skip
    with store.write() as session:
        session.merge(PersonRow(id=BEN, team="T", slack_user=f"U{BEN}", name="Ben\nBoss", updated_at=NOW))
        for kind, said in (("certification", c.PLAN), ("objective", goal)):
            entry = aims.carry_out(session, drafting(BEN, kind, said=said), c.desk())
            aims.carry_out(session, ApproveEntry(**on(entry, CLEO), draft=1), c.desk())
    return store


def test_the_next_step_comes_first_and_what_was_skipped_is_marked_so(steward: Any, told: Store) -> None:
    code, out, errors = steward("calendar", "--as-of", DAY)
    assert (code, errors) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("2027-01-26  ")
    skipped = lines.index(next(line for line in lines if line.startswith("Skipped so far")))
    comes = lines.index("What comes")
    assert 0 < skipped < comes
    assert any("AI policy approved, before Stage 1 (8 days late)" in line for line in lines[skipped:comes])
    assert not any("Scope approved" in line for line in lines), "it is done"
    _, more, _ = steward("calendar", "--as-of", DAY, "--done")
    assert "Scope approved, before Stage 1" in more
    assert "\x1b" not in more


def test_for_machines_each_is_a_line_by_day(steward: Any, told: Store) -> None:
    _, out, _ = steward("calendar", "--json", "--as-of", DAY, "--done")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["day"] for row in rows] == sorted(row["day"] for row in rows)
    assert {row["state"] for row in rows} == {"done", "late", "ahead"}
    _, less, _ = steward("calendar", "--json", "--as-of", DAY)
    assert [json.loads(line) for line in less.splitlines()] == [row for row in rows if row["state"] != "done"]


def test_a_calendar_program_reads_the_file_and_words_stay_words(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    path = tmp_path / "c.ics"
    assert steward("calendar", "--as-of", DAY, "--ics", str(path)) == (0, "", "")
    body = path.read_bytes()
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    events: list[Any] = list(Calendar.from_ical(body).walk("VEVENT"))
    _, out, _ = steward("calendar", "--json", "--as-of", DAY)
    rows = [json.loads(line) for line in out.splitlines()]
    assert [each["dtstart"].dt.isoformat() for each in events] == [row["day"] for row in rows]
    assert len({str(each["uid"]) for each in events}) == len(events)
    assert all(isinstance(each["dtstart"].dt, date) for each in events)
    assert not [each for each in events if str(each["summary"]).startswith("faked")]
    assert any("faked;,\\" in str(each["summary"]) for each in events), "it is a title, and stays one"
    again = tmp_path / "again.ics"
    steward("calendar", "--as-of", DAY, "--ics", str(again))
    assert again.read_bytes() == body


def test_the_picture_is_one_and_says_how_many(steward: Any, told: Store, tmp_path: Path) -> None:
    path = tmp_path / "c.svg"
    assert steward("calendar", "--as-of", DAY, "--svg", str(path))[0] == 0
    drawn = xml.dom.minidom.parse(str(path)).documentElement
    assert drawn is not None
    assert "skipped so far" in drawn.getAttribute("aria-label")


def test_a_file_that_cannot_be_written_is_told(steward: Any, told: Store, tmp_path: Path) -> None:
    code, _, errors = steward("calendar", "--ics", str(tmp_path / "no" / "c.ics"))
    assert code == 2
    assert "could not be written" in errors


def test_an_empty_register_says_that_nothing_has_a_day(steward: Any, store: Store) -> None:
    assert steward("calendar") == (0, "Nothing in the management system has a day ahead.\n", "")
