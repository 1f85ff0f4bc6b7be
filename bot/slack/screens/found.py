"""What an audit found about uses and became nothing yet, each with its one press."""

from __future__ import annotations

from collections.abc import Sequence

from bot.markup import cut, one_line
from bot.slack import blocks as b
from bot.slack.screens.raising import RAISED, raise_button
from bot.words import Words
from triage.aims.auditing import Found
from triage.aims.entry import Entry

LISTED, WORD = 10, 280


def found_blocks(words: Words, entry: Entry, found: Sequence[Found]) -> list[b.Block]:
    drawn = [
        b.section(
            words.line("aims.found", use=each.use, word=cut(one_line(each.word), WORD)),
            raise_button(words, RAISED[0], f"{entry.ref} {each.use}", number),
        )
        for number, each in enumerate(found[:LISTED])
    ]
    more = len(found) - LISTED
    besides = [b.context(words.line("aims.more_of_them", count=more))] if more > 0 else []
    return [b.section(words.line("aims.found_head")), *drawn, *besides] if drawn else []
