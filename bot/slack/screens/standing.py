"""Where a request stands, said again to whoever asks."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.settling import settle_button
from bot.slack.screens.summary import own_page
from bot.slack.screens.withdrawing import reopen_button
from triage.talk import Phase


def standing(scene: Scene, facts: Mapping[str, object]) -> Message:
    """To whoever asks: where it is, with whom, by when, and what holds until then. `facts`: draft."""
    if facts.get("draft"):
        talk = scene.case.talk
        page = scene.words.page("standing", summary=talk is not None and talk.phase is Phase.summary)
        return message(scene.words, page["line"], [b.section(page["line"])])
    told = own_page(scene)
    parts = [told[part] for part in ("status", "decision", "next", "open") if told[part]]
    row = [button for button in (settle_button(scene), reopen_button(scene)) if button is not None]
    return message(
        scene.words, told["text"], [*(b.section(part) for part in parts), b.actions(row) if row else None]
    )
