"""A card shows the version of its use: whatever moves that has it drawn anew, or the next press on it would be refused.

Here and nowhere else, so that no wish has to think of it.
"""

from __future__ import annotations

from triage.case import Case, Status
from triage.commands import Command, Rejudge
from triage.outcome import Notice, Outcome, Say

WHERE_IT_STANDS = "stands"
"""Of a card: it is drawn where it stands, and none is posted where there is none."""
DRAWN = frozenset({Say.card, Say.recorded_note})


def shown(before: Case, outcome: Outcome, command: Command) -> Outcome:
    """Not for other rules: they can move thousands at once, and tell of themselves what people have to look at."""
    if outcome.case == before or before.status is Status.draft or isinstance(command, Rejudge):
        return outcome
    if any(notice.say in DRAWN and not notice.to for notice in outcome.notices):
        return outcome
    card = Notice(say=Say.card, facts={WHERE_IT_STANDS: True})
    return outcome.model_copy(update={"notices": (*outcome.notices, card)})
