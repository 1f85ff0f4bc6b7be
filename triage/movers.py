"""Who may settle something beside the rules: those whose yes it needs, and nobody left out who did not sign."""

from __future__ import annotations

from triage.case import Case, Decision, Delegated, Status
from triage.deputies import standing_in
from triage.desk import Desk
from triage.excepting import LEGAL, ROLES
from triage.judge import judge
from triage.lifecycle import WAITING
from triage.motions import Matter
from triage.movable import TIERS, tiers, waiting
from triage.moved import BY_THE_RULES, matter_of
from triage.outcome import Refused
from triage.referring import is_own
from triage.review import check_trained, check_unbiased
from triage.rules import NOT_DECIDED, TIER_DECIDED
from triage.seats import has_part, roles, seats
from triage.verdict import Seated, Verdict


def check_may(case: Case, actor: str, matter: Matter, value: str, desk: Desk) -> tuple[str, str]:
    """The seat and the role in which `actor` signs; nobody does so for a use of their own."""
    if case.status is Status.draft:
        raise Refused("unknown_case", case=case.id)
    if is_own(case, actor, desk):
        raise Refused("own_motion", case=case.id)
    held = _signs_in(case, actor, matter, value, desk)
    if not held:
        check_trained(actor, ROLES if matter is Matter.practice else roles(case), desk, {"case": case.id})
        raise Refused("not_your_motion", case=case.id)
    check_unbiased(case, actor, desk)
    if case.status not in WAITING:
        raise Refused("not_now", case=case.id)
    return held[0]


def check_may_put(case: Case, actor: str, matter: Matter, desk: Desk) -> None:
    """Whether they may put anything of the kind, before they have said which; no deputy does."""
    desk = desk.in_own_right
    values = tiers(case) if matter is Matter.tier else ()
    for value in values[:-1]:
        try:
            check_may(case, actor, matter, value, desk)
        except Refused as refusal:
            if refusal.key != "not_your_motion":
                raise
        else:
            return
    check_may(case, actor, matter, values[-1] if values else "", desk)


def check_second(
    case: Case, moved: Decision, actor: str, held: tuple[str, str], desk: Desk
) -> tuple[str, str]:
    """Two different human beings; those whom a milder tier would no longer ask are among them."""
    matter, value = matter_of(moved)
    first = moved.signatures[0]
    place = in_whose_place(case, actor, held[1], desk)
    if any(desk.same(each, first.person) for each in (actor, place.of if place else actor)):
        raise Refused("motion_second", case=case.id)
    if matter is Matter.practice:
        if LEGAL not in (held[1], first.role):
            raise Refused("exception_legal", case=case.id)
        return held
    left_out = [seat.role for seat in dropped(case, value, desk)] if matter is Matter.tier else []
    needed = min(2, len(left_out)) - (moved.seat in left_out)
    if needed <= 0:
        return held
    for seat, role in _signs_in(case, actor, matter, value, desk):
        if seat in left_out and seat != moved.seat:
            return seat, role
    asked = [seat for seat in left_out if seat != moved.seat]
    raise Refused("motion_left_out", case=case.id, role=" ".join(asked))


def dropped(case: Case, value: str, desk: Desk) -> tuple[Seated, ...]:
    """Those who are asked now and would not be, if it were set to a milder tier."""
    now, then = case.verdict, _with_tier(case, value, desk)
    if now is None or int(then.tier.ceiling) >= int(now.tier.ceiling):
        return ()
    roles = {seat.role for seat in then.seats}
    return tuple(seat for seat in now.seats if seat.role not in roles)


def _with_tier(case: Case, value: str, desk: Desk) -> Verdict:
    decided = NOT_DECIDED if value == BY_THE_RULES else (value,)
    stated = {**desk.settings(case), TIER_DECIDED: decided}
    return judge(desk.form, desk.book, case.answers, stated, desk.day)


def _signs_in(case: Case, actor: str, matter: Matter, value: str, desk: Desk) -> tuple[tuple[str, str], ...]:
    """Seats with their role there, by the tier that it has, has by rule, or would have if that is stricter.

    Those that would be left out come first.
    """
    if matter is Matter.practice:
        return tuple((role, role) for role in ROLES if desk.decides(actor, role))
    held = [(seat.role, _role_in(seat, case, actor, desk)) for seat in _called(case, matter, value, desk)]
    return tuple((seat, role) for seat, role in held if role)


def _called(case: Case, matter: Matter, value: str, desk: Desk) -> list[Seated]:
    called = list(seats(case))
    if matter is Matter.tier and value in (*TIERS, BY_THE_RULES):
        gone = dropped(case, value, desk)
        more = [seat for each in _stricter(case, value, desk) for seat in _with_tier(case, each, desk).seats]
        called = [*gone, *(seat for seat in called if seat not in gone), *more]
    return called


def roles_for(case: Case, motion: Decision, desk: Desk) -> tuple[tuple[str, ...], ...]:
    """In which somebody may be its second, as far as the seats say it: of each the role, and who stands in for it."""
    matter, value = matter_of(motion)
    if matter is Matter.practice:
        return tuple((role,) for role in ROLES)
    called = _called(case, matter, value, desk)
    return tuple(dict.fromkeys((seat.role, *seat.fallback) for seat in called))


def to_second(case: Case, person: str, desk: Desk) -> tuple[Decision, ...]:
    """The motions that wait and that this person may be the second for."""
    return tuple(each for each in waiting(case, desk) if _may_second(case, each, person, desk))


def _may_second(case: Case, motion: Decision, person: str, desk: Desk) -> bool:
    try:
        held = check_may(case, person, *matter_of(motion), desk)
        check_second(case, motion, person, held, desk)
    except Refused:
        return False
    return True


def _stricter(case: Case, value: str, desk: Desk) -> tuple[str, ...]:
    """Whoever would only come to it by a milder tier does not decide about that."""
    now, then = case.verdict, _with_tier(case, value, desk)
    milder = now is None or int(then.tier.ceiling) < int(now.tier.ceiling)
    return (BY_THE_RULES,) if milder else (BY_THE_RULES, value)


def _role_in(seat: Seated, case: Case, actor: str, desk: Desk) -> str:
    """A role that stands in signs where nobody is left in those before it."""
    for role in (seat.role, *seat.fallback):
        there = [one for one in desk.deciders(role) if not has_part(case, one, desk) or one == actor]
        if there:
            stands_in = role == seat.role and in_whose_place(case, actor, role, desk) is not None
            return role if actor in there or stands_in else ""
    return ""


def in_whose_place(case: Case, actor: str, role: str, desk: Desk) -> Delegated | None:
    """Of the holders of a role that deputies may fill; None where it is their own."""
    if case.confidential or role not in desk.book.delegable or desk.holds(actor, role):
        return None
    there = [one for one in desk.deciders(role) if not has_part(case, one, desk)]
    return standing_in(there, role, desk).get(actor)
