"""All uses beside each other, in words: as text, as JSON, as a page and as a PDF."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from bot.library import library
from bot.pack.pages import drawn
from bot.pack.pdf import printed
from bot.pack.sections import Section, Sheet, Spread, table
from bot.trending import svg
from bot.words import Words
from store.portfolio import end_of
from triage.aims.portfolio import (
    ASKED,
    NOT_SAID,
    Portfolio,
    Share,
    Theme,
    shares_of,
    themes,
)

FORMATS = ("html", "pdf", "text", "json")
DRAWN, LONGEST = 8, 22
"""Rows of a picture, and signs of a name beside it; the table has all."""
BAR = 20


def written(words: Words, found: Portfolio, form: str) -> bytes:
    """The same counts give the same bytes."""
    match form:
        case "json":
            return as_json(found).encode()
        case "html":
            return drawn(sheet(words, found), words, foot(words, found))
        case "pdf":
            return printed(sheet(words, found), end_of(found.as_of, words.zone), foot(words, found))
    return "\n".join(as_text(words, found)).encode()


def as_json(found: Portfolio) -> str:
    told = [{"id": each.share.id, "because": each.whys} for each in themes(found)]
    return json.dumps({"digest": found.digest, **found.model_dump(mode="json"), "themes": told}, indent=1)


def foot(words: Words, found: Portfolio) -> str:
    return words.label("portfolio.foot", digest=found.digest)


def title(words: Words, day: date) -> str:
    return words.label("portfolio.title", day=words.day(day))


def name(words: Words, share: Share) -> str:
    """What these have in common, in words; what people named is as they wrote it."""
    about, value = share.about, share.value
    if share.closed:
        return words.label("portfolio.closed")
    if about == "owner":
        return words.label(f"portfolio.owner.{value}")
    if value == NOT_SAID:
        return words.label("portfolio.not_said")
    if about in ASKED:
        form = library(words.language)
        choices = {each.id for each in form.form.by_id[about].choices}
        return form.wording.label(about, value) if value in choices else value
    known = {"tier": "tier", "risk": "risks.level", "incident": "incident.kind"}.get(about)
    key = f"{known}.{value}"
    return words.label(key) if known and words.has(key) else value


def theme(words: Words, one: Theme, found: Portfolio) -> str:
    """With how many it is about and why it is one."""
    whys = words.listed(words.label(f"portfolio.because.{why}") for why in one.whys)
    facts = {"about": words.label(f"portfolio.about.{one.share.about}"), "name": name(words, one.share)}
    return words.label("portfolio.theme", **facts, count=many(words, one.share, found), why=str(whys))


def many(words: Words, share: Share, found: Portfolio) -> str:
    key = "portfolio.many" if share.about in ("risk", "incident") else "portfolio.of_uses"
    return words.label(key, count=share.count, uses=found.uses, before=share.before)


def top(words: Words, found: Portfolio) -> tuple[str, ...]:
    facts = {"uses": found.uses, "before": found.uses_before, "day": words.day(found.before)}
    return words.label("portfolio.top", **facts), words.label(
        "portfolio.confidential", count=found.confidential
    )


def as_text(words: Words, found: Portfolio) -> Iterator[str]:
    yield title(words, found.as_of)
    yield from top(words, found)
    yield from ("", words.label("portfolio.themes"))
    told = [theme(words, each, found) for each in themes(found)]
    yield from (f"- {line}" for line in told or [words.label("portfolio.none")])
    for about, shares in shares_of(found):
        if shares:
            yield from ("", words.label(f"portfolio.about.{about}"))
            most = max(each.count for each in shares)
            yield from (f"  {_bar(each.count, most)} {_line(words, each, found)}" for each in shares)
    yield from ("", foot(words, found))


def _bar(count: int, most: int) -> str:
    full = round(BAR * count / most) if most else 0
    return "█" * full + "░" * (BAR - full)


def _line(words: Words, share: Share, found: Portfolio) -> str:
    return f"{name(words, share)}: {many(words, share, found)}"


def sheet(words: Words, found: Portfolio) -> Sheet:
    """What somebody has to make something of first."""
    told = [theme(words, each, found) for each in themes(found)] or [words.label("portfolio.none")]
    first = Section("themes", words.label("portfolio.themes"), tuple(told), urgent=True)
    rest = (_section(words, about, shares, found) for about, shares in shares_of(found) if shares)
    return Sheet("portfolio.html", title(words, found.as_of), top(words, found), (first, *rest))


def _section(words: Words, about: str, shares: Sequence[Share], found: Portfolio) -> Section:
    spans = (found.before.isoformat(), found.as_of.isoformat())
    rows = tuple(
        (
            _short(name(words, each)),
            (each.before, each.count),
            words.label("portfolio.moved", count=each.count, before=each.before),
        )
        for each in shares[:DRAWN]
    )
    alt = words.label("portfolio.drawn", first=spans[0], last=spans[1])
    heads = words.label("portfolio.heads", before=spans[0], now=spans[1]).split(" | ")
    each_row = ((name(words, each), str(each.before), str(each.count)) for each in shares)
    blocks = (Spread(svg(words, spans, rows, alt), spans, rows), table(heads, each_row))
    return Section(about, words.label(f"portfolio.about.{about}"), (), blocks)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
