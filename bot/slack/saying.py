"""What the window of an act of some kinds begins with, and what is added when it is handed in."""

from __future__ import annotations

from collections.abc import Mapping

from bot.markup import Mrkdwn
from bot.slack import objectives, sampling, trusting
from bot.slack.front import Front
from bot.slack.sampling import is_drawing
from bot.slack.screens.entryform import Stating
from triage.aims.asked import EXPECTATION, linked_points
from triage.aims.entry import Entry, Said
from triage.aims.kinds import Act
from triage.desk import Desk


def offered(
    front: Front, entry: Entry, act: Act, desk: Desk, filled: Mapping[str, Said], note: Mrkdwn
) -> tuple[Act, Mapping[str, Said], Mrkdwn]:
    """The act without what is worked out and never typed, what is proposed, and what stands above it."""
    if entry.kind == EXPECTATION:
        filled = {"points": linked_points(entry)}
    act, filled, note = objectives.measuring(front, entry, act, desk, filled, note)
    if is_drawing(entry.kind, act.id):
        note, filled, act = sampling.offered(front, entry, act)
    return trusting.offered(front, entry, act, filled, note)


def completed(front: Front, stating: Stating, given: dict[str, Said], desk: Desk) -> dict[str, Said]:
    if is_drawing(stating.kind, stating.act):
        given = sampling.worked_out(front, stating.entry, str(given.get("size", "")))
    return trusting.completed(front, stating, objectives.completed(front, stating, given, desk))
