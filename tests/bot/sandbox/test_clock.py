"""The workspace's clock: it wakes sleepers when it is moved, and never runs back."""

import asyncio
import time

import pytest

from bot.sandbox.clock import Clock

NOON = 1_800_000_000.0


def test_who_sleeps_by_a_standing_clock_wakes_when_it_is_moved_past_their_moment() -> None:
    clock, woken = Clock(NOON), []

    async def sleeper() -> None:
        await clock.sleep(60)
        woken.append(clock.now())

    async def story() -> None:
        task = asyncio.create_task(sleeper())
        await asyncio.sleep(0)
        assert clock.next_waking() == NOON + 60
        clock.move(59)
        await asyncio.sleep(0.01)
        assert woken == []
        clock.move(1)
        await task

    asyncio.run(story())
    assert woken == [NOON + 60]
    assert clock.next_waking() is None


def test_a_running_clock_may_be_moved_ahead_of_real_time() -> None:
    clock = Clock()

    async def story() -> None:
        task = asyncio.create_task(clock.sleep(3600))
        await asyncio.sleep(0)
        clock.move(3600)
        await asyncio.wait_for(task, 5)

    asyncio.run(story())
    assert clock.shift == 3600


def test_what_happened_stays_in_the_past() -> None:
    clock = Clock(NOON)
    with pytest.raises(ValueError, match="turned back"):
        clock.move(-1)
    assert clock.moment().isoformat() == "2027-01-15T08:00:00+00:00"


def test_one_that_stood_runs_along_from_where_it_was() -> None:
    clock = Clock(1_000_000.0)
    clock.move(50)
    assert clock.now() == clock.now() == 1_000_050.0
    clock.run_on()
    assert clock.now() >= 1_000_050.0
    before = clock.now()
    time.sleep(0.001)
    assert clock.now() > before
    clock.move(3600)
    assert clock.now() >= 1_003_650.0
