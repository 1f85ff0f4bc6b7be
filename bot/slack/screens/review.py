"""The windows in which reasons are given: approve, approve with conditions, ask, decline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.markup import cut, one_line
from bot.offered import text
from bot.slack import blocks as b
from bot.slack.abouts import About, to_about
from bot.slack.fields import Field
from bot.slack.ids import Input, View
from bot.slack.message import modal
from bot.slack.scene import Scene
from bot.slack.screens.adding import MOST, added_fields
from bot.slack.screens.answers import ask_alone
from bot.slack.screens.beside import alarm, jointly_row
from bot.slack.screens.conditions import term_fields
from bot.slack.screens.former import bound_before, former_conditions, former_row
from bot.slack.screens.library import offered
from bot.slack.screens.summary import at_stake
from triage.case import DecisionKind
from triage.consulting import About as Of
from triage.expiring import proposed
from triage.register import PUBLIC
from triage.review import needs_reason

SHORT = 1000


def approve_view(scene: Scene) -> dict[str, Any]:
    said = alarm(scene, DecisionKind.approve)
    reason = reason_field(scene, needed=needs_reason(scene.case) or bool(said))
    above = [*jointly_row(scene), *former_row(scene, kept=False), *said]
    return window(scene, View.APPROVE, [*above, reason, until_field(scene)])


def conditions_view(scene: Scene, added: int = 0) -> dict[str, Any]:
    """Filled with the conditions on which it was approved itself, or else the same tool elsewhere: the likely answer.

    `added`: how many there are fields for of those with a day of their own.
    """
    words, standing = scene.words, former_conditions(scene)
    known = next((use for use in scene.uses if use.status in PUBLIC and use.conditions), None)
    hint = words.label("field.conditions_hint")
    if known is not None and not standing:
        hint = words.label("field.conditions_known", ref=known.ref or known.title, hint=hint)
        standing = known.conditions
    usual = offered(scene, standing)
    texts = {each.id: text(words, each) for each in usual}
    bound = bound_before(scene, texts.values())[:MOST]
    own = [each for each in standing if each not in {*texts.values(), *(text for text, _ in bound)}]
    ticked = [id for id, each in texts.items() if each in standing]
    options = [b.option(each, id) for id, each in texts.items()]
    common = b.several(Input.VALUE, words.label("placeholder.choose_any"), options, ticked=ticked)
    if drafted := one_line(scene.drafted.get(Of.condition, "")):
        own, hint = [*own, drafted], words.label("field.drafted_hint")
    lines = b.typed(text="\n".join(own))
    said = alarm(scene, DecisionKind.approve_with_conditions)
    fields = [
        *jointly_row(scene),
        *former_row(scene, kept=True),
        *said,
        b.field(Field.COMMON, words.label("field.common"), common, optional=True),
        b.field(Field.CONDITIONS, words.label("field.conditions"), lines, hint=hint, optional=True),
        *term_fields(scene, usual),
        *added_fields(words, scene.case.id, max(added, len(bound)), bound),
        reason_field(scene, needed=needs_reason(scene.case) or bool(said)),
        until_field(scene),
    ]
    return window(scene, View.APPROVE_WITH_CONDITIONS, fields)


def ask_view(scene: Scene) -> dict[str, Any]:
    """Filled with the open questions, which is what most reviewers want to know."""
    words = scene.words
    field = b.field(
        Field.QUESTION,
        words.label("field.question"),
        b.typed(text=_open_questions(scene), longest=SHORT),
        hint=words.label("field.question_hint"),
    )
    return window(scene, View.ASK, [field])


def _open_questions(scene: Scene) -> str:
    """Those that are for whoever asked, as they get this to read; all of them where none is."""
    case = scene.case
    gaps = case.verdict.gaps if case.verdict else ()
    own = {"requester"} | ({"owner"} if case.owner in (None, case.requester) else set())
    theirs = [gap for gap in gaps if gap.who in own] or gaps
    asked = [ask_alone(scene, gap.question) for gap in theirs]
    if len(asked) < 2:
        return "".join(asked)
    kept = ""
    for line in asked:
        if len(kept) + len(line) + 3 < SHORT:
            kept += f"- {line}\n"
    return kept.rstrip()


def decline_view(scene: Scene) -> dict[str, Any]:
    words = scene.words
    change = b.field(
        Field.WOULD_CHANGE,
        words.label("field.would_change"),
        b.typed(longest=SHORT),
        hint=words.label("field.would_change_hint"),
        optional=True,
    )
    fields = [
        *jointly_row(scene),
        *alarm(scene, DecisionKind.decline),
        reason_field(scene, needed=True, drafted=scene.drafted.get(Of.decline, "")),
        change,
    ]
    return window(scene, View.DECLINE, fields)


def until_field(scene: Scene) -> b.Block:
    words, day = scene.words, proposed(scene.case, scene.desk)
    picker = b.day(Input.VALUE, words.label("placeholder.day"), on=day.isoformat() if day else "")
    hint = words.label("field.until_hint")
    return b.field(Field.UNTIL, words.label("field.until"), picker, hint=hint, optional=True)


def reason_field(scene: Scene, *, needed: bool, drafted: str = "") -> b.Block:
    """`drafted`: what a model wrote for it, which says so."""
    words = scene.words
    label = words.label("field.reason")
    return b.field(
        Field.REASON,
        label,
        b.typed(text=cut(drafted, SHORT), longest=SHORT),
        hint=words.label("field.drafted_hint" if drafted else "field.reason_hint"),
        optional=not needed,
    )


def window(scene: Scene, view: View, fields: Iterable[b.Block | None], *, submit: str = "") -> dict[str, Any]:
    """Above the fields stands what is being decided, so that nobody decides on the wrong card."""
    words = scene.words
    about = at_stake(scene)
    return modal(
        words,
        view,
        words.label(f"modal.{view}"),
        [about, *fields],
        submit=words.label(submit or f"button.{view}"),
        about=to_about(About(scene.case.id, scene.case.version)),
    )
