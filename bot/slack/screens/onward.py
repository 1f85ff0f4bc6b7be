"""A use on its way from a yes to its end: what is to be done, who does which part, and the way on at an open gate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.markup import Mrkdwn, cut, one_line
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens.beforehand import missing_words
from bot.slack.screens.evidence import evidence_fields
from bot.slack.screens.measured import plan_button
from bot.words import Words
from triage.appointed import holder
from triage.case import Status
from triage.lifecycle import FINAL
from triage.parts import NAMED, OVERSEER, PARTS, asked, chosen, to_answer
from triage.schemes import BY_TASK, by_form, questionnaire, to_state
from triage.sources import TASK, to_key
from triage.stages import Appointment, Stage
from triage.tasks import PLANNED, Task, before_start, left, tasks_of, ways_on
from triage.whereabouts import keeper, stage_of

LONGEST = 1000
STOPPED = "stopped"
NOTES = frozenset({STOPPED, "suspended", "owner_refused"})
"""What is told of it below the card."""
AHEAD = {Stage.idea: "pilot", Stage.pilot: "in_use", Stage.retiring: "retired"}


def keeps(scene: Scene) -> bool:
    return bool(scene.reader) and scene.reader == keeper(scene.case) and scene.case.status is not Status.draft


def sentence(scene: Scene, task: str) -> str:
    return scene.desk.book.sentence(to_key(TASK, task))


def state(scene: Scene, task: Task) -> Mrkdwn:
    """With who says that it is there, or by when it is missing."""
    words, case, name = scene.words, scene.case, task.task
    day = words.day(task.due) if task.due else ""
    told: dict[str, object] = {"what": sentence(scene, name), "day": day}
    if name in PARTS:
        person, waits = holder(case, name, scene.desk), asked(case, name)
        if person is not None:
            return words.line("task_state.held", by=scene.voice.mention(person), **told)
        if waits is not None:
            return words.line("task_state.asked", by=scene.voice.mention(waits.person), **told)
        return words.line("task_state.missing", **told)
    if task.done is not None:
        told |= {"day": words.day_at(task.done.at), "by": scene.voice.mention(task.done.by)}
        return words.line("task_state.done", shown=_shown_by(task), **told)
    return words.line("task_state.missing", **told)


def _shown_by(task: Task) -> str:
    return cut(one_line(task.done.link or task.done.words), 200) if task.done else ""


def running_buttons(scene: Scene) -> list[b.Element]:
    """The reader's own: of its owner the way on and what is to be done, of others their part."""
    return [*part_buttons(scene), *(keeper_buttons(scene) if keeps(scene) else []), *_stop_button(scene)]


def keeper_buttons(scene: Scene) -> list[b.Element]:
    case, words, value = scene.case, scene.words, to_value(Press(case=scene.case.id))
    row = way_buttons(scene)
    todo = [task.task for task in left(case, scene.desk)] if case.status not in FINAL else []
    if any(to_state(task, scene.desk) for task in todo):
        row.append(b.button(Action.DO_TASK, words.label("button.do_task"), value))
    if any(task.task in NAMED for task in tasks_of(case)) and case.status not in FINAL:
        row.append(b.button(Action.APPOINT, words.label("button.appoint"), value))
    return row


def _todo_buttons(scene: Scene) -> list[b.Element]:
    """Below what is still needed; what cannot be taken back is asked on its card alone."""
    row = [*part_buttons(scene), *(keeper_buttons(scene) if keeps(scene) else [])]
    if any(task.task == PLANNED for task in left(scene.case, scene.desk)) and (plan := plan_button(scene)):
        row.append(plan)
    row += _form_buttons(scene) if keeps(scene) else []
    return [each for each in row if "confirm" not in each]


def _form_buttons(scene: Scene) -> list[b.Element]:
    """What is done by answering a questionnaire."""
    names = [BY_TASK[task.task] for task in left(scene.case, scene.desk) if by_form(task.task, scene.desk)]
    row = []
    for number, name in enumerate(names):
        label = scene.words.label("button.assess_by", title=questionnaire(name).scheme.title)
        value = to_value(Press(case=scene.case.id, choice=name))
        row.append(b.button(Action.ASSESS, label, value, number=number or None))
    return row


