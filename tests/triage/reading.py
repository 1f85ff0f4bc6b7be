"""How tests of judgement read their cases."""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from intake.answers import Answers
from intake.check import to_answers
from intake.forms import ai_use
from triage.judge import judge
from triage.lanes import Settings, side_by_side
from triage.organisation import Organisation, to_settings
from triage.policies import standard_book
from triage.program import Truths, compiled
from triage.verdict import Verdict

FORM = ai_use()
BOOK = standard_book()
PROGRAM = compiled(FORM, BOOK)
DAY = date(2026, 11, 21)
EU = Organisation(regions=("eu",), public_body=False, works_council=False)


HARMLESS: dict[str, object] = {
    "kind": "use_catalogue",
    "output_use": ["draft_self"],
    "people": ["only_team"],
    "data": ["internal"],
    "area": ["none"],
    "red_flag": ["none"],
}
"""Grammar help with a tool of the catalogue: every result is settled at its mildest."""


class Case(NamedTuple):
    name: str
    answers: Answers
    settings: Settings
    expect: dict[str, tuple[Any, Any]]


def d5_cases() -> list[Case]:
    raw = yaml.safe_load((Path(__file__).parent / "d5.cases.yaml").read_text())
    return [
        Case(
            case["name"],
            given(case["answers"]),
            to_settings(
                Organisation.model_validate(case.get("organisation", {"regions": ["eu"]})),
                tool_in_catalogue=case.get("tool_in_catalogue", False),
                rebuttal_signatures=case.get("rebuttal_signatures", 0),
            ),
            {name: tuple(e) if isinstance(e, list) else (e, e) for name, e in case["expect"].items()},
        )
        for case in raw
    ]


def given(plain: dict[str, object]) -> Answers:
    answers, problems = to_answers(FORM, plain)
    assert not problems
    return answers


def judged(
    plain: dict[str, object], organisation: Organisation = EU, day: date = DAY, **stated: Any
) -> Verdict:
    settings = to_settings(organisation, **{"tool_in_catalogue": True, **stated})
    return judge(FORM, BOOK, given(plain), settings, day)


def truths(answers: Answers, settings: Settings) -> Truths:
    return PROGRAM.run(side_by_side(PROGRAM.leaves, [(answers, settings)]))
