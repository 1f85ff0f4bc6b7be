"""What two people settle beside the rules: what was said of it, its buttons, and the windows in which it is said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.abouts import Excepted, to_excepted
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens.answers import label
from bot.slack.screens.review import SHORT
from bot.slack.screens.summary import at_stake
from triage.case import Decision, DecisionKind
from triage.excepting import LEGAL
from triage.lifecycle import WAITING
from triage.motions import Matter
from triage.movable import FLAG, accepted, excepted, overridden, practices, tiers, waiting
from triage.moved import BY_THE_RULES, CARRIED, matter_of
from triage.movers import dropped
from triage.standing import is_prohibited

NOTES = frozenset({"motion", "motion_objection", "motion_gone", *(kind.value for kind in CARRIED.values())})
"""What is told of it below the card."""
USUAL_TERM = timedelta(days=182)
"""For how long a risk is accepted, if whoever puts it says nothing else."""


def motions(scene: Scene) -> list[b.Block]:
    """What two people settled and still counts, then what waits for a second, with its buttons."""
    case, desk = scene.case, scene.desk
    if not any(decision.kind in (DecisionKind.motion, *CARRIED.values()) for decision in case.decisions):
        return []
    set_tier = overridden(case, desk)
    settled = [*excepted(case, desk), *([set_tier] if set_tier else []), *accepted(case, desk)]
    drawn = [block for each in settled for block in b.sections(_said(scene, each, "motion"))]
    for each in waiting(case, desk) if case.status in WAITING else ():
        drawn += [*b.sections(_said(scene, each, "motion")), b.actions(_answers(scene, each))]
    return drawn


def _answers(scene: Scene, motion: Decision) -> list[b.Element]:
    words, value = scene.words, to_value(Press(case=scene.case.id, choice=motion.id))
    return [
        b.button(Action.SECOND_MOTION, words.label("button.second_motion"), value),
        b.button(Action.OPPOSE_MOTION, words.label("button.oppose_motion"), value),
    ]


def practice_buttons(scene: Scene) -> list[b.Element]:
    """Of a practice that may be forbidden: that it is, or that the ban leaves it out."""
    case, words = scene.case, scene.words
    if case.status not in WAITING or not is_prohibited(case):
        return []
    value = to_value(Press(case=case.id))
    row = [
        b.button(Action.CONFIRM_PROHIBITED, words.label("button.confirm_prohibited"), value, style="danger")
    ]
    if practices(case, scene.desk) and not waiting(case, scene.desk, Matter.practice):
        row.append(b.button(Action.EXCEPT_PRACTICE, words.label("button.except_practice"), value))
    return row


def motion_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """A line in the card's thread. `facts`: about, and the motion or its matter."""
    about = str(facts["about"])
    decision = next((d for d in scene.case.decisions if d.id == facts.get("motion")), None)
    if decision is not None:
        text = _said(scene, decision, "motion_note", about=about)
    else:
        text = scene.words.page("motion_note", about=about, matter=str(facts.get("matter", "")))["line"]
    return message(scene.words, text, b.sections(text))


def put_view(scene: Scene, matter: Matter) -> dict[str, Any]:
    words = scene.words
    offered = {Matter.tier: _tiers, Matter.practice: _practices}.get(matter)
    fields: list[b.Block] = []
    if offered is not None:
        menu = b.select(Input.VALUE, words.label("placeholder.choose"), offered(scene))
        fields.append(b.field(Field.GROUND, words.label(f"motion.which.{matter}"), menu))
    fields.append(_reason(scene, f"motion.why.{matter}"))
    if matter is Matter.risk:
        day = (scene.desk.day + USUAL_TERM).isoformat()
        picker = b.day(Input.VALUE, words.label("placeholder.day"), on=day)
        fields.append(b.field(Field.UNTIL, words.label("motion.until"), picker))
    fields.append(b.context(words.line(f"motion.then.{matter}")))
    about = Excepted(scene.case.id, scene.case.version, matter.value)
    return _window(scene, View.PUT_MOTION, words.label(f"modal.put_{matter}"), fields, about)


