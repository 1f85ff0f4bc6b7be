"""The path of something of the daily work, drawn: what is done, where it stands, whose move it is and until when."""

from __future__ import annotations

from collections.abc import Mapping

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.scene import Voice
from bot.words import Words
from triage.aims.entry import Entry
from triage.aims.pathway import How, Move, path

SIGNS: Mapping[How, str] = {"done": "●", "now": "◐", "ahead": "○", "left_out": "–"}
NAMED = 3


def drawn_path(words: Words, entry: Entry) -> Mrkdwn:
    """Full, half and empty from its beginning to its end; the words say the same."""
    steps = []
    for each in path(entry):
        name: str = words.line(f"aims.path.{each.act.id}")
        name = words.line("entry.bold", what=name) if each.how == "now" else name
        steps.append(words.line("aims.way", sign=SIGNS[each.how], what=name))
    return Mrkdwn(" → ".join(steps))


def next_of(voice: Voice, entry: Entry, move: Move | None) -> Mrkdwn:
    """What comes next, in one sentence."""
    words = voice.words
    if move is None:
        return words.line("aims.nothing_next")
    what: str = words.listed((words.label(f"aims.next.{act.id}") for act in move.acts), "or")
    if not move.acts:
        what = words.label("aims.next.confirm")
    who = words.listed(map(voice.mention, move.people[:NAMED]), "or")
    due = words.line("aims.next_by", day=words.day(move.due)) if move.due else ""
    return words.line("aims.next_is" if who else "aims.next_is_nobodys", what=what, who=who, due=due)


def pathway_blocks(voice: Voice, entry: Entry, move: Move | None) -> list[b.Block]:
    """Nothing for what has no path."""
    if not entry.of.path:
        return []
    way = drawn_path(voice.words, entry)
    lines = [*([way] if way else []), next_of(voice, entry, move)]
    return [b.section(Mrkdwn("\n".join(lines)))]
