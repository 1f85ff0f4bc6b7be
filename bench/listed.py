"""A log as big as wanted: rows of a web proxy, of which three in a hundred lead to an AI tool."""

from __future__ import annotations

from pathlib import Path
from random import Random

from intake.tool import Tool

HEAD = "Timestamp,User,Department,URL,Action,Bytes\n"
TEAMS, PEOPLE, HOSTS, SHARE = 40, 5_000, 30_000, 0.03
AT_ONCE = 50_000


def write_log(path: Path, rows: int, tools: list[Tool]) -> None:
    """The same file for the same number."""
    random = Random(7)
    homes = [domain for tool in tools if tool.curated for domain in tool.domains if "*" not in domain]
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for start in range(0, rows, AT_ONCE):
            file.write(
                "".join(_row(random, number, homes) for number in range(start, min(start + AT_ONCE, rows)))
            )


def _row(random: Random, number: int, homes: list[str]) -> str:
    person, drawn = random.randrange(PEOPLE), random.random()
    host = (
        homes[int(drawn / SHARE * len(homes))] if drawn < SHARE else f"host{int(drawn * HOSTS)}.example.com"
    )
    day = 1 + number % 28
    return f"2026-11-{day:02}T09:00:00Z,u{person}@example.com,Team {person % TEAMS},https://{host}/{number},Allowed,512\n"
