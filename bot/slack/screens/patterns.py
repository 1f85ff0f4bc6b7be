"""What is approved beforehand, as people see it: before Submit, on cards and below them, in windows and as a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene, Voice
from bot.slack.screens.answers import name, said
from intake.answers import answered
from triage.case import Status
from triage.desk import Desk
from triage.expiring import after
from triage.matching import limits_of
from triage.outcome import Refused
from triage.pattern import Clause, Known, Yes, state, yes_of
from triage.patterning import OPEN, check_eligible, clauses_of, live
from triage.sampling import longest, waits

ABOUT = "pattern_"
SHORT, ROWS = 1000, 20


def fast_offer(scene: Scene) -> list[b.Block]:
    """Before Submit: two people said yes beforehand; with its conditions in sight, the press accepts them."""
    if scene.case.status is not Status.draft or not scene.patterns:
        return []
    known = scene.patterns[0]
    value = to_value(Press(case=scene.case.id, choice=known.pattern.id))
    button = b.button(Action.SUBMIT, scene.words.label("button.record_now"), value, number=3, style="primary")
    return [*b.sections(_page(scene, known)["offer"]), b.actions([button])]


def on_card(scene: Scene) -> list[b.Block]:
    """The pattern made from it, or the one it was recorded by and is to be looked at; else that one can be made."""
    if (step := waits(scene.case)) is not None:
        return _look(scene, step.id)
    drawn = [block for known in _live(scene) for block in _live_one(scene, known)]
    return drawn or _to_make(scene)


def _live(scene: Scene) -> list[Known]:
    """The newest first: one that is in force may have its renewal beside it."""
    if not scene.case.in_use:
        return []
    return [known for known in reversed(scene.patterns) if state(known, scene.desk.day) in OPEN]


def _live_one(scene: Scene, known: Known) -> list[b.Block]:
    found, value = state(known, scene.desk.day), _value(scene, known.pattern.id)
    row = [_button(scene, Action.WITHDRAW_PATTERN, value)]
    if found == "proposed":
        confirm = _button(scene, Action.CONFIRM_PATTERN, value, style="primary")
        row = [confirm, _button(scene, Action.REFUSE_PATTERN, value)]
    elif found == "in_force" and _may_be_made(scene):
        row.insert(0, renew_button(scene))
    return [*b.sections(_page(scene, known)["state"]), b.actions(row)]


def renew_button(scene: Scene) -> b.Element:
    words = scene.words.label("button.renew_pattern")
    return b.button(Action.PROPOSE_PATTERN, words, _value(scene), style="primary")


def _to_make(scene: Scene) -> list[b.Block]:
    if not _may_be_made(scene):
        return []
    return [b.actions([_button(scene, Action.PROPOSE_PATTERN, _value(scene))])]


def _may_be_made(scene: Scene) -> bool:
    try:
        check_eligible(scene.case, scene.desk)
    except Refused:
        return False
    return True


def _look(scene: Scene, step: str) -> list[b.Block]:
    made = scene.case.decision
    named = {"name": made.under.name, "covers": made.reason} if made and made.under else {}
    page = scene.words.page("pattern", **named)
    row = [
        _button(scene, Action.FITS_PATTERN, _value(scene, step), style="primary"),
        _button(scene, Action.MISFITS_PATTERN, _value(scene, step)),
    ]
    return [*b.sections(page["look"]), b.actions(row)]


def _value(scene: Scene, choice: str = "") -> str:
    return to_value(Press(case=scene.case.id, choice=choice))


def _button(scene: Scene, action: Action, value: str, *, style: str = "") -> b.Element:
    return b.button(action, scene.words.label(f"button.{action.value}"), value, style=style)


def propose_view(scene: Scene) -> dict[str, Any]:
    """What it will let through stands above the fields."""
    words, case, made = scene.words, scene.case, scene.case.decision
    limits = limits_of(scene.desk.form, case.answers)
    rows = [
        (name(scene, each.question), said(scene, each.question, answered(*each.answers), 200))
        for each in limits
    ]
    page = words.page(
        "pattern",
        ref=case.ref or "",
        title=case.title,
        tool=case.tool_name,
        limits=rows[:ROWS],
        clauses=_clauses(clauses_of(made, scene.desk)) if made else [],
    )
    purpose, renewed = case.answers.get("purpose"), live(case, scene.desk.day)
    said_of_it = renewed.pattern.covers if renewed else purpose.text if purpose else ""
    covers = b.typed(text=said_of_it, longest=SHORT)
    on = after(scene.desk.day, longest()).isoformat()
    drawn = [
        *b.sections(page["what"]),
        b.field(Field.COVERS, words.label("field.covers"), covers, hint=words.label("field.covers_hint")),
        b.field(
            Field.UNTIL,
            words.label("field.pattern_until"),
            b.day(Input.VALUE, words.label("placeholder.day"), on=on),
        ),
    ]
    about, submit = f"{case.id}|{case.version}", words.label("submit.propose_pattern")
    return modal(
        words, View.PROPOSE_PATTERN, words.label("modal.propose_pattern"), drawn, submit=submit, about=about
    )


def ending_view(scene: Scene, view: View, what: str) -> dict[str, Any]:
    """The reason for which a pattern is refused or ended, or a use did not fit it; `what`: the pattern or the draw."""
    words = scene.words
    reason = b.field(Field.REASON, words.label("field.reason"), b.typed(longest=SHORT))
    drawn = [b.section(words.line(f"pattern.{view.value}")), reason]
    title, submit = words.label(f"modal.{view.value}"), words.label(f"submit.{view.value}")
    return modal(words, view, title, drawn, submit=submit, about=f"{scene.case.id}|{what}")


def pattern_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """Below the card. `facts`: about, and the pattern or the step."""
    text = _told(scene, facts, "pattern", "note")
    return message(scene.words, text, b.sections(text))


def recorded_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """One quiet line where cards go."""
    case, made = scene.case, scene.case.decision
    page = scene.words.page(
        "recorded_note",
        name=made.under.name if made and made.under else "",
        title=case.title,
        ref=case.ref or "",
        requester=scene.voice.mention(case.requester),
        unit=case.unit,
    )
    return message(scene.words, page["line"], b.sections(page["line"]))


def looked(scene: Scene, facts: Mapping[str, object]) -> Message:
    """To whoever asked: it did not fit."""
    text = _told(scene, facts, "looked", "line")
    return message(scene.words, text, b.sections(text))


def pattern_told(scene: Scene, facts: Mapping[str, object]) -> Message:
    """To whose yes it is: it ended, as what it was made from is confidential now. Without any words of that."""
    name = next((k.name for k in scene.patterns if k.pattern.id == facts.get("pattern")), "")
    page = scene.words.page("pattern_told", name=name)
    return message(scene.words, page["line"], b.sections(page["line"]))


def _told(scene: Scene, facts: Mapping[str, object], template: str, part: str) -> Any:
    case, about = scene.case, str(facts.get("about", ""))
    step = next((s for s in case.pattern_steps if s.id == facts.get("step")), None)
    pattern = str(facts.get("pattern", "")) or (step.pattern if step else "")
    known = next((k for k in scene.patterns if k.pattern.id == pattern), None)
    ended = about.removeprefix(ABOUT)
    if step is None and known is not None:
        step = next((s for s in reversed(known.steps) if s.kind == ended), None)
    under = next((d.under for d in reversed(case.decisions) if d.under and d.under.pattern == pattern), None)
    given = {
        "about": about,
        "by": scene.voice.mention(step.by) if step and step.by else "",
        "reason": step.reason if step else "",
        "title": case.title,
        "ref": case.ref or "",
        "most": known.pattern.sampling.misfits if known else 1,
    }
    named = _facts(scene.voice, known) if known else {"name": under.name if under else "", "misfits": 0}
    return scene.words.page(template, **(named | given))[part]


def _page(scene: Scene, known: Known) -> Any:
    return scene.words.page("pattern", state=state(known, scene.desk.day), **_facts(scene.voice, known))


def _facts(voice: Voice, known: Known) -> dict[str, Any]:
    pattern = known.pattern
    return {
        "name": known.name,
        "covers": pattern.covers,
        "last_day": voice.words.day(pattern.last_day),
        "first": voice.mention(pattern.by),
        "yes": said_yes(voice, yes_of(known)),
        "every": pattern.sampling.every,
        "misfits": known.misfits,
        "clauses": _clauses(pattern.clauses),
    }


def said_yes(voice: Voice, yes: Iterable[Yes]) -> str:
    """Each by name, with the role and the day."""
    words = voice.words
    return words.listed(
        words.line(
            "pattern.yes",
            by=voice.mention(each.person),
            role=words.line(f"role_name.{each.role}"),
            day=words.day_at(each.at),
        )
        for each in yes
    )


def _clauses(clauses: Iterable[Clause]) -> list[tuple[str, int]]:
    return [(clause.text, clause.days or 0) for clause in clauses]


def patterns_list(voice: Voice, patterns: Iterable[Known], uses: Mapping[str, int], desk: Desk) -> Message:
    told = [
        _facts(voice, known)
        | {
            "state": voice.words.label(f"pattern.state.{state(known, desk.day)}"),
            "uses": uses.get(known.pattern.id, 0),
        }
        for known in patterns
    ]
    page = voice.words.page("pattern", patterns=told)
    return message(voice.words, page["list"], b.sections(page["list"]))
