"""What was said with something to press is drawn once more without it, as soon as that is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from triage.case import Case, Status
from triage.lifecycle import WAITING
from triage.outcome import Notice, Outcome, Say
from triage.talk import Phase

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
    if before.status in WAITING and after.status is Status.withdrawn:
        yield Notice(say=Say.withdraw_offered, facts={"until": OFFERED, "over": True})
    if before.status is Status.withdrawn and after.status is not Status.withdrawn:
        yield Notice(say=Say.withdrawn, facts={"until": TAKEN_BACK, "over": True})
    waited = before.inquiry
    if waited is not None and after.inquiry is None:
        yield Notice(say=Say.inquiry, facts={"inquiry": waited.id, "until": inquiry(before), "over": True})


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
