"""Where somebody's own requests stand, for whoever asked in words: the open ones first, each with who has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.markup import cut, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Voice
from triage.case import Status
from triage.register import Entry

SHOWN, TITLE = 8, 120


def mine(
    voice: Voice,
    still_open: Sequence[Entry],
    decided: Sequence[Entry],
    with_whom: Mapping[str, Sequence[str]],
) -> Message:
    """`with_whom`: by use, the people who decide; `decided`: the newest, told of where nothing else is."""
    words = voice.words
    shown = [*still_open, *decided][:SHOWN]
    page = words.page("mine", open=len(still_open), decided=len(decided), more=len(still_open) - SHOWN)
    drawn: list[b.Block | None] = [b.section(page["head"])]
    for number, entry in enumerate(shown):
        people = [voice.mention(person) for person in with_whom.get(entry.id, ())]
        title = cut(one_line(entry.title or entry.tool_name), TITLE) or words.label("entry.untitled")
        facts = {"title": title, "entry": entry, "status": words.line(f"status.{entry.standing}")}
        row = words.page("mine", **facts, draft=entry.status is Status.draft, who=words.listed(people, "or"))
        drawn.append(b.section(row["row"], _go_on(voice, entry, title, number)))
    drawn.append(b.context(page["foot"]) if shown else None)
    return message(words, page["head"], drawn)


def _go_on(voice: Voice, entry: Entry, title: str, number: int) -> b.Element | None:
    if entry.status is not Status.draft:
        return None
    label = voice.words.label("button.continue")
    spoken = voice.words.label("spoken.act", act=label, what=title)
    return b.button(Action.RESUME, label, to_value(Press(case=entry.id)), number=number, spoken=spoken)
