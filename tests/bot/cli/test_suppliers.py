"""`steward suppliers`, and what pack and dossier say of them: the most first, and by name what has ended."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import lapsing
from store import aims, suppliers
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from tests.bot.cli.conftest import Steward
from tests.bot.cli.packed import packed
from tests.builders import ANA, BEN, NOW, a_desk
from tests.triage.aims.test_entries import drafting
from tests.triage.aims.test_supplied import HELD, PAPER
from triage.aims.entry import Entry
from triage.confidences import Confide
from triage.desk import Desk


def desk(days: int = 0) -> Desk:
    return a_desk(roles=HELD, now=NOW + timedelta(days=days))


def brings(store: Store, **said: Any) -> Entry:
    with store.write() as session:
        return aims.carry_out(session, drafting(BEN, "supplier_paper", said=PAPER | said), desk())


def found(steward: Steward, *words: str) -> list[dict[str, Any]]:
    code, said, _ = steward("suppliers", "--json", *words)
    assert code == 0
    return [json.loads(line) for line in said.splitlines()]


def in_use(store: Store) -> str:
    """One use that is approved, of Otter.ai."""
    with store.read() as session:
        return next(use for use, known in suppliers.in_use(session) if known.key == "otter")


def test_how_much_hangs_on_each_is_told_the_most_first(steward: Steward, register: Store) -> None:
    brings(register, until="2099-01-01")
    rows = found(steward)
    totals = [sum(row[tier] for tier in ("low", "medium", "high", "very_high")) for row in rows]
    assert totals == sorted(totals, reverse=True)
    assert totals[0] >= 1
    (otter,) = [row for row in rows if row["key"] == "otter"]
    assert (otter["standing"], otter["documents"], otter["ended"]) == ("none", 1, 0)
    _, said, _ = steward("suppliers")
    assert "Otter.ai" in said
    assert "█" in said
    assert "Not assessed" in said
    assert "Certificate (AIP-2026-0001): ISO/IEC 27001 certificate, until 1 January 2099" in said
    assert "Next day: 1 January 2099" in said


def test_a_document_that_names_no_tool_is_told_of(steward: Steward, register: Store) -> None:
    brings(register, tool="Otterly")
    assert "is about no tool that is in use here" in steward("suppliers")[1]


def test_confidential_uses_are_counted_only_where_it_is_asked(steward: Steward, register: Store) -> None:
    def count(*words: str) -> int:
        rows = [row for row in found(steward, *words) if row["key"] == "otter"]
        return sum(row[tier] for row in rows for tier in ("low", "medium", "high", "very_high"))

    before = count()
    Ledger(register).execute(Confide(actor=ANA, key="closed", case=in_use(register)), desk(10))
    assert (count(), count("--confidential")) == (before - 1, before)


def test_pack_and_dossier_name_what_has_ended(steward: Steward, register: Store, tmp_path: Path) -> None:
    brings(register)
    with register.read() as session:
        case = load(session, in_use(register))
    assert case is not None
    pack = packed(steward, tmp_path)
    with zipfile.ZipFile(pack) as zipped:
        page = zipped.read("suppliers.html").decode()
        use = zipped.read(f"uses/{case.ref}.html").decode()
        rows = zipped.read("tables/suppliers.csv").decode()
        gaps = zipped.read("tables/gaps.csv").decode()
    assert "ended on 1 February 2027" in page
    assert "Otter.ai" in rows
    assert "Certificate (AIP-2026-0001)" in use
    told = [(row["kind"], row["ref"], row["what"], row["since"]) for row in csv.DictReader(io.StringIO(gaps))]
    assert ("supplier_ended", case.ref, "Certificate (AIP-2026-0001)", "2027-02-01") in told
    early = packed(steward, tmp_path, day="2027-01-15")
    with zipfile.ZipFile(early) as zipped:
        assert "supplier_ended" not in zipped.read("tables/gaps.csv").decode(), "it held on that day"
    assert (
        steward("dossier", case.ref or "", "--for", "inside", "--as-of", "2027-03-01", "--out", "d.html")[0]
        == 0
    )
    assert "Certificate of the supplier ended on 1 February 2027" in (tmp_path / "d.html").read_text()
    steward("dossier", case.ref or "", "--for", "outside", "--as-of", "2027-03-01", "--out", "o.html")
    assert "Certificate" not in (tmp_path / "o.html").read_text(), "outsiders read no internal words"


@pytest.mark.parametrize(("what", "opened"), [("iso_27001", True), ("insurance", False)])
def test_what_has_ended_has_its_uses_looked_at_where_the_data_says_so(
    register: Store, what: str, opened: bool
) -> None:
    brings(register, what=what)
    use = in_use(register)

    def causes() -> list[str]:
        with register.read() as session:
            case = load(session, use)
        assert case is not None
        return [step.cause for step in case.review_steps if step.cause == "vendor_paper"]

    assert lapsing.look(register, Ledger(register), desk(30)) == 0, "not before its day"
    assert bool(lapsing.look(register, Ledger(register), desk(90))) is opened
    assert causes() == ["vendor_paper"] * opened
    assert lapsing.look(register, Ledger(register), desk(91)) == 0
    assert causes() == ["vendor_paper"] * opened


def test_what_nobody_has_said_is_asked_of_the_supplier(steward: Steward, register: Store) -> None:
    brings(register, title="Certificate <of> \x1b[31mMay", until="2020-01-01")
    code, said, _ = steward("suppliers", "--questions", "Otter.ai")
    assert code == 0
    assert "Questions about Otter.ai" in said
    assert "In which countries is what we put in kept" in said
    assert "Please send the new ones:" in said
    assert "Certificate <of>" in said
    assert "\x1b" not in said
    assert "AIU-" not in said
    code, _, told = steward("suppliers", "--questions", "Nothing\x1b")
    assert code == 1
    assert "Nothing hangs on" in told
