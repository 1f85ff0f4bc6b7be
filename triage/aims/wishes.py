"""What people may wish of an entry of the management system; each is carried out once by its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from triage.aims.entry import Said
from triage.wish import Wish


class OnEntry(Wish):
    entry: str


class DraftEntry(OnEntry):
    """A first version or a new one; `name`: where entries of its kind have names. `seen`: the last number shown.

    `reason`: why it is to count no more. Without an actor an operator typed it in, or, with `by_rule`, a rule put it
    forward.
    """

    do: Literal["draft_entry"] = "draft_entry"
    kind: str
    name: str = ""
    said: Mapping[str, Said] = {}
    retires: bool = False
    reason: str = ""
    seen: int = 0
    by_rule: bool = False


class ApproveEntry(OnEntry):
    """`draft`: the number of the version that was shown."""

    do: Literal["approve_entry"] = "approve_entry"
    draft: int


class SendEntryBack(OnEntry):
    do: Literal["send_entry_back"] = "send_entry_back"
    draft: int
    reason: str


class WithdrawDraft(OnEntry):
    do: Literal["withdraw_draft"] = "withdraw_draft"
    draft: int


class ActOnEntry(OnEntry):
    """`act`: one of its kind; `seen`: how many steps there were when it was shown."""

    do: Literal["act_on_entry"] = "act_on_entry"
    act: str
    said: Mapping[str, Said] = {}
    seen: int = 0


OfEntries = DraftEntry | ApproveEntry | SendEntryBack | WithdrawDraft | ActOnEntry
