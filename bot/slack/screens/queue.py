"""One's own queue, one request at a time: short enough for a phone, and what is decided is decided right there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, View
from bot.slack.message import modal
from bot.slack.scene import Scene
from bot.slack.screens.beside import jointly_row
from bot.slack.screens.card import deciding_row, parts, told_on_card
from bot.slack.screens.stepping import step
from bot.slack.sitting import Sitting, Stand, to_text
from bot.words import Words
from triage.narrowing import WORDS

ANY = "any"
TIERS = (4, 3, 2, 1)
LEFT_OUT = ("uses",)
"""What a phone has no room for, and the card has."""


def queue_view(scene: Scene, shown: Stand, sitting: Sitting, told: Mrkdwn, whole: int = 0) -> dict[str, Any]:
    """`told`: what came of the last press. `whole`: so many there are with those that are not wanted now."""
    words, page, case = scene.words, told_on_card(scene), scene.case
    late = case.due_at is not None and case.due_at < scene.desk.now
    place = words.page("queue", number=shown.number, count=shown.many, due=case.due_at, late=late)["place"]
    wanted = b.context(_wanted(words, sitting, whole)) if not sitting.wanted.is_whole else None
    drawn = [b.section(told) if told else None, b.section(place), wanted]
    drawn += parts(scene, page, without=LEFT_OUT)
    if row := deciding_row(scene):
        drawn.append(b.actions(row))
    drawn += jointly_row(scene)
    if steps := _steps(words, sitting, shown.many, whole):
        drawn.append(b.actions(steps))
    here = sitting._replace(case=case.id, version=case.version, place=shown.number - 1)
    return modal(words, View.QUEUE, words.label("modal.queue"), drawn, about=to_text(here))


def _steps(words: Words, sitting: Sitting, many: int, whole: int) -> list[b.Element]:
    """What leads on, and where there is more than one to choose from, what narrows it."""
    wishes = [Action.QUEUE_NEXT, Action.QUEUE_LATER] if many > 1 else []
    wishes += [Action.QUEUE_FILTER] if max(many, whole) > 1 else []
    wishes += [Action.QUEUE_ALL] if not sitting.wanted.is_whole else []
    return [step(words, wish) for wish in wishes]


def _wanted(words: Words, sitting: Sitting, whole: int) -> Mrkdwn:
    """What was chosen, in words."""
    wanted = sitting.wanted
    told = [
        words.line(f"tier.{wanted.tier}") if wanted.tier else "",
        words.line(f"queue.whose.{wanted.whose}") if wanted.whose else "",
        words.line("queue.late") if wanted.late else "",
        words.line(f"queue.before.{wanted.before}") if wanted.before else "",
        words.line(f"role_name.{wanted.role}") if words.has(f"role_name.{wanted.role}") else "",
        wanted.words,
    ]
    return words.line("queue.wanted", wanted=words.listed(filter(None, told)), count=whole)


def filter_view(words: Words, sitting: Sitting, roles: Sequence[str]) -> dict[str, Any]:
    """`roles`: those in which the reader is asked; to choose among one there is nothing."""
    wanted = sitting.wanted
    any_one = b.option(words.label("queue.any"), ANY)

    def chosen(name: Field, label: str, options: list[b.Block], now: str) -> b.Block:
        menu = b.select(
            Input.VALUE, words.label("placeholder.choose"), [any_one, *options], chosen=now or ANY
        )
        return b.field(name, label, menu, optional=True)

    tiers = [b.option(words.label(f"tier.{tier}"), str(tier)) for tier in TIERS]
    whose = [b.option(words.label(f"queue.whose.{each}"), each) for each in ("mine", "free")]
    before = [b.option(words.label(f"queue.before.{each}"), each) for each in ("first", "again")]
    late = [b.option(words.label("queue.late"), "1")]
    held = [b.option(words.label(f"role_name.{each}"), each) for each in roles]
    drawn = [
        chosen(Field.TIER, words.label("field.tier_of"), tiers, str(wanted.tier or "")),
        chosen(Field.WHOSE, words.label("field.whose"), whose, wanted.whose),
        b.field(
            Field.LATE,
            words.label("field.late"),
            b.several(Input.VALUE, "", late, ticked=["1"] if wanted.late else []),
            optional=True,
        ),
        chosen(Field.BEFORE, words.label("field.before"), before, wanted.before),
        chosen(Field.ROLE, words.label("field.role_of"), held, wanted.role) if len(roles) > 1 else None,
        b.field(
            Field.WORDS,
            words.label("field.queue_words"),
            b.typed(text=wanted.words, longest=WORDS, lines=False),
            optional=True,
        ),
    ]
    submit, title = words.label("submit.queue_filter"), words.label("modal.queue_filter")
    return modal(words, View.QUEUE_FILTER, title, drawn, submit=submit, about=to_text(sitting))


def queue_none_fits(words: Words, told: Mrkdwn, sitting: Sitting, whole: int) -> dict[str, Any]:
    """Something waits, and nothing of it is what was chosen."""
    drawn = [
        b.section(told) if told else None,
        b.section(words.line("queue.none_fits")),
        b.context(_wanted(words, sitting, whole)),
        b.actions([step(words, Action.QUEUE_FILTER), step(words, Action.QUEUE_ALL)]),
    ]
    here = sitting._replace(case="", version=None, place=0)
    return modal(words, View.QUEUE, words.label("modal.queue"), drawn, about=to_text(here))


def queue_empty(words: Words, told: Mrkdwn, besides: int = 0) -> dict[str, Any]:
    """`besides`: so much waits on Home for something else than a decision."""
    drawn = [b.section(told) if told else None, b.section(words.line("queue.empty"))]
    if besides:
        drawn.append(b.section(words.line("queue.besides", count=besides)))
    return modal(words, View.QUEUE, words.label("modal.queue"), drawn)


def within_queue(words: Words, view: dict[str, Any], sitting: Sitting) -> dict[str, Any]:
    """A window of a decision in the place of the queue, with the way back."""
    about = view["private_metadata"].partition("\n")[0]
    rest = to_text(sitting).partition("\n")[2]
    back = b.actions([step(words, Action.QUEUE_BACK)])
    return view | {"blocks": [*view["blocks"], back], "private_metadata": f"{about}\n{rest}"}
