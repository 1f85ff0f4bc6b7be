"""Pictures of the window in which a dossier is taken, and of what stands beside the file or instead of it."""

from __future__ import annotations

from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from tests.bot.slack import scenery as s
from triage.case import Status


def taken() -> dict[str, dict[str, Any] | Message]:
    case = s.submitted(status=Status.approved, decisions=(s.decision(),))
    closed = case.model_copy(update={"confidential": True})
    words = s.scene(case).words
    return {
        "window_dossier": screens.dossier_view(s.scene(case)),
        "window_dossier_closed": screens.dossier_view(s.scene(closed)),
        **{f"window_dossier_{each}": screens.dossier_view(s.scene(case), each) for each in screens.AUDIENCES},
        **{f"dossier_{each}": screens.dossier_told(words, case, each) for each in screens.AUDIENCES},
        "dossier_closed": screens.dossier_told(words, closed, "inside"),
        "dossier_no_scope": screens.dossier_told(words, case, "inside", "scope"),
        "dossier_not_taken": screens.dossier_told(words, case, "outside", "other"),
    }
