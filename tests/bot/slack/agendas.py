"""Pictures of the calendar of the management system: the way to a certificate, what was skipped, what comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.slack.screens import agenda as drawn
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from tests.triage.aims import certified as c
from tests.triage.aims.test_certifying import AUDIT, GOAL, POLICY, SCOPE
from triage.aims.agenda import agenda
from triage.aims.entry import Entry

TODAY = date(2027, 2, 1)


def agendas(words: Callable[[str], str]) -> dict[str, Picture]:
    def say(text: str) -> str:
        return " ".join(words(text).split())[:200] or text

    plan = c.planned(body=say("Rheinmark Certification"), stage_1="2027-03-24")
    others = (
        c.stated("scope", SCOPE, "2026-12-01"),
        c.stated("policy", {**POLICY, "title": say("AI policy")}, "2026-12-01", "ai-policy"),
        c.stated("audit", {**AUDIT, "title": say("First audit"), "auditors": (s.BEN,)}, "2026-12-01"),
        c.stated("objective", {**GOAL, "title": say("All on record"), "owner": s.ANA}, "2026-12-01"),
    )
    return {
        "agenda": drawn.agenda_view(s.voice(), _seen(plan, *others)),
        "agenda_further": drawn.agenda_view(s.voice(), _seen(plan, *others), 1),
        "agenda_unplanned": drawn.agenda_view(s.voice(), _seen(others[0])),
        "agenda_nothing": drawn.agenda_view(s.voice(), _seen()._replace(drafts=False)),
        "agenda_held": drawn.agenda_view(s.voice(), _seen(_all_held())),
    }


def _all_held() -> Entry:
    entry = c.with_certificate()
    for day in ("2028-06-01", "2029-06-01"):
        entry = c.held(entry, "surveillance", day)
    return entry


def _seen(*made: Entry) -> drawn.Seen:
    entries = [each.model_copy(update={"id": f"entry-{number}"}) for number, each in enumerate(made)]
    record = c.record(*entries)
    way = next((each for each in entries if each.kind == "certification"), None)
    return drawn.Seen(agenda(entries, record, TODAY), TODAY, way, True, record)
