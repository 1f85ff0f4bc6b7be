"""Pictures of a use on its way from a yes to its end: what is to be done, who was asked, and an open gate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from tests.bot.slack import scenery as s
from triage.case import Case, Status
from triage.outcome import Say
from triage.stages import Appointment, Stage, StageMove, TaskStep

DAN = "person-dan"
DUE = s.NOW.date() + timedelta(days=12)


def running(say: Callable[[str], str]) -> dict[str, Message | dict[str, Any]]:
    case = at_stage(Stage.pilot, say)
    ana, cleo = s.scene(case, reader=s.ANA), s.scene(case, reader=s.CLEO)
    drawn: dict[str, Message | dict[str, Any]] = {
        "show_pilot": screens.show(ana),
        "show_overseer": screens.show(cleo),
        "window_do_task": screens.do_task_view(ana),
        "window_appoint": screens.appoint_view(ana),
        "window_refuse_part": screens.refuse_part_view(cleo, "n-overseer"),
        "window_stop": screens.stop_view(cleo),
        "running_called": screens.render(Say.running, ana, {"about": "called"}),
        "running_moved": screens.render(Say.running, cleo, {"about": "moved", "move": "m1"}),
        "running_open": screens.render(Say.running, s.scene(_ready(say), reader=s.ANA), {"about": "open"}),
        "running_shut": screens.render(Say.running, ana, {"about": "open"}),
        "running_idea": screens.render(
            Say.running, s.scene(at_stage(Stage.idea, say), reader=s.ANA), {"about": "called"}
        ),
        "decided_not_yet": screens.render(Say.decided, s.scene(at_stage(Stage.idea, say), reader=s.ANA), {}),
        "running_ends": screens.render(
            Say.running, s.scene(at_stage(Stage.retiring, say), reader=s.ANA), {"about": "called"}
        ),
    }
    for about, step in (("named", "n-monitor"), ("accepted", "a-overseer"), ("refused", "r-deputy")):
        reader = s.BEN if about == "named" else s.ANA
        facts = {"about": about, "appointment" if about == "named" else "step": step}
        drawn[f"running_{about}"] = screens.render(Say.running, s.scene(case, reader=reader), facts)
    stopped = case.model_copy(update={"status": Status.in_review})
    facts = {"about": "stopped", "step": "stop"}
    drawn["running_stopped"] = screens.render(Say.running, s.scene(stopped, reader=s.ANA), facts)
    drawn["note_stopped"] = screens.render(Say.card_note, s.scene(stopped), facts)
    facts = {"about": "suspended", "step": "k", "by": s.BEN, "incident": "AII-2026-0001"}
    drawn["running_suspended"] = screens.render(Say.running, s.scene(stopped, reader=s.ANA), facts)
    drawn["note_suspended"] = screens.render(Say.card_note, s.scene(stopped), facts)
    no = {"about": "owner_refused", "step": "r-deputy"}
    drawn["note_owner_refused"] = screens.render(Say.card_note, s.scene(case), no)
    return drawn


def at_stage(stage: Stage, say: Callable[[str], str]) -> Case:
    """In it, with one thing done, one missing, one overseer, one asked, and one who said no."""
    case = s.submitted(status=Status.approved, decisions=(s.decision(),))
    names = ("documents", "tests", "overseer", "monitor", "deputy")
    calls = tuple(
        TaskStep(id=f"c-{name}", task=name, kind="called", before="in_use", due=DUE, at=s.NOW)
        for name in names
    )
    done = TaskStep(
        id="d", task="documents", kind="done", by=s.ANA, at=s.NOW, words=say("In the binder"), link=""
    )
    parts = (("overseer", s.CLEO), ("monitor", s.BEN), ("deputy", DAN))
    named = tuple(
        Appointment(id=f"n-{part}", task=part, kind="named", person=person, by=s.ANA, at=s.NOW)
        for part, person in parts
    )
    said: dict[str, Any] = {"at": s.NOW}
    answers = (
        Appointment(
            id="a-overseer",
            task="overseer",
            kind="accepted",
            person=s.CLEO,
            by=s.CLEO,
            of="n-overseer",
            **said,
        ),
        Appointment(
            id="r-deputy",
            task="deputy",
            kind="refused",
            person=DAN,
            by=DAN,
            of="n-deputy",
            words=say("No time for it"),
            **said,
        ),
        Appointment(
            id="stop",
            task="overseer",
            kind="stopped",
            person=s.CLEO,
            by=s.CLEO,
            words=say("It insults people"),
            **said,
        ),
    )
    update = {
        "title": say(case.title),
        "stage_moves": (StageMove(id="m1", to=stage, by=s.ANA, at=s.NOW),),
        "task_steps": (*calls, done),
        "appointments": (*named, *answers),
    }
    return case.model_copy(update=update)


def _ready(say: Callable[[str], str]) -> Case:
    """All is there that the rules ask of it."""
    case = at_stage(Stage.retiring, say)
    ends = tuple(
        TaskStep(id=f"e-{task}", task=task, kind="done", by=s.ANA, at=s.NOW, words="x")
        for task in ("users_told", "access_removed", "data_deleted")
    )
    return case.model_copy(update={"task_steps": ends})


def idea(*tasks: str) -> Case:
    """Approved and not begun, its owner asked whether they answer for it."""
    return s.submitted(status=Status.approved, decisions=(s.decision(),)).model_copy(
        update={
            "owner": s.ANA,
            "stage_moves": (StageMove(id="m", to=Stage.idea, at=s.NOW),),
            "task_steps": tuple(
                TaskStep(id=name, task=name, kind="called", before="pilot", due=DUE, at=s.NOW)
                for name in tasks
            ),
            "appointments": (Appointment(id="n", task="owner", kind="named", person=s.ANA, at=s.NOW),),
        }
    )
