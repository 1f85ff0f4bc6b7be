"""With the files of an export alone, texts and verdicts are held against the trail, and verdicts come out again."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from store.engine import Store
from store.ledger import Ledger
from store.tables import PersonRow
from tests.bot.cli import storied
from tests.builders import ANA, DAN
from triage.afterwards import ReportWrong
from triage.own import digest_of

REFS = [f"AIU-2026-000{number}" for number in range(1, 7)]


@pytest.fixture
def out(steward: Any, store: Store, tmp_path: Path) -> Path:
    storied.tell(store)
    return exported(steward, tmp_path / "out")


def exported(steward: Any, folder: Path, *more: str) -> Path:
    code, _, errors = steward("export", "--format", "json", "--out", folder, *more)
    assert (code, errors) == (0, "")
    return folder


def read(path: Path) -> Any:
    return json.loads(path.read_text())


def proven(folder: Path) -> list[str]:
    """By the documented recipe, in a Python that knows nothing of ours."""
    text = (Path(__file__).parents[3] / "docs" / "verify.md").read_text()
    (recipe,) = (
        each for each in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "texts.jsonl" in each
    )
    found = subprocess.run(
        [sys.executable, "-I", "-c", recipe, folder], capture_output=True, text=True, check=False
    )
    return [*found.stdout.splitlines(), *found.stderr.splitlines()]


def test_texts_and_results_are_those_that_were_sealed(steward: Any, out: Path) -> None:
    texts = read(out / "manifest.json")["texts"]
    first, *results = proven(out)
    assert (
        first == f"{texts['written']} texts as sealed, 0 erased, {sum(texts['left_out'].values())} left out"
    )
    assert len(results) == len(read(out / "results.json"))
    assert {each.rsplit(" ", 2)[1:] == ["as", "sealed"] for each in results} == {True}
    assert {each.split(" ", 1)[0] for each in results} == set(REFS)


def test_a_pseudonym_is_held_against_the_line_that_put_it_there(
    steward: Any, store: Store, tmp_path: Path
) -> None:
    storied.tell(store)
    with store.write() as session:
        row = session.get_one(PersonRow, ANA)
        row.name, row.deleted = "Sorter Schmidt", True
    Ledger(store).execute(
        ReportWrong(actor=DAN, case=storied.APPROVED, key="named", words="Sorter Schmidt said so"),
        storied.day(9),
    )
    assert steward("person", "erase", ANA, "--because", "Asked.", "--yes")[0] == 0
    folder = exported(steward, tmp_path / "out")
    first, *_ = proven(folder)
    assert re.fullmatch(r"\d+ texts as sealed, \d+ erased, \d+ left out", first), first
    texts = folder / "texts.jsonl"
    assert "former colleague" in texts.read_text()
    texts.write_text(texts.read_text().replace("former colleague", "current colleague"))
    assert "is not the text that was sealed" in proven(folder)[0]


def test_a_text_that_was_changed_is_named(out: Path) -> None:
    path = out / "texts.jsonl"
    path.write_text(path.read_text().replace("Not needed.", "Forbidden."))
    (told,) = proven(out)
    assert re.fullmatch(r"(reason|words_of_record) of line \d+ is not the text that was sealed", told)


def test_a_result_that_was_changed_is_named(out: Path) -> None:
    path = out / "results.json"
    results = read(path)
    results[0]["verdict"]["results"]["tier"]["floor"] = 4
    results[1] |= {"ref": "AIU-2026-0006"}
    path.write_text(json.dumps(results))
    assert [each.endswith("is in no record") for each in proven(out)[1:4]] == [True, True, False]


def test_what_was_erased_is_not_in_it_and_counted(steward: Any, store: Store, out: Path) -> None:
    kept = map(json.loads, (out / "texts.jsonl").read_text().splitlines())
    (line,) = (each["line"] for each in kept if each["text"] == "Not needed." and each["field"] == "reason")
    assert steward("erase", "--line", str(line), "--because", "Asked for it.")[0] == 0
    after = exported(steward, out.parent / "after")
    assert "Not needed." not in (after / "texts.jsonl").read_text()
    assert " 3 erased, " in proven(after)[0]


def test_drafts_and_slacks_ids_stay(steward: Any, out: Path) -> None:
    whole = "".join(path.read_text() for path in out.iterdir())
    assert not [each for each in ("Perhaps Otter", "UP-ben") if each in whole]
    assert read(out / "manifest.json")["texts"]["left_out"]["naming_people"] == 2
    named = exported(steward, out.parent / "named", "--with-names")
    assert "UP-ben" in (named / "texts.jsonl").read_text()
    assert "Perhaps Otter" not in (named / "texts.jsonl").read_text()
    assert proven(named)[0].endswith(" 3 left out")


def test_every_verdict_ever_given_is_in_it(steward: Any, out: Path) -> None:
    given = [
        (row["version"], row["judged_at"][:10], row["verdict"]["results"]["tier"]["floor"])
        for row in read(out / "results.json")
        if (row["ref"], row["form"]) == ("AIU-2026-0001", "ai-use")
    ]
    assert given == [(3, "2026-11-21", 1), (12, "2026-11-28", 3)]
    last = {row["ref"]: row for row in read(out / "results.json") if row["form"] == "ai-use"}
    for use in read(out / "uses.json"):
        assert last[use["ref"]]["verdict"]["results"]["tier"] == use["results"]["tier"]
        assert (last[use["ref"]]["form_digest"], last[use["ref"]]["texts_digest"]) == (
            use["form_digest"],
            use["texts_digest"],
        )
    sheets = [row for row in read(out / "results.json") if row["form"] == "canada-aia"]
    assert [row["version"] for row in sheets] == [1, 2]
    early = exported(steward, out.parent / "early", "--as-of", "2026-11-22")
    assert {row["judged_at"][:10] for row in read(early / "results.json")} == {"2026-11-21", "2026-11-22"}
    assert proven(early)[0].endswith(" left out")


def test_verdicts_under_own_rules_come_out_again(steward: Any, out: Path) -> None:
    (own,) = out.glob("own-*.yaml")
    assert own.read_text() == storied.RULES
    results = {use["ref"]: use["results"] for use in read(out / "uses.json")}
    assert "own" in {policy["name"] for policy in results["AIU-2026-0001"]["policies"]}
    code, said, _ = steward("judge", out / "judge.jsonl", "--own", own)
    again = {told.pop("id"): told for told in map(json.loads, said.splitlines())}
    assert (code, again) == (0, results)


def test_a_line_is_judged_by_the_rules_that_it_names(steward: Any, tmp_path: Path) -> None:
    files = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    files[0].write_text(storied.RULES)
    files[1].write_text(storied.RULES.replace("level: 3", "level: 2"))
    names = [digest_of(file.read_text()) for file in files]
    asked: dict[str, Any] = {"id": 1, "answers": {"data": ["internal"]}}
    lines = tmp_path / "lines.jsonl"
    each = [*({"own_rules": name} for name in (*names, None, "0")), {}]
    lines.write_text("".join(json.dumps(asked | one) + "\n" for one in each))
    code, said, _ = steward("judge", lines, "--own", files[0], "--own", files[1])
    told = [json.loads(line) for line in said.splitlines()]
    assert [one["tier"]["floor"] if "tier" in one else one["error"] for one in told] == [
        3,
        2,
        1,
        "`own_rules` names rules that were not given: add --own FILE.",
        "`own_rules` must say which of the rules of your own are meant, or null.",
    ]
    assert code == 1
