"""What is kept around a use beside its facts, results and decisions: who was asked, who has it, who joined, who said
that an answer was wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from intake.value import Value


class Referral(Value):
    """An open question that was put to whoever can settle it; all of one `number` are one message.

    `role` was asked, `instead_of` the one that nobody holds or that did not know. `by`: who answered, or was not
    sure either; nobody where it was overtaken.
    """

    number: int
    question: str
    role: str
    instead_of: str = ""
    asked_at: datetime
    state: Literal["open", "answered", "unsure", "closed"] = "open"
    by: str | None = None
    closed_at: datetime | None = None

    @property
    def key(self) -> str:
        """Each time it is asked is a record of its own; one message asks a thing once."""
        return f"{self.question}:{self.number}"

    @property
    def open(self) -> bool:
        return self.state == "open"

    def closed(
        self, state: Literal["answered", "unsure", "closed"], by: str | None, at: datetime
    ) -> Referral:
        return self.model_copy(update={"state": state, "by": by, "closed_at": at})


class Assignment(Value):
    """Who looks at it from then on (taken, passed on), or stays out of it for good; `person` is whom it is about."""

    id: str
    kind: Literal["taken", "passed_on", "recused"]
    person: str
    by: str
    at: datetime
    reason: str = ""


class Deployment(Value):
    """A team that uses what was approved for another. `accepted`: the decision whose conditions its owner accepted."""

    id: str
    unit: str = ""
    owner: str
    joined_at: datetime
    accepted: str = ""
    accepted_at: datetime | None = None
    left_at: datetime | None = None


class Report(Value):
    """Somebody said that an answer was wrong."""

    id: str
    by: str
    at: datetime
    words: str = ""
