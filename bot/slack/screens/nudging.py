"""Deadlines in words: the one message of a day to somebody, and what stands of it below the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action
from bot.slack.message import Message, message
from bot.slack.scene import Scene, Voice
from bot.slack.screens import entries_waiting, waiting
from bot.slack.screens.entries_waiting import OfEntry
from bot.slack.screens.seated import decider_facts, roles_that_decide
from bot.slack.screens.snoozing import later_buttons
from bot.slack.screens.stepping import queue_button
from triage.case import Case
from triage.deadlines import Nudge
from triage.outcome import Say

NOTES = frozenset({"reminded", "escalated", "vacated", "decider_passed", "decider_none"})
"""What is told of it below the card."""
SHOWN = 5
"""So many are told of; Home and the queue have the rest."""


class Due(NamedTuple):
    """`open`: whether the reader may look at it; whoever may not reads its number alone."""

    case: Case
    nudge: Nudge
    open: bool


class Waits(NamedTuple):
    """Of what waits on an approved use: how it is said, by which name it is known."""

    scene: Scene
    say: str
    errand: str
    facts: Mapping[str, object]
    open: bool


def nudge(
    voice: Voice,
    dues: Sequence[Due],
    waits: Sequence[Waits] = (),
    entries: Sequence[OfEntry] = (),
) -> Message:
    """Deadlines of requests first, as others wait for them; what the management system has to do comes last."""
    words, lists = voice.words, bool(waits or entries)
    shown = dues[:SHOWN]
    known = {
        "items": [_item(voice, due) for due in shown],
        "several": len(dues) > 1 or lists,
        "lists": lists,
        "count": len(dues)
        + sum(not each.open or waiting.is_open(each.scene, each.say, each.errand) for each in waits)
        + sum(each.waits for each in entries),
        "more": max(len(dues) + len(waits) + len(entries) - SHOWN, 0),
        "shown": next((due.case.ref for due in dues if due.open and due.case.ref), ""),
    }
    page = words.page("nudge", **known)
    mine = any(due.nudge.kind == "reminder" for due in dues)
    row = [b.actions([queue_button(words)])] if mine else []
    drawn = [*b.sections(page["head"]), *(b.sections(page["line"]) if shown else []), *row]
    told = [page["head"], page["line"]]
    offered = set[str]()
    for each in waits[: SHOWN - len(shown)]:
        text, row = _waiting(each, once=each.scene.case.id not in offered)
        if any(button["action_id"] == Action.NOT_MINE.value for button in row):
            offered.add(each.scene.case.id)
        told.append(text)
        drawn += [*b.sections(text), *([b.actions(row)] if row else [])]
    for number, entry in enumerate(entries[: max(SHOWN - len(shown) - len(waits), 0)]):
        text, row = entries_waiting.line(voice, entry), entries_waiting.buttons(words, entry, number)
        told.append(text)
        drawn += [*b.sections(text), *([b.actions(row)] if row else [])]
    told.append(page["foot"])
    return message(words, Mrkdwn("\n".join(filter(None, told))), [*drawn, *b.sections(page["foot"])])


def _item(voice: Voice, due: Due) -> dict[str, object]:
    return {
        "ref": due.case.ref or "",
        "title": (due.case.title or due.case.tool_name) if due.open else "",
        "due": due.case.due_at,
        "kind": due.nudge.kind,
        "because": due.nudge.because,
        "holder": voice.mention(due.nudge.holder) if due.nudge.holder else "",
    }


def _waiting(each: Waits, *, once: bool) -> tuple[Mrkdwn, list[b.Element]]:
    if not each.open and each.errand.partition(":")[0] in waiting.BARE:
        return waiting.line(each.scene, each.say, each.errand, each.facts), []
    if not each.open:
        return each.scene.words.line("nudge_closed", ref=each.scene.case.ref or ""), []
    text = waiting.line(each.scene, each.say, each.errand, each.facts)
    mine = each.say != Say.overdue and waiting.is_open(each.scene, each.say, each.errand)
    later = later_buttons(each.scene, each.errand, whose=once) if mine else []
    return text, [*waiting.buttons(each.scene, each.say, each.errand), *later]


def nudged_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: about, people, because, holder; and quiet where the same people were named in another thread already."""
    words, mention = scene.words, scene.voice.mention
    because, quiet = str(facts["because"]), bool(facts.get("quiet"))
    people = _texts(facts.get("people", ()))
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
        seats=words.listed(words.line(f"role_name.{role}") for role in _texts(facts.get("seats", ()))),
    )["line"]
    return message(words, text, b.sections(text))


def _texts(given: object) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, tuple | list) else ()


def _there(scene: Scene) -> Scene:
    """Without those who are away, unless all are."""
    desk = scene.desk
    there = {
        role: frozenset(each for each in held if not desk.away(each)) for role, held in desk.roles.items()
    }
    roles = {role: there[role] or held for role, held in desk.roles.items()}
    return scene.but(desk=replace(desk, roles=roles))
