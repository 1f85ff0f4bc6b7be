"""A digest as a message: what there is to do first, with a button beside it, then the picture and the figures."""

from __future__ import annotations

from collections.abc import Mapping

from bot import digesting
from bot.digestfile import plain
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.screens.stepping import queue_button
from bot.words import Words
from intake.texts import Wording
from triage.digest import Digest, Thing

LACKS = 8
"""So many facts are named in a post, the most frequent first."""


def digest_message(
    words: Words, wording: Wording, made: Digest, *, picture: str, uses: Mapping[str, str]
) -> Message:
    """`picture`: the file of it, "" for none. `uses`: the id of each use that can be opened, by its reference."""
    page = digesting.page(words, wording, made, most=LACKS)
    todo = [
        b.section(f"{number}. {digesting.told(words, wording, each)}", _button(words, each, uses))
        for number, each in enumerate(made.things, 1)
    ]
    shown = [each for part in digesting.parts(made) for each in b.sections(page[part])]
    drawn = [
        b.header(digesting.title(words, made)),
        b.context(page["intro"]),
        b.section(words.line("digest.heading", what=words.line("digest.now"))),
        *(todo or [b.section(page["nothing_to_do"])]),
        b.divider(),
        b.image(picture, plain(page["picture"])) if picture else None,
        *shown,
        b.context(page["law_foot"]),
    ]
    return message(words, page["line"], drawn)


def _button(words: Words, thing: Thing, uses: Mapping[str, str]) -> b.Element | None:
    if thing.button == "queue":
        return queue_button(words)
    if thing.ref in uses:
        label = words.label("digest.entry", ref=thing.ref)
        return b.button(Action.HOME_SHOW, label, to_value(Press(case=uses[thing.ref])))
    return None
