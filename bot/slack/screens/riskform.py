"""A risk is stated in two short windows: what could go wrong, then how likely and how bad it is, with its level."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from bot.markup import Mrkdwn, cut, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_block_id, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.slack.screens.entryform import block, drawn_field
from bot.slack.screens.entrywords import choice, field_name
from bot.slack.screens.riskorigin import arisen_blocks
from bot.words import Words, upfirst
from triage.aims.entry import Said
from triage.aims.kinds import Field, kinds
from triage.aims.origins import Arisen
from triage.aims.risk import AFTER, INHERENT, NOW
from triage.aims.risks import Known, Mark, known, weighing
from triage.aims.sifting import levels_of
from triage.aims.suggesting import Suggestion

RISK = "risk"
WHAT = ("title", "scenario", "category", "affected", "exposure", "phase", "uses", "tool", "points", "owner")
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("before", INHERENT),
    ("now", ("controls_now", *NOW)),
    ("after", ("treatment", "plan", *AFTER)),
)
MEASURE = tuple(name for _, names in GROUPS for name in names)
SHOWN, NAMED, MOST = 6, 3, 2900
"""Suggestions one by one; references of each; and as many signs as a window carries on to the next."""


class Held(NamedTuple):
    """What a window carries on: `entry` and its last number where one is weighed anew, else what was said of it.

    `root`: the window below, which is drawn anew.
    """

    entry: str = ""
    seen: int = 0
    root: str = ""
    said: Mapping[str, Said] = {}


def to_held(held: Held) -> str:
    said = {name: list(each) if isinstance(each, tuple) else each for name, each in held.said.items()}
    told = [held.entry, held.seen, held.root, said]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def from_held(text: str) -> Held | None:
    """None for what is not ours."""
    try:
        entry, seen, root, said = json.loads(text)
        read = {
            name: tuple(map(str, each)) if isinstance(each, list) else str(each)
            for name, each in said.items()
        }
        return Held(str(entry), int(seen), str(root), read)
    except (ValueError, TypeError, AttributeError):
        return None


def fields(names: Sequence[str]) -> tuple[Field, ...]:
    return tuple(field for name in names if (field := kinds()[RISK].field(name)) is not None)


# -- where it comes from


def from_view(
    voice: Voice, missing: Sequence[Suggestion], use: str, root: str, waiting: Sequence[Arisen] = ()
) -> dict[str, Any]:
    """What happened and suggests one first, then what rules name, then the library, then by hand."""
    words = voice.words
    drawn: list[b.Block | None] = [b.section(words.line("risks.from_what")), *arisen_blocks(words, waiting)]
    if missing:
        drawn.append(b.header(words.label("risks.from_rules")))
    for number, each in enumerate(missing[:SHOWN]):
        drawn += _suggested(words, each, number)
    if len(missing) > SHOWN:
        drawn.append(b.context(words.line("risks.from_more", count=len(missing) - SHOWN)))
    drawn += [
        b.header(words.label("risks.from_library")),
        b.actions([_library(words)], block_id=to_block_id("risk_pick", Press(case=""))),
        b.header(words.label("risks.from_hand")),
        b.actions([b.button(Action.RISK_TAKE, words.label("button.risk_hand"), to_value(Press(case="")), number=99)]),
    ]  # fmt: skip
    return modal(words, View.RISK_FROM, words.label("modal.risk_from"), drawn, about=f"{use}|{root}")


def _suggested(words: Words, each: Suggestion, number: int) -> list[b.Block]:
    risk = known(each.risk)
    if risk is None:
        return []
    what = words.line("entry.bold", what=risk.title)
    key = "risks.named_for" if each.uses else "risks.may_be_for"
    text = words.line(
        key,
        what=what,
        scenario=risk.scenario,
        count=each.uses or each.open,
        refs=f" ({', '.join(each.first[:NAMED])})" if each.first else "",
    )
    label = words.label("button.risk_take")
    spoken = words.label("spoken.act", act=label, what=risk.title)
    press = to_value(Press(case="", question="rule", choice=risk.id))
    return [b.section(text, b.button(Action.RISK_TAKE, label, press, number=number, spoken=spoken))]


def _library(words: Words) -> b.Element:
    """By category, as they are called there."""
    field = fields(("category",))[0]

    def category(each: Known) -> str:
        return choice(words, field, each.category)

    found = sorted(weighing().library, key=lambda each: (category(each), each.title))
    groups = [
        {"label": b.plain(name, 75), "options": [b.option(cut(one_line(each.title), 70), each.id) for each in some]}
        for name, some in groupby(found, key=category)
    ]  # fmt: skip
    element = b.select(Action.RISK_PICK, words.label("placeholder.risk"), ())
    return {name: held for name, held in element.items() if name != "options"} | {"option_groups": groups}


# -- what could go wrong


def what_view(voice: Voice, held: Held, note: str = "") -> dict[str, Any]:
    words = voice.words
    drawn: list[b.Block | None] = [
        b.section(note) if note else None,
        b.section(words.line("risks.what_first")),
        *(drawn_field(voice, RISK, each, held.said.get(each.id)) for each in fields(WHAT)),
    ]
    carried = {name: said for name, said in held.said.items() if name not in WHAT}
    about = to_held(held._replace(said=carried))
    title, submit = words.label("modal.risk_what"), words.label("submit.risk_on")
    return modal(words, View.RISK_WHAT, title, drawn, submit=submit, about=about)


# -- how likely and how bad


def weigh_view(
    voice: Voice, held: Held, said: Mapping[str, Said], title: str, note: str = ""
) -> dict[str, Any]:
    """`said`: what stands in it; drawn anew with each choice, so that the level is seen before it is handed in."""
    words = voice.words
    drawn: list[b.Block | None] = [
        b.section(note) if note else None,
        b.section(words.line("entry.bold", what=title)),
        b.context(words.line("risks.weigh_first")),
    ]
    levels = dict(zip((name for name, _ in GROUPS), levels_of(said), strict=True))
    for name, names in GROUPS:
        drawn += [b.divider(), b.header(words.label(f"risks.group.{name}"))]
        drawn += [_measured(voice, each, said.get(each.id)) for each in fields(names)]
        level = levels[name]
        told = words.line("risks.level_of", level=words.label(f"risks.level.{level}")) if level else None
        drawn.append(
            b.section(upfirst(told) if told else words.line("risks.level_open"), block_id=f"level_{name}")
        )
    submit = words.label("aims.hand_in")
    shown = words.label("modal.risk_weigh")
    return modal(words, View.RISK_WEIGH, shown, drawn, submit=submit, about=to_held(held))


def _measured(voice: Voice, field: Field, said: Said | None) -> b.Block:
    """A scale is spelled out where one chooses from it."""
    marks = scale_of(field)
    if not marks:
        return drawn_field(voice, RISK, field, said)
    words = voice.words
    options = [
        b.option(f"{each.number} {each.name}", str(each.number)) | {"description": b.plain(each.words, b.OPTION)}
        for each in marks
    ]  # fmt: skip
    element = b.select(Action.RISK_LEVEL, words.label("placeholder.choose"), options, chosen=str(said or ""))
    return b.field(block(field), field_name(words, RISK, field), element) | {"dispatch_action": True}


def scale_of(field: Field) -> tuple[Mark, ...]:
    if field.id in (INHERENT[0], NOW[0], AFTER[0]):
        return weighing().likelihood
    return weighing().impact if field.id in (INHERENT[1], NOW[1], AFTER[1]) else ()


def handed_note(told: str, levels: str) -> Mrkdwn:
    return Mrkdwn("\n".join(filter(None, (told, levels))))
