"""The fields of conditions with a day of their own, and the button for one more."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, to_value
from bot.words import Words
from triage.steps import Term
from triage.terms import STRICTER

MOST = 10
SHORT = 1000


def numbered(field: Field, number: int) -> str:
    """The `block_id` of one of several."""
    return f"{field.value}.{number}"


Given = tuple[str, Term]
NOTHING: Given = ("", Term())


def added_fields(words: Words, case: str, count: int, given: Sequence[Given] = ()) -> list[b.Block | None]:
    """`count` of them, and the button for one more as long as there may be one; the first are filled with `given`."""
    filled = [*given, *[NOTHING] * count]
    drawn = [block for number in range(1, count + 1) for block in _fields(words, number, *filled[number - 1])]
    label, value = words.label("button.add_condition"), to_value(Press(case=case))
    more = b.actions([b.button(Action.ADD_CONDITION, label, value)])
    return [*drawn, more if count < MOST else None]


def _fields(words: Words, number: int, text: str, term: Term) -> list[b.Block]:
    options = [b.option(words.label(f"otherwise.{key}"), key) for key in STRICTER if key]
    day, what = words.label("placeholder.day"), words.label("placeholder.choose")
    return [
        b.field(
            numbered(Field.OWN_TEXT, number),
            words.label("field.own_text", count=number),
            b.typed(text=text, longest=SHORT),
            optional=True,
        ),
        b.field(
            numbered(Field.OWN_DUE, number),
            words.label("field.own_due"),
            b.day(Input.VALUE, day, on=term.due.isoformat() if term.due else ""),
            hint=words.label("field.own_due_hint"),
            optional=True,
        ),
        b.field(
            numbered(Field.OWN_CHECK, number),
            words.label("field.own_check"),
            b.typed(text=term.check, longest=SHORT, lines=False),
            hint=words.label("field.own_check_hint"),
            optional=True,
        ),
        b.field(
            numbered(Field.OWN_OTHERWISE, number),
            words.label("field.own_otherwise"),
            b.select(Input.VALUE, what, options, chosen=term.otherwise),
            optional=True,
        ),
    ]
