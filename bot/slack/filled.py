"""What stands in the fields of a window that was handed in, and what goes back to one of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.markup import one_line
from bot.slack.fields import Field
from bot.slack.front import Front
from bot.slack.payloads import Submission

Reply = dict[str, Any]
CLOSE: Reply = {"response_action": "clear"}


def field(submission: Submission, name: Field) -> str:
    """What was written there; signs that nobody sees are nothing."""
    held = submission.fields.get(name.value, ())
    return held[0].strip() if held and one_line(held[0]) else ""


def day(picked: str) -> date | None:
    """What a picker gave; no picker gives anything but a day."""
    try:
        return date.fromisoformat(picked)
    except ValueError:
        return None


def missing(front: Front, name: Field) -> Reply:
    return sent_back(front, name, "problem.needed")


def sent_back(front: Front, name: Field, said: str) -> Reply:
    """The sentence stands beside its field, where the words written so far stay."""
    return {"response_action": "errors", "errors": {name.value: front.words.label(said)}}
