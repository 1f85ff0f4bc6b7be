"""Suppliers in the figures of a digest: what much hangs on, what ends, and what nobody tried to do without."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import Session

from store import entries
from store.digest_flow import HELD
from store.digest_then import Then
from store.sheets import id_of
from store.suppliers import as_of
from triage.aims.entry import Entry, has_ended, last_day
from triage.aims.supplied import ASSESSMENT, PAPER
from triage.aims.suppliers import suppliers as rules
from triage.figures import Suppliers
from triage.schemes import BY_TASK

PLAN = BY_TASK["use_plan"]
SOON, YEAR = timedelta(days=30), timedelta(days=365)
_MOST = f"""
SELECT t.name AS tool, s.uses AS uses FROM (
  SELECT reg.tool_id AS id, count(*) AS uses FROM reg
  WHERE reg.state IN {HELD} AND reg.tool_id IS NOT NULL AND reg.confidential IS NOT %s GROUP BY reg.tool_id) AS s
JOIN tool t ON t.id = s.id ORDER BY s.uses DESC, t.name LIMIT 1
"""
"""Of those that are confidential nothing is told that has a name."""
_UNTRIED = f"""
SELECT count(*) AS uses FROM (
  SELECT a.subject_id AS sheet, f.said_at AS said_at, CAST(f.value AS TEXT) AS picked, row_number() OVER (
    PARTITION BY a.subject_id ORDER BY f.id DESC) AS number
  FROM fact f JOIN answer_set a ON a.id = f.answer_set_id
  WHERE a.subject_kind = 'sheet' AND a.form = :form AND f.question = 'fallback' AND f.recorded_at <= :at) AS tried
JOIN reg ON reg.id || :plan = tried.sheet
WHERE tried.number = 1 AND reg.state IN {HELD}
  AND (tried.said_at < :year OR tried.picked IS NULL OR tried.picked NOT LIKE '%"this_year"%')
"""
"""What nobody was ever asked about is not known to be untried."""


def suppliers(session: Session, then: Then, day: date) -> Suppliers | None:
    """Nothing where there is nothing to say."""
    most = next(iter(then.rows(_MOST % ("1" if then.on_sqlite else "TRUE"))), None)
    heavy = most is not None and most.uses >= rules().heavy
    kept = (each for kind in (ASSESSMENT, PAPER) for each in entries.of_kind(session, kind))
    held = as_of(kept, then.at)
    found = Suppliers(
        tool=most.tool if most is not None and heavy else "",
        uses=most.uses if most is not None and heavy else 0,
        ending=sum(1 for each in held if _ends(each, day)),
        ended=sum(1 for each in held if has_ended(each, day)),
        untried=then.one(_UNTRIED, year=then.at - YEAR, form=PLAN, plan=id_of("", PLAN)).uses,
    )
    return found if found != Suppliers() else None


def _ends(entry: Entry, day: date) -> bool:
    last = last_day(entry)
    return last is not None and day <= last <= day + SOON
