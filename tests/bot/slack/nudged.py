"""Pictures of deadlines: the one message of a day, and what stands of it below the card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.slack import screens
from bot.slack.message import Message
from bot.slack.screens.entries_waiting import OfEntry
from bot.slack.screens.nudging import Due, Waits, nudge
from bot.slack.screens.snoozing import with_foot
from tests.bot.slack import scenery as s
from tests.bot.slack import watched
from tests.bot.slack.assigned import DESK, _scene
from tests.bot.slack.excepted import Picture
from triage.case import Case, DecisionKind, Status
from triage.deadlines import Because, Kind, Nudge
from triage.errands import errands
from triage.outcome import Say
from triage.steps import Term

WISHES: tuple[tuple[Kind, Because, str], ...] = (
    ("reminder", "holder", s.BEN),
    ("reminder", "deputy", s.BEN),
    ("escalation", "deputy", s.BEN),
    ("escalation", "manager", s.BEN),
    ("escalation", "lead", s.BEN),
    ("escalation", "lead", ""),
    ("vacancy", "deputy", s.BEN),
    ("vacancy", "lead", s.BEN),
)


def nudged(say: Callable[[str], str]) -> dict[str, Picture]:
    case = s.submitted()
    case = case.model_copy(update={"title": say(case.title), "words": say(case.words)})
    dues = [Due(case, Nudge(kind, (s.CLEO,), because, holder), True) for kind, because, holder in WISHES]
    closed = [due._replace(open=False) for due in dues[3:5]]
    drawn: dict[str, Picture] = {
        f"nudge_{each.nudge.kind}_{each.nudge.because}": nudge(s.voice(), [each]) for each in dues[:5]
    }
    return (
        drawn
        | _waiting(say)
        | {
            "nudge_all": nudge(s.voice(), dues),
            "nudge_by_number": nudge(s.voice(), closed),
            "note_reminded": _note(case, about="reminded", because="deciders", people=()),
            "note_reminded_away": _note(case, about="reminded", because="deciders", people=(), holder=s.BEN),
            "note_escalated_manager": _note(
                case, about="escalated", because="manager", people=(s.CLEO,), holder=s.BEN
            ),
            "note_escalated_leads": _note(case, about="escalated", because="lead", people=(s.CLEO, s.ANA)),
            "note_escalated_quiet": _note(
                case, about="escalated", because="lead", people=(s.CLEO,), quiet=True, holder=s.BEN
            ),
            "note_escalated_nobody": _note(case, about="escalated", because="deciders", people=()),
            "note_seat_empty": _note(
                case, about="decider_none", because="lead", people=(s.CLEO,), seats=("vendor_manager",)
            ),
            "note_vacated": _note(case, about="vacated", because="deputy", people=(s.CLEO,), holder=s.BEN),
            "note_vacated_nobody": _note(case, about="vacated", because="deciders", people=(), holder=s.BEN),
        }
    )


def _waiting(say: Callable[[str], str]) -> dict[str, Picture]:
    """What waits on an approved use: for whoever answers for it among other things, and for who stands beside them."""
    bare, plan = s.submitted(status=Status.approved_with_conditions), watched.a_plan(say)
    term = Term(due=s.NOW.date() + timedelta(days=5), otherwise="suspends")
    made = s.decision(DecisionKind.approve_with_conditions).model_copy(
        update={"conditions": (say("Tell everybody who is recorded"),), "terms": (term,)}
    )
    case = bare.model_copy(update={"title": say(bare.title), "decisions": (made,), "plans": (plan,)})
    late = replace(DESK, now=s.NOW + timedelta(days=90))
    names = [each.name for each in errands(case, late)]
    drawn: dict[str, Picture] = {}
    for number, because in enumerate(("deputy", "manager", "lead")):
        facts = {"what": names[number % 2], "because": because, "holder": case.requester}
        drawn[f"overdue_{because}"] = screens.render(
            Say.overdue, s.scene(case, reader=s.CLEO, desk=late), facts
        )
    note = {"about": "overdue", "what": names[0], "because": "deciders", "holder": case.requester}
    drawn["note_overdue"] = _note(case, **note)
    drawn["note_overdue_settled"] = _note(case.model_copy(update={"status": Status.retired}), **note)
    said = {"errand": names[0], "next": "2026-06-01T09:00:00+02:00"}
    for then in ("keeper", "deputy", "deciders", "lead"):
        own = {"about": "still", "condition": names[0].partition(":")[2], **said, "then": then}
        scene = s.scene(case, reader=case.requester, desk=late)
        drawn[f"reminded_{then}"] = with_foot(scene, screens.render(Say.condition, scene, own), own)
    drawn["window_snooze"] = screens.snooze_view(scene, names[0])
    mine = s.scene(case, reader=case.requester, desk=late)
    listed = [Waits(mine, "condition", name, {}, True) for name in (*names, "tasks:gone")]
    closed = listed[0]._replace(open=False)
    drawn["nudge_waits"] = nudge(s.voice(), [], [*listed, closed])
    due = Due(s.submitted(), Nudge("reminder", (s.CLEO,), "holder", s.BEN), True)
    drawn |= {"nudge_entries": nudge(s.voice(), [], [], _entries(say)[:5])}
    drawn |= {f"nudge_{each.errand}": nudge(s.voice(), [], [], [each]) for each in _entries(say)[5:]}
    return drawn | {"nudge_both": nudge(s.voice(), [due], [*listed, *listed])}


def _entries(say: Callable[[str], str]) -> list[OfEntry]:
    """Of the management system: each thing that waits there, for whoever can do it and for whoever stands beside."""
    day, late = s.NOW.date() + timedelta(days=20), s.NOW.date() - timedelta(days=30)
    action = OfEntry(
        "action", say("Train the people in Sales"), "AIM-2026-0012", "action", True, day, False, "own", s.BEN,
        gone=False, away=False,
    )  # fmt: skip
    goal = action._replace(kind="objective", title=say("Everybody is trained"), ref="AIM-2026-0009")
    overdue = action._replace(due=late, late=True, because="lead")
    plan = action._replace(
        kind="certification",
        title="",
        errand="milestone",
        about="risks_weighed",
        ref="AIC-2026-0001",
        holder="",
    )
    missed = overdue._replace(kind="objective", title=goal.title, ref=goal.ref)
    return [
        action,
        action._replace(errand="effect"),
        goal._replace(errand="measure"),
        goal._replace(kind="policy", title=say("AI policy"), errand="renewal", ref="AIM-2026-0003"),
        goal._replace(kind="scope", title="", errand="approval", ref="AIM-2026-0002", waits=True, holder=""),
        overdue,
        missed._replace(errand="measure", gone=True),
        missed._replace(errand="renewal", away=True, because="deputy"),
        goal._replace(
            kind="management_review",
            title=say("Review of the year"),
            errand="next",
            ref="AIB-2026-0001",
            holder="",
        ),
        overdue._replace(errand="effect", holder=""),
        overdue._replace(kind="risk", errand="acceptance", because="own"),
        goal._replace(kind="supplier_paper", title=say("ISO 27001 certificate"), errand="ending", holder=""),
        missed._replace(kind="supplier_paper", errand="ending", because="own"),
        goal._replace(kind="supplier", title=say("Otter.ai"), errand="part", holder=""),
        action._replace(errand="approval", waits=False),
        goal._replace(
            kind="policy", title=say("AI policy"), errand="acknowledge", id="policy:ai-policy", about="2"
        ),
        goal._replace(kind="training", title=say("AI literacy"), errand="train", id="T", about="2026-11-02"),
        goal._replace(kind="training", title=say("AI literacy"), errand="train", id="T", about="confirm"),
        plan,
        plan._replace(errand="stage", about="stage_1", due=late, late=True),
    ]


def _note(case: Case, **facts: object) -> Message:
    return screens.render(Say.card_note, _scene(case, replace(DESK)), facts)
