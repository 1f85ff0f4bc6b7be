"""Another tier, a risk that remains, a practice that the ban leaves out: two people, by rule, as long as it rests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from intake.answers import Answer, answered
from tests.builders import ANA, BEN, CLEO, DAN, EVE, a_case, a_desk, key, says, some_answers
from tests.triage.test_excepting import FINDER
from tests.triage.test_own import a_file, a_rule, book
from triage.afterwards import Change
from triage.approving import ends_so_far
from triage.carrying import followed
from triage.case import Assignment, Case, DecisionKind, Status
from triage.changing import foreseen
from triage.commands import Approve, Decline, Recuse, Rejudge
from triage.decide import decide
from triage.desk import Desk
from triage.motions import ConfirmProhibited, Matter, OpposeMotion, PutMotion, SecondMotion
from triage.movable import accepted, overridden, practices, tiers, waiting
from triage.movers import dropped
from triage.outcome import Outcome, Refused
from triage.seats import roles
from triage.standing import placed

LEA, PIA, RAE = "P-lea", "P-pia", "P-rae"
"""Legal, privacy, and a second risk owner."""
PEOPLE = {
    "reviewer": frozenset({BEN}),
    "risk_owner": frozenset({CLEO, RAE}),
    "legal": frozenset({LEA}),
    "privacy": frozenset({PIA}),
    "committee": frozenset({DAN}),
    "executive": frozenset({EVE}),
}
READS = some_answers(red_flag=answered("emotion_work_school"))
LATER = a_desk().day + timedelta(days=90)


def desk(**roles: frozenset[str]) -> Desk:
    return a_desk(roles=PEOPLE | roles)


def ranking(**change: Any) -> Case:
    """Tier 3: it decides about people."""
    case = a_case(
        answers=FINDER | {"influence": answered("one_input"), "kind": answered("use_catalogue")} | change
    )
    return judged(case)


def judged(case: Case) -> Case:
    """By the rules, whatever the builder put there."""
    return placed(case, desk())[0]


def put(
    case: Case, actor: str = CLEO, matter: Matter = Matter.tier, value: str = "2", **more: Any
) -> Outcome:
    until = LATER if matter is Matter.risk else None
    given = {"reason": "Seen before.", "until": until, **more}
    command = PutMotion(actor=actor, key=key(), case="case-1", matter=matter, value=value, **given)
    return decide(case, command, desk())


def second(case: Case, actor: str, at: Desk | None = None, **more: Any) -> Outcome:
    motion = next(d.id for d in reversed(case.decisions) if d.kind is DecisionKind.motion)
    command = SecondMotion(actor=actor, key=key(), case="case-1", motion=motion, **more)
    return decide(case, command, at or desk())


def oppose(case: Case, actor: str) -> Outcome:
    motion = next(d.id for d in reversed(case.decisions) if d.kind is DecisionKind.motion)
    command = OpposeMotion(actor=actor, key=key(), case="case-1", motion=motion, reason="It ranks people.")
    return decide(case, command, desk())


def refusal(does: Any) -> str:
    with pytest.raises(Refused) as refused:
        does()
    return refused.value.key


def tier(case: Case) -> tuple[str, str]:
    """By the rules, and as it counts."""
    assert case.verdict is not None
    return str(case.verdict.results["tier"].ceiling), str(case.verdict.tier.ceiling)


def test_one_person_moves_nothing_and_two_set_another_tier_beside_the_result_of_the_rules() -> None:
    case = ranking()
    assert tier(case) == ("3", "3")
    assert "risk_owner" in roles(case)
    first = put(case)
    assert tier(first.case) == ("3", "3")
    assert roles(first.case) == roles(case)
    done = second(first.case, RAE)
    assert tier(done.case) == ("3", "2")
    assert "risk_owner" not in roles(done.case)
    assert "reviewer" in roles(done.case)
    made = done.case.decisions[-1]
    assert made.kind is DecisionKind.override_tier
    assert [(s.person, s.role) for s in made.signatures] == [(CLEO, "risk_owner"), (RAE, "risk_owner")]
    assert [h.what for h in done.happened][:1] == ["tier.overridden"]
    assert {"card", "card_note", "summary"} <= set(says(done))


def test_specialists_stay_called_whatever_tier_is_set() -> None:
    case = ranking(data=answered("special"))
    assert "privacy" in roles(case)
    done = second(put(case, value="1").case, PIA).case
    assert "privacy" in roles(done)


def test_nobody_is_left_out_by_a_milder_tier_that_they_did_not_sign() -> None:
    case = ranking(data=answered("special"))
    assert [seat.role for seat in dropped(case, "2", desk())] == ["risk_owner"]
    two = frozenset({PIA, "P-second"})
    first = decide(
        case,
        PutMotion(actor=PIA, key=key(), case="case-1", matter=Matter.tier, value="2", reason="It is small."),
        desk(privacy=two),
    ).case
    assert refusal(lambda: second(first, "P-second", desk(privacy=two))) == "motion_left_out"
    assert tier(second(first, CLEO).case) == ("3", "2")


def test_a_stricter_tier_takes_two_as_well_and_goes_back_only_by_two() -> None:
    case = a_case(answers=some_answers())
    case = judged(case)
    mild = tier(case)[0]
    raised = second(put(case, BEN, value="3").case, CLEO).case
    assert tier(raised) == (mild, "3")
    assert "risk_owner" in roles(raised)
    assert "rules" in tiers(raised)
    back = put(raised, CLEO, value="rules").case
    assert tier(back) == (mild, "3")
    assert tier(second(back, BEN).case) == (mild, mild)


def test_other_answers_take_it_away_and_everybody_concerned_hears_of_it() -> None:
    done = second(put(ranking()).case, RAE).case
    facts = {**done.facts, "scale": done.facts["scale"].model_copy(update={"answer": answered("lt100")})}
    changed = placed(done.model_copy(update={"facts": facts}), desk())[0]
    assert tier(changed)[0] == tier(changed)[1]
    moved = followed(done, Outcome(case=changed), desk())
    assert [h.what for h in moved.happened] == ["motion.gone"]
    assert {"card", "card_note", "summary"} <= set(says(moved))
    assert overridden(moved.case, desk()) is None


REFUSED: dict[str, Any] = {
    "own_motion": lambda: put(ranking(), ANA),
    "not_your_motion": lambda: put(ranking(), "P-nobody"),
    "motion_waits": lambda: put(put(ranking()).case, RAE),
    "motion_second": lambda: second(put(ranking()).case, CLEO),
    "no_tier": lambda: put(ranking(), value="3"),
    "no_practice": lambda: put(ranking(), LEA, Matter.practice, "emotion_work_school"),
    "ends_too_soon": lambda: put(ranking(), matter=Matter.risk, value="", until=a_desk().day),
    "ends_too_late": lambda: put(ranking(), matter=Matter.risk, value="", until=date(2099, 1, 1)),
    "motion_over": lambda: decide(
        ranking(), SecondMotion(actor=CLEO, key=key(), case="case-1", motion="none"), desk()
    ),
    "motion_settled": lambda: second(second(put(ranking()).case, RAE).case, CLEO),
    "reason_needed": lambda: put(ranking(), reason=" "),
    "changed_since": lambda: put(ranking(), version=99),
    "not_prohibited": lambda: decide(
        ranking(), ConfirmProhibited(actor=CLEO, key=key(), case="case-1", reason="No"), desk()
    ),
    "not_now": lambda: put(ranking().model_copy(update={"status": Status.withdrawn})),
    "prohibited": lambda: put(marked(), LEA),
}


@pytest.mark.parametrize("key_of", REFUSED)
def test_what_is_not_granted_says_why(key_of: str) -> None:
    assert refusal(REFUSED[key_of]) == key_of


def test_whoever_stepped_aside_signs_no_more_and_what_they_signed_goes() -> None:
    first = put(ranking()).case
    aside = decide(
        first, Recuse(actor=CLEO, key=key(), case="case-1", reason="My brother sells it"), desk()
    ).case
    assert waiting(aside, desk()) == ()
    assert refusal(lambda: put(aside, CLEO)) == "recused"


def test_a_motion_of_somebody_who_left_the_role_waits_no_more() -> None:
    first = put(ranking()).case
    assert refusal(lambda: second(first, RAE, desk(risk_owner=frozenset({RAE})))) == "motion_over"


def test_an_objection_ends_it() -> None:
    case = oppose(put(ranking()).case, RAE).case
    assert tier(case) == ("3", "3")
    assert waiting(case, desk()) == ()
    assert refusal(lambda: second(case, RAE)) == "motion_settled"


def test_an_accepted_risk_bounds_how_long_a_yes_holds() -> None:
    case = second(put(ranking(), matter=Matter.risk, value="").case, RAE).case
    assert [each.valid_until for each in accepted(case, desk())] == [LATER]
    assert ends_so_far(case, desk()) == (LATER,)
    assert tier(case) == ("3", "3")
    approve = Approve(actor=CLEO, key=key(), case="case-1", reason="Fits.")
    decided = decide(case, approve, desk()).case
    assert any(
        each.valid_until == LATER for each in decided.decisions if each.kind is not DecisionKind.motion
    )


def marked(**change: Any) -> Case:
    case = judged(a_case(answers=READS | change))
    assert case.status is Status.blocked
    return case


def test_two_people_one_from_legal_say_that_the_ban_leaves_it_out_and_it_stays_high() -> None:
    case = marked()
    assert practices(case, desk()) == ("emotion_work_school",)
    first = put(case, LEA, Matter.practice, "emotion_work_school").case
    assert first.status is Status.blocked
    done = second(first, CLEO).case
    assert done.status is Status.in_review
    assert done.verdict is not None
    assert str(done.verdict.results["eu"].floor) == "high"
    assert tier(done) == ("4", "4")
    assert done.decisions[-1].kind is DecisionKind.except_practice


def test_without_legal_no_ban_is_left_out() -> None:
    first = put(marked(), CLEO, Matter.practice, "emotion_work_school").case
    assert refusal(lambda: second(first, RAE)) == "exception_legal"
    assert second(first, LEA).case.status is Status.in_review


def test_a_practice_for_which_the_law_knows_no_exception_stays_blocked() -> None:
    case = judged(a_case(answers=READS | {"red_flag": answered("social_scoring")}))
    assert practices(case, desk()) == ()
    assert refusal(lambda: put(case, LEA, Matter.practice, "social_scoring")) == "no_practice"


def test_of_two_practices_both_have_to_be_left_out() -> None:
    both = {"red_flag": answered("emotion_work_school", "sensitive_biometric_cat")}
    once = second(put(marked(**both), LEA, Matter.practice, "emotion_work_school").case, CLEO).case
    assert once.status is Status.blocked
    assert practices(once, desk()) == ("sensitive_biometric_cat",)
    twice = second(put(once, LEA, Matter.practice, "sensitive_biometric_cat").case, CLEO).case
    assert twice.status is Status.in_review


def test_legal_confirms_that_it_is_prohibited_and_that_ends_it() -> None:
    command = ConfirmProhibited(actor=LEA, key=key(), case="case-1", reason="It reads moods at work.")
    done = decide(marked(), command, desk())
    assert done.case.status is Status.declined
    assert done.case.decision is not None
    assert done.case.decision.kind is DecisionKind.confirm_prohibited
    assert "decided" in says(done)
    again = Decline(actor=LEA, key=key(), case="case-1", reason="No")
    assert refusal(lambda: decide(done.case, again, desk())) == "already_declined"


def in_use(value: str, first: str, second_: str) -> Case:
    """Approved after two people had set another tier."""
    case = second(put(ranking(), first, value=value).case, second_).case
    decision = case.decisions[-1].model_copy(
        update={"id": "yes", "kind": DecisionKind.approve, "basis": None}
    )
    return case.model_copy(update={"status": Status.approved, "decisions": (*case.decisions, decision)})


def change(case: Case, **answers: Answer) -> Case:
    _, seen = foreseen(case, answers, ANA, desk())
    wish = {"actor": ANA, "key": key(), "case": "case-1", "answers": answers, "effect": seen.effect.value}
    return decide(case, Change.model_validate(wish), desk()).case


@pytest.mark.parametrize(("value", "people"), [("4", (CLEO, RAE)), ("2", (CLEO, RAE))])
def test_how_it_stands_in_the_register_takes_no_tier_away(value: str, people: tuple[str, str]) -> None:
    changed_ = change(in_use(value, *people), title=answered("Another name"), unit=answered("People"))
    assert tier(changed_) == ("3", value)
    assert changed_.status is Status.approved


def test_an_answer_that_takes_a_set_tier_away_is_decided_anew() -> None:
    lost = change(in_use("4", CLEO, RAE), scale=answered("lt100"))
    assert lost.status is Status.in_review
    assert tier(lost) == ("3", "3")


def test_a_stricter_tier_outlives_other_rules_of_ones_own_and_a_milder_one_does_not() -> None:
    lifting = book(a_file(a_rule(when={"question": "data", "contains": "secrets_credentials"})))
    for value, counts in (("4", "4"), ("2", "3")):
        case = second(put(ranking(), value=value).case, RAE).case
        with_theirs = replace(desk(), book=lifting)
        wish = Rejudge(actor="", key=key(), case="case-1", rules="own")
        assert tier(decide(case, wish, with_theirs).case) == ("3", counts)


def test_what_the_rules_find_counts_where_it_is_more_than_the_tier_that_was_set() -> None:
    harmless = judged(a_case(answers=some_answers()))
    case = second(
        put(harmless, BEN, value="2").case, "P-ben2", desk(reviewer=frozenset({BEN, "P-ben2"}))
    ).case
    lifting = replace(
        desk(), book=book(a_file(a_rule(level=4, when={"question": "data", "contains": "internal"})))
    )
    after_ = decide(case, Rejudge(actor="", key=key(), case="case-1", rules="own"), lifting).case
    assert tier(after_)[1] == "4"


def test_stepping_aside_under_a_second_id_takes_the_signature_along() -> None:
    first = put(ranking()).case
    aside = Assignment(id="a", kind="recused", person="P-cleo-2", by="P-cleo-2", at=desk().now)
    both = replace(desk(), same=lambda one, other: {one, other} <= {CLEO, "P-cleo-2"} or one == other)
    assert waiting(first.model_copy(update={"assignments": (aside,)}), both) == ()


def test_whoever_proposed_it_and_answers_for_the_use_since_is_no_half_of_two() -> None:
    first = put(ranking()).case
    assert waiting(first.model_copy(update={"owner": CLEO}), desk()) == ()
    done = second(first, RAE).case
    assert overridden(done.model_copy(update={"owner": CLEO}), desk()) is not None
