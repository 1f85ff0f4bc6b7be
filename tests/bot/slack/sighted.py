"""Pictures of what a list of another system shows, and of the question that follows."""

from __future__ import annotations

from collections.abc import Callable

from bot.library import library
from bot.sightings.teams import Stands, Team
from bot.slack import screens
from bot.slack.screens import Sightings
from bot.slack.screens.offering import Offer
from intake.answers import NOT_ASKED
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from tests.bot.slack.offered import DESK, listed
from triage.case import Fact, Source

WORDS = "Seen in a web log: 314 times, 24 people at least, from 2 November 2026 to 27 November 2026."


def sighted(say: Callable[[str], str]) -> dict[str, Picture]:
    catalogue = library().catalogue
    unit = say("Sales")
    few = [_team("otter", unit, 314, "new"), _team("claude", "", 1, "over", refs=("AIU-2026-0007",))]
    rest = [
        _team("notion-ai", unit, 9, "general"),
        _team("chatgpt", unit, 8, "known"),
        _team("ada", unit, 2, "unsure"),
    ]
    many = [_team("otter", f"{unit} {number}", 30 - number, "new") for number in range(14)]
    seen = listed(say, discovered_via="log", words=say(WORDS), source_id="otter:sales")
    said = Fact(question="unit", answer=NOT_ASKED, by=s.BEN, at=s.NOW, source=Source.person)
    free = seen.model_copy(update={"unit": "", "facts": {**seen.facts, "unit": said}})
    denied = [s.scene(free, reader="", desk=DESK)]
    scenes = [s.scene(seen, reader="", desk=DESK)]
    return {
        "sightings": screens.sightings(s.voice(), Sightings("proxy", 1_204_331, 3, [*few, *rest]), catalogue),
        "sightings_many": screens.sightings(s.voice(), Sightings("expense", 400, 0, many), catalogue),
        "sightings_before": screens.sightings(
            s.voice(), Sightings("proxy", 9, 0, rest, before=True), catalogue
        ),
        "sightings_none": screens.sightings(s.voice(), Sightings("dns", 9, 0, []), catalogue),
        "sightings_unfit": screens.sightings_unread(s.voice(), "unfit", say("The file is empty.")),
        "sightings_no_tool": screens.sightings_unread(
            s.voice(), "no_tool", there=(say("colour"), say("size"))
        ),
        "sightings_sheet": screens.sightings_unread(s.voice(), "sheet"),
        "sightings_not_given": screens.sightings_unread(s.voice(), "not_given"),
        "sightings_too_large": screens.sightings_unread(s.voice(), "too_large"),
        "offer_logs": screens.offer(s.voice(), Offer("claims", "Sales", scenes, 12)),
        "offer_logs_denied": screens.offer(s.voice(), Offer("claims", "Sales", denied, 12)),
        "offer_logs_rest": screens.offer(s.voice(), Offer("claims", "", scenes, 1, rest=True)),
    }


def _team(tool: str, unit: str, hits: int, stands: Stands, refs: tuple[str, ...] = ()) -> Team:
    return Team(tool, unit, hits=hits, people=min(hits, 24), stands=stands, refs=refs)
