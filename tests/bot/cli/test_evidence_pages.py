"""What the pages of a pack say of incidents, entries, uses and proof, and of which day."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.pack.make import Wanted
from bot.pack.pages import Register
from bot.pack.passing import Passing
from bot.pack.tally import Tally
from bot.words import Words
from store import aims, audit, files
from store.engine import Store
from store.records import load
from store.tables import PersonRow, UseRow, metadata
from tests.bot.cli import storied
from tests.bot.cli.packed import DAY, TODAY, evidence, packed, unpacked
from tests.builders import BEN, CLEO, NOW
from triage.aims.wishes import ApproveEntry, DraftEntry
from triage.lifecycle import NOT_IN_USE

WORDS = Words("en", "UTC")
ASSESSED = storied.day(4).day
"""The incident was looked at, and not yet found to be none."""


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    return store


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_day_that_has_not_come_is_refused(steward: Any, told: Store, tmp_path: Path) -> None:
    later = (TODAY + timedelta(days=1)).date().isoformat()
    code, _, errors = evidence(steward, "--out", tmp_path / "pack", "--as-of", later)
    assert (code, f"Name {DAY} or an earlier day" in errors) == (2, True)
    assert not (tmp_path / "pack").exists()


def test_a_register_whose_clock_runs_ahead_has_its_own_last_day(
    steward: Any, store: Store, tmp_path: Path
) -> None:
    """As that of the demo which plays a year."""
    ahead = TODAY + timedelta(days=400)
    with store.write() as session:
        about: dict[str, Any] = {"actor": None, "subject_kind": "tool", "subject_id": "t", "detail": {}}
        audit.append(session, "tool.assessed", **about, at=ahead)
    code, _, errors = evidence(steward, "--out", tmp_path / "pack")
    assert (code, errors) == (0, "")
    (made,) = (tmp_path / "pack").iterdir()
    assert ahead.date().isoformat() in made.name
    later = (ahead + timedelta(days=1)).date().isoformat()
    assert evidence(steward, "--out", tmp_path / "later", "--as-of", later)[0] == 2


def test_each_incident_has_its_clocks(steward: Any, told: Store, tmp_path: Path) -> None:
    out = unpacked(packed(steward, tmp_path / "pack", day=ASSESSED.isoformat()), tmp_path / "then")
    (incident,) = lines(out / "data" / "incidents.jsonl")
    clocks = lines(out / "data" / "incident_clocks.jsonl")
    assert {each["ref"] for each in clocks} == {incident["ref"]}
    assert {each["state"] for each in clocks} <= {"running", "missed"}
    page = (out / "incidents.html").read_text("utf-8")
    assert f'id="{incident["ref"]}"' in page
    assert WORDS.label(f"clock_law.{clocks[0]['law']}") in page
    assert f"../incidents.html#{incident['ref']}" in (out / "uses" / "AIU-2026-0001.html").read_text("utf-8")
    later = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "later")
    assert lines(later / "data" / "incident_clocks.jsonl") == [], "it was none"


def test_an_incident_is_read_with_what_was_found_about_its_use_by_that_day(told: Store) -> None:
    def level(until: Any) -> int:
        wanted = Wanted(NOW.date(), NOW, until)
        register = Register(WORDS, "", lambda *_: None)
        passing = Passing(WORDS, {}, wanted, Tally(lambda _: None), register, lambda _: None, lambda: None)
        with told.read() as session:
            case = passing._then(session, storied.APPROVED)
        assert case is not None
        assert case.verdict is not None
        return int(case.verdict.results["tier"].floor)

    assert (level(NOW + timedelta(days=1)), level(None)) == (1, 3)


def test_of_an_earlier_day_only_files_of_that_day_are_there(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    with told.write() as session:
        kept = files.keep(session, b"came later", media="application/pdf", name="later.pdf")
        session.connection().execute(metadata.tables["inquiry"].update().values(files=f"annex {kept}"))
    late, early = (
        unpacked(packed(steward, tmp_path / "pack", "--confidential", "--no-proof", day=day), tmp_path / day)
        for day in (DAY, NOW.date().isoformat())
    )
    assert (late / "attachments" / f"{kept}.pdf").exists()
    assert not (early / "attachments" / f"{kept}.pdf").exists()
    assert json.loads((early / "manifest.json").read_text())["attachments"] == {"written": 0, "left_out": 0}


def test_the_steps_of_an_entry_stand_under_it(steward: Any, told: Store, tmp_path: Path) -> None:
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")
    page = (out / "system.html").read_text("utf-8")
    for said in ("yes said", "drafted", "governance lead", "executive", "evidence: See"):
        assert said in page
    assert "counts at once and needs nobody&#39;s yes" in page


def test_what_coverage_was_counted_by_is_there(steward: Any, told: Store, tmp_path: Path) -> None:
    out = unpacked(packed(steward, tmp_path / "pack", "--with-names"), tmp_path / "out")
    for name in ("evidence.yaml", "applicability.yaml"):
        assert (out / "wordings" / "aims" / name).read_text("utf-8").startswith("#")
    page = (out / "index.html").read_text("utf-8")
    assert "every record of the database but names of people and what was sent" in page
    assert "names of people in this pack are not proven" in page
    assert "A head that was noted elsewhere proves" in page
    assert "What the words mean" in (out / "coverage.html").read_text("utf-8")


def test_what_top_management_signed_stands_with_its_signer_and_day(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    before = unpacked(packed(steward, tmp_path / "before"), tmp_path / "without")
    assert "Nobody at the top has signed yet" in (before / "index.html").read_text("utf-8")
    text = "We answer for what AI does here & give the time it takes."
    about: dict[str, Any] = {"entry": "commitment", "kind": "commitment", "actor": BEN}
    desk = storied.day(9)
    roles = {"governance_lead": frozenset((BEN,)), "executive": frozenset((CLEO,))}
    with told.write() as session:
        draft = DraftEntry(**about, key="commitment-1", said={"text": text, "sponsor": CLEO})
        aims.carry_out(session, draft, replace(desk, roles=roles))
    waits = unpacked(packed(steward, tmp_path / "waits"), tmp_path / "waiting")
    assert "Nobody at the top has signed yet" in (waits / "index.html").read_text("utf-8"), "a draft is none"
    with told.write() as session:
        yes = ApproveEntry(entry="commitment", actor=CLEO, key="commitment-yes", draft=1)
        aims.carry_out(session, yes, replace(storied.day(10), roles=roles))
        session.get_one(PersonRow, CLEO).name = "Cleo Berg"
    out = unpacked(packed(steward, tmp_path / "pack", "--with-names"), tmp_path / "out")
    (section,) = re.findall(
        r'<section[^>]*id="commitment".*?</section>', (out / "index.html").read_text("utf-8"), re.DOTALL
    )
    signed = storied.day(10).now.date().isoformat()
    for said in (text.replace("&", "&amp;"), "Cleo Berg (executive)", signed):
        assert said in section
    page = (out / "system.html").read_text("utf-8")
    for said in (text.replace("&", "&amp;"), "sponsor: Cleo Berg", "Cleo Berg (executive, " + signed):
        assert said in page
    bare = unpacked(packed(steward, tmp_path / "bare"), tmp_path / "unnamed")
    assert "Cleo Berg" not in (bare / "index.html").read_text("utf-8")


def test_uses_are_counted_by_kind(steward: Any, told: Store, tmp_path: Path) -> None:
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")
    with told.read() as session:
        ids = session.exec(select(UseRow.id)).all()
        every = [case for id in ids if (case := load(session, id)) and case.status not in NOT_IN_USE]
    kinds = [case.answers["kind"].text if "kind" in case.facts else "" for case in every]
    page = (out / "index.html").read_text("utf-8")
    bought = sum(
        1 for case, kind in zip(every, kinds, strict=True) if kind != "build" and "tool" in case.facts
    )
    assert bought
    cells = re.sub(r"<[^>]+>", "|", page)
    assert re.search(rf"from somebody else as it is\|+{bought}\|", re.sub(r"\|\s*", "|", cells))
