"""Pictures of the two windows in which all uses are assessed, and of the message with the paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.slack.screens import portfolio as drawing
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from triage.aims.portfolio import Seen, Then, portfolio

DAY, BEFORE = date(2026, 12, 6), date(2025, 12, 6)


def portfolios(words: Callable[[str], str]) -> dict[str, Picture]:
    name = " ".join(words("OpenAI").split())[:200] or "OpenAI"
    use = Seen(3, "Sales", name, name, owned=True, answers={"data": ("personal",), "people": ("customers",)})
    nobody = Seen(1, "Sales", "Otter", confidential=True)
    now = Then([use] * 3 + [nobody], ["high"], ["near_miss"])
    found = portfolio(DAY, BEFORE, now, Then([use]))
    some = list(enumerate(drawing.offered(found)))[:2]
    about = f"{DAY}|{found.digest}|0"
    return {
        "portfolio_themes": drawing.themes_view(s.voice(), found, 0),
        "portfolio_themes_none": drawing.themes_view(s.voice(), portfolio(DAY, BEFORE, Then(), Then()), 0),
        "portfolio_leads": drawing.leads_view(s.voice(), found, some, f"{about}|0,1"),
        "portfolio_paper": drawing.paper(s.voice().words, DAY, missing=False),
        "portfolio_paper_missing": drawing.paper(s.voice().words, DAY, missing=True),
    }
