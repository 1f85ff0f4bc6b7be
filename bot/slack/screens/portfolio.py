"""The two windows in which all uses are assessed: themes chosen from what was found, then what each leads to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot import portfolio as told
from bot.slack import blocks as b
from bot.slack.fields import Field, numbered
from bot.slack.ids import Input, View
from bot.slack.message import Message, modal
from bot.slack.scene import Voice
from bot.words import Words
from triage.aims.portfolio import Portfolio, Theme, themes
from triage.aims.theming import LEADS

MOST = 20
"""Themes that fit the second window; the first ones of the paper."""
MOST_WORDS, MOST_SAID = 3000, 150


def offered(found: Portfolio) -> tuple[Theme, ...]:
    return themes(found)[:MOST]


def themes_view(voice: Voice, found: Portfolio, seen: int) -> dict[str, Any]:
    """All of them are ticked: whoever leaves one out does so knowingly."""
    words, some = voice.words, offered(found)
    options = [b.option(_short(words, each), str(number)) for number, each in enumerate(some)]
    drawn: list[b.Block] = [
        b.section(words.line("portfolio.window", day=words.day(found.as_of), uses=found.uses)),
        b.context(words.line("portfolio.window_closed", count=found.confidential)),
    ]
    if options:
        choose = words.label("placeholder.choose")
        every = [str(number) for number in range(len(some))]
        element = b.several(Input.VALUE, choose, options, ticked=every)
        drawn.append(b.field(Field.THEMES, words.label("portfolio.which"), element, optional=True))
    else:
        drawn.append(b.section(words.line("portfolio.none")))
    drawn.append(b.context(words.line("portfolio.window_next")))
    title, submit = words.label("portfolio.window_title"), words.label("minutes.go_on")
    about = f"{found.as_of.isoformat()}|{found.digest}|{seen}"
    return modal(words, View.PORTFOLIO_THEMES, title, drawn, submit=submit, about=about)


def _short(words: Words, one: Theme) -> str:
    facts = {"about": words.label(f"portfolio.about.{one.share.about}"), "name": told.name(words, one.share)}
    return words.label("portfolio.option", **facts, count=one.share.count, before=one.share.before)


def leads_view(
    voice: Voice, found: Portfolio, chosen: Sequence[tuple[int, Theme]], about: str
) -> dict[str, Any]:
    """`chosen`: each with its place among those offered."""
    words = voice.words
    drawn: list[b.Block] = []
    for number, each in chosen:
        options = [b.option(words.label(f"portfolio.leads.{lead}"), lead) for lead in LEADS]
        drawn += [
            b.section(words.line("portfolio.of_theme", theme=told.theme(words, each, found))),
            b.field(
                numbered(Field.THEME_LEADS, number),
                words.label("portfolio.leads_to"),
                b.select(Input.VALUE, words.label("placeholder.choose"), options),
            ),
            b.field(
                numbered(Field.THEME_SAYS, number),
                words.label("portfolio.says"),
                b.typed(longest=MOST_SAID, lines=False),
                hint=words.label("portfolio.says_hint"),
            ),
        ]
    drawn += [
        b.field(Field.PORTFOLIO_WORDS, words.label("portfolio.words"), b.typed(longest=MOST_WORDS)),
        b.context(words.line("portfolio.next")),
    ]
    title, submit = words.label("portfolio.window_title"), words.label("aims.hand_in")
    return modal(words, View.PORTFOLIO_LEADS, title, drawn, submit=submit, about=about)


def paper(words: Words, as_of: date, *, missing: bool) -> Message:
    """Beside the file; `missing`: instead of it."""
    key = "portfolio.paper_missing" if missing else "portfolio.paper"
    return Message(text=words.line(key, day=words.day(as_of), as_of=as_of.isoformat()))
