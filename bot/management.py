"""The inputs of a management review as a page to read, as text, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.library import library
from bot.words import Words, layout
from store import aims
from store.aims_shown import shown
from store.digest import figures
from store.risks import register
from store.sessions import Session
from triage.aims.management import Brought, Inputs, Time, gathered

FORMATS = ("html", "text", "json")
LEAST = timedelta(microseconds=1)
"""The end of a day is the beginning of the next, and what is as of a moment has that, too."""


class Part(NamedTuple):
    """One input of 9.3.2, or one that is told beside them; `lines` is empty where there is nothing to tell."""

    head: str
    point: str
    lines: list[str]


def inputs(session: Session, since: date, until: date, zone: str) -> Inputs:
    """From the beginning of the first day to the end of the last; nothing of a confidential use by its reference."""
    begin, end = (
        datetime.combine(day, time.min, ZoneInfo(zone)) for day in (since, until + timedelta(days=1))
    )
    counted = figures(session, begin, end, zone=zone, monthly=True, embedded=library().catalogue.embedded)
    every = [shown(session, each) for each in aims.every_one(session, end - LEAST)]
    risks = [(each.entry, each.standing) for each in register(session, until, end - LEAST)]
    return gathered(every, risks, counted, (since, until), Time(begin, end))


def written(words: Words, found: Inputs, form: str) -> str:
    if form == "json":
        return json.dumps({"digest": found.digest, **found.model_dump(mode="json")}, indent=1)
    told = list(parts(words, found))
    title = words.label("management.title", since=words.day(found.since), until=words.day(found.until))
    foot = words.label("management.foot", digest=found.digest)
    nothing = words.label("management.nothing")
    if form == "html":
        about = {"title": title, "parts": told, "nothing": nothing, "foot": foot}
        return layout("management.html", language=words.language, **about)
    lines = [title]
    for part in told:
        lines += ["", f"{part.head} ({part.point})", *(f"- {line}" for line in part.lines or [nothing])]
    return "\n".join([*lines, "", foot])


def parts(words: Words, found: Inputs) -> Iterator[Part]:
    """The seven inputs in their order, then what else management should see."""

    def listed(entries: tuple[Brought, ...]) -> list[str]:
        return [_line(words, each) for each in entries]

    yield Part(words.label("management.earlier"), "9.3.2 a", listed(found.earlier))
    yield Part(words.label("management.issues"), "9.3.2 b", listed(found.issues))
    yield Part(words.label("management.parties"), "9.3.2 c", listed(found.parties))
    trend = words.label("management.trend", **found.trend.model_dump())
    told = [trend, *_unconfirmed(words, found), *listed(found.nonconformities)]
    yield Part(words.label("management.wrong"), "9.3.2 d 1", told)
    yield Part(
        words.label("management.measured"), "9.3.2 d 2", [*_counted(words, found), *listed(found.objectives)]
    )
    yield Part(words.label("management.audits"), "9.3.2 d 3", listed(found.audits))
    yield Part(words.label("management.improvements"), "9.3.2 e", listed(found.improvements))
    yield Part(words.label("management.accepted"), words.label("management.beside"), listed(found.accepted))
    law = [
        words.label("management.law", day=words.day(each.day), uses=each.uses) for each in found.figures.law
    ]
    yield Part(words.label("management.dates"), words.label("management.beside"), law)


def _unconfirmed(words: Words, found: Inputs) -> Iterator[str]:
    """What rules saw is no finding yet, and no reason to say that there is none."""
    trend = found.trend
    about = {"major": trend.unconfirmed_major, "late": trend.unconfirmed_late}
    if trend.unconfirmed:
        yield words.label("management.unconfirmed", count=trend.unconfirmed, **about)


def _counted(words: Words, found: Inputs) -> list[str]:
    now, before = found.figures.flow, found.figures.before
    flow = {"came_in": now.came_in, "decided": now.decided, "declined": now.declined}
    flow |= {"came_in_before": before.came_in, "decided_before": before.decided}
    stock = {"in_use": found.figures.in_use, "overdue": found.figures.stock.overdue}
    told = [words.label("management.flow", **flow), words.label("management.stock", **stock)]
    if (reviews := found.figures.reviews) is not None:
        told.append(words.label("management.reviews", due=reviews.due, overdue=reviews.overdue))
    if (wrong := found.figures.incidents) is not None:
        about = {
            "open": wrong.open,
            "reported": wrong.reported,
            "missed": wrong.fell_missed,
            "late": wrong.missed,
        }
        told.append(words.label("management.incidents", **about))
    told_of = found.figures.management
    if told_of is not None and told_of.benefits.uses:
        told.append(words.label("management.benefits", **told_of.benefits.model_dump()))
    watched = told_of.watched if told_of else None
    if watched is not None and watched.readings:
        told.append(words.label("management.watched", readings=watched.readings, past=watched.past_limit))
    return told


def _line(words: Words, one: Brought) -> str:
    state = words.label(f"management.state.{one.state}")
    due = words.label("management.due", day=words.day(one.due)) if one.due else ""
    late = words.label("management.late") if one.late else ""
    return " · ".join(part for part in (f"{one.ref} {one.title}", state, due, late, one.said) if part)
