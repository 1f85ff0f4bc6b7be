"""What a first sentence was read as: what is wanted, with which tool, for what; nothing of it is certain."""

from __future__ import annotations

from typing import Literal

from intake.hints import Proposal
from intake.tool import Recognition
from intake.value import Value

Intent = Literal[
    "use",
    "can_i",
    "report_existing",
    "build",
    "question",
    "help",
    "greeting",
    "thanks",
    "list",
    "status",
    "cancel",
    "other",
]
SAYS_NOTHING_OF_A_USE = ("question", "help", "greeting", "thanks", "list", "status", "cancel")


class Reading(Value):
    """What was read; `tool_phrase` is what people call a tool that the catalogue does not know."""

    intent: Intent
    tool: Recognition
    tool_phrase: str | None = None
    purpose: str = ""
    proposals: tuple[Proposal, ...] = ()

    permission: bool = False
    aimed: bool = False
    """Whether the words say what it is for; else `purpose` is the whole message."""

    @property
    def in_general(self) -> bool:
        """A question about AI or about Steward as such: there is no use in it that could be asked for."""
        told = [proposal for proposal in self.proposals if proposal.question != "kind"]
        named = self.tool.kind != "none" or self.tool_phrase is not None
        return self.intent in ("question", "can_i") and not named and not told and not self.aimed

    @property
    def about_permission(self) -> bool:
        """Whether it asks what may be used, rather than how something works."""
        return self.intent == "can_i" or self.permission
