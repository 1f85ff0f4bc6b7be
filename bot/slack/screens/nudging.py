"""Deadlines in words: the one message of a day to somebody, and what stands of it below the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.slack import blocks as b
from bot.slack.message import Message, message
from bot.slack.scene import Scene, Voice
from bot.slack.screens.seated import decider_facts, roles_that_decide
from bot.slack.screens.stepping import queue_button
from triage.case import Case
from triage.deadlines import Nudge

NOTES = frozenset({"reminded", "escalated", "vacated"})
"""What is told of it below the card."""


SHOWN = 20
"""So many are named; the queue has the rest."""


class Due(NamedTuple):
    """`open`: whether the reader may look at it; whoever may not reads its number alone."""

    case: Case
    nudge: Nudge
    open: bool


def nudge(voice: Voice, dues: Sequence[Due]) -> Message:
    items = [
        {
            "ref": due.case.ref or "",
            "title": (due.case.title or due.case.tool_name) if due.open else "",
            "due": due.case.due_at,
            "kind": due.nudge.kind,
            "because": due.nudge.because,
            "holder": voice.mention(due.nudge.holder) if due.nudge.holder else "",
        }
        for due in dues[:SHOWN]
    ]
    shown = next((due.case.ref for due in dues if due.open and due.case.ref), "")
    text = voice.words.page("nudge", items=items, more=max(len(dues) - SHOWN, 0), shown=shown)["line"]
    mine = any(due.nudge.kind == "reminder" for due in dues)
    row = [b.actions([queue_button(voice.words)])] if mine else []
    return message(voice.words, text, [*b.sections(text), *row])


def nudged_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: about, people, because, holder; and quiet where the same people were named in another thread already."""
    words, mention = scene.words, scene.voice.mention
    given, because, quiet = facts.get("people", ()), str(facts["because"]), bool(facts.get("quiet"))
    people = tuple(map(str, given)) if isinstance(given, tuple | list) else ()
    told = words.line(f"nudged.{because}") if quiet and people else words.listed(map(mention, people))
    text = words.page(
        "nudged",
        about=str(facts["about"]),
        told=told,
        several=len(people) > 1 and not quiet,
        because="" if quiet else because,
        holder=mention(str(facts["holder"])) if facts.get("holder") else "",
        **(decider_facts(_there(scene)) | ({"decider": roles_that_decide(scene)} if quiet else {})),
        due=scene.case.due_at,
    )["line"]
    return message(words, text, b.sections(text))


def _there(scene: Scene) -> Scene:
    """Without those who are away, unless all are."""
    desk = scene.desk
    there = {
        role: frozenset(each for each in held if not desk.away(each)) for role, held in desk.roles.items()
    }
    roles = {role: there[role] or held for role, held in desk.roles.items()}
    return scene.but(desk=replace(desk, roles=roles))
