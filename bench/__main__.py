"""`python -m bench [clicks|turns|judge|starting …] [--rounds N]`: all of them where none is named."""

from __future__ import annotations

import argparse
import logging
import platform
import sqlite3

from bench import clicks, judge, load, sending, starting, turns

PARTS = {
    "clicks": clicks.run,
    "turns": turns.run,
    "load": load.run,
    "sending": sending.run,
    "judge": judge.run,
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
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}.")
    print("Read the ratios: the figures are those of this machine at this moment.")
    for part in chosen.parts or PARTS:
        PARTS[part](chosen.rounds)


if __name__ == "__main__":
    main()
