"""What is done by the clock. APScheduler only says when; what is due stands in the store."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from store import inbox, outbox
from store.engine import Store
from store.errors import Unavailable

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)

PURGE_MINUTES = 60
PEOPLE_MINUTES = 1


class Clock:
    """Jobs that may run in several processes at once: each is harmless to repeat."""

    def __init__(self, store: Store, fill_in_people: Callable[[], object]) -> None:
        self._store, self._fill_in_people = store, fill_in_people
        self._scheduler: BackgroundScheduler | None = None

    def start(self) -> None:
        from apscheduler.schedulers.background import BackgroundScheduler  # late: a door alone has no clock

        # A purge that is late is still worth doing: the default would drop it after one second.
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True}
        )
        self._scheduler.add_job(self.purge, "interval", minutes=PURGE_MINUTES, id="purge")
        self._scheduler.add_job(self._fill_in_people, "interval", minutes=PEOPLE_MINUTES, id="people")
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)

    def purge(self) -> None:
        """Forget what was worked off or sent long ago; the register and the trail keep everything."""
        now = self._store.now()
        try:
            with self._store.write() as session:
                gone = inbox.purge(session, now=now) + outbox.purge(session, now=now)
        except Unavailable as problem:
            log.warning("The purge waits for the database: %s", problem)
            return
        log.info("Purged", extra={"event": "purged", "rows": gone})
