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
    Join,
    Leave,
    RemindOfCondition,
    SendBack,
    VerifyCondition,
    WarnOfExpiry,
)
from triage.steps import Term
from triage.wish import OnCase, OnShown, Wish


class Begin(Wish):
    """Somebody wrote to the bot; `place` and `root` name the thread in which it answers."""

    do: Literal["begin"] = "begin"
    case: str
    words: str
    place: str
    root: str
    via: str = "request"


class Type(OnCase):
    """A message in the thread of a case: an answer, a control word, or a reply to a reviewer.

    `late`: it was written before the open question was put, and only came now. `person`: whom the words mention
    and nothing else, by our id; only where it came from is it known whether a mention is one.
    """

    do: Literal["type"] = "type"
    words: str
    person: str = ""
    files: int = 0
    late: bool = False


class Start(OnCase):
    """Begin the questions; `confirm` takes what was read from the first words as said."""

    do: Literal["start"] = "start"
    confirm: bool = False


class Choose(OnCase):
    """An answer by button or select; `turn` tells a current button from an old one.

    `throughout`: nothing applies of all that was asked in one message, `question` the first of it.
    """

    do: Literal["choose"] = "choose"
    turn: int
    question: str
    answer: Answer
    throughout: bool = False


class PickTool(OnCase):
    """Which of several recognised tools was meant."""

    do: Literal["pick_tool"] = "pick_tool"
    tool: str


Way = Literal["back", "skip", "singly", "pause", "resume", "cancel", "hand_over"]


class Steer(OnCase):
    """Back, skip, one by one, pause, resume, cancel, hand over; `turn` is 0 where the wish is about no question."""

    do: Literal["steer"] = "steer"
    turn: int = 0
    wish: Way


class Explain(OnCase):
    """Help, or why the current question is asked; changes nothing."""

    do: Literal["explain"] = "explain"
    what: Literal["help", "why"]


class Edit(OnCase):
    """Ask one question again, from the summary."""

    do: Literal["edit"] = "edit"
    question: str


class Fill(OnCase):
    """The form instead of the questions: every field that was drawn, as not asked where it came back empty.

    `left`: fields that nobody touched; they may show what was known before somebody answered elsewhere.
    `echo`: what it changes is said in the thread, where nobody sees the window.
    """

    do: Literal["fill"] = "fill"
    answers: Mapping[str, Answer]
    left: tuple[str, ...] = ()
    echo: bool = False


class Submit(OnCase):
    do: Literal["submit"] = "submit"


class Withdraw(OnCase):
    """Whoever asked takes it back: nobody needs to decide any more."""

    do: Literal["withdraw"] = "withdraw"


class Reopen(OnCase):
    """Whoever withdrew it needs it after all."""

    do: Literal["reopen"] = "reopen"


class Approve(OnShown):
    do: Literal["approve"] = "approve"
    reason: str = ""
    conditions: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    valid_until: date | None = None


class AskRequester(OnShown):
    do: Literal["ask_requester"] = "ask_requester"
    question: str


class Decline(OnShown):
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
    rest of the row, in its own words. Nobody acts here: `actor` is empty.
    """

    do: Literal["disclose"] = "disclose"
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
    | Settle
    | Reply
    | Disclose
    | Rejudge
    | Expire
    | WarnOfExpiry
    | RemindOfCondition
    | FailCondition
)
