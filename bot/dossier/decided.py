"""What people decided: in which roles, on which facts and rules, with which conditions, and who did not agree."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dossier.parts import SHORT, Card, Section, Table, day, moment, pairs, plain, table
from bot.dossier.voice import Voice
from store.dossier import Kept
from store.extract import Bound
from triage.case import Decision, DecisionKind, Status
from triage.conditions import condition
from triage.pattern import name_of
from triage.steps import ConditionStep
from triage.succeeding import next_after

APART = frozenset(
    {
        DecisionKind.decline,
        DecisionKind.annex_objection,
        DecisionKind.motion_objection,
        DecisionKind.confirm_prohibited,
    }
)
"""Said against it: marked, so that dissent is not overlooked."""


def decided(kept: Kept, voice: Voice) -> Section:
    say, case = voice.words.label, kept.case
    said = [] if case.decisions else [say("dossier.decided.none")]
    if case.decisions and not voice.inside:
        said.append(say("dossier.decided.outside"))
    cards = [_decision(decision, kept, voice) for decision in case.decisions]
    return Section("decisions", say("dossier.decided.head"), tuple(said), (*cards, *_around(kept, voice)))


def _decision(decision: Decision, kept: Kept, voice: Voice) -> Card:
    say = voice.words.label
    kind = voice.known("dossier.decision", decision.kind.value)
    against = f" · {say('dossier.decided.against')}" if decision.kind in APART else ""
    return Card(
        f"{kind}, {moment(decision.at)}{against}",
        pairs(*_told(decision, kept, voice)),
        tuple(_conditions(decision, kept, voice)),
    )


def _told(decision: Decision, kept: Kept, voice: Voice) -> Iterator[tuple[str, str]]:
    say, case = voice.words.label, kept.case
    signed = [(each.person, each.role, each.at) for each in decision.signatures]
    signed += [(e.person, e.role, e.at) for e in (decision.under.yes if decision.under else ())]
    for person, role, at in signed:
        yield say("dossier.decided.signed"), f"{voice.signed(person, role)}, {moment(at)}"
    if (acting := decision.delegated) is not None:
        days = {"since": day(acting.since), "until": day(acting.until)}
        yield say("dossier.decided.place"), say("trail.in_place", person=voice.name(acting.of), **days)
    if decision.seat:
        yield say("dossier.decided.seat"), voice.role(decision.seat)
    if decision.under:
        yield say("dossier.decided.under"), decision.under.name
    if decision.basis and voice.inside:
        named = decision.kind in (DecisionKind.reader_named, DecisionKind.reader_dropped)
        ground = decision.basis.ground
        yield say("dossier.decided.ground"), voice.name(ground) if named else voice.known("ground", ground)
    if voice.inside:
        yield say("dossier.decided.reason"), decision.reason
        yield say("dossier.decided.would_change"), decision.would_change
    yield say("dossier.decided.facts"), decision.facts_digest[:SHORT]
    policies = ", ".join(_policy(each) for each in decision.policies)
    yield say("dossier.decided.rules"), policies
    if decision.valid_until:
        yield say("dossier.decided.until"), day(decision.valid_until)
    by_id = {each.id: each for each in case.decisions}
    for id in decision.rests_on:
        if id in by_id:
            yield say("dossier.decided.rests_on"), _short(by_id[id], voice)
    if (later := next_after(decision, case.decisions)) is not None:
        yield say("dossier.decided.replaced"), _short(by_id[later], voice)
    elif case.status is Status.lapsed and decision == case.decision:
        yield say("dossier.decided.replaced"), voice.known("status", "lapsed")


def _short(decision: Decision, voice: Voice) -> str:
    who = ", ".join(voice.signed(each.person, each.role) for each in decision.signatures)
    kind = voice.known("dossier.decision", decision.kind.value)
    return ", ".join(filter(None, (kind, who, moment(decision.at))))


def _policy(named: str) -> str:
    name, version, digest = (*named.split(" "), "", "")[:3]
    return f"{name} {version} ({digest[:SHORT]})" if digest else named


def _conditions(decision: Decision, kept: Kept, voice: Voice) -> Iterator[Table]:
    say = voice.words.label
    heads = [say(f"dossier.condition.{head}") for head in ("text", "state", "owner", "due", "since")]
    bound = [each for each in kept.conditions if each.decision == decision.id]
    rows = [
        (
            each.text,
            voice.known("dossier.condition_state", stood(each, kept)),
            voice.name(each.owner, say("dossier.nobody")),
            "\n".join(
                filter(None, (each.due_on or say("dossier.condition.always"), _otherwise(each, voice)))
            ),
            "\n".join(_step(step, role, voice) for step, role in each.steps),
        )
        for each in bound
    ]
    yield from table(heads, rows)


def stood(bound: Bound, kept: Kept) -> str:
    """Of what counts no more, only that."""
    number = int(bound.id.rpartition(":")[2] or 0)
    return bound.state if condition(kept.case, bound.decision, number) or bound.state == "met" else "replaced"


def _otherwise(bound: Bound, voice: Voice) -> str:
    if not bound.otherwise:
        return ""
    return voice.words.label("story.otherwise", then=voice.known("otherwise", bound.otherwise))


def _step(step: ConditionStep, role: str, voice: Voice) -> str:
    """Outsiders read that evidence was handed in, and not what it says."""
    kind = voice.known("dossier.step", step.kind)
    who = voice.signed(step.by, role) if step.by else voice.words.label("trail.nobody")
    shown = " ".join(filter(None, (plain(step.words), step.link))) if voice.inside else ""
    return f"{kind}, {who}, {moment(step.at)}{f': {shown}' if shown else ''}"


def _around(kept: Kept, voice: Voice) -> Iterator[Card]:
    """Who was asked, who stepped aside, what was said to be wrong, and what was approved beforehand."""
    say, case = voice.words.label, kept.case
    aside = [each for each in case.assignments if each.kind == "recused"]
    heads = [say(f"dossier.around.{head}") for head in ("who", "when", "words")]
    rows = [(voice.name(e.person), moment(e.at), e.reason if voice.inside else "") for e in aside]
    yield from (Card(say("dossier.around.aside"), tables=(t,)) for t in table(heads, rows, wide=2))
    rows = [(voice.name(e.by), moment(e.at), e.words if voice.inside else "") for e in case.reports]
    yield from (Card(say("dossier.around.wrong"), tables=(t,)) for t in table(heads, rows, wide=2))
    if voice.inside:
        yield from _inquiries(kept, voice)
    heads = [say(f"dossier.around.{head}") for head in ("pattern", "when", "until")]
    general = [(name_of(case.ref, e), moment(e.at), day(e.last_day)) for e in case.patterns]
    yield from (Card(say("dossier.around.patterns"), tables=(t,)) for t in table(heads, general))


def _inquiries(kept: Kept, voice: Voice) -> Iterator[Card]:
    say = voice.words.label
    heads = [say(f"dossier.around.{head}") for head in ("asked", "answered")]
    rows = [
        (
            f"{plain(e.question)}\n{voice.name(e.asked_by)}, {moment(e.asked_at)}",
            f"{plain(e.answer)}\n{voice.name(e.answered_by)}, {moment(e.answered_at)}"
            if e.answered_at
            else say("dossier.around.open"),
        )
        for e in kept.case.inquiries
    ]
    yield from (Card(say("dossier.around.inquiries"), tables=(t,)) for t in table(heads, rows))
