"""The two windows in which a management review is written down: what is decided of each input, then the minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Input, View
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.words import Words
from store.convened import Laid
from triage.aims.entry import Entry
from triage.aims.minutes import CHOICES, PARTS, Choice

MOST_WORDS, MOST_WHAT = 3000, 1500


def part_name(words: Words, part: str) -> str:
    return words.label(f"management.{part}")


def input_of(part: str) -> str:
    return f"{Field.REVIEW_INPUT.value}.{part}"


def of_part(field: Field, part: str) -> str:
    return f"{field.value}.{part}"


def looked_view(voice: Voice, call: Entry, laid: Laid) -> dict[str, Any]:
    """Of each input, be it that nothing is to be done: what nobody chose is not taken for that."""
    words = voice.words
    options = [b.option(words.label(f"minutes.choice.{each}"), each) for each in CHOICES]
    choose = words.label("placeholder.choose")
    drawn: list[b.Block] = [
        b.section(words.line("minutes.looked", what=call.title, as_of=words.day(laid.as_of))),
        *(
            b.field(input_of(part), part_name(words, part), b.select(Input.VALUE, choose, options))
            for part in PARTS
        ),
    ]
    title, submit = words.label("minutes.title"), words.label("minutes.go_on")
    return modal(words, View.REVIEW_LOOKED, title, drawn, submit=submit, about=f"{call.id}|{call.version}")


def minutes_view(
    voice: Voice,
    call: Entry,
    seen: int,
    said: Mapping[str, Choice],
    text: str,
    attends: Sequence[str],
    begun: str,
) -> dict[str, Any]:
    """`text`: what was chosen in the window before, as it is carried along. `begun`: what the minutes begin with."""
    words = voice.words
    users = [user for each in attends if (user := voice.user(each))]
    drawn: list[b.Block] = [
        b.field(
            Field.REVIEW_ATTENDED,
            words.label("minutes.attended"),
            b.people(Input.VALUE, words.label("placeholder.person"), users=users),
            hint=words.label("aims.known", hint="").strip(),
        ),
        b.field(
            Field.REVIEW_WORDS,
            words.label("minutes.words"),
            b.typed(text=begun, longest=MOST_WORDS, placeholder=words.label("minutes.words_example")),
            hint=words.label("aims.known", hint=words.label("minutes.words_hint")),
        ),
    ]
    for part, choice in said.items():
        drawn += _decision(words, part, choice) if choice != "none" else []
    none = [part_name(words, part) for part, choice in said.items() if choice == "none"]
    if none:
        drawn.append(b.context(words.line("minutes.none", what=words.listed(none))))
    drawn.append(b.context(words.line("minutes.next")))
    title, submit = words.label("minutes.title"), words.label("aims.hand_in")
    about = f"{call.id}|{seen}|{text}"
    return modal(words, View.REVIEW_MINUTES, title, drawn, submit=submit, about=about)


def _decision(words: Words, part: str, choice: Choice) -> list[b.Block]:
    head = words.line(
        "minutes.decision", part=part_name(words, part), choice=words.label(f"minutes.choice.{choice}")
    )
    return [
        b.divider(),
        b.section(head),
        b.field(
            of_part(Field.DECISION, part),
            words.label("minutes.what"),
            b.typed(longest=MOST_WHAT),
            hint=words.label("minutes.what_hint"),
        ),
        b.field(
            of_part(Field.DECISION_SHOWS, part),
            words.label(f"minutes.shows.{choice}"),
            b.typed(longest=MOST_WHAT),
        ),
        b.field(
            of_part(Field.DECISION_OWNER, part),
            words.label("minutes.owner"),
            b.person(Input.VALUE, words.label("placeholder.person")),
        ),
        b.field(
            of_part(Field.DECISION_DUE, part),
            words.label("minutes.due"),
            b.day(Input.VALUE, words.label("placeholder.day")),
        ),
    ]
