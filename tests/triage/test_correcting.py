"""What somebody says is another is taken as a proposal, at the offer and at the summary, and nothing counts unseen."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import answered
from tests.builders import ANA, LOW, a_case, a_desk, after, begun, key, says
from triage.asset import Asset
from triage.case import Case, Status
from triage.interview import talk_of
from triage.talk import Phase
from triage.talking import Type

WHO: dict[str, Any] = {"actor": ANA, "case": "case-1"}


def typed(words: str) -> Type:
    return Type(**WHO, key=key(), words=words)


def read(case: Case, question: str) -> tuple[str, ...]:
    proposal = talk_of(case).proposal(question)
    return proposal.answer.picked if proposal else ()


def at_summary() -> Case:
    return a_case(Status.draft, LOW)


@pytest.mark.parametrize(
    "words",
    [
        "no, the tool is called DeepL",
        "no its called deepl",
        "The tool is DeepL.",
        "I meant DeepL",
        "nope, deepl",
    ],
)
def test_another_tool_takes_the_place_of_the_one_read(words: str) -> None:
    outcome = after(begun(), typed(words))
    assert says(outcome) == ["welcome"]
    assert outcome.case.tool_name == "DeepL"
    assert read(outcome.case, "tool") == (outcome.case.tool_id,)
    assert outcome.case.facts == {}
    assert talk_of(outcome.case).phase is Phase.offered
    started = after(outcome.case, typed("yes")).case
    assert started.answers["tool"].picked == (outcome.case.tool_id,)


def test_a_tool_nobody_knows_is_called_as_they_call_it() -> None:
    case = after(begun(), typed("no, the tool is called Quorvex")).case
    assert (case.tool_id, case.tool_name, read(case, "tool")) == (None, "Quorvex", ("Quorvex",))


def test_a_name_of_several_tools_is_asked_about() -> None:
    outcome = after(begun(), typed("no, it is called copilot"))
    assert len(talk_of(outcome.case).candidates) > 1
    assert (outcome.case.tool_id, read(outcome.case, "tool")) == (None, ())


def test_whether_the_tool_is_known_here_follows_it() -> None:
    known = {"deepl": Asset(id="deepl", name="DeepL", assessed=True)}
    case = after(begun(assets=known), typed("no, the tool is called DeepL"), desk=a_desk(assets=known)).case
    assert (case.tool_id, read(case, "kind")) == ("deepl", ("use_catalogue",))


@pytest.mark.parametrize("words", ["the purpose is translating menus", "no, it's for translating menus"])
def test_another_purpose_is_offered_and_asked_in_the_summary(words: str) -> None:
    offered = after(begun(), typed(words))
    assert (says(offered), read(offered.case, "purpose")) == (["welcome"], ("translating menus",))
    outcome = after(at_summary(), typed(words))
    current = talk_of(outcome.case).current
    assert current is not None
    assert (says(outcome), current.question) == (["question"], "purpose")
    assert outcome.case.answers == LOW
    assert after(outcome.case, typed("yes")).case.answers["purpose"] == answered("translating menus")


@pytest.mark.parametrize(
    ("words", "question", "proposed"),
    [
        ("people affected: customers", "people", ("customers",)),
        ("the data is personal data", "data", ("personal",)),
        ("the data is not right", "data", ()),
        ("change the area to hiring", "area", ("employment",)),
        ("the tool is great", "tool", ()),
    ],
)
def test_a_row_named_in_the_summary_is_opened(words: str, question: str, proposed: tuple[str, ...]) -> None:
    outcome = after(at_summary(), typed(words))
    current = talk_of(outcome.case).current
    assert current is not None
    assert (current.question, read(outcome.case, question)) == (question, proposed)
    assert outcome.case.answers == LOW


@pytest.mark.parametrize(
    "words",
    ["it is only for me", "it's for me", "the weather is nice", "is the purpose right?", "no, that's wrong",
     "why is it called Otter?", "the tool is great", "my boss is called Claude Monet and he says it is fine"],
)  # fmt: skip
def test_what_corrects_nothing_leaves_the_offer(words: str) -> None:
    outcome = after(begun(), typed(words))
    assert says(outcome) == ["still_offered"]
    assert outcome.case == begun()
