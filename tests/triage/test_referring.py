"""An open question goes to its role while it matters, and comes back with exactly one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from intake.answers import Answer, answered, unsure
from tests.builders import (
    ANA,
    BEN,
    CLEO,
    DAN,
    EVE,
    LOW,
    NOW,
    ROLES,
    a_case,
    a_desk,
    after,
    key,
    says,
    some_answers,
)
from triage.case import Case, Referral, Status
from triage.commands import Approve, Decline, Reply, Settle
from triage.decide import decide
from triage.desk import Desk
from triage.outcome import Outcome, Refused, Say
from triage.referring import still_able, waiting_messages
from triage.talking import Steer, Submit

FAY, GUS = "P-fay", "P-gus"
"""Two who know about data protection."""

STAFFED = ROLES | {"privacy": frozenset({FAY, GUS}), "governance_lead": frozenset({DAN})}
OPEN: dict[str, Answer] = LOW | {"data": unsure()}


def staffed(**roles: frozenset[str]) -> Desk:
    return a_desk(roles=STAFFED | roles)


def handed_in(answers: Mapping[str, Answer] = OPEN, desk: Desk | None = None, **change: Any) -> Outcome:
    draft = a_case(Status.draft, answers, **change)
    return after(draft, Submit(actor=ANA, key=key(), case="case-1"), desk=desk or staffed())


def replied(case: Case, who: str = FAY, desk: Desk | None = None, **what: Any) -> Outcome:
    told: dict[str, Any] = {"answers": {"data": answered("internal")}, "number": 1} | what
    if told.get("unsure"):
        told["answers"] = {}
    return after(case, Reply(actor=who, key=key(), case="case-1", **told), desk=desk or staffed())


def refusal(case: Case, who: str, desk: Desk | None = None, **what: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        replied(case, who, desk, **what)
    return refused.value


def asked(case: Case) -> list[tuple[int, str, str, str, str]]:
    return [(r.number, r.question, r.role, r.instead_of, r.state) for r in case.referrals]


def lines(outcome: Outcome) -> list[str]:
    return [line.what for line in outcome.happened]


# -- when it goes out


def test_what_privacy_can_settle_goes_to_privacy_once_the_request_is_in() -> None:
    outcome = handed_in()
    assert asked(outcome.case) == [(1, "data", "privacy", "", "open")]
    assert says(outcome)[-2:] == ["card", "referral"]
    assert lines(outcome) == ["case.submitted", "question.referred"]
    assert outcome.happened[-1].detail == {"questions": ("data",), "role": "privacy"}


def test_nobody_is_asked_for_a_draft_nor_for_one_that_is_thrown_away() -> None:
    draft = a_case(Status.draft, OPEN)
    gone = after(draft, Steer(actor=ANA, key=key(), case="case-1", wish="cancel"), desk=staffed())
    assert draft.referrals == gone.case.referrals == ()


def test_nobody_is_asked_what_changes_nothing() -> None:
    settled = handed_in(LOW | {"data": answered("internal"), "monitoring": unsure()}).case
    assert settled.verdict is not None
    assert settled.verdict.settled
    assert "monitoring" not in {r.question for r in settled.referrals} - {
        gap.question for gap in settled.verdict.gaps
    }


def test_what_only_requester_or_owner_know_goes_to_nobody_else() -> None:
    assert handed_in(LOW | {"people": unsure()}).case.referrals == ()


SEVERAL = LOW | {
    "people": answered("customers"),
    "data": answered("personal"),
    "profiling": unsure(),
    "monitoring": unsure(),
    "red_flag": unsure(),
}


def test_questions_of_one_role_are_one_message() -> None:
    outcome = handed_in(SEVERAL)
    numbers = {r.question: (r.number, r.role) for r in outcome.case.referrals}
    assert numbers["profiling"] == numbers["monitoring"]
    assert numbers["red_flag"][1] == "legal"
    assert says(outcome).count("referral") == len(set(numbers.values())) == 2


def test_what_was_handed_to_governance_goes_to_each_role_though_nobody_was_asked() -> None:
    case = handed_in({"output_use": answered("draft_self")}, handed_over=True).case
    roles = {r.question: r.role for r in case.referrals}
    assert roles["data"] == "privacy"
    assert roles["red_flag"] == "legal"
    assert "people" not in roles


# -- where nobody holds the role


@pytest.mark.parametrize(
    ("roles", "to"),
    [
        ({}, "privacy"),
        ({"privacy": frozenset()}, "governance_lead"),
        ({"privacy": frozenset({ANA})}, "governance_lead"),
        ({"privacy": frozenset(), "governance_lead": frozenset()}, "committee"),
        ({"privacy": frozenset(), "governance_lead": frozenset({ANA})}, "committee"),
    ],
    ids=["held", "empty", "only whose use it is", "nobody leads", "whose use it is leads"],
)
def test_a_role_that_nobody_holds_has_others_instead(roles: dict[str, frozenset[str]], to: str) -> None:
    case = handed_in(desk=staffed(**roles)).case
    assert asked(case) == [(1, "data", to, "" if to == "privacy" else "privacy", "open")]


def test_where_nobody_at_all_is_there_nobody_is_asked_until_somebody_is_named() -> None:
    case = handed_in(desk=a_desk(roles={})).case
    assert case.referrals == ()
    more = Settle(actor=ANA, key=key(), case="case-1", answers={"scale": answered("lt100")})
    assert asked(after(case, more, desk=staffed()).case) == [(1, "data", "privacy", "", "open")]


# -- the answer


def test_the_answer_stands_with_who_gave_it_and_the_results_follow() -> None:
    case = handed_in().case
    outcome = replied(case)
    fact, verdict = outcome.case.facts["data"], outcome.case.verdict
    assert (fact.by, fact.answer) == (FAY, answered("internal"))
    assert verdict is not None
    assert verdict.settled
    assert asked(outcome.case) == [(1, "data", "privacy", "", "answered")]
    assert outcome.case.referrals[0].by == FAY
    assert says(outcome) == ["card", "card_note", "settled_for_you", "summary", "referral"]
    assert lines(outcome) == ["referral.answered"]
    assert outcome.happened[0].detail == {"question": "data", "state": "answered", "role": "privacy"}
    told = dict(outcome.notices[2].facts)
    assert told.items() >= {"questions": ("data",), "by": FAY, "role": "privacy"}.items()


def test_an_answer_can_raise_the_risk_and_moves_the_term() -> None:
    case = handed_in().case
    outcome = replied(case, answers={"data": answered("special")})
    assert outcome.case.verdict is not None
    assert outcome.case.verdict.results["tier"].floor != "1"


@pytest.mark.parametrize("who", [FAY, GUS])
def test_the_same_press_twice_is_one_answer(who: str) -> None:
    once = replied(handed_in().case, who).case
    assert replied(once, who) == Outcome(case=once)


def test_the_second_of_two_hears_who_was_first() -> None:
    once = replied(handed_in().case, FAY).case
    for answer in ("internal", "special"):
        late = refusal(once, GUS, answers={"data": answered(answer)})
        assert (late.key, late.facts["whom"]) == ("referral_answered", FAY)
    changed = refusal(once, FAY, answers={"data": answered("special")})
    assert changed.key == "referral_answered"


def test_some_of_several_leaves_the_rest_waiting() -> None:
    case = handed_in(SEVERAL | {"red_flag": answered("none")}).case
    some = replied(case, answers={"profiling": answered("no")}).case
    assert {r.question: r.state for r in some.referrals} == {"profiling": "answered", "monitoring": "open"}
    rest = replied(some, GUS, unsure=True).case
    assert {r.question: r.state for r in rest.referrals if r.number == 1}["monitoring"] == "unsure"
    assert {r.question: r.by for r in rest.referrals if r.number == 1} == {
        "profiling": FAY,
        "monitoring": GUS,
    }


def test_a_window_that_was_open_meanwhile_takes_nothing_back() -> None:
    """Both had it open; the second says something else about what the first has answered, and something new."""
    case = handed_in(SEVERAL | {"red_flag": answered("none")}).case
    once = replied(case, answers={"profiling": answered("no")}).case
    both = {"profiling": answered("yes"), "monitoring": answered("none")}
    twice = replied(once, GUS, answers=both).case
    assert (twice.facts["profiling"].by, twice.answers["profiling"]) == (FAY, answered("no"))
    assert (twice.facts["monitoring"].by, twice.answers["monitoring"]) == (GUS, answered("none"))


def test_an_answer_that_is_none_settles_nothing() -> None:
    case = handed_in().case
    assert refusal(case, FAY, answers={}).key == "nothing_settled"
    assert refusal(case, FAY, answers={"data": unsure("internal")}).key == "nothing_settled"
    assert refusal(case, FAY, answers={"data": answered("no_such")}).key == "nothing_settled"
    assert refusal(case, FAY, answers={"area": answered("none")}).key == "referral_closed"
    assert refusal(case, FAY, number=7).key == "unknown_case"


# -- not sure either


def test_who_is_not_sure_either_is_noted_and_whoever_leads_is_asked() -> None:
    partly = unsure("internal")
    case = handed_in(LOW | {"data": partly}).case
    outcome = replied(case, unsure=True)
    assert asked(outcome.case) == [
        (1, "data", "privacy", "", "unsure"),
        (2, "data", "governance_lead", "privacy", "open"),
    ]
    assert (outcome.case.facts["data"].by, outcome.case.answers["data"]) == (ANA, partly)
    assert lines(outcome) == ["referral.unsure", "question.referred"]
    assert says(outcome) == ["card", "summary", "referral", "referral"]
    assert replied(outcome.case, unsure=True) == Outcome(case=outcome.case)
    assert refusal(outcome.case, GUS, unsure=True).facts["whom"] == FAY


def test_where_nobody_is_left_to_ask_those_who_decide_are_told() -> None:
    desk = staffed(governance_lead=frozenset(), committee=frozenset())
    outcome = replied(handed_in(desk=desk).case, desk=desk, unsure=True)
    assert asked(outcome.case) == [(1, "data", "privacy", "", "unsure")]
    note = outcome.notices[-1]
    assert (note.say, note.facts["about"], note.facts["questions"]) == (Say.card_note, "unsure", ("data",))


def test_nobody_is_asked_the_same_again_in_another_role() -> None:
    """Whoever leads is the one who was not sure; also under a second id."""
    desk = staffed(privacy=frozenset({FAY}), governance_lead=frozenset({FAY}))
    outcome = replied(handed_in(desk=desk).case, desk=desk, unsure=True)
    assert "governance_lead" not in {r.role for r in outcome.case.referrals}
    second = replace(
        staffed(privacy=frozenset({FAY}), governance_lead=frozenset({"P-fay-2"})),
        same=lambda one, other: one.startswith(other) or other.startswith(one),
    )
    outcome = replied(handed_in(desk=second).case, desk=second, unsure=True)
    assert "governance_lead" not in {r.role for r in outcome.case.referrals}


def test_of_several_who_lead_only_those_are_called_who_were_not_asked() -> None:
    desk = staffed(privacy=frozenset({FAY}), governance_lead=frozenset({FAY, DAN}))
    case = replied(handed_in(desk=desk).case, desk=desk, unsure=True).case
    assert asked(case)[-1] == (2, "data", "governance_lead", "privacy", "open")
    assert still_able(case, "governance_lead", ("data",), desk) == (DAN,)


# -- who may


@pytest.mark.parametrize(
    ("who", "roles", "because"),
    [
        (ANA, {}, "own_referral"),
        (ANA, {"privacy": frozenset({ANA, FAY})}, "own_referral"),
        (BEN, {}, "not_your_referral"),
        (CLEO, {}, "not_your_referral"),
        (DAN, {}, "not_your_referral"),
        (EVE, {}, "not_your_referral"),
        (FAY, {"privacy": frozenset({GUS})}, "not_your_referral"),
    ],
    ids=[
        "requester",
        "requester in the role",
        "committee",
        "risk owner",
        "lead",
        "legal",
        "held it until a moment ago",
    ],
)
def test_who_may_not_answer(who: str, roles: dict[str, frozenset[str]], because: str) -> None:
    case = handed_in().case
    assert refusal(case, who, staffed(**roles)).key == because
    assert refusal(case, who, staffed(**roles), unsure=True).key == because


def test_who_answers_for_the_use_or_is_known_under_a_second_id_may_not() -> None:
    owned = handed_in(owner=FAY).case
    assert refusal(owned, FAY).key == "own_referral"
    assert replied(owned, GUS).case.facts["data"].by == GUS
    twice = a_desk(
        roles=STAFFED | {"privacy": frozenset({f"{ANA}@grid"})},
        same=lambda one, other: one.partition("@")[0] == other.partition("@")[0],
    )
    assert refusal(handed_in().case, f"{ANA}@grid", twice).key == "own_referral"


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.draft])
def test_it_is_answered_while_facts_are_taken_and_never_after(status: Status) -> None:
    waits = status in (Status.in_review, Status.needs_info, Status.blocked)
    referral = Referral(
        number=1, question="data", role="privacy", asked_at=NOW, state="open" if waits else "closed"
    )
    case = a_case(status, OPEN, referrals=(referral,))
    if waits:
        assert replied(case).case.facts["data"].by == FAY
    else:
        assert refusal(case, FAY).key == "referral_closed"


def test_a_draft_is_unknown_to_whoever_would_answer() -> None:
    referral = Referral(number=1, question="data", role="privacy", asked_at=NOW)
    assert refusal(a_case(Status.draft, OPEN, referrals=(referral,)), FAY).key == "unknown_case"


# -- what overtakes it


def test_the_requester_may_say_it_after_all_and_the_message_shows_it() -> None:
    case = handed_in().case
    own = Settle(actor=ANA, key=key(), case="case-1", answers={"data": answered("internal")})
    outcome = after(case, own, desk=staffed())
    assert asked(outcome.case) == [(1, "data", "privacy", "", "answered")]
    assert outcome.case.referrals[0].by == ANA
    over = outcome.notices[-1]
    assert (over.say, over.facts["number"], over.facts["over"]) == (Say.referral, 1, True)
    assert refusal(outcome.case, FAY).facts["whom"] == ANA


def test_a_decision_closes_what_waits() -> None:
    case = handed_in().case
    no = Decline(actor=BEN, key=key(), case="case-1", reason="Not this one")
    outcome = after(case, no, desk=staffed())
    assert asked(outcome.case) == [(1, "data", "privacy", "", "closed")]
    assert lines(outcome) == ["case.declined", "referral.closed"]
    assert outcome.notices[-1].facts["over"] is True
    assert refusal(outcome.case, FAY).key == "referral_closed"


def test_what_another_answer_makes_needless_is_closed() -> None:
    """The data decides nothing any more once the practice may be forbidden, or stays open where it still can."""
    case = handed_in(some_answers(data=unsure(), red_flag=unsure())).case
    wished = Settle(actor=EVE, key=key(), case="case-1", answers={"red_flag": answered("none")})
    after_it = after(case, wished, desk=staffed()).case
    assert {r.question: r.state for r in after_it.referrals}["red_flag"] == "answered"
    assert {r.question for r in after_it.referrals if r.open} <= {
        gap.question for gap in (after_it.verdict.gaps if after_it.verdict else ())
    }


def test_nothing_is_approved_while_somebody_was_asked() -> None:
    with pytest.raises(Refused) as refused:
        decide(handed_in().case, Approve(actor=BEN, key=key(), case="case-1"), staffed())
    assert refused.value.key == "still_open"


def test_only_what_waits_is_shown_where_cards_go_now() -> None:
    case = handed_in().case
    assert [n.facts["number"] for n in waiting_messages(case)] == [1]
    assert waiting_messages(replied(case).case) == ()


def test_each_is_closed_at_its_moment() -> None:
    case = handed_in().case
    later = a_desk(roles=STAFFED, now=NOW + timedelta(days=1))
    assert replied(case, desk=later).case.referrals[0].closed_at == NOW + timedelta(days=1)
