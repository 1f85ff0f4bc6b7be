"""Who may take over what nobody answers for, what becomes of it, and that nobody decides about their own by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from intake.answers import answered
from tests.builders import ANA, BEN, CLEO, DAN, EVE, LOW, NOW, ROLES, a_case, a_decision, a_desk, key
from triage.appointing import accept
from triage.case import Basis, Case, Decision, DecisionKind, Signature, Status
from triage.claims import NameOwner, NotOurs, NotUsed, TakeOver
from triage.climbing import called, whom
from triage.decide import decide
from triage.desk import Desk
from triage.errands import errand, errands
from triage.interview import judged, learn
from triage.motions import Matter
from triage.moved import ground_of
from triage.onward import AcceptPart
from triage.orphans import OFFERED
from triage.outcome import Outcome, Refused
from triage.parties import with_part
from triage.parts import OWNER, chosen, named_ones, to_answer
from triage.review import check_may_decide
from triage.settling import LEAD
from triage.staff import Away, Colleague

SALES = {"Sales": "L-sales"}


def left(**people: Colleague) -> Desk:
    """Ana has no account any more."""
    ids = {"ana": ANA, "ben": BEN, "cleo": CLEO, "dan": DAN, "eve": EVE}
    known = {ids[name]: colleague for name, colleague in people.items()}
    gone = known.get(ANA, Colleague(gone=True, left=NOW))
    roles = {**ROLES, LEAD: frozenset({CLEO})}
    return a_desk(roles=roles, staff=lambda person: gone if person == ANA else known.get(person, Colleague()))


def approved(**change: Any) -> Case:
    return a_case(Status.approved, **({"unit": "Sales"} | change))


def listed(**change: Any) -> Case:
    """As an inventory names it."""
    given = {"requester": "", "owner": None, "unit": "Sales", "source_map": "m", "source_id": "7"}
    given |= {"ref": None, "talk": None, "submitted_at": None, "discovered_via": "import"}
    return a_case(Status.disclosed, **(given | change))


def does(case: Case, wish: type, actor: str = DAN, desk: Desk | None = None, **more: Any) -> Outcome:
    return decide(case, wish(actor=actor, key=key(), case=case.id, **more), desk or left())


def refused(case: Case, wish: type, actor: str = DAN, desk: Desk | None = None, **more: Any) -> str:
    with pytest.raises(Refused) as told:
        does(case, wish, actor, desk, **more)
    return told.value.key


def test_whoever_takes_it_over_owns_it_and_has_said_yes_to_that() -> None:
    after = does(approved(), TakeOver)
    assert after.case.owner == DAN
    assert ANA in (after.case.requester, *after.case.former_owners)
    held = chosen(after.case, OWNER)
    assert held is not None
    assert held.person == DAN
    assert [line.what for line in after.happened][:4] == [
        "owner.taken_over", "answer.changed", "part.named", "part.accepted",
    ]  # fmt: skip
    assert errand(after.case, f"owner:{ANA}", left()) is None


def test_whoever_takes_it_over_decides_nothing_about_it() -> None:
    """Eve may decide about everybody's, and did not sign this one."""
    desk = left()
    after = does(approved(), TakeOver, actor=EVE, desk=desk).case
    assert EVE in with_part(after)
    waits = after.model_copy(update={"status": Status.in_review})
    with pytest.raises(Refused):
        check_may_decide(waits, EVE, desk)


@pytest.mark.parametrize(
    ("case", "actor", "desk", "because"),
    [
        (approved(), BEN, left(), "signed_it"),
        (approved(), DAN, a_desk(), "has_an_owner"),
        (approved(), DAN, left(dan=Colleague(gone=True)), "part_gone"),
        (approved(owner=DAN), DAN, left(), "owned_already"),
        (approved(owner=EVE), DAN, left(), "has_an_owner"),
        (approved(confidential=True), DAN, left(), "unknown_case"),
        (a_case(Status.in_review), DAN, left(), "not_now"),
        (a_case(Status.draft), DAN, left(), "unknown_case"),
        (a_case(Status.retired, decisions=a_case(Status.approved).decisions), DAN, left(), "has_an_owner"),
        (listed(owner=EVE), DAN, left(), "has_an_owner"),
    ],
)
def test_who_may_not(case: Case, actor: str, desk: Desk, because: str) -> None:
    before = case.model_dump()
    assert refused(case, TakeOver, actor, desk) == because
    assert case.model_dump() == before


