"""Of which kinds the uses are and of how many it is said what they are good for, by the answers that stood then."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from store.digest_flow import HELD
from store.digest_then import Then
from triage.figures import Benefits, Share
from triage.lifecycle import NOT_IN_USE
from triage.sorts import DOES, KIND, MATTERS, ORIGINS, PARTS, TOOL, sort_of

PLAN, BENEFIT = "use-plan", "benefit"
"""The form that asks what gets better, and its question."""
LEFT_OUT = f"({', '.join(repr(state.value) for state in NOT_IN_USE)})"


def sorts(then: Then, embedded: frozenset[str]) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """By origin and by part; each use once in either."""
    said = ", ".join(f"({_last('use', 'reg.id', each)}) AS said_{each}" for each in (KIND, TOOL, DOES))
    columns = ", ".join(f"said_{each}" for each in (KIND, TOOL, DOES))
    rows = then.rows(
        f"""SELECT {columns}, count(*) AS uses
        FROM (SELECT reg.id, {said} FROM reg WHERE reg.state NOT IN {LEFT_OUT}) AS said GROUP BY {columns}"""
    )
    origins, parts = Counter[str](), Counter[str]()
    for row in rows:
        kind, tool, does = (_picked(cell) for cell in row[:3])
        sort = sort_of(kind, tool, does, embedded)
        origins[sort.origin] += row.uses
        parts[sort.part] += row.uses
    return shares(ORIGINS, origins), shares(PARTS, parts)


def shares(kinds: Sequence[str], counted: Counter[str]) -> tuple[Share, ...]:
    """Each that there is, in this order."""
    return tuple(Share(kind=kind, uses=counted[kind]) for kind in kinds if counted[kind])


def benefits(then: Then) -> Benefits:
    said = _last("sheet", f"reg.id || '\\:{PLAN}'", BENEFIT)
    row = then.one(
        f"""SELECT count(*) AS uses, count(said) AS named
        FROM (SELECT ({said}) AS said FROM reg WHERE reg.state IN {HELD} AND reg.tier_ceiling >= {MATTERS}) AS told"""
    )
    return Benefits(uses=row.uses, named=row.named)


def _last(kind: str, id: str, question: str) -> str:
    """What was picked last; NULL where nothing was, as where somebody is not sure or took it back."""
    return f"""SELECT CAST(f.value AS TEXT) FROM answer_set s JOIN fact f ON f.answer_set_id = s.id
      WHERE s.subject_kind = '{kind}' AND s.subject_id = {id} AND f.question = '{question}' AND f.recorded_at <= :at
      ORDER BY f.id DESC LIMIT 1"""


def _picked(cell: str | None) -> Sequence[str]:
    return tuple(json.loads(cell)) if cell else ()
