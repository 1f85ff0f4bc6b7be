"""Several have to say yes: who is called, in which order, who may stand in, and when a yes still counts."""

from typing import Any

import pytest

from intake.answers import answered
from tests.builders import ANA, BEN, CLEO, DAN, EVE, a_case, a_desk, key, some_answers
from triage.approving import approve
from triage.case import Case, DecisionKind, Status
from triage.commands import Approve, AskRequester, Decline, Recuse
from triage.decide import decide
from triage.desk import Desk
from triage.outcome import Refused
from triage.seats import deciding_people, open_seats, roles, sign_offs
from triage.verdict import Bounds, Seated

LEA, SAM, GWEN = "P-lea", "P-sam", "P-gwen"
"""Legal, security, and the governance lead."""
PEOPLE = {
    "reviewer": frozenset({BEN}),
    "risk_owner": frozenset({CLEO}),
    "legal": frozenset({LEA}),
    "security": frozenset({SAM}),
    "committee": frozenset({BEN, CLEO}),
    "executive": frozenset({EVE}),
}
SIDE_BY_SIDE = (Seated(role="legal"), Seated(role="security"), Seated(role="risk_owner", apart=True))
IN_STEPS = (
    Seated(role="legal"),
    Seated(role="committee", step=2),
    Seated(role="executive", step=3, apart=True),
)


def seated(*seats: Seated, **change: Any) -> Case:
    """A request in review whose result calls these seats."""
    case = a_case(**change)
    assert case.verdict is not None
    return case.model_copy(update={"verdict": case.verdict.model_copy(update={"seats": seats})})


def desk(**roles: frozenset[str]) -> Desk:
    return a_desk(roles=PEOPLE | roles)


def yes(case: Case, actor: str, at: Desk | None = None, *, conditions: tuple[str, ...] = ()) -> Case:
    """Directly, for a verdict of the test's own is not judged anew."""
    command = Approve(actor=actor, key=key(), case="case-1", reason="Fits.", conditions=conditions)
    return approve(case, command, at or desk()).case


def refused(case: Case, actor: str, at: Desk | None = None) -> str:
    with pytest.raises(Refused) as why:
        yes(case, actor, at)
    return why.value.key


def test_each_yes_is_a_decision_and_only_the_last_one_decides() -> None:
    case = seated(*SIDE_BY_SIDE)
    for person in (SAM, LEA):
        case = yes(case, person)
        assert (case.status, case.decision) == (Status.in_review, None)
    done = yes(case, CLEO)
    assert done.status is Status.approved
    assert done.decision is not None
    assert [d.kind for d in done.decisions] == [
        DecisionKind.sign_off,
        DecisionKind.sign_off,
        DecisionKind.approve,
    ]
    assert [d.seat for d in done.decisions] == ["security", "legal", "risk_owner"]
    assert done.decision.rests_on == tuple(d.id for d in done.decisions[:2])
    assert [s.person for d in done.decisions for s in d.signatures] == [SAM, LEA, CLEO]


@pytest.mark.parametrize("first", [LEA, SAM, CLEO])
def test_side_by_side_any_order_will_do(first: str) -> None:
    case = yes(seated(*SIDE_BY_SIDE), first)
    assert set(deciding_people(case, desk())) == {LEA, SAM, CLEO} - {first}


def test_a_later_step_waits_for_those_before_it() -> None:
    case = seated(*IN_STEPS)
    assert deciding_people(case, desk()) == (LEA,)
    assert [refused(case, person) for person in (EVE, BEN)] == ["not_your_turn"] * 2
    case = yes(case, LEA)
    assert deciding_people(case, desk()) == (BEN, CLEO)
    assert refused(case, EVE) == "not_your_turn"
    case = yes(yes(case, BEN), EVE)
    assert case.status is Status.approved


def test_a_no_and_a_question_wait_for_nobodys_turn() -> None:
    case = seated(*IN_STEPS)
    no = Decline(actor=EVE, key=key(), case="case-1", reason="Too early.")
    assert decide(case, no, desk()).case.status is Status.declined
    ask = AskRequester(actor=EVE, key=key(), case="case-1", question="Why now?")
    assert decide(case, ask, desk()).case.status is Status.needs_info


def test_nobody_says_yes_twice_in_one_seat() -> None:
    case = seated(Seated(role="committee", people=2))
    case = yes(case, BEN)
    assert [seat.role for seat in open_seats(case, desk())] == ["committee"]
    assert refused(case, BEN) == "signed_already"
    same = a_desk(roles=PEOPLE | {"committee": frozenset({BEN, f"{BEN}@grid"})}, same=_by_name)
    assert refused(case, f"{BEN}@grid", same) == "signed_already"
    assert yes(case, CLEO).status is Status.approved


def _by_name(one: str, other: str) -> bool:
    return one.partition("@")[0] == other.partition("@")[0]


def test_one_yes_fills_every_seat_of_a_person_but_one_that_stands_apart() -> None:
    both = desk(security=frozenset({LEA}))
    case = yes(seated(*SIDE_BY_SIDE), LEA, both)
    assert [d.seat for d in sign_offs(case, both)] == ["legal", "security"]
    all_three = desk(security=frozenset({LEA, SAM}), risk_owner=frozenset({LEA}))
    case = yes(seated(*SIDE_BY_SIDE), LEA, all_three)
    assert [d.seat for d in sign_offs(case, all_three)] == ["risk_owner"]
    assert refused(case, LEA, all_three) == "signed_already"
    assert deciding_people(case, all_three) == (SAM,)  # nobody else is left for Legal