def way_buttons(scene: Scene, *, ends: bool = True) -> list[b.Element]:
    """Where it may move now; the end is asked once more."""
    words, ways = scene.words, ways_on(scene.case, scene.desk)
    row = []
    for number, to in enumerate(ways):
        if to is Stage.retiring and not ends:
            continue
        label = words.label(f"move.{to.value}")
        value = to_value(Press(case=scene.case.id, choice=to.value))
        style = "primary" if to is not Stage.retiring and to is ways[0] else ""
        button = b.button(Action.MOVE_ON, label, value, number=number, style=style)
        row.append(_confirmed(scene, button, to) if to in (Stage.retiring, Stage.retired) else button)
    return row


def _confirmed(scene: Scene, button: b.Element, to: Stage) -> b.Element:
    words = scene.words
    return b.confirmed(
        button,
        title=words.label(f"confirm.{to.value}_title"),
        text=words.label(f"confirm.{to.value}_text"),
        yes=words.label(f"move.{to.value}"),
        no=words.label("confirm.keep_it"),
    )


def part_buttons(scene: Scene, only: str = "") -> list[b.Element]:
    """What the reader was asked to do, and has not said yes or no to; `only`: of one naming."""
    if not scene.reader or scene.case.status in FINAL:
        return []
    row, words = [], scene.words
    waiting = [a for a in to_answer(scene.case, scene.reader) if only in ("", a.id)]
    for number, each in enumerate(waiting):
        value = to_value(Press(case=scene.case.id, choice=each.id))
        label = words.label(f"accept.{each.task}")
        row.append(b.button(Action.ACCEPT_PART, label, value, number=number, style="primary"))
        label = words.label("button.refuse_part")
        spoken = words.label("spoken.act", act=label, what=words.label(f"part.{each.task}"))
        row.append(b.button(Action.REFUSE_PART, label, value, number=number, spoken=spoken))
    return row if only else row + _to_lay_down(scene, len(waiting))


def _to_lay_down(scene: Scene, number: int) -> list[b.Element]:
    """A part that the reader holds; an owner lays it down by saying who else owns it."""
    words, row = scene.words, list[b.Element]()
    for part in NAMED:
        held = chosen(scene.case, part)
        if held is not None and held.person == scene.reader:
            value = to_value(Press(case=scene.case.id, choice=held.of))
            label = words.label(f"lay_down.{part}")
            row.append(b.button(Action.REFUSE_PART, label, value, number=number + len(row)))
    return row


def _stop_button(scene: Scene) -> list[b.Element]:
    case = scene.case
    if not scene.reader or not case.in_use or holder(case, OVERSEER, scene.desk) != scene.reader:
        return []
    value = to_value(Press(case=case.id))
    return [b.button(Action.STOP_USE, scene.words.label("button.stop_use"), value, style="danger")]


def do_task_view(scene: Scene) -> dict[str, Any]:
    words, case = scene.words, scene.case
    todo = [task for task in left(case, scene.desk) if to_state(task.task, scene.desk)]
    options = [b.option(cut(one_line(sentence(scene, task.task)), 75), task.task) for task in todo]
    chosen = todo[0].task if len(todo) == 1 else ""
    page = words.page("running", **_facts(scene, {"about": "window"}))
    drawn = [
        *b.sections(page["window"]),
        b.field(Field.TASK, words.label("field.task"), _select(scene, options, chosen)),
        *evidence_fields(scene),
    ]
    submit = words.label("submit.do_task")
    return modal(words, View.DO_TASK, words.label("modal.do_task"), drawn, submit=submit, about=case.id)


def appoint_view(scene: Scene) -> dict[str, Any]:
    words, case = scene.words, scene.case
    parts = [task.task for task in tasks_of(case) if task.task in NAMED]
    open_ones = [p for p in parts if holder(case, p, scene.desk) is None and asked(case, p) is None]
    options = [b.option(words.label(f"part.{part}"), part) for part in parts]
    chosen = (open_ones or parts)[0] if parts else ""
    person = b.person(Input.VALUE, words.label("placeholder.person"))
    drawn = [
        b.field(Field.TASK, words.label("field.part"), _select(scene, options, chosen)),
        b.field(Field.PERSON, words.label("field.part_person"), person, hint=words.label("field.part_hint")),
    ]
    submit = words.label("submit.appoint")
    return modal(words, View.APPOINT, words.label("modal.appoint"), drawn, submit=submit, about=case.id)


