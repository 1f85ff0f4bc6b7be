"""What a pack says of roles that meet in one person, and of what one person began and ended."""

from __future__ import annotations

from typing import Any

from bot.pack import apart
from bot.pack.sections import Section, Table
from bot.words import Words
from tests.builders import BEN, CLEO, DAN, NOW
from triage.aims.entry import Entry, Step

WORDS = Words("en", "UTC")


def an_action(ended_by: str, *more: Step) -> Entry:
    steps = (
        Step(id="1", kind="draft", by=BEN, role="governance_lead", at=NOW, detail={"draft": 1}),
        Step(id="2", kind="approve", by=DAN, role="executive", at=NOW, detail={"draft": 1}),
        Step(id="3", kind="act", by=CLEO, role="", at=NOW, detail={"act": "done"}),
        Step(id="4", kind="act", by=ended_by, role="", at=NOW, detail={"act": "effective"}),
        *more,
    )
    return Entry(id="a", kind="action", ref="AIM-2026-0003", steps=steps)


def drawn(settings: dict[str, Any], *entries: Entry) -> dict[str, Section]:
    return {each.id: each for each in apart.sections(settings, entries, WORDS, {BEN: "Ben Lee"})}


def cells(section: Section) -> list[list[str]]:
    found = [each for each in section.blocks if isinstance(each, Table)]
    return [[cell.text for cell in row] for each in found for row in each.rows]


def test_roles_that_meet_in_one_person_are_named() -> None:
    settings = {
        "roles.legal": [CLEO],
        "roles.executive": [BEN, DAN],
        "roles.risk_owner": [BEN],
        "roles.x": [],
    }
    found = drawn({**settings, "organisation.sector": "software"})
    assert cells(found["roles"]) == [
        ["executive", f"Ben Lee, {DAN}"],
        ["Legal", CLEO],
        ["risk owner", "Ben Lee"],
    ]
    assert cells(found[apart.TOGETHER]) == [["Ben Lee", "executive, risk owner"]]
    assert cells(drawn({"roles.legal": [CLEO]})[apart.TOGETHER]) == []


def test_what_one_person_drafted_and_ended_is_named_with_who_approved_it() -> None:
    (row,) = cells(drawn({}, an_action(BEN))[apart.ALONE])
    assert row == ["AIM-2026-0003", "Ben Lee", "effective", NOW.date().isoformat(), DAN]
    assert cells(drawn({}, an_action(DAN))[apart.ALONE]) == []


def test_what_goes_on_is_not_ended() -> None:
    open_one = an_action(BEN)
    assert cells(drawn({}, open_one.model_copy(update={"steps": open_one.steps[:3]}))[apart.ALONE]) == []
