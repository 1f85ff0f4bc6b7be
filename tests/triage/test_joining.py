"""Who may join an approved use, what they accept by it, and how it ends."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import answered
from tests.builders import ANA, BEN, CLEO, DAN, NOW, a_case, a_decision, a_desk, key, says, some_answers
from triage.afterwards import AcceptTerms, Join, Leave
from triage.case import Case, Status
from triage.decide import decide
from triage.joining import has_accepted, may_join, offered
from triage.nearest import Decided
from triage.outcome import Outcome, Refused
from triage.talk import Phase
from triage.teams import standing

DESK = a_desk()


def approved(**change: Any) -> Case:
    return a_case(Status.approved, **({"owner": BEN} | change))


def join(case: Case, actor: str = DAN, unit: str = "People", version: int | None = 3) -> Outcome:
    return decide(case, Join(actor=actor, key="team", case=case.id, unit=unit, version=version), DESK)


def accept(case: Case, actor: str = DAN, decision: str = "d2") -> Outcome:
    wish = AcceptTerms(actor=actor, key=key(), case=case.id, deployment="team", decision=decision)
    return decide(case, wish, DESK)


def leave(case: Case, actor: str = DAN) -> Outcome:
    return decide(case, Leave(actor=actor, key=key(), case=case.id, deployment="team"), DESK)


def test_joining_accepts_the_conditions_of_the_decision() -> None:
    outcome = join(approved(), unit="  Our   people ")
    (made,) = outcome.case.deployments
    assert (made.owner, made.unit, made.accepted, made.accepted_at) == (DAN, "Our people", "d1", NOW)
    assert has_accepted(outcome.case, made)
    assert outcome.case.status is Status.approved, "nobody decides anything"
    assert outcome.happened[0].detail == {"deployment": "team", "owner": DAN, "accepted": "d1"}
    assert says(outcome) == ["joined", "card"]


@pytest.mark.parametrize(("actor", "refusal"), [(ANA, "yours_already"), (BEN, "yours_already")])
def test_ones_own(actor: str, refusal: str) -> None:
    with pytest.raises(Refused, match=refusal):
        join(approved(), actor)


def test_a_confidential_one_reads_like_none() -> None:
    with pytest.raises(Refused, match="unknown_case") as refused:
        join(approved(confidential=True))
    assert refused.value.facts == {"case": ""}


def test_once_for_each_human_being() -> None:
    case = join(approved()).case
    with pytest.raises(Refused, match="joined_already"):
        join(case)
    alike = a_desk(same=lambda one, other: {one, other} <= {DAN, CLEO} or one == other)
    assert not may_join(case, CLEO, alike)
    assert may_join(case, CLEO, DESK)


def test_not_on_what_changed_since_it_was_shown() -> None:
    with pytest.raises(Refused, match="changed_since"):
        join(approved(), version=2)


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.draft])
def test_only_what_is_approved(status: Status) -> None:
    case = approved().model_copy(update={"status": status})
    assert may_join(case, DAN, DESK) == (status in (Status.approved, Status.approved_with_conditions))


def test_after_another_decision_it_is_accepted_anew() -> None:
    case = join(approved()).case
    again = case.model_copy(update={"decisions": (*case.decisions, a_decision(id="d2"))})
    assert not has_accepted(again, again.deployments[0])
    with pytest.raises(Refused, match="changed_since"):
        accept(again, decision="d1")
    with pytest.raises(Refused, match="not_your_deployment"):
        accept(again, CLEO)
    outcome = accept(again)
    assert has_accepted(outcome.case, outcome.case.deployments[0])
    assert accept(outcome.case) == Outcome(case=outcome.case)


def test_leaving_ends_it_and_keeps_it() -> None:
    case = join(approved()).case
    with pytest.raises(Refused, match="not_your_deployment"):
        leave(case, ANA)
    left = leave(case).case
    assert standing(left) == ()
    assert left.deployments[0].left_at == NOW
    with pytest.raises(Refused, match="left_already"):
        leave(left)
    assert may_join(left, DAN, DESK)


def test_a_draft_is_offered_what_is_just_the_same() -> None:
    draft = a_case(Status.draft, requester=DAN)
    assert draft.talk is not None
    assert draft.talk.phase is Phase.summary

    def use(status: Status = Status.approved, **change: object) -> Decided:
        given = {"id": "u", "status": status, "tool_id": "otter", "answers": some_answers(), "at": NOW}
        return Decided.model_validate(given | change)

    assert offered(draft, [use()], DESK) == use()
    words = some_answers(purpose=answered("Notes of what we say"))
    assert offered(draft, [use(answers=words)], DESK) is not None
    for other in (
        use(Status.declined),
        use(Status.lapsed),
        use(answers=some_answers(data=answered("personal"))),
        use(tool_id="deepl"),
    ):
        assert offered(draft, [other], DESK) is None
    assert offered(draft.model_copy(update={"tool_id": None}), [use(tool_id=None)], DESK) is None
