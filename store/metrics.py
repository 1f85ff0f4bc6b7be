"""What the record says of each figure of the catalogue, for each of some spans; worked out anew each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from store import risks, trained
from store.coverage_then import at_moments
from store.digest_flow import bound, decided, speed, stock
from store.digest_places import incidents
from store.digest_then import Then
from store.entries import wordless
from store.objectives import LEAST, counted
from triage.aims.covered import Covered
from triage.aims.management import effects
from triage.aims.metrics import Figure, catalogue, figure
from triage.aims.trending import Month
from triage.digest import WAITING
from triage.figures import Flow, Stock

Counts = Mapping[str, tuple[int, int | None]]


def measured(session: Session, spans: Sequence[Month], zone: str) -> Iterator[tuple[Month, list[Figure]]]:
    """The trail is read once for all of them."""
    ends = [span.time.end - LEAST for span in spans]
    for span, covered in zip(spans, at_moments(session, ends, zone), strict=True):
        place = ZoneInfo(zone)
        begin = span.time.begin.astimezone(place).date()
        until = span.time.end.astimezone(place).date() - timedelta(days=1)
        found = _counts(session, span, covered, until, zone)
        told = [(each, found[id]) for id, each in catalogue().items() if id in found]
        yield span, [figure(each, begin, until, part, whole) for each, (part, whole) in told]


def _counts(
    session: Session, span: Month, covered: Sequence[Covered], until: date, zone: str
) -> dict[str, tuple[int, int | None]]:
    then = Then(session, span.time.end - LEAST)
    standing, flow, _ = stock(then, span.time.begin - LEAST)
    found = {
        **_flow(then, span, until, standing, flow),
        **_tiers(standing),
        **_incidents(session, then, span),
    }
    found |= {"risks_bare": risks.bare(session, until, then.at), **_people(session, span, until)}
    found |= _actions(session, span)
    in_place = sum(each.stage == "in_place" for each in covered)
    found["points_in_place"] = in_place, sum(each.stage != "left_out" for each in covered)
    for id, each in catalogue().items():
        if each.measure:
            held = counted(session, each.measure, then.at, zone)
            found[id] = held.part, held.whole
    return found


def _flow(then: Then, span: Month, until: date, standing: Stock, flow: Flow) -> Counts:
    first, quick = decided(then, span.time.begin - LEAST, flow), speed(then, span.time.begin - LEAST)
    late = bound(then, until.isoformat(), until.isoformat())
    return {
        "came_in": (flow.came_in, None),
        "decided": (first.decided, None),
        "cycle_time": (quick.half, quick.uses),
        "overdue": (standing.overdue, standing.of(*WAITING)),
        "conditions_overdue": (late.overdue, None),
    }


def _tiers(standing: Stock) -> Counts:
    counts = standing.counts
    every = sum(each.uses for each in counts)
    unknown = sum(each.open if each.tier else each.uses for each in counts)
    told: dict[str, tuple[int, int | None]] = {"tier_none": (unknown, every)}
    for tier in (1, 2, 3, 4):
        told[f"tier_{tier}"] = sum(each.uses - each.open for each in counts if each.tier == tier), every
    return told


def _incidents(session: Session, then: Then, span: Month) -> Counts:
    held = incidents(session, then, span.time.begin - LEAST, over=True)
    told = (held.reported, held.open, held.fell_missed) if held is not None else (0, 0, 0)
    names = ("incidents_reported", "incidents_open", "deadlines_missed")
    return {name: (count, None) for name, count in zip(names, told, strict=True)}


def _people(session: Session, span: Month, until: date) -> Counts:
    held, late, every = trained.standing(session, until, span.time.end - LEAST)
    return {"trained": (held, every), "training_late": (late, every)}


def _actions(session: Session, span: Month) -> Counts:
    found = effects(list(wordless(session, span.time.end - LEAST)), span.time)
    return {
        "actions_effective": (found.worked, found.worked + found.failed),
        "actions_unchecked": (found.unchecked, None),
    }
