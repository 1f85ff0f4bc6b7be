"""Messages to whom an entry names: who audits or is let in to, and who answers for a risk that somebody accepted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Voice
from bot.slack.screens.entrywords import named, signed
from triage.aims.access import ACCESS
from triage.aims.audited import AUDIT
from triage.aims.entry import Draft, Entry

SPANS = {AUDIT: ("begins", "due"), ACCESS: ("since", "until")}
"""In which fields it stands from when until when."""


def assigned(voice: Voice, items: Sequence[tuple[Entry, Draft]]) -> Message:
    """To whoever audits, or is let in to audit: what, and from when until when."""
    words = voice.words
    drawn: list[b.Block] = []
    for number, (entry, draft) in enumerate(items):
        begins, ends = SPANS[entry.kind]
        since, until = (words.day(date.fromisoformat(str(draft.said[each]))) for each in (begins, ends))
        text = words.line(
            f"aims.assigned.{entry.kind}",
            what=named(words, entry, draft),
            ref=entry.ref,
            since=since,
            until=until,
        )
        read = to_value(Press(case="", choice=entry.id))
        look = b.button(Action.READ_ENTRY, words.label("aims.look"), read, number=number)
        drawn.append(b.section(text, look if entry.kind == AUDIT else None))
    head = words.line("aims.told_assigned")
    return message(words, head, [b.section(head), *drawn])


def accepted(voice: Voice, items: Sequence[tuple[Entry, Draft]]) -> Message | None:
    """To whoever answers for a risk: somebody accepted what remains of it; None where that is over already."""
    words = voice.words
    drawn: list[b.Block] = []
    for number, (entry, draft) in enumerate(items):
        done = next((each for each in reversed(entry.done_now) if each.act == "accepted"), None)
        if done is None:
            continue
        text = words.line(
            "aims.accepted_yours",
            what=named(words, entry, draft),
            ref=entry.ref,
            by=signed(voice, done.by, done.role),
            until=words.day(date.fromisoformat(str(done.said["until"]))),
        )
        read = to_value(Press(case="", choice=entry.id))
        drawn.append(
            b.section(text, b.button(Action.READ_ENTRY, words.label("aims.look"), read, number=number))
        )
    head = words.line("aims.told_accepted")
    return message(words, head, [b.section(head), *drawn]) if drawn else None
