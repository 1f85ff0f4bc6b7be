"""The worker's clock: jobs in their own time, and at once when somebody moved the clock of a workspace."""

from __future__ import annotations

import threading

from bot.jobs import Clock, Job

PATIENCE = 30.0
"""Real seconds, and more than any machine needs."""


def test_whoever_moved_a_clock_need_not_wait_for_its_turn() -> None:
    done = threading.Event()
    clock = Clock([Job("rarely", 600, done.set)])
    clock.hurry()
    clock.start()
    try:
        assert not done.is_set(), "nothing is done before there is a clock, or before its time"
        clock.hurry()
        assert done.wait(PATIENCE)
    finally:
        clock.stop()


def test_a_job_that_looks_away_by_itself_is_called_again_while_it_works() -> None:
    """What asks a model may take long; that its turn comes again meanwhile is no warning."""
    entered, over = threading.Semaphore(0), threading.Event()

    def works() -> None:
        entered.release()
        over.wait(PATIENCE)

    clock = Clock([Job("slow", 0.001, works, overlaps=True)])
    clock.start()
    try:
        assert entered.acquire(timeout=PATIENCE)
        assert entered.acquire(timeout=PATIENCE)
    finally:
        over.set()
        clock.stop()
