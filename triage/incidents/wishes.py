"""What people may wish of an incident; each is carried out once by its key. Nobody outside is told by any of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from intake.answers import Answer
from triage.incidents.incident import Kind
from triage.wish import Wish


class OnIncident(Wish):
    incident: str


class Report(OnIncident):
    """`incident` is a new id. Nobody may know who: then `actor` is empty. `message`: what stood in the message that it
    was reported from, `link` where that stands."""

    do: Literal["report"] = "report"
    kind: Kind = Kind.incident
    words: str
    use: str = ""
    answers: Mapping[str, Answer] = {}
    occurred: date | None = None
    message: str = ""
    link: str = ""


class TakeUp(OnIncident):
    """Whoever sees to it from now on."""

    do: Literal["take_up"] = "take_up"


class Assess(OnIncident):
    """`aware_at`: from when somebody knew; they say so by their name. `reason`: why it is less than it was."""

    do: Literal["assess"] = "assess"
    answers: Mapping[str, Answer]
    aware_at: datetime | None = None
    reason: str = ""


class NameUse(OnIncident):
    do: Literal["name_use"] = "name_use"
    use: str
    version: str = ""


class Classify(OnIncident):
    """Legal says whether it is a serious incident, privacy whether it is a breach of personal data."""

    do: Literal["classify"] = "classify"
    what: Literal["serious", "breach"]
    value: Literal["yes", "no"]
    reason: str = ""


class Contain(OnIncident):
    do: Literal["contain"] = "contain"
    how: Literal["stopped", "limited", "rolled_back"]
    words: str


class Suspend(OnIncident):
    """The use stops now, and those who decide look at it again."""

    do: Literal["suspend"] = "suspend"
    reason: str


class Note(OnIncident):
    """One entry of the timeline; `message` and `link` where it was taken from one."""

    do: Literal["note"] = "note"
    words: str = ""
    message: str = ""
    link: str = ""


class SettleClock(OnIncident):
    do: Literal["settle_clock"] = "settle_clock"
    clock: str
    outcome: Literal["met", "not_applicable"]
    when: datetime | None = None
    reason: str = ""


class RecordCause(OnIncident):
    do: Literal["cause"] = "cause"
    words: str
    kinds: tuple[str, ...] = ()


class AddAction(OnIncident):
    """`success`: how one will see that it worked."""

    do: Literal["add_action"] = "add_action"
    words: str
    owner: str
    due: date
    success: str = ""


class DoAction(OnIncident):
    do: Literal["do_action"] = "do_action"
    action: str
    evidence: str


class CheckAction(OnIncident):
    """By somebody else than whoever did it, or was to do it."""

    do: Literal["check_action"] = "check_action"
    action: str
    found: Literal["effective", "not_effective"]
    words: str = ""


class NotedTold(OnIncident):
    """`reporter`: whoever reported it from outside of the organisation."""

    do: Literal["noted_told"] = "noted_told"
    whom: Literal["provider", "users", "authority", "affected", "reporter"]
    when: datetime | None = None
    words: str = ""


class Close(OnIncident):
    do: Literal["close"] = "close"
    lessons: str = ""


class Reopen(OnIncident):
    do: Literal["reopen"] = "reopen"
    reason: str


class Reject(OnIncident):
    do: Literal["reject"] = "reject"
    reason: str


class AskBack(OnIncident):
    """A question to whoever raised it without their name; they find it with their phrase."""

    do: Literal["ask_back"] = "ask_back"
    words: str


class WriteOn(OnIncident):
    """By whoever has the phrase: `actor` is empty, as in the report."""

    do: Literal["write_on"] = "write_on"
    words: str


OfIncidents = (
    Report
    | TakeUp
    | Assess
    | NameUse
    | Classify
    | Contain
    | Suspend
    | Note
    | SettleClock
    | RecordCause
    | AddAction
    | DoAction
    | CheckAction
    | NotedTold
    | Close
    | Reopen
    | Reject
    | AskBack
    | WriteOn
)
CAUSES = ("data", "model", "prompt", "integration", "human", "vendor", "process")
