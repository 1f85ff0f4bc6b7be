"""Every kind of risk that was asked for has questions, what looks at their answers, and a place in the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from intake.answers import answered
from tests.triage.reading import FORM
from triage.aims.kinds import kinds
from triage.aims.risks import weighing
from triage.guide import Guide, who_says
from triage.policies import book_with
from triage.rules import Item
from triage.schemes import questionnaire

BOOK = book_with()
ITEMS: Mapping[str, Item] = {
    each.id: each for each in (*BOOK.rules(), *BOOK.duties(), *BOOK.calls(), *BOOK.gates(), *BOOK.seats())
}


class Covered(NamedTuple):
    questions: frozenset[str]
    by: frozenset[str]


def covered(questions: str, by: str) -> Covered:
    return Covered(frozenset(questions.split()), frozenset(by.split()))


KINDS = {
    "bias and inequality": covered(
        "function people", "call-cv-screening-recruitment tier-weak-position nist-gai-6"
    ),
    "transparency": covered(
        "output_use gen_public", "eu-limited-synthetic-media gate-people-affected eu-duty-tell-chatbot"
    ),
    "explanation": covered("output_use function", "eu-duty-86-explain"),
    "privacy": covered("data profiling", "tier-guarded-data gdpr-criterion-sensitive-data tier-profiling"),
    "security": covered("powers data", "seat-security-powers tier-secrets call-agent-code-execution"),
    "misuse": covered("red_flag powers", "eu-prohibited-manipulation owasp-asi02"),
    "safety": covered("output_use safety_component", "tier-physical-safety tier-annex-i-product"),
    "quality of data": covered("base_model function", "iso-control-a-7-4"),
    "oversight by people": covered(
        "check powers stop", "tier-lasting-loss-unchecked tier-agent-without-stop"
    ),
    "robustness and wrong output": covered(
        "worst output_use", "tier-real-loss tier-talks-or-unchecked owasp-llm07"
    ),
    "accountability": covered("kind", "gate-any-use"),
    "law": covered("area function places", "eu-annex-iii-4a eu-in-scope tier-sensitive-area"),
    "operation": covered("powers", "gate-strong-powers"),
    "society": covered(
        "scale gen_public function", "tier-many-people call-ai-text-public-interest call-election-influence"
    ),
    "rights of others in content": covered("gen_public", "call-ip-sensitive-generation"),
    "environment": covered("base_model", "call-environment-heavy-compute"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_risk_has_a_question_and_something_that_looks_at_it(kind: str) -> None:
    questions, by = KINDS[kind]
    assert questions <= set(FORM.by_id)
    assert by <= set(ITEMS)
    seen = {id_: ITEMS[id_].when.questions() for id_ in by}
    assert [id_ for id_, looks in seen.items() if not looks & questions] == []
    assert questions <= frozenset().union(*seen.values()), "each of them is looked at"


CATEGORIES = {
    "bias and inequality": "fairness",
    "transparency": "transparency",
    "explanation": "transparency",
    "privacy": "privacy",
    "security": "security",
    "misuse": "misuse",
    "safety": "safety",
    "quality of data": "reliability",
    "oversight by people": "accountability",
    "robustness and wrong output": "reliability",
    "accountability": "accountability",
    "law": "legal",
    "operation": "reliability",
    "society": "societal",
    "rights of others in content": "ip",
    "environment": "environment",
    "ethics": "ethics",
    "reputation": "reputation",
}
"""Where each stands in the risk register."""
ASSESSED = {"ethics": ("dignity", "choice", "honesty"), "reputation": ("trust",)}
"""What the intake does not ask: the choices of the impact assessment that are about it."""


def test_every_kind_has_its_category_and_something_in_the_library() -> None:
    field = kinds()["risk"].field("category")
    assert field is not None
    assert set(CATEGORIES) == set(KINDS) | set(ASSESSED)
    assert set(CATEGORIES.values()) <= set(field.choices)
    assert set(CATEGORIES.values()) <= {known.category for known in weighing().library}


@pytest.mark.parametrize("kind", ASSESSED)
def test_what_the_intake_does_not_ask_the_impact_assessment_asks_and_weighs(kind: str) -> None:
    asked = questionnaire("ai-impact")
    question, scheme = asked.form.by_id["values"], asked.scheme
    assert set(ASSESSED[kind]) <= question.choice_ids
    assert isinstance(scheme, Guide)
    for choice in ASSESSED[kind]:
        said = {"iso_impact": answered("full"), "values": answered(choice)}
        assert who_says(asked.form, scheme, said)[0] == "committee"
