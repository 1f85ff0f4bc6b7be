"""Several requests that say the same, decided together: which may be, and what each decision records of the others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from intake.answers import NOT_ASKED
from intake.form import Form
from intake.forms import ai_use
from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.case import Case
from triage.fingerprint import result_digest
from triage.nearest import Decided, on_same_answers
from triage.outcome import Outcome, Refused
from triage.policies import standard_book
from triage.rules import Level

FILE = Path(__file__).with_name("jointly.yaml")
FIELDS = ("most", "results", "answers")
WINDOW = 30
"""Fields of ten that a window has for them, three of which are still read on a phone."""
TOGETHER = "together"
"""In the trail, the references that a decision was made together with."""


class Jointly(Value):
    most: int
    results: Mapping[str, frozenset[Level]]
    answers: Mapping[str, frozenset[str]]


@cache
def kept() -> Jointly:
    return load_jointly(FILE)


def load_jointly(file: Path) -> Jointly:
    """Raises Damaged with all its faults."""
    faults = Faults()
    entry = read_file(file, faults)
    fields = entry.fields(faults, FIELDS) if entry else {}
    faults.stop_if_any()
    most = fields["most"].whole(faults)
    if not 2 <= most <= WINDOW:
        faults.add(fields["most"], f"`{most}` is no number of requests here", f"Write 2 to {WINDOW}.")
    levels = {each.name: each.levels for each in standard_book().results}
    choices = {each.id: tuple(sorted(each.choice_ids)) for each in ai_use().questions()}
    found = Jointly(
        most=most,
        results=_named(fields["results"], levels, "result", faults),
        answers=_named(fields["answers"], choices, "question", faults),  # type: ignore[arg-type]
    )
    faults.stop_if_any()
    return found


def _named(
    entry: Entry, known: Mapping[str, tuple[Level, ...]], what: str, faults: Faults
) -> dict[str, frozenset[Level]]:
    found: dict[str, frozenset[Level]] = {}
    for name, below in entry.fields(faults, (), tuple(known)).items():
        picked = [each.value for each in below.items(faults)]
        for each, value in zip(below.items(Faults()), picked, strict=True):
            if value not in known[name]:
                mend = did_you_mean(str(value), map(str, known[name]))
                faults.add(each, f"`{value}` is nothing that the {what} `{name}` may be", mend)
        found[name] = frozenset(value for value in picked if isinstance(value, str | int))
    return found


def may_go(case: Case) -> bool:
    """Whether the data lets it be decided together with others at all."""
    if case.verdict is None:
        return False
    for name, allowed in kept().results.items():
        bounds = case.verdict.tier if name == "tier" else case.verdict.results[name]
        if not {bounds.floor, bounds.ceiling} <= allowed:
            return False
    for question, choices in kept().answers.items():
        answer = case.answers.get(question, NOT_ASKED)
        if answer.state is not NOT_ASKED.state and not (answer.picked and set(answer.picked) <= choices):
            return False
    return True


def is_like(one: Case, other: Case, form: Form) -> bool:
    """The same tool and choices, and the same results, flags and seats from them."""
    return bool(on_same_answers(one, [stated(other)], form)) and result_digest(one) == result_digest(other)


def stated(case: Case) -> Decided:
    return Decided(
        id=case.id, status=case.status, tool_id=case.tool_id, answers=case.answers, at=case.created_at
    )


def check_may_go(case: Case, together: tuple[str, ...]) -> None:
    if together and not may_go(case):
        raise Refused("not_together", case=case.id)


def recorded(outcome: Outcome, together: tuple[str, ...]) -> Outcome:
    """Each line of a decision names the others, in the trail where nobody can take it away."""
    ref = outcome.case.ref
    others = tuple(each for each in together if each != ref)
    if not others:
        return outcome
    happened = tuple(
        line.model_copy(update={"detail": {**line.detail, TOGETHER: others}})
        if "decision" in line.detail
        else line
        for line in outcome.happened
    )
    return outcome.model_copy(update={"happened": happened})
