"""What is owed about deadlines, drawn when it is sent: what was decided or passed on since is left out."""

from __future__ import annotations

from bot.slack.front import Front
from bot.slack.message import Message
from bot.slack.scenes import make_voice
from bot.slack.screens.nudging import Due, nudge
from store.nudging import still_due
from store.outbox import Owed
from store.queries import may_see


def draw(front: Front, owed: Owed) -> Message | None:
    """None where nothing of it is left to say."""
    desk, person = front.desk(), owed.person_id or ""
    reader = front.reader(person, desk)
    with front.office.store.read() as session:
        found = still_due(session, person, owed.payload["about"], desk)
        dues = [Due(case, wish, may_see(session, reader, case.id)) for case, wish in found]
    return nudge(make_voice(front), dues) if dues else None
