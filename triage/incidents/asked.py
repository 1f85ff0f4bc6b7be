"""The questions about an incident, as data: what may be answered, and where the distinction comes from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from intake.answers import Answer, State
from intake.condition import Always, Condition, View
from intake.form import Choice, Kind, Question
from intake.source import Entry, Faults, read_file

FILE = Path(__file__).with_name("questions.yaml")
_FIELDS, _MORE = ("id", "kind", "choices", "source"), ("alone", "holds")


def questions(file: Path = FILE) -> Mapping[str, Question]:
    """In the order of asking; raises Damaged with all faults."""
    return _read(file)[0]


def holding(file: Path = FILE) -> Mapping[str, frozenset[str]]:
    """By question, the choices that put the records of an incident under a legal hold."""
    return _read(file)[1]


@cache
def _read(file: Path) -> tuple[Mapping[str, Question], Mapping[str, frozenset[str]]]:
    faults = Faults()
    entry = read_file(file, faults)
    every = entry.items(faults) if entry else []
    found = [each for one in every if (each := _question(one, faults)) is not None]
    held = {}
    for one in every:
        fields = one.fields(faults, _FIELDS, _MORE)
        if "holds" in fields and "id" in fields:
            held[fields["id"].text(faults)] = _held(fields, faults)
    faults.stop_if_any()
    return {each.id: each for each in found}, held


def _held(fields: Mapping[str, Entry], faults: Faults) -> frozenset[str]:
    held, known = fields["holds"].texts(faults), set(fields["choices"].texts(faults))
    for each in held:
        if each not in known:
            faults.add(fields["holds"], f"`{each}` is no choice of this question", "Name one of its choices.")
    return frozenset(held)


def _question(entry: Entry, faults: Faults) -> Question | None:
    fields = entry.fields(faults, _FIELDS, _MORE)
    if len(fields) < len(_FIELDS):
        return None
    fields["source"].text(faults)
    kind = fields["kind"].text(faults)
    if kind not in ("one", "many"):
        faults.add(fields["kind"], f"`{kind}` is no kind of question here", "Write `one` or `many`.")
        return None
    alone = fields["alone"].text(faults) if "alone" in fields else ""
    choices = tuple(Choice(id=each, alone=each == alone) for each in fields["choices"].texts(faults))
    return Question(id=fields["id"].text(faults), kind=Kind(kind), choices=choices)


def gates() -> Mapping[str, Condition]:
    """Everything may always be asked."""
    return dict.fromkeys(questions(), Always())


def view(answers: Mapping[str, Answer], stated: Mapping[str, tuple[str, ...]]) -> View:
    return View(gates(), answers, stated)


def problem(question: str, answer: Answer) -> str:
    """Why this is no answer to it; empty where it is one."""
    asked = questions().get(question)
    if asked is None:
        return "unknown_question"
    if not set(answer.picked) <= asked.choice_ids:
        return "unknown_choice"
    if asked.kind is Kind.one and len(answer.picked) > 1:
        return "only_one"
    if asked.none in answer.picked and len(answer.picked) > 1 and asked.kind is Kind.many:
        return "alone"
    if answer.state not in (State.answered, State.unsure) or (
        answer.state is State.answered and not answer.picked
    ):
        return "empty"
    return ""
