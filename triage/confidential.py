"""A use that only its readers see: who asked, who owns it, whose yes it needs or who gave one, and who was named.

One person closes it, since that takes nothing from anybody; two open it again, one of them with a say in it.
"""

from __future__ import annotations

from typing import assert_never

from intake.discretion import asks_for_discretion
from triage.case import Basis, Case, Decision, DecisionKind, Status
from triage.confidences import Confide, DropReader, NameReader, OpenUp
from triage.declared import declared
from triage.desk import Desk
from triage.enough import is_enough
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.reopening import opened, reopened
from triage.review import decision_of
from triage.seats import deciding_people, has_part, is_theirs, role_of
from triage.talk import Phase
from triage.talking import Begin, Fill

CLOSES = (DecisionKind.confided, DecisionKind.opening, DecisionKind.opened)
NAMES = (DecisionKind.reader_named, DecisionKind.reader_dropped)
KINDS = frozenset({*CLOSES, *NAMES})
OUTCOMES = {
    DecisionKind.confided: "readers.confided",
    DecisionKind.opening: "readers.opening_put",
    DecisionKind.opened: "readers.opened",
    DecisionKind.reader_named: "reader.named",
    DecisionKind.reader_dropped: "reader.dropped",
}
"""What became of it, in the words of the trail."""
WORDLESS = frozenset(
    {"reminded", "escalated", "vacated", "copy", "unreachable", "decider_passed", "decider_none"}
)
"""Notes below the card that name people and days, and nothing of the use."""
OWN = frozenset({"requester", "owner"})
"""Roles of those whose use it is; everybody else signs in the seat that they have a say in."""


def named(case: Case) -> tuple[str, ...]:
    """Readers by name alone, in the order in which they were named."""
    found: dict[str, None] = {}
    for decision in case.decisions:
        if decision.kind is DecisionKind.reader_named:
            found[whom(decision)] = None
        elif decision.kind is DecisionKind.reader_dropped:
            found.pop(whom(decision), None)
    return tuple(person for person in found if person not in case.recused)


def whom(decision: Decision) -> str:
    return decision.basis.ground if decision.basis else ""


def opening(case: Case) -> Decision | None:
    """What one person has signed and a second has not yet."""
    last = next((each for each in reversed(case.decisions) if each.kind in CLOSES), None)
    return last if case.confidential and last and last.kind is DecisionKind.opening else None


def told_of_it(case: Case, desk: Desk) -> tuple[str, ...]:
    """Who reads what is noted about it: those who are asked, who signed, and who was named; not whose own it is."""
    signed = [signature.person for decision in case.decisions for signature in decision.signatures]
    people = dict.fromkeys((*deciding_people(case, desk), *signed, *named(case)))
    return tuple(person for person in people if not is_theirs(case, person, desk))


def role_in(case: Case, person: str, desk: Desk) -> str:
    """As what they have a say in who reads it; "" for none."""
    if desk.same(person, case.requester):
        return "requester"
    if case.status is Status.draft:
        return ""
    if case.owner is not None and desk.same(person, case.owner):
        return "owner"
    if has_part(case, person, desk):
        return ""
    return role_of(case, person, desk.in_own_right)


def settle_readers(case: Case, command: Confide | OpenUp | NameReader | DropReader, desk: Desk) -> Outcome:
    role = role_in(case, command.actor, desk)
    if not role:
        raise Refused("not_yours_to_close", case=case.id)
    match command:
        case Confide():
            return _confide(case, command, role, desk)
        case OpenUp():
            return _open_up(case, command, role, desk)
        case NameReader() | DropReader():
            return _name(case, command, role, desk)
        case _:
            assert_never(command)


def _confide(case: Case, command: Confide, role: str, desk: Desk) -> Outcome:
    closed = case.model_copy(update={"confidential": True})
    if case.confidential and opening(case) is None:
        raise Refused("closed_already", case=case.id)
    if case.status is Status.draft:
        return _drafted(closed, "readers.confided")
    outcome = _said(closed, DecisionKind.confided, role, command, desk)
    if not (case.in_use and case.decision and case.decision.under):
        return outcome
    # Nobody said yes to it who would read it now, and whoever looks at samples does not: so people decide.
    after = reopened(outcome.case, desk)
    return outcome.model_copy(update={"case": after, "happened": (*outcome.happened, opened(case))})


def _drafted(case: Case, what: str) -> Outcome:
    """Nobody else has seen a draft yet: whoever writes it settles this alone, and takes it back alone."""
    return Outcome(case=case, happened=(Happened(what=what),), notices=_drawn_anew(case))


def _drawn_anew(case: Case) -> tuple[Notice, ...]:
    """Only once it stands there."""
    summed_up = case.talk is not None and case.talk.phase is Phase.summary
    return (Notice(say=Say.summary),) if summed_up else ()


