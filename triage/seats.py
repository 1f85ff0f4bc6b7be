"""Who still has to say yes to a request, who may, and what was said so far."""

from __future__ import annotations

from collections.abc import Iterator

from triage.asks import Ask, able_for, deputies_for, people_of
from triage.case import RULINGS, Case, Decision, DecisionKind, Delegated
from triage.deputies import counts
from triage.desk import Desk
from triage.fingerprint import facts_digest, policies_of, result_digest
from triage.lifecycle import WAITING
from triage.parties import with_part
from triage.standing import is_prohibited
from triage.verdict import Seated

BY_TIER = {1: "reviewer", 2: "reviewer", 3: "risk_owner", 4: "committee"}
"""Who decides where a result is older than seats."""

PROHIBITED_ROLE = "legal"


def seats(case: Case) -> tuple[Seated, ...]:
    """Those that its result calls for; legal alone where a practice is prohibited, for nobody can clear that."""
    if case.verdict is None:
        return (Seated(role=BY_TIER[4]),)
    if is_prohibited(case):
        legal = [seat for seat in case.verdict.seats if seat.role == PROHIBITED_ROLE]
        return tuple(legal) or (Seated(role=PROHIBITED_ROLE),)
    return case.verdict.seats or (Seated(role=BY_TIER[int(case.verdict.tier.ceiling)]),)


def roles(case: Case) -> tuple[str, ...]:
    """In which somebody has to say yes, whoever does it in their place."""
    return tuple(seat.role for seat in seats(case))


def sign_offs(case: Case, desk: Desk) -> tuple[Decision, ...]:
    """The yeses that count: since the last ruling, on these answers, rules and results, by nobody with a part in it."""
    since = max((at for at, each in enumerate(case.decisions, 1) if each.kind in RULINGS), default=0)
    given = [each for each in case.decisions[since:] if each.kind is DecisionKind.sign_off]
    if not given:
        return ()
    now = (facts_digest(case), policies_of(case), result_digest(case))
    return tuple(
        each
        for each in given
        if (each.facts_digest, each.policies, each.result) == now
        and not any(has_part(case, person, desk) for person in whose(each))
    )


def yeses(case: Case) -> tuple[Decision, ...]:
    """Those that the last decision rests on, beside its own."""
    made = case.decision
    return tuple(each for each in case.decisions if made and each.id in made.rests_on)


def signer(decision: Decision) -> str:
    return decision.signatures[-1].person


def whose(decision: Decision) -> tuple[str, ...]:
    """Who said it, and in whose place."""
    return (signer(decision), *((decision.delegated.of,) if decision.delegated else ()))


def has_part(case: Case, person: str, desk: Desk) -> bool:
    """Under whichever id."""
    return any(desk.same(person, one) for one in with_part(case))


def is_theirs(case: Case, person: str, desk: Desk) -> bool:
    """Who asked, who answers for it, and who stepped aside."""
    whose = (case.requester, case.owner, *sorted(case.recused))
    return any(desk.same(person, one) for one in whose if one)


def missing(seat: Seated, case: Case, desk: Desk) -> int:
    """How many more have to say yes in it."""
    return max(0, seat.people - sum(each.seat == seat.role for each in sign_offs(case, desk)))


def open_seats(case: Case, desk: Desk) -> tuple[Seated, ...]:
    """Those of the step that is due; the next one begins when all of them are filled. What is decided has no step."""
    left = [seat for seat in seats(case) if missing(seat, case, desk)]
    if case.status not in WAITING:
        return tuple(left)
    due = min((seat.step for seat in left), default=0)
    return tuple(seat for seat in left if seat.step == due)


def later_seats(case: Case, desk: Desk) -> tuple[Seated, ...]:
    now = open_seats(case, desk)
    return tuple(seat for seat in seats(case) if missing(seat, case, desk) and seat not in now)


