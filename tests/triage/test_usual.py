"""The library of conditions: which are offered for a use, what they are bound to, and files that are refused."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.offered import page
from bot.words import Words
from intake.answers import answered, unsure
from intake.forms import ai_use_wording
from intake.source import Damaged
from tests.builders import a_case, a_desk, some_answers
from tests.triage.reading import FORM
from tests.triage.test_own import a_file, a_rule
from triage import usualfile
from triage.amending import How, amended
from triage.case import Case
from triage.desk import Desk
from triage.loosened import loosened
from triage.policies import load_book, standard_book
from triage.rules import RuleBook
from triage.steps import Term
from triage.usual import bound, fitting
from triage.usualfile import FILE

DESK = a_desk()
ALWAYS = [each.id for each in standard_book().usual][8:]


def case(**answers: Any) -> Case:
    return a_case(answers=some_answers(**answers))


def fit(case: Case, desk: Desk = DESK) -> list[str]:
    return [each.id for each in fitting(case, desk)]


def a_condition(**changed: Any) -> dict[str, Any]:
    one: dict[str, Any] = {
        "id": "own-minutes",
        "text": "Minutes are checked by whoever was there",
        "check": "Who checks them?",
        "source": "Our AI policy, section 7",
    }
    return {name: value for name, value in (one | changed).items() if value is not None}


def own(*conditions: dict[str, Any]) -> str:
    plain = json.loads(json.dumps({"conditions": list(conditions)}))
    return str(yaml.safe_dump(plain, sort_keys=False))


def book(*conditions: dict[str, Any]) -> RuleBook:
    return load_book(FORM, own=own(*conditions))


def test_what_the_answers_call_for_comes_first_then_what_always_may() -> None:
    deciding = fit(case(output_use=answered("decides_people")))
    assert deciding[:2] == ["asked_again", "tested"]
    assert deciding[-len(ALWAYS) :] == ALWAYS
    assert fit(case(data=answered("client_owned")))[0] == "client_agrees"


def test_what_the_answers_rule_out_is_not_offered_and_what_is_not_known_comes_last() -> None:
    quiet = fit(case(output_use=answered("draft_self"), data=answered("internal")))
    assert not {"asked_again", "few_rights", "client_agrees"} & set(quiet)
    open_one = fit(case(output_use=answered("draft_self"), data=unsure()))
    assert open_one.index("client_agrees") > max(map(open_one.index, ALWAYS))


def test_a_flag_or_a_result_calls_for_one_too() -> None:
    assert "assessed" in fit(case(data=answered("special"), people=answered("patients")))
    assert "assessed" not in fit(case(data=answered("public"), people=answered("only_team")))


def test_it_is_due_in_working_days_or_holds_all_the_time() -> None:
    known = {each.id: each for each in DESK.book.usual}
    assert bound(known["told"], "Told?", DESK) == Term(
        due=date(2026, 12, 4), check="Told?", otherwise="suspends"
    )
    assert bound(known["no_personal"], "", DESK) == Term()


def test_each_has_its_words_and_a_source() -> None:
    words = Words("en")
    for each in standard_book().usual:
        assert words.has(f"condition.{each.id}")
        assert words.has(f"condition_check.{each.id}")
        assert each.source


def test_the_page_of_them_says_what_the_file_says() -> None:
    shown = page(load_book(FORM), FORM, ai_use_wording())
    assert (Path(__file__).parents[2] / "docs" / "conditions.md").read_text("utf-8") == shown


def test_an_organisations_own_stand_before_ours_where_both_fit() -> None:
    theirs = book(a_condition(when={"question": "output_use", "contains": "decides_people"}))
    desk = replace(DESK, book=theirs)
    assert fit(case(output_use=answered("decides_people")), desk)[:2] == ["own-minutes", "asked_again"]
    assert "own-minutes" not in fit(case(output_use=answered("draft_self")), desk)


def test_their_conditions_judge_nothing_and_are_told_where_they_are_proposed() -> None:
    theirs, ours = book(a_condition()), standard_book()
    assert theirs.policies == ours.policies
    assert loosened(theirs, ours) == ()
    (new,) = amended(ours, theirs)
    assert (new.rule, new.how, new.sentence) == ("own-minutes", How.new, a_condition()["text"])
    assert [each.how for each in amended(theirs, ours)] == [How.gone]
    (anew,) = amended(theirs, book(a_condition(check="Who was there?")))
    assert anew.how is How.said_anew


def test_they_may_stand_beside_rules() -> None:
    beside = a_file(a_rule()) + own(a_condition())
    assert next(each.id for each in load_book(FORM, own=beside).usual) == "own-minutes"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"id": "minutes"}, "own.yaml:2: minutes.id: `minutes` is no id of a condition of your own"),
        ({"text": None}, "own-minutes: `text` is missing"),
        ({"check": None}, "own-minutes: `check` is missing"),
        ({"text": "x" * 76}, "own-minutes.text: is longer than 75 characters"),
        ({"text": "Seen\u200b by nobody"}, "own-minutes.text: holds signs that cannot be seen"),
        ({"days": 10}, "own-minutes.days: stands without `otherwise`"),
        ({"otherwise": "lapses"}, "own-minutes.otherwise: stands without `days`"),
        ({"days": 0, "otherwise": "lapses"}, "own-minutes.days: `0` is no number of days here"),
        ({"days": 501, "otherwise": "lapses"}, "`501` is no number of days here"),
        (
            {"days": 10, "otherwise": "laps"},
            "`laps` is nothing that follows. Did you mean `lapses`?",
        ),
        ({"level": 3}, "own-minutes.level: `level` is not a field here"),
        (
            {"when": {"question": "data", "contains": "clients"}},
            "own-minutes.when.contains: `clients` is not a choice of `data`",
        ),
        (
            {
                "when": {
                    "all": [
                        {"question": "data", "contains": "internal"},
                        {"not": {"question": "data", "contains": "internal"}},
                    ]
                }
            },
            "own-minutes.when: can never hold",
        ),
    ],
)
def test_one_that_is_unclear_is_refused_by_file_id_and_field(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(Damaged, match=re.escape(why)):
        book(a_condition(**changed))


def test_one_id_or_text_stands_once() -> None:
    with pytest.raises(Damaged, match="`own-minutes` is a condition already"):
        book(a_condition(), a_condition(text="Something else"))
    with pytest.raises(Damaged, match="text: is said by another condition already"):
        book(a_condition(), a_condition(id="own-other"))


def test_faults_of_ours_are_named_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "conditions.yaml"
    broken.write_text(FILE.read_text("utf-8").replace("otherwise: narrows", "otherwise: narrow", 1), "utf-8")
    monkeypatch.setattr(usualfile, "FILE", broken)
    with pytest.raises(Damaged, match=r"conditions.yaml:\d+: client_agrees.otherwise: `narrow` is nothing"):
        load_book(FORM)