def _select(scene: Scene, options: list[b.Block], chosen: str) -> b.Element:
    return b.select(Input.VALUE, scene.words.label("placeholder.choose"), options, chosen=chosen)


def refuse_part_view(scene: Scene, appointment: str) -> dict[str, Any]:
    words = scene.words
    reason = b.field(Field.REASON, words.label("field.reason"), b.typed(longest=LONGEST))
    about, submit = f"{scene.case.id}|{appointment}", words.label("submit.refuse_part")
    return modal(
        words, View.REFUSE_PART, words.label("modal.refuse_part"), [reason], submit=submit, about=about
    )


def stop_view(scene: Scene) -> dict[str, Any]:
    words, case = scene.words, scene.case
    page = words.page("running", **_facts(scene, {"about": "stop"}))
    drawn = [
        *b.sections(page["window"]),
        b.field(Field.REASON, words.label("field.stop"), b.typed(longest=LONGEST), optional=True),
    ]
    submit = words.label("submit.stop_use")
    return modal(words, View.STOP_USE, words.label("modal.stop_use"), drawn, submit=submit, about=case.id)


def running(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: about (called, open, named, accepted, refused, moved, stopped), and what of it."""
    about = str(facts["about"])
    text = scene.words.page("running", **_facts(scene, facts))["line"]
    row: list[b.Element] = []
    if about == "called":
        row = _todo_buttons(scene)
    elif about == "open" and keeps(scene):
        row = way_buttons(scene, ends=False)
    elif about == "named":
        row = part_buttons(scene, str(facts.get("appointment", "-")))
    return message(scene.words, text, [*b.sections(text), b.actions(row) if row else None])


def waits_for_pilot(scene: Scene) -> bool:
    """Whether a yes is not yet a yes to begin."""
    return bool(before_start(scene.case, scene.desk))


def after_yes(scene: Scene) -> list[b.Block]:
    """Below the yes, for whoever owns it: what is still needed before it moves on, as it is by now."""
    if not (keeps(scene) and scene.case.in_use and scene.case.stage_moves and left(scene.case, scene.desk)):
        return []
    text = scene.words.page("running", **_facts(scene, {"about": "after_yes"}))["line"]
    row = _todo_buttons(scene)
    return [*b.sections(text), *([b.actions(row)] if row else [])]


def running_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    text = scene.words.page("running", **_facts(scene, facts))["note"]
    return message(scene.words, text, b.sections(text))


def _facts(scene: Scene, facts: Mapping[str, object]) -> dict[str, object]:
    case, voice, words = scene.case, scene.voice, scene.words
    said = _said(scene, facts)
    move = next((m for m in case.stage_moves if m.id == facts.get("move")), None)
    ways = [to for to in ways_on(case, scene.desk) if to is not Stage.retiring]
    who = said.by or said.person if said else move.by if move else str(facts.get("by", ""))
    return {
        "about": str(facts["about"]),
        "title": case.title or case.tool_name,
        "ref": case.ref or "",
        "stage": stage_of(case).value,
        "holds": case.in_use,
        "tasks": missing_words(case, voice, scene.desk, scene.reader),
        "ways": [words.label(f"way.{to.value}") for to in ways],
        "part": words.line(f"part.{said.task}") if said else "",
        "by": voice.mention(who) if who else "",
        "incident": str(facts.get("incident", "")),
        "owner": voice.mention(keeper(case)) if keeper(case) else "",
        "words": said.words if said else "",
        "oversees": bool(said and said.task == OVERSEER),
        "to": move.to.value if move else "",
        "mine": keeps(scene),
    }


def _said(scene: Scene, facts: Mapping[str, object]) -> Appointment | None:
    wanted = facts.get("step") or facts.get("appointment")
    return next((a for a in scene.case.appointments if a.id == wanted), None)


def stated(scene: Scene) -> list[tuple[str, list[str]]]:
    """What was called for, gate by gate, each with how it stands."""
    gates: dict[str, list[str]] = {}
    for task in tasks_of(scene.case):
        gates.setdefault(task.before, []).append(state(scene, task))
    return list(gates.items())


def todo_line(words: Words, stage: Stage, count: int) -> Mrkdwn:
    """What an owner still owes, in one line."""
    return words.line(f"todo.{AHEAD.get(stage, 'kept')}", count=count)
