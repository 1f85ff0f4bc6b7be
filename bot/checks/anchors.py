"""Whether the head of the trail is put elsewhere, how the last times went, and what is still missing for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot.anchors import stamps
from bot.config import Anchoring
from bot.finding import Finding
from store import anchors
from store.engine import Store
from store.errors import Unavailable
from store.schema import HEAD, revision
from store.trail import Record
from triage.anchoring import LATE, Place

SETTING: dict[Place, str] = {"channel": "anchor.channel", "file": "anchor.file", "stamp": "anchor.tsa"}
ELSEWHERE = "Set anchor.channel, anchor.file, or anchor.tsa with anchor.tsa_root (docs/anchoring.md)."


def look(store: Store, settled: Anchoring) -> Iterator[Finding]:
    yield from _settled(settled)
    lines = _lines(store)
    now = store.now()
    wanted = {"channel": settled.channel, "file": settled.file, "stamp": settled.tsa}
    for place, setting in SETTING.items():
        if wanted[place]:
            yield from _went(setting, [each for each in lines if each.detail.get("where") == place], now)


def _settled(settled: Anchoring) -> Iterator[Finding]:
    if not (settled.channel or settled.file or settled.tsa):
        what = "The head of the audit trail is put nowhere else: who owns the database could rewrite all of it unseen."
        yield Finding(level="info", what=what, mend=ELSEWHERE)
    if settled.file and not _can_write(Path(settled.file)):
        mend = "Let Steward's account append there, or name another file."
        yield Finding(level="error", what=f"anchor.file {settled.file} cannot be written.", mend=mend)
    if settled.tsa and not settled.tsa_root:
        what = "anchor.tsa is set without anchor.tsa_root, so nothing is stamped: nobody could tell whose stamp it is."
        mend = "Save the root certificate of that service as PEM and set anchor.tsa_root to its path."
        yield Finding(level="error", what=what, mend=mend)
    if settled.tsa and settled.tsa_root:
        try:
            stamps.read_roots(Path(settled.tsa_root))
        except stamps.Unstamped as problem:
            yield Finding(level="error", what=str(problem), mend="Save the root certificate there, as PEM.")


def _can_write(path: Path) -> bool:
    import os

    return os.access(path if path.exists() else path.parent, os.W_OK)


def _lines(store: Store) -> list[Record]:
    """None where the database cannot be read: told where it is looked at."""
    try:
        if revision(store) != HEAD:
            return []
        with store.read() as session:
            return anchors.lines(session)
    except Unavailable:
        return []


def _went(setting: str, lines: list[Record], now: datetime) -> Iterator[Finding]:
    last = lines[-1] if lines else None
    if last is None:
        mend = "A running Steward makes one each day; `steward anchor` makes one now."
        yield Finding(level="info", what=f"No anchor was made yet for {setting}.", mend=mend)
    elif last.what == anchors.FAILED:
        what = f"{setting}: the anchor of {last.detail.get('day')} could not be made ({last.detail.get('because')})."
        yield Finding(
            level="error", what=what, mend="See the log, mend the cause, then run `steward anchor`."
        )
    elif now - datetime.fromisoformat(last.at) > LATE:
        what = f"{setting}: the last anchor is of {last.at[:16]} UTC."
        yield Finding(
            level="warning", what=what, mend="See whether `steward slack` or `steward worker` runs."
        )
    else:
        what = f"{setting}: the last anchor is line {last.detail.get('seq')}, of {last.at[:16]} UTC."
        yield Finding(level="info", what=what)
