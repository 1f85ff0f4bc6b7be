"""Campaigns and hints: who may start one, whom an amnesty names, who is asked again, who is told of a tool."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from tests.journeys import test_campaigns as campaigns
from tests.journeys import test_hints as hints
from tests.journeys.test_campaigns import AMNESTY, asked, id_of, presses, starts, tells, uses
from tests.slack_world import ANA, BEN, DAN, World


@pytest.fixture
def led(world: World) -> World:
    campaigns.lead(world)
    return world


@pytest.fixture
def opted_in(world: World) -> World:
    hints.opt_in(world)
    return world


def test_f26_nobody_but_whoever_leads_starts_a_campaign(led: World) -> None:
    campaigns.test_only_whoever_leads_starts_looks_and_ends(led)


def test_f26_an_amnesty_names_nobody_before_it_is_over(led: World) -> None:
    campaigns.test_an_amnesty_names_nobody_before_it_is_over_and_is_followed_up_then(led)


def test_f26_an_amnesty_that_is_ended_early_names_nobody_before_its_day(led: World) -> None:
    campaigns.test_an_amnesty_that_is_ended_early_keeps_what_it_promised(led)


def test_f26_nobody_takes_over_what_an_amnesty_was_told(led: World) -> None:
    campaigns.test_what_an_amnesty_was_told_is_offered_to_nobody(led)


def test_f26_whoever_tried_to_tell_is_noted_nowhere(led: World, monkeypatch: pytest.MonkeyPatch) -> None:
    campaigns.test_who_tried_to_tell_and_could_not_is_noted_nowhere(led, monkeypatch, AMNESTY)


def test_f26_what_somebody_calls_a_tool_is_not_registered_before_an_amnesty_is_over(led: World) -> None:
    campaigns.test_what_an_amnesty_was_told_of_an_unknown_tool_is_held_like_the_rest(led)


def test_f26_no_two_uses_of_an_amnesty_are_visibly_one_persons(led: World) -> None:
    campaigns.test_what_few_told_in_an_amnesty_waits_for_more(led)


def test_f26_after_an_amnesty_no_line_tells_of_another(led: World) -> None:
    campaigns.test_after_an_amnesty_no_line_is_tied_to_another(led)


def test_f26_nobody_watches_an_amnesty(led: World) -> None:
    campaigns.test_an_amnesty_is_not_watched_answer_by_answer(led)


def test_f26_nobody_hears_of_what_another_team_has(led: World) -> None:
    campaigns.test_what_a_team_has_is_said_to_nobody_else(led)


def test_f29_a_campaign_is_silent_where_others_came_to_read(led: World) -> None:
    campaigns.test_a_channel_that_others_read_since_is_left_out_and_whoever_leads_hears_of_it_once(led)


def test_f40_what_was_told_before_is_told_once(led: World) -> None:
    campaigns.test_it_is_asked_in_a_channel_and_what_is_told_becomes_uses(led)


def test_f40_whoever_answered_is_not_asked_again(led: World) -> None:
    for user in (ANA, BEN, DAN):
        id_of(led, user)
    led.passes(minutes=2)
    starts(led, places=[], how=["everyone"])
    led.passes(hours=3)
    presses(led, BEN, Action.USE_NONE, channel="dm")
    for _ in range(12):
        led.passes(days=1)
    assert len(asked(led, BEN, "dm")) == 1


def test_f40_the_same_window_twice_records_once(led: World) -> None:
    starts(led, **AMNESTY)
    tells(led, ANA, "Otter for notes")
    tells(led, ANA, "Otter for notes")
    led.passes(days=14)
    assert len(uses(led)) == 1


def test_f40_a_tool_is_hinted_at_once(opted_in: World) -> None:
    hints.test_who_links_to_it_is_told_alone_and_once_and_nothing_of_the_words_is_kept(opted_in)


@pytest.mark.parametrize("text", ["https://notion.so/page is where it stands", "We use Ashby for our notes"])
def test_f10_a_product_with_ai_among_much_else_is_no_matter(opted_in: World, text: str) -> None:
    hints.test_what_is_not_certainly_an_ai_tool_is_left_alone(opted_in, text)


def test_f29_no_hint_for_a_guest(opted_in: World) -> None:
    hints.test_not_to_guests(opted_in, {"is_restricted": True})


def test_f29_no_hint_where_others_read(opted_in: World) -> None:
    hints.test_not_in_a_channel_that_others_read(opted_in)
