"""What is open for whoever asked, counted in one way; what they were told of it loses its button once nothing is."""

from __future__ import annotations

from collections.abc import Iterator

from triage import closing
from triage.case import Case, Source
from triage.desk import Desk
from triage.outcome import Facts, Notice, Outcome, Say
from triage.referring import role_for
from triage.review import is_open
from triage.settling import OPEN_TO_FACTS
from triage.verdict import Gap


def asked_of_requester(case: Case, desk: Desk) -> tuple[str, ...]:
    """Of what stands in the way of a decision, the questions that nobody but the requester is asked."""
    if case.status not in OPEN_TO_FACTS or case.verdict is None or not is_open(case):
        return ()
    return tuple(gap.question for gap in case.verdict.gaps if _is_theirs(gap, case, desk))


def _is_theirs(gap: Gap, case: Case, desk: Desk) -> bool:
    if role_for(gap, case, desk):
        return False
    owns = case.owner is None or desk.same(case.owner, case.requester)
    return gap.who == "requester" or (gap.who == "owner" and owns)


def closed(before: Case | None, outcome: Outcome, desk: Desk) -> Outcome:
    """The outcome, and in front of what it says the messages in which nothing can be answered any more."""
    if before is None or not asked_of_requester(before, desk) or asked_of_requester(outcome.case, desk):
        return outcome
    return outcome.model_copy(update={"notices": (*_over(before), *outcome.notices)})


def _over(case: Case) -> Iterator[Notice]:
    for number, inquiry in enumerate(case.inquiries, 1):
        facts: Facts = {"inquiry": inquiry.id, "until": closing.thanks(number), "over": True}
        yield Notice(say=Say.inquiry_thanks, facts=facts)
    for facts in _told(case):
        yield Notice(say=Say.settled_for_you, facts=facts | {"over": True})


def _told(case: Case) -> Iterator[Facts]:
    """What each told that somebody answered since it was handed in, as it was told then."""
    if case.submitted_at is None:
        return
    later = [f for f in case.facts.values() if f.source is Source.person and f.at > case.submitted_at]
    for at, by in dict.fromkeys((f.at, f.by) for f in later if f.by):
        questions = tuple(f.question for f in later if (f.at, f.by) == (at, by))
        facts: Facts = {"questions": questions, "by": by, "until": closing.told(at)}
        asked = (r for r in case.referrals if (r.by, r.closed_at) == (by, at) and r.question in questions)
        role = next((r.role for r in asked), "")
        yield facts | {"role": role} if role and by != case.requester else facts