def test_one_person_alone_decides_nothing_that_asks_for_two() -> None:
    alone = {role: frozenset({CLEO}) for role in PEOPLE}
    case = yes(seated(*SIDE_BY_SIDE), CLEO, a_desk(roles=alone))
    assert case.status is Status.in_review
    assert refused(case, CLEO, a_desk(roles=alone)) == "signed_already"


def test_conditions_of_all_are_those_of_the_decision() -> None:
    case = yes(seated(*SIDE_BY_SIDE), LEA, conditions=("Tell them.", "Look again."))
    case = yes(case, SAM, conditions=("Look again.", "No keys."))
    done = yes(case, CLEO)
    assert done.status is Status.approved_with_conditions
    assert done.decision is not None
    assert done.decision.conditions == ("Tell them.", "Look again.", "No keys.")


def test_a_yes_holds_for_the_answers_and_rules_it_was_given_on() -> None:
    case = yes(seated(*SIDE_BY_SIDE), LEA)
    assert [d.seat for d in sign_offs(case, desk())] == ["legal"]
    other = case.model_copy(
        update={"facts": seated(answers=some_answers(people=answered("customers"))).facts}
    )
    assert sign_offs(other, desk()) == ()
    assert case.verdict is not None
    stricter = {
        **case.verdict.results,
        "tier": Bounds(floor=4, ceiling=4),
    }  # the organisation says more of itself
    risen = case.verdict.model_copy(update={"results": stricter})
    assert sign_offs(case.model_copy(update={"verdict": risen}), desk()) == ()
    fewer = case.verdict.model_copy(update={"policies": case.verdict.policies[1:]})
    assert sign_offs(case.model_copy(update={"verdict": fewer}), desk()) == ()


def test_a_yes_goes_with_an_interest_declared_later() -> None:
    case = yes(seated(*SIDE_BY_SIDE), LEA)
    aside = Recuse(actor=LEA, key=key(), case="case-1", reason="My sister sells it.")
    after = decide(case, aside, desk(legal=frozenset({LEA, GWEN}))).case
    assert sign_offs(after, desk()) == ()
    assert GWEN in deciding_people(after, desk(legal=frozenset({LEA, GWEN})))


def test_a_yes_from_before_a_ruling_does_not_count_for_the_next() -> None:
    done = yes(yes(yes(seated(*SIDE_BY_SIDE), LEA), SAM), CLEO)
    again = done.model_copy(update={"status": Status.in_review})
    assert sign_offs(again, desk()) == ()
    assert set(deciding_people(again, desk())) == {LEA, SAM, CLEO}


FALLING = Seated(role="legal", fallback=("security", "governance_lead"))


@pytest.mark.parametrize(
    ("roles", "who", "as_role"),
    [
        ({}, LEA, "legal"),
        ({"legal": frozenset()}, SAM, "security"),
        ({"legal": frozenset({ANA}), "security": frozenset()}, GWEN, "governance_lead"),
    ],
    ids=["the role itself", "nobody in it", "only the requester in it"],
)
def test_who_stands_in(roles: dict[str, frozenset[str]], who: str, as_role: str) -> None:
    """F28: with no readable group the fallback approvers are asked, in the order of the rule."""
    at = a_desk(roles=PEOPLE | {"governance_lead": frozenset({GWEN})} | roles)
    case = seated(FALLING)
    assert deciding_people(case, at) == (who,)
    decision = yes(case, who, at).decision
    assert decision is not None
    assert decision.signatures[0].role == as_role
    assert decision.seat == "legal"
    for other in {LEA, SAM, GWEN} - {who}:
        assert refused(case, other, at) == "not_your_role"


def test_with_nobody_left_nobody_says_yes() -> None:
    nobody = a_desk(roles={"reviewer": frozenset({BEN})})
    assert refused(seated(FALLING), BEN, nobody) == "nobody_in_role"
    assert deciding_people(seated(FALLING), nobody) == ()


RISKY = {"people": answered("customers"), "data": answered("personal")}


@pytest.mark.parametrize(
    ("change", "called"),
    [
        ({}, ("reviewer",)),
        ({"data": answered("secrets_credentials")}, ("risk_owner", "security")),
        ({"red_flag": answered("social_scoring")}, ("legal",)),
        ({**RISKY}, ("risk_owner", "privacy")),
    ],
    ids=["low", "keys go in", "prohibited", "high"],
)
def test_the_house_calls_by_tier_and_by_reason(change: dict[str, Any], called: tuple[str, ...]) -> None:
    assert set(roles(a_case(answers=some_answers(**change)))) == set(called)


def test_strangers_and_those_with_a_part_in_it_say_nothing() -> None:
    case = seated(*SIDE_BY_SIDE, owner=CLEO)
    assert refused(case, DAN) == "not_your_role"
    assert refused(case, ANA) == "own_request"
    assert refused(case, CLEO) == "own_use"


def test_a_yes_counts_on_after_its_signer_left_the_role() -> None:
    """F28: it was judged by the roles of its click, and what they looked at is the same."""
    case = yes(seated(*SIDE_BY_SIDE), LEA)
    left = desk(legal=frozenset({GWEN}))
    assert [d.seat for d in sign_offs(case, left)] == ["legal"]
    assert deciding_people(case, left) == (CLEO, SAM)
    assert refused(case, LEA, left) == "not_your_role"
    done = yes(yes(case, SAM, left), CLEO, left)
    assert done.decision is not None
    assert [each.person for each in done.decisions[0].signatures] == [LEA]
