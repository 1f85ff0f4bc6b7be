"""Conditions of an approval: how each stands, the window in which one is met, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.markup import Mrkdwn, cut, one_line
from bot.offered import text
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens.bound import bound_text
from bot.slack.screens.evidence import evidence_fields
from bot.slack.screens.onward import after_yes
from triage.case import Status
from triage.conditions import (
    Condition,
    condition,
    conditions_of,
    is_met,
    looks_needed,
    may_fulfil,
    open_ones,
    stands,
    theirs,
    to_look_at,
)
from triage.fulfilling import lookers
from triage.lifecycle import WAITING
from triage.rules import Usual
from triage.steps import ConditionStep
from triage.terms import STRICTER

ABOUT = "condition_"
SHORT = 1000
FEW = 3
"""So many who can look at it are named."""
_BECAME = {Status.lapsed: "lapses", Status.under_reassessment: "suspends"}


def stated(scene: Scene) -> tuple[str, ...]:
    """Each with how it stands, where there is anything to say of that."""
    return tuple(_stated(scene, one) for one in conditions_of(scene.case))


def _stated(scene: Scene, one: Condition) -> str:
    stood = stands(scene.case, one)
    if stood == "open":
        return bound_text(scene.words, one.text, one.term)
    day = scene.words.day(one.term.due) if one.term.due else ""
    return scene.words.label(f"condition_state.{stood}", text=one.text, day=day)


def fulfil_button(scene: Scene) -> b.Element | None:
    if not may_fulfil(scene.case, scene.reader):
        return None
    again = all(one.narrows for one in open_ones(scene.case))
    label = scene.words.label("button.ask_again" if again else "button.fulfil")
    return b.button(Action.FULFIL, label, to_value(Press(case=scene.case.id)))


def fulfil_view(scene: Scene) -> dict[str, Any]:
    """One of those that are open; what checks each stands above."""
    words, case, found = scene.words, scene.case, open_ones(scene.case)
    items = [(one.number, _stated(scene, one), one.term.check) for one in found]
    shown = _nothing() | {"again": any(one.narrows for one in found)}
    page = words.page("condition", title=case.title, ref=case.ref or "", items=items, **shown)
    options = [b.option(cut(one_line(f"{one.number}. {one.text}"), 75), str(one.number)) for one in found]
    which = b.select(
        Input.VALUE,
        words.label("placeholder.choose"),
        options,
        chosen=str(found[0].number) if len(found) == 1 else "",
    )
    drawn = [
        *b.sections(page["open"]),
        b.field(Field.CONDITION, words.label("field.condition"), which),
        *evidence_fields(scene),
    ]
    about = f"{case.id}|{found[0].decision}"
    submit = words.label("submit.fulfil")
    return modal(words, View.FULFIL, words.label("modal.fulfil"), drawn, submit=submit, about=about)


def send_back_view(scene: Scene, step: str) -> dict[str, Any]:
    words = scene.words
    reason = b.field(Field.REASON, words.label("field.reason"), b.typed(longest=SHORT))
    about, submit = f"{scene.case.id}|{step}", words.label("submit.send_back")
    return modal(words, View.SEND_BACK, words.label("modal.send_back"), [reason], submit=submit, about=about)


def told_condition(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: about (given, soon, still, done, verified, not_yet, unmet), condition, step."""
    text = _page(scene, facts, "line")
    button = fulfil_button(scene)
    drawn = [*b.sections(text), b.actions([button]) if button else None]
    if facts["about"] == "given":
        drawn += after_yes(scene)
    return message(scene.words, text, drawn)


def condition_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """The same below the card, for somebody else to look at it."""
    text = _page(scene, facts, "line", note=True)
    return message(scene.words, text, [*b.sections(text), _looks(scene, str(facts.get("step", "")))])


def _looks(scene: Scene, step: str) -> b.Block | None:
    one = _looked_for(scene, step)
    if one is None:
        return None
    label = "button.restore" if one.narrows else "button.verify_condition"
    words, value = scene.words, to_value(Press(case=scene.case.id, choice=step))
    return b.actions(
        [
            b.button(Action.VERIFY_CONDITION, words.label(label), value, style="primary"),
            b.button(Action.SEND_BACK, words.label("button.send_back"), value),
        ]
    )


def _looked_for(scene: Scene, step: str) -> Condition | None:
    return next((one for one in to_look_at(scene.case) if one.shown and one.shown.id == step), None)


