"""The register of risks in a window: where they lie in the matrix, and each with its level, owner and next day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from bot import riskmap
from bot.markup import Mrkdwn, cut, escaped, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_block_id, to_choice, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.slack.screens.entrywords import named
from bot.words import Words, upfirst
from triage.aims.entry import Entry
from triage.aims.risk import Standing
from triage.aims.risks import LEVELS
from triage.aims.sifting import LEVEL, PLAIN, TOOL, USE, Sift, Weighed, to_text

PAGE = 10
TOOLS = 40
"""So many are offered to choose from."""


class Row(NamedTuple):
    """`next`: the first day on which anybody is asked for something. `ended`: none of its uses is there any more."""

    entry: Entry
    standing: Standing | None
    next: date | None
    ended: bool = False


class Seen(NamedTuple):
    """As one person sees it: all that is open, and one page of what they asked for. `whole`: how many that are.

    `tools`: those that uses of risks are made with. `missing`: risks that rules name and nobody weighed; `arisen`: that
    something suggests which happened.
    """

    every: Sequence[Weighed]
    rows: Sequence[Row]
    whole: int
    sift: Sift = Sift()
    page: int = 0
    tools: Sequence[str] = ()
    drafts: bool = False
    missing: int = 0
    arisen: int = 0


def risks_button(words: Words, sift: str = "", *, number: int | None = None) -> b.Element:
    """The way in, for whoever may look at them."""
    label = words.label("button.risks_of" if sift else "button.risks")
    return b.button(Action.RISKS, label, to_value(Press(case="", choice=sift)), number=number)


def risks_view(voice: Voice, seen: Seen) -> dict[str, Any]:
    words = voice.words
    drawn: list[b.Block | None] = []
    if not seen.page:
        drawn += _above(words, seen)
    drawn += [_choose(words, seen), b.actions(row) if (row := _ways(words, seen)) else None, b.divider()]
    for number, row_ in enumerate(seen.rows):
        drawn.append(_row(voice, row_, number))
    if not seen.rows:
        drawn.append(b.section(words.line("risks.none" if seen.every else "risks.none_yet")))
    drawn.append(b.actions(steps) if (steps := _steps(words, seen)) else None)
    about = f"{seen.page}|{to_text(seen.sift)}"
    return modal(words, View.RISKS, words.label("aims.kind.risk"), drawn, about=about)


def _above(words: Words, seen: Seen) -> list[b.Block | None]:
    now, after = riskmap.counted(seen.every)
    counts = riskmap.by_level(seen.every)
    open_ones = sum(counts.values())
    said = riskmap.said(words, counts)
    told = (
        words.line("risks.open", count=open_ones, said=said) if open_ones else words.line("risks.none_at_all")
    )
    signs = Mrkdwn(f"```{riskmap.signs(words, now, after)}```")
    lacks = words.line("risks.missing", count=seen.missing) if seen.missing else None
    happened = words.line("risks.arisen_open", count=seen.arisen) if seen.arisen else None
    return [
        b.section(told),
        b.section(signs) if open_ones else None,
        b.context(words.line("risks.map.reads")) if open_ones else None,
        b.section(happened) if happened else None,
        b.section(lacks) if lacks else None,
    ]


def _choose(words: Words, seen: Seen) -> b.Block:
    options = [b.option(words.label(f"risks.sift.{each or 'all'}"), each or "all") for each in PLAIN]
    options += [
        b.option(words.label("risks.sift.level", level=words.label(f"risks.level.{each}")), f"{LEVEL}:{each}")
        for each in reversed(LEVELS)
    ]
    options += [
        b.option(words.label("risks.sift.tool", tool=cut(one_line(each), 40)), f"{TOOL}:{to_choice(each)}")
        for each in seen.tools[:TOOLS]
    ]
    chosen = to_text(seen.sift) or "all"
    if seen.sift.about == USE:
        options.append(b.option(words.label("risks.sift.use", ref=seen.sift.value), chosen))
    menu = b.select(Action.RISKS_SIFT, words.label("placeholder.choose"), options, chosen=chosen)
    return b.actions([menu], block_id=to_block_id("risks", Press(case="")))


def _ways(words: Words, seen: Seen) -> list[b.Element]:
    if not seen.drafts:
        return []
    return [
        b.button(
            Action.RISK_ADD,
            words.label("button.risk_add"),
            to_value(Press(case="", choice=seen.sift.value if seen.sift.about == USE else "")),
            style="primary",
        )
    ]


def _steps(words: Words, seen: Seen) -> list[b.Element]:
    steps = []
    for key, turn, number, there in (
        ("home_earlier", seen.page - 1, 0, seen.page > 0),
        ("home_next", seen.page + 1, 1, (seen.page + 1) * PAGE < seen.whole),
    ):
        if there:
            press = to_value(Press(case="", turn=turn, choice=to_text(seen.sift)))
            steps.append(b.button(Action.RISKS_PAGE, words.label(f"button.{key}"), press, number=number))
    return steps


def _row(voice: Voice, row: Row, number: int) -> b.Block:
    words, entry = voice.words, row.entry
    what = named(words, entry)
    lines = [words.line("risks.head", what=what, ref=entry.ref), _figures(voice, row), _state(voice, row)]
    press = to_value(Press(case="", choice=entry.id))
    spoken = words.label("spoken.act", act=words.label("aims.look"), what=what)
    button = b.button(Action.READ_ENTRY, words.label("aims.look"), press, number=number, spoken=spoken)
    return b.section(Mrkdwn("\n".join(filter(None, lines))), button)


def _figures(voice: Voice, row: Row) -> Mrkdwn:
    words, now = voice.words, row.standing
    parts: list[Mrkdwn] = []
    if now is None:
        parts.append(escaped(riskmap.levels_said(words, row.entry.shown.said if row.entry.shown else {})))
    else:
        levels = {name: words.label(f"risks.level.{getattr(now, name)}") for name in ("now", "after")}
        key = "risks.stays" if now.now == now.after else "risks.moves"
        parts.append(upfirst(words.line(key, **levels)))
    if row.entry.owner:
        parts.append(voice.mention(row.entry.owner))
    return Mrkdwn(" · ".join(filter(None, parts)))


def _state(voice: Voice, row: Row) -> Mrkdwn:
    words = voice.words
    parts = [state_of(voice, row.standing)]
    if row.ended:
        parts.append(words.line("risks.uses_ended"))
    if row.entry.proposed is not None and row.standing is not None:
        parts.append(words.line("risks.new_waits"))
    if row.next is not None and not (row.standing and row.standing.closed):
        parts.append(words.line("risks.next", day=words.day(row.next)))
    return Mrkdwn(" ".join(parts))


def state_of(voice: Voice, now: Standing | None) -> Mrkdwn:
    """Whether what remains was accepted, and whether that still holds."""
    words = voice.words
    if now is None:
        return words.line("risks.state.waits")
    if now.closed:
        return words.line("risks.state.closed")
    if now.accepted == "none":
        return words.line("risks.state.within" if now.within else "risks.state.beyond")
    about: Mapping[str, object] = {
        "by": voice.mention(now.accepted_by),
        "until": words.day(now.until) if now.until else "",
    }
    return words.line(f"risks.state.{now.accepted}", **about)
