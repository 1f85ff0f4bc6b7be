"""A request beside what was decided before: the nearest use on the card, and an alarm where this click differs."""

from __future__ import annotations

from collections.abc import Iterable

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.scene import Scene
from bot.slack.screens.answers import name, said
from triage.case import Case, DecisionKind
from triage.nearest import Decided, Differs, otherwise

LONGEST = 120
NAMED = 2
"""Uses that an alarm names; who wants more finds them in the register."""


def nearest_facts(scene: Scene) -> dict[str, object]:
    """The nearest decided use, and what is different here; nothing where none is like it."""
    near = scene.beside.nearest
    case = scene.beside.cases.get(near.use.id) if near else None
    if near is None or case is None:
        return {"near": ""}
    return {
        "near": case.ref or case.title,
        "near_title": case.title or case.tool_name,
        "near_status": scene.words.line(f"status.{case.status.value}"),
        "differs": [_told(scene, case, each) for each in near.differs],
    }


def _told(scene: Scene, case: Case, each: Differs) -> dict[str, object]:
    if each.question == "tool":
        return {"what": name(scene, "tool"), "here": scene.case.tool_name, "there": case.tool_name}
    here, there = (said(scene, each.question, answer, LONGEST) for answer in (each.here, each.there))
    return {"what": name(scene, each.question), "here": here, "there": there}


def alarm(scene: Scene, kind: DecisionKind) -> list[b.Block]:
    """Before the click: on the same answers somebody decided otherwise."""
    return _named(scene, otherwise(scene.beside.decided, kind))


def decided_otherwise(scene: Scene) -> list[b.Block]:
    """Where the decision is chosen in the same window: all that were decided on the same answers."""
    return _named(scene, scene.beside.decided)


def _named(scene: Scene, found: Iterable[Decided]) -> list[b.Block]:
    other = [use for use in found if use.id in scene.beside.cases]
    if not other:
        return []
    uses = [_decided(scene, use) for use in other[:NAMED]]
    return b.sections(scene.words.page("otherwise", uses=uses, more=len(other) - len(uses))["line"])


def _decided(scene: Scene, use: Decided) -> dict[str, object]:
    case = scene.beside.cases[use.id]
    made = case.decision
    signed = made.signatures[0] if made and made.signatures else None
    return {
        "ref": case.ref or "",
        "title": case.title or case.tool_name,
        "status": scene.words.line(f"status.{case.status.value}"),
        "by": scene.voice.mention(signed.person) if signed else "",
        "at": made.at if made else None,
        "reason": made.reason if made else "",
        "conditions": made.conditions if made else (),
    }


def jointly_row(scene: Scene) -> list[b.Block]:
    """Where others like it wait for whoever looks at it, the way to decide them together."""
    if not scene.like:
        return []
    label = scene.words.label("jointly.button", count=scene.like + 1)
    return [b.actions([b.button(Action.JOINTLY, label, to_value(Press(case=scene.case.id)))])]
