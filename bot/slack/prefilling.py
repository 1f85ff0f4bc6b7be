"""New entries that begin with what is on record, so that nobody begins with an empty page."""

from __future__ import annotations

from collections.abc import Mapping

from bot import prefilled
from bot.slack import convening, objectives, tagging
from bot.slack.front import Front
from bot.slack.sectors import title as titled
from store import aims
from triage.aims import sectors
from triage.aims.entry import Said
from triage.aims.kinds import Kind
from triage.desk import Desk

POLICY = "policy"


def begun(front: Front, kind: Kind, choice: str, person: str, desk: Desk) -> Mapping[str, Said]:
    """What stands in the window of a new one. `choice`: what was chosen from a list."""
    return (
        objectives.begun(kind, choice)
        or _pack(front, kind, choice)
        or convening.begun(front, kind, person, desk)
        or tagging.begun(kind, choice)
        or _policy(front, kind)
    )


def _pack(front: Front, kind: Kind, choice: str) -> Mapping[str, Said]:
    """One of a sector; why it fits is for whoever proposes it."""
    begun = sectors.begun(kind.id, choice)
    return {**begun, "title": titled(front.words, str(begun["pack"]))} if begun else {}


def _policy(front: Front, kind: Kind) -> Mapping[str, Said]:
    """The first one; who writes a second has another matter in mind."""
    if kind.id != POLICY:
        return {}
    with front.office.store.read() as session:
        if aims.of_kind(session, POLICY):
            return {}
        return {
            "title": front.words.label("aims.policy_title"),
            "text": prefilled.policy(front.words, session),
        }
