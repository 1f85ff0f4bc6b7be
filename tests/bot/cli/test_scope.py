"""`steward scope`: what it tells is what the register, the pack and the cards show, by the version that counts."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from store import aims, queries, scoped
from store.engine import Store
from store.records import load
from store.tables import UseRow
from tests.bot.cli import storied
from tests.bot.cli.conftest import Steward
from tests.bot.cli.packed import packed, unpacked
from tests.builders import BEN, CLEO
from triage.aims.scoped import about, mark
from triage.aims.wishes import ApproveEntry, DraftEntry

LEAD = {"governance_lead": frozenset((BEN,)), "executive": frozenset((CLEO,))}
SAID = {"covers": "All AI that we use", "activities": ("Selling",)}


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    return store


def states(store: Store, day: int, **said: Any) -> None:
    """A new version with the yes that it needs."""
    desk = replace(storied.day(day), roles=LEAD)
    with store.write() as session:
        before = aims.load(session, "scope")
        seen = max(each.number for each in before.drafts) if before else 0
        wish = {"entry": "scope", "kind": "scope", "actor": BEN, "key": f"s{day}", "said": SAID | said}
        aims.carry_out(session, DraftEntry.model_validate(wish | {"seen": seen}), desk)
        yes = ApproveEntry(entry="scope", actor=CLEO, key=f"y{day}", draft=seen + 1)
        aims.carry_out(session, yes, desk)


def rows(steward: Steward, *words: str) -> dict[str, dict[str, Any]]:
    code, said, errors = steward("scope", "--format", "json", *words)
    assert code == 0, errors
    return {row["ref"]: row for row in map(json.loads, said.splitlines())}


def test_without_a_scope_it_says_who_states_one(steward: Steward, store: Store) -> None:
    code, said, errors = steward("scope")
    assert (code, said) == (1, "")
    assert "an executive says yes" in errors


def test_another_scope_marks_at_once_and_says_by_whom(steward: Steward, told: Store) -> None:
    before = rows(steward)
    assert {row["scope"] for row in before.values()} == {"within"}
    states(told, 20, units=("Sales",), left_out=("AIU-2026-0002: it is replaced",))
    after = rows(steward)
    assert {row["scope"] for row in after.values()} == {"outside", "not_sure"}
    (version,) = {(row["version"][-2:], row["drafted_by"], row["approved_by"]) for row in after.values()}
    assert version == (".3", BEN, CLEO)
    assert {row["since"] for row in after.values()} == {"2026-12-11"}
    assert rows(steward, "--as-of", "2026-12-10").keys() <= before.keys()
    assert {row["scope"] for row in rows(steward, "--as-of", "2026-12-10").values()} == {"within"}
    text = steward("scope")[1]
    assert f"drafted by {BEN} on 2026-12-11, approved by {CLEO}" in text
    assert "leaves out one use" in text


def test_the_export_is_what_the_register_shows(steward: Steward, told: Store) -> None:
    states(told, 20, units=("Sales",), left_out=("AIU-2026-0002: it is replaced", "Employment: elsewhere"))
    known = rows(steward)
    listed = [json.loads(line) for line in steward("list", "--json", "--limit", "0")[1].splitlines()]
    assert {each["ref"]: each["scope"] for each in listed if each["ref"] in known} == {
        ref: row["scope"] for ref, row in known.items()
    }
    then = [
        json.loads(line)
        for line in steward("list", "--json", "--limit", "0", "--as-of", "2026-12-11")[1].splitlines()
    ]
    assert {each["ref"]: each["scope"] for each in then} == {ref: row["scope"] for ref, row in known.items()}
    assert "not sure" in steward("list")[1]
    table = list(csv.DictReader(io.StringIO(steward("scope", "--format", "csv")[1])))
    assert {row["ref"]: row["scope"] for row in table} == {ref: row["scope"] for ref, row in known.items()}
    only = rows(steward, "--only", "outside")
    assert only.keys() == {ref for ref, row in known.items() if row["scope"] == "outside"}


def test_what_is_listed_is_marked_like_the_use_itself(told: Store) -> None:
    """Rows and cases are two ways to the same facts."""
    states(told, 20, units=("Sales",), left_out=("Employment: elsewhere", "Personal: why"))
    with told.read() as session:
        scope = scoped.counting(session, storied.day(21))
        assert scope is not None
        ids = list(session.exec(select(UseRow.id)))
        listed = scoped.marks(session, scope, queries.named(session, ids))
        cases = [case for id in ids if (case := load(session, id))]
    assert len(listed) == len(cases) > 5
    for case in cases:
        assert listed[case.id] == mark(scope, about(case))


def test_the_pack_holds_the_same(steward: Steward, told: Store, tmp_path: Path) -> None:
    states(told, 20, units=("Sales",), left_out=("AIU-2026-0002: it is replaced",))
    known = rows(steward)
    folder = unpacked(packed(steward, tmp_path), tmp_path / "open")
    table = list(csv.DictReader(io.StringIO((folder / "tables" / "scope.csv").read_text())))
    assert {row["ref"]: row["scope"] for row in table} == {ref: row["scope"] for ref, row in known.items()}
    page = (folder / "scope.html").read_text()
    assert "AIU-2026-0002: it is replaced" in page
    many = sum(row["scope"] == "outside" for row in known.values())
    assert f"{many} outside of it" in page
    assert "outside of the scope" in (folder / "register.html").read_text()
    outside = next(ref for ref, row in known.items() if row["scope"] == "outside")
    assert "outside of the scope (" in (folder / "uses" / f"{outside}.html").read_text()
    assert 'href="scope.html"' in (folder / "index.html").read_text()
    before = unpacked(packed(steward, tmp_path / "then", day="2026-11-22"), tmp_path / "old")
    assert not (before / "scope.html").exists()
    assert "management system</th>" not in (before / "register.html").read_text()


def test_what_is_confidential_is_counted_and_not_told(steward: Steward, told: Store) -> None:
    ref = next(iter(rows(steward)))
    with told.write() as session:
        session.exec(select(UseRow).where(UseRow.ref == ref)).one().confidential = True
    assert ref not in rows(steward)
    said = steward("scope")[1]
    assert ref not in said
    assert "1 confidential, which this does not tell" in said
