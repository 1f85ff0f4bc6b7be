"""What every long-running command does first: logs, a migrated database, seeded settings."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from bot.config import read_seed, seed
from bot.finding import Misconfigured, of_files
from bot.keeping import keep
from bot.library import library
from bot.settings import Settings
from intake.source import Damaged, printable
from intake.steering import tame
from store.engine import Store
from store.errors import Absent, Unavailable
from store.schema import check_current, revision


def utc_now() -> datetime:
    return datetime.now(UTC)


USUAL = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}
"""What every record has; the rest are fields of ours."""


class Lines(logging.Formatter):
    """A sentence and its fields, which is how a reference that a person was told is found again."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        fields = [
            printable(f"{name}={value}") for name, value in record.__dict__.items() if name not in USUAL
        ]
        return " ".join([printable(super().formatMessage(record)), *fields])

    def formatException(self, ei: Any) -> str:
        """A database that does not answer is known trouble: its sentence says it all."""
        return tame(str(ei[1]) if isinstance(ei[1], Unavailable) else super().formatException(ei))


def start_logging(level: str = "info") -> None:
    """One line for each thing, with its fields behind it; ids, never answers."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    for noisy in ("alembic", "slack_bolt", "slack_sdk", "apscheduler", "waitress", "aiohttp"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


@contextmanager
def for_good() -> Iterator[None]:
    """What is built here lives as long as the process: the collector need not look through it, now or later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def open_store(settings: Settings, now: Callable[[], datetime] = utc_now) -> Store:
    """The database, migrated if it is empty; an older one with data in it is left to `steward migrate`."""
    start_logging(settings.log_level)
    store = Store(settings.database_url, now=now)
    if _is_empty(store):
        from store.migrate import migrate

        migrate(settings.database_url)
    check_current(store)
    return store


def _is_empty(store: Store) -> bool:
    """Never migrated, or not there yet; what is wrong beyond that, the migration says."""
    try:
        return revision(store) is None
    except Absent:
        return True


def start(settings: Settings, *, door: bool) -> Store:
    """What is told to the process is looked at first, all of it at once; only then anything is opened or made."""
    faults, first = list(settings.for_slack(door=door)), {}
    try:
        library()
    except Damaged as damaged:
        faults += of_files(damaged)
    try:
        first = stated(settings)
    except Damaged as damaged:
        faults += of_files(damaged)
    if faults:
        raise Misconfigured(faults)
    store = open_store(settings)
    _put(store, first)
    return store


def prepare(settings: Settings, store: Store) -> None:
    """What the settings file says and the database does not know yet, and the texts that are in force."""
    _put(store, stated(settings))


def _put(store: Store, first: Mapping[str, Any]) -> None:
    keep(store, library())
    if first:
        seed(store, first, now=store.now())


def stated(settings: Settings) -> dict[str, Any]:
    """What the settings file says; one that was named must be there."""
    if settings.config_named or settings.config_path.exists():
        return read_seed(settings.config_path)
    return {}