def begun(outcome: Outcome, command: Begin) -> Outcome:
    """Asked for in the first words already."""
    return _and(outcome, closed=asks_for_discretion(command.words), actor=command.actor)


def kept_close(case: Case, actor: str) -> Outcome:
    """Asked for in words while the questions are answered; said twice, it is only said again."""
    if case.confidential:
        return Outcome(case=case, notices=(_told(closed=True, actor=actor),))
    return _and(Outcome(case=case, notices=_drawn_anew(case)), closed=True, actor=actor)


def ticked(outcome: Outcome, command: Fill) -> Outcome:
    """What the form says of it, beside the answers."""
    closed = outcome.case.confidential if command.confidential is None else command.confidential
    return _and(outcome, closed=closed, actor=command.actor)


def _and(outcome: Outcome, *, closed: bool, actor: str) -> Outcome:
    if outcome.case.confidential is closed:
        return outcome
    line = Happened(what="readers.confided" if closed else "readers.opened")
    return Outcome(
        case=outcome.case.model_copy(update={"confidential": closed}),
        happened=(*outcome.happened, line),
        notices=(*outcome.notices, _told(closed=closed, actor=actor)),
    )


def _told(*, closed: bool, actor: str) -> Notice:
    return Notice(say=Say.confided, facts={"about": "kept" if closed else "not_kept", "by": actor})


def _open_up(case: Case, command: OpenUp, role: str, desk: Desk) -> Outcome:
    if not case.confidential:
        raise Refused("open_already", case=case.id)
    if case.status is Status.draft:
        return _drafted(case.model_copy(update={"confidential": False}), "readers.opened")
    first = opening(case)
    if first is None or not _still_signs(first, case, desk):
        return _said(case, DecisionKind.opening, role, command, desk)
    signed = first.signatures[0]
    if desk.same(signed.person, command.actor) or {role, signed.role} <= OWN:
        raise Refused("opening_second", case=case.id)
    if command.opening != first.id:
        raise Refused("opening_since", case=case.id)  # they answer one that they were not shown
    opened = case.model_copy(update={"confidential": False})
    return _said(opened, DecisionKind.opened, role, command, desk, first=first)


def _still_signs(first: Decision, case: Case, desk: Desk) -> bool:
    """Whoever has signed alone has to be there for the second, in the part that they signed in."""
    signed = first.signatures[0]
    return role_in(case, signed.person, desk) == signed.role


def _name(case: Case, command: NameReader | DropReader, role: str, desk: Desk) -> Outcome:
    if case.status is Status.draft:
        raise Refused("not_now", case=case.id)
    adds, person = isinstance(command, NameReader), command.person
    if adds == (person in named(case)):
        raise Refused("reader_already" if adds else "no_reader", case=case.id)
    if adds and asked_too_often(case, person, desk):
        raise Refused("enough_today", case=case.id)
    if adds and is_theirs(case, person, desk):
        raise Refused("reader_already" if person not in case.recused else "recused_reader", case=case.id)
    kind = DecisionKind.reader_named if adds else DecisionKind.reader_dropped
    outcome = _said(case, kind, role, command, desk, person=person)
    told = Notice(say=Say.confided, to=person, facts={"about": kind.value, "by": command.actor})
    return outcome.model_copy(update={"notices": (*outcome.notices, *((told,) if adds else ()))})


def asked_too_often(case: Case, person: str, desk: Desk) -> bool:
    """Whoever is named hears of it each time."""
    told = (d for d in case.decisions if d.kind is DecisionKind.reader_named and whom(d) == person)
    return is_enough((each.at for each in told), desk)


def _said(
    case: Case,
    kind: DecisionKind,
    role: str,
    command: Confide | OpenUp | NameReader | DropReader,
    desk: Desk,
    *,
    first: Decision | None = None,
    person: str = "",
) -> Outcome:
    made = decision_of(case, kind, role, command.actor, command.key, desk, reason="")
    signatures = (*(first.signatures if first else ()), *made.signatures)
    basis = Basis(ground=person, questions=(), digest="", claim=first.id if first else "")
    made = made.model_copy(update={"signatures": signatures, "basis": basis})
    detail: Facts = {"role": role, **declared(made)}
    detail |= {"person": person} if person else {}
    notices = [Notice(say=Say.card), Notice(say=Say.summary)]
    if kind in CLOSES and not desk.same(command.actor, case.requester):
        notices.append(Notice(say=Say.confided, facts={"about": kind.value, "by": command.actor}))
    return Outcome(
        case=case.model_copy(update={"decisions": (*case.decisions, made)}),
        happened=(Happened(what=OUTCOMES[kind], detail=detail),),
        notices=tuple(notices),
    )
