"""Which requests may be decided together, by the data; and what each decision records of the others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from intake.answers import answered
from intake.source import Damaged
from tests.builders import BEN, LOW, a_case, a_desk, key, some_answers
from triage.commands import Approve, Decline
from triage.decide import decide
from triage.jointly import FILE, is_like, kept, load_jointly, may_go
from triage.outcome import Refused

DESK = a_desk()
FLAGGED = some_answers(red_flag=answered("social_scoring"))


def test_marked_practices_and_very_high_risk_are_decided_one_by_one() -> None:
    assert may_go(a_case(answers=LOW))
    assert not may_go(a_case(answers=FLAGGED))
    assert 4 not in kept().results["tier"]
    assert "prohibited" not in kept().results["eu"]


def test_whoever_sends_one_along_all_the_same_is_refused() -> None:
    wish = Decline(actor=BEN, key=key(), case="case-1", reason="No.", together=("AIU-2026-0001",))
    with pytest.raises(Refused, match="not_together"):
        decide(a_case(answers=FLAGGED), wish, DESK)


def test_like_are_those_of_the_same_choices_and_results() -> None:
    one = a_case(answers=LOW)
    assert is_like(one, a_case(answers=LOW, id="case-2"), DESK.form)
    assert not is_like(one, a_case(answers=some_answers(data=answered("personal"))), DESK.form)
    assert not is_like(one, a_case(answers=LOW, tool_id="chatgpt"), DESK.form)
    assert not is_like(one, a_case(answers=LOW).model_copy(update={"verdict": None}), DESK.form)


def test_each_decision_names_the_others_in_the_trail_and_not_itself() -> None:
    case = a_case(answers=LOW, ref="AIU-2026-0001")
    given: dict[str, Any] = {"actor": BEN, "case": case.id, "reason": "Fits."}
    refs = ("AIU-2026-0001", "AIU-2026-0002")
    line = decide(case, Approve(key=key(), together=refs, **given), DESK).happened[0]
    assert line.detail["together"] == ("AIU-2026-0002",)
    alone = decide(case, Approve(key=key(), **given), DESK).happened[0]
    assert "together" not in alone.detail


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ("most: 30", "most: 31", "most: `31` is no number of requests here"),
        ("[1, 2, 3]", "[1, 2, 5]", "`5` is nothing that the result `tier` may be"),
        ("[none]", "[no]", "is read as"),
        ("[none]", "[nothing]", "`nothing` is nothing that the question `red_flag` may be"),
        ("tier:", "teir:", "`teir` is not a field here. Did you mean `tier`?"),
    ],
)
def test_data_that_is_unclear_is_refused_with_what_to_do(
    tmp_path: Path, was: str, becomes: str, why: str
) -> None:
    file = tmp_path / "jointly.yaml"
    file.write_text(FILE.read_text("utf-8").replace(was, becomes, 1), "utf-8")
    with pytest.raises(Damaged, match=re.escape(why)):
        load_jointly(file)
