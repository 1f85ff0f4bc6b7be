"""Trainings in windows: what is mine to learn, saying that I did it, and how far everybody is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.markup import Mrkdwn, escaped
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Voice
from bot.slack.screens.entrylook import Asked, to_asked
from bot.slack.screens.entrywords import named
from bot.words import Words
from triage.aims.entry import Entry
from triage.aims.training import Noted, Trainee, is_confirmed

NOTHING: Mapping[str, date] = {}
CELLS, NAMES, CONFIRMED, MINE = 20, 40, 10, 20


def trainings_button(words: Words) -> b.Element:
    return b.button(Action.TRAININGS, words.label("training.open"), to_value(Press(case="")))


def way_out(words: Words, text: str) -> list[b.Block]:
    """Below a refusal."""
    return [b.section(text), b.actions([trainings_button(words)])]


def mine_view(
    voice: Voice, mine: Sequence[tuple[Entry, Trainee]], today: date, barring: Mapping[str, date] = NOTHING
) -> dict[str, Any]:
    """`barring`: by training, from which day on others decide in their place."""
    drawn = _mine(voice, mine, today, barring)
    return modal(voice.words, View.TRAININGS, voice.words.label("training.title"), drawn)


def mine_told(
    voice: Voice, mine: Sequence[tuple[Entry, Trainee]], today: date, barring: Mapping[str, date] = NOTHING
) -> Message:
    """The same in a message, for whoever asked in words."""
    text = voice.words.line("training.about" if mine else "training.none")
    return message(voice.words, text, _mine(voice, mine, today, barring))


def _mine(
    voice: Voice, mine: Sequence[tuple[Entry, Trainee]], today: date, barring: Mapping[str, date]
) -> list[b.Block | None]:
    words = voice.words
    drawn: list[b.Block | None] = [b.section(words.line("training.about" if mine else "training.none"))]
    for number, (training, each) in enumerate(mine[:MINE]):
        text = words.line("training.row", what=named(words, training), state=_state(words, each, today))
        press = to_value(Press(case="", choice=training.id))
        spoken = words.label("spoken.act", act=words.label("training.did"), what=named(words, training))
        label = words.label("training.did")
        button = b.button(Action.TRAINING_DID, label, press, number=number, spoken=spoken)
        drawn.append(b.section(text, button if each.waits is None else None))
        if training.said("link"):
            drawn.append(b.context(words.line("training.where", link=str(training.said("link")))))
        if (since := barring.get(training.id)) is not None:
            key = "training.barred" if since <= today else "training.bars"
            drawn.append(b.context(words.line(key, day=words.day(since))))
    if len(mine) > MINE:
        drawn.append(b.context(words.line("aims.more_of_them", count=len(mine) - MINE)))
    return drawn


def _state(words: Words, each: Trainee, today: date) -> Mrkdwn:
    done, due = words.day(each.done) if each.done else "", words.day(each.due) if each.due else ""
    if each.waits is not None:
        return words.line("training.said", done=words.day(each.waits))
    if each.done is None:
        return words.line("training.behind" if each.late(today) else "training.to_do", day=due)
    if each.due is None:
        return words.line("training.for_good", done=done)
    return words.line("training.ended" if each.late(today) else "training.holds", done=done, day=due)


def did_view(voice: Voice, training: Entry, today: date) -> dict[str, Any]:
    """Handed in, it says that it was done."""
    words = voice.words
    picker = b.day(Input.VALUE, words.label("placeholder.day"), on=today.isoformat())
    drawn = [
        b.section(words.line("training.which", what=named(words, training))),
        b.field(Field.SINCE, words.label("training.day"), picker),
        b.field(
            Field.LINK,
            words.label("training.link"),
            b.typed(lines=False),
            hint=words.label("training.link_hint"),
        ),
        b.context(words.line("training.confirms")) if is_confirmed(training) else None,
    ]
    about = to_asked(Asked("", ((0, training.id),)))
    title, submit = words.label("training.did_title"), words.label("training.did")
    return modal(words, View.TRAINING_DID, title, drawn, submit=submit, about=about)


def standing_view(
    voice: Voice,
    training: Entry,
    found: Sequence[Trainee],
    waiting: Sequence[Noted],
    links: Mapping[tuple[str, date], str],
    today: date,
) -> dict[str, Any]:
    """In numbers and by name, and what waits for whoever looks; for whoever may say which trainings there are."""
    words = voice.words
    drawn: list[b.Block | None] = [b.section(words.line("entry.bold", what=named(words, training)))]
    if not found:
        drawn.append(b.section(words.line("training.nobody")))
    else:
        drawn.append(b.section(_bar(words, found, today)))
        late = sum(each.late(today) for each in found)
        drawn.append(b.context(words.line("training.late", count=late)) if late else None)
        drawn += _to_confirm(voice, training, waiting, links)
        drawn.append(b.divider())
        lines = [
            words.line("training.each", who=voice.mention(each.person), state=_each(words, each, today))
            for each in found[:NAMES]
        ]
        if len(found) > NAMES:
            lines.append(words.line("training.more", count=len(found) - NAMES))
        drawn += b.sections(Mrkdwn("\n".join(lines)))
    return modal(words, View.TRAINED, words.label("training.who_title"), drawn)


def _bar(words: Words, found: Sequence[Trainee], today: date) -> Mrkdwn:
    held = sum(each.done is not None and not each.late(today) for each in found)
    full = CELLS * held // len(found)
    said = words.label("training.count", held=held, count=len(found))
    return words.line("training.bar", bar="█" * full + "░" * (CELLS - full), said=said)


def _each(words: Words, each: Trainee, today: date) -> Mrkdwn:
    done, due = words.day(each.done) if each.done else "", words.day(each.due) if each.due else ""
    if each.waits is not None:
        return words.line("training.each_waits", done=words.day(each.waits))
    if each.late(today):
        return words.line("training.each_late", day=due)
    if each.done is None:
        return words.line("training.each_open", day=due)
    if each.due is None:
        return words.line("training.each_for_good", done=done)
    return words.line("training.each_holds", done=done, day=due)


def _to_confirm(
    voice: Voice, training: Entry, waiting: Sequence[Noted], links: Mapping[tuple[str, date], str]
) -> list[b.Block]:
    if not waiting:
        return []
    words = voice.words
    drawn = [b.section(words.line("training.to_confirm"))]
    for number, each in enumerate(waiting[:CONFIRMED]):
        link = escaped(links.get((each.person, each.day), ""))
        text = words.line(
            "training.confirm_row", who=voice.mention(each.person), day=words.day(each.day), link=link
        )
        press = to_value(Press(case=each.person, turn=each.day.toordinal(), choice=training.id))
        spoken = words.label("spoken.act", act=words.label("training.confirm"), what=named(words, training))
        label = words.label("training.confirm")
        drawn.append(
            b.section(text, b.button(Action.TRAINING_CONFIRM, label, press, number=number, spoken=spoken))
        )
    if len(waiting) > CONFIRMED:
        drawn.append(b.context(words.line("training.more_to_confirm", count=len(waiting) - CONFIRMED)))
    return drawn
