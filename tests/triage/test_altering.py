"""Words that name another option of an answered question are asked about, and nothing changes by itself."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import answered
from tests.builders import ANA, LOW, a_case, a_desk, a_talk, after, key, says
from triage.case import Case, Status
from triage.interview import advance, talk_of
from triage.talk import Asked, Phase
from triage.talking import Choose, Edit, Steer, Type

WHO: dict[str, Any] = {"actor": ANA, "case": "case-1"}
KNOWN = LOW | {"people": answered("customers"), "data": answered("confidential")}


def typed(words: str) -> Type:
    return Type(**WHO, key=key(), words=words)


def at_summary() -> Case:
    return a_case(Status.draft, KNOWN)


def midway() -> Case:
    """All but the opening is open still."""
    answers = {q: KNOWN[q] for q in ("kind", "tool", "purpose", "output_use", "people", "data")}
    return advance(a_case(Status.draft, answers, talk=a_talk(phase=Phase.asking)), a_desk()).case


def current(case: Case) -> Asked:
    found = talk_of(case).current
    assert found is not None
    return found


SAID = [
    "the data is internal",
    "sorry, the data is only internal, about nobody",
    "actually only internal, but about no one",
]


@pytest.mark.parametrize("words", SAID)
@pytest.mark.parametrize("where", [at_summary, midway])
def test_a_named_option_is_offered_and_changed_by_a_yes(words: str, where: Any) -> None:
    before = where()
    offered = after(before, typed(words))
    assert (current(offered.case).question, current(offered.case).change) == ("data", True)
    assert offered.case.answers == before.answers
    assert [line.texts for line in offered.happened] == [{"words": words}]
    for yes in (
        Choose(
            **WHO, key=key(), turn=current(offered.case).turn, question="data", answer=answered("internal")
        ),
        typed("yes"),
        typed("ok"),
    ):
        changed = after(offered.case, yes)
        assert changed.case.answers["data"] == answered("internal")
        assert changed.case.submitted_at is None, "the yes was said to the change, not to handing in"


@pytest.mark.parametrize("no", ["press", "no", "No."])
@pytest.mark.parametrize("where", [at_summary, midway])
def test_a_no_leaves_it_and_goes_on_where_it_was(no: str, where: Any) -> None:
    before = where()
    offered = after(before, typed("the data is internal")).case
    said = Steer(**WHO, key=key(), turn=current(offered).turn, wish="keep") if no == "press" else typed(no)
    outcome = after(offered, said)
    assert outcome.case.answers == before.answers
    assert [line.what for line in outcome.happened] == ["answer.kept"]
    assert talk_of(outcome.case).proposal("data") is None
    assert says(outcome)[-1] == ("summary" if where is at_summary else "question")
    if where is midway:
        assert current(outcome.case).question == current(before).question
        assert current(outcome.case).also == current(before).also


def test_pressed_twice_it_is_left_once() -> None:
    offered = after(at_summary(), typed("the data is internal")).case
    keep = Steer(**WHO, key=key(), turn=current(offered).turn, wish="keep")
    left = after(offered, keep).case
    assert after(left, keep.model_copy(update={"key": key()})).case == left


def test_a_question_that_was_being_answered_anew_is_asked_on_after_it() -> None:
    opened = after(at_summary(), Edit(**WHO, key=key(), question="people")).case
    offered = after(opened, typed("sorry, the data is internal")).case
    assert current(offered).then == "people"
    for said in ("yes", "no"):
        assert current(after(offered, typed(said)).case).question == "people"


def test_what_comes_on_top_keeps_what_was_ticked() -> None:
    offered = after(at_summary(), typed("sorry, patients too")).case
    proposal = talk_of(offered).proposal("people")
    assert proposal is not None
    assert proposal.answer == answered("customers", "patients")
    only = after(at_summary(), typed("sorry, only patients")).case
    proposal = talk_of(only).proposal("people")
    assert proposal is not None
    assert proposal.answer == answered("patients")


def test_an_answer_to_the_open_question_is_one() -> None:
    """Also where its words name an option of another."""
    before = midway()
    told = after(before, typed("hiring")).case
    assert told.answers["area"] == answered("employment")
    assert told.answers["data"] == KNOWN["data"]


def test_what_cannot_be_placed_is_kept_and_said_with_how_to_change_one() -> None:
    outcome = after(midway(), typed("sorry, that was all quite different last week"))
    assert [line.texts["words"] for line in outcome.happened] == [
        "sorry, that was all quite different last week"
    ]
    assert outcome.notices[-1].facts["reason"] == "changes_none"
    assert outcome.case.answers == midway().answers


def test_a_yes_that_may_be_the_answer_itself_is_asked_about() -> None:
    product = {"area": "product_safety", "safety_component": "yes", "third_party_conf": "no"}
    case = a_case(Status.draft, KNOWN | {q: answered(choice) for q, choice in product.items()})
    offered = after(case, typed("the outside check needed is vehicle or machine")).case
    assert current(offered).change
    outcome = after(offered, typed("yes"))
    assert outcome.case.answers["third_party_conf"] == answered("no")
    assert outcome.notices[-1].facts["reason"] == "two_answers"
