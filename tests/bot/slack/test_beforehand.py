"""What is still needed before a use moves on, said to whoever reads it."""

from __future__ import annotations

from bot.slack.screens.beforehand import comes_first, first_of_all
from tests.bot.slack import scenery as s
from tests.bot.slack.running import idea


def test_to_its_owner_it_is_theirs_to_say() -> None:
    alone = "say that you answer for it, then it can be used, due 16 May 2026"
    assert comes_first(idea("owner"), s.voice(), s.desk(), s.ANA) == [alone]
    besides = "say that you answer for it, due 16 May 2026"
    assert comes_first(idea("owner", "tests"), s.voice(), s.desk(), s.ANA)[0] == besides


def test_to_others_it_says_who_has_to_and_what_is_missing() -> None:
    owner, tests = comes_first(idea("owner", "tests"), s.voice(), s.desk(), s.BEN)
    assert owner == "<@U0ANA> has to accept that they answer for it, due 16 May 2026"
    assert tests == "this is still missing: “It was tested, with the results”, due 16 May 2026"


def test_of_many_the_first_are_named() -> None:
    case = idea("owner", "tests", "logging", "fallback", "training")
    assert first_of_all(case, s.voice(), s.desk(), s.BEN).endswith("; and 2 more")
