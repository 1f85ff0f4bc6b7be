"""A policy that somebody is asked to read: their message, the window with its text, and how far everybody is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from bot.markup import Mrkdwn, escaped
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Voice
from bot.slack.screens.entryform import drawn_field
from bot.slack.screens.entrylook import Asked, fits_whole, to_asked
from bot.slack.screens.entrytold import changed
from bot.slack.screens.entrywords import named, stated
from bot.words import Words, quoted
from triage.aims.acknowledging import KIND, Reader, Turnout
from triage.aims.differing import told
from triage.aims.entry import Draft, Entry, Said
from triage.aims.kinds import kinds

TEXT, CELLS, UNITS, NAMES = 1200, 20, 12, 40
CHOSEN = ("everybody", "units", "role")
"""Of the fields of a call, those that say who is asked; its channels are picked."""


class Shown(NamedTuple):
    """What somebody is asked to read: the version, the one they read before, by when; `read`: when they did.

    `newer`: the version that counts by now, where that is another one; `over`: it is not asked for any more.
    """

    policy: Entry
    draft: Draft
    before: Draft | None = None
    by: date | None = None
    read: date | None = None
    newer: int = 0
    over: bool = False
    welcome: bool = False


def to_read(voice: Voice, shown: Shown) -> Message:
    """As it stands: asked, read, or overtaken by a later version."""
    words = voice.words
    about = {"what": named(words, shown.policy, shown.draft), "number": shown.draft.number}
    if shown.read is not None:
        return _one_line(words, words.line("ack.thanks", **about, day=words.day(shown.read)))
    if shown.newer:
        text = words.line("ack.overtaken", **about, newer=shown.newer)
        return message(
            words, text, [b.section(text), b.actions([_read_button(words, shown, "ack.read_newer")])]
        )
    if shown.over:
        return _one_line(words, words.line("ack.over", **about))
    by = words.day(shown.by) if shown.by else ""
    key = "ack.welcome" if shown.welcome else "ack.please" if shown.before is None else "ack.please_again"
    head = words.line(key, **about, by=by)
    drawn: list[b.Block] = [b.section(head), *_gist(voice, shown)]
    press = to_value(Press(case="", turn=shown.draft.number, choice=shown.policy.id))
    have = b.button(Action.HAVE_READ, words.label("ack.have_read"), press, style="primary")
    drawn.append(b.actions([have, _read_button(words, shown, "ack.read")]))
    drawn.append(b.context(words.line("ack.foot")))
    return message(words, head, drawn)


def _one_line(words: Words, text: Mrkdwn) -> Message:
    return message(words, text, [b.section(text)])


def _read_button(words: Words, shown: Shown, label: str) -> b.Element:
    press = to_value(Press(case="", turn=shown.newer or shown.draft.number, choice=shown.policy.id))
    return b.button(Action.READ_POLICY, words.label(label, number=shown.newer), press)


def _gist(voice: Voice, shown: Shown) -> list[b.Block]:
    """What is new in it, the beginning of its text, and where it stands."""
    words, said = voice.words, shown.draft.said
    found: list[b.Block] = []
    if shown.before is not None:
        new = changed(voice, shown.policy, told(shown.policy.of, shown.draft, shown.before))
        since = words.line("ack.since", number=shown.before.number)
        found.append(
            b.section(Mrkdwn("\n".join(filter(None, (since, new)))) if new else words.line("ack.same"))
        )
    text = str(said.get("text") or "")
    if text and shown.before is None:
        found += b.sections(quoted(text, TEXT))
        found += [b.context(words.line("ack.more"))] if len(text) > TEXT else []
    if said.get("link"):
        found.append(b.section(escaped(str(said["link"]))))
    return found


def read_view(voice: Voice, shown: Shown, *, note: str = "") -> dict[str, Any]:
    """The text whole; handed in, it says that it was read."""
    words = voice.words
    head = words.line("ack.version", what=named(words, shown.policy, shown.draft), number=shown.draft.number)
    drawn: list[b.Block | None] = [b.section(note) if note else None, b.section(head)]
    if shown.before is not None:
        new = changed(voice, shown.policy, told(shown.policy.of, shown.draft, shown.before))
        drawn += (
            [b.section(Mrkdwn(f"{words.line('ack.since', number=shown.before.number)}\n{new}"))]
            if new
            else []
        )
    whole = stated(voice, shown.policy.kind, told(shown.policy.of, shown.draft, None))
    drawn += whole if fits_whole([*drawn, *whole]) else [b.section(words.line("ack.too_long"))]
    if shown.read is not None:
        drawn.append(b.context(words.line("ack.was_read", day=words.day(shown.read))))
    submit = words.label("ack.have_read") if shown.read is None else ""
    about = to_asked(Asked("", ((shown.draft.number, shown.policy.id),)))
    title = words.label("ack.title")
    return modal(words, View.HAVE_READ if submit else View.NOTE, title, drawn, submit=submit, about=about)


def ask_view(
    voice: Voice,
    policy: Entry,
    said: Mapping[str, Said],
    channels: Sequence[str],
    *,
    units: Sequence[str] = (),
) -> dict[str, Any]:
    """Who is to read the policy that counts; `said` and `channels`: who is asked already."""
    words, of = voice.words, kinds()[KIND]
    draft = policy.in_force
    text = words.line("ack.whom", what=named(words, policy, draft), number=draft.number if draft else 0)
    places: b.Element = {
        "type": "multi_conversations_select",
        "action_id": Input.VALUE.value,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if channels:
        places["initial_conversations"] = list(channels)
    fields = {each.id: drawn_field(voice, KIND, each, said.get(each.id), units) for each in of.fields}
    chosen = [fields[each] for each in CHOSEN]
    picked = b.field(Field.PLACES, words.label("aims.field.acknowledgement.channels"), places, optional=True)
    drawn = [b.section(text), *chosen, picked, fields["days"], b.context(words.line("ack.how"))]
    about = to_asked(Asked("", ((draft.number, policy.id),) if draft else ()))
    title, submit = words.label("ack.asking"), words.label("ack.ask_now")
    return modal(words, View.ASK_TO_READ, title, drawn, submit=submit, about=about)


def bar(words: Words, found: Turnout) -> Mrkdwn:
    total = len(found.readers)
    full = CELLS * found.read // total if total else 0
    said = words.label("ack.count", read=found.read, count=total)
    return words.line("ack.bar", bar="█" * full + "░" * (CELLS - full), said=said)


def progress(voice: Voice, policy: Entry, found: Turnout, late: int) -> list[b.Block]:
    """In numbers, and who is missing by name, for whoever may ask."""
    words = voice.words
    head = words.line("ack.version", what=named(words, policy, policy.in_force), number=found.version)
    unasked = sum(each.asked is None for each in found.missing)
    facts = (("ack.late", late), ("ack.unasked", unasked), ("ack.unfound", found.unfound))
    lines = [words.line(key, count=count) for key, count in facts if count]
    drawn = [b.section(head), b.section(bar(words, found))]
    drawn += [b.context(Mrkdwn(" ".join(lines)))] if lines else []
    drawn += _units(words, found)
    return [*drawn, *_missing(voice, found.missing)]


def _units(words: Words, found: Turnout) -> list[b.Block]:
    rows = found.by_unit()
    if len(rows) < 2:
        return []
    shown = [
        words.line("ack.unit", unit=unit or words.label("ack.no_unit"), read=read, count=count)
        for unit, read, count in rows[:UNITS]
    ]
    return b.sections(Mrkdwn("\n".join(shown)))


def _missing(voice: Voice, missing: Sequence[Reader]) -> list[b.Block]:
    words = voice.words
    if not missing:
        return []
    lines = [
        words.line("ack.missing", who=voice.mention(each.person), day=words.day_at(each.asked))
        if each.asked
        else words.line("ack.missing_unasked", who=voice.mention(each.person))
        for each in missing[:NAMES]
    ]
    if len(missing) > NAMES:
        lines.append(words.line("ack.more_missing", count=len(missing) - NAMES))
    return [b.section(words.line("ack.who_is_missing")), *b.sections(Mrkdwn("\n".join(lines)))]


def progress_view(voice: Voice, policy: Entry, found: Turnout | None, late: int) -> dict[str, Any]:
    words = voice.words
    title = words.label("ack.who_title")
    if found is None:
        return modal(words, View.NOTE, title, [b.section(words.line("ack.nobody_asked"))])
    press = to_value(Press(case="", turn=found.version, choice=policy.id))
    stop = b.confirmed(
        b.button(Action.STOP_ASKING, words.label("ack.stop"), press),
        title=words.label("ack.stop_title"),
        text=words.label("ack.stop_text"),
        yes=words.label("ack.stop"),
        no=words.label("button.back"),
    )
    drawn = [*progress(voice, policy, found, late), b.actions([stop])]
    return modal(words, View.WHO_READ, title, drawn)


def summed_up(voice: Voice, policy: Entry, found: Turnout, late: int) -> Message:
    """To whoever asked, once the days are over."""
    words = voice.words
    head = words.line("ack.days_over", what=named(words, policy, policy.in_force), number=found.version)
    press = to_value(Press(case="", turn=found.version, choice=policy.id))
    who = b.button(Action.WHO_READ, words.label("ack.who"), press)
    late_line = [b.context(words.line("ack.late", count=late))] if late else []
    return message(words, head, [b.section(head), b.section(bar(words, found)), *late_line, b.actions([who])])
