"""What a model said, as it is shown: as its own, as data, never in the place of anything that is known."""

from __future__ import annotations

from typing import Any

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_choice, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.words import Words
from triage.consulting import About, Suggestion
from triage.lifecycle import WAITING

MADE = ("kept", "changed", "dropped")


def suggested(scene: Scene, question: str) -> Suggestion | None:
    """Only to whoever is asked, and only while it is open to them."""
    talk, open_ = scene.case.talk, question not in scene.case.answers
    if not scene.model or talk is None or talk.person != scene.reader or not open_:
        return None
    return next((each for each in scene.suggestions if each.question == question), None)


def suggestion_button(scene: Scene, press: Press, one: Suggestion) -> b.Element:
    """It says what stands beside it: a press counts for that, and for nothing that was read later."""
    value = to_value(press._replace(choice=named(one)))
    return b.button(Action.USE_SUGGESTION, scene.words.label("button.use_suggestion"), value, style="primary")


def named(one: Suggestion) -> str:
    return to_choice("|".join(sorted(one.choices)))


def consult_button(words: Words, subject: str, kind: str = "") -> b.Element:
    """`kind`: "incident", or "" for a use."""
    press = Press(case=subject, question=kind)
    return b.button(Action.CONSULT, words.label("button.consult"), to_value(press))


def on_card(scene: Scene) -> list[b.Element]:
    """While somebody decides; whether this person may is asked when they press."""
    offered = bool(scene.model) and scene.case.status in WAITING
    return [consult_button(scene.words, scene.case.id)] if offered else []


def consult_view(words: Words, subject: str, offered: tuple[About, ...], model: str) -> dict[str, Any]:
    options = [b.option(words.label(f"consult.{each.value}"), each.value) for each in offered]
    hint = words.label("field.consult_hint")
    field = b.field(Field.CONSULT, words.label("field.consult"), b.radio(Input.VALUE, options), hint=hint)
    page = words.page("consult", model=model)
    title, submit = words.label("modal.consult"), words.label("submit.consult")
    return modal(words, View.CONSULT, title, [field, b.context(page["leaves"])], submit=submit, about=subject)


def told(
    words: Words, id: str, about: str, said: str, *, ref: str = "", made: str = "", model: str = ""
) -> Message:
    """A draft in the message of whoever asked for it, or the question put another way in its thread."""
    page = words.page("consult", about=about, words=said, ref=ref, made=made, model=model)
    drawn: list[b.Block | None] = [
        b.section(page["head"]),
        *b.sections(page["said"]),
        b.context(page["foot"]),
    ]
    if about != About.follow_up.value and not made:
        drawn.append(b.actions([_made(words, id, each, number) for number, each in enumerate(MADE)]))
    return message(words, page["text"], drawn)


def none(words: Words, about: str, state: str) -> Message:
    """There is no draft, why, and what comes next."""
    line = words.line(f"model.none.{state}", what=words.label(f"consult.{about}"))
    return message(words, line, [b.section(line)])


def _made(words: Words, id: str, made: str, number: int) -> b.Element:
    press = Press(case=id, choice=made)
    return b.button(Action.MADE_OF_IT, words.label(f"button.made_{made}"), to_value(press), number=number)
