"""Several like requests in one window: each can be left out, and one decision with one reason is for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.markup import cut, one_line
from bot.offered import text
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Input, View
from bot.slack.scene import Scene
from bot.slack.screens.beside import decided_otherwise
from bot.slack.screens.conditions import term_fields
from bot.slack.screens.former import former_of_each
from bot.slack.screens.library import offered
from bot.slack.screens.review import SHORT, reason_field, until_field, window
from triage.case import Case, DecisionKind
from triage.review import may_be_cleared

GROUPS = (Field.LIKE, Field.LIKE_MORE, Field.LIKE_MOST)
GROUP = 10
KINDS = (DecisionKind.approve, DecisionKind.approve_with_conditions, DecisionKind.decline)


def jointly_view(scene: Scene, cases: Sequence[Case], names: Mapping[str, str]) -> dict[str, Any]:
    words = scene.words
    kinds = KINDS if may_be_cleared(scene.case) else KINDS[2:]
    options = [b.option(words.label(f"button.{kind.value}"), kind.value) for kind in kinds]
    ruling = b.select(Input.VALUE, words.label("placeholder.choose"), options)
    change = b.typed(longest=SHORT)
    return window(
        scene,
        View.JOINTLY,
        [
            b.section(words.line("jointly.what", count=len(cases))),
            *_ticked(scene, cases, names),
            *former_of_each(scene, cases),
            *decided_otherwise(scene),
            b.field(Field.RULING, words.label("field.ruling"), ruling),
            reason_field(scene, needed=True),
            *(_agreed(scene) if len(kinds) > 1 else ()),
            b.field(
                Field.WOULD_CHANGE,
                words.label("field.would_change"),
                change,
                hint=words.label("field.would_change_hint"),
                optional=True,
            ),
        ],
    )


def _ticked(scene: Scene, cases: Sequence[Case], names: Mapping[str, str]) -> Iterator[b.Block]:
    for number, field in enumerate(GROUPS):
        if group := cases[number * GROUP : (number + 1) * GROUP]:
            options = [_option(scene, case, names) for case in group]
            ticked = [option["value"] for option in options]
            label = scene.words.label("field.like" if number == 0 else "field.like_more")
            boxes = b.several(Input.VALUE, label, options, ticked=ticked)
            yield b.field(field, label, boxes, optional=True)


def _option(scene: Scene, case: Case, names: Mapping[str, str]) -> b.Block:
    """With its version: nobody decides on what has changed since they looked."""
    title = scene.words.label("jointly.one", ref=case.ref or "", title=case.title or case.tool_name)
    who = ", ".join(filter(None, (case.unit, names.get(case.requester, ""))))
    drawn = b.option(one_line(title), f"{case.id}|{case.version}")
    return drawn | ({"description": b.plain(cut(one_line(who), 70), 75)} if one_line(who) else {})


def _agreed(scene: Scene) -> list[b.Block]:
    words, fit = scene.words, offered(scene, ())
    options = [b.option(text(words, each), each.id) for each in fit]
    common = b.several(Input.VALUE, words.label("placeholder.choose_any"), options)
    hint = words.label("field.conditions_hint")
    return [
        b.field(Field.COMMON, words.label("field.common"), common, optional=True),
        b.field(Field.CONDITIONS, words.label("field.conditions"), b.typed(), hint=hint, optional=True),
        *term_fields(scene, fit),
        until_field(scene),
    ]
