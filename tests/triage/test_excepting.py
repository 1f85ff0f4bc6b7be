"""An exception lowers the class when two people have signed for it, and as long as what they signed for is so."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import answered, unsure
from tests.builders import ANA, BEN, CLEO, DAN, EVE, ROLES, a_case, a_desk, after, key, says, some_answers
from triage.case import Case, DecisionKind, Status
from triage.commands import (
    Approve,
    ClaimException,
    ConfirmException,
    ObjectException,
    Recuse,
    Rejudge,
    Settle,
)
from triage.decide import decide
from triage.desk import Desk
from triage.excepting import CONDITIONS, offer
from triage.outcome import Outcome, Refused
from triage.rules import RuleBook
from triage.seats import roles

FINDER = some_answers(
    purpose=answered("Find applications that came in twice"),
    output_use=answered("shared_after_check"),
    people=answered("staff_applicants"),
    data=answered("personal"),
    area=answered("employment"),
    function=answered("employment.ranking"),
    influence=answered("narrow_prep"),
    profiling=answered("no"),
    worst=answered("inconvenience"),
    scale=answered("lt10000"),
    gen_public=answered("no"),
    monitoring=answered("none"),
    kind=answered("build"),
)
LEGAL_TOO = a_desk(roles=ROLES | {"legal": frozenset({EVE, DAN})})


def finder(**change: Any) -> Case:
    return a_case(answers=FINDER | change)


def claim(actor: str = CLEO, **more: Any) -> ClaimException:
    given = {"ground": "narrow_task", "reason": "It compares names.", **more}
    return ClaimException(actor=actor, key=key(), case="case-1", **given)


def confirm(case: Case, actor: str = EVE, **more: Any) -> ConfirmException:
    return ConfirmException(actor=actor, key=key(), case="case-1", claim=case.decisions[-1].id, **more)


def claimed(case: Case | None = None, actor: str = CLEO) -> Case:
    return decide(case or finder(), claim(actor), a_desk()).case


def confirmed() -> Case:
    case = claimed()
    return decide(case, confirm(case), a_desk()).case


def eu(case: Case) -> str:
    assert case.verdict is not None
    return str(case.verdict.results["eu"].ceiling)


def refusal(case: Case, command: Any, desk: Desk | None = None) -> str:
    with pytest.raises(Refused) as refused:
        decide(case, command, desk or a_desk())
    return refused.value.key


def test_two_people_lower_the_class_and_one_does_not() -> None:
    case = finder()
    assert eu(case) == "high"
    first = decide(case, claim(), a_desk())
    assert eu(first.case) == "high"
    assert first.case.status is Status.in_review
    assert {"card", "card_note", "summary"} <= set(says(first))
    second = decide(first.case, confirm(first.case), a_desk())
    assert eu(second.case) == "minimal"
    decision = second.case.decisions[-1]
    assert decision.kind is DecisionKind.annex_rebuttal
    assert [(s.person, s.role) for s in decision.signatures] == [(CLEO, "risk_owner"), (EVE, "legal")]
    assert decision.basis is not None
    assert decision.basis.ground == "narrow_task"
    assert [h.what for h in second.happened] == ["exception.confirmed"]
    assert second.case.decision is None, "nobody has decided about the use itself"


def test_the_duty_to_document_still_stands() -> None:
    verdict = confirmed().verdict
    assert verdict is not None
    duties = {owed.duty for owed in (*verdict.duties_today, *verdict.duties_coming)}
    assert "eu-duty-6-4-document" in duties


def test_what_can_be_signed_for() -> None:
    offered = offer(finder(), a_desk())
    assert offered is not None
    assert offered.grounds == CONDITIONS
    assert {"function", "influence", "profiling", "rebuttal", "exclusion"} <= set(offered.questions)
    left_out = offer(finder(influence=answered("followed"), exclusion=answered("research_only")), a_desk())
    assert left_out is not None
    assert left_out.grounds == ("research_only",)


@pytest.mark.parametrize(
    "change",
    [{"profiling": answered("yes")}, {"profiling": unsure()}, {"influence": answered("followed")}],
    ids=["profiled", "perhaps profiled", "followed"],
)
def test_nothing_to_sign_for(change: dict[str, Any]) -> None:
    case = finder(**change)
    assert offer(case, a_desk()) is None
    assert refusal(case, claim()) == "no_exception"


def test_nothing_to_sign_for_where_it_is_decided() -> None:
    assert offer(a_case(Status.approved, FINDER), a_desk()) is None
    assert refusal(a_case(Status.approved, FINDER), claim()) == "not_now"


def test_an_exclusion_takes_it_out_of_the_act() -> None:
    case = finder(influence=answered("followed"), exclusion=answered("research_only"))
    assert refusal(case, claim()) == "no_exception", "on no other ground than the one that was claimed"
    case = decide(case, claim(ground="research_only"), a_desk()).case
    assert eu(decide(case, confirm(case), a_desk()).case) == "out_of_scope"


@pytest.mark.parametrize(
    ("actor", "because"),
    [(ANA, "own_exception"), (BEN, "not_your_exception"), (DAN, "not_your_exception")],
)
def test_who_may_not_sign(actor: str, because: str) -> None:
    case = claimed()
    assert refusal(finder(), claim(actor)) == because
    assert refusal(case, confirm(case, actor)) == because
    objection = ObjectException(
        actor=actor, key=key(), case="case-1", claim=case.decisions[-1].id, reason="No"
    )
    assert refusal(case, objection) == because


def test_nobody_signs_for_a_use_of_their_own_under_any_id() -> None:
    both = a_desk(roles=ROLES | {"legal": frozenset({ANA, EVE, "P-ana-2"})}, same=lambda a, b: a[:5] == b[:5])
    assert refusal(finder(), claim(ANA), both) == "own_exception"
    assert refusal(finder(), claim("P-ana-2"), both) == "own_exception"
    assert refusal(a_case(answers=FINDER, owner=EVE), claim(EVE), both) == "own_exception"


def test_the_second_is_another_human_being() -> None:
    twice = a_desk(roles=ROLES | {"legal": frozenset({EVE, "P-eve-2"})}, same=lambda a, b: a[:5] == b[:5])
    case = decide(finder(), claim(EVE), twice).case
    assert refusal(case, confirm(case, EVE), twice) == "exception_second"
    assert refusal(case, confirm(case, "P-eve-2"), twice) == "exception_second"


def test_one_of_the_two_is_from_legal() -> None:
    desk = a_desk(roles=ROLES | {"risk_owner": frozenset({CLEO, DAN})})
    case = decide(finder(), claim(CLEO), desk).case
    assert refusal(case, confirm(case, DAN), desk) == "exception_legal"
    case = decide(finder(), claim(EVE), desk).case
    assert eu(decide(case, confirm(case, DAN), desk).case) != "high"


def test_of_two_who_come_at_once_the_second_hears_who_was_first() -> None:
    case = claimed()
    assert refusal(case, claim(EVE)) == "exception_claimed"
    done = decide(case, confirm(case), LEGAL_TOO).case
    late = ConfirmException(actor=DAN, key=key(), case="case-1", claim=case.decisions[-1].id)
    assert refusal(done, late, LEGAL_TOO) == "exception_confirmed"
    assert refusal(done, claim(EVE)) == "exception_confirmed"


def test_an_old_window_signs_for_nothing_else() -> None:
    case = claimed()
    assert refusal(finder(), claim(version=2)) == "changed_since"
    assert refusal(case, confirm(case, version=2)) == "changed_since"
    other = ConfirmException(actor=EVE, key=key(), case="case-1", claim="another")
    assert refusal(case, other) == "exception_over"
    assert refusal(case, claim(ground="whatever")) == "exception_claimed"
    assert refusal(finder(), claim(ground="whatever")) == "no_exception"


def objected(case: Case, actor: str = EVE) -> Outcome:
    claimed = case.decisions[-1].id
    return decide(
        case,
        ObjectException(actor=actor, key=key(), case="case-1", claim=claimed, reason="It ranks them."),
        a_desk(),
    )


@pytest.mark.parametrize("actor", [EVE, CLEO], ids=["another", "who claimed it"])
def test_an_objection_ends_it_and_it_can_be_claimed_anew(actor: str) -> None:
    case = claimed()
    ended = objected(case, actor)
    assert [h.what for h in ended.happened] == ["exception.objected"]
    assert refusal(ended.case, confirm(case)) == "exception_over"
    again = decide(ended.case, claim(EVE), a_desk()).case
    assert eu(decide(again, confirm(again, CLEO), a_desk()).case) != "high"


def test_who_has_signed_alone_and_left_counts_no_more() -> None:
    case = claimed()
    without = a_desk(roles=ROLES | {"risk_owner": frozenset({DAN})})
    outcome = decide(case, confirm(case), without)
    assert [h.what for h in outcome.happened] == ["case.rejudged", "exception.gone"]
    assert outcome.happened[-1].detail["because"] == "role"
    assert eu(outcome.case) == "high"
    anew = decide(outcome.case, claim(EVE), without).case
    assert eu(decide(anew, confirm(anew, DAN), without).case) != "high"


def test_what_two_have_signed_stays_when_they_leave() -> None:
    case, others = (
        confirmed(),
        a_desk(roles=ROLES | {"risk_owner": frozenset({DAN}), "legal": frozenset({DAN})}),
    )
    assert others.settings(case)["signatures"] == ("2",)


def settled(case: Case, **answers: Any) -> Outcome:
    return after(case, Settle(actor=ANA, key=key(), case="case-1", answers=answers))


def test_another_answer_beside_it_takes_no_signature_away() -> None:
    case = finder(worst=unsure())
    case = claimed(case)
    case = decide(case, confirm(case), a_desk()).case
    outcome = settled(case, worst=answered("negligible"))
    assert "exception.gone" not in [h.what for h in outcome.happened]
    assert eu(outcome.case) != "high"


def test_an_answer_that_it_rests_on_takes_the_signatures_away_and_says_so() -> None:
    case = confirmed()
    changed = case.facts["function"].model_copy(update={"answer": answered("employment.decisions")})
    moved = case.model_copy(update={"facts": {**case.facts, "function": changed, "worst": unsure_fact(case)}})
    outcome = settled(moved_verdict(moved, case), worst=answered("negligible"))
    assert eu(outcome.case) == "high"
    assert outcome.happened[-1].what == "exception.gone"
    assert outcome.happened[-1].detail["because"] == "facts"
    assert "exception_gone" in [n.facts.get("about") for n in outcome.notices]


def unsure_fact(case: Case) -> Any:
    return case.facts["worst"].model_copy(update={"answer": unsure()})


def moved_verdict(case: Case, before: Case) -> Case:
    """As it was judged before, with one question that can be settled."""
    assert before.verdict is not None
    gaps = finder(worst=unsure()).verdict
    assert gaps is not None
    return case.model_copy(update={"verdict": before.verdict.model_copy(update={"gaps": gaps.gaps})})


def other_rules(name: str) -> Desk:
    desk = a_desk()
    policies = tuple(
        p.model_copy(update={"version": "99", "digest": "f" * 64}) if p.name == name else p
        for p in desk.book.policies
    )
    return a_desk(book=RuleBook(policies=policies))


def test_other_rules_take_the_signatures_away_where_they_look_at_them() -> None:
    case = confirmed()
    assert other_rules("eu-ai-act").settings(case)["signatures"] == ("0",)
    assert other_rules("iso42001").settings(case)["signatures"] == ("2",)
    reviewer = next(iter(ROLES[next(role for role in roles(case) if role in ROLES)]))
    approve = Approve(actor=reviewer, key=key(), case="case-1", reason="Fits.")
    outcome = decide(case, approve, other_rules("eu-ai-act"))
    assert [h.what for h in outcome.happened][-1] == "exception.gone"
    assert outcome.happened[-1].detail["because"] == "rules"
    assert eu(outcome.case) == "high"


def test_rejudging_keeps_the_signatures_while_the_rules_stand() -> None:
    case = confirmed()
    rejudge = Rejudge(actor="", key=key(), case="case-1", rules="r")
    assert eu(decide(case, rejudge, a_desk()).case) != "high"
    outcome = decide(case, rejudge, other_rules("eu-ai-act"))
    assert eu(outcome.case) == "high"
    assert outcome.happened[-1].what == "exception.gone"


def test_a_reason_of_the_second_is_kept_beside_that_of_the_first() -> None:
    case = claimed()
    done = decide(case, confirm(case, reason="I looked at it."), a_desk()).case
    assert [d.reason for d in done.decisions] == ["It compares names.", "I looked at it."]


@pytest.mark.parametrize("made", [claimed, confirmed], ids=["one", "two"])
def test_a_signature_of_somebody_with_an_interest_counts_no_more(made: Any) -> None:
    """Whoever says so later had it when they signed."""
    case = made()
    desk = a_desk(roles=ROLES | {roles(case)[-1]: frozenset({CLEO, BEN})})
    aside = Recuse(actor=CLEO, key=key(), case="case-1", reason="I sell it")
    outcome = decide(case, aside, desk)
    assert eu(outcome.case) == "high"
    assert [line.detail.get("because") for line in outcome.happened if line.what == "exception.gone"] == [
        "recused"
    ]
    with pytest.raises(Refused, match="exception_over"):
        decide(outcome.case, confirm(outcome.case), a_desk(roles=LEGAL_TOO.roles))
