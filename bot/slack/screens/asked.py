"""What interested parties wish for or ask and waits for an answer, below the list of who they are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.markup import cut
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.screens.entrywords import NAME, named
from bot.words import Words
from triage.aims.asked import linked_points
from triage.aims.entry import Entry

SHOWN, FIRST = 10, 300
"""So many are shown; their buttons are numbered from there, beside those of the parties."""


def asked_blocks(words: Words, waiting: Sequence[Entry]) -> list[b.Block]:
    """Each with whose it is and to which clauses and controls it is linked."""
    head = words.line("aims.asked_head", count=len(waiting)) if waiting else words.line("aims.asked_none")
    drawn: list[b.Block] = [b.divider(), b.section(head)]
    for number, entry in enumerate(waiting[:SHOWN], FIRST):
        what, points = named(words, entry), ", ".join(linked_points(entry))
        about = {"ref": entry.ref, "what": what, "whose": cut(str(entry.said("whose")), NAME)}
        text = words.line("aims.asked_row", **about, points=points or words.line("aims.asked_unlinked"))
        press = to_value(Press(case="", choice=entry.id))
        spoken = words.label("spoken.act", act=words.label("aims.look"), what=what)
        button = b.button(Action.READ_ENTRY, words.label("aims.look"), press, number=number, spoken=spoken)
        drawn.append(b.section(text, button))
    if (left := len(waiting) - SHOWN) > 0:
        drawn.append(b.context(words.line("aims.more_of_them", count=left)))
    return drawn
