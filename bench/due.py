"""What falls due, found over registers of growing size, beside the plain SQL that finds the same rows."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.filled import NOW, fill
from bench.rounds import heading
from store import due
from store.columns import to_text
from store.engine import Store

SIZES = (1_000, 10_000, 100_000)
TIMES = 20
"""Looks in a row: one is too short to be measured."""
RIPE = due.AT_ONCE
ROWS = """INSERT INTO due (id, subject_kind, subject_id, kind, step, due_at, state)
    SELECT 'd' || id, 'use', id, 'tasks:' || id, 0, strftime('%Y-%m-%dT%H:%M:%S.000000Z', :now,
      CASE WHEN row_number() OVER (ORDER BY id) <= :ripe THEN '-1 hours'
        ELSE '+' || (1 + abs(random() % 9000)) || ' hours' END), 'waiting' FROM use"""
PLAIN = "SELECT id FROM due WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, id LIMIT ?"


def run(rounds: int) -> None:
    heading(f"The rows that fell due, {RIPE} of all, beside plain SQL for the same")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.db"
            fill(path, size)
            base = sqlite3.connect(path)
            base.execute(ROWS, {"now": to_text(NOW - timedelta()), "ripe": RIPE})
            base.commit()
            base.close()
            _measured(path, size, rounds)


def _measured(path: Path, size: int, rounds: int) -> None:
    store, base = Store(f"sqlite:///{path}", now=lambda: NOW), sqlite3.connect(path)

    def plain() -> list[str]:
        return [row[0] for row in base.execute(PLAIN, [to_text(NOW), RIPE])]

    def nothing() -> bool:
        """A whole look, with the opening of a session."""
        with store.read() as session:
            return due.is_ripe(session, now=NOW - timedelta(days=1))

    try:
        with store.read() as session:

            def ours() -> list[str]:
                return due.found(session, now=NOW)

            assert ours() == plain()
            sql, mine = (min(_timed(each) for _ in range(rounds)) for each in (plain, ours))
        assert not nothing()
        vain = min(_timed(nothing) for _ in range(rounds))
    finally:
        base.close()
        store.close()
    print(
        f"{size:>9,} uses: due {mine * 1e6:6.0f} µs, plain SQL {sql * 1e6:6.0f} µs, ratio {mine / sql:.2f}; "
        f"in vain {vain * 1e6:6.0f} µs"
    )


def _timed(do: Callable[[], Any]) -> float:
    """Of the processor: what others do at the same time does not count."""
    begun = time.process_time()
    for _ in range(TIMES):
        do()
    return (time.process_time() - begun) / TIMES
