"""What follows from a command: the new case, what the trail says of it, and who is told what."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from intake.value import Value
from triage.case import Case

Facts = dict[str, str | int | bool | tuple[str, ...]]


class Happened(Value):
    """One line of the trail: `detail` holds ids and counts, `texts` what people wrote (kept apart, erasable)."""

    what: str
    detail: Mapping[str, str | int | bool | tuple[str, ...]] = {}
    texts: Mapping[str, str] = {}


class Say(StrEnum):
    """Every message Steward owes somebody; each has its template of the same name."""

    welcome = "welcome"
    still_offered = "still_offered"
    question = "question"
    settled = "settled"
    not_understood = "not_understood"
    partly = "partly"
    why = "why"
    help = "help"
    paused = "paused"
    cancelled = "cancelled"
    withdraw_offered = "withdraw_offered"
    withdrawn = "withdrawn"
    standing = "standing"
    summary = "summary"
    at_summary = "at_summary"
    submitted = "submitted"
    card = "card"
    card_note = "card_note"
    referral = "referral"
    inquiry = "inquiry"
    inquiry_answer = "inquiry_answer"
    inquiry_thanks = "inquiry_thanks"
    decided = "decided"
    changed = "changed"
    expiry = "expiry"
    joined = "joined"
    condition = "condition"
    reported = "reported"
    measured = "measured"
    overdue = "overdue"
    running = "running"
    review = "review"
    confided = "confided"
    closed_already = "closed_already"
    remark = "remark"
    thanked = "thanked"
    settled_for_you = "settled_for_you"
    from_form = "from_form"
    recorded_note = "recorded_note"
    looked = "looked"
    pattern_told = "pattern_told"
    old_button = "old_button"


class Notice(Value):
    """One owed message. `where` is decided by its kind (thread of the person, card, thread of the card).

    `to`: somebody else, who reads it in a direct message.
    """

    say: Say
    to: str = ""
    facts: Mapping[str, str | int | bool | tuple[str, ...]] = {}


class Outcome(Value):
    case: Case
    happened: tuple[Happened, ...] = ()
    notices: tuple[Notice, ...] = ()


class Refused(Exception):
    """Understood and not granted; `key` names the sentence that tells the person why and what to do."""

    def __init__(self, key: str, **facts: str) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts
