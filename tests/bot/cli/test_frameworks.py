"""`steward frameworks`: records by the other systems that they serve, as of a day, and the same in a pack."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from store import aims
from store.engine import Store
from tests.bot.cli import storied
from tests.bot.cli.conftest import Steward
from tests.bot.cli.packed import packed, unpacked
from tests.builders import BEN, CLEO
from tests.triage.aims.test_entries import drafting, on
from triage.aims.entry import Entry
from triage.aims.tags import KIND
from triage.aims.wishes import ApproveEntry

LEAD = {"governance_lead": frozenset((BEN,)), "executive": frozenset((CLEO,))}
DOCUMENT: dict[str, Any] = {
    "title": "=Security policy",
    "points": ("7.5.1",),
    "origin": "inside",
    "link": "https://example.com/i",
}


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    return store


def states(store: Store, kind: str, day: int, *, yes: bool = True, **said: Any) -> Entry:
    desk = replace(storied.day(day), roles=LEAD)
    with store.write() as session:
        entry = aims.carry_out(session, drafting(BEN, kind, said=said), desk)
        return aims.carry_out(session, ApproveEntry(**on(entry, CLEO), draft=1), desk) if yes else entry


def tags(store: Store, ref: str, day: int, *serves: str, seen: int = 0, **said: Any) -> Entry:
    wish = drafting(BEN, KIND, ref, said={"record": (ref,), "serves": serves, **said}, seen=seen)
    with store.write() as session:
        return aims.carry_out(session, wish, replace(storied.day(day), roles=LEAD))


def rows(steward: Steward, tag: str, *words: str) -> list[dict[str, Any]]:
    _, said, _ = steward("frameworks", "--for", tag, "--format", "json", *words)
    return [json.loads(line) for line in said.splitlines()]


def test_what_is_held_elsewhere_is_in_its_export_without_a_second_word(steward: Steward, told: Store) -> None:
    held = states(told, "document", 20, **DOCUMENT, system="iso_27001")
    assert [row["ref"] for row in rows(steward, "ISO 27001")] == [held.ref]
    tags(told, held.ref, 21, "iso_27001", "soc_2")
    for tag in ("iso_27001", "soc_2"):
        assert [row["ref"] for row in rows(steward, tag)] == [held.ref]
    assert rows(steward, "soc_2", "--as-of", "2026-12-11") == []
    tags(told, held.ref, 22, "privacy", seen=1)
    assert rows(steward, "soc_2") == []
    assert [row["ref"] for row in rows(steward, "soc_2", "--as-of", "2026-12-12")] == [held.ref]


def test_all_of_them_are_one_table_and_counted(steward: Steward, told: Store) -> None:
    first = states(told, "document", 20, **DOCUMENT, system="iso_27001")
    tags(told, first.ref, 21, "soc_2", others=("TISAX",))
    code, said, _ = steward("frameworks")
    assert code == 0
    assert [line.split(maxsplit=1) for line in said.splitlines()] == [
        ["1", "TISAX"],
        ["1", "ISO/IEC 27001"],
        ["1", "SOC 2"],
    ]
    table = list(csv.DictReader(io.StringIO(steward("frameworks", "--format", "csv")[1])))
    assert [(row["tag"], row["ref"]) for row in table] == [
        ("iso_27001", first.ref),
        ("soc_2", first.ref),
        ("TISAX", first.ref),
    ]
    assert table[0]["title"] == "'=Security policy", "no spreadsheet runs it"


def test_what_never_counted_serves_nothing(steward: Steward, told: Store) -> None:
    states(told, "document", 20, yes=False, **DOCUMENT, system="iso_27001")
    code, said, errors = steward("frameworks", "--for", "iso_27001")
    assert (code, said) == (1, "")
    assert "No record serves ISO/IEC 27001" in errors


def test_the_pack_holds_the_same_and_each_record_once_for_each(
    steward: Steward, told: Store, tmp_path: Path
) -> None:
    held = states(told, "document", 20, **DOCUMENT, system="iso_27001")
    tags(told, held.ref, 21, "soc_2")
    folder = unpacked(packed(steward, tmp_path), tmp_path / "open")
    table = list(csv.DictReader(io.StringIO((folder / "tables" / "frameworks.csv").read_text())))
    assert [(row["tag"], row["ref"]) for row in table] == [("iso_27001", held.ref), ("soc_2", held.ref)]
    page = (folder / "frameworks.html").read_text()
    assert page.count(f'href="system.html#{held.ref}"') == 2
    assert 'href="frameworks.html"' in (folder / "index.html").read_text()
