"""Many sets of answers side by side, so that one pass over the rules judges all of them.

Bit i of every number here belongs to the i-th set. A truth is a pair of such numbers: where a condition is
surely true, and where it is possible; possible but not sure is open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.answers import Answers, State
from intake.form import Form

Settings = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lanes:
    """`picked[question][choice]` and `stated[setting][value]`: in which sets; a missing entry is in none.

    `open`: in which sets the question may still get further choices (everywhere if it has no entry).
    `free`: in which sets it is taken as able to go either way, whatever else it says (see relevance).
    """

    width: int
    picked: Mapping[str, Mapping[str, int]]
    open: Mapping[str, int]
    stated: Mapping[str, Mapping[str, int]]
    unstated: Mapping[str, int]
    free: Mapping[str, int]

    @property
    def everywhere(self) -> int:
        return (1 << self.width) - 1


def side_by_side(form: Form, cases: Sequence[tuple[Answers, Settings]]) -> Lanes:
    """One lane for each case."""
    picked: dict[str, dict[str, int]] = {}
    stated: dict[str, dict[str, int]] = {}
    closed = dict.fromkeys(form.by_id, 0)
    known: dict[str, int] = {}
    lane = 1
    for answers, settings in cases:
        for question, answer in answers.items():
            if question not in closed:
                continue
            if answer.state is State.answered or answer.state is State.not_applicable:
                closed[question] |= lane
            if answer.picked:
                chosen = picked.setdefault(question, {})
                for choice in answer.picked:
                    chosen[choice] = chosen.get(choice, 0) | lane
        for name, values in settings.items():
            known[name] = known.get(name, 0) | lane
            at = stated.setdefault(name, {})
            for value in values:
                at[value] = at.get(value, 0) | lane
        lane <<= 1
    everywhere = lane - 1
    return Lanes(
        width=len(cases),
        picked=picked,
        open={question: everywhere ^ done for question, done in closed.items()},
        stated=stated,
        unstated={name: everywhere ^ where for name, where in known.items()},
        free={},
    )
