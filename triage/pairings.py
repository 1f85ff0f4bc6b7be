"""Which kinds of data do not go into which accounts, contracts and tools: said during the questions, never decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from intake.answers import Answers, State
from intake.condition import Condition, View
from intake.form import Form
from intake.forms import ai_use
from intake.grammar import NEVER, SETTINGS, Vocabulary, parse_condition
from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.case import Case
from triage.current import current
from triage.desk import Desk
from triage.outcome import Happened, Outcome

FILE = Path(__file__).with_name("pairings.yaml")
FIELDS = ("id", "when", "change", "instead", "source")
INSTEAD = ("company_account", "no_learning", "no_secrets")
"""What would be allowed; each has its words."""
STATED: Mapping[str, frozenset[str] | None] = {**SETTINGS, "tool": None}
"""What a condition may look at beside the answers: the tool, too, by its id."""
NAMED = 3
"""Settled tools at most that are offered instead."""


class Pairing(Value):
    """`change`: the questions whose answers can be given anew at once."""

    id: str
    when: Condition
    change: tuple[str, ...]
    instead: str
    source: str


@cache
def pairings() -> tuple[Pairing, ...]:
    return load_pairings(FILE, ai_use())


def load_pairings(file: Path, form: Form) -> tuple[Pairing, ...]:
    """Raises Damaged with all its faults."""
    faults = Faults()
    entry = read_file(file, faults)
    found = [_pairing(each, form, faults) for each in entry.items(faults)] if entry else []
    faults.stop_if_any()
    return tuple(found)


def speaking(case: Case, desk: Desk, told: Iterable[Pairing] | None = None) -> tuple[Pairing, ...]:
    """Those that hold for sure; what is not known or not sure speaks of nothing."""
    settings = {**desk.settings(case), "tool": (case.tool_id or "",)}
    view = View(desk.form.gates, current(desk.form, _sure(case.answers)), settings)
    known = pairings() if told is None else told
    asked = (each for each in known if each.when.questions() <= desk.form.by_id.keys())
    return tuple(each for each in asked if each.when.truth(view) is True)


def just_said(case: Case, desk: Desk) -> tuple[Pairing, ...]:
    """Those that what was answered last is a part of."""
    last = max((fact.at for fact in case.facts.values()), default=None)
    fresh = {question for question, fact in case.facts.items() if fact.at == last}
    return tuple(each for each in speaking(case, desk) if each.when.questions() & fresh)


def settled_like(case: Case, desk: Desk) -> tuple[str, ...]:
    """Tools of the same kind whose contract and data terms are settled here."""
    mine = desk.catalogue.get(case.tool_id) if case.tool_id else None
    if mine is None:
        return ()
    names = [
        asset.name
        for asset in desk.assets.values()
        if asset.assessed and asset.id != mine.id and _kind(asset.id, desk) == mine.category
    ]
    return tuple(sorted(names)[:NAMED])


def followed(before: Case | None, outcome: Outcome, desk: Desk) -> Outcome:
    """The trail says what somebody was told, once for each time that an answer makes it true."""
    after = outcome.case
    if after.talk is None or (before is not None and before.facts == after.facts):
        return outcome
    known = set(speaking(before, desk)) if before is not None else set()
    new = tuple(each.id for each in speaking(after, desk) if each not in known)
    if not new:
        return outcome
    told = Happened(what="pairing.told", detail={"pairings": new})
    return outcome.model_copy(update={"happened": (*outcome.happened, told)})


def _sure(answers: Answers) -> Answers:
    """What somebody picked and was not sure of is no reason to speak up."""
    return {question: answer for question, answer in answers.items() if answer.state is not State.unsure}


def _kind(tool: str, desk: Desk) -> str:
    found = desk.catalogue.get(tool)
    return found.category if found else ""


def _pairing(entry: Entry, form: Form, faults: Faults) -> Pairing:
    fields = entry.fields(faults, FIELDS)
    said = {name: fields[name].text(faults) if name in fields else "" for name in ("id", "instead", "source")}
    if "instead" in fields and said["instead"] not in INSTEAD:
        faults.add(
            fields["instead"],
            f"`{said['instead']}` is nothing that is offered",
            did_you_mean(said["instead"], INSTEAD),
        )
    when = parse_condition(fields["when"], faults, _words(form)) if "when" in fields else NEVER
    change = tuple(fields["change"].texts(faults)) if "change" in fields else ()
    for question in change:
        if question not in form.by_id:
            faults.add(
                fields["change"], f"`{question}` is not a question", did_you_mean(question, list(form.by_id))
            )
    return Pairing(when=when, change=change, **said)


def _words(form: Form) -> Vocabulary:
    return Vocabulary({question.id: question for question in form.questions()}, STATED, gates=form.gates)
