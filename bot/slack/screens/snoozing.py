"""What stands below a reminder: later, not mine, and when who hears of it next; and the window to put it off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens.waiting import OWN, is_open, is_theirs, of
from triage.changing import may_change
from triage.drafts import NAME as SILENCE
from triage.outcome import Say
from triage.snoozing import REASON, last_day, times_left
from triage.whereabouts import keeper

USUAL = timedelta(days=7)


def with_foot(scene: Scene, shown: Message, facts: Mapping[str, object]) -> Message:
    """Of a message by the clock; nothing where it waits no more, or for somebody else."""
    name = str(facts.get("errand", ""))
    waits = of(scene, name) if name else None
    if waits is None or facts.get("over") or not is_theirs(scene, waits):
        return shown
    row = later_buttons(scene, name)
    said = next_line(scene, facts)
    drawn = [*shown.blocks, *([b.actions(row)] if row else []), *([b.context(said)] if said else [])]
    return message(scene.words, shown.text, drawn)


def waits_still(scene: Scene, say: Say, facts: Mapping[str, object]) -> bool:
    """Whether what a reminder is about is still somebody's move."""
    beside = say is Say.overdue and facts.get("because") != OWN
    return is_open(scene, Say.overdue if beside or say is Say.measured else OWN, str(facts["errand"]))


def later_buttons(scene: Scene, name: str, *, whose: bool = True) -> list[b.Element]:
    """`whose`: also that the use is somebody else's, which is said once of each use in a list."""
    words, case, row = scene.words, scene.case, list[b.Element]()
    if name == SILENCE or name.startswith("ended:"):
        return []  # it waits by itself, and is nobody else's; or there is nothing to do
    if times_left(case, name):
        value = to_value(Press(case=case.id, choice=name))
        row.append(b.button(Action.SNOOZE, words.label("button.snooze"), value))
    if whose and may_change(case, scene.reader) and scene.reader == keeper(case):
        row.append(b.button(Action.NOT_MINE, words.label("button.not_mine"), to_value(Press(case=case.id))))
    return row


def next_line(scene: Scene, facts: Mapping[str, object]) -> str:
    """ "" after the last step."""
    if not facts.get("next"):
        return ""
    day = scene.words.day(datetime.fromisoformat(str(facts["next"])).date())
    key = "own" if facts.get("then") in ("keeper", "reporter") else str(facts.get("then"))
    return scene.words.line(f"next.{key}", day=day)


def snooze_view(scene: Scene, name: str) -> dict[str, Any]:
    words, last = scene.words, last_day(scene.case, scene.desk)
    usual = min(scene.desk.day + USUAL, last)
    left = times_left(scene.case, name)
    hint = words.label("field.snooze_hint", day=words.day(last), count=left)
    drawn = [
        b.section(words.line("snooze.intro", title=scene.case.title, ref=scene.case.ref or "")),
        b.field(
            Field.UNTIL,
            words.label("field.snooze_until"),
            b.day(Input.VALUE, words.label("placeholder.choose"), on=usual.isoformat()),
            hint=hint,
        ),
        b.field(Field.REASON, words.label("field.snooze_reason"), b.typed(longest=REASON, lines=False)),
    ]
    about = f"{scene.case.id}|{name}"
    return modal(
        words,
        View.SNOOZE,
        words.label("modal.snooze"),
        drawn,
        submit=words.label("submit.snooze"),
        about=about,
    )
