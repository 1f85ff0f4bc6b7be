"""What was done with an entry, below it, the newest first."""

from __future__ import annotations

from bot.slack import blocks as b
from bot.slack.scene import Voice
from bot.slack.screens.entrywords import field_name, signed, value
from triage.aims.differing import lines_of
from triage.aims.entry import Done, Entry

ACTS = 5


def done_blocks(voice: Voice, entry: Entry) -> list[b.Block]:
    found = [_act(voice, entry, each) for each in entry.done[::-1][:ACTS]]
    head = b.section(voice.words.line("aims.done_so_far"))
    return [head, *(b.context(each) for each in found)] if found else []


def _act(voice: Voice, entry: Entry, done: Done) -> str:
    words, act = voice.words, entry.of.act(done.act)
    said = []
    for field in act.fields if act is not None else ():
        given = words.listed(value(voice, field, line) for line in lines_of(done.said.get(field.id)))
        if given:
            said.append(words.line("aims.said", field=field_name(words, done.act, field), said=given))
    return words.line(
        "aims.done",
        act=words.label(f"aims.act.{done.act}"),
        by=signed(voice, done.by, done.role),
        at=words.moment(done.at),
        said=words.listed(said) if said else "",
    )
