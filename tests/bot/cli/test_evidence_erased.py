"""A pack after an erasure proves itself, and tells what was replaced, erased and left out apart."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.pack.verify import check
from store.engine import Store
from store.ledger import Ledger
from store.tables import PersonRow
from tests.bot.cli import storied
from tests.bot.cli.packed import checked, packed, resealed, unpacked, verifier
from tests.builders import ANA, DAN
from triage.afterwards import ReportWrong

NAME = "Sorter Schmidt"
LATER = datetime(2027, 4, 1, tzinfo=UTC)
"""Than the day of a pack."""
COUNTS = re.compile(r"texts: (\d+) as sealed(?:, (\d+) replaced [^,]*)?, (\d+) erased, (\d+) left out")


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    with store.write() as session:
        row = session.get_one(PersonRow, ANA)
        row.name, row.deleted = NAME, True
    Ledger(store).execute(
        ReportWrong(actor=DAN, case=storied.APPROVED, key="named", words=f"{NAME} said so"), storied.day(9)
    )
    return store


def erase(steward: Any) -> None:
    assert steward("person", "erase", ANA, "--because", "She asked for it.", "--yes")[0] == 0


def counts(pack: Path) -> tuple[int, ...]:
    """As sealed, replaced, erased, left out."""
    faults, said = check(str(pack))
    assert faults == []
    (found,) = filter(None, map(COUNTS.fullmatch, said))
    return tuple(int(each or 0) for each in found.groups())


def kept(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "texts.jsonl").read_text().splitlines()]


def put(folder: Path, texts: list[dict[str, Any]]) -> None:
    (folder / "texts.jsonl").write_text("".join(json.dumps(each) + "\n" for each in texts))
    resealed(folder)


def test_after_a_person_was_erased_a_pack_proves_itself(steward: Any, told: Store, tmp_path: Path) -> None:
    gone = counts(packed(steward, tmp_path / "before"))[2]
    erase(steward)
    pack = packed(steward, tmp_path / "pack")
    now = counts(pack)
    assert now[1] > 0
    assert now[2] == gone
    code, said = checked(verifier(tmp_path), unpacked(pack, tmp_path / "out"))
    assert (code, said.splitlines()[-1]) == (0, "ok"), said


def test_what_stands_in_the_place_of_a_name_is_proven_as_any_other(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    before = unpacked(packed(steward, tmp_path / "before"), tmp_path / "then")
    (first,) = (each for each in kept(before) if each["text"] == f"{NAME} said so")
    erase(steward)
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")
    texts = kept(out)
    (at,) = (
        n for n, each in enumerate(texts) if (each["line"], each["field"]) == (first["line"], first["field"])
    )
    for odd in (texts[at] | {"text": "Somebody else said so"}, first):
        put(out, [*texts[:at], odd, *texts[at + 1 :]])
        faults, _ = check(str(out))
        assert faults == [f"the text {first['field']} of line {first['line']} is not the one that was sealed"]


def test_of_a_day_before_an_erasure_what_it_took_is_left_out(
    steward: Any, told: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _, gone, left = counts(packed(steward, tmp_path / "before"))
    monkeypatch.setattr("bot.cli.person.utc_now", lambda: LATER)
    erase(steward)
    now = counts(packed(steward, tmp_path / "after"))
    assert now[1:3] == (0, gone)
    assert now[0] < whole
    assert now[0] + now[3] == whole + left


def test_texts_that_were_taken_out_are_not_taken_for_erased(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "pack-out")
    (line,) = (
        each["line"] for each in kept(out) if each["text"] == "Not needed." and each["field"] == "reason"
    )
    assert steward("erase", "--line", str(line), "--because", "Asked for it.")[0] == 0
    pack = packed(steward, tmp_path / "again")
    whole, _, gone, left = counts(pack)
    assert gone > 0
    out = unpacked(pack, tmp_path / "out")
    put(out, kept(out)[3:])
    faults, said = check(str(out))
    assert faults == [
        f"manifest.json says {whole} texts, and {left} left out; there are {whole - 3}, and {left + 3} left out"
    ]
    assert f"texts: {whole - 3} as sealed, {gone} erased, {left + 3} left out" in said
