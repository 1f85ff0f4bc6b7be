"""Pictures of a wrong answer: the window, and what whoever answers for the use reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from tests.bot.slack import scenery as s
from triage.case import Report, Status
from triage.outcome import Say


def reported(say: Callable[[str], str]) -> dict[str, Message | dict[str, Any]]:
    said = tuple(
        Report(id=f"r{n}", by=s.CLEO, at=s.NOW, words=say("It made a name up") if n else "") for n in range(2)
    )
    case = s.submitted(status=Status.approved, decisions=(s.decision(),), reports=said)
    case = case.model_copy(update={"title": say(case.title)})
    return {
        "window_report": screens.report_view(s.scene(case, reader=s.CLEO)),
        "window_report_which": screens.which_wrong_view(
            s.scene(case, reader=s.CLEO), [case, case.model_copy(update={"id": "0" * 32})]
        ),
        "reported": screens.render(Say.reported, s.scene(case), {"report": "r1"}),
        "show_reported": screens.show(s.scene(case, reader=s.CLEO)),
    }
