"""Messages about a management review: that it takes place, the paper before it, and what was agreed after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.markup import Mrkdwn, escaped
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Voice
from bot.slack.screens.entrywords import named, signed
from bot.words import Words
from store.convened import AHEAD, Laid
from triage.aims.entry import Draft, Entry

SHOWN = 20


def called(voice: Voice, call: Entry, draft: Draft, *, off: bool) -> Message:
    words, day = voice.words, date.fromisoformat(str(draft.said["due"]))
    who = voice.mention(str(draft.said["owner"]))
    facts = {
        "what": named(words, call, draft),
        "day": words.day(day),
        "by": signed(voice, draft.by, draft.role),
    }
    if off:
        text = words.line("convened.cancelled", **facts)
        return message(words, text, [b.section(text), *_why(words, call)])
    text = words.line("convened.called", **facts, paper=words.day(day - AHEAD), who=who)
    said = str(draft.said.get("words") or "")
    quoted = [b.section(words.page("quoted", text=said)["line"])] if said else []
    return message(words, text, [b.section(text), *quoted, _look(words, call)])


def _why(words: Words, call: Entry) -> list[b.Block]:
    because = str(call.done_now[-1].said.get("because") or "") if call.done_now else ""
    return [b.section(words.page("quoted", text=because)["line"])] if because else []


def _look(words: Words, entry: Entry) -> b.Block:
    press = to_value(Press(case="", choice=entry.id))
    return b.actions([b.button(Action.READ_ENTRY, words.label("aims.look"), press)])


def paper(voice: Voice, call: Entry, laid: Laid, why: str) -> Message:
    """Beside the file; with `why` there is none: instead of it."""
    words = voice.words
    facts = {"what": named(words, call), "since": words.day(laid.since), "as_of": words.day(laid.as_of)}
    key = "convened.paper_missing" if why else "convened.paper"
    return Message(text=words.line(key, **facts, day=words.day(_held(call)), digest=laid.digest[:12]))


def _held(call: Entry) -> date:
    return call.due or date.min + timedelta(days=1)


def agreed(voice: Voice, review: Entry, draft: Draft, actions: Sequence[Entry]) -> Message:
    """The minutes that count, with what was decided and whose it is."""
    words = voice.words
    yes = words.listed(signed(voice, each.by, each.role) for each in draft.yeses)
    text = words.line("convened.agreed", what=named(words, review, draft), yes=yes)
    drawn = [b.section(text), *b.sections(escaped(str(draft.said["minutes"])))]
    lines = [_action(voice, each) for each in actions[:SHOWN]]
    head = words.line("convened.decided", count=len(actions)) if actions else words.line("convened.nothing")
    drawn += b.sections(Mrkdwn("\n".join([head, *lines])))
    return message(words, text, [*drawn, _look(words, review)])


def _action(voice: Voice, entry: Entry) -> Mrkdwn:
    words = voice.words
    return words.line(
        "convened.action",
        ref=entry.ref,
        what=named(words, entry),
        who=voice.mention(entry.owner) if entry.owner else words.line("convened.nobody"),
        due=words.day(entry.due) if entry.due else "–",
    )
