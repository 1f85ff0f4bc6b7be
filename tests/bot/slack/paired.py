"""Pictures of data and a tool that do not go together: beside a question, in the form, before and after submitting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from intake.answers import answered
from tests.bot.slack import scenery as s
from triage.asset import Asset
from triage.case import Status
from triage.outcome import Say
from triage.talk import Phase

BOTH = s.PRIVATE | {"data": answered("confidential", "client_owned"), "train_on_data": answered("yes")}


def paired(say: Callable[[str], str]) -> dict[str, Message | dict[str, Any]]:
    tools = s.desk().catalogue.tools
    mine = next(tool for tool in tools if tool.id == "otter")
    like = next(tool for tool in tools if tool.category == mine.category and tool.id != mine.id)
    desk = s.desk(assets={like.id: Asset(id=like.id, name=say("Notes by us"), assessed=True)})
    asked = s.scene(s.asking("powers", BOTH), desk=desk)
    over = s.scene(s.case(BOTH, talk=s.talk(phase=Phase.summary)), desk=desk)
    return {
        "question_paired": screens.render(Say.question, asked, {"turn": 4, "question": "powers"}),
        "summary_paired": screens.render(Say.summary, over, {}),
        "form_paired": screens.form_view(over),
        "card_paired": screens.render(Say.card, s.scene(s.submitted(BOTH, status=Status.in_review)), {}),
    }
