"""Which facts approved uses lack, and which law dates come near, from the results that are stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from store.digest_flow import HELD, LATEST
from store.digest_then import Then
from triage.digest import WAITING, rules
from triage.figures import Lack, LawDate

MISSING = 5
"""So many facts are named for each law date, the most frequent first."""
COUNTED = f"{HELD[:-1]}, {', '.join(repr(state) for state in (*WAITING, 'disclosed', 'under_reassessment'))})"
"""A law does not wait for a decision; what is over or refused has no duties."""


def lacks_and_law(then: Then, day: date) -> tuple[tuple[Lack, ...], tuple[LawDate, ...]]:
    """Questions that can still move a result of an approved use, unanswered or "not sure"; and the days ahead on which
    duties begin, the nearest first.

    In one statement, since reading the results is what takes the time: each is read once for its gaps and once for
    either kind of duty.
    """
    until = day + timedelta(days=rules().ahead_days)
    rows = then.rows(_statement(then), day=day.isoformat(), until=until.isoformat())
    told: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        told[row.what].append(row)
    return _lacks(told["lack"]), tuple(_dated(each, told) for each in sorted(told["uses"], key=_day))


def _statement(then: Then) -> str:
    gap, said = then.each("r.verdict", "gap", "gaps")
    owed = " UNION ".join(_owed(then, name) for name in ("duties_today", "duties_coming"))
    return f""", gap_of AS (
          SELECT reg.id AS id, reg.state AS state, {said % "question"} AS fact FROM reg {LATEST}, {gap}
          WHERE reg.state IN {COUNTED}),
        owed AS ({owed}),
        comes AS (SELECT DISTINCT id, day FROM owed)
        SELECT 'lack' AS what, '' AS day, fact AS name, count(DISTINCT id) AS uses FROM gap_of
          WHERE state IN {HELD} GROUP BY fact
        UNION ALL SELECT 'duty', day, duty, count(*) FROM owed GROUP BY day, duty
        UNION ALL SELECT 'uses', day, '', count(*) FROM comes GROUP BY day
        UNION ALL SELECT 'incomplete', day, '', count(*) FROM comes
          WHERE id IN (SELECT id FROM gap_of) GROUP BY day
        UNION ALL SELECT 'missing', comes.day, gap_of.fact, count(DISTINCT comes.id)
          FROM comes JOIN gap_of ON gap_of.id = comes.id GROUP BY comes.day, gap_of.fact"""


def _owed(then: Then, name: str) -> str:
    """A day that had come when it was judged may lie ahead of a moment before that."""
    duty, said = then.each("r.verdict", "duty", name)
    since = said % "from"
    return f"""SELECT reg.id AS id, {since} AS day, {said % "duty"} AS duty FROM reg {LATEST}, {duty}
        WHERE reg.state IN {COUNTED} AND {since} > :day AND {since} <= :until"""


def _dated(uses: Any, told: Mapping[str, list[Any]]) -> LawDate:
    of = {what: [row for row in rows if row.day == uses.day] for what, rows in told.items()}
    return LawDate(
        day=date.fromisoformat(uses.day),
        duties=tuple(sorted(row.name for row in of.get("duty", ()))),
        uses=uses.uses,
        incomplete=sum(row.uses for row in of.get("incomplete", ())),
        missing=_lacks(of.get("missing", []))[:MISSING],
    )


def _lacks(rows: list[Any]) -> tuple[Lack, ...]:
    found = [Lack(fact=row.name, uses=row.uses) for row in rows]
    return tuple(sorted(found, key=lambda each: (-each.uses, each.fact)))


def _day(row: Any) -> str:
    return str(row.day)