def test_who_signed_the_tier_on_which_it_stands_has_said_yes_too() -> None:
    signed = tuple(Signature(person=person, role="risk_owner", at=NOW) for person in (CLEO, EVE))
    basis = Basis(ground=ground_of(Matter.tier, "1"), questions=(), digest="")
    kind = DecisionKind.override_tier
    moved = a_decision(id="moved", kind=kind, signatures=signed, basis=basis)
    case = approved(decisions=(moved, a_decision()))
    assert refused(case, TakeOver, EVE) == "signed_it"
    assert does(case, TakeOver, DAN).case.owner == DAN


def test_a_confidential_one_is_taken_over_by_its_readers_alone() -> None:
    assert does(approved(confidential=True), TakeOver, actor=EVE).case.owner == EVE


def _reader(person: str) -> Decision:
    basis = Basis(ground=person, questions=(), digest="")
    return a_decision(id=f"reads:{person}", kind=DecisionKind.reader_named, basis=basis, signatures=())


def test_of_a_confidential_one_only_a_reader_is_asked_and_can_say_yes() -> None:
    """Whoever was asked while it stood open and does not read it now neither reads of it nor gets it."""
    made = a_decision()
    closed = approved(confidential=True, decisions=(made, _reader(CLEO)))
    assert refused(closed, NameOwner, actor=CLEO, person=DAN) == "owner_no_reader"
    known = closed.model_copy(update={"decisions": (made, _reader(CLEO), _reader(DAN))})
    named = does(known, NameOwner, actor=CLEO, person=DAN).case
    (asked,) = to_answer(named, DAN)
    yes = AcceptPart(actor=DAN, key=key(), case="case-1", appointment=asked.id)
    assert decide(named, yes, left()).case.owner == DAN
    before = does(approved(), NameOwner, actor=CLEO, person=DAN).case
    (asked,) = to_answer(before, DAN)
    yes = AcceptPart(actor=DAN, key=key(), case="case-1", appointment=asked.id)
    since = before.model_copy(update={"confidential": True, "decisions": (made, _reader(CLEO))})
    assert DAN not in named_ones(since)
    with pytest.raises(Refused, match="unknown_case"):
        decide(since, yes, left())
    read = since.model_copy(update={"decisions": (made, _reader(CLEO), _reader(DAN))})
    assert decide(read, yes, left()).case.owner == DAN


def test_of_two_the_second_reads_who_has_it() -> None:
    after = does(approved(), TakeOver).case
    with pytest.raises(Refused) as told:
        does(after, TakeOver, actor=EVE)
    assert (told.value.key, told.value.facts["whom"]) == ("has_an_owner", DAN)


def test_whoever_leads_names_somebody_and_it_counts_with_their_yes() -> None:
    assert refused(approved(), NameOwner, person=EVE) == "not_yours_to_name"
    assert refused(approved(), NameOwner, actor=CLEO, person=BEN) == "owner_signed"
    assert refused(approved(), NameOwner, actor=CLEO, person="") == "nobody_named"
    named = does(approved(), NameOwner, actor=CLEO, person=DAN)
    assert named.case.owner == ANA
    assert [(notice.say.value, notice.to) for notice in named.notices] == [("running", DAN), ("card", "")]
    assert refused(named.case, NameOwner, actor=CLEO, person=DAN) == "named_already"
    (made,) = [a for a in named.case.appointments if a.kind == "named"]
    yes = AcceptPart(actor=DAN, key=key(), case="case-1", appointment=made.id)
    assert decide(named.case, yes, left()).case.owner == DAN
    with pytest.raises(Refused, match="not_asked_of_you"):
        decide(named.case, yes.model_copy(update={"actor": EVE}), left())
    taken = does(named.case, TakeOver, actor=EVE).case
    with pytest.raises(Refused, match="part_over"):
        accept(taken, yes, left())


@pytest.mark.parametrize("case", [approved(), listed()])
def test_a_naming_ends_with_its_acceptance_and_is_carried_out_once(case: Case) -> None:
    named = does(case, NameOwner, actor=CLEO, person=DAN).case
    (made,) = to_answer(named, DAN)
    yes = AcceptPart(actor=DAN, key=key(), case="case-1", appointment=made.id)
    after = decide(named, yes, left()).case
    assert (after.owner, to_answer(after, DAN)) == (DAN, ())
    with pytest.raises(Refused, match="part_accepted"):
        decide(after, yes.model_copy(update={"key": key()}), left())


