"""Which facts approved uses lack, and which law dates come near, from the results that are stored."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from store.digest_flow import HELD, LATEST
from store.digest_then import Then
from triage.digest import WAITING, rules
from triage.figures import Lack, LawDate

MISSING = 5
"""So many facts are named for each law date, the most frequent first."""
COUNTED = (
    HELD[:-1]
    + ", "
    + ", ".join(f"'{state}'" for state in (*WAITING, "disclosed", "under_reassessment"))
    + ")"
)
"""A law does not wait for a decision; what is over or refused has no duties."""


def lacks(then: Then) -> tuple[Lack, ...]:
    """Questions that can still move a result of an approved use: unanswered, or answered with "not sure"."""
    gap, field = then.each("r.verdict", "gap", "gaps")
    rows = then.rows(
        f"""SELECT {field % "question"} AS fact, count(DISTINCT reg.id) AS uses FROM reg {LATEST}, {gap}
        WHERE reg.state IN {HELD} GROUP BY {field % "question"}"""
    )
    return _sorted(rows)


def law(then: Then, day: date) -> tuple[LawDate, ...]:
    """The days ahead on which duties begin for uses in the register, the nearest first."""
    until = (day + timedelta(days=rules().ahead_days)).isoformat()
    rows = [
        row
        for name in ("duties_today", "duties_coming")
        for row in _duties(then, name, day.isoformat(), until)
    ]
    by_day: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_day[row.day].add(row.duty)
    return tuple(_dated(then, each, duties) for each, duties in sorted(by_day.items()))


def _duties(then: Then, name: str, day: str, until: str) -> list[Any]:
    """A day that had come when it was judged may lie ahead of a moment before that."""
    duty, field = then.each("r.verdict", "duty", name)
    since = field % "from"
    return then.rows(
        f"""SELECT {since} AS day, {field % "duty"} AS duty, count(*) AS uses FROM reg {LATEST}, {duty}
        WHERE reg.state IN {COUNTED} AND {since} > :day AND {since} <= :until GROUP BY {since}, {field % "duty"}""",
        day=day,
        until=until,
    )


def _dated(then: Then, day: str, duties: set[str]) -> LawDate:
    gap, missing = then.each("r.verdict", "gap", "gaps")
    owed = _owed(then)
    counted = then.one(
        f"""SELECT count(*) AS uses, coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM {gap}) THEN 1 ELSE 0 END), 0)
          AS incomplete FROM reg {LATEST} WHERE reg.state IN {COUNTED} AND {owed}""",
        day=day,
    )
    rows = then.rows(
        f"""SELECT {missing % "question"} AS fact, count(DISTINCT reg.id) AS uses FROM reg {LATEST}, {gap}
        WHERE reg.state IN {COUNTED} AND {owed} GROUP BY {missing % "question"}""",
        day=day,
    )
    return LawDate(
        day=date.fromisoformat(day),
        duties=tuple(sorted(duties)),
        uses=counted.uses,
        incomplete=counted.incomplete,
        missing=_sorted(rows)[:MISSING],
    )


def _owed(then: Then) -> str:
    parts = []
    for name in ("duties_today", "duties_coming"):
        duty, field = then.each("r.verdict", "duty", name)
        parts.append(f"EXISTS (SELECT 1 FROM {duty} WHERE {field % 'from'} = :day)")
    return f"({' OR '.join(parts)})"


def _sorted(rows: list[Any]) -> tuple[Lack, ...]:
    found = [Lack(fact=row.fact, uses=row.uses) for row in rows]
    return tuple(sorted(found, key=lambda each: (-each.uses, each.fact)))