def able(seat: Seated, case: Case, desk: Desk) -> tuple[str, ...]:
    """Who could say yes in it now: holders of the first of its roles in which anybody is left."""
    return able_for(_ask(seat, case, desk), desk)


def signs_as(seat: Seated, person: str, case: Case, desk: Desk) -> str:
    """The role in which this person fills it; "" for none."""
    if person not in able(seat, case, desk):
        return ""
    if person in deputies_for(_ask(seat, case, desk), desk):
        return seat.role
    return next(role for role in (seat.role, *seat.fallback) if desk.decides(person, role))


def stands_for(case: Case, person: str, role: str, desk: Desk) -> Delegated | None:
    """Whose place they take where they act in this role; None where it is their own."""
    if desk.holds(person, role):
        return None
    named = (deputies_for(_ask(seat, case, desk), desk) for seat in seats(case) if seat.role == role)
    signed = (d.delegated for d in sign_offs(case, desk) if signer(d) == person and d.seat == role)
    found = (*(each.get(person) for each in named), *(d for d in signed if counts(d, person, desk)))
    return next(filter(None, found), None)


def asks(case: Case, desk: Desk) -> tuple[Ask, ...]:
    """What it asks of whom, seat by seat, those of later steps behind."""
    now = tuple(_ask(seat, case, desk) for seat in open_seats(case, desk))
    return (*now, *(_ask(seat, case, desk)._replace(later=True) for seat in later_seats(case, desk)))


def _ask(seat: Seated, case: Case, desk: Desk) -> Ask:
    """Nobody with a part in it, nobody twice in one seat, nobody in a seat apart who fills another one.

    Whoever had a deputy say yes for them has said it.
    """
    given = sign_offs(case, desk)
    apart = {each.role for each in seats(case) if each.apart}
    counted = [each for each in given if seat.apart or each.seat in {seat.role, *apart}]
    signed = (person for each in counted for person in whose(each))
    out = tuple(dict.fromkeys((*with_part(case), *signed)))
    delegable = not case.confidential and seat.role in desk.book.delegable
    return Ask(seat.role, (seat.role, *seat.fallback), out, delegable=delegable)


def fills(case: Case, person: str, desk: Desk) -> tuple[tuple[str, str], ...]:
    """The seats that one yes of this person fills, each with the role in which; one that stands apart alone."""
    mine = [(seat, signs_as(seat, person, case, desk)) for seat in open_seats(case, desk)]
    mine = [(seat, role) for seat, role in mine if role]
    alone = [(seat, role) for seat, role in mine if seat.apart]
    return tuple((seat.role, role) for seat, role in (alone[:1] or mine))


def is_last(case: Case, filled: tuple[tuple[str, str], ...], desk: Desk) -> bool:
    """Whether nothing is missing once these are filled."""
    names = [seat for seat, _ in filled]
    return all(missing(seat, case, desk) <= names.count(seat.role) for seat in seats(case))


def deciding_people(case: Case, desk: Desk) -> tuple[str, ...]:
    """Who is asked now: whoever can say yes, else those who come after them, so that nothing lies unseen."""
    return people_of(asks(case, desk), desk)


def takes_several(case: Case, desk: Desk) -> bool:
    """Whether there are people to decide it, and no yes of one of them would be the last."""
    people = deciding_people(case, desk)
    return bool(people) and not any(is_last(case, fills(case, person, desk), desk) for person in people)


def role_of(case: Case, person: str, desk: Desk) -> str:
    """The role in which this person has a say: in a seat that they can fill, now or later, or filled; "" for none."""
    return next(_roles_of(case, person, desk), "")


def _roles_of(case: Case, person: str, desk: Desk) -> Iterator[str]:
    for seat in (*open_seats(case, desk), *later_seats(case, desk)):
        if role := signs_as(seat, person, case, desk):
            yield role
    for each in sign_offs(case, desk):
        role, mine = each.signatures[-1].role, desk.same(signer(each), person)
        if mine and (desk.decides(person, role) or counts(each.delegated, person, desk)):
            yield role
