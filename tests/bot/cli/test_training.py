"""`steward training`: what another system knows is taken in once, what does not fit is told, and a pack has it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from bot.cli import training as of_trainings
from bot.config import change
from bot.inventory.rows import Unreadable, read_rows
from store import aims, trained
from store.employees import Employee, compared, take
from store.engine import Store
from store.sessions import Session
from store.tables import PersonRow
from tests.bot.cli.conftest import Steward
from tests.bot.cli.packed import packed
from tests.builders import ANA, BEN, NOW, a_desk
from triage.aims.entry import Entry, Said
from triage.aims.wishes import DraftEntry

FILE = """e-mail,training,day
ana@example.com,basics,2026-05-04
ANA@example.com,Basics,2026-05-04
nobody@example.com,Basics,2026-05-04
ana@example.com,Rocketry,2026-05-04
ana@example.com,Basics,soon
ana@example.com,Basics,2999-01-01
"""


@pytest.fixture
def training(register: Store) -> Entry:
    said: dict[str, Said] = {"title": "Basics", "roles": ("reviewer",), "months": "12", "confirmed": "no"}
    wish = DraftEntry(actor=BEN, key="d", entry="t", kind="training", said=said)
    with register.write() as session:
        rows = compared(session, [Employee(email="ana@example.com", slack_user=f"U{ANA}")])
        take(session, rows, whole=True, now=NOW)
        made = aims.carry_out(session, wish, a_desk(roles={"governance_lead": frozenset({BEN})}))
        for person in (ANA, BEN):
            trained.note(session, "asked", made, person, NOW.date(), now=NOW)
    return made


def rows(steward: Steward, *words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in steward("training", "list", "--json", *words)[1].splitlines()]


def test_a_file_is_taken_in_once_and_what_does_not_fit_is_told(
    steward: Steward, training: Entry, tmp_path: Path
) -> None:
    file = tmp_path / "done.csv"
    file.write_text(FILE, encoding="utf-8")
    code, said, errors = steward("training", "import", file, "--dry-run")
    assert "nothing was written" in errors
    assert [row["done"] for row in rows(steward)] == [None, None]
    code, said, errors = steward("training", "import", file)
    assert (code, said) == (1, "read 6, new 1, same 1, refused 4\n")
    for line, told in (
        (4, "is nobody of the people file"),
        (5, "Rocketry is no training"),
        (6, "no day"),
        (7, "still to come"),
    ):
        assert any(each.startswith(f"line {line}: ") and told in each for each in errors.splitlines())
    assert {row["person"]: row["done"] for row in rows(steward)} == {ANA: "2026-05-04", BEN: None}
    _, said, _ = steward("training", "list")
    assert "1 of 2 are up to date" in said


def test_the_matrix_of_gaps_is_csv_that_no_spreadsheet_runs(
    steward: Steward, register: Store, training: Entry
) -> None:
    with register.write() as session:
        session.add(PersonRow(id="P-cleo", team="T", slack_user="U0CLEO", updated_at=NOW))
        rows = compared(session, [Employee(email="cleo@example.com", slack_user="U0CLEO", unit="=1+1")])
        take(session, rows, whole=True, now=NOW)
    change(register, {"roles.reviewer": ["U0CLEO"]}, by=None, key="roles", now=NOW)
    code, said, _ = steward("training", "matrix")
    found = [(row["unit"], row["role"], row["needs"], row["people"], row["gap"]) for row in table(said)]
    assert code == 0
    assert found == [("'=1+1", "reviewer", training.ref, "1", "1"), ("", "uses", training.ref, "2", "2")]
    told = [json.loads(line) for line in steward("training", "matrix", "--json")[1].splitlines()]
    assert [(row["unit"], row["gap"]) for row in told] == [("=1+1", 1), ("", 2)]


def table(said: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(said)))


def test_a_file_without_its_columns_is_refused(steward: Steward, training: Entry, tmp_path: Path) -> None:
    file = tmp_path / "done.csv"
    file.write_text("name,course\nAna,Basics\n", encoding="utf-8")
    code, _, errors = steward("training", "import", file)
    assert code == 1
    assert "e-mail" in errors


def test_a_pack_says_who_did_which_training(
    steward: Steward, register: Store, training: Entry, tmp_path: Path
) -> None:
    with register.write() as session:
        link = "https://example.com/certificate"
        trained.note(session, "done", training, ANA, NOW.date(), by=ANA, link=link, now=NOW)
    with zipfile.ZipFile(packed(steward, tmp_path)) as zipped:
        page, index = (zipped.read(name).decode() for name in ("training.html", "index.html"))
        told = zipped.read("tables/trained.csv").decode()
    assert "up to date" in page
    assert "late" in page
    assert NOW.date().isoformat() in page
    assert f"training.html#{training.ref}" in index
    assert [(row["shown"], row["link"]) for row in table(told) if row["kind"] == "done"] == [("true", "")]


@pytest.mark.parametrize("names", [False, True])
def test_what_shows_a_training_goes_out_with_names_only(
    steward: Steward, register: Store, training: Entry, tmp_path: Path, names: bool
) -> None:
    """A link of one person may well name them."""
    link = "https://example.com/certificates/ana-aramesh"
    with register.write() as session:
        trained.note(session, "done", training, ANA, NOW.date(), by=ANA, link=link, now=NOW)
    with zipfile.ZipFile(packed(steward, tmp_path, *(["--with-names"] if names else []))) as zipped:
        found = {name for name in zipped.namelist() if link.encode() in zipped.read(name)}
    told = {"data/trained.jsonl", "tables/trained.csv", "texts.jsonl", "tables/links.csv"}
    assert found & told == (told if names else set())
    assert names or not found


def test_a_trial_run_takes_nobodys_turn_to_write_and_a_file_is_kept_in_parts(
    steward: Steward, training: Entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "done.csv"
    days = "".join(f"ana@example.com,Basics,2026-05-{day:02}\n" for day in range(1, 6))
    file.write_text(f"e-mail,training,day\n{days}", encoding="utf-8")
    turns, write = [], Store.write

    def counted(store: Store) -> AbstractContextManager[Session]:
        turns.append(store)
        return write(store)

    monkeypatch.setattr(Store, "write", counted)
    monkeypatch.setattr(of_trainings, "PART", 2)
    assert steward("training", "import", file, "--dry-run")[1] == "read 5, new 5, same 0, refused 0\n"
    assert turns == []
    assert steward("training", "import", file)[1] == "read 5, new 5, same 0, refused 0\n"
    assert len(turns) == 3


def test_a_file_that_cannot_be_read_to_its_end_writes_nothing(
    steward: Steward, training: Entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "done.csv"
    file.write_text(FILE, encoding="utf-8")

    def breaks(*given: Any) -> Iterator[Any]:
        yield next(iter(read_rows(*given)))
        raise Unreadable("The file ends in the middle.")

    monkeypatch.setattr(of_trainings, "read_rows", breaks)
    monkeypatch.setattr(of_trainings, "PART", 1)
    assert steward("training", "import", file)[0] == 1
    assert [row["done"] for row in rows(steward)] == [None, None]
