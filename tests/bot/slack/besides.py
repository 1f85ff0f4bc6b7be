"""Pictures of a request beside what was decided before, calm or hostile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from bot.slack.scene import Beside, Scene
from intake.answers import answered
from tests.bot.slack import scenery as s
from triage.case import Case, Status
from triage.commands import Approve, Decline
from triage.decide import decide
from triage.nearest import Decided, nearest
from triage.outcome import Say

Picture = Message | dict[str, Any]
ROLES = dict.fromkeys(("reviewer", "risk_owner", "committee"), frozenset({s.BEN, s.CLEO}))
SETTLED = s.OTTER | {
    "profiling": answered("no"),
    "monitoring": answered("none"),
    "account": answered("enterprise"),
    "train_on_data": answered("no_contract"),
}


def besides(say: Callable[[str], str]) -> dict[str, Picture]:
    desk = s.desk(roles=ROLES)
    other = s.submitted(SETTLED, id="other", ref="AIU-2026-0042", title=say("Minutes"), owner=s.ANA)
    reason = say("No contract yet.")
    no = decide(other, Decline(actor=s.BEN, key="no", case="other", reason=reason), desk).case
    yes = Approve(actor=s.CLEO, key="yes", case="other", reason=reason, conditions=(say("Tell callers"),))
    allowed = decide(other, yes, desk).case
    here = s.submitted(SETTLED, title=say("Otter for calls"), tool_name=say("Otter.ai"))
    elsewhere = no.model_copy(update={"tool_id": "abbyy", "tool_name": say("ABBYY")})
    same, apart, tool = _scene(here, no), _scene(here, _without(no)), _scene(here, elsewhere)
    return {
        "card_same_answers": screens.render(Say.card, same, {}),
        "card_different": screens.render(Say.card, apart, {}),
        "card_other_tool": screens.render(Say.card, tool, {}),
        "window_approve_otherwise": screens.approve_view(same),
        "window_conditions_otherwise": screens.conditions_view(same),
        "window_decline_otherwise": screens.decline_view(_scene(here, allowed)),
        "window_decline_agreed": screens.decline_view(same),
        "window_approve_many": screens.approve_view(_scene(here, *[_named(no, n) for n in range(4)])),
    }


def _without(case: Case) -> Case:
    fact = case.facts["data"].model_copy(update={"answer": answered("public", "personal")})
    return case.model_copy(update={"facts": {**case.facts, "data": fact}})


def _named(case: Case, number: int) -> Case:
    return case.model_copy(update={"id": f"other-{number}", "ref": f"AIU-2026-{number:04}"})


def _scene(case: Case, *others: Case) -> Scene:
    decided = tuple(
        Decided(id=c.id, status=Status(c.status), tool_id=c.tool_id, answers=c.answers, at=s.NOW)
        for c in others
    )
    scene = s.scene(case, desk=s.desk(roles=ROLES), uses=())
    near = nearest(case, decided, scene.desk.form)
    return replace(scene, beside=Beside(near, decided, {c.id: c for c in others}))
