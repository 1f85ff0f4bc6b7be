"""What suggests a risk, each to be weighed or set aside; and the window that asks why it is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.words import Words
from triage.aims.origins import Arisen, origins

SHOWN = 10


def arisen_blocks(words: Words, waiting: Sequence[Arisen]) -> list[b.Block | None]:
    if not waiting:
        return []
    drawn: list[b.Block | None] = [b.header(words.label("risks.from_happened"))]
    for number, each in enumerate(waiting[:SHOWN]):
        drawn += _one(words, each, number)
    if len(waiting) > SHOWN:
        drawn.append(b.context(words.line("risks.from_more", count=len(waiting) - SHOWN)))
    return drawn


def told(words: Words, each: Arisen) -> str:
    """What it is, and what suggests it."""
    of = words.label(f"risks.arisen.{origins()[each.origin].of}", ref=each.ref)
    return f"{origins()[each.origin].title} ({of})"


def _one(words: Words, each: Arisen, number: int) -> list[b.Block]:
    title = origins()[each.origin].title
    what = words.line("entry.bold", what=title)
    of = words.label(f"risks.arisen.{origins()[each.origin].of}", ref=each.ref)
    text = words.line("risks.arisen_from", what=what, of=of)
    buttons = []
    for action, key in ((Action.RISK_TAKE, "button.risk_take"), (Action.RISK_ASIDE, "button.risk_aside")):
        label = words.label(key)
        spoken = words.label("spoken.act", act=label, what=f"{title} {each.ref}")
        press = to_value(Press(case="", question="arisen", choice=each.key))
        buttons.append(b.button(action, label, press, number=number + 100, spoken=spoken))
    return [b.section(text), b.actions(buttons)]


def aside_view(voice: Voice, each: Arisen, about: str) -> dict[str, Any]:
    words = voice.words
    reason = b.typed(longest=1000, placeholder=words.label("risks.aside_example"))
    drawn: list[b.Block | None] = [
        b.section(words.line("risks.aside_what", what=told(words, each))),
        b.field(Field.REASON, words.label("risks.aside_why"), reason),
    ]
    title, submit = words.label("modal.risk_aside"), words.label("button.risk_aside")
    return modal(words, View.RISK_ASIDE, title, drawn, submit=submit, about=f"{each.key}|{about}")
