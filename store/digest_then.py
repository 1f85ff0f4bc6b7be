"""The register as it stood at a moment, as a table that SQL can add up: what changed since is taken from the trail.

Uses that nobody touched since are read as they lie. Of the others the trail says the state and the columns, and the
results their tier; so any moment can be counted again, and no copy of former figures is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, text
from sqlmodel import Session

from store.columns import Day, Moment, to_text

COLUMNS = ("owner_id", "unit", "tool_id", "source_map", "due_at", "submitted_at")
MOMENTS = frozenset({"due_at", "submitted_at"})
_MOMENT, _DAY = Moment(), Day()


class Then:
    """Statements over `reg`, the register at `at`."""

    def __init__(self, session: Session, at: datetime) -> None:
        self.connection, self.at = session.connection(), at
        self.on_sqlite = self.connection.dialect.name == "sqlite"
        asked = "SELECT 1 FROM use WHERE updated_at > :at LIMIT 1"
        self.moved = self._run(asked, {}).first() is not None

    def rows(self, query: str, **given: Any) -> list[Row[Any]]:
        """The few lines that an addition comes to."""
        return list(self._run(self.head + query, given).all())

    def one(self, query: str, **given: Any) -> Row[Any]:
        found: Row[Any] = self._run(self.head + query, given).one()
        return found

    def _run(self, query: str, given: Mapping[str, Any]) -> Any:
        given = {"at": self.at, **given}
        typed = [
            bindparam(name, type_=_MOMENT if isinstance(value, datetime) else _DAY)
            for name, value in given.items()
            if isinstance(value, date) and f":{name}" in query
        ]
        named = {name: value for name, value in given.items() if f":{name}" in query}
        if ":said" in query:
            named["said"] = to_text(self.at)
        return self.connection.execute(text(query).bindparams(*typed), named)

    @property
    def head(self) -> str:
        """The common table that every statement begins with."""
        return f"WITH {self._touched if self.moved else AS_IT_LIES} "

    @property
    def _touched(self) -> str:
        kept = ", ".join(f"max(CASE WHEN name = '{name}' THEN value END) AS {name}" for name in COLUMNS)
        named = ", ".join(f"max(CASE WHEN name = '{name}' THEN 1 END) AS has_{name}" for name in COLUMNS)
        columns = ", ".join(self._column(name) for name in COLUMNS)
        plain = ", ".join(f"u.{name}" for name in COLUMNS)
        return f"""
        gone_on AS (SELECT * FROM use WHERE updated_at > :at AND created_at <= :at),
        line AS (
          SELECT seq, {self.json("sealed", "subject", 1)} AS use_id, {self.json("sealed", "detail", "status")} AS state
          FROM audit_line
          WHERE {self.json("sealed", "subject", 0)} = 'use' AND {self.json("sealed", "at")} <= :said
            AND {self.json("sealed", "subject", 1)} IN (SELECT id FROM gone_on)),
        stood AS (
          SELECT use_id, state FROM (
            SELECT use_id, state, row_number() OVER (PARTITION BY use_id ORDER BY seq DESC) AS number
            FROM line WHERE state IS NOT NULL) AS told WHERE number = 1),
        told AS (
          SELECT use_id, {kept}, {named} FROM (
            SELECT line.use_id, part.{"key" if self.on_sqlite else "name"} AS name, part.value AS value,
              row_number() OVER (PARTITION BY line.use_id, part.{"key" if self.on_sqlite else "name"}
                ORDER BY line.seq DESC) AS number
            FROM line JOIN audit_text t ON t.seq = line.seq AND t.field = 'record', {self._columns_of("t.text")}
            ) AS said WHERE number = 1 GROUP BY use_id),
        reg AS (
          SELECT u.id, u.state, u.tier_floor, u.tier_ceiling, u.confidential, u.ref, {plain} FROM use u
            WHERE u.updated_at <= :at
          UNION ALL
          SELECT u.id, coalesce(stood.state, u.state), {self._bound("floor", "u.tier_floor")},
              {self._bound("ceiling", "u.tier_ceiling")}, u.confidential, u.ref, {columns}
            FROM gone_on u LEFT JOIN stood ON stood.use_id = u.id LEFT JOIN told ON told.use_id = u.id
            LEFT JOIN result r ON r.id = ({LAST_RESULT}))"""

    def _column(self, name: str) -> str:
        """As it was told; what was erased, or is from before lines held records, stays as it is now."""
        value = f"told.{name}"
        if name in MOMENTS and not self.on_sqlite:
            value = f"CAST(told.{name} AS timestamptz)"
        return f"CASE WHEN told.has_{name} = 1 THEN {value} ELSE u.{name} END"

    def _bound(self, end: str, now: str) -> str:
        """A draft's results are nothing of the record, so they do not count here either."""
        found = self.json("r.verdict", "results", "tier", end)
        whole = f"CAST({found} AS INTEGER)"
        return f"CASE WHEN {now} IS NULL THEN NULL ELSE {whole} END"

    def _columns_of(self, cell: str) -> str:
        if self.on_sqlite:
            return f"json_each({cell}, '$.columns') part"
        return f"jsonb_each_text(coalesce(CAST({cell} AS jsonb) -> 'columns', '{{}}')) AS part(name, value)"

    def json(self, cell: str, *path: str | int) -> str:
        """The text at a path within a cell of JSON."""
        if self.on_sqlite:
            steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
            return f"json_extract({cell}, '${steps}')"
        steps = ",".join(map(str, path))
        return f"(CAST({cell} AS jsonb) #>> '{{{steps}}}')"

    def each(self, cell: str, name: str, *path: str) -> tuple[str, str]:
        """Joins every object of a list within a cell; with what reads a field of it."""
        if self.on_sqlite:
            return f"json_each({cell}, '$.{'.'.join(path)}') {name}", f"json_extract({name}.value, '$.%s')"
        inner = f"CAST({cell} AS jsonb) #> '{{{','.join(path)}}}'"
        return f"jsonb_array_elements(coalesce({inner}, '[]')) AS {name}(value)", f"({name}.value ->> '%s')"

    def hours(self, begun: str, ended: str) -> str:
        """Between two moments, nights and weekends included."""
        if self.on_sqlite:
            return f"(julianday({ended}) - julianday({begun})) * 24"
        return f"EXTRACT(EPOCH FROM ({ended} - {begun})) / 3600"


AS_IT_LIES = "reg AS (SELECT * FROM use)"
LAST_RESULT = (
    "SELECT id FROM result WHERE subject_kind = 'use' AND subject_id = u.id AND judged_at <= :at "
    "ORDER BY version DESC, judged_at DESC LIMIT 1"
)
CHANGED = f"JOIN gone_on u ON u.id = reg.id JOIN result r ON r.id = ({LAST_RESULT})"
"""Joins to what changed since the result that stood then; where anything did (`moved`)."""
