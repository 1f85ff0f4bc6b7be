"""What is exported is what is on record: whole, hashed, in order, and harmless in a spreadsheet."""

import csv
import hashlib
import io
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from bot.extract import RUN_BY_SPREADSHEETS, to_row
from intake.answers import answered
from store import audit
from store.engine import Store
from store.ledger import Ledger
from store.people import person
from tests.builders import ANA, DM, LOW, a_desk, key
from tests.databases import Clock
from triage.organisation import Organisation
from triage.policies import book_with
from triage.talking import Begin, Fill, Submit

EXCERPT = Path(__file__).resolve().parents[3] / "bot" / "examples" / "us-federal-excerpt.csv"
HOSTILE = "=cmd|' /C calc'!A0,\"quoted\"\nsecond line"


@pytest.fixture
def folder(steward: Any, tmp_path: Path) -> Path:
    """Beside the excerpt, one use whose words would like to be a formula."""
    some = tmp_path / "some.csv"
    some.write_text("".join(EXCERPT.read_text().splitlines(keepends=True)[:9]))
    steward("import", some, "--map", "us-federal")
    row = {"id": "X-1", "use_case_name": HOSTILE, "purpose_and_benefits": HOSTILE, "pii": "Yes"}
    path = tmp_path / "more.jsonl"
    path.write_text(json.dumps(row) + "\n")
    steward("import", path, "--map", "us-federal")
    return tmp_path


def exported(steward: Any, folder: Path, form: str, *options: str) -> Path:
    out = folder / form
    code, _, errors = steward("export", "--format", form, "--out", out, *options)
    assert code == 0, errors
    return out


def test_json_holds_every_use(steward: Any, folder: Path) -> None:
    out = exported(steward, folder, "json")
    uses = json.loads((out / "uses.json").read_text())
    assert len(uses) == 9
    assert json.loads((out / "decisions.json").read_text()) == []
    use = next(use for use in uses if use["source_id"] == "X-1")
    assert (use["title"], use["state"]) == (" ".join(HOSTILE.split()), "disclosed")
    assert use["facts"]["data"] | {"at": ""} == {
        "state": "unsure",
        "value": ["personal"],
        "by": None,
        "at": "",
        "from": "import",
    }
    assert use["facts"]["purpose"]["value"] == HOSTILE
    assert use["results"]["tier"] == {"floor": 2, "ceiling": 4}
    assert use["decisions"] == []


def test_every_result_is_replayed_from_the_export_alone(steward: Any, folder: Path) -> None:
    out = exported(steward, folder, "json")
    code, said, _ = steward("judge", out / "judge.jsonl")
    assert code == 0
    replayed = [json.loads(line) for line in said.splitlines()]
    results = [use["results"] for use in json.loads((out / "uses.json").read_text())]
    assert len(replayed) == len(results) == 9
    for again, kept in zip(replayed, results, strict=True):
        assert {name: again[name] for name in kept if name != "id"} == kept


def test_a_result_of_an_optional_policy_is_replayed_too(steward: Any, register: Store) -> None:
    """A question that left the policy out would come back with another answer."""
    book = book_with(("us",))
    about: dict[str, Any] = {"actor": ANA, "case": "case-us"}
    desk = a_desk(book=book, organisation=Organisation(regions=("us",)))
    ledger = Ledger(register)
    ledger.execute(Begin(**about, key=key(), words="We want DeepL", place=DM, root="18.1"), desk)
    given = {
        "output_use": "decides_people",
        "influence": "one_input",
        "worst": "negligible",
        "scale": "lt100",
    }
    answers = LOW | {question: answered(choice) for question, choice in given.items()}
    ledger.execute(Fill(**about, key=key(), answers=answers), desk)
    ledger.execute(Submit(**about, key=key()), desk)
    out = exported(steward, Path.cwd(), "json")
    (use,) = [use for use in json.loads((out / "uses.json").read_text()) if use["ref"] == "AIU-2026-0003"]
    assert "us_consequential_decision" in use["results"]["flags"]
    told = [json.loads(line) for line in steward("judge", out / "judge.jsonl")[1].splitlines()]
    (again,) = [each for each in told if each["id"] == "AIU-2026-0003"]
    assert {name: again[name] for name in use["results"]} == use["results"]