def second_view(scene: Scene, motion: Decision) -> dict[str, Any]:
    """What the first said stands above the field."""
    fields = [
        *b.sections(_said(scene, motion, "motion")),
        _reason(scene, "field.exception_more", needed=False),
    ]
    about = Excepted(scene.case.id, scene.case.version, motion.id)
    return _window(scene, View.SECOND_MOTION, scene.words.label("modal.second_motion"), fields, about)


def oppose_view(scene: Scene, motion: Decision) -> dict[str, Any]:
    fields = [*b.sections(_said(scene, motion, "motion")), _reason(scene, "field.objection")]
    about = Excepted(scene.case.id, scene.case.version, motion.id)
    return _window(scene, View.OPPOSE_MOTION, scene.words.label("modal.oppose_motion"), fields, about)


def prohibited_view(scene: Scene) -> dict[str, Any]:
    words = scene.words
    fields = [_reason(scene, "field.prohibited_reason"), b.context(words.line("motion.then.prohibited"))]
    about = Excepted(scene.case.id, scene.case.version)
    return _window(scene, View.CONFIRM_PROHIBITED, words.label("modal.confirm_prohibited"), fields, about)


def _window(scene: Scene, view: View, title: str, fields: list[b.Block], about: Excepted) -> dict[str, Any]:
    words = scene.words
    above = at_stake(scene)
    submit = words.label(f"submit.{view}")
    return modal(words, view, title, [above, *fields], submit=submit, about=to_excepted(about))


def _tiers(scene: Scene) -> list[b.Block]:
    return [b.option(_upfirst(_tier(scene, each)), each) for each in tiers(scene.case)]


def _upfirst(text: str) -> str:
    return text[:1].upper() + text[1:]


def _practices(scene: Scene) -> list[b.Block]:
    return [b.option(label(scene, FLAG, each), each) for each in practices(scene.case, scene.desk)]


def _tier(scene: Scene, value: str) -> str:
    key = "motion.rules" if value == BY_THE_RULES else f"motion.to.{value}"
    return scene.words.label(key)


def _reason(scene: Scene, field: str, *, needed: bool = True) -> b.Block:
    words = scene.words
    hint = words.label("field.exception_hint") if needed else ""
    return b.field(Field.REASON, words.label(field), b.typed(longest=SHORT), hint=hint, optional=not needed)


def _said(scene: Scene, decision: Decision, page: str, **more: object) -> Mrkdwn:
    words, mention = scene.words, scene.voice.mention
    matter, value = matter_of(decision)
    claim = decision.basis.claim if decision.basis else ""
    put = next((each for each in scene.case.decisions if each.id == claim), decision)
    verdict = scene.case.verdict
    rules = str(verdict.results["tier"].ceiling) if verdict else "4"
    left = [seat.role for seat in dropped(scene.case, value, scene.desk)] if matter is Matter.tier else []
    facts: dict[str, object] = {
        "matter": matter.value,
        "value": _tier(scene, value) if matter is Matter.tier else label(scene, FLAG, value),
        "back": value == BY_THE_RULES,
        "rules": _tier(scene, rules),
        "people": words.listed(mention(each.person) for each in decision.signatures),
        "first": mention(put.signatures[0].person),
        "last": mention(decision.signatures[-1].person),
        "carried": decision.kind in CARRIED.values(),
        "legal": matter is Matter.practice and put.signatures[0].role != LEGAL,
        "roles": words.listed((words.line(f"role.{role}") for role in left if role != put.seat), "or"),
        "ends": words.day(decision.valid_until) if decision.valid_until else "",
        "reason": put.reason,
        "added": decision.reason if decision is not put else "",
        "at": decision.at,
    }
    return words.page(page, **facts | more)["line"]
