"""A question that was left open goes to whoever can settle it, while its answer can still change a result."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from intake.answers import State
from triage.case import Case, Referral
from triage.desk import Desk
from triage.outcome import Facts, Happened, Notice, Outcome, Say
from triage.seats import has_part, roles
from triage.settling import LEAD, OPEN_TO_FACTS
from triage.verdict import Gap

THEIRS = frozenset({"requester", "owner"})
"""They know what they do themselves; a reviewer asks them, nobody else can say it."""


def role_for(gap: Gap, case: Case, desk: Desk) -> str:
    """The role that the form names for it, also where all the rest was handed to governance; "" for none."""
    known = desk.form.by_id.get(gap.question)
    if known is None:
        return ""
    role = known.settled_by if case.handed_over and gap.who == "requester" else gap.who
    return "" if role in THEIRS else role


def whom_to_ask(case: Case, question: str, role: str, desk: Desk) -> str:
    """The role itself, else whoever leads, else those who decide; "" where nobody is left who was not asked."""
    asked = {r.role for r in case.referrals if r.question == question and r.state != "closed"}
    turns = dict.fromkeys((role, LEAD, *roles(case)))
    left = (each for each in turns if each not in asked)
    return next((each for each in left if still_able(case, each, (question,), desk)), "")


def still_able(case: Case, role: str, questions: Collection[str], desk: Desk) -> tuple[str, ...]:
    """Without those who said already, perhaps in another role, that they do not know any of `questions`."""
    unsure = {(r.question, r.by) for r in case.referrals if r.state == "unsure" and r.by}

    def knows_none(person: str) -> bool:
        return all(any(q == asked and desk.same(person, by) for asked, by in unsure) for q in questions)

    return tuple(person for person in able(case, role, desk) if not knows_none(person))


def able(case: Case, role: str, desk: Desk) -> tuple[str, ...]:
    """Who may answer in a role: its holders, but nobody who has a part in the use, or stepped aside."""
    held = desk.roles.get(role, frozenset())
    return tuple(sorted(person for person in held if not has_part(case, person, desk)))


def is_own(case: Case, person: str, desk: Desk) -> bool:
    return any(desk.same(person, one) for one in (case.requester, case.owner) if one)


def last_asked(case: Case, question: str) -> Referral | None:
    return next((r for r in reversed(case.referrals) if r.question == question), None)


def followed(before: Case | None, outcome: Outcome, actor: str, desk: Desk) -> Outcome:
    """What the new state of a request asks of others: new questions go out, and those that are over are closed."""
    case = outcome.case
    if case.submitted_at is None or case == before:
        return outcome
    known = {r.key: r for r in before.referrals} if before else {}
    wanted = _wanted(case, desk)
    kept = tuple(_closed(r, before, case, wanted, actor, desk) for r in case.referrals)
    case = case.model_copy(update={"referrals": kept})
    new = tuple(_new(case, wanted, desk))
    case = case.model_copy(update={"referrals": (*kept, *new)})
    changed = [r for r in case.referrals if known.get(r.key) != r]
    return outcome.model_copy(
        update={
            "case": case,
            "happened": (*outcome.happened, *_told(changed)),
            "notices": (*outcome.notices, *_notices(case, changed)),
        }
    )


def _wanted(case: Case, desk: Desk) -> dict[str, str]:
    """Each question that can still change a result and is for somebody else to answer, with their role."""
    if case.status not in OPEN_TO_FACTS or case.verdict is None:
        return {}
    roles = {gap.question: role_for(gap, case, desk) for gap in case.verdict.gaps}
    return {question: role for question, role in roles.items() if role}


def _closed(
    referral: Referral, before: Case | None, case: Case, wanted: Mapping[str, str], actor: str, desk: Desk
) -> Referral:
    """As it is while it waits; else answered by whoever acted, or overtaken."""
    if not referral.open or referral.question in wanted:
        return referral
    fact = case.facts.get(referral.question)
    is_new = before is None or fact != before.facts.get(referral.question)
    if fact is not None and is_new and fact.answer.state is State.answered:
        return referral.closed("answered", actor, desk.now)
    return referral.closed("closed", None, desk.now)


def _new(case: Case, wanted: Mapping[str, str], desk: Desk) -> Iterator[Referral]:
    """One number for all that goes to one role."""
    numbers: dict[str, int] = {}
    first = max((r.number for r in case.referrals), default=0) + 1
    for question, role in wanted.items():
        to = "" if _is_asked(case, question) else whom_to_ask(case, question, role, desk)
        if to:
            instead_of = "" if to == role else role
            number = numbers.setdefault(to, first + len(numbers))
            yield Referral(
                number=number, question=question, role=to, instead_of=instead_of, asked_at=desk.now
            )


def _is_asked(case: Case, question: str) -> bool:
    return any(r.open and r.question == question for r in case.referrals)


def _told(changed: list[Referral]) -> Iterator[Happened]:
    """What the trail says beside the command's own lines."""
    if over := tuple(r.question for r in changed if r.state == "closed"):
        yield Happened(what="referral.closed", detail={"questions": over})
    for number in dict.fromkeys(r.number for r in changed if r.open):
        asked = [r for r in changed if r.open and r.number == number]
        detail: Facts = {
            "questions": tuple(r.question for r in asked),
            "role": asked[0].role,
        }
        if instead_of := tuple(dict.fromkeys(r.instead_of for r in asked if r.instead_of)):
            detail["instead_of"] = instead_of
        yield Happened(what="question.referred", detail=detail)


def _notices(case: Case, changed: list[Referral]) -> Iterator[Notice]:
    """Each message that it changes; and a word to those who decide where nobody is left to ask."""
    for number in dict.fromkeys(r.number for r in changed):
        waits = any(r.open for r in case.referrals if r.number == number)
        yield message_of(number, over=not waits)
    lost = [r for r in changed if r.state == "unsure" and not _is_asked(case, r.question)]
    if lost:
        facts: Facts = {
            "about": "unsure",
            "by": lost[0].by or "",
            "questions": tuple(r.question for r in lost),
        }
        yield Notice(say=Say.card_note, facts=facts)


def message_of(number: int, *, over: bool = False) -> Notice:
    """The message of one number, wherever it stands; `over`: only if it stands already."""
    facts: Facts = {"number": number, "until": f"referral:{number}"}
    return Notice(say=Say.referral, facts=facts | ({"over": True} if over else {}))


def waiting_for(case: Case | None, person: str, desk: Desk) -> tuple[int, ...]:
    """The numbers of what waits for this person's answer."""
    asked = [r for r in case.referrals if r.open] if case else []
    mine = [r for r in asked if case and person in able(case, r.role, desk)]
    return tuple(dict.fromkeys(r.number for r in mine))


def waiting_messages(case: Case) -> tuple[Notice, ...]:
    """Those in which something waits for an answer."""
    return tuple(message_of(number) for number in dict.fromkeys(r.number for r in case.referrals if r.open))