def test_csv_holds_the_same_and_no_cell_is_run(steward: Any, folder: Path) -> None:
    out = exported(steward, folder, "csv")
    with (out / "uses.csv").open(newline="") as lines:
        uses = list(csv.DictReader(lines))
    assert len(uses) == 9
    assert not [cell for use in uses for cell in use.values() if cell.startswith(RUN_BY_SPREADSHEETS)]
    use = next(use for use in uses if use["source_id"] == "X-1")
    assert use["title"].startswith("'=cmd|")
    assert use["tier"] == "2..4"
    assert json.loads(use["facts"])["purpose"]["value"] == HOSTILE


@pytest.mark.parametrize("first", RUN_BY_SPREADSHEETS)
def test_a_cell_that_would_be_run_is_quoted(first: str) -> None:
    (cells,) = csv.reader(io.StringIO(to_row({"title": f"{first}1"}, ["title"]), newline=""))
    assert cells == [f"'{first}1"]


@pytest.mark.parametrize(
    "start", ["\uff1d", "\u200b=", "\n=", " =", "\ufeff\ufe0f+", "\u00ad\uff20", "\ufe63"]
)
def test_a_disguised_formula_is_quoted(start: str) -> None:
    (cells,) = csv.reader(io.StringIO(to_row({"title": f"{start}1"}, ["title"]), newline=""))
    assert cells == [f"'{start}1"]


@pytest.mark.parametrize("separator", [";", "\t", "; "])
def test_a_formula_behind_the_separator_of_another_country_is_quoted(separator: str) -> None:
    """Where lists are parted by semicolons, a spreadsheet splits inside what we wrote as one cell."""
    for value in (f"minutes{separator}=1+1", [f"minutes{separator}=1+1"]):
        line = to_row({"title": value, "unit": "U"}, ["title", "unit"])
        cells = [
            cell.strip() for row in csv.reader(io.StringIO(line), delimiter=separator[0]) for cell in row
        ]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("text", ["", "  words", "\u200bwords = more", "\u00e9t\u00e9", "\u65e5\u672c"])
def test_plain_words_stay_as_they_are(text: str) -> None:
    (cells,) = csv.reader(io.StringIO(to_row({"title": text, "unit": "U"}, ["title", "unit"]), newline=""))
    assert cells == [text, "U"]


def test_the_trail_is_written_as_it_was_sealed(steward: Any, folder: Path, store: Store) -> None:
    out = exported(steward, folder, "json")
    with store.read() as session:
        sealed = list(audit.sealed_lines(session))
    assert (out / "audit.jsonl").read_bytes() == "".join(f"{line}\n" for line in sealed).encode()
    code, said, _ = steward("verify", "--file", out / "audit.jsonl")
    assert (code, said.split()[:3]) == (0, ["ok", str(len(sealed)), "lines"])
    assert [json.loads(line)["subject"][0] for line in sealed].count("use") == 9


def test_the_manifest_names_every_file_by_its_digest(steward: Any, folder: Path) -> None:
    out = exported(steward, folder, "csv", "--with-names")
    manifest = json.loads((out / "manifest.json").read_text())
    assert set(manifest["files"]) | {"manifest.json"} == {path.name for path in out.iterdir()}
    for name, told in manifest["files"].items():
        body = (out / name).read_bytes()
        assert told == {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)}
        assert stat.S_IMODE((out / name).stat().st_mode) == 0o600
    assert json.loads(steward("verify", "--json")[1])["head"] == manifest["head"]


def test_names_are_left_out_unless_asked_for(steward: Any, folder: Path, store: Store, clock: Clock) -> None:
    with store.write() as session:
        id_ = person(session, team="T1", slack_user="U0MIRA", now=clock(), name="Mira Kovac")
    out = exported(steward, folder, "json")
    assert not [path for path in out.iterdir() if "Mira" in path.read_text()]
    exported(steward, folder, "json", "--with-names", "--force")
    (known,) = json.loads((out / "people.json").read_text())
    assert known == {"id": id_, "team": "T1", "slack_user": "U0MIRA", "name": "Mira Kovac"}


def test_a_folder_in_use_is_not_written_into(steward: Any, folder: Path) -> None:
    code, _, errors = steward("export", "--format", "json", "--out", folder)
    assert (code, "is not empty" in errors) == (2, True)
    assert not (folder / "uses.json").exists()


def test_what_stands_in_the_way_is_said(steward: Any, folder: Path) -> None:
    code, _, errors = steward("export", "--format", "json", "--out", folder / "more.jsonl")
    assert (code, "cannot be written" in errors) == (2, True)


def test_an_export_that_fails_leaves_the_last_one_as_it_was(
    steward: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = exported(steward, folder, "json")
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.snapshot.to_use", full)
    code, _, errors = steward("export", "--format", "json", "--out", out, "--force")
    assert (code, "No space left on device" in errors) == (2, True)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
