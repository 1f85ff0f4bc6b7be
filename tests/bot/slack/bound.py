"""What is drawn of conditions after the decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from tests.bot.slack import scenery as s
from triage.case import DecisionKind, Status
from triage.outcome import Say
from triage.steps import ConditionStep, Term

KINDS = ("soon", "still", "done", "verified", "not_yet", "unmet")


def bound(say: Callable[[str], str]) -> dict[str, Message | dict[str, Any]]:
    term = Term(due=s.NOW.date() + timedelta(days=9), check=say("Who was told?"), otherwise="narrows")
    made = s.decision(DecisionKind.approve_with_conditions).model_copy(
        update={"conditions": (say("Tell everybody"), say("In English")), "terms": (term, Term())}
    )
    case = s.submitted(s.OTTER, status=Status.approved_with_conditions, decisions=(made,))
    anew = case.model_copy(update={"status": Status.in_review})
    drawn: dict[str, Message | dict[str, Any]] = {
        "window_fulfil": screens.fulfil_view(s.scene(case, reader=s.ANA)),
        "window_fulfil_file": screens.fulfil_view(s.scene(case, reader=s.ANA).but(attaches=True)),
        "window_conditions_added": screens.conditions_view(s.scene(s.submitted(s.OTTER)), added=2),
        "window_jointly_again": screens.jointly_view(s.scene(anew), (anew,), {}),
        "window_approve_again": screens.approve_view(s.scene(anew)),
        "window_conditions_again": screens.conditions_view(s.scene(anew)),
        "window_send_back": screens.send_back_view(s.scene(case), "step"),
    }
    given = {"about": "given", "condition": f"{made.id}:000"}
    drawn["condition_given"] = screens.render(Say.condition, s.scene(case, reader=s.ANA), given)
    for kind in KINDS:
        step = {"id": "step", "decision": made.id, "number": 1, "kind": kind, "by": s.ANA, "at": s.NOW}
        step |= {"link": "https://example.org/notice", "words": say("They were told.")}
        steps = () if kind in ("soon", "still") else (ConditionStep.model_validate(step),)
        scene = s.scene(case.model_copy(update={"condition_steps": steps}), reader=s.ANA)
        facts = {"about": kind, "condition": f"{made.id}:001", "step": "step"}
        drawn[f"condition_{kind}"] = screens.render(Say.condition, scene, facts)
        if kind == "verified":
            names = ("unmet", "done", "one", "step")
            kinds = ("unmet", "done", "verified", "verified")
            again = [step | {"id": name, "kind": was} for name, was in zip(names, kinds, strict=True)]
            came = tuple(map(ConditionStep.model_validate, again))
            whole = s.scene(case.model_copy(update={"condition_steps": came}), reader=s.ANA)
            asked = s.scene(case.model_copy(update={"condition_steps": came[:2]}), reader=s.ANA)
            drawn["condition_restored"] = screens.render(Say.condition, whole, facts)
            drawn["condition_asked_again"] = screens.render(
                Say.condition, asked, facts | {"about": "done", "step": "done"}
            )
        if steps:
            note = facts | {"about": f"condition_{kind}"}
            drawn[f"note_condition_{kind}"] = screens.render(Say.card_note, scene, note)
    return drawn
