"""What is done by the clock. APScheduler only says when; what is due stands in the store."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bot.keptfor import keep_no_longer, periods
from store import consults, inbox, outbox
from store.engine import Store
from store.errors import Unavailable

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)

PURGE_MINUTES = 60
RETENTION_MINUTES = 60
PEOPLE_MINUTES = 1
POLICIES_MINUTES = 1
DEADLINES_MINUTES = 1
EXPIRY_MINUTES = 10
DIGEST_MINUTES = 1
ANCHOR_MINUTES = 5
PACK_MINUTES = 0.1
MODEL_MINUTES = 0.1
"""Somebody may be waiting; without a model it looks at a setting and is done."""


class Job(NamedTuple):
    """May run in several processes at once, late, or twice: each is harmless to repeat.

    `overlaps`: it may still be at work when its turn comes again, and then looks away by itself.
    """

    name: str
    minutes: float
    do: Callable[[], object]
    overlaps: bool = False


def jobs(
    store: Store,
    fill_in_people: Callable[[], object],
    look_at_policies: Callable[[], object],
    look_at_deadlines: Callable[[], object],
    look_at_expiry: Callable[[], object],
    look_at_digests: Callable[[], object],
    ask_model: Callable[[], object],
    look_at_anchors: Callable[[], object],
    make_packs: Callable[[], object],
) -> tuple[Job, ...]:
    """All that a worker does by the clock."""
    return (
        Job("purge", PURGE_MINUTES, partial(purge, store)),
        Job("retention", RETENTION_MINUTES, partial(keep_no_longer, store)),
        Job("people", PEOPLE_MINUTES, fill_in_people),
        Job("policies", POLICIES_MINUTES, look_at_policies),
        Job("deadlines", DEADLINES_MINUTES, look_at_deadlines),
        Job("expiry", EXPIRY_MINUTES, look_at_expiry),
        Job("digest", DIGEST_MINUTES, look_at_digests),
        Job("model", MODEL_MINUTES, ask_model, overlaps=True),
        Job("anchor", ANCHOR_MINUTES, look_at_anchors),
        Job("pack", PACK_MINUTES, make_packs),
    )


class Clock:
    """Has the jobs done every so many minutes, from `start` to `stop`."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self.jobs = tuple(jobs)
        self._scheduler: BackgroundScheduler | None = None

    def start(self) -> None:
        from apscheduler.schedulers.background import BackgroundScheduler  # late: a door alone has no clock

        # A purge that is late is still worth doing: the default would drop it after one second.
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True}
        )
        for job in self.jobs:
            most = 2 if job.overlaps else 1
            self._scheduler.add_job(job.do, "interval", minutes=job.minutes, id=job.name, max_instances=most)
        self._scheduler.start()

    def hurry(self) -> None:
        """Do everything as soon as possible: whoever moved a clock wants to see what follows."""
        if self._scheduler is not None:
            for job in self.jobs:
                self._scheduler.modify_job(job.name, next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)


def purge(store: Store) -> None:
    """Forget what was worked off or sent long ago; the register and the trail keep everything."""
    now = store.now()
    try:
        with store.write() as session:
            kept = periods(session)
            gone = inbox.purge(session, now=now, kept=kept["events"])
            gone += outbox.purge(session, now=now, kept=kept["messages"])
            consults.forget(session, now, kept["model"])
    except Unavailable as problem:
        log.warning("The purge waits for the database: %s", problem)
        return
    log.info("Purged", extra={"event": "purged", "rows": gone})
