"""Which facts approved uses lack, and which law dates come near: from the rows that are kept of both, and of what
changed since from the results that stood then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from store.digest_flow import HELD
from store.digest_then import CHANGED, Then
from triage.digest import WAITING, rules
from triage.figures import Lack, LawDate

MISSING = 5
"""So many facts are named for each law date, the most frequent first."""
COUNTED = f"{HELD[:-1]}, {', '.join(repr(state) for state in (*WAITING, 'disclosed', 'under_reassessment'))})"
"""A law does not wait for a decision; what is over or refused has no duties."""
Told = Counter[tuple[str, str, str]]
"""So many uses by what is counted, the day and the name."""

LIES = "reg.updated_at <= :at AND reg.state IN"
AHEAD = "d.begins > :today AND d.begins <= :last"
COMES = f"(SELECT DISTINCT d.use_id, d.begins FROM duty d WHERE {AHEAD}) c JOIN use reg ON reg.id = c.use_id"
KEPT = (
    # From the uses to their facts, which lie side by side: the other way round takes more than twice as long.
    f"""SELECT 'lack' AS what, '' AS day, l.fact AS name, count(*) AS uses FROM use reg CROSS JOIN lack l
        WHERE l.use_id = reg.id AND {LIES} {HELD} GROUP BY l.fact""",
    f"""SELECT 'duty' AS what, d.begins AS day, d.duty AS name, count(*) AS uses FROM duty d
        JOIN use reg ON reg.id = d.use_id WHERE {AHEAD} AND {LIES} {COUNTED} GROUP BY d.begins, d.duty""",
    f"""SELECT 'uses' AS what, c.begins AS day, '' AS name, count(*) AS uses FROM {COMES}
        WHERE {LIES} {COUNTED} GROUP BY c.begins""",
    f"""SELECT 'incomplete' AS what, c.begins AS day, '' AS name, count(*) AS uses FROM {COMES}
        WHERE {LIES} {COUNTED} AND EXISTS (SELECT 1 FROM lack l WHERE l.use_id = reg.id) GROUP BY c.begins""",
    f"""SELECT 'missing' AS what, c.begins AS day, l.fact AS name, count(*) AS uses FROM {COMES}
        JOIN lack l ON l.use_id = reg.id WHERE {LIES} {COUNTED} GROUP BY c.begins, l.fact""",
)


def lacks_and_law(then: Then, day: date) -> tuple[tuple[Lack, ...], tuple[LawDate, ...]]:
    """Questions that can still move a result of an approved use, unanswered or "not sure"; and the days ahead on which
    duties begin, the nearest first."""
    until = day + timedelta(days=rules().ahead_days)
    given = {"today": day, "last": until, "day": day.isoformat(), "until": until.isoformat()}
    told: Told = Counter()
    for query in (*KEPT, *((_of_results(then),) if then.moved else ())):
        for row in then.rows(query, **given):
            told[row.what, str(row.day), row.name] += row.uses
    days = sorted({each for what, each, _ in told if what == "uses"})
    return _lacks(_named(told, "lack")), tuple(_dated(each, told) for each in days)


def _of_results(then: Then) -> str:
    """The same of what changed since: the rows say how it is now."""
    gap, said = then.each("r.verdict", "gap", "gaps")
    owed = " UNION ".join(_owed(then, name) for name in ("duties_today", "duties_coming"))
    return f""", gap_of AS (
          SELECT DISTINCT reg.id AS id, reg.state AS state, {said % "question"} AS fact
          FROM reg {CHANGED}, {gap} WHERE reg.state IN {COUNTED}),
        owed AS ({owed}),
        comes AS (SELECT DISTINCT id, day FROM owed)
        SELECT 'lack' AS what, '' AS day, fact AS name, count(*) AS uses FROM gap_of
          WHERE state IN {HELD} GROUP BY fact
        UNION ALL SELECT 'duty', day, duty, count(*) FROM owed GROUP BY day, duty
        UNION ALL SELECT 'uses', day, '', count(*) FROM comes GROUP BY day
        UNION ALL SELECT 'incomplete', day, '', count(*) FROM comes
          WHERE id IN (SELECT id FROM gap_of) GROUP BY day
        UNION ALL SELECT 'missing', comes.day, gap_of.fact, count(*)
          FROM comes JOIN gap_of ON gap_of.id = comes.id GROUP BY comes.day, gap_of.fact"""


def _owed(then: Then, name: str) -> str:
    """A day that had come when it was judged may lie ahead of a moment before that."""
    duty, said = then.each("r.verdict", "duty", name)
    since = said % "from"
    return f"""SELECT reg.id AS id, {since} AS day, {said % "duty"} AS duty
        FROM reg {CHANGED}, {duty}
        WHERE reg.state IN {COUNTED} AND {since} > :day AND {since} <= :until"""


def _dated(day: str, told: Told) -> LawDate:
    return LawDate(
        day=date.fromisoformat(day),
        duties=tuple(sorted(name for name, _ in _named(told, "duty", day))),
        uses=told["uses", day, ""],
        incomplete=told["incomplete", day, ""],
        missing=_lacks(_named(told, "missing", day))[:MISSING],
    )


def _named(told: Told, what: str, day: str = "") -> Iterator[tuple[str, int]]:
    return ((name, uses) for (of, when, name), uses in told.items() if (of, when) == (what, day))


def _lacks(found: Iterator[tuple[str, int]]) -> tuple[Lack, ...]:
    return tuple(
        sorted((Lack(fact=name, uses=uses) for name, uses in found), key=lambda e: (-e.uses, e.fact))
    )
