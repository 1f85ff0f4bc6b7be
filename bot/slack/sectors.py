"""Sector packs at the desk: which there are, which fit what the organisation said of itself, and which are on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack import blocks as b
from bot.slack.front import Front
from bot.slack.ids import Action, Press, to_value
from bot.words import Words
from triage.aims.entry import Entry
from triage.aims.kinds import Kind
from triage.aims.sectors import CHOSEN, KIND, Pack, packs, suggested
from triage.aims.standing import Standing
from triage.desk import Desk
from triage.policies import book_with
from triage.rules import Policy

FIRST = 100
"""Buttons of the list are numbered from here."""


def to_choose(front: Front, kind: Kind, entries: Sequence[Entry], desk: Desk) -> list[b.Block]:
    """Those that nobody stated yet, what fits first; nothing is switched on by looking."""
    if kind.id != KIND:
        return []
    words, told = front.words, desk.organisation
    fits = suggested(told.sector, told.public_body)
    stated = {str((each.proposed or each.in_force or each.drafts[-1]).said.get("pack")) for each in entries}
    left = [*fits, *(each for each in packs().values() if each not in fits)]
    of = {each.name: each for each in book_with().policies}
    rows = [
        _row(words, of[each.policy], each, number, fits=each in fits)
        for number, each in enumerate(left, FIRST)
        if each.id not in stated
    ]
    return [b.divider(), b.section(words.line("sector.list")), *rows] if rows else []


def _row(words: Words, policy: Policy, pack: Pack, number: int, *, fits: bool) -> b.Block:
    sentences = [policy.texts["en"][each.id] for each in policy.rules]
    text = words.line(
        "sector.row_fits" if fits else "sector.row",
        title=title(words, pack.id),
        count=len(policy.items()),
        first=sentences[0],
    )
    label = words.label("objective.choose")
    spoken = words.label("spoken.act", act=label, what=title(words, pack.id))
    press = to_value(Press(case=KIND, choice=f"{CHOSEN}{pack.id}"))
    style = "primary" if fits else ""
    return b.section(
        text, b.button(Action.STATE_ENTRY, label, press, number=number, spoken=spoken, style=style)
    )


def fitting(desk: Desk, found: Standing) -> list[Pack]:
    """Those that fit what the organisation said of itself and that nobody stated yet."""
    stated = {
        str(draft.said.get("pack"))
        for step in found.steps
        if step.kind.id == KIND
        for entry in step.entries
        if (draft := entry.proposed or entry.in_force) is not None
    }
    told = desk.organisation
    return [each for each in suggested(told.sector, told.public_body) if each.id not in stated]


def title(words: Words, pack: str) -> str:
    return words.label("sector.title", pack=words.label(f"aims.choice.pack.{pack}"))
