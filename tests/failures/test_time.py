"""F18: what weeks do. Deadlines are in test_nudges.py."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from tests.failures.acts import asking
from tests.journeys.test_deadlines import until
from tests.slack_world import HARMLESS, World
from tests.slack_world.thread import Thread


def reminders(thread: Thread) -> list[str]:
    return [text for text in thread.texts() if "Nothing of it is lost" in text or "put aside" in text]


@pytest.mark.parametrize("paused", [True, False], ids=["paused", "simply left"])
def test_f18_a_month_later(alone: World, paused: bool) -> None:
    """One reminder, then put aside; the button that was left there goes on where it stopped, with all that was said."""
    thread = asking(alone, "people")
    before = thread.case.answers
    if paused:
        thread.types("pause")
    until(alone, 18, 12)
    assert reminders(thread) == [], "not before two weeks have gone by"
    until(alone, 21, 12)
    (said,) = reminders(thread)
    assert "If it waits until 4 January 2027, I put it aside" in said
    alone.restart()
    until(alone, 30, 12)
    assert len(reminders(thread)) == 1
    until(alone, 4, 12, month=1, year=2027)
    alone.restart()
    until(alone, 20, 12, month=1, year=2027)
    (said,) = reminders(thread)
    assert "Every answer is kept" in said
    assert alone.trail().count("draft.reminded") == alone.trail().count("draft.put_aside") == 1
    assert thread.case.answers == before
    assert thread.presses(Action.RESUME)
    assert thread.question == "people"
    assert "4 January" not in "".join(thread.texts()), "a day that has gone by is promised no more"
    thread.types(HARMLESS["people"])
    assert thread.case.answers["people"].picked == ("only_team",)
    thread.answers()
    thread.presses(Action.SUBMIT)
    assert thread.case.submitted_at is not None
    assert alone.differences() == []
    assert alone.refused() == []


def test_f18_whoever_went_on_is_reminded_of_nothing(alone: World) -> None:
    thread = asking(alone, "people")
    until(alone, 20, 12)
    thread.types(HARMLESS["people"])
    until(alone, 30, 12)
    assert reminders(thread) == []


def test_f18_from_home(alone: World) -> None:
    thread = asking(alone, "people")
    alone.passes(days=31)
    ana = thread.person
    assert "Otter" in ana.home()
    ana.hands.clicks_home(Action.RESUME.value)
    alone.settle()
    assert thread.question == "people"
