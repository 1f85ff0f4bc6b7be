"""Pictures of coverage: gaps first, page by page, one point whole, and the window in which a gap becomes an action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bot.slack import screens
from bot.slack.scene import Home
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from triage.aims.covered import Covered
from triage.aims.covering import cover
from triage.aims.evidence import plan
from triage.aims.tally import Counting, Named, Tally

SHOWN = ("decided", "reviewed", "handled", "parts", "trained", "notices", "readings", "met", "published")


def found(*, later: int = 0) -> tuple[Covered, ...]:
    """After a year in which some of it was done; nothing here is anybody's words but the references."""
    counting = Counting()
    for number, name in enumerate(SHOWN):
        for times in range(number + 1):
            ref = f"AIU-2026-{times + 1:04}"
            counting.take(name, Named(ref=ref, place=f"line {times}", at=s.NOW - timedelta(days=times)))
    tallies: dict[str, Tally] = counting.tallies()
    day: date = s.NOW.date() + timedelta(days=later)
    points = cover(plan(), tallies, (), day, frozenset({"AIU-2026-0002"}))
    changes: dict[str, dict[str, Any]] = {
        "A.7.3": {"left_out": "AIM-2026-0031"},
        "7.2": {"actions": ("AIM-2026-0040", "AIM-2026-0041")},
        "A.2.2": {"standing": "document", "documents": ("AIM-2026-0002",), "short": ("policy",)},
    }
    return tuple(each.model_copy(update=changes.get(each.point, {})) for each in points)


def coverage(say: Callable[[str], str]) -> dict[str, Picture]:
    points, late = found(), found(later=800)
    by = {each.point: each for each in points}
    old = {each.point: each for each in late}
    home = Home(voice=s.voice(), reader=s.ANA, now=s.NOW, day=s.NOW.date(), covers=True)
    return {
        "coverage": screens.coverage_view(s.voice(), points),
        "coverage_second": screens.coverage_view(s.voice(), points, 1),
        "coverage_last": screens.coverage_view(s.voice(), points, 99),
        "coverage_waits": screens.coverage_waits(s.voice()),
        "coverage_point": screens.coverage_point(s.voice(), by["8.1"], takes=True),
        "coverage_point_said": screens.coverage_point(s.voice(), by["A.2.2"], takes=True),
        "coverage_point_taken": screens.coverage_point(s.voice(), by["7.2"], takes=False),
        "coverage_point_old": screens.coverage_point(s.voice(), old["9.1"], takes=True),
        "coverage_point_machine": screens.coverage_point(s.voice(), by["6.1.2"], takes=True),
        "coverage_point_out": screens.coverage_point(s.voice(), by["A.7.3"], takes=True),
        "gap_action": screens.gap_action_view(s.voice(), by["7.2"]),
        "home_covers": screens.home(home),
    }
