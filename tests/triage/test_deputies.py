"""Somebody is away and named a deputy: who decides in their place, for how long, and never with more than they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.answers import answered
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_case, a_desk, key, some_answers
from tests.triage.test_seats import LEA, PEOPLE, SAM, seated, yes
from triage.approving import approve
from triage.assigning import has_it
from triage.case import Case, DecisionKind, Delegated, Status
from triage.commands import Approve, AskRequester, Command, Decline, Recuse, Take
from triage.decide import decide
from triage.deputies import roles_beside
from triage.desk import Desk
from triage.motions import Matter, OpposeMotion, PutMotion, SecondMotion
from triage.outcome import Refused
from triage.seats import deciding_people, fills, open_seats, sign_offs, signs_as
from triage.staff import Away, Colleague
from triage.verdict import Seated

TODAY, FRIDAY = date(2026, 11, 21), date(2026, 11, 27)
SEATS = (Seated(role="legal"), Seated(role="security", fallback=("legal",)))
APART = (Seated(role="legal"), Seated(role="risk_owner", apart=True))


def at(
    away: Mapping[str, str], *, roles: Mapping[str, frozenset[str]] = PEOPLE, gone: str = "", **more: Any
) -> Desk:
    """`away`: who is so until Friday, and whom they named."""
    known = {person: Colleague(away=Away(TODAY, FRIDAY, deputy)) for person, deputy in away.items()}
    known |= {gone: Colleague(gone=True)} if gone else {}
    return a_desk(roles=roles, staff=lambda person: known.get(person, Colleague()), **more)


def refused(case: Case, command: Command, desk: Desk) -> str:
    with pytest.raises(Refused) as why:
        decide(case, command, desk)
    return why.value.key


def no(actor: str) -> Decline:
    return Decline(actor=actor, key=key(), case="case-1", reason="Too early.")


def test_a_deputy_signs_in_the_seat_and_it_says_for_whom_and_for_which_days() -> None:
    case, desk = seated(*SEATS), at({LEA: DAN})
    assert deciding_people(case, desk) == (DAN, LEA, SAM)
    command = Approve(actor=DAN, key=key(), case="case-1", reason="Fits.")
    outcome = approve(case, command, desk)
    (made,) = outcome.case.decisions
    assert (made.kind, made.seat, made.signatures[0].role) == (DecisionKind.sign_off, "legal", "legal")
    assert made.delegated == Delegated(of=LEA, since=TODAY, until=FRIDAY)
    told = outcome.happened[0].detail
    assert (told["for"], told["since"], told["until"]) == (LEA, "2026-11-21", "2026-11-27")
    assert [seat.role for seat in open_seats(outcome.case, desk)] == ["security"]


@pytest.mark.parametrize(
    ("desk", "why"),
    [
        (at({LEA: DAN}, now=NOW + timedelta(days=7)), "its last day is over"),
        (at({LEA: DAN}, now=NOW - timedelta(days=1)), "it has not begun"),
        (at({}), "they are back"),
        (at({LEA: DAN}, deputies=False), "the organisation has no deputies"),
        (at({LEA: DAN}, gone=DAN), "the deputy is a guest, or has no account"),
        (at({LEA: DAN, DAN: EVE}), "the deputy is away, and nobody passes it on"),
        (at({LEA: DAN}, roles={**PEOPLE, "legal": frozenset()}), "whoever is away holds the role no more"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_it_ends(desk: Desk, why: str) -> None:
    case = seated(*SEATS)
    assert refused(case, no(DAN), desk) == "not_your_role", why
    assert refused(case, no(EVE), desk) == "not_your_role", why


@pytest.mark.parametrize(
    "change",
    [
        {"requester": DAN},
        {"requester": ANA, "owner": DAN},
        {"requester": LEA},
        {"owner": LEA},
        {"recused": frozenset({LEA})},
        {"confidential": True},
    ],
    ids=str,
)
def test_nobody_decides_who_has_a_part_in_it_or_stands_in_for_one(change: dict[str, Any]) -> None:
    case = seated(*SEATS).model_copy(update={k: v for k, v in change.items() if k != "recused"})
    if "recused" in change:
        recused = Recuse(actor=LEA, key=key(), case="case-1", version=case.version, reason="My brother's.")
        case = decide(case, recused, at({LEA: DAN})).case
    desk = at({LEA: DAN})
    assert DAN not in deciding_people(case, desk)
    assert fills(case, DAN, desk) == ()
    with pytest.raises(Refused):
        decide(case, no(DAN), desk)


def test_the_seats_of_the_committee_and_of_an_executive_are_passed_to_nobody() -> None:
    steps = (Seated(role="committee"), Seated(role="executive", step=2, apart=True))
    for away, case in ((BEN, seated(*steps)), (EVE, seated(Seated(role="executive")))):
        assert DAN not in deciding_people(case, at({away: DAN}))
        assert refused(case, no(DAN), at({away: DAN})) == "not_your_role"


def test_whoever_stands_in_for_a_role_passes_it_on_to_nobody() -> None:
    nobody = {**PEOPLE, "security": frozenset[str]()}
    case, desk = seated(SEATS[1]), at({LEA: DAN}, roles=nobody)
    assert deciding_people(case, desk) == (LEA,)
    assert signs_as(SEATS[1], DAN, case, desk) == ""


def test_one_human_being_does_not_fill_two_seats_apart_by_standing_in() -> None:
    desk = at({LEA: CLEO})
    case = yes(seated(*APART), CLEO, desk)
    assert [(d.seat, d.delegated) for d in sign_offs(case, desk)] == [("risk_owner", None)]
    with pytest.raises(Refused, match="signed_already"):
        yes(case, CLEO, desk)
    assert deciding_people(case, desk) == (LEA,)


def test_whose_deputy_said_yes_does_not_say_it_again() -> None:
    both = {**PEOPLE, "legal": frozenset({LEA, SAM})}
    case = seated(Seated(role="legal", people=2))
    case = yes(case, DAN, at({LEA: DAN}, roles=both))
    assert deciding_people(case, at({}, roles=both)) == (SAM,)
    assert yes(case, SAM, at({}, roles=both)).status is Status.approved


def test_a_yes_counts_after_the_days_and_not_once_it_turns_out_to_be_of_somebody_with_an_interest() -> None:
    case, after = yes(seated(*SEATS), DAN, at({LEA: DAN})), at({})
    assert [d.seat for d in sign_offs(case, after)] == ["legal"]
    assert sign_offs(case.model_copy(update={"owner": LEA}), after) == ()
    assert sign_offs(case.model_copy(update={"owner": DAN}), after) == ()


def test_who_holds_the_role_too_acts_as_they_are() -> None:
    both = {**PEOPLE, "legal": frozenset({LEA, SAM})}
    case = yes(seated(Seated(role="legal")), SAM, at({LEA: SAM}, roles=both))
    assert case.decision is not None
    assert case.decision.delegated is None


def test_a_deputy_takes_asks_and_declines_and_each_line_says_for_whom() -> None:
    case, desk = seated(*SEATS), at({LEA: DAN})
    taken = decide(case, Take(actor=DAN, key=key(), case="case-1"), desk)
    held = has_it(taken.case, desk)
    assert held is not None
    assert held.person == DAN
    assert has_it(taken.case, at({})) is None
    ask = AskRequester(actor=DAN, key=key(), case="case-1", question="Why now?")
    for outcome in (taken, decide(case, ask, desk), decide(case, no(DAN), desk)):
        assert outcome.happened[0].detail["for"] == LEA
    declined = decide(case, no(DAN), desk).case.decision
    assert declined is not None
    assert declined.delegated == Delegated(of=LEA, since=TODAY, until=FRIDAY)


def test_after_their_yes_a_deputy_still_has_a_say_until_the_days_are_over() -> None:
    case = yes(seated(*SEATS), DAN, at({LEA: DAN}))
    assert decide(case, no(DAN), at({LEA: DAN})).case.status is Status.declined
    assert refused(case, no(DAN), at({})) == "not_your_role"


def put(actor: str) -> PutMotion:
    given = {"actor": actor, "key": key(), "case": "case-1", "matter": Matter.tier, "value": "3"}
    return PutMotion.model_validate(given | {"reason": "More care."})


def test_a_deputy_is_the_second_of_two_but_neither_the_first_nor_for_who_was() -> None:
    people = {**PEOPLE, "reviewer": frozenset({BEN, EVE}), "risk_owner": frozenset({CLEO})}
    case, away = a_case(answers=some_answers(purpose=answered("notes"))), at({EVE: DAN}, roles=people)
    assert refused(case, put(DAN), away) == "not_your_motion"
    case = decide(case, put(BEN), away).case
    motion = case.decisions[-1].id
    second = SecondMotion(actor=DAN, key=key(), case="case-1", motion=motion)
    oppose = OpposeMotion(actor=DAN, key=key(), case="case-1", motion=motion, reason="No.")
    assert refused(case, oppose, away) == "not_your_motion"
    assert refused(case, second, at({BEN: DAN}, roles=people)) == "motion_second"
    carried = decide(case, second, away)
    assert carried.case.decisions[-1].kind is DecisionKind.override_tier
    assert carried.case.decisions[-1].delegated == Delegated(of=EVE, since=TODAY, until=FRIDAY)
    assert carried.happened[0].detail["for"] == EVE


def test_the_roles_beside_are_those_that_may_be_filled() -> None:
    assert roles_beside(DAN, at({BEN: DAN})) == {"reviewer"}  # of the committee they are, too
    assert roles_beside(DAN, at({})) == frozenset()


NAMES = (ANA, BEN, CLEO, DAN, EVE, LEA, SAM)
ROLES = ("legal", "security", "risk_owner", "committee")
holders = st.fixed_dictionaries({role: st.frozensets(st.sampled_from(NAMES), max_size=3) for role in ROLES})
tables = st.lists(
    st.builds(
        Seated,
        role=st.sampled_from(ROLES),
        people=st.integers(1, 2),
        step=st.integers(1, 2),
        apart=st.booleans(),
        fallback=st.lists(st.sampled_from(ROLES), max_size=1).map(tuple),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda seat: seat.role,
)


@given(
    roles=holders,
    seats=tables,
    away=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES), max_size=4),
    signers=st.lists(st.sampled_from(NAMES), max_size=4),
)
def test_a_deputy_never_has_more_than_who_is_away(
    roles: dict[str, frozenset[str]], seats: list[Seated], away: dict[str, str], signers: list[str]
) -> None:
    case = seated(*seats)
    desk = at({person: deputy for person, deputy in away.items() if person != deputy}, roles=roles)
    for person in signers:
        if case.status is Status.in_review and fills(case, person, desk):
            case = yes(case, person, desk)
    if case.status is not Status.in_review:
        return
    alone = replace(desk, deputies=False)
    for seat in open_seats(case, desk):
        for person in NAMES:
            role = signs_as(seat, person, case, desk)
            if role and not signs_as(seat, person, case, alone):
                named = [one for one, deputy in desk_away(desk).items() if deputy == person]
                assert any(signs_as(seat, one, case, alone) == role == seat.role for one in named)
                assert seat.role != "committee"
                assert person != ANA


def desk_away(desk: Desk) -> dict[str, str]:
    told = {person: desk.away(person) for person in NAMES}
    return {person: each.deputy for person, each in told.items() if each and each.deputy}
