"""What was said with something to press is drawn once more without it, as soon as that is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from triage import watched
from triage.case import Case, Status
from triage.conditions import conditions_of, decided_of, looked_for, open_ones, theirs, to_look_at, told_of
from triage.lifecycle import WAITING
from triage.outcome import Facts, Notice, Outcome, Say
from triage.owning import told_again, wherever
from triage.phased import is_recorded
from triage.reviews import open_review
from triage.talk import Phase
from triage.telling import errand_of

OFFERED, TAKEN_BACK = "withdraw", "withdrawn"
"""The names of the messages in which a request can be withdrawn, and taken up again."""


def closed(before: Case | None, outcome: Outcome) -> Outcome:
    """The outcome, and in front of what it says the older messages that lose their buttons by it."""
    over = tuple(_over(before, outcome.case)) if before is not None else ()
    return outcome.model_copy(update={"notices": (*over, *outcome.notices)}) if over else outcome


def _over(before: Case, after: Case) -> Iterator[Notice]:
    if before.talk is not None and after.talk is not None:
        if before.talk.phase is Phase.paused and after.talk.phase is not Phase.paused:
            yield Notice(say=Say.paused, facts={"until": "paused", "over": True})
        asked = before.talk.asked[-1] if before.talk.asked else None
        if (
            asked is not None
            and asked.offer
            and not asked.settled
            and after.talk.asked[asked.turn - 1].settled
        ):
            turn = asked.turn
            yield Notice(say=Say.partly, facts={"turn": turn, "until": offer(turn), "over": True})
    if (before.status in WAITING or is_recorded(before)) and after.status is Status.withdrawn:
        yield Notice(say=Say.withdraw_offered, facts={"until": OFFERED, "over": True})
    if before.status is Status.withdrawn and after.status is not Status.withdrawn:
        yield Notice(say=Say.withdrawn, facts={"until": TAKEN_BACK, "over": True})
    waited = before.inquiry
    if waited is not None and after.inquiry is None:
        yield Notice(say=Say.inquiry, facts={"inquiry": waited.id, "until": inquiry(before), "over": True})
    yield from _conditions_over(before, after)
    yield from watched.over(before, after)
    yield from _review_over(before, after)


def _conditions_over(before: Case, after: Case) -> Iterator[Notice]:
    """What was handed in and is not looked at any more; nothing is left that could be handed in, or by others now."""
    still = {one.id for one in to_look_at(after)}
    for one in to_look_at(before):
        if one.id not in still and one.shown is not None:
            facts: Facts = {"about": "condition_done", "condition": one.id, "step": one.shown.id}
            yield Notice(say=Say.card_note, facts=facts | {"until": looked_for(one.shown), "over": True})
    if not open_ones(before) or (open_ones(after) and theirs(before) <= theirs(after)):
        return
    if before.decision is not None:
        yield Notice(say=Say.decided, facts={"until": decided_of(before.decision), "over": True})
        yield from told_again(before, before.decision)
    for one in conditions_of(before):
        told: list[Facts] = [{"about": about, "condition": one.id} for about in ("soon", "still")]
        told += [{"about": s.kind, "condition": one.id, "step": s.id} for s in one.steps]
        for facts in told:
            named = told_of(str(facts["about"]), facts)
            yield from wherever(
                before, Notice(say=Say.condition, facts=facts | {"until": named, "over": True})
            )


def _review_over(before: Case, after: Case) -> Iterator[Notice]:
    """It was answered, or is somebody else's to answer."""
    asked, now = open_review(before), open_review(after)
    if asked is None or asked.state != "open" or not before.in_use:
        return
    if now is None or now.state != "open" or not after.in_use or before.owner != after.owner:
        name = f"review:{asked.id}"
        facts: Facts = {"what": name, "because": "own", "until": errand_of(name), "over": True}
        yield from wherever(before, Notice(say=Say.overdue, facts=facts))


def offer(turn: int) -> str:
    """The name of the newest message about one question in which something that may be meant can be pressed."""
    return f"offer:{turn}"


def thanks(number: int) -> str:
    """The name of the message that thanks for the answer to one of a reviewer's questions."""
    return f"thanks:{number}"


def told(at: datetime) -> str:
    """The name of the message that tells what somebody answered at one moment."""
    return f"told:{int(at.timestamp())}"


def inquiry(case: Case) -> str:
    """The name of the message with the newest question of a reviewer."""
    return f"inquiry:{len(case.inquiries)}"
