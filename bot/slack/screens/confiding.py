"""A confidential use: what stands where others read along, the window of who reads it, and what is told of that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.markup import Mrkdwn, cut_markup
from bot.slack import blocks as b
from bot.slack.fields import Field, numbered
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import TEXT, Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens import verdicts as v
from bot.slack.screens.referral import summoned
from bot.slack.screens.seated import decider_facts
from triage.case import Case, Status
from triage.confidential import WORDLESS, named, opening, role_in
from triage.lifecycle import WAITING
from triage.outcome import Say

MOST = 20
"""Readers by name that the window shows; who was named last comes first."""


def is_veiled(scene: Scene, say: Say, facts: Mapping[str, object]) -> bool:
    """Whether it stands where everybody reads along, and would hold words of a confidential use."""
    return scene.case.confidential and not scene.reader and facts.get("about") not in WORDLESS


def veiled(scene: Scene, say: Say, facts: Mapping[str, object]) -> Message:
    """Reference, tier, when it is due and who is asked; whoever reads it opens the rest."""
    summons = summoned(scene, int(str(facts["number"]))) if say is Say.referral else Mrkdwn("")
    page = scene.words.page(
        "confided",
        ref=scene.case.ref or "",
        tier=v.tier(scene),
        due=v.due(scene),
        waits=scene.case.status in WAITING,
        summons=summons,
        **decider_facts(scene),
    )
    if say is not Say.card:
        return message(scene.words, page["note"], [b.section(page["note"])])
    drawn = [b.section(page["card"]), b.actions([open_button(scene)])]
    return message(scene.words, page["card"], drawn)


def open_button(scene: Scene) -> b.Element:
    words = scene.words
    spoken = words.label("spoken.open_whole", ref=scene.case.ref or "")
    return b.button(
        Action.OPEN_WHOLE,
        words.label("button.open_whole"),
        to_value(Press(case=scene.case.id)),
        spoken=spoken,
    )


def with_ref(scene: Scene, shown: Message) -> Message:
    """A note that stands in no thread says what it is about."""
    row = b.actions([open_button(scene)])
    text = cut_markup(Mrkdwn(f"{scene.case.ref}: {shown.text}"), TEXT)
    return Message(text=text, blocks=[*shown.blocks, b.context(scene.case.ref or ""), row])


def whole_view(scene: Scene, card: Message) -> dict[str, Any]:
    """The card as it stands in the channel for other uses, for one reader."""
    row = readers_button(scene)
    drawn = [*card.blocks, b.actions([row]) if row else None]
    return modal(scene.words, View.ENTRY, scene.case.ref or scene.words.label("modal.entry"), drawn)


def draft_button(scene: Scene) -> b.Element:
    """Whoever writes a draft settles it in one press, and back."""
    action = Action.OPEN_UP if scene.case.confidential else Action.CONFIDE
    return b.button(action, scene.words.label(f"button.{action.value}"), to_value(Press(case=scene.case.id)))


def readers_button(scene: Scene) -> b.Element | None:
    case = scene.case
    if case.status is Status.draft or not role_in(case, scene.reader, scene.desk):
        return None
    return b.button(Action.READERS, scene.words.label("button.readers"), to_value(Press(case=case.id)))


def readers_view(scene: Scene) -> dict[str, Any]:
    """Who reads it, and what can be done about that; handed in with somebody, they are named."""
    words, case, first = scene.words, scene.case, opening(scene.case)
    page = words.page(
        "confided",
        ref=case.ref or "",
        confidential=case.confidential,
        own=words.listed(
            scene.voice.mention(p) for p in dict.fromkeys((case.requester, case.owner or case.requester)) if p
        ),
        **decider_facts(scene),
        by=scene.voice.mention(first.signatures[0].person) if first else "",
    )
    drawn: list[b.Block | None] = [b.section(page["readers"]), b.actions(_acts(scene))]
    if not case.confidential:
        return modal(words, View.ENTRY, words.label("modal.readers"), drawn)
    drawn += [_named(scene, person) for person in list(reversed(named(case)))[:MOST]]
    picker = b.person(Input.VALUE, words.label("placeholder.person"))
    drawn.append(b.field(whom(case), words.label("field.reader"), picker, optional=True))
    return modal(
        words,
        View.READERS,
        words.label("modal.readers"),
        drawn,
        submit=words.label("button.name_reader"),
        about=case.id,
    )


def whom(case: Case) -> str:
    """Of the next one: under one name Slack would keep whoever was named last standing in it."""
    count = len(named(case))
    return numbered(Field.PERSON, count) if count else Field.PERSON.value


def _acts(scene: Scene) -> list[b.Element]:
    words, case, first = scene.words, scene.case, opening(scene.case)
    press = Press(case=case.id, choice=first.id if first else "")
    keep = b.button(
        Action.CONFIDE, words.label("button.keep_closed" if first else "button.confide"), to_value(press)
    )
    if not case.confidential:
        return [keep]
    key = "open_up_second" if first else "open_up_first"
    opens = b.button(Action.OPEN_UP, words.label(f"button.{key}"), to_value(press))
    asked = b.confirmed(
        opens,
        title=words.label("confirm.open_up_title"),
        text=words.label("confirm.open_up_second" if first else "confirm.open_up_first"),
        yes=words.label("button.open_up_second" if first else "button.open_up_first"),
        no=words.label("confirm.keep_it"),
    )
    return [asked, keep] if first else [asked]


def _named(scene: Scene, person: str) -> b.Block:
    drop = b.button(
        Action.DROP_READER,
        scene.words.label("button.drop_reader"),
        to_value(Press(case=scene.case.id, choice=person)),
        spoken=scene.words.label("spoken.drop_reader"),
    )
    return b.section(scene.words.line("confided.named", person=scene.voice.mention(person)), drop)


def told_readers(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: about (what was settled), by."""
    page = scene.words.page(
        "confided",
        about=str(facts["about"]),
        confidential=scene.case.confidential,
        by_whom=scene.voice.mention(str(facts["by"])),
        title=scene.case.title or scene.case.tool_name,
        ref=scene.case.ref or "",
    )
    row = [open_button(scene)] if facts["about"] == "reader_named" else []
    return message(scene.words, page["told"], [b.section(page["told"]), b.actions(row) if row else None])
