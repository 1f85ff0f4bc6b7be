"""By what a use is watched: the window of the plan, the one in which values are reported, and what is told of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, numbered, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from triage.conditions import needs_second
from triage.measures import offered
from triage.measuring import may_give
from triage.overdue import asked_to_report, is_due
from triage.plan import MEASURES, NAME, REASON, Measure, Plan, Reading, past
from triage.planning import may_plan
from triage.watched import beyond, last_measured, plan_of, since, values_of

ABOUT = "measured_"
LIMIT = 40
SIDES, TIMES = ("at_most", "at_least"), ("weekly", "monthly", "quarterly")
TREND = 4
"""Values of one measure that are shown, the last one at the end."""


def plan_button(scene: Scene) -> b.Element | None:
    if not may_plan(scene.case, scene.reader, scene.desk):
        return None
    label = scene.words.label("button.write_plan")
    return b.button(Action.WRITE_PLAN, label, to_value(Press(case=scene.case.id)))


def readings_button(scene: Scene) -> b.Element | None:
    if not may_give(scene.case, scene.reader, scene.desk):
        return None
    style = "primary" if is_due(scene.case, scene.desk) else ""
    label = scene.words.label("button.give_readings")
    return b.button(Action.GIVE_READINGS, label, to_value(Press(case=scene.case.id)), style=style)


def plan_view(scene: Scene) -> dict[str, Any]:
    """Filled with the plan that holds, or with the usual measures of such a use."""
    words, plan = scene.words, plan_of(scene.case)
    held = plan.measures if plan else _usual(scene)
    page = words.page("measured", **_facts(scene, {}))
    times = [b.option(words.label(f"every.{each}"), each) for each in TIMES]
    every = b.select(
        Input.VALUE, words.label("placeholder.choose"), times, chosen=plan.every if plan else "monthly"
    )
    user = scene.voice.user(plan.monitor) if plan and plan.monitor else ""
    who = b.person(Input.VALUE, words.label("placeholder.person"), user=user)
    drawn = [
        *b.sections(page["plan_window"]),
        *(block for number in range(1, MEASURES + 1) for block in _measure_fields(scene, number, held)),
        b.field(Field.EVERY, words.label("field.every"), every),
        b.field(
            Field.MONITOR,
            words.label("field.monitor"),
            who,
            hint=words.label("field.monitor_hint"),
            optional=True,
        ),
    ]
    about, submit = f"{scene.case.id}|{plan.id if plan else ''}", words.label("submit.write_plan")
    return modal(words, View.WRITE_PLAN, words.label("modal.write_plan"), drawn, submit=submit, about=about)


def _usual(scene: Scene) -> tuple[Measure, ...]:
    words = scene.words
    return tuple(
        Measure(
            name=words.label(f"measure.{each.id}"),
            unit=words.label(f"unit.{each.unit}") if each.unit else "",
            side=each.side,
            limit=each.limit,
        )
        for each in offered(scene.case, scene.desk)
    )


def _measure_fields(scene: Scene, number: int, held: tuple[Measure, ...]) -> Iterator[b.Block]:
    words, first = scene.words, number == 1
    one = held[number - 1] if number <= len(held) else None
    name = b.typed(text=one.name if one else "", longest=NAME, lines=False)
    options = [b.option(words.label(f"side.{each}"), each) for each in SIDES]
    side = b.select(
        Input.VALUE, words.label("placeholder.choose"), options, chosen=one.side if one else SIDES[0]
    )
    limit = b.typed(text=_with_unit(one.limit, one) if one else "", longest=LIMIT, lines=False)
    hint = words.label("field.limit_hint") if first else ""
    yield b.field(
        numbered(Field.MEASURE, number), words.label("field.measure", number=number), name, optional=not first
    )
    yield b.field(
        numbered(Field.SIDE, number), words.label("field.side", number=number), side, optional=not first
    )
    yield b.field(
        numbered(Field.LIMIT, number),
        words.label("field.limit", number=number),
        limit,
        hint=hint,
        optional=not first,
    )


def readings_view(scene: Scene) -> dict[str, Any]:
    """One number for each measure, or why there is none; what was read before stands above it."""
    words, case, plan, last = scene.words, scene.case, plan_of(scene.case), last_measured(scene.case)
    page = words.page("measured", **_facts(scene, {}))
    drawn = [*b.sections(page["readings_window"])]
    for number, measure in enumerate(plan.measures if plan else (), 1):
        hint = words.label("field.value_hint", limit=limit_of(scene, measure), trend=trend(scene, measure))
        label = words.label("field.value", name=measure.name)
        drawn += [
            b.field(numbered(Field.FIGURE, number), label, b.number(), hint=hint, optional=True),
            b.field(
                numbered(Field.REMARK, number),
                words.label("field.not_measured"),
                b.typed(longest=REASON, lines=False),
                optional=True,
            ),
        ]
    about = f"{case.id}|{plan.id if plan else ''}|{last.id if last else ''}"
    submit, title = words.label("submit.give_readings"), words.label("modal.give_readings")
    return modal(words, View.GIVE_READINGS, title, drawn, submit=submit, about=about)


def told_measured(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: about (due, again, missed with since; past with measurement; plan with plan)."""
    text = scene.words.page("measured", **_facts(scene, facts))["line"]
    button = readings_button(scene) if _is_asked(scene, facts) else None
    return message(scene.words, text, [*b.sections(text), b.actions([button]) if button else None])


