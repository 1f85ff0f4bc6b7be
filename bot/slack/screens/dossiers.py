"""The window in which somebody takes a dossier: for inside or for outsiders, as a file in their direct message."""

from __future__ import annotations

from typing import Any

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import Message, modal
from bot.slack.scene import Scene
from bot.words import Words
from triage.case import Case
from triage.dossiers import may_take

AUDIENCES = ("inside", "outside")


def dossier_button(scene: Scene) -> b.Element | None:
    if not may_take(scene.case, scene.reader, scene.desk):
        return None
    return b.button(Action.DOSSIER, scene.words.label("button.dossier"), to_value(Press(case=scene.case.id)))


def dossier_view(scene: Scene, owed: str = "") -> dict[str, Any]:
    """`owed`: the one that was asked for just now."""
    words = scene.words
    page = words.page("dossier", ref=scene.case.ref or "", closed=scene.case.confidential, owed=owed)
    row = [
        b.button(
            Action.DOSSIER,
            words.label(f"button.dossier_{each}"),
            to_value(Press(case=scene.case.id, choice=each)),
            number=number,
        )
        for number, each in enumerate(AUDIENCES)
    ]
    drawn = [b.section(page["owed"])] if owed else [b.section(page["what"]), b.actions(row)]
    return modal(words, View.NOTE, words.label("modal.dossier"), drawn, about=scene.case.id)


def dossier_told(words: Words, case: Case, audience: str, why: str = "") -> Message:
    """Beside the file; `why` there is none: instead of it."""
    page = words.page("dossier", ref=case.ref or "", closed=case.confidential, owed=audience, why=why)
    return Message(text=page["missing" if why else "file"])
