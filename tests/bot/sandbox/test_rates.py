"""How often the app may call, on a clock that stands until it is moved."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.clock import Clock
from bot.sandbox.methods import METHODS
from bot.sandbox.rates import A_MINUTE, POSTS, POSTS_AT_ONCE, TIERS, UNLIMITED
from bot.sandbox.workspace import Workspace, WorkspaceServer

NOON = 1_800_000_000.0


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def standing(clock: Clock) -> Iterator[WorkspaceServer]:
    with WorkspaceServer(Workspace(clock=clock)) as running:
        yield running


@pytest.fixture
def caller(standing: WorkspaceServer) -> WebClient:
    return WebClient(token="xoxb-local", base_url=standing.api_url, retry_handlers=[])


def waits(client: WebClient, method: str, **args: object) -> int:
    """The seconds that Slack tells to wait; 0 when the call was carried out or refused for another reason."""
    try:
        client.api_call(method, json=args)
    except SlackApiError as refused:
        if refused.response["error"] != "ratelimited":
            return 0
        return int(refused.response.headers["Retry-After"]) if refused.response.status_code == 429 else -1
    return 0


def test_every_method_has_a_tier_or_is_known_to_have_none() -> None:
    assert set(METHODS) | {"apps.connections.open"} == {*TIERS, *UNLIMITED, POSTS}


@pytest.mark.parametrize("method", sorted(TIERS))
def test_a_minute_has_so_many_calls_of_each_method(caller: WebClient, clock: Clock, method: str) -> None:
    minute = A_MINUTE[TIERS[method]]
    assert not any(waits(caller, method) for _ in range(minute))
    wait = waits(caller, method)
    assert wait == -(-60 // minute)
    clock.move(wait)
    assert waits(caller, method) == 0


def test_a_channel_takes_one_post_a_second_after_a_short_burst(caller: WebClient, clock: Clock) -> None:
    def post(channel: str) -> int:
        return waits(caller, "chat.postMessage", channel=channel, text="x")

    assert not any(post("C0GENERAL") for _ in range(POSTS_AT_ONCE))
    assert post("general") == 1  # the same channel by its name
    assert post("G0REVIEW") == 0
    clock.move(1)
    assert [post("C0GENERAL"), post("C0GENERAL")] == [0, 1]
    assert not any(post("U0MIRA") for _ in range(POSTS_AT_ONCE))
    assert post("D0MIRA") == 1  # direct messages by the person or by their own id


def test_a_call_that_waits_is_a_refusal_and_changes_nothing(
    standing: WorkspaceServer, caller: WebClient
) -> None:
    for _ in range(POSTS_AT_ONCE + 3):
        waits(caller, "chat.postMessage", channel="C0GENERAL", text="x")
    assert len(standing.workspace.messages("general")) == POSTS_AT_ONCE
    assert [r["error"] for r in standing.refusals] == ["ratelimited"] * 3


def test_the_limits_can_be_left_out() -> None:
    with WorkspaceServer(Workspace(clock=Clock(NOON), limited=False)) as server:
        client = WebClient(token="xoxb-local", base_url=server.api_url)
        assert not any(waits(client, "usergroups.list") for _ in range(30))