def _page(scene: Scene, facts: Mapping[str, object], part: str, *, note: bool = False) -> Any:
    """`note`: below the card, for those who decide."""
    case = scene.case
    step = next((s for s in case.condition_steps if s.id == facts.get("step")), None)
    decision, _, number = str(facts.get("condition", "")).rpartition(":")
    made = next((d for d in case.decisions if d.id == decision), None)
    place = int(number or 0) - 1
    term = made.terms[place] if made and 0 <= place < len(made.terms) else None
    given_all = [
        (one.number, _stated(scene, one), "") for one in conditions_of(case) if one.decision == decision
    ]
    counted = _counted(scene, step)
    given = _nothing() | {
        "about": str(facts["about"]).removeprefix(ABOUT),
        "text": made.conditions[place] if made and place >= 0 else "",
        "day": scene.words.day(term.due) if term and term.due else "",
        "otherwise": term.otherwise if term else "",
        "check": term.check if term else "",
        "by": scene.voice.mention(step.by) if step and step.by else "",
        "link": step.link if step else "",
        "words": step.words if step else "",
        "second": _looked_for(scene, str(facts.get("step", ""))) is not None,
        "able": _able(scene, str(facts.get("step", ""))) if note else "",
        "unseen": _unseen(scene, step),
        "said": scene.words.moment(step.at) if step else "",
        "lead": _leads(scene) if str(facts["about"]).endswith("look_again") else "",
        **counted,
        "halted": not case.in_use,
        "waits": case.status in WAITING,
        "became": _BECAME.get(case.status, term.otherwise if term else ""),
        "note": note,
        "theirs": scene.reader in theirs(case),
    }
    return scene.words.page("condition", title=case.title, ref=case.ref or "", items=given_all, **given)[part]


def _able(scene: Scene, step: str) -> Mrkdwn:
    """Who can look at what was handed in with it, a few of them by name."""
    one = _looked_for(scene, step)
    people = lookers(scene.case, one, scene.desk) if one else ()
    named = [scene.voice.mention(person) for person in people[:FEW]]
    if left := len(people) - len(named):
        named.append(scene.words.line("conditions.more", count=left))
    return scene.words.listed(named, "or")


def _leads(scene: Scene) -> Mrkdwn:
    people = sorted(scene.desk.roles.get("governance_lead", ()))
    return scene.words.listed(map(scene.voice.mention, people[:FEW]), "or")


def _unseen(scene: Scene, step: ConditionStep | None) -> bool:
    """Whether it was handed in for somebody to look at, and nobody can any more."""
    one = condition(scene.case, step.decision, step.number) if step else None
    waits = one is not None and one.handed_in and not is_met(scene.case, one)
    return waits and not scene.case.in_use


def _counted(scene: Scene, step: ConditionStep | None) -> dict[str, object]:
    """What a yes to what an unmet condition narrowed came to: the last that it needed, or one before it."""
    one = condition(scene.case, step.decision, step.number) if step else None
    if step is None or one is None or not one.narrows:
        return {}
    given = len([each for each in one.yeses if each.at <= step.at])
    return {"again": True, "whole": given >= looks_needed(scene.case, one)}


def _nothing() -> dict[str, object]:
    names = (
        "about",
        "able",
        "check",
        "text",
        "day",
        "otherwise",
        "became",
        "by",
        "link",
        "words",
        "said",
        "lead",
    )
    never = ("second", "halted", "again", "whole", "unseen", "waits", "note", "theirs")
    return dict.fromkeys(names, "") | dict.fromkeys(never, False)


def term_fields(scene: Scene, offered: Iterable[Usual]) -> list[b.Block]:
    """Nobody needs to fill them: those of the library have their own days."""
    words = scene.words
    due = [
        words.label("conditions.usual_term", text=text(words, each), count=each.days)
        for each in offered
        if each.days
    ]
    options = [b.option(words.label(f"otherwise.{key}"), key) for key in STRICTER if key]
    hint = words.label("field.due_hint")
    day = b.day(Input.VALUE, words.label("placeholder.day"))
    what = b.select(Input.VALUE, words.label("placeholder.choose"), options)
    return [
        *([b.context(words.line("conditions.usual", terms="; ".join(due)))] if due else []),
        b.field(Field.DUE, words.label("field.due"), day, hint=hint, optional=True),
        b.field(Field.OTHERWISE, words.label("field.otherwise"), what, optional=True),
    ]
