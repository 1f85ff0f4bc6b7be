"""A management review is called by whoever may, for somebody who can write its minutes."""

from __future__ import annotations

from collections.abc import Mapping

from triage.aims.entry import Said
from triage.aims.kinds import kinds
from triage.desk import Desk
from triage.outcome import Refused

CALL, REVIEW = "review_call", "management_review"


def check_call(said: Mapping[str, Said], desk: Desk) -> None:
    """Whoever is to write the minutes holds a role in which they are drafted."""
    owner = str(said.get("owner") or "")
    if owner and not any(desk.holds(owner, role) for role in kinds()[REVIEW].proposes):
        raise Refused("entry_field", field="owner", wrong="writes")
