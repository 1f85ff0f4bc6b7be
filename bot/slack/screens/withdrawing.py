"""A request that is taken back, or taken up again."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from triage.case import Status
from triage.ended import has_ended
from triage.lifecycle import WAITING
from triage.phased import is_recorded, was_only_recorded
from triage.running import was_approved


def withdraw_offered(scene: Scene, facts: Mapping[str, object]) -> Message:
    """To whoever wrote that they do not need it any more."""
    return _line(scene, "withdraw_offered", withdraw_button(scene))


def withdrawn(scene: Scene, facts: Mapping[str, object]) -> Message:
    return _line(scene, "withdrawn", reopen_button(scene))


def withdraw_button(scene: Scene) -> b.Element | None:
    """Asked once more before it counts, as people who decide have read it already."""
    if scene.case.status not in WAITING and not is_recorded(scene.case):
        return None
    words, value = scene.words, to_value(Press(case=scene.case.id))
    holds = was_approved(scene.case) and not has_ended(scene.case, scene.desk.day)
    return b.confirmed(
        b.button(Action.WITHDRAW, words.label("button.withdraw"), value),
        title=words.label("confirm.withdraw_title"),
        text=words.label("confirm.withdraw_ends" if holds else "confirm.withdraw_text"),
        yes=words.label("confirm.withdraw_it"),
        no=words.label("confirm.keep_it"),
    )


def reopen_button(scene: Scene) -> b.Element | None:
    if scene.case.status is not Status.withdrawn or scene.case.submitted_at is None:
        return None
    return b.button(Action.REOPEN, scene.words.label("button.reopen"), to_value(Press(case=scene.case.id)))


def _line(scene: Scene, name: str, button: b.Element | None) -> Message:
    former = was_approved(scene.case)
    unasked, ref = was_only_recorded(scene.case), scene.case.ref or ""
    page = scene.words.page(name, ref=ref, over=button is None, former=former, unasked=unasked)
    row = b.actions([button]) if button else None
    return message(scene.words, page["line"], [b.section(page["line"]), row])
