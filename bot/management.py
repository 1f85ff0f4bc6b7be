"""What lies on the table of a management review, in words: part by part, as text, as JSON, as a page and as a PDF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.objectives import reached
from bot.pack.pages import drawn
from bot.pack.pdf import printed
from bot.pack.sections import Section, Sheet, Spread, table
from bot.trending import said, svg
from bot.words import Words
from store import aims
from store.aims_shown import shown, unnamed
from store.digest import figures
from store.risks import register
from store.sessions import Session
from store.trends import by_month
from triage.aims.asked import ASKED
from triage.aims.entry import Entry
from triage.aims.management import Brought, Inputs, Time, brought, gathered
from triage.aims.trending import months, trends
from triage.digest import IN_USE
from triage.figures import Figures, Suppliers

FORMATS = ("html", "pdf", "text", "json")
LEAST = timedelta(microseconds=1)
"""The end of a day is the beginning of the next, and what is as of a moment has that, too."""


class Part(NamedTuple):
    """One input of 9.3.2, or one that is told beside them; empty where there is nothing to tell."""

    id: str
    head: str
    point: str
    lines: tuple[str, ...] = ()
    rows: tuple[Brought, ...] = ()


def inputs(session: Session, since: date, until: date, zone: str) -> Inputs:
    """From the beginning of the first day to the end of the last; nothing of a confidential use by its reference.

    What a rule named is left out, whatever is confidential now, so that the same days always give the same; so is
    what today's names, confidences and catalogue say.
    """
    begin, end = (
        datetime.combine(day, time.min, ZoneInfo(zone)) for day in (since, until + timedelta(days=1))
    )
    counted = _lasting(figures(session, begin, end, zone=zone, monthly=True))
    every = [unnamed(shown(session, each)) for each in aims.every_one(session, end - LEAST)]
    risks = [(each.entry, each.standing) for each in register(session, until, end - LEAST)]
    spans = months(until, zone)
    moved = trends(spans, by_month(session, spans), every)
    return gathered(every, risks, counted, (since, until), Time(begin, end), moved)


def _lasting(found: Figures) -> Figures:
    """Without what is told by what is confidential, how tools are called and what the catalogue says now."""
    bound = found.conditions.model_copy(update={"oldest": ""})
    held = (found.suppliers or Suppliers()).model_copy(update={"tool": "", "uses": 0})
    told = found.management.model_copy(update={"origins": ()}) if found.management is not None else None
    bare = {"oldest": "", "conditions": bound, "management": told}
    return found.model_copy(update={**bare, "suppliers": held if held != Suppliers() else None})


def written(words: Words, found: Inputs, form: str) -> bytes:
    """The same inputs give the same bytes."""
    match form:
        case "json":
            return as_json(found).encode()
        case "html":
            return drawn(sheet(words, found), words, foot(words, found))
        case "pdf":
            at = found.figures.at
            return printed(sheet(words, found), at, foot(words, found, short=True))
    return as_text(words, found).encode()


def as_json(found: Inputs) -> str:
    return json.dumps({"digest": found.digest, **found.model_dump(mode="json")}, indent=1)


def title(words: Words, found: Inputs) -> str:
    return words.label("management.title", since=words.day(found.since), until=words.day(found.until))


def foot(words: Words, found: Inputs, *, short: bool = False) -> str:
    return words.label("management.foot_short" if short else "management.foot", digest=found.digest)


def as_text(words: Words, found: Inputs) -> str:
    nothing, lines = words.label("management.nothing"), [title(words, found)]
    for part in parts(words, found):
        told = [*part.lines, *(_line(words, each) for each in part.rows)]
        lines += ["", f"{part.head} ({part.point})", *(f"- {line}" for line in told or [nothing])]
    lines += ["", words.label("management.months", months=", ".join(found.trends.months))]
    lines += [
        f"- {words.label(f'management.series.{each.name}')}: {', '.join(map(str, each.counts))}"
        for each in found.trends.series
    ]
    return "\n".join([*lines, "", foot(words, found)])


def sheet(words: Words, found: Inputs) -> Sheet:
    """What became of earlier decisions and what changed first; then how numbers moved; then the rest in its order."""
    told = [_section(words, part) for part in parts(words, found)]
    drawing = Section("trends", words.label("management.moved"), (), (_trends(words, found),))
    sections = [*told[:2], *([drawing] if found.trends.months else []), *told[2:]]
    return Sheet(
        "management-review.html", title(words, found), (words.label("management.top"),), tuple(sections)
    )


def _section(words: Words, part: Part) -> Section:
    heads = words.label("management.heads").split(" | ")
    rows = [
        (
            each.ref,
            _named(words, each),
            _state(words, each),
            each.due.isoformat() if each.due else "",
            each.said,
        )
        for each in part.rows
    ]
    says = part.lines or (() if rows else (words.label("management.nothing"),))
    full = any(row[4] for row in rows)
    blocks = (
        (table(heads if full else heads[:4], (row if full else row[:4] for row in rows)),) if rows else ()
    )
    head = f"{part.head} · {part.point}"
    return Section(part.id, head, says, blocks, urgent=part.id == "earlier")


def _trends(words: Words, found: Inputs) -> Spread:
    rows = tuple(
        (words.label(f"management.series.{each.name}"), each.counts, said(words, each.counts))
        for each in found.trends.series
    )
    return Spread(svg(words, found.trends.months, rows), found.trends.months, rows)


def parts(words: Words, found: Inputs) -> Iterator[Part]:
    """The seven inputs in their order, then what else management should see."""
    label, beside = words.label, words.label("management.beside")
    yield Part("earlier", label("management.earlier"), "9.3.2 a", (), found.earlier)
    yield Part("changed", label("management.changed"), beside, tuple(_flow(words, found)), found.changed)
    yield Part("issues", label("management.issues"), "9.3.2 b", (), found.issues)
    asked = tuple(_asked(words, found))
    yield Part("parties", label("management.parties"), "9.3.2 c", asked, found.parties)
    trend = label("management.trend", **found.trend.model_dump())
    wrong = (trend, *_unconfirmed(words, found))
    yield Part("wrong", label("management.wrong"), "9.3.2 d 1", wrong, found.nonconformities)
    counted = (*_counted(words, found), label("management.effects", **found.effects.model_dump()))
    yield Part("measured", label("management.measured"), "9.3.2 d 2", counted, found.objectives)
    yield Part("audits", label("management.audits"), "9.3.2 d 3", (), found.audits)
    yield Part("improvements", label("management.improvements"), "9.3.2 e", (), found.improvements)
    levels = tuple(_levels(words, found))
    yield Part("risks", label("management.risks"), f"{beside}, 6.1", levels, (*found.grave, *found.accepted))
    yield Part("portfolio", label("management.portfolio"), f"{beside}, 6.1.2", (), found.portfolio)
    yield Part(
        "opportunities", label("management.opportunities"), f"{beside}, 6.1.1", (), found.opportunities
    )
    yield Part("resources", label("management.resources"), f"{beside}, 7.1", (), found.resources)
    law = tuple(
        label("management.law", day=words.day(each.day), uses=each.uses) for each in found.figures.law
    )
    yield Part("dates", label("management.dates"), beside, law)


def _asked(words: Words, found: Inputs) -> Iterator[str]:
    """How many wishes and questions of others lie here, and how many have no answer, or only a part of one."""
    for kind in ASKED:
        states = [each.state for each in found.parties if each.kind == kind]
        if states:
            counts = {"count": len(states), "open": states.count("unanswered"), "gaps": states.count("gap")}
            yield words.label(f"management.asked.{kind}", **counts)


def _levels(words: Words, found: Inputs) -> Iterator[str]:
    if found.levels:
        told = ", ".join(
            f"{count} {words.label(f'management.level.{level}')}" for level, count in found.levels
        )
        yield words.label("management.levels", count=sum(count for _, count in found.levels), told=told)


def _unconfirmed(words: Words, found: Inputs) -> Iterator[str]:
    """What rules saw is no finding yet, and no reason to say that there is none."""
    trend = found.trend
    about = {"major": trend.unconfirmed_major, "late": trend.unconfirmed_late}
    if trend.unconfirmed:
        yield words.label("management.unconfirmed", count=trend.unconfirmed, **about)


def _flow(words: Words, found: Inputs) -> Iterator[str]:
    now, before = found.figures.flow, found.figures.before
    flow = {"came_in": now.came_in, "decided": now.decided, "declined": now.declined}
    flow |= {"came_in_before": before.came_in, "decided_before": before.decided}
    yield words.label("management.flow", **flow)
    then = sum(each.uses for each in found.figures.then.counts if each.state in IN_USE)
    yield words.label("management.grew", now=found.figures.in_use, then=then)


def _counted(words: Words, found: Inputs) -> Iterator[str]:
    stock = {"in_use": found.figures.in_use, "overdue": found.figures.stock.overdue}
    yield words.label("management.stock", **stock)
    if (reviews := found.figures.reviews) is not None:
        yield words.label("management.reviews", due=reviews.due, overdue=reviews.overdue)
    if (wrong := found.figures.incidents) is not None:
        about = {
            "open": wrong.open,
            "reported": wrong.reported,
            "missed": wrong.fell_missed,
            "late": wrong.missed,
        }
        yield words.label("management.incidents", **about)
    told = found.figures.management
    if told is not None and told.benefits.uses:
        yield words.label("management.benefits", **told.benefits.model_dump())
    watched = told.watched if told else None
    if watched is not None and watched.readings:
        yield words.label("management.watched", readings=watched.readings, past=watched.past_limit)
    for each in found.figures.management.objectives if found.figures.management else ():
        yield reached(words, each)


def of_entry(words: Words, entry: Entry, day: date) -> dict[str, str]:
    """What of it is told in a line: what it is called, and where it stands."""
    one = brought(entry, day)
    return {"ref": one.ref, "what": _named(words, one), "state": _state(words, one)}


def _named(words: Words, one: Brought) -> str:
    """Of what there is once there is no title; it is called by what it is."""
    return words.label(f"aims.kind.{one.kind}") if one.title == one.kind else one.title


def _state(words: Words, one: Brought) -> str:
    return ", ".join(filter(None, (words.label(f"management.state.{one.state}"), _late(words, one))))


def _line(words: Words, one: Brought) -> str:
    state = words.label(f"management.state.{one.state}")
    due = words.label("management.due", day=words.day(one.due)) if one.due else ""
    told = (f"{one.ref} {_named(words, one)}", state, due, _late(words, one), one.said)
    return " · ".join(filter(None, told))


def _late(words: Words, one: Brought) -> str:
    """An acceptance that ends soon holds until then, and is not late."""
    if not one.late:
        return ""
    return words.label("management.soon" if one.state == "holds" else "management.late")
