"""The figures of a weekly digest over registers of growing size, beside plain SQL that yields the same numbers."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.filled import NOW, fill
from bench.rounds import heading
from store.columns import to_text
from store.digest import figures
from store.digest_flow import FACTS
from store.engine import Store
from triage.figures import Figures

SIZES = (1_000, 10_000, 100_000)
WHOLE = 1_000_000
MILLION = "STEWARD_BENCH_MILLION"
"""Set to 1, a million uses are measured, too; the file takes about twelve gigabytes."""
WEEK = timedelta(days=7)
QUICK = 100_000
"""Up to so many uses, the best of several rounds counts; they are held against the results themselves, too."""

HELD = "('approved', 'approved_with_conditions')"
COUNTED = f"{HELD[:-1]}, 'in_review', 'needs_info', 'blocked', 'disclosed', 'under_reassessment')"
RULED = "('approve', 'approve_with_conditions', 'decline', 'confirm_prohibited')"
AHEAD = f"""SELECT DISTINCT d.use_id AS id, d.begins AS day FROM duty d JOIN use u ON u.id = d.use_id
    WHERE u.state IN {COUNTED} AND d.begins > :day AND d.begins <= :ahead"""
PLAIN: dict[str, str] = {
    "register": """SELECT state || coalesce(tier_ceiling, 0), count(*) FROM use
        WHERE state NOT IN ('draft', 'withdrawn') GROUP BY 1""",
    "register a week ago": """SELECT state || coalesce(tier, 0), count(*) FROM (
          SELECT state, tier_ceiling AS tier FROM use WHERE updated_at <= :since
          UNION ALL
          SELECT (SELECT state FROM line WHERE use = u.id ORDER BY seq DESC LIMIT 1),
            (SELECT r.verdict ->> '$.results.tier.ceiling' FROM result r WHERE r.subject_kind = 'use'
              AND r.subject_id = u.id AND r.judged_at <= :since ORDER BY r.version DESC LIMIT 1)
          FROM use u WHERE updated_at > :since AND created_at <= :since)
        WHERE state NOT IN ('draft', 'withdrawn') GROUP BY 1""",
    "overdue": "SELECT '', count(*) FROM use WHERE state IN ('in_review', 'blocked') AND due_at < :at",
    "came in": "SELECT '', count(*) FROM use WHERE submitted_at > :since AND submitted_at <= :at",
    "imported": "SELECT '', count(*) FROM use WHERE source_map IS NOT NULL AND created_at > :since",
    "decided": f"""SELECT kind, count(*) FROM decision WHERE kind IN {RULED} AND decided_at > :since
        AND decided_at <= :at GROUP BY 1""",
    "half": f"""SELECT '', cast(round(hours) AS INTEGER) FROM (
          SELECT hours, row_number() OVER (ORDER BY hours) AS n, count(*) OVER () AS all_of_them FROM (
            SELECT (julianday(d.decided_at) - julianday(u.submitted_at)) * 24 AS hours
            FROM decision d JOIN use u ON u.id = d.subject_id
            WHERE d.kind IN {RULED} AND d.decided_at > :since AND d.decided_at <= :at))
        WHERE n = (all_of_them - 1) / 2 + 1""",
    "queues": """SELECT a.role, count(DISTINCT u.id) FROM ask a JOIN use u ON u.id = a.use_id
        WHERE a.kind = 'yes' AND a.rank = 0 AND NOT a.later AND u.state IN ('in_review', 'blocked')
        AND u.due_at < :at GROUP BY 1""",
    "conditions": f"""SELECT '', count(*) FROM condition c JOIN decision d ON d.id = c.decision_id
        JOIN use u ON u.id = c.use_id WHERE d.superseded_by IS NULL AND u.state IN {HELD} AND c.due_on < :day
        AND NOT EXISTS (SELECT 1 FROM condition_step s WHERE s.condition_id = c.id)""",
    "ownerless": f"SELECT '', count(*) FROM use WHERE state IN {HELD} AND owner_id IS NULL",
    "lacks": f"""SELECT l.fact, count(*) FROM use u CROSS JOIN lack l
        WHERE l.use_id = u.id AND u.state IN {HELD} GROUP BY 1""",
    "law": f"SELECT day, count(*) FROM ({AHEAD}) GROUP BY 1",
    "law, duties": f"""SELECT d.begins || d.duty, count(*) FROM duty d JOIN use u ON u.id = d.use_id
        WHERE u.state IN {COUNTED} AND d.begins > :day AND d.begins <= :ahead GROUP BY 1""",
    "law, incomplete": f"""SELECT day, count(*) FROM ({AHEAD}) o
        WHERE EXISTS (SELECT 1 FROM lack l WHERE l.use_id = o.id) GROUP BY 1""",
    "law, missing": f"""SELECT o.day || l.fact, count(*) FROM ({AHEAD}) o JOIN lack l ON l.use_id = o.id
        GROUP BY 1""",
}
LATEST = """JOIN (SELECT subject_id, max(version) AS version FROM result WHERE subject_kind = 'use' GROUP BY 1) n
    ON n.subject_id = u.id JOIN result r ON r.subject_id = u.id AND r.version = n.version AND r.subject_kind = 'use'"""
OWED = " UNION ".join(
    f"""SELECT u.id AS id, d.value ->> 'from' AS day FROM use u {LATEST}, json_each(r.verdict, '$.{name}') d
    WHERE u.state IN {COUNTED} AND d.value ->> 'from' > :day AND d.value ->> 'from' <= :ahead"""
    for name in ("duties_today", "duties_coming")
)
OF_RESULTS: dict[str, str] = {
    "lacks": f"""SELECT g.value ->> 'question', count(DISTINCT u.id) FROM use u {LATEST},
        json_each(r.verdict, '$.gaps') g WHERE u.state IN {HELD} GROUP BY 1""",
    "law": f"SELECT day, count(*) FROM ({OWED}) GROUP BY 1",
    "law, incomplete": f"""SELECT o.day, count(*) FROM ({OWED}) o JOIN use u ON u.id = o.id {LATEST}
        WHERE r.verdict ->> '$.gaps' <> '[]' GROUP BY 1""",
}
"""The same from the results themselves, of which the rows are made: held against them, and not timed."""
LINES = """CREATE TEMP TABLE line AS SELECT seq, sealed ->> '$.subject[1]' AS use, sealed ->> '$.detail.status' AS state
    FROM audit_line WHERE sealed ->> '$.at' <= :since
    AND sealed ->> '$.subject[1]' IN (SELECT id FROM use WHERE updated_at > :since)"""


def run(rounds: int) -> None:
    sizes = (*SIZES, WHOLE) if os.environ.get(MILLION) == "1" else SIZES
    heading("The figures of a week, beside plain SQL for the same numbers")
    peaks = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.db"
            fill(path, size)
            peaks[size] = _measured(path, size, rounds if size <= QUICK else 1)
    print(
        f"most memory, {max(sizes):,} uses against {min(sizes):,}: {peaks[max(sizes)] / peaks[min(sizes)]:.2f}"
    )


def _measured(path: Path, size: int, rounds: int) -> int:
    store = Store(f"sqlite:///{path}", now=lambda: NOW)

    def ours() -> Figures:
        with store.read() as session:
            return figures(session, NOW - WEEK, NOW, zone="UTC")

    def plain() -> dict[str, Counter[str]]:
        return by_hand(path)

    try:
        agree(ours(), plain())
        if size <= QUICK:
            agree(ours(), plain() | by_hand(path, OF_RESULTS))
        taken = {
            name: min(_timed(each) for _ in range(rounds)) for name, each in (("sql", plain), ("ours", ours))
        }
        tracemalloc.start()
        ours()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    finally:
        store.close()
    ratio = taken["ours"] / taken["sql"]
    print(f"{size:>9,} uses: {taken['ours']:8.2f} s, plain SQL {taken['sql']:8.2f} s, ratio {ratio:.2f}")
    return peak


def _timed(do: Callable[[], Any]) -> float:
    """Of the processor: what others do at the same time does not count."""
    begun = time.process_time()
    do()
    return time.process_time() - begun


def by_hand(path: Path, queries: Mapping[str, str] = PLAIN) -> dict[str, Counter[str]]:
    """Each figure by a statement of its own."""
    base = sqlite3.connect(path)
    given = {
        "at": to_text(NOW),
        "since": to_text(NOW - WEEK),
        "day": NOW.date().isoformat(),
        "ahead": (NOW.date() + timedelta(days=400)).isoformat(),
    }
    try:
        base.execute(LINES, given)
        base.execute("CREATE INDEX temp.line_use ON line (use, seq)")
        return {name: Counter(dict(base.execute(query, given).fetchall())) for name, query in queries.items()}
    finally:
        base.close()


def agree(found: Figures, plain: dict[str, Counter[str]]) -> None:
    """Before anything is timed: the same numbers."""
    law = {each.day.isoformat(): each for each in found.law}
    lacks = {each.fact: each.uses for each in found.lacks}
    flow, kinds = found.flow, plain["decided"]
    same = {
        "register": Counter({f"{each.state}{each.tier}": each.uses for each in found.stock.counts}),
        "register a week ago": Counter({f"{each.state}{each.tier}": each.uses for each in found.then.counts}),
        "overdue": Counter({"": found.stock.overdue}),
        "came in": Counter({"": flow.came_in}),
        "imported": Counter({"": flow.imported}),
        "half": Counter({"": found.speed.half}),
        "queues": Counter({each.role: each.uses for each in found.queues}),
        "conditions": Counter({"": found.conditions.overdue}),
        "ownerless": Counter({"": lacks.get("owner_id", 0)}),
        "lacks": Counter({fact: uses for fact, uses in lacks.items() if fact not in FACTS}),
        "law": Counter({day: each.uses for day, each in law.items()}),
        "law, incomplete": Counter({day: each.incomplete for day, each in law.items()}),
    }
    wrong = [name for name, counted in same.items() if counted != plain[name]]
    told = {f"{day}{duty}" for day, each in law.items() for duty in each.duties}
    named = {f"{day}{lack.fact}": lack.uses for day, each in law.items() for lack in each.missing}
    if told != plain["law, duties"].keys() or not named.items() <= plain["law, missing"].items():
        wrong.append("law, by name")
    if (flow.approved, flow.declined) != (kinds["approve"], kinds["decline"]):
        wrong.append("decided")
    if wrong:
        raise AssertionError(f"plain SQL says something else of: {', '.join(wrong)}")
