"""Who has a request: its lines on the card and below it, its buttons, and the windows to pass it on or step aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_block_id, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.review import SHORT, window
from bot.slack.screens.seated import decider_facts, with_absence
from triage.assigning import has_it, is_taken
from triage.lifecycle import WAITING
from triage.settling import LEAD
from triage.standing import is_prohibited

NOTES = frozenset({"taken", "passed_on", "recused"})
"""What is told of it below the card."""


def assigned_facts(scene: Scene) -> dict[str, object]:
    """Who took it and since when, and who stays out of it."""
    held, mention = has_it(scene.case, scene.desk), scene.voice.mention
    return {
        "taken": with_absence(scene, held.person) if held else "",
        "since": held.at if held else None,
        "recused": scene.words.listed(map(mention, sorted(scene.case.recused))),
    }


def take_button(scene: Scene) -> b.Element | None:
    """In sight where several could begin at once; else it only says what everybody knows."""
    if scene.case.status not in WAITING or is_taken(scene.case, scene.desk) or len(scene.deciders) < 2:
        return None
    return b.button(Action.TAKE, scene.words.label("button.take"), to_value(Press(case=scene.case.id)))


def assign_menu(scene: Scene) -> b.Element | None:
    """What is rarely wanted; whether this person may is asked when they press."""
    if scene.case.status not in WAITING:
        return None
    words, several = scene.words, len(scene.deciders) > 1
    held = has_it(scene.case, scene.desk)
    wishes = [(Action.TAKE, "take_from")] if held and several else []
    wishes += [(Action.PASS_ON, "pass_on")] if several else []
    wishes.append((Action.RECUSE, "recuse"))
    if not is_prohibited(scene.case):
        wishes += [(Action.SET_TIER, "set_tier"), (Action.ACCEPT_RISK, "accept_risk")]
    return b.overflow(
        Action.MORE, [b.option(words.label(f"button.{key}"), wish.value) for wish, key in wishes]
    )


def row_id(scene: Scene) -> str:
    """The menu has no value of its own."""
    return to_block_id("more", Press(case=scene.case.id))


def assigned_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """A line in the card's thread. `facts`: about, person, by, and whoever had it before."""
    text = _note(scene, facts)
    return message(scene.words, text, b.sections(text))


def _note(scene: Scene, facts: Mapping[str, object]) -> Mrkdwn:
    words, mention = scene.words, scene.voice.mention
    person = str(facts.get("person", ""))
    said = next(
        (a for a in reversed(scene.case.assignments) if a.kind == "recused" and a.person == person), None
    )
    return words.page(
        "assigned",
        about=str(facts["about"]),
        person=mention(person),
        by=mention(str(facts.get("by", ""))),
        former=mention(str(facts["former"])) if facts.get("former") else "",
        reason=said.reason if said else "",
        left=bool(scene.deciders),
        waits=scene.case.status in WAITING,
        **decider_facts(scene),
        lead=words.line(f"role.{LEAD}"),
    )["line"]


def pass_on_view(scene: Scene) -> dict[str, Any]:
    words = scene.words
    there = [p for p in scene.deciders if p != scene.reader and not scene.desk.away(p)]
    able = words.listed(map(scene.voice.mention, _suggested(scene, there)), "or")
    picker = b.person(Input.VALUE, words.label("placeholder.person"))
    fields = [
        b.section(words.line("assigning.able", people=able)) if able else None,
        b.field(Field.PERSON, words.label("field.person"), picker),
    ]
    return window(scene, View.PASS_ON, fields)


def _suggested(scene: Scene, there: list[str]) -> list[str]:
    """Whoever stands in for the one who has it comes first."""
    held = has_it(scene.case, scene.desk)
    deputy = scene.desk.stands_in(held.person) if held else None
    return sorted(there, key=lambda person: person != deputy)


def recuse_view(scene: Scene) -> dict[str, Any]:
    words = scene.words
    fields: list[b.Block | None] = [
        b.section(words.line("assigning.for_good")),
        b.field(
            Field.REASON,
            words.label("field.conflict"),
            b.typed(longest=SHORT),
            hint=words.label("field.conflict_hint"),
        ),
    ]
    return window(scene, View.RECUSE, fields, submit="submit.recuse")
