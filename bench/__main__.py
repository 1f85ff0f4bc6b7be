"""`python -m bench [part …] [--rounds N]`: all parts where none is named."""

from __future__ import annotations

import argparse
import logging
import os
import platform
import sqlite3
from importlib.metadata import version

from bench import (
    clicks,
    digest,
    discover,
    due,
    home,
    judge,
    load,
    names,
    pack,
    peers,
    queue,
    rehearsal,
    sending,
    starting,
    turns,
)

PACKAGES = ("slack-bolt", "slack-sdk", "SQLAlchemy", "sqlmodel", "pydantic", "waitress")

PARTS = {
    "clicks": clicks.run,
    "turns": turns.run,
    "load": load.run,
    "sending": sending.run,
    "judge": judge.run,
    "peers": peers.run,
    "rehearsal": rehearsal.run,
    "queue": queue.run,
    "home": home.run,
    "digest": digest.run,
    "names": names.run,
    "due": due.run,
    "discover": discover.run,
    "pack": pack.run,
    "starting": starting.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=7, help="how often each is measured (default 7)")
    chosen = parser.parse_args()
    if unknown := [part for part in chosen.parts if part not in PARTS]:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    logging.disable(logging.WARNING)
    logging.getLogger("waitress").setLevel(logging.CRITICAL)  # a server that is closed mid-word is no fault
    _print_facts()
    for part in chosen.parts or PARTS:
        PARTS[part](chosen.rounds)


def _print_facts() -> None:
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}")
    print(", ".join(f"{name} {version(name)}" for name in PACKAGES))
    cores, busy = os.cpu_count() or 1, os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"{cores} cores, of which others keep {busy:.1f} busy now")
    print("Read the ratios: the figures are those of this machine at this moment.")


if __name__ == "__main__":
    main()
