"""What was answered to a questionnaire stands in the trail, is worked out again, and goes out with the register."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.keeping import keep, keep_questionnaire
from bot.library import library
from intake.answers import answered
from intake.forms import FORMS
from store import audit, sheets
from store.engine import Store
from store.ledger import Ledger
from store.tables import PersonRow
from tests.bot.cli.conftest import spoil
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, CLEO, NOW, a_desk
from triage.contributing import Contribute
from triage.outcome import Refused
from triage.questionnaire import Questionnaire
from triage.schemes import POLICIES, load_scheme, questionnaire

AIA = questionnaire("canada-aia")
FIRST = {"projectDetailsPhase": answered("item1"), "projectDetailsTitle": answered("=1+1")}
SECOND = {"businessDrivers5": answered("item1-2"), "projectDetailsTitle": answered("Another title")}


def contributed(actor: str, key: str, answers: Any, page: str = "projectDetails") -> Contribute:
    return Contribute(actor=actor, key=key, case="case-1", form=AIA.form.id, page=page, answers=answers)


@pytest.fixture
def answers(register: Store) -> Store:
    keep(register, library())
    keep_questionnaire(register, AIA)
    with register.write() as session:
        session.add(PersonRow(id=CLEO, team="T", slack_user="UCLEO", updated_at=NOW))
    book = Ledger(register)
    book.contribute(contributed(ANA, "first", FIRST), AIA, a_desk())
    later = a_desk(now=NOW + timedelta(hours=1))
    book.contribute(contributed(CLEO, "second", SECOND, "businessDrivers"), AIA, later)
    return register


def test_the_same_page_counts_once(answers: Store) -> None:
    again = Ledger(answers).contribute(contributed(ANA, "second", FIRST), AIA, a_desk())
    assert again.version == 2
    assert again.answers["projectDetailsTitle"].text == "Another title"


def test_who_lost_the_role_meanwhile_is_refused_and_noted(answers: Store) -> None:
    """The window was open before; what counts is the moment in which it is handed in."""
    with pytest.raises(Refused) as refused:
        Ledger(answers).contribute(contributed(CLEO, "late", FIRST), AIA, a_desk(roles={}))
    assert refused.value.key == "not_yours_to_assess"
    with answers.read() as session:
        assert sheets.load(session, "case-1", AIA.form.id).version == 2
        assert list(audit.records(session))[-1].what == "contribute.refused"


def test_untouched_answers_prove_themselves(steward: Any, answers: Store) -> None:
    assert steward("verify")[0] == 0
    assert steward("replay") == (0, "4 verdicts: 4 agree, 0 differ\n", "")


PHASE = "UPDATE fact SET {} WHERE question = 'projectDetailsPhase'"


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            PHASE.format("value = '[\"item2\"]'"),
            "(canada-aia): the answer to projectDetailsPhase of 2026-11-21T09:00:00.000000Z was changed",
        ),
        ("DELETE FROM fact WHERE question = 'businessDrivers5'", "the answer to businessDrivers5 of"),
        (PHASE.format("contributor = 'P-cleo'"), "was changed"),
        (
            "DELETE FROM result WHERE subject_kind = 'sheet' AND version = 1",
            "the result of version 1 is missing",
        ),
        (
            "UPDATE result SET facts_digest = 'x' WHERE subject_kind = 'sheet' AND version = 2",
            "the result of version 2 was changed",
        ),
        ("DELETE FROM wording WHERE name = 'canada-aia' AND kind = 'policy'", "that results name is missing"),
    ],
)
def test_what_was_changed_behind_the_trail_is_named(
    steward: Any, answers: Store, sql: str, told: str
) -> None:
    tamper(answers, sql)
    code, said, _ = steward("verify")
    assert code == 1
    assert told in said


def test_a_score_that_was_changed_is_worked_out_again(steward: Any, answers: Store) -> None:
    with answers.read() as session:
        finding = sheets.load(session, "case-1", AIA.form.id).finding
    assert finding is not None
    lie = json.dumps(finding.model_copy(update={"impact_level": 4}).model_dump(mode="json"))
    tamper(answers, f"UPDATE result SET verdict = '{lie}' WHERE subject_kind = 'sheet' AND version = 2")
    code, out, _ = steward("replay")
    assert code == 1
    assert "impact_level came out otherwise" in out


def test_results_of_an_older_scheme_are_replayed_by_it(
    steward: Any, answers: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = tmp_path / "forms"
    shutil.copytree(FORMS, forms)
    spoil(folder / "canada-aia" / "scoring.yaml", "levels: [25, 50, 75]", "levels: [1, 2, 3]")
    form, scheme = load_scheme(folder, "canada-aia", forms)
    newer = Questionnaire("canada-aia", form, scheme)
    monkeypatch.setattr("bot.keeping.POLICIES", folder)
    keep_questionnaire(answers, newer)
    change = {"businessDrivers5": answered("item2-1")}
    sheet = Ledger(answers).contribute(
        contributed(ANA, "third", change), newer, a_desk(now=NOW + timedelta(hours=2))
    )
    assert sheet.finding is not None
    assert folder != POLICIES
    assert steward("replay")[:2] == (0, "5 verdicts: 5 agree, 0 differ\n")


def test_they_are_exported_with_who_said_what(steward: Any, answers: Store, tmp_path: Path) -> None:
    out = tmp_path / "json"
    assert steward("export", "--format", "json", "--out", out)[0] == 0
    (whole,) = json.loads((out / "questionnaires.json").read_text())
    assert (whole["ref"], whole["form"], whole["version"]) == ("AIU-2026-0001", "canada-aia", 2)
    assert whole["result"]["raw_impact_score"] == 2
    past = json.loads((out / "questionnaire_history.json").read_text())
    assert [each["by"] for each in past] == [ANA, ANA, CLEO, CLEO]
    uses = json.loads((out / "uses.json").read_text())
    assert "projectDetailsTitle" not in uses[0]["facts"]
    out = tmp_path / "csv"
    assert steward("export", "--format", "csv", "--out", out)[0] == 0
    rows = csv.DictReader(io.StringIO((out / "questionnaire_history.csv").read_text()))
    assert all(not row["value"].startswith("=") for row in rows)


def test_an_earlier_day_knows_nothing_of_later_answers(steward: Any, answers: Store, tmp_path: Path) -> None:
    out = tmp_path / "early"
    code, _, errors = steward("export", "--format", "json", "--out", out, "--as-of", "2026-11-20")
    assert code == 0, errors
    assert json.loads((out / "questionnaires.json").read_text()) == []
    assert json.loads((out / "questionnaire_history.json").read_text()) == []