def test_whoever_was_named_reads_no_more_once_somebody_else_owns_it() -> None:
    named = does(listed(), NameOwner, actor=CLEO, person=DAN).case
    assert DAN in named_ones(named)
    taken = does(named, TakeOver, actor=EVE).case
    assert DAN not in named_ones(taken)
    later = replace(a_desk(), now=NOW + timedelta(days=1))
    changed = judged(learn(named, "owner", answered(EVE), ANA, later), later)
    assert (changed.owner, DAN in named_ones(changed)) == (EVE, False)


def test_what_is_not_used_any_more_is_ended_by_whoever_says_so() -> None:
    assert refused(approved(), NotUsed, reason=" ") == "reason_needed"
    after = does(approved(), NotUsed, reason="Since May")
    assert after.case.owner == DAN
    assert after.case.in_use, "its end has a gate of its own"
    assert [move.to for move in after.case.stage_moves][-1] == "retiring"
    assert after.happened[0].texts == {"reason": "Since May"}
    ended = does(listed(), NotUsed, reason="Since May").case
    assert ended.status is Status.retired


def test_of_an_inventory_it_is_theirs_or_not() -> None:
    theirs = does(listed(), TakeOver)
    assert (theirs.case.owner, theirs.case.status) == (DAN, Status.disclosed)
    assert (held := chosen(theirs.case, OWNER)) is not None
    assert held.person == DAN
    other = does(listed(), NotOurs, asked="Sales").case
    assert (other.unit, other.owner) == ("", None)
    assert other.verdict == listed().verdict, "nothing becomes less by it"
    assert refused(other, NotOurs, asked="Sales") == "no_unit"
    assert refused(approved(), NotOurs, asked="Sales") == "not_now"
    assert refused(listed(unit="Law"), NotOurs, asked="Sales") == "old_offer", "that is for Law to say"


@pytest.mark.parametrize(
    ("manager", "units", "confidential", "expected"),
    [
        (EVE, {}, False, ((EVE,), "manager")),
        (EVE, SALES, False, ((EVE,), "manager")),
        (None, SALES, False, ((), "unit")),
        (None, {}, False, ((CLEO,), "lead")),
        (None, SALES, True, ((), "deciders")),
        (DAN, {}, True, ((), "deciders")),
        (EVE, SALES, True, ((EVE,), "manager")),
    ],
)
def test_to_whom_it_is_offered_first(
    manager: str | None, units: dict[str, str], confidential: bool, expected: tuple[tuple[str, ...], str]
) -> None:
    """Of a confidential use neither a channel nor a manager hears who does not read it."""
    case = approved(confidential=confidential)
    desk = replace(left(ana=Colleague(gone=True, left=NOW, manager=manager)), units=units)
    (waits,) = errands(case, desk)  # tasks, facts and reviews are for whoever takes it over
    assert waits.due == NOW.date() + OFFERED
    assert whom(waits, "manager", case, desk) == expected
    said = called(case, waits.name, 0, desk)
    assert said is not None
    assert bool(said.notes) == (expected[1] == "deciders"), "below its card, where none of its words stand"
    assert whom(waits, "lead", case, desk)[0] == (() if confidential else (CLEO,))


def test_whoever_comes_back_answers_for_it_as_before() -> None:
    away = Away(NOW.date(), NOW.date() + timedelta(days=3))
    for known in (Colleague(), Colleague(away=away)):
        assert not [each for each in errands(approved(), left(ana=known)) if each.kind == "owner"]


def test_while_it_is_offered_nothing_else_of_it_is_asked_for() -> None:
    """Those beside whoever left would be asked twice; it comes back with whoever takes it over."""
    case = a_case(Status.approved, {name: LOW[name] for name in LOW if name != "data"}, unit="Sales")
    there = a_desk(roles={**ROLES, LEAD: frozenset({CLEO})})
    assert "facts" in {each.kind for each in errands(case, there)}
    assert {each.kind for each in errands(case, left())} == {"owner"}
    taken = does(case, TakeOver).case
    assert "facts" in {each.kind for each in errands(taken, left())}
