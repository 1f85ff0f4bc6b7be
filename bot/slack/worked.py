"""The lists of the daily work: nonconformities, improvements, audits, as one person may see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.slack.entries import look
from bot.slack.front import Front
from bot.slack.scenes import make_voice
from bot.slack.screens.entrylook import Look
from bot.slack.screens.worklist import add_button, programme_button, work_view
from store import aims
from store.aims_shown import shown
from triage.aims.audited import AUDIT
from triage.aims.entry import Entry
from triage.aims.kinds import Kind
from triage.aims.pathway import in_order
from triage.aims.seeing import may_draft
from triage.desk import Desk


def view(front: Front, kind: Kind, person: str, desk: Desk, *, root: str) -> dict[str, Any]:
    voice = make_voice(front)
    with front.office.store.read() as session:
        still, over = in_order((shown(session, each) for each in aims.of_kind(session, kind.id)), desk)
    ways = [add_button(voice.words, kind)] if may_draft(kind, person, desk) else []
    ways += [programme_button(voice.words)] if kind.id == AUDIT else []
    looks = _seen(still, person, desk), _seen(over, person, desk)
    return work_view(voice, kind, looks, desk.day, root=root, ways=ways)


def _seen(entries: Iterable[Entry], person: str, desk: Desk) -> list[Look]:
    """What was taken back before it counted stands for nothing here."""
    looks = (look(each, person, desk) for each in entries if each.state != "withdrawn")
    return [each for each in looks if each.counts or each.waits or each.entry.state == "retired"]
