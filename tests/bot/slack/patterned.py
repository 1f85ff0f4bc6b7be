"""What is drawn of patterns: proposed, in force, ended, recorded by one, and looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from bot.slack import screens
from bot.slack.ids import View
from bot.slack.message import Message
from bot.slack.screens.nudging import Waits, nudge
from bot.slack.screens.waiting import OWN
from tests.bot.slack import scenery as s
from tests.triage.patterns import PLAIN, TOOLS, in_force
from triage.case import Case, DecisionKind, Status
from triage.interview import judged
from triage.outcome import Say
from triage.pattern import Clause, Pattern, PatternStep, Under, yes_of

STEPS = ("confirmed", "refused", "withdrawn", "fits", "misfit")


def patterned(say: Callable[[str], str]) -> dict[str, Message | dict[str, Any]]:
    made = in_force()
    clauses = (Clause(text=say("Tell everybody"), days=14), Clause(text=say("No names")))
    pattern = made.pattern.model_copy(
        update={
            "covers": say("Minutes of our own meetings"),
            "clauses": clauses,
            "last_day": date(2027, 6, 30),
        }
    )
    known = made.model_copy(update={"pattern": pattern})
    under = Under(pattern=pattern.id, name=known.name, yes=yes_of(known))
    ruled = s.decision(DecisionKind.by_pattern).model_copy(
        update={"signatures": (), "under": under, "reason": pattern.covers}
    )
    title = say("Otter: minutes of our meetings")
    case = s.submitted(s.OTTER, status=Status.approved, decisions=(ruled,), title=title)
    draft = s.scene(case.model_copy(update={"status": Status.draft}), reader=s.ANA)
    scene = replace(s.scene(case), patterns=(known,))
    at = s.desk(assets=TOOLS)
    plain = judged(s.submitted(PLAIN, status=Status.approved, decisions=(s.decision(),), tool_id="otter"), at)
    drawn: dict[str, Message | dict[str, Any]] = {
        "pattern_offered": screens.render(Say.summary, replace(draft, patterns=(known,)), {}),
        "pattern_recorded": screens.render(Say.recorded_note, scene, {}),
        "pattern_decided": screens.render(Say.decided, scene, {}),
        "show_pattern": screens.show(scene),
        "card_of_low_risk": screens.render(Say.card, s.scene(plain, desk=at, uses=()), {}),
        "card_in_force": screens.render(Say.card, scene, {}),
        "card_proposed": screens.render(
            Say.card, replace(scene, patterns=(known.model_copy(update={"steps": ()}),)), {}
        ),
        "window_propose_pattern": screens.propose_view(scene),
        "list_patterns": screens.patterns_list(scene.voice, [known], {pattern.id: 3}, scene.desk),
    }
    for view in (View.REFUSE_PATTERN, View.WITHDRAW_PATTERN, View.MISFITS_PATTERN):
        drawn[f"window_{view.value}"] = screens.ending_view(scene, view, pattern.id)
    for kind in STEPS:
        given = {"id": "step", "pattern": pattern.id, "kind": kind, "by": s.BEN, "at": s.NOW}
        step = PatternStep.model_validate(given | {"reason": say("Customers, too.")})
        there = replace(scene, case=case.model_copy(update={"pattern_steps": (step,)}))
        facts = {"about": f"pattern_{kind}", "step": "step", "pattern": pattern.id}
        drawn[f"note_pattern_{kind}"] = screens.render(Say.card_note, there, facts)
        if kind == "misfit":
            drawn["pattern_looked"] = screens.render(Say.looked, there, facts)
    told = {"about": "confidential", "pattern": pattern.id}
    drawn["pattern_told_confidential"] = screens.render(Say.pattern_told, scene, told)
    drawn |= _heard(case, pattern)
    for about in ("unfounded", "over"):
        told = {"about": f"pattern_{about}", "pattern": pattern.id}
        drawn[f"note_pattern_{about}"] = screens.render(Say.card_note, scene, told)
    waiting = PatternStep(id="step", pattern=pattern.id, kind="drawn", at=s.NOW)
    drawn["card_drawn"] = screens.render(
        Say.card, replace(scene, case=case.model_copy(update={"pattern_steps": (waiting,)})), {}
    )
    return drawn


def _heard(case: Case, pattern: Pattern) -> dict[str, Message | dict[str, Any]]:
    """In somebody's message of the day: it ends by itself, or it ended with its approval; and once it is settled."""
    made, by = s.decision(), s.CLEO
    confirmed = PatternStep(id="c1", pattern=pattern.id, kind="confirmed", by=by, at=s.NOW)
    mine = pattern.model_copy(update={"decision": made.id})
    running = case.model_copy(
        update={"patterns": (mine,), "decisions": (made,), "pattern_steps": (confirmed,)}
    )
    over = PatternStep(id=f"{pattern.id}:unfounded", pattern=pattern.id, kind="withdrawn", at=s.NOW)
    ended = running.model_copy(
        update={"status": Status.retired, "pattern_steps": (*running.pattern_steps, over)}
    )
    drawn: dict[str, Message | dict[str, Any]] = {}
    for kind, there in (("pattern", running), ("ended", ended)):
        name = f"{kind}:{pattern.id}:{pattern.by}"
        told = {"what": name, "because": "own", "holder": pattern.by}
        drawn[f"pattern_heard_{kind}"] = screens.render(Say.overdue, s.scene(there, reader=pattern.by), told)
    listed = [
        Waits(
            s.scene(there, reader=pattern.by),
            OWN,
            f"{kind}:{pattern.id}:{pattern.by}",
            {"because": "own"},
            open_,
        )
        for kind, there, open_ in (
            ("pattern", running, True),
            ("pattern", ended, True),
            ("ended", ended, True),
            ("ended", ended, False),
        )
    ]
    return drawn | {"nudge_patterns": nudge(s.voice(), [], listed)}
