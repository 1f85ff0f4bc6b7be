"""Something changed about a use that was approved: recorded at once, and what follows is for rules to say, never a yes.

The decision keeps the digest of the facts that it was given on; what was answered since stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping

from intake.answers import Answer
from intake.check import problems
from triage.afterwards import Change
from triage.case import Case, Status
from triage.covering import Cover, Effect, changed, covers, extent, reworded
from triage.desk import Desk
from triage.expiring import ends_soon
from triage.fingerprint import facts_digest
from triage.interview import judged, learn, said
from triage.lessened import lessened
from triage.lifecycle import WAITING
from triage.moved import settled
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.parties import said_yes
from triage.reopening import opened, reopened
from triage.review import check_seen

CHANGED = "use.changed"
CHANGEABLE = frozenset({Status.approved, Status.approved_with_conditions, Status.lapsed})


def may_change(case: Case, actor: str) -> bool:
    return case.status in CHANGEABLE and actor in _theirs(case)


def check_may_change(case: Case, actor: str) -> None:
    """Whoever asked and whoever owns it, once it was approved; also anew after it lapsed."""
    if case.status is Status.draft and actor != case.requester:
        raise Refused("unknown_case", case=case.id)
    if actor not in _theirs(case):
        raise Refused("not_yours_to_change", case=case.id)
    if case.status not in CHANGEABLE:
        raise Refused("changes_later" if case.status in WAITING else "not_approved", case=case.id)


def change(case: Case, command: Change, desk: Desk) -> Outcome:
    """What follows has to be what was shown before they confirmed it."""
    check_may_change(case, command.actor)
    check_seen(case, command.version)
    outcome, cover = foreseen(case, command.answers, command.actor, desk)
    if cover.effect.value != command.effect:
        raise Refused("changed_since", case=case.id)
    return outcome


def foreseen(case: Case, told: Mapping[str, Answer], actor: str, desk: Desk) -> tuple[Outcome, Cover]:
    """What it comes to, before anybody has confirmed it; nothing said is asking anew for what lapsed or ends soon."""
    changes = changed(desk.form, case.answers, told)
    if problems(desk.form, changes) or (not changes and not _may_renew(case, desk)):
        raise Refused("nothing_changed", case=case.id)
    if "owner" in changes and any(desk.same(changes["owner"].text, one) for one in said_yes(case)):
        raise Refused("owner_signed", case=case.id)
    after, lines = case, list[Happened]()
    for question, answer in changes.items():
        after = learn(after, question, answer, actor, desk)
        lines.append(said("answer.changed", question, answer))
    after = judged(after, desk)
    cover = cover_of(case, after, changes, desk)
    happened = [_line(case, after, cover, tuple(changes)), *lines]
    if cover.effect is Effect.lapses:
        happened.append(opened(case))
        after = reopened(after, desk)
    facts: Facts = {"effect": cover.effect.value, "questions": tuple(changes), "by": actor}
    return Outcome(case=after, happened=tuple(happened), notices=_told(facts, desk)), cover


def _may_renew(case: Case, desk: Desk) -> bool:
    return case.status is Status.lapsed or ends_soon(case, desk.day) or lessened(case)


def cover_of(case: Case, after: Case, changes: Mapping[str, Answer], desk: Desk) -> Cover:
    """What an approval is worth for other answers; `after`: the case with them, judged."""
    if case.status is Status.lapsed:
        return Cover(effect=Effect.lapses, more=("lapsed",))
    if not changes:
        return Cover(effect=Effect.lapses, more=("ends" if ends_soon(case, desk.day) else "less",))
    if settled(case) != settled(after):
        return Cover(effect=Effect.lapses, more=("tier",))  # what two people settled rested on what changed
    words = reworded(desk.form, changes)
    return covers(desk.book, extent(case, desk), extent(after, desk), words)


def _line(case: Case, after: Case, cover: Cover, questions: tuple[str, ...]) -> Happened:
    """`former`: the approval it is held against, as no decision was made here; `approved_on`: the facts of that one."""
    approval = case.decision
    return Happened(
        what=CHANGED,
        detail={
            "effect": cover.effect.value,
            "questions": questions,
            "more": cover.more,
            "less": cover.less,
            "former": approval.id if approval else "",
            "approved_on": approval.facts_digest if approval else "",
            "facts": facts_digest(after),
        },
    )


def _told(facts: Facts, desk: Desk) -> tuple[Notice, ...]:
    named: Facts = {**facts, "until": f"changed:{int(desk.now.timestamp())}", "fresh": True}
    return (
        Notice(say=Say.card),
        Notice(say=Say.card_note, facts={"about": "changed", **facts}),
        Notice(say=Say.changed, facts=named),
        Notice(say=Say.summary),
    )


def _theirs(case: Case) -> frozenset[str]:
    return frozenset(person for person in (case.requester, case.owner) if person)
