"""What came in, stands, was decided and how fast, what is overdue and in whose queue, as sums of SQL."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from store.digest_then import CHANGED, Then
from triage.case import RULINGS, DecisionKind
from triage.digest import IN_USE
from triage.figures import Bound, Count, Flow, Lack, Queue, Speed, Stock

NOT_HERE = ("draft", "withdrawn")
LOWEST, HIGHEST = 1, 4
"""Tiers; what may be either may be anything."""
TO_DECIDE = "('in_review', 'blocked')"
"""While a question waits for whoever asked, nobody else is overdue."""
KINDS = "(" + ", ".join(f"'{kind.value}'" for kind in sorted(RULINGS)) + ")"
BY_PEOPLE = KINDS.replace(f"'{DecisionKind.by_pattern.value}', ", "")
FACTS = ("owner_id", "unit", "tool_id")
"""Columns that an approved use should have a value in."""
COUNTED_AS = {
    DecisionKind.approve: "approved",
    DecisionKind.approve_with_conditions: "approved_with_conditions",
    DecisionKind.by_pattern: "by_pattern",
}
HELD = f"({', '.join(repr(state) for state in IN_USE)})"


def stock(then: Then, since: datetime) -> tuple[Stock, Flow, tuple[Lack, ...]]:
    """All that one pass over the register gives: what stands there, what came since, and which columns are empty."""
    empty = ", ".join(f"sum(CASE WHEN {name} IS NULL THEN 1 ELSE 0 END) AS no_{name}" for name in FACTS)
    rows = then.rows(
        f"""SELECT state, coalesce(tier_ceiling, 0) AS tier, count(*) AS uses,
          sum(CASE WHEN tier_floor = {LOWEST} AND tier_ceiling = {HIGHEST} THEN 1 ELSE 0 END) AS open,
          sum(CASE WHEN state IN {TO_DECIDE} AND due_at < :at THEN 1 ELSE 0 END) AS overdue,
          sum(CASE WHEN submitted_at > :since AND submitted_at <= :at THEN 1 ELSE 0 END) AS came_in,
          {empty}
        FROM reg WHERE state <> 'draft' GROUP BY state, coalesce(tier_ceiling, 0)""",
        since=since,
    )
    register = [
        Count(state=row.state, tier=row.tier, uses=row.uses, open=row.open)
        for row in rows
        if row.state not in NOT_HERE
    ]
    lacks = [
        Lack(fact=name, uses=uses)
        for name in FACTS
        if (uses := sum(getattr(row, f"no_{name}") for row in rows if row.state in IN_USE))
    ]
    flow = Flow(came_in=sum(row.came_in for row in rows))
    overdue = sum(row.overdue for row in rows)
    register.sort(key=lambda each: (each.state, each.tier))
    unclaimed = sum(row.no_owner_id for row in rows if row.state == "disclosed")
    return Stock(counts=tuple(register), overdue=overdue, unclaimed=unclaimed), flow, tuple(lacks)


def decided(then: Then, since: datetime, flow: Flow) -> Flow:
    """What was decided from `since` on; a use that was decided before counts apart."""
    rows = then.rows(
        f"""SELECT d.kind, {FIRST} AS first, count(*) AS uses FROM decision d
        WHERE d.subject_kind = 'use' AND d.kind IN {KINDS} AND d.decided_at > :since AND d.decided_at <= :at
        GROUP BY d.kind, {FIRST}""",
        since=since,
    )
    found: Counter[str] = Counter()
    for row in rows:
        name = COUNTED_AS.get(row.kind, "declined")
        found[name if row.first or row.kind == DecisionKind.by_pattern else "again"] += row.uses
    taken = then.one(
        "SELECT count(*) FROM use WHERE source_map NOT IN ('campaign', 'sightings') "
        "AND created_at > :since AND created_at <= :at",
        since=since,
    )
    return flow.model_copy(update={**found, "imported": int(taken[0])})


FIRST = f"""CASE WHEN EXISTS (SELECT 1 FROM decision e WHERE e.subject_kind = 'use' AND e.subject_id = d.subject_id
  AND e.kind IN {KINDS} AND e.subject_version < d.subject_version) THEN 0 ELSE 1 END"""


def speed(then: Then, since: datetime) -> Speed:
    """Of what people decided for the first time; by rank, so that no more than one line of it is read."""
    known = f"""FROM decision d JOIN use u ON u.id = d.subject_id
        WHERE d.subject_kind = 'use' AND d.kind IN {BY_PEOPLE} AND d.decided_at > :since AND d.decided_at <= :at
          AND u.submitted_at <= d.decided_at AND {FIRST} = 1"""
    uses = int(then.one(f"SELECT count(*) {known}", since=since)[0])
    if not uses:
        return Speed()
    hours = then.hours("u.submitted_at", "d.decided_at")
    ranks = [(uses - 1) // 2, -(-uses * 9 // 10) - 1]
    half, most = (
        round(
            float(
                then.one(f"SELECT {hours} {known} ORDER BY 1 LIMIT 1 OFFSET :rank", since=since, rank=rank)[0]
            )
        )
        for rank in ranks
    )
    return Speed(uses=uses, half=half, most=most)


def queues(then: Then) -> tuple[Queue, ...]:
    """The role that is asked first in each seat; what changed since is asked of the seats its result called for."""
    unchanged = "JOIN use u ON u.id = reg.id AND u.updated_at <= :at" if then.moved else ""
    query = f"""SELECT a.role AS role, reg.id AS id FROM reg {unchanged}
        JOIN ask a ON a.use_id = reg.id AND a.kind = 'yes' AND a.rank = 0 AND a.later IS NOT {_true(then)}
        WHERE reg.state IN {TO_DECIDE} AND reg.due_at < :at"""
    if then.moved:
        query += f" UNION ALL {_seats(then)}"
    rows = then.rows(f"SELECT role, count(DISTINCT id) AS uses FROM ({query}) AS asked GROUP BY role")
    return tuple(
        sorted(
            (Queue(role=row.role, uses=row.uses) for row in rows), key=lambda each: (-each.uses, each.role)
        )
    )


def _true(then: Then) -> str:
    return "1" if then.on_sqlite else "TRUE"


def _seats(then: Then) -> str:
    """Of the step that was due, the seats in which not enough people had said yes to these results by then.

    Of what is stopped, Legal alone.
    """
    seat, field = then.each("r.verdict", "seat", "seats")
    said = then.json("s.detail", "seat")
    people, step = (f"CAST({field % name} AS INTEGER)" for name in ("people", "step"))
    return f"""SELECT role, id FROM (
        SELECT {field % "role"} AS role, reg.id AS id, {step} AS step,
          min({step}) OVER (PARTITION BY reg.id) AS due
        FROM reg {CHANGED}, {seat}
        WHERE reg.state IN {TO_DECIDE} AND reg.due_at < :at
          AND (reg.state <> 'blocked' OR {field % "role"} = 'legal') AND {people} > (
            SELECT count(*) FROM decision s WHERE s.subject_kind = 'use' AND s.subject_id = reg.id
              AND s.kind = 'sign_off' AND s.decided_at <= :at AND s.subject_version >= r.version
              AND {said} = {field % "role"})) AS open_seat WHERE step = due"""


def oldest(then: Then) -> str:
    """The reference of the request that is longest overdue; never of a confidential one."""
    closed = "1" if then.on_sqlite else "TRUE"
    found = then.rows(
        f"""SELECT ref FROM reg WHERE state IN {TO_DECIDE} AND due_at < :at AND ref IS NOT NULL
        AND confidential IS NOT {closed} ORDER BY due_at, ref LIMIT 1"""
    )
    return str(found[0].ref) if found else ""


def bound(then: Then, day: str, soon: str) -> Bound:
    """Conditions of decisions that counted then, with a day, for which nothing was handed in by then."""
    last = """(SELECT s.kind FROM condition_step s WHERE s.condition_id = c.id AND s.at <= :at
        ORDER BY s.version DESC, s.id DESC LIMIT 1)"""
    known = f"""FROM condition c JOIN decision d ON d.id = c.decision_id AND d.decided_at <= :at
        JOIN reg ON reg.id = c.use_id LEFT JOIN decision b ON b.id = d.superseded_by
        WHERE (b.id IS NULL OR b.decided_at > :at) AND reg.state IN {HELD} AND c.due_on IS NOT NULL
          AND coalesce({last}, 'open') NOT IN ('done', 'verified')"""
    today, ahead = (f"'{each}'" if then.on_sqlite else f"DATE '{each}'" for each in (day, soon))
    row = then.one(
        f"""SELECT coalesce(sum(CASE WHEN c.due_on >= {today} AND c.due_on <= {ahead} THEN 1 ELSE 0 END), 0) AS due,
          coalesce(sum(CASE WHEN c.due_on < {today} THEN 1 ELSE 0 END), 0) AS overdue {known}"""
    )
    closed = "1" if then.on_sqlite else "TRUE"
    first = (
        then.rows(
            f"""SELECT reg.ref AS ref {known} AND c.due_on < {today} AND reg.confidential IS NOT {closed}
        AND reg.ref IS NOT NULL ORDER BY c.due_on, c.id LIMIT 1"""
        )
        if row.overdue
        else []
    )
    return Bound(due=row.due, overdue=row.overdue, oldest=str(first[0].ref) if first else "")
