"""Wishes about a use once it was approved: what changed, who joins it, and what the clock brings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from intake.answers import Answer
from triage.talking import Attached
from triage.wish import OnCase, OnShown


class Change(OnShown):
    """What is different about an approved use; `effect` is what the person was shown to follow from it."""

    do: Literal["change"] = "change"
    answers: Mapping[str, Answer]
    effect: str


class Join(OnShown):
    """Another team uses what was approved; who joins owns that."""

    do: Literal["join"] = "join"
    unit: str = ""


class AcceptTerms(OnCase):
    """The conditions of a decision that came after they joined; `decision` is the one that was shown."""

    do: Literal["accept_terms"] = "accept_terms"
    deployment: str
    decision: str


class Leave(OnCase):
    do: Literal["leave"] = "leave"
    deployment: str


class Expire(OnCase):
    """The last day of an approval is over. Nobody acts here: `actor` is empty."""

    do: Literal["expire"] = "expire"
    decision: str


class Fulfil(OnCase):
    """Whoever answers for a condition says that it is met, with what shows it."""

    do: Literal["fulfil"] = "fulfil"
    decision: str
    number: int
    link: str = ""
    words: str = ""
    file: Attached | None = None


class VerifyCondition(OnCase):
    """A second person has looked at what was handed in; `step` is that."""

    do: Literal["verify_condition"] = "verify_condition"
    step: str


class SendBack(OnCase):
    """They have looked, and it is not met yet."""

    do: Literal["send_back"] = "send_back"
    step: str
    reason: str


class ReportWrong(OnCase):
    """Somebody who uses it says that an answer was wrong."""

    do: Literal["report_wrong"] = "report_wrong"
    words: str = ""


class RemindOfCondition(OnCase):
    """Nobody has looked at what was handed in. Nobody acts here: `actor` is empty."""

    do: Literal["remind_of_condition"] = "remind_of_condition"
    decision: str
    number: int
    about: Literal["look", "look_again"]


class Snooze(OnCase):
    """Whoever was reminded of a errand is reminded again on that day, and not before."""

    do: Literal["snooze"] = "snooze"
    errand: str
    until: date
    reason: str


class GiveFacts(OnShown):
    """What was missing of a use that an inventory named, by whoever said that it is theirs."""

    do: Literal["give_facts"] = "give_facts"
    answers: Mapping[str, Answer]


class Shelve(OnCase):
    """Nobody has gone on with a draft for weeks. Nobody acts here: `actor` is empty."""

    do: Literal["shelve"] = "shelve"


class FailCondition(OnCase):
    """Its day is over. Nobody acts here: `actor` is empty."""

    do: Literal["fail_condition"] = "fail_condition"
    decision: str
    number: int
