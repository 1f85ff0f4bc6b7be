"""`steward portfolio`: what it counts as of a day is what the register of that day says, use by use."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.config import current
from store import aims
from store.earlier import cases
from store.engine import Store
from store.portfolio import end_of
from store.tables import ToolRow
from tests.bot.cli import storied
from tests.bot.cli.conftest import Steward
from tests.bot.cli.packed import packed, unpacked
from tests.builders import BEN, DAN, a_desk
from tests.triage.aims.test_entries import drafting, on
from tests.triage.aims.test_risks import HELD
from triage.aims.portfolio import ASKED, ASSESSMENT
from triage.aims.wishes import ApproveEntry
from triage.lifecycle import NOT_IN_USE
from triage.outcome import Refused


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    return store


def asked(steward: Steward, *words: str) -> dict[str, Any]:
    code, said, errors = steward("portfolio", "--format", "json", *words)
    assert code == 0, errors
    found: dict[str, Any] = json.loads(said)
    return found


def numbers(found: dict[str, Any], about: str, when: str = "count") -> Counter[str]:
    return Counter(
        {each["value"]: each[when] for each in found["shares"] if each["about"] == about and each[when]}
    )


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-25", "2026-12-01", "2027-12-20"])
def test_each_number_is_what_the_register_of_that_day_says(steward: Steward, told: Store, day: str) -> None:
    found = asked(steward, "--as-of", day)
    with told.read() as session:
        zone, tools = current(session).timezone, {row.id: row for row in session.exec(_tools()).all()}
        every = [each.case for each in cases(session, end_of(date.fromisoformat(day), zone)) if each.case]
        there = [case for case in every if case.status not in NOT_IN_USE]
    assert found["uses"] == len(there)
    assert found["confidential"] == sum(case.confidential for case in there)
    told_of = [case for case in there if not case.confidential]
    closed = Counter({"confidential": len(there) - len(told_of)} if len(there) > len(told_of) else {})
    for question in ASKED:
        picked = [
            set(case.answers[question].picked) if question in case.answers else set() for case in told_of
        ]
        by_hand = closed + Counter(choice for each in picked for choice in each or {""})
        assert numbers(found, question) == by_hand, question
    tiers = Counter(str(case.verdict.results["tier"].ceiling) if case.verdict else "" for case in there)
    assert numbers(found, "tier") == tiers
    assert numbers(found, "owner") == closed + Counter("named" if case.owner else "none" for case in told_of)
    units = Counter("confidential" if case.confidential else case.unit for case in there)
    assert numbers(found, "unit") == units
    names = Counter(
        "confidential"
        if case.confidential
        else tools[case.tool_id].name
        if case.tool_id in tools
        else case.tool_name
        for case in there
    )
    assert numbers(found, "tool") == names


def _tools() -> Any:
    return select(ToolRow)


def test_a_year_later_it_stands_beside_what_was(steward: Steward, told: Store) -> None:
    then, now = asked(steward, "--as-of", "2026-12-20"), asked(steward, "--as-of", "2027-12-20")
    assert (now["uses_before"], now["before"]) == (then["uses"], "2026-12-20")
    for about in (*ASKED, "tier", "unit", "owner", "risk"):
        assert numbers(now, about, "before") == numbers(then, about), about


def said(steward: Steward, day: str, **more: Any) -> dict[str, Any]:
    found = asked(steward, "--as-of", day)
    return {"as_of": day, "found": found["digest"], "words": "As it is", **more}


def test_what_somebody_made_of_it_is_held_against_it_and_lies_on_the_table(
    steward: Steward, told: Store, tmp_path: Path
) -> None:
    lines = ("One supplier => accepted: we can leave within a week",)
    with told.write() as session:
        desk = a_desk(roles=HELD)
        wish = drafting(kind=ASSESSMENT, said=said(steward, "2026-11-20", themes=lines), actor=BEN)
        entry = aims.carry_out(session, wish, desk)
        assert steward("portfolio", "--assessed", "2")[0] == 2
        aims.carry_out(session, ApproveEntry(**on(entry, DAN), draft=1), desk)
    assert steward("portfolio", "--assessed", "1")[0] == 0
    table = json.loads(steward("management", "--format", "json", "--as-of", "2026-12-20")[1])["portfolio"]
    assert [each["ref"] for each in table] == [entry.ref]
    assert lines[0] in table[0]["said"]
    tmp_path.joinpath("pack").mkdir()
    page = (unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out") / "portfolio.html").read_text(
        "utf-8"
    )
    assert "What somebody has to make something of" in page


def test_a_theme_leads_to_nothing_that_is_not_there(steward: Steward, told: Store) -> None:
    lines = ("One supplier => AIR-2026-0099",)
    wish = drafting(kind=ASSESSMENT, said=said(steward, "2026-11-20", themes=lines), actor=BEN)
    with told.write() as session, pytest.raises(Refused):
        aims.carry_out(session, wish, a_desk(roles=HELD))


def test_the_same_counts_give_the_same_bytes(steward: Steward, told: Store, tmp_path: Path) -> None:
    for form in ("pdf", "html"):
        made = [tmp_path / f"{number}.{form}" for number in (1, 2)]
        for path in made:
            words = ("--as-of", "2026-12-20", "--format", form, "--out", str(path))
            assert steward("portfolio", *words)[0] == 0
        assert made[0].read_bytes() == made[1].read_bytes()
    assert steward("portfolio", "--format", "pdf")[0] == 3, "a PDF needs a place"
