"""On Home: conditions that somebody else says are met, for whoever may look at them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.markup import cut, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.scene import Home
from triage.conditions import Condition
from triage.register import Entry


def looking_rows(scene: Home) -> Iterator[list[b.Block | None]]:
    for entry, one in scene.looking:
        yield [b.section(_told(scene, entry, one)), _buttons(scene, entry, one)]


def _told(scene: Home, entry: Entry, one: Condition) -> str:
    shown = one.shown
    facts = {
        "text": one.text,
        "again": one.narrows,
        "check": one.term.check,
        "by": scene.voice.mention(shown.by) if shown else "",
        "shown": shown.words if shown else "",
        "link": shown.link if shown else "",
    }
    return str(scene.voice.words.page("home_row", title=_title(entry), entry=entry, **facts)["looking"])


def _buttons(scene: Home, entry: Entry, one: Condition) -> b.Block:
    words, press = scene.voice.words, Press(case=entry.id, choice=one.shown.id if one.shown else "")
    yes = words.label("button.restore" if one.narrows else "button.verify_condition")
    no = words.label("button.send_back")
    return b.actions(
        [
            b.button(
                act, label, to_value(press), spoken=words.label("spoken.act", act=label, what=_title(entry))
            )
            for act, label in ((Action.VERIFY_CONDITION, yes), (Action.SEND_BACK, no))
        ]
    )


def _title(entry: Entry) -> str:
    return cut(one_line(entry.title or entry.tool_name), 120)
