"""What nobody answers for: the message to a unit, what is pressed on it, and the windows that open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_choice, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene, Voice
from bot.slack.screens.verdicts import tier
from intake.answers import NOT_ASKED
from triage.case import Case, Status
from triage.conditions import conditions_of
from triage.lifecycle import FINAL
from triage.orphans import free_until, is_free
from triage.settling import LEAD
from triage.whereabouts import keeper

TAKEN = "taken_over"
NOTES = frozenset({TAKEN})
"""What is told of it below the card."""
LONGEST = 1000
LOG = "log"
"""How a use came to be known that only other systems' lists show; its words say what they showed."""


class Offer(NamedTuple):
    """`rest`: to whoever leads, of what has no channel; `total`: of all that is free there; `step`: which message."""

    kind: str
    unit: str
    scenes: Sequence[Scene]
    total: int
    rest: bool = False
    step: int = 0


def offer(voice: Voice, told: Offer) -> Message:
    """Each with what can be pressed for it; what was settled since stands without."""
    words, drawn, said = voice.words, list[b.Block](), list[str]()
    still = sum(_is_open(scene, told) for scene in told.scenes)
    logs = all(scene.case.discovered_via == LOG for scene in told.scenes)
    facts = {
        "logs": logs,
        "kind": told.kind,
        "unit": told.unit,
        "open": still,
        "total": max(told.total, still),
    }
    head, foot = (words.page("offer", **_nothing(), **facts)[part] for part in ("head", "foot"))
    for scene in told.scenes:
        line = words.page("offer", **(_facts(scene, told) | facts))["line"]
        said.append(line)
        row = _row(scene, told) if _is_open(scene, told) else []
        drawn += [*b.sections(line), *([b.actions(row)] if row else [])]
    return message(words, "\n".join((head, *said)), [*b.sections(head), *drawn, *b.sections(foot)])


def owner_buttons(scene: Scene) -> list[b.Element]:
    """Below the same in somebody's message of the day."""
    if not is_free(scene.case, scene.desk):
        return []
    leads = scene.desk.holds(scene.reader, LEAD)
    return [
        *([_name_button(scene)] if leads else []),
        _take_button(scene, claims=False),
        _unused_button(scene),
    ]


def _row(scene: Scene, told: Offer) -> list[b.Element]:
    if told.rest:
        return [_name_button(scene), _unused_button(scene)]
    claims = told.kind == "claims"
    ours = [_not_ours_button(scene, told)] if claims else []
    return [_take_button(scene, claims=claims), *ours, _unused_button(scene)]


def _is_open(scene: Scene, told: Offer) -> bool:
    elsewhere = not told.rest and scene.case.unit != told.unit
    return is_free(scene.case, scene.desk) and not scene.case.confidential and not elsewhere


def _button(scene: Scene, action: Action, label: str, style: str = "") -> b.Element:
    case, words = scene.case, scene.words
    spoken = words.label("spoken.act", act=words.label(label), what=case.title or case.tool_name)
    value = to_value(Press(case=case.id))
    return b.button(action, words.label(label), value, style=style, spoken=spoken)


def _take_button(scene: Scene, *, claims: bool) -> b.Element:
    return _button(scene, Action.TAKE_OVER, "button.claim" if claims else "button.take_on", "primary")


def _name_button(scene: Scene) -> b.Element:
    return _button(scene, Action.NAME_OWNER, "button.name_owner", "primary")


def _not_ours_button(scene: Scene, told: Offer) -> b.Element:
    """It says which unit was asked, and in which message: whose it is may change while that stands."""
    button = _button(scene, Action.NOT_OURS, "button.not_ours")
    return button | {"value": to_value(Press(scene.case.id, told.step, choice=to_choice(told.unit)))}


def _unused_button(scene: Scene) -> b.Element:
    return _button(scene, Action.NOT_USED, "button.not_used")


def _nothing() -> dict[str, object]:
    bare = dict.fromkeys(
        ("title", "ref", "tier", "former", "owner", "day", "what", "person", "seen", "denied"), ""
    )
    return bare | {
        "hidden": False,
        "free": False,
        "over": False,
        "approved": False,
        "conditions": (),
    }


def _facts(scene: Scene, told: Offer) -> dict[str, object]:
    case, mention = scene.case, scene.voice.mention
    until, held = free_until(case, scene.desk), keeper(case)
    return _nothing() | {
        "title": case.title or case.tool_name,
        "ref": case.ref or case.source_id or "",
        "tier": tier(scene),
        "seen": case.words if case.discovered_via == LOG else "",
        "hidden": case.confidential,
        "denied": mention(by) if (by := _denied(case)) else "",
        "free": _is_open(scene, told),
        "over": case.status in FINAL,
        "former": mention(held) if held and is_free(case, scene.desk) else "",
        "owner": mention(held) if held and not is_free(case, scene.desk) else "",
        "day": scene.words.day(until) if until else "",
    }


def _denied(case: Case) -> str:
    """Who said that it is not of the unit that was asked; nothing once it is said of another."""
    said = case.facts.get("unit")
    return said.by or "" if said is not None and said.answer == NOT_ASKED else ""


def _window(scene: Scene, view: View, what: str, fields: Sequence[b.Block | None]) -> dict[str, Any]:
    case, words, mention = scene.case, scene.words, scene.voice.mention
    known = {"kind": "", "unit": "", "open": 0, "total": 0}
    known |= {"what": what, "title": case.title or case.tool_name, "ref": case.ref or case.source_id or ""}
    known |= {"tier": tier(scene), "approved": case.status is not Status.disclosed}
    known |= {"former": mention(keeper(case)) if keeper(case) else ""}
    known |= {"conditions": [one.text for one in conditions_of(case)] if case.in_use else ()}
    text = words.page("offer", **(_nothing() | known))["window"]
    title, submit = words.label(f"modal.{view.value}"), words.label(f"submit.{view.value}")
    return modal(words, view, title, [*b.sections(text), *fields], submit=submit, about=case.id)


def take_over_view(scene: Scene) -> dict[str, Any]:
    return _window(scene, View.TAKE_OVER, "take", ())


def name_owner_view(scene: Scene) -> dict[str, Any]:
    picker = b.person(Input.VALUE, scene.words.label("placeholder.person"))
    return _window(
        scene,
        View.NAME_OWNER,
        "name",
        [b.field(Field.PERSON, scene.words.label("field.owner_asked"), picker)],
    )


def not_used_view(scene: Scene) -> dict[str, Any]:
    label = scene.words.label("field.not_used")
    typed = b.typed(longest=LONGEST, lines=False)
    return _window(scene, View.NOT_USED, "unused", [b.field(Field.REASON, label, typed)])


def taken_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """In the thread of its card."""
    person, former = str(facts.get("person", "")), str(facts.get("former", ""))
    mention = scene.voice.mention
    known = {"kind": "", "unit": "", "open": 0, "total": 0}
    known |= {"person": mention(person), "former": mention(former) if former else ""}
    text = scene.words.page("offer", **(_nothing() | known))["note"]
    return message(scene.words, text, b.sections(text))