def measured_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """The same below the card."""
    text = scene.words.page("measured", **_facts(scene, facts))["note"]
    return message(scene.words, text, b.sections(text))


def watched_facts(scene: Scene) -> dict[str, object]:
    """For whatever shows the whole of a use."""
    case, plan = scene.case, plan_of(scene.case)
    measures = plan.measures if plan else ()
    return {
        "watched": [(m.name, limit_of(scene, m), trend(scene, m)) for m in measures],
        "watched_every": scene.words.line(f"every.{plan.every}") if plan else "",
        "watched_by": _monitor(scene),
        "watched_due": is_due(case, scene.desk),
        "beyond": beyond_facts(scene),
    }


def beyond_facts(scene: Scene) -> list[tuple[str, str, str]]:
    """Values past their limit since the last yes: what each is called, the value and the limit."""
    return [
        (each.measure.name, _with_unit(each.reading.value, each.measure), limit_of(scene, each.measure))
        for each in beyond(scene.case)
    ]


def limit_of(scene: Scene, measure: Measure) -> str:
    return scene.words.label(f"within.{measure.side}", limit=_with_unit(measure.limit, measure))


def trend(scene: Scene, measure: Measure) -> str:
    """The last values, oldest first; what was not measured stays visible as that."""
    read = values_of(scene.case, measure)[-TREND:]
    if not read:
        return scene.words.label("measured.nothing_yet")
    none = scene.words.label("measured.none")
    return " → ".join(_with_unit(each.value, measure) if each.value else none for each in read)


def _with_unit(value: str, measure: Measure) -> str:
    return f"{value} {measure.unit}".strip()


def _is_asked(scene: Scene, facts: Mapping[str, object]) -> bool:
    """Whether what it asked for is still owed."""
    owed = since(scene.case)
    return scene.case.in_use and owed is not None and owed[0] == facts.get("since")


def _monitor(scene: Scene) -> str:
    who = asked_to_report(scene.case, scene.desk)
    return scene.voice.mention(who) if who else ""


def _facts(scene: Scene, facts: Mapping[str, object]) -> dict[str, object]:
    case = scene.case
    made = next((m for m in case.measurements if m.id == facts.get("measurement")), None)
    plans = {plan.id: plan for plan in case.plans}
    of_it = plans.get(made.plan) if made else plans.get(str(facts.get("plan", ""))) or plan_of(case)
    author = made or of_it
    return {
        "about": str(facts.get("about", "")).removeprefix(ABOUT),
        "title": case.title or case.tool_name,
        "ref": case.ref or "",
        "by": scene.voice.mention(author.by) if author else "",
        "past": [_told(scene, *each) for each in past(of_it, made.readings)] if made and of_it else [],
        "unread": [_remark(of_it, each) for each in made.readings if not each.value]
        if made and of_it
        else [],
        "measures": [(m.name, limit_of(scene, m)) for m in of_it.measures] if of_it else [],
        "every": scene.words.line(f"every.{of_it.every}") if of_it else "",
        "monitor": _monitor(scene),
        "asked": _is_asked(scene, facts),
        "halted": not case.in_use,
        "waits": made is not None and case.decision is not None and made.at > case.decision.at,
        "second": needs_second(case) and bool(case.plans),
    }


def _told(scene: Scene, measure: Measure, reading: Reading) -> tuple[str, str, str, str]:
    return measure.name, _with_unit(reading.value, measure), limit_of(scene, measure), reading.reason


def _remark(plan: Plan, reading: Reading) -> tuple[str, str]:
    return plan.measures[reading.number - 1].name, reading.reason
