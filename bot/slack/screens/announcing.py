"""The window with a notice to copy: for whom, in which language, and what is still missing in it."""

from __future__ import annotations

from typing import Any

from bot import announcing
from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Scene
from bot.words import Words
from triage.announcing import Audience, announcement, may_announce, reaches_people


def announce_button(scene: Scene) -> b.Element | None:
    if not may_announce(scene.case, scene.reader):
        return None
    first = Audience.affected if reaches_people(scene.case) else Audience.users
    return _button(scene, scene.words.label("button.announce"), first, "", None)


def announce_view(scene: Scene, words: Words, audience: Audience, outside: str = "") -> dict[str, Any]:
    """`words`: in the language of the notice, which need not be the reader's."""
    case, made = scene.case, announcement(scene.case, audience)
    owner = case.owner or case.requester
    page = announcing.drafted(words, case, made, scene.voice.mention(owner) if owner else "", outside)
    others = [each for each in Audience if each is not audience]
    tongues = [each for each in announcing.languages() if each != words.language]
    row = [
        *(_button(scene, words.label(f"announce.for.{each}"), each, words.language, 0) for each in others),
        *(
            _button(scene, words.label(f"announce.language.{each}"), audience, each, number)
            for number, each in enumerate(tongues, 1)
        ),
    ]
    heading, *rest = announcing.paragraphs(page)
    gaps = page["gaps"]
    drawn = [
        b.context(page["intro"]),
        b.divider(),
        b.section(Mrkdwn(f"*{heading}*")),
        *(block for each in rest for block in b.sections(each)),
        b.divider(),
        b.section(gaps) if gaps else None,
        b.actions(row),
    ]
    return modal(words, View.NOTE, words.label("modal.announce"), drawn, about=case.id)


def _button(scene: Scene, label: str, audience: Audience, language: str, number: int | None) -> b.Element:
    press = Press(case=scene.case.id, choice=f"{audience.value}.{language}")
    return b.button(Action.ANNOUNCE, label, to_value(press), number=number)
