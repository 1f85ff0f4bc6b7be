"""Pictures of what a use is watched by: both windows, the use with its values, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.slack import screens
from bot.slack.scene import Home, Scene
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from tests.bot.slack.moved import DESK
from triage.case import Case, Status
from triage.outcome import Say
from triage.plan import Measure, Measurement, Plan, Reading

WEEK = timedelta(days=7)


def watched(say: Callable[[str], str]) -> dict[str, Picture]:
    bare = s.submitted(status=Status.approved, decisions=(s.decision(),))
    bare = bare.model_copy(update={"title": say(bare.title)})
    planned = bare.model_copy(update={"plans": (a_plan(say),)})
    read = planned.model_copy(update={"measurements": (_read("m1", say, "1"), _read("m2", say, "7"))})
    again = read.model_copy(update={"status": Status.in_review})
    drawn: dict[str, Picture] = {
        "window_plan": screens.plan_view(_scene(bare)),
        "window_plan_again": screens.plan_view(_scene(read)),
        "window_readings": screens.readings_view(_scene(read)),
        "show_watched": screens.show(_scene(read)),
        "card_past": screens.render(Say.card, s.scene(again, reader="", desk=DESK), {}),
        "note_past": _told(again, Say.card_note, "measured_past", measurement="m2"),
        "note_empty": _told(again, Say.card_note, "measured_empty", measurement="m2"),
        "note_plan": _told(planned, Say.card_note, "measured_plan", plan="plan"),
        "note_missed": _told(planned, Say.card_note, "measured_missed"),
        "measured_past": _told(again, Say.measured, "past", measurement="m2"),
        "measured_plan": _told(planned, Say.measured, "plan", plan="plan"),
        "measured_over": _told(again, Say.measured, "due", since="plan"),
    }
    due = s.entry(title=say("Sort applications"), status=Status.approved)
    nameless = due.model_copy(update={"title": "", "tool_name": ""})
    home = Home(
        voice=s.voice(), reader=s.CLEO, now=s.NOW, day=s.NOW.date(), measuring=(due, *[nameless] * 11)
    )
    drawn["home_measuring"] = screens.home(home)
    for about in ("due", "again", "missed"):
        drawn[f"measured_{about}"] = _told(planned, Say.measured, about, since="plan")
    return drawn


def _told(case: Case, say: Say, about: str, **facts: str) -> Picture:
    return screens.render(say, _scene(case), {"about": about, **facts})


def _scene(case: Case) -> Scene:
    return s.scene(case, reader=s.ANA, desk=DESK)


def a_plan(say: Callable[[str], str]) -> Plan:
    measures = (
        Measure(name=say("Complaints"), side="at_most", limit="3"),
        Measure(name=say("Outputs that somebody checked"), unit=say("%"), side="at_least", limit="90"),
    )
    return Plan(id="plan", by=s.ANA, at=s.NOW + WEEK, measures=measures, every="weekly", monitor=s.CLEO)


def _read(id: str, say: Callable[[str], str], value: str) -> Measurement:
    readings = (Reading(number=1, value=value), Reading(number=2, reason=say("The log was off")))
    return Measurement(id=id, plan="plan", by=s.CLEO, at=s.NOW + 2 * WEEK, readings=readings)
