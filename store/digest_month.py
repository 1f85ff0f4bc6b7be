"""What only a review by management asks for, counted over the time that a digest is about."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from store import agenda, risks, trained
from store.columns import to_text
from store.coverage_then import at_moments
from store.digest_sorts import benefits, sorts
from store.digest_then import Then
from store.entries import wordless
from store.objectives import LEAST, counted
from triage.aims.agenda import skipped
from triage.aims.covered import Covered
from triage.aims.management import Time, effects
from triage.aims.objectives import counted_for
from triage.calendar import Calendar
from triage.figures import Management, Reached, Watched


def management(
    session: Session, then: Then, since: datetime, zone: str, embedded: frozenset[str]
) -> Management:
    def within(table: str, moment: str, where: str = "1 = 1") -> int:
        span = f"{moment} > :since AND {moment} <= :at AND {where}"
        return int(then.one(f"SELECT count(*) FROM {table} WHERE {span}", since=since)[0])

    origins, parts = sorts(then, embedded)
    before, now = at_moments(session, (since - LEAST, then.at - LEAST), zone)
    stated = list(wordless(session, then.at))
    found = effects(stated, Time(since, then.at + LEAST))
    day = (then.at - LEAST).astimezone(ZoneInfo(zone)).date()
    held, _, needed = trained.standing(session, day, then.at)
    bare, grave = risks.bare(session, day, then.at)
    dated = agenda.dated(session, then.at, Calendar(zone), now)
    return Management(
        in_place=_in_place(now),
        in_place_before=_in_place(before),
        points=sum(each.stage != "left_out" for each in now),
        skipped=len(skipped(dated)),
        objectives=tuple(_reached(session, each, since, then.at, zone) for each in counted_for(stated)),
        worked=found.worked,
        failed=found.failed,
        unchecked=found.unchecked,
        trained=held,
        trainings=needed,
        bare=bare,
        grave=grave,
        exposed=risks.exposed(session, day, then.at),
        rules_changed=within("wording", "first_seen", "kind = 'policy'"),
        settings_changed=_lines(then, since, "settings.changed"),
        reports=within("report", "at"),
        unmet=within("condition_step", "at", "kind = 'unmet'"),
        misfits=within("pattern_step", "at", "kind = 'misfit'"),
        watched=_watched(then, since),
        origins=origins,
        parts=parts,
        benefits=benefits(then),
    )


def _reached(session: Session, measure: str, since: datetime, at: datetime, zone: str) -> Reached:
    now, before = counted(session, measure, at, zone), counted(session, measure, since, zone)
    about = {"part_before": before.part, "whole_before": before.whole}
    return Reached(measure=measure, part=now.part, whole=now.whole, **about)


def _in_place(covered: tuple[Covered, ...]) -> int:
    return sum(each.stage == "in_place" for each in covered)


def _lines(then: Then, since: datetime, what: str) -> int:
    """Settings keep no history but in the trail, where a filter on the text spares reading most lines."""
    moment = then.json("sealed", "at")
    row = then.one(
        f"""SELECT count(*) FROM audit_line WHERE sealed LIKE :like
        AND {moment} > :after AND {moment} <= :said""",
        like=f'%"what":"{what}"%',
        after=to_text(since),
    )
    return int(row[0])


def _watched(then: Then, since: datetime) -> Watched:
    number = "REAL" if then.on_sqlite else "NUMERIC"
    value, limit = (f"CAST({cell} AS {number})" for cell in ("r.value", "m.limit_"))
    past = f"(m.side = 'at_most' AND {value} > {limit}) OR (m.side = 'at_least' AND {value} < {limit})"
    row = then.one(
        f"""SELECT count(*) AS readings, coalesce(sum(CASE WHEN r.value IS NULL THEN 1 ELSE 0 END), 0) AS no_value,
          coalesce(sum(CASE WHEN r.value IS NOT NULL AND ({past}) THEN 1 ELSE 0 END), 0) AS past
        FROM reading r JOIN (SELECT id, side, "limit" AS limit_ FROM measure) m ON m.id = r.measure_id
        WHERE r.at > :since AND r.at <= :at""",
        since=since,
    )
    return Watched(readings=row.readings, past_limit=row.past, without_value=row.no_value)
