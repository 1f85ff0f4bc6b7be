"""Pictures of deadlines: the one message of a day, and what stands of it below the card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.slack import screens
from bot.slack.message import Message
from bot.slack.screens.nudging import Due, nudge
from tests.bot.slack import scenery as s
from tests.bot.slack.assigned import DESK, _scene
from triage.case import Case
from triage.deadlines import Because, Kind, Nudge
from triage.outcome import Say

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


def nudged(say: Callable[[str], str]) -> dict[str, Message]:
    case = s.submitted()
    case = case.model_copy(update={"title": say(case.title), "words": say(case.words)})
    dues = [Due(case, Nudge(kind, (s.CLEO,), because, holder), True) for kind, because, holder in WISHES]
    closed = [due._replace(open=False) for due in dues[3:5]]
    drawn = {f"nudge_{each.nudge.kind}_{each.nudge.because}": nudge(s.voice(), [each]) for each in dues[:5]}
    return drawn | {
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
        "note_vacated": _note(case, about="vacated", because="deputy", people=(s.CLEO,), holder=s.BEN),
        "note_vacated_nobody": _note(case, about="vacated", because="deciders", people=(), holder=s.BEN),
    }


def _note(case: Case, **facts: object) -> Message:
    return screens.render(Say.card_note, _scene(case, replace(DESK)), facts)
