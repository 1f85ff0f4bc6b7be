"""What the audits of three years cover: audited, planned, or in none, for each point of the standard."""

from __future__ import annotations

from datetime import date

from tests.builders import EVE
from tests.triage.aims.certified import desk, does, stated
from tests.triage.aims.test_entries import on
from triage.aims.auditing import Beside as Drawn
from triage.aims.auditing import Drawable, digest, drawn
from triage.aims.cycle import by_chapter, cycle
from triage.aims.decide import Beside, decide
from triage.aims.entry import Entry, Said
from triage.aims.standard import points
from triage.aims.wishes import ActOnEntry

TODAY = date(2027, 6, 1)
SAID: dict[str, Said] = {
    "since": "2026-01-01",
    "until": "2026-12-31",
    "plan": ("One a year",),
    "method": "By sample",
}
AUDIT: dict[str, Said] = {
    "title": "Decisions",
    "objective": "Whether they hold",
    "scope": ("All",),
    "auditors": (EVE,),
    "due": "2027-01-31",
}


def programme(**more: str) -> Entry:
    return stated("programme", {**SAID, **more}, "2026-01-01")


def audit(*criteria: str, begins: str = "2027-01-10") -> Entry:
    return stated("audit", {**AUDIT, "criteria": criteria, "begins": begins}, "2026-12-01")


def test_a_point_is_audited_planned_or_in_no_audit() -> None:
    planned = audit("8.2", "9.1")
    held = audit("8.1", "8.2", "A.9.2").model_copy(update={"id": "held"})
    held = does(lot(held), "held", "2027-01-20", by=EVE, report="Fine", conclusion="conforms")
    found = cycle(programme(), [planned, held], TODAY)
    assert found is not None
    assert (found.since, found.until) == (date(2026, 1, 1), date(2028, 12, 31))
    assert found.held == ("8.1", "8.2", "A.9.2")
    assert found.planned == ("9.1",), "one that was held is not planned as well"
    assert sorted((*found.held, *found.planned, *found.uncovered)) == sorted(points())


def test_only_audits_of_its_time_that_somebody_approved_count() -> None:
    waits = stated_only(audit("7.2"))
    late = audit("8.1", begins="2029-01-01")
    found = cycle(programme(), [waits, late], TODAY)
    assert found is not None
    assert (found.held, found.planned) == ((), ())


def test_after_three_years_the_next_begin_whatever_the_version_says() -> None:
    found = cycle(programme(), [audit("8.1", begins="2029-01-01")], date(2029, 1, 1))
    assert found is not None
    assert (found.since, found.until) == (date(2029, 1, 1), date(2031, 12, 31))
    assert found.planned == ("8.1",)


def test_nothing_is_said_before_a_programme_counts() -> None:
    assert cycle(None, [audit("8.1")], TODAY) is None
    assert cycle(stated_only(programme()), [audit("8.1")], TODAY) is None


def test_it_is_read_by_clause_and_by_group() -> None:
    assert by_chapter(["4.1", "4.2", "10.1", "A.2.2", "A.10.2"]) == {
        "4": ["4.1", "4.2"],
        "10": ["10.1"],
        "A.2": ["A.2.2"],
        "A.10": ["A.10.2"],
    }


def lot(entry: Entry) -> Entry:
    uses = (Drawable("AIU-2026-0001", 1),)
    said: dict[str, Said] = {
        "seed": "s",
        "size": 1,
        "population": 1,
        "digest": digest(uses),
        "sample": drawn(uses, "s", 1),
    }
    wish = ActOnEntry(**on(entry, EVE), act="drawn", said=said, seen=entry.version)
    return decide(entry, wish, desk("2027-01-12"), Beside(audit=Drawn(population=uses, seed="s")))


def stated_only(entry: Entry) -> Entry:
    """As it was before the first yes."""
    return entry.model_copy(update={"steps": entry.steps[:1]})
