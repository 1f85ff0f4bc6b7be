"""A digest in words: what its template is told, and in which order its parts stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.markup import Mrkdwn
from bot.objectives import reached
from bot.words import Page, Words
from intake.texts import Wording
from triage.digest import Digest, Thing, law_name, rules
from triage.figures import Count, Figures, Lack, Share

WEEK = (
    "flow",
    "decided",
    "overdue",
    "register",
    "conditions",
    "reviews",
    "incidents",
    "sighted",
    "roll_out",
    "suppliers",
    "facts",
    "law",
)
MONTH = (
    *("actions_before", "around", "law", "parties", "performance"),
    *("flow", "decided", "overdue", "register", "conditions", "reviews", "suppliers", "facts"),
    *("nonconformities", "incidents", "measured", "audits", "improvement"),
)
"""In the order in which ISO/IEC 42001 9.3.2 names what a review by management looks at."""
GROUPS = {
    "approved": ("approved",),
    "conditions": ("approved_with_conditions",),
    "waiting": ("in_review", "needs_info", "blocked"),
    "disclosed": ("disclosed",),
    "doubted": ("under_reassessment", "lapsed"),
}
"""What a chart shows of the register, in this order; what is declined or no longer used only counts."""
OVER = ("declined", "retired")
TIERS = (4, 3, 2, 1, 0)
DAY_HOURS = 48
"""Up to so many hours are said in hours, more in days."""


class Row(NamedTuple):
    """One tier of the register: its name, and how many uses of each group."""

    tier: str
    counts: tuple[int, ...]


def rows(words: Words, counts: Sequence[Count]) -> list[Row]:
    """Only tiers in which there is anything."""
    found = [Row(_tier(words, tier), _counts(counts, tier)) for tier in TIERS]
    found.insert(-1, Row(words.label("digest.tier_open"), _open(counts)))
    return [row for row in found if any(row.counts)]


def _tier(words: Words, tier: int) -> str:
    return words.label(f"tier.{tier}") if tier else words.label("digest.tier_none")


def _counts(counts: Sequence[Count], tier: int) -> tuple[int, ...]:
    return tuple(
        sum(each.uses - each.open for each in counts if each.tier == tier and each.state in states)
        for states in GROUPS.values()
    )


def _open(counts: Sequence[Count]) -> tuple[int, ...]:
    """What may be anything is no high risk: nothing is known of it."""
    return tuple(sum(each.open for each in counts if each.state in states) for states in GROUPS.values())


def rows_in_words(words: Words, counts: Sequence[Count]) -> list[dict[str, Any]]:
    return [{"tier": row.tier, "parts": _parts(words, row)} for row in rows(words, counts)]


def legend(words: Words) -> list[str]:
    return [words.label(f"digest.standing.{group}") for group in GROUPS]


def page(words: Words, wording: Wording, made: Digest, *, most: int | None = None) -> Page:
    """`most`: so many facts that are lacking; the rest are only counted."""
    found = made.figures
    zone = ZoneInfo(words.zone)
    day = found.at.astimezone(zone).date()
    span = words.label(f"digest.span.{made.kind}")
    trend = _Trend(words, span)
    facts: dict[str, Any] = {
        "kind": made.kind,
        "title": title(words, made),
        "span": span,
        "since": _moment(words, found.since, zone),
        "until": _moment(words, found.at, zone),
        "came_in": found.flow.came_in,
        "came_in_trend": trend(found.flow.came_in, found.before.came_in),
        "imported": found.flow.imported,
        "decided": found.flow.decided,
        "decided_trend": trend(found.flow.decided, found.before.decided),
        "outcomes": _outcomes(words, found),
        "by_pattern": found.flow.by_pattern,
        "again": found.flow.again,
        "timed": found.speed.uses,
        "half": _hours(found.speed.half),
        "most": _hours(found.speed.most),
        "half_before": _hours(found.speed_before.half) if found.speed_before.uses else "",
        "most_before": _hours(found.speed_before.most),
        "overdue": found.stock.overdue,
        "overdue_trend": trend(found.stock.overdue, found.then.overdue),
        "queues": [{"role": words.label(f"role_name.{q.role}"), "uses": q.uses} for q in found.queues],
        "uses": found.stock.uses,
        "uses_trend": trend(found.stock.uses, found.then.uses),
        "in_use": found.in_use,
        "in_use_trend": trend(found.in_use, found.then.of(*GROUPS["approved"], *GROUPS["conditions"])),
        "rows": rows_in_words(words, found.stock.counts),
        "over": found.stock.of(*OVER),
        "bound_due": found.conditions.due,
        "bound_overdue": found.conditions.overdue,
        "reviews": found.reviews,
        "incidents": found.incidents,
        "marked": marked(words, found.incidents.marks if found.incidents else ()),
        "sighted": found.sighted,
        "suppliers": found.suppliers,
        "roll_out": found.roll_out,
        "phases": [
            (each.title, words.day(each.since), each.begun)
            for each in (found.roll_out.phases if found.roll_out else ())
        ],
        "lacks": [
            {"fact": fact(words, wording, each.fact), "uses": each.uses} for each in found.lacks[:most]
        ],
        "more_lacks": len(found.lacks[most:]) if most else 0,
        "law": _law(words, wording, found, day),
        "ahead": rules().ahead_days,
    }
    return words.page("digest", **facts | _management(words, found))


def _management(words: Words, found: Figures) -> dict[str, Any]:
    told = found.management
    if told is None:
        return {}
    return {
        "rules_changed": told.rules_changed,
        "settings_changed": told.settings_changed,
        "reports": told.reports,
        "unmet": told.unmet,
        "misfits": told.misfits,
        "readings": told.watched.readings,
        "past_limit": told.watched.past_limit,
        "no_value": told.watched.without_value,
        "origins": shared(words, "origin", told.origins),
        "does_there": shared(words, "part", told.parts),
        "gain_uses": told.benefits.uses,
        "gain_named": told.benefits.named,
        "in_place": told.in_place,
        "in_place_before": told.in_place_before,
        "points": told.points,
        "skipped": told.skipped,
        "objectives": [reached(words, each) for each in told.objectives],
        "worked": told.worked,
        "failed": told.failed,
        "unchecked": told.unchecked,
        "trained": told.trained,
        "trainings": told.trainings,
        "bare": told.bare,
        "grave": told.grave,
        "exposed": marked(words, told.exposed),
    }


def shared(words: Words, of: str, shares: Sequence[Share]) -> Mrkdwn:
    """In one line; what nobody told is named so, at its end."""
    return words.listed(f"{each.uses} {words.label(f'digest.{of}.{each.kind}')}" for each in shares)


def marked(words: Words, marks: Sequence[tuple[str, int]]) -> Mrkdwn | None:
    return (
        words.listed(f"{many} {words.label(f'digest.mark.{mark}')}" for mark, many in marks)
        if marks
        else None
    )


def parts(made: Digest) -> tuple[str, ...]:
    return MONTH if made.kind == "month" else WEEK


def title(words: Words, made: Digest) -> str:
    return words.label(f"digest.title.{made.kind}", day=words.day_at(made.figures.at))


def told(words: Words, wording: Wording, thing: Thing) -> Mrkdwn:
    named = {"fact": fact(words, wording, thing.fact)} if thing.fact else {}
    return words.line(f"digest.thing.{thing.id}", count=thing.count, **named)


def fact(words: Words, wording: Wording, name: str) -> str:
    key = f"digest.fact.{name}"
    return words.label(key) if words.has(key) else wording.short(name)


class _Trend:
    def __init__(self, words: Words, span: str) -> None:
        self.words, self.span = words, span

    def __call__(self, now: int, before: int) -> Mrkdwn:
        which = "same" if now == before else "more" if now > before else "fewer"
        return self.words.line(f"digest.trend.{which}", count=abs(now - before), span=self.span)


def _outcomes(words: Words, found: Figures) -> Mrkdwn:
    names = ("approved", "approved_with_conditions", "declined")
    counted = ((getattr(found.flow, name), words.label(f"status.{name}")) for name in names)
    return words.listed(f"{count} {name}" for count, name in counted if count)


def _parts(words: Words, row: Row) -> Mrkdwn:
    named = zip(row.counts, legend(words), strict=True)
    return words.listed(f"{count} {name}" for count, name in named if count)


def _law(words: Words, wording: Wording, found: Figures, day: date) -> list[dict[str, Any]]:
    return [
        {
            "day": each.day,
            "days": (each.day - day).days,
            "uses": each.uses,
            "name": words.label(f"digest.law.{law_name(each)}"),
            "incomplete": each.incomplete,
            "missing": _missing(words, wording, each.missing),
        }
        for each in found.law
    ]


def _missing(words: Words, wording: Wording, lacks: Sequence[Lack]) -> Mrkdwn:
    return words.listed(f"{fact(words, wording, each.fact)} ({each.uses})" for each in lacks)


def _hours(hours: int) -> str:
    return f"{max(hours, 1)} h" if hours <= DAY_HOURS else f"{round(hours / 24)} days"


def _moment(words: Words, at: datetime, zone: ZoneInfo) -> str:
    there = at.astimezone(zone)
    return f"{words.day(there.date())}, {there:%H:%M}"
