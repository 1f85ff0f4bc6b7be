"""Who may do what, when: status × command × person, allowed or the refusal's key."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import answered
from tests.builders import (
    ANA,
    BEN,
    CLEO,
    DAN,
    EVE,
    ROLES,
    a_case,
    a_desk,
    a_talk,
    key,
    open_case,
    some_answers,
)
from triage.case import Case, Status
from triage.commands import Approve, AskRequester, Command, Decline, Settle
from triage.decide import decide
from triage.desk import Desk
from triage.lifecycle import FINAL, MOVES
from triage.organisation import Organisation
from triage.outcome import Refused
from triage.seats import deciding_people, roles
from triage.talk import Phase
from triage.talking import Choose, Edit, Explain, Fill, PickTool, Start, Steer, Submit, Type

OK = "ok"


def came_of(case: Case | None, command: Command, desk: Desk | None = None) -> str:
    try:
        decide(case, command, desk or a_desk())
    except Refused as refusal:
        return refusal.key
    return OK


def wishes(actor: str, case: str = "case-1") -> dict[str, Command]:
    who: dict[str, Any] = {"actor": actor, "key": key(), "case": case}
    return {
        "approve": Approve(**who),
        "conditions": Approve(**who, conditions=("Tell the people in the call",)),
        "ask": AskRequester(**who, question="Who listens?"),
        "decline": Decline(**who, reason="Not with this contract"),
    }


DECIDED_BY_STATUS = {
    Status.draft: "unknown_case unknown_case unknown_case unknown_case",
    Status.disclosed: "not_now not_now not_now not_now",
    Status.needs_info: "not_now not_now already_asked ok",
    Status.in_review: "ok ok ok ok",
    Status.approved: "already_approved already_approved already_approved already_approved",
    Status.approved_with_conditions: " ".join(["already_approved_with_conditions"] * 4),
    Status.declined: "already_declined already_declined already_declined already_declined",
    Status.blocked: "not_now not_now not_now ok",
    Status.under_reassessment: "not_now not_now not_now not_now",
    Status.lapsed: "not_now not_now not_now not_now",
    Status.withdrawn: "already_withdrawn already_withdrawn already_withdrawn already_withdrawn",
    Status.retired: "already_retired already_retired already_retired already_retired",
}
"""For somebody who holds the deciding role: approve, approve with conditions, ask, decline."""


def test_every_status_has_its_row() -> None:
    assert set(DECIDED_BY_STATUS) == set(Status) == set(MOVES)


@pytest.mark.parametrize("status", Status)
def test_what_a_reviewer_may_do(status: Status) -> None:
    case = a_case(status)
    found = " ".join(came_of(case, wish) for wish in wishes(BEN).values())
    assert found == DECIDED_BY_STATUS[status]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("wish", ["approve", "conditions", "ask", "decline"])
@pytest.mark.parametrize(
    ("person", "because"),
    [(ANA, "own_request"), (DAN, "not_your_role"), (CLEO, "not_your_role")],
    ids=["requester", "stranger", "another role"],
)
def test_what_others_may_not(status: Status, wish: str, person: str, because: str) -> None:
    """Whatever the status, the first thing a person hears is that it is not theirs to decide."""
    hidden = status is Status.draft and person != ANA
    assert came_of(a_case(status), wishes(person)[wish]) == ("unknown_case" if hidden else because)


@pytest.mark.parametrize("wish", ["approve", "conditions", "ask", "decline"])
def test_the_owner_does_not_decide_on_the_own_use(wish: str) -> None:
    assert came_of(a_case(owner=BEN), wishes(BEN)[wish]) == "own_use"


@pytest.mark.parametrize("wish", ["approve", "conditions", "ask", "decline"])
def test_a_requester_who_is_also_a_reviewer_is_still_the_requester(wish: str) -> None:
    both = a_desk(roles=ROLES | {"reviewer": frozenset({ANA, BEN})})
    assert came_of(a_case(), wishes(ANA)[wish], both) == "own_request"
    assert came_of(a_case(), wishes(BEN)[wish], both) == OK
    assert deciding_people(a_case(), both) == (BEN,)


@pytest.mark.parametrize("wish", ["approve", "conditions", "ask", "decline"])
def test_a_second_name_does_not_make_a_second_person(wish: str) -> None:
    """Somebody known under the ids of two workspaces."""
    desk = a_desk(same=lambda one, other: one.partition("@")[0] == other.partition("@")[0])
    assert came_of(a_case(requester=f"{BEN}@grid"), wishes(BEN)[wish], desk) == "own_request"
    assert came_of(a_case(owner=f"{BEN}@grid"), wishes(BEN)[wish], desk) == "own_use"
    assert deciding_people(a_case(requester=f"{BEN}@grid"), desk) == (EVE,)


@pytest.mark.parametrize("roles", [{}, {"reviewer": frozenset()}, {"committee": frozenset({BEN})}])
def test_an_empty_role_means_nobody(roles: dict[str, frozenset[str]]) -> None:
    desk = a_desk(roles=roles)
    assert {came_of(a_case(), wish, desk) for wish in wishes(BEN).values()} == {"nobody_in_role"}


def test_the_role_follows_the_strictest_tier_not_excluded() -> None:
    assert roles(a_case()) == ("reviewer",)
    assert "committee" in roles(open_case())
    assert roles(a_case(answers=some_answers(red_flag=answered("social_scoring")))) == ("legal",)
    high = a_case(
        answers=some_answers(
            output_use=answered("decides_people"),
            people=answered("staff_applicants"),
            area=answered("employment"),
            function=answered("employment.ranking"),
        )
    )
    assert "committee" in roles(high)


@pytest.mark.parametrize("wish", ["approve", "conditions"])
def test_nothing_is_approved_while_a_result_is_open(wish: str) -> None:
    with pytest.raises(Refused) as refused:
        decide(open_case(), wishes(BEN)[wish], a_desk())
    assert refused.value.key == "still_open"
    assert refused.value.facts["open"].split()[:2] == ["data", "area"]


@pytest.mark.parametrize("wish", ["ask", "decline"])
def test_an_open_request_can_be_asked_about_or_declined(wish: str) -> None:
    assert came_of(open_case(), wishes(BEN)[wish]) == OK


def test_what_is_prohibited_goes_to_legal_and_can_only_be_declined() -> None:
    blocked = a_case(Status.blocked, answers=some_answers(red_flag=answered("social_scoring")))
    found = [came_of(blocked, wish) for wish in wishes(EVE).values()]
    assert found == ["prohibited", "prohibited", "not_now", OK]
    assert came_of(blocked, wishes(BEN)["decline"]) == "not_your_role"


def test_the_second_to_decide_hears_who_was_first() -> None:
    with pytest.raises(Refused) as refused:
        decide(a_case(Status.declined), Approve(actor=EVE, key=key(), case="case-1"), a_desk())
    assert (refused.value.key, refused.value.facts["by"]) == ("already_declined", BEN)


def talk_wishes(actor: str) -> dict[str, Command]:
    who: dict[str, Any] = {"actor": actor, "key": key(), "case": "case-1"}
    return {
        "start": Start(**who),
        "choose": Choose(**who, turn=1, question="data", answer=answered("internal")),
        "pick_tool": PickTool(**who, tool="otter"),
        "steer": Steer(**who, wish="pause"),
        "cancel": Steer(**who, wish="cancel"),
        "explain": Explain(**who, what="help"),
        "edit": Edit(**who, question="data"),
        "fill": Fill(**who, answers={"data": answered("internal")}),
    }


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.draft, Status.disclosed)])
def test_nobody_talks_on_in_a_closed_interview(status: Status) -> None:
    found = {name: came_of(a_case(status), wish) for name, wish in talk_wishes(ANA).items()}
    assert set(found.values()) == {"closed"}
    assert came_of(a_case(status), Submit(actor=ANA, key=key(), case="case-1")) == "submitted_already"


@pytest.mark.parametrize("phase", list(Phase))
def test_only_the_person_interviewed_answers(phase: Phase) -> None:
    draft = a_case(Status.draft, talk=a_talk(phase=phase))
    for person in (BEN, DAN):
        found = {came_of(draft, wish) for wish in talk_wishes(person).values()}
        found.add(came_of(draft, Submit(actor=person, key=key(), case="case-1")))
        found.add(came_of(draft, Type(actor=person, key=key(), case="case-1", words="yes")))
        assert found == {"not_your_request"}


@pytest.mark.parametrize("phase", [p for p in Phase if p is not Phase.closed])
def test_the_person_interviewed_may_do_everything_in_an_open_interview(phase: Phase) -> None:
    draft = a_case(Status.draft, talk=a_talk(phase=phase))
    assert {came_of(draft, wish) for wish in talk_wishes(ANA).values()} == {OK}


def test_a_withdrawn_draft_cannot_be_submitted() -> None:
    withdrawn = decide(
        a_case(Status.draft), Steer(actor=ANA, key=key(), case="case-1", wish="cancel"), a_desk()
    ).case
    assert withdrawn.status is Status.withdrawn
    assert came_of(withdrawn, Submit(actor=ANA, key=key(), case="case-1")) == "submitted_already"


@pytest.mark.parametrize(
    "wish", list(wishes(BEN).values()) + list(talk_wishes(ANA).values()), ids=lambda w: w.do
)
def test_a_case_that_nobody_knows(wish: Command) -> None:
    assert came_of(None, wish) == "unknown_case"


def test_final_statuses_lead_nowhere() -> None:
    assert {status for status in Status if not MOVES[status]} == FINAL - {Status.withdrawn}
    assert all(following <= set(Status) for following in MOVES.values())


@pytest.mark.parametrize(
    ("person", "because"),
    [(ANA, OK), (BEN, OK), (CLEO, OK), (DAN, "not_yours_to_settle"), (EVE, OK)],
    ids=["requester", "committee", "risk owner", "stranger", "legal"],
)
def test_who_may_settle_what_is_open(person: str, because: str) -> None:
    """The strictest tier not excluded is the committee's, Ben and Cleo are on it; and Legal may be called."""
    wish = Settle(actor=person, key=key(), case="case-1", answers={"data": answered("internal")})
    assert came_of(open_case(), wish) == because
    assert came_of(a_case(), wish) == "nothing_settled"


def test_only_who_may_decide_has_a_case_judged_anew() -> None:
    """The organisation has said something new since: whoever may not decide is refused, and nothing moves."""
    case = a_case()
    elsewhere = a_desk(organisation=Organisation(regions=("us",)))
    approve = wishes(BEN)["approve"]
    assert [line.what for line in decide(case, approve, elsewhere).happened] == ["case.rejudged"]
    assert came_of(case, wishes(ANA)["approve"], elsewhere) == "own_request"
    assert came_of(case, wishes(DAN)["approve"], elsewhere) == "not_your_role"


def test_nobody_talks_about_what_came_in_by_import() -> None:
    disclosed = a_case(Status.disclosed, requester="", talk=None)
    for person in (ANA, DAN, ""):
        wished = [*talk_wishes(person).values(), Submit(actor=person, key=key(), case="case-1")]
        assert {came_of(disclosed, wish) for wish in wished} == {"not_your_request"}


def test_a_draft_is_unknown_to_whoever_would_settle_it() -> None:
    wish = Settle(actor=BEN, key=key(), case="case-1", answers={"data": answered("internal")})
    assert came_of(a_case(Status.draft), wish) == "unknown_case"
