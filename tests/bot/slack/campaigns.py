"""Pictures of campaigns: what is asked, the windows, what came of it in numbers; and of a hint at one tool."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.library import library
from bot.slack import screens
from bot.slack.screens.campaigns import Row
from store.turnout import Count, Figures
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from triage.campaign import Campaign

TODAY, LAST, AFTER = date(2026, 5, 4), date(2026, 5, 15), date(2026, 5, 18)


def campaigns(say: Callable[[str], str]) -> dict[str, Picture]:
    plain, amnesty = _campaign(say), _campaign(say, amnesty=True)
    told = (Count(say("Otter.ai"), 12), Count(say("Claude"), 1))
    many = tuple(Count(f"{say('Tool')} {number}", 40 - number) for number in range(18))
    found = Figures(answered=31, none=18, tools=told, units=(Count(say("Sales"), 9), Count("", 4)))
    hidden = Figures(answered=9, none=1, tools=many, units=told[:1], other_tools=1, other_units=2)
    rough = Figures(answered=15, tools=(Count("ChatGPT", 10), Count("", 5)), rough=True)
    few = Figures(rough=True)
    rows = [Row(say("Otter.ai"), say("minutes")), Row(say("Claude"), there=True, ref="AIU-2026-0042")]
    rows += [Row(say("A tool of ours")), Row("ChatGPT", say("mails"), there=True)]
    tool = library().catalogue.get("otter")
    assert tool is not None
    return {
        "campaign": screens.campaign(s.voice(), plain, step="begin", today=TODAY),
        "campaign_amnesty": screens.campaign(s.voice(), amnesty, step="begin", today=TODAY),
        "campaign_midway": screens.campaign(s.voice(), plain, step="midway", today=TODAY),
        "campaign_last": screens.campaign(s.voice(), amnesty, step="last", today=LAST),
        "campaign_last_workday": screens.campaign(s.voice(), plain, step="last", today=TODAY),
        "campaign_over": screens.campaign(s.voice(), plain, step="begin", today=AFTER),
        "campaign_runs": screens.campaign_figures(s.voice(), plain, found, today=TODAY, ends=True),
        "campaign_none": screens.campaign_figures(s.voice(), plain, Figures(), today=TODAY, ends=True),
        "campaign_came_to": screens.campaign_figures(s.voice(), amnesty, hidden, today=AFTER),
        "campaign_amnesty_runs": screens.campaign_figures(s.voice(), amnesty, rough, today=TODAY, ends=True),
        "campaign_amnesty_few": screens.campaign_figures(s.voice(), amnesty, few, today=TODAY),
        "campaign_view": screens.campaign_view(s.voice(), TODAY),
        "tell_use_view": screens.tell_use_view(s.voice(), plain, unit=say("Sales")),
        "tell_use_view_amnesty": screens.tell_use_view(s.voice(), amnesty),
        "told_view": screens.told_view(s.words(), plain, rows),
        "told_view_amnesty": screens.told_view(s.words(), amnesty, rows[:1]),
        "none_view": screens.none_view(s.words(), plain),
        "hint": screens.hint(s.voice(), tool),
    }


def _campaign(say: Callable[[str], str], *, amnesty: bool = False) -> Campaign:
    return Campaign(
        id=s.CASE,
        started_by=s.CLEO,
        places=("place",),
        amnesty=amnesty,
        since=TODAY,
        until=LAST,
        words=say("We only want to know what helps you."),
        at=s.NOW,
    )
