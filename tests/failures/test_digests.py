"""F06, F32 and F35 for digests: one however many processes look, whole at any size, and patient with Slack."""

from __future__ import annotations

from typing import Any

import pytest

from bot.digestfile import as_json
from bot.slack import digested
from bot.slack.message import MESSAGE_BLOCKS
from tests.bot.slack.digested import drawn, figures
from tests.failures.acts import at_once
from tests.journeys.test_deadlines import until
from tests.journeys.test_digest import digests
from tests.slack_world import ANA, EVE, World, words
from triage.digest import digest
from triage.figures import Count, Lack, Queue, Stock

TOOLS = 300


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"digest.day": "monday", "digest.time": "09:00", "roles.governance_lead": [EVE]}


def test_f06_two_processes_post_one_digest(world: World) -> None:
    world.person(ANA).asks().submitted()
    until(world, 14, 8, 50)
    front = world.bot.front
    world.clock.move(11 * 60)
    at_once(*[lambda: digested.look(front, front.desk())] * 2)
    world.settle()
    until(world, 14, 12)
    assert len(digests(world)) == 1


def test_f32_three_hundred_of_everything_fit_one_message_and_the_file_has_all() -> None:
    """What a message has no room for stands in the file below it, number by number."""
    numbers = range(1, TOOLS + 1)
    many = figures(
        stock=Stock(
            overdue=TOOLS, counts=tuple(Count(state="approved", tier=1 + n % 4, uses=n) for n in numbers)
        ),
        queues=tuple(Queue(role="risk_owner", uses=1000 + n) for n in numbers),
        lacks=tuple(Lack(fact="owner_id", uses=5000 + n) for n in numbers),
    )
    assert len(drawn(many).blocks) <= MESSAGE_BLOCKS
    whole = as_json(digest(many, "week"))
    assert all(f'"uses": {1000 + n}' in whole and f'"uses": {5000 + n}' in whole for n in numbers)


def test_f35_slacks_wait_in_the_middle_of_a_digest(alone: World) -> None:
    alone.person(ANA).asks().submitted()
    until(alone, 14, 8, 50)
    alone.server.faults.ratelimit("chat.postMessage", calls=3, retry_after=30)
    until(alone, 14, 9)
    alone.passes(minutes=3)
    (post,) = digests(alone)
    assert "One request is overdue" in words(post)
