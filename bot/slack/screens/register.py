"""Answers from the register: what is there, what Steward can do. Each cites the record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from bot.markup import Mrkdwn, cut, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Voice
from bot.slack.screens.verdicts import LEVELS
from bot.words import Words
from triage.case import Status
from triage.register import Entry, Veiled
from triage.suited import Suited

LISTED, USABLE, SOME = 30, 10, 3
NOTHING: Mapping[str, Mrkdwn] = MappingProxyType({})


def listing(
    voice: Voice,
    entries: Sequence[Entry],
    words: str = "",
    veiled: Sequence[Veiled] = (),
    *,
    day: date | None = None,
) -> Message:
    """What the reader may see, narrowed to what holds all of `words`; confidential ones stand in the whole list.

    `day`: at the end of which it was known so.
    """
    closed = () if words else veiled
    wanted = words.lower().split()
    found = [entry for entry in entries if all(word in _searched(voice.words, entry) for word in wanted)]
    page = voice.words.page(
        "listing",
        rows=[(entry, risk(voice.words, entry)) for entry in found[:LISTED]],
        closed=[(each.ref, risk(voice.words, each)) for each in closed[:LISTED]],
        more_closed=max(0, len(closed) - LISTED),
        more=max(0, len(found) - LISTED),
        wanted=cut(one_line(words), 80),
        all=len(entries),
        day=day,
    )
    return message(
        voice.words,
        page["text"],
        [
            b.section(page["head"]),
            b.section(page["rows"]) if found else None,
            b.section(page["closed"]) if closed else None,
        ],
    )


def _searched(words: Words, entry: Entry) -> str:
    parts = (
        entry.ref or "",
        entry.title,
        entry.tool_name,
        entry.unit,
        words.label(f"status.{entry.standing}"),
        words.label(f"scope.is.{entry.scope}") if entry.scope else "",
    )
    return " ".join(parts).lower()


def risk(words: Words, entry: Entry | Veiled) -> Mrkdwn:
    """Risk in words; open bounds read as "medium or high"."""
    if entry.tier is None:
        return Mrkdwn("")
    floor, ceiling = entry.tier
    if floor == ceiling:
        return words.line(f"tier.{floor}")
    levels = LEVELS["tier"][floor - 1 : ceiling]
    return words.line(
        "tier_between", levels=words.listed((words.line(f"tier_name.{x}") for x in levels), "or")
    )


def command_help(voice: Voice, may: Collection[str] = ()) -> Message:
    """`may`: what not everybody can do and the reader can, by its verb."""
    page = voice.words.page("commands", may=may)
    whole = b.section(page["line"]) | {"expand": True}  # a phone folds it after four lines
    return message(voice.words, page["line"], [whole, b.actions([_begin(voice)])])


def guide(voice: Voice) -> Message:
    """For somebody who said hello or asked what this is."""
    page = voice.words.page("guide")
    return message(voice.words, page["line"], [b.section(page["line"]), b.actions([_begin(voice)])])


def usable(voice: Voice, found: Suited, held: Mapping[str, Mrkdwn] = NOTHING) -> Message:
    """What everybody may use today, with a button to ask for more; a yes only where the register says one.

    `held`: by id, what comes first of what is approved and may not be used yet.
    """
    most = SOME if found.fit == "none" else USABLE
    ready, early = ([use for use in found.uses if (use.id in held) is later] for later in (False, True))
    shown = [*ready, *early][:most]
    page = voice.words.page(
        "usable",
        fit=found.fit,
        uses=[use for use in shown if use.id not in held],
        held=[(use, held[use.id]) for use in shown if use.id in held],
        more=max(0, len(found.uses) - most),
    )
    return message(voice.words, page["line"], [b.section(page["line"]), b.actions([_begin(voice)])])


def taken_as(voice: Voice, shown: Message, typed: str, verb: str) -> Message:
    """The answer to a command that was misspelt, above it how it was read."""
    note = voice.words.line("taken_as", typed=cut(one_line(typed), 30), verb=verb)
    return Message(text=shown.text, blocks=[b.context(note), *shown.blocks])


def which(voice: Voice, entries: Iterable[Entry], line: int) -> Message:
    """More than one thing is open, and the words stand in none of their threads; `line` of the trail keeps them."""
    words = voice.words
    new = b.button(Action.BEGIN_KEPT, words.label("button.begin_kept"), to_value(Press("", choice=str(line))))
    drawn: list[b.Block | None] = [b.section(words.line("which")), b.actions([new])]
    for entry in list(entries)[:10]:
        title = cut(one_line(entry.title or entry.tool_name), 60) or words.label("entry.untitled")
        drawn.append(b.section(words.line("entry.bold", what=title), _go_on(words, entry, title)))
    return message(words, words.line("which"), drawn)


def _go_on(words: Words, entry: Entry, title: str) -> b.Element:
    """Back to the interview, or the window for what a reviewer asked."""
    value = to_value(Press(case=entry.id))
    if entry.status is Status.needs_info:
        return b.button(Action.ANSWER, words.label("button.answer"), value)
    spoken = words.label("spoken.continue", what=title)
    return b.button(Action.RESUME, words.label("button.continue"), value, spoken=spoken)


def quoted(voice: Voice, text: str) -> Message:
    """Words that came from a window, shown as the beginning of their thread."""
    page = voice.words.page("quoted", text=text)
    return message(voice.words, page["line"], [b.section(page["line"])])


def _begin(voice: Voice) -> b.Element:
    return b.button(
        Action.HOME_START, voice.words.label("button.ask_about_ai"), to_value(Press(case="")), style="primary"
    )
