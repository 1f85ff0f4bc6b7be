"""Wishes: what a person may ask of a case, each frozen, each with the key under which it is carried out once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from intake.answers import Answer
from triage.afterwards import (
    AcceptTerms,
    Change,
    Expire,
    FailCondition,
    Fulfil,
    GiveFacts,
    Join,
    Leave,
    RemindOfCondition,
    ReportWrong,
    SendBack,
    Shelve,
    Snooze,
    VerifyCondition,
)
from triage.beforehand import (
    ConfirmPattern,
    DrawSample,
    FitsPattern,
    MisfitsPattern,
    ProposePattern,
    RefusePattern,
    TellOfPattern,
    WithdrawPattern,
)
from triage.claims import NameOwner, NotOurs, NotUsed, TakeOver
from triage.confidences import Confide, DropReader, NameReader, OpenUp
from triage.disclosures import FollowUp, TellUse
from triage.motions import ConfirmProhibited, OpposeMotion, PutMotion, SecondMotion
from triage.onward import AcceptPart, Appoint, DoTask, MoveOn, RefusePart, StopUse, SuspendUse
from triage.reviewwishes import ConfirmReview, OpenReview, ReadReview
from triage.steps import Term
from triage.talking import (
    Begin,
    Choose,
    Edit,
    Explain,
    Fill,
    PickTool,
    Reopen,
    Start,
    Steer,
    Submit,
    Type,
    Withdraw,
)
from triage.watches import GiveReadings, WritePlan
from triage.wish import OnCase, OnShown, Ruling, Wish


class Approve(Ruling):
    do: Literal["approve"] = "approve"
    reason: str = ""
    conditions: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    valid_until: date | None = None


class AskRequester(OnShown):
    do: Literal["ask_requester"] = "ask_requester"
    question: str


class Decline(Ruling):
    do: Literal["decline"] = "decline"
    reason: str
    would_change: str = ""


class Take(OnCase):
    """Whoever may decide says that they look at it."""

    do: Literal["take"] = "take"


class PassOn(OnShown):
    """To somebody else who may decide."""

    do: Literal["pass_on"] = "pass_on"
    person: str


class Recuse(OnShown):
    """A conflict of interest: whoever says so decides, signs and answers nothing about this any more."""

    do: Literal["recuse"] = "recuse"
    reason: str


class ClaimException(OnShown):
    """The first of two who say that an exception lowers the class: on which ground, and why."""

    do: Literal["claim_exception"] = "claim_exception"
    ground: str
    reason: str


class ConfirmException(OnShown):
    """The second of the two; `claim` is what the first said."""

    do: Literal["confirm_exception"] = "confirm_exception"
    claim: str
    reason: str = ""


class ObjectException(OnShown):
    """It does not apply; of whoever claimed it, a claim taken back."""

    do: Literal["object_exception"] = "object_exception"
    claim: str
    reason: str


class Settle(OnCase):
    """Answers to questions that a request left open, by somebody who knows."""

    do: Literal["settle"] = "settle"
    answers: Mapping[str, Answer]


class Reply(OnCase):
    """What somebody says who was asked a question that others left open; `number` names what they were asked.

    `unsure`: they do not know any of it either.
    """

    do: Literal["reply"] = "reply"
    number: int
    answers: Mapping[str, Answer] = {}
    unsure: bool = False


class Disclose(Wish):
    """One row of somebody's inventory: what it states, and nothing invented.

    `answers` holds every question that the map reads, as not asked where the row says nothing; `words` is the
    rest of the row, in its own words. `via`: an inventory, or something that logs told of. Nobody acts here: `actor`
    is empty.
    """

    do: Literal["disclose"] = "disclose"
    via: Literal["import", "log"] = "import"
    case: str
    source_map: str
    source_id: str
    title: str
    unit: str = ""
    tool_id: str | None = None
    tool_name: str = ""
    words: str = ""
    answers: Mapping[str, Answer]


class Rejudge(OnCase):
    """Other rules were put into force; `rules` names the organisation's own. Nobody acts here: `actor` is empty."""

    do: Literal["rejudge"] = "rejudge"
    rules: str


Command = (
    Begin
    | Type
    | Start
    | Choose
    | PickTool
    | Steer
    | Explain
    | Edit
    | Fill
    | Submit
    | Withdraw
    | Reopen
    | Approve
    | AskRequester
    | Decline
    | Take
    | PassOn
    | Recuse
    | Change
    | Join
    | AcceptTerms
    | Leave
    | Fulfil
    | VerifyCondition
    | SendBack
    | ClaimException
    | ConfirmException
    | ObjectException
    | PutMotion
    | SecondMotion
    | OpposeMotion
    | ConfirmProhibited
    | Confide
    | OpenUp
    | NameReader
    | DropReader
    | Settle
    | Reply
    | Disclose
    | TellUse
    | FollowUp
    | Rejudge
    | Expire
    | RemindOfCondition
    | FailCondition
    | Shelve
    | GiveFacts
    | Snooze
    | ProposePattern
    | ConfirmPattern
    | RefusePattern
    | WithdrawPattern
    | FitsPattern
    | MisfitsPattern
    | DrawSample
    | TellOfPattern
    | ReportWrong
    | WritePlan
    | GiveReadings
    | MoveOn
    | DoTask
    | Appoint
    | AcceptPart
    | RefusePart
    | StopUse
    | SuspendUse
    | OpenReview
    | ConfirmReview
    | ReadReview
    | TakeOver
    | NameOwner
    | NotOurs
    | NotUsed
)
