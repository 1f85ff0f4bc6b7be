"""A sample of the register: what was drawn, each with the way to it, and how anybody draws it again."""

from __future__ import annotations

from typing import Any, NamedTuple

from bot.markup import cut, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.words import Words
from store.samples import Sample
from triage.register import Entry

MOST = 30
"""With a button each, as much as a message holds however long their names are; the rest is named."""


class Drawn(NamedTuple):
    """`uses`: those of the sample that its reader may see now."""

    sample: Sample
    uses: tuple[Entry, ...]


def sample(words: Words, drawn: Drawn) -> Message:
    return message(words, _page(words, drawn)["head"], _blocks(words, drawn))


def sample_view(words: Words, drawn: Drawn) -> dict[str, Any]:
    return modal(words, View.NOTE, words.label("button.sample"), _blocks(words, drawn))


def sample_offered(words: Words) -> list[b.Block]:
    button = b.button(Action.SAMPLE, words.label("button.sample"), to_value(Press(case="")))
    return [b.divider(), b.section(words.line("sample.what")), b.actions([button])]


def _blocks(words: Words, drawn: Drawn) -> list[b.Block | None]:
    page = _page(words, drawn)
    rows = [_row(words, number, use) for number, use in enumerate(drawn.uses[:MOST])]
    more = b.section(page["more"]) if len(drawn.uses) > MOST else None
    return [b.section(page["head"]), *rows, more, b.context(page["proof"])]


def _page(words: Words, drawn: Drawn) -> Any:
    return words.page(
        "sample",
        count=len(drawn.sample.refs),
        population=drawn.sample.population,
        more=[use.ref for use in drawn.uses[MOST:]],
        hidden=len(drawn.sample.refs) - len(drawn.uses),
        line=drawn.sample.line,
        seed=drawn.sample.seed,
    )


def _row(words: Words, number: int, use: Entry) -> b.Block:
    what = cut(one_line(use.title or use.tool_name), 80) or words.label("entry.untitled")
    spoken = words.label("spoken.open_whole", ref=use.ref)
    value = to_value(Press(case=use.id))
    button = b.button(Action.HOME_SHOW, words.label("button.details"), value, number=number, spoken=spoken)
    return b.section(words.line("sample.row", ref=use.ref, what=what), button)
