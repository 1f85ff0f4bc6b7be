"""Whether a use is within the scope of the management system, by rule and as the approved scope says it; pure.

The mark says what a certificate covers and nothing else: whatever it says, a use is registered, decided and watched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from intake.answers import NOT_ASKED, Answers, State
from intake.form import Form
from intake.texts import Wording
from triage.aims.entry import Draft, Entry
from triage.aims.supplied import same_name
from triage.case import Case
from triage.teams import standing

KIND = "scope"
Within = Literal["within", "outside", "not_sure"]
WITHIN: tuple[Within, ...] = ("within", "outside", "not_sure")
Why = Literal["unit", "everything", "left_out", "no_unit", "other_unit", "other_activity", "open"]
AREA = "area"
ASKED = (AREA, "output_use", "people", "data")
"""The questions whose answers a line of the scope may name; those of the first by their short names, too."""
DIVIDERS = (":", " - ", " – ", " — ")
"""Between what is left out and why."""

Choices = frozenset[tuple[str, str]]


class Line(NamedTuple):
    """One line of the scope. `named`: what it is about, as it is compared; `choices`: answers of that name."""

    words: str
    named: str
    choices: Choices = frozenset()


class Scope(NamedTuple):
    """What counts. `known`: the units of the organisation, so that a line about one is told from one about a tool."""

    ref: str
    draft: Draft
    units: frozenset[str]
    activities: tuple[Line, ...]
    left_out: tuple[Line, ...]
    known: frozenset[str] = frozenset()

    @property
    def bounds(self) -> bool:
        """Whether its activities say who is in: only where each of them names answers; free words leave nobody out."""
        return bool(self.activities) and all(each.choices for each in self.activities)

    @property
    def asked(self) -> frozenset[str]:
        """The questions whose answers it looks at."""
        lines = (*self.left_out, *(self.activities if self.bounds else ()))
        return frozenset(question for line in lines for question, _ in line.choices)


class About(NamedTuple):
    """What is looked at of a use. `units`: its own, and those of the teams that joined it."""

    ref: str
    tool: str
    units: tuple[str, ...]
    answers: Answers


class Mark(NamedTuple):
    """`what`: the unit or the line that it hangs on."""

    within: Within
    why: Why
    what: str = ""


def scope_of(
    entry: Entry | None, form: Form, wording: Wording, units: Collection[str], at: datetime | None = None
) -> Scope | None:
    """The one that counts, or counted at a moment; None: there is none, and nothing is marked."""
    draft = None if entry is None else entry.in_force if at is None else entry.counted(at)
    if entry is None or draft is None or draft.retires:
        return None
    named = _choices(form, wording)
    return Scope(
        ref=entry.ref,
        draft=draft,
        units=frozenset(map(same_name, _said(draft, "units"))),
        activities=tuple(_line(each, named) for each in _said(draft, "activities")),
        left_out=tuple(_line(each, named) for each in _said(draft, "left_out")),
        known=frozenset(map(same_name, units)),
    )


def about(case: Case) -> About:
    teams = (each.unit or "" for each in standing(case))
    units = tuple(dict.fromkeys(filter(None, (case.unit, *teams))))
    return About(case.ref or "", case.tool_name, units, case.answers)


def mark_of(scope: Scope | None, case: Case) -> Mark | None:
    """None where no scope counts."""
    return mark(scope, about(case)) if scope is not None else None


def mark(scope: Scope, use: About) -> Mark:
    """Where one of its teams is within the scope, it is; what nobody has said makes it unsure, never outside."""
    units, opened = frozenset(map(same_name, use.units)), ""
    left = frozenset(line.named for line in scope.left_out)
    for line in scope.left_out:
        found = _is_named(line, use)
        if found or (line.named in units and units <= left):
            return Mark("outside", "left_out", line.words)
        if found is None:
            opened = opened or line.words
    if not units and (scope.units or left & scope.known):
        return Mark("not_sure", "no_unit")
    inside = [each for each in use.units if same_name(each) in scope.units and same_name(each) not in left]
    if scope.units and not inside:
        return Mark("outside", "other_unit", ", ".join(use.units))
    if opened:
        return Mark("not_sure", "open", opened)
    if scope.bounds and (unmet := _beyond(scope, use)):
        return unmet
    return Mark("within", "unit", inside[0]) if inside else Mark("within", "everything")


def _is_named(line: Line, use: About) -> bool | None:
    """By its reference, its tool or what was answered; None: nobody has answered it."""
    if line.named in (same_name(use.ref), same_name(use.tool)) and line.named:
        return True
    told = [_picked(use.answers, question, choice) for question, choice in sorted(line.choices)]
    return True if True in told else None if None in told else False


def _picked(answers: Answers, question: str, choice: str) -> bool | None:
    answer = answers.get(question, NOT_ASKED)
    if choice in answer.picked:
        return True
    return None if answer.state in (State.unsure, State.not_asked) else False


def _beyond(scope: Scope, use: About) -> Mark | None:
    told = [
        (_picked(use.answers, question, choice), line.words)
        for line in scope.activities
        for question, choice in sorted(line.choices)
    ]
    if any(met for met, _ in told):
        return None
    unknown = next((words for met, words in told if met is None), "")
    return Mark("not_sure", "open", unknown) if unknown else Mark("outside", "other_activity")


def _line(words: str, named: Mapping[str, Choices]) -> Line:
    ends = [words.index(each) for each in DIVIDERS if each in words]
    what = same_name(words[: min(ends)] if ends else words)
    return Line(words, what, named.get(what, frozenset()))


def _choices(form: Form, wording: Wording) -> Mapping[str, Choices]:
    """By its name, as people read it and as it is written in files."""
    found: dict[str, set[tuple[str, str]]] = {}
    for question in ASKED:
        for choice in form.by_id[question].choices if question in form.by_id else ():
            if not choice.alone:
                for name in _names(wording, question, choice.id):
                    found.setdefault(same_name(name), set()).add((question, choice.id))
    return {name: frozenset(choices) for name, choices in found.items()}


def _names(wording: Wording, question: str, choice: str) -> Iterable[str]:
    yield wording.label(question, choice)
    if question == AREA:
        yield choice.replace("_", " ")


def _said(draft: Draft, field: str) -> tuple[str, ...]:
    found = draft.said.get(field)
    return found if isinstance(found, tuple) else (found,) if isinstance(found, str) else ()
