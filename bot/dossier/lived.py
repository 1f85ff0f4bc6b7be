"""How it is used and watched: teams that joined, its stages, readings, reviews, and what went wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.dossier.parts import Card, Part, Section, day, moment, pairs, plain, table
from bot.dossier.voice import Voice
from store.dossier import Kept
from triage.incidents.clocks import Running, clocks_at
from triage.incidents.incident import Incident, Step
from triage.incidents.severity import legal, severity_of
from triage.parts import PARTS, chosen
from triage.plan import Plan, is_past
from triage.reviews import Review, reviews_of
from triage.tasks import tasks_of


def used(kept: Kept, voice: Voice) -> Section:
    say = voice.words.label
    made: tuple[Part, ...] = (*_teams(kept, voice), *_stages(kept, voice), *_tasks(kept, voice))
    said = () if made else (say("dossier.used.none"),)
    return Section("used", say("dossier.used.head"), said, made)


def _teams(kept: Kept, voice: Voice) -> Iterator[Card]:
    say, case = voice.words.label, kept.case
    heads = [say(f"dossier.team.{head}") for head in ("unit", "owner", "joined", "accepted", "left")]
    rows = [
        (
            each.unit,
            voice.name(each.owner),
            moment(each.joined_at),
            moment(each.accepted_at) if each.accepted_at else say("dossier.no"),
            moment(each.left_at) if each.left_at else "",
        )
        for each in case.deployments
    ]
    yield from (Card(say("dossier.team.head"), tables=(t,)) for t in table(heads, rows))


def _stages(kept: Kept, voice: Voice) -> Iterator[Card]:
    say = voice.words.label
    heads = [say(f"dossier.stage.{head}") for head in ("to", "when", "who")]
    rows = [
        (voice.known("stage", e.to.value), moment(e.at), voice.name(e.by, say("trail.nobody")))
        for e in kept.case.stage_moves
    ]
    yield from (Card(say("dossier.stage.head"), tables=(t,)) for t in table(heads, rows))


def _tasks(kept: Kept, voice: Voice) -> Iterator[Card]:
    say = voice.words.label
    heads = [say(f"dossier.task.{head}") for head in ("what", "state", "due", "who")]
    rows = [_task(task, kept, voice) for task in dict.fromkeys(step.task for step in kept.case.task_steps)]
    yield from (Card(say("dossier.task.head"), tables=(t,)) for t in table(heads, rows, wide=3))


def _task(task: str, kept: Kept, voice: Voice) -> tuple[str, ...]:
    """As the gates see it: who accepted a part, and who wrote the plan, did what was asked for."""
    steps = [step for step in kept.case.task_steps if step.task == task]
    called = next((step for step in reversed(steps) if step.kind == "called"), None)
    wanted = next((each for each in tasks_of(kept.case) if each.task == task), None)
    last = (wanted.done if wanted else None) or steps[-1]
    state, by, at = last.kind, last.by, last.at
    if wanted is not None and task in PARTS:
        accepted = chosen(kept.case, task) if task in kept.holders else None
        state = "done" if accepted else "called"
        by, at = (accepted.person, accepted.at) if accepted else ("", wanted.step.at)
    elif wanted is not None and wanted.done is None:
        state, by, at = "called", "", wanted.step.at
    shown = " ".join(filter(None, (plain(last.words), last.link))) if voice.inside else ""
    who = f"{voice.name(by)}, {moment(at)}" if by else moment(at)
    name, due = task.replace("_", " "), day(called.due) if called else ""
    return (name, voice.known("dossier.task_state", state), due, f"{who}\n{shown}".strip())


def watched(kept: Kept, voice: Voice) -> Section:
    say, case = voice.words.label, kept.case
    plans = [_plan(plan, kept, voice) for plan in case.plans]
    reviews = [_review(review, voice) for review in reviews_of(case)]
    said = []
    if not plans:
        said.append(say("dossier.watched.no_plan"))
    if not reviews:
        said.append(say("dossier.watched.no_review"))
    return Section("watched", say("dossier.watched.head"), tuple(said), (*plans, *reviews))


def _plan(plan: Plan, kept: Kept, voice: Voice) -> Card:
    say = voice.words.label
    known = pairs(
        (say("dossier.plan.by"), f"{voice.name(plan.by)}, {moment(plan.at)}"),
        (say("dossier.plan.every"), voice.known("every", plan.every)),
        (say("dossier.plan.monitor"), voice.name(plan.monitor, say("dossier.plan.owner"))),
    )
    heads = [say(f"dossier.reading.{head}") for head in ("measure", "value", "limit", "when", "who")]
    rows = []
    for made in kept.case.measurements:
        for each in made.readings if made.plan == plan.id else ():
            measure = plan.measures[each.number - 1]
            beyond = bool(each.value) and is_past(measure, each.value)
            value = f"{each.value} {measure.unit}".strip() if each.value else say("dossier.reading.none")
            mark = f"\n{say('dossier.reading.past')}" if beyond else ""
            reason = f"\n{plain(each.reason)}" if each.reason and voice.inside else ""
            limit = voice.words.label(
                f"within.{measure.side}", limit=f"{measure.limit} {measure.unit}".strip()
            )
            rows.append((measure.name, value + mark + reason, limit, moment(made.at), voice.name(made.by)))
    if not rows:
        rows = [
            (
                m.name,
                say("dossier.reading.not_yet"),
                f"{voice.known('side', m.side)} {m.limit} {m.unit}",
                "",
                "",
            )
            for m in plan.measures
        ]
    return Card(say("dossier.plan.head"), known, table(heads, rows))


def _review(review: Review, voice: Voice) -> Card:
    say = voice.words.label
    state = voice.known("dossier.review_state", review.state)
    if review.outcome:
        state = f"{state}, {voice.known('review', f'outcome_{review.outcome}')}"
    causes = dict.fromkeys(voice.known("review.cause", step.cause) for step in review.called if step.cause)
    steps = [
        (
            voice.known("dossier.review_step", step.kind),
            moment(step.at),
            voice.name(step.by, say("trail.nobody")),
            step.words if voice.inside else "",
        )
        for step in review.steps
    ]
    heads = [say(f"dossier.review.{head}") for head in ("what", "when", "who", "words")]
    known = pairs(
        (say("dossier.review.state"), state),
        (say("dossier.review.cause"), " ".join(causes)),
        (say("dossier.review.due"), day(review.due)),
    )
    return Card(f"{say('dossier.review.head')} {review.ref}", known, table(heads, steps, wide=3))


def incidents(kept: Kept, voice: Voice) -> Section:
    say = voice.words.label
    said = [] if kept.incidents else [say("dossier.incident.none")]
    if kept.left_out:
        said.append(say("dossier.incident.left_out", count=kept.left_out))
    cards = tuple(_incident(incident, kept, voice) for incident in kept.incidents)
    return Section("incidents", say("dossier.incident.head"), tuple(said), cards)


def _step(step: Step, clocks: Mapping[str, Running], voice: Voice) -> str:
    """A clock that was settled is named, with the moment it was due, and whether that was missed."""
    said = voice.known("incident.step", step.kind)
    clock = clocks.get(str(step.detail.get("clock", ""))) if step.kind == "settle_clock" else None
    if clock is None:
        return said
    due = moment(clock.due) if clock.due else voice.words.label("dossier.clock.elsewhere")
    state = voice.words.label(f"dossier.clock.{clock.state}", due=due)
    return f"{said}: {voice.known('clock', clock.id)}, {state}"


def _incident(incident: Incident, kept: Kept, voice: Voice) -> Card:
    say, now, severity = voice.words.label, incident.now, severity_of(incident)
    low, high = (voice.known("incident.severity", each) for each in (severity.floor, severity.ceiling))
    level = low if severity.settled else say("dossier.between", low=low, high=high)
    law = [
        (voice.known("incident.class", name), legal(incident, name).value) for name in ("serious", "breach")
    ]
    clocks = {each.id: each for each in clocks_at(incident, kept.case, kept.at)}
    heads = [say(f"dossier.incident.{head}") for head in ("what", "when", "who", "words")]
    rows = [
        (
            _step(step, clocks, voice),
            moment(step.at),
            voice.signed(step.by, step.role) if step.by else say("incident.somebody"),
            "\n".join(step.texts.values()) if voice.inside else "",
        )
        for step in incident.steps
    ]
    known = pairs(
        (say("dossier.incident.kind"), voice.known("incident.kind", now.kind.value)),
        (say("dossier.incident.state"), voice.known("incident.status", now.status.value)),
        (say("dossier.incident.severity"), level),
        *((name, voice.known("incident.class_is", value)) for name, value in law),
    )
    return Card(incident.ref, known, table(heads, rows, wide=3))
