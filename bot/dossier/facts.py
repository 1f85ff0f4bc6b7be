"""What it is and what for: its place in the register, and every answer with who gave it, when and how sure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot import supplying
from bot.dossier.parts import Card, Part, Section, moment, pairs, plain, table
from bot.dossier.voice import Voice
from intake.answers import NOT_ASKED, State
from store.dossier import Kept
from triage.case import Fact
from triage.whereabouts import stage_named

OURS = ("title", "owner", "unit")
"""Told above the answers."""


def what(kept: Kept, voice: Voice) -> Section:
    case, say = kept.case, voice.words.label
    known = pairs(
        (say("dossier.what.state"), voice.known("status", case.status.value)),
        (say("dossier.what.stage"), voice.known("stage", stage_named(case)) if stage_named(case) else ""),
        (say("dossier.what.tool"), case.tool_name),
        (say("dossier.what.unit"), case.unit),
        (say("dossier.what.owner"), voice.name(case.owner, say("dossier.nobody"))),
        (say("dossier.what.requester"), voice.name(case.requester)),
        (say("dossier.what.submitted"), moment(case.submitted_at) if case.submitted_at else ""),
        (say("dossier.what.supplier"), supplying.held(voice.words, kept.supplier) if voice.inside else ""),
        (say("dossier.what.source"), " ".join(filter(None, (case.source_map, case.source_id)))),
        (say("dossier.what.words"), case.words if voice.inside else ""),
    )
    return Section(
        "what", say("dossier.what.head"), (), (Card("", known), *_heard(kept, voice), *_answers(kept, voice))
    )


def _heard(kept: Kept, voice: Voice) -> Iterator[Card]:
    """What those affected said is for insiders: they were not asked whether others may read it."""
    found, say = kept.heard, voice.words.label
    if found is None or not voice.inside:
        return
    rows = pairs(
        (say("dossier.heard.how"), say(f"dossier.heard.{found.how}")),
        (say("dossier.heard.who"), found.who),
        (say("dossier.heard.said"), found.said),
        (say("dossier.heard.answer"), found.answer),
        (say("dossier.heard.changed"), found.changed),
        (say("dossier.heard.why"), found.why),
        (say("dossier.heard.staff"), _staff(voice) if found.staff else ""),
        (say("dossier.heard.by"), f"{voice.name(found.by)}, {moment(found.at)}"),
    )
    yield Card(say("dossier.heard.head"), rows)


def _staff(voice: Voice) -> str:
    say = voice.words.label
    return say("dossier.heard.staff_mind", source=say("assessing.mind.source.staff"))


def _answers(kept: Kept, voice: Voice) -> Iterator[Part]:
    say = voice.words.label
    heads = ("question", "answer", "sure", "who", "when")
    form, last = voice.form.by_id, list(_latest(kept))
    order = {question: number for number, question in enumerate(form)}
    last.sort(key=lambda told: (order.get(told[0].question, len(order)), told[0].question))
    rows = [_row(fact, recorded, kept, voice) for fact, recorded in last if _tells(fact)]
    yield from table([say(f"dossier.fact.{head}") for head in heads], rows, wide=1)
    former = [told for told in kept.history if told not in last and _tells(told[0])]
    if former:
        title = say("dossier.fact.former")
        rows = [_row(fact, recorded, kept, voice) for fact, recorded in former]
        yield Card(title, tables=table([say(f"dossier.fact.{head}") for head in heads], rows, wide=1))


def _latest(kept: Kept) -> Iterator[tuple[Fact, datetime]]:
    """As the register has them, each with the moment it was recorded."""
    when = {(fact.question, fact.answer, fact.at): at for fact, at in kept.history}
    for fact in kept.case.facts.values():
        yield fact, when.get((fact.question, fact.answer, fact.at), fact.at)


def _tells(fact: Fact) -> bool:
    return fact.question not in OURS and fact.answer.state is not NOT_ASKED.state


def _row(fact: Fact, recorded: datetime, kept: Kept, voice: Voice) -> tuple[str, ...]:
    say, state = voice.words.label, fact.answer.state
    sure = say("dossier.sure.no") if state is State.unsure else say("dossier.sure.yes")
    source = voice.known("dossier.source", fact.source.value)
    who = f"{voice.name(fact.by)} ({source})" if fact.by else source
    said, noted = moment(fact.at), moment(recorded)
    when = said if said == noted else say("dossier.fact.noted", said=said, noted=noted)
    return (
        voice.question(fact.question),
        plain(voice.answer(fact.question, fact.answer, kept.case)),
        sure,
        who,
        when,
    )
