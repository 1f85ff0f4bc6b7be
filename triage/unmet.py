"""What an example would have to say otherwise: the parts of a condition that are not as it needs them, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from intake.answers import State
from intake.brief import brief, either
from intake.condition import Asked, Condition, Every, Not, Some, Stated, View
from intake.form import Form
from triage.examples import Given

WAYS, LONGEST_GATE = 2, 160
"""Ways out of several that are named, the shortest ones; characters of what a question is asked after."""


def unmet(form: Form, condition: Condition, given: Given, *, holds: bool) -> str:
    """Why `condition` does not hold, or is not ruled out, by what is given; "" where it is as wished."""
    sight = View(form.gates, given.answers, given.settings)
    return "; ".join(_Looking(form, sight).why(condition, holds))


class _Looking(NamedTuple):
    """`within` what a question is asked after, when it is about that."""

    form: Form
    sight: View
    within: bool = False

    def why(self, condition: Condition, holds: bool) -> list[str]:
        if condition.truth(self.sight) is holds:
            return []
        match condition:
            case Asked() if holds and self.sight.shown(condition.question) is not True:
                return self._not_asked(condition)
            case Asked():
                return self._answered(condition, holds)
            case Stated():
                return [self._stated(condition, holds)]
            case Not():
                return self.why(condition.of, not holds)
            case Every() | Some():
                return self._several(condition, holds)
        return ["it always holds"]

    def _several(self, condition: Every | Some, holds: bool) -> list[str]:
        """Where all parts have to change each is told; where one is enough, the shortest ways out."""
        parts = [told for part in condition.of if (told := self.why(part, holds))]
        if isinstance(condition, Every) is holds or len(parts) < 2:
            return list(dict.fromkeys(each for told in parts for each in told))
        least = min(map(len, parts))
        ways = dict.fromkeys(" and ".join(told) for told in parts if len(told) == least)
        return [", or ".join(sorted(ways, key=len)[:WAYS])]

    def _not_asked(self, leaf: Asked) -> list[str]:
        gate, name = self.form.gates[leaf.question], leaf.question
        mends = _Looking(self.form, self.sight, within=True).why(gate, holds=True)
        picked = self.sight.answer(name).picked
        own = [] if not leaf.picked.isdisjoint(picked) else self._answered(leaf, holds=True)
        if self.within:
            return [*mends, *own]
        told = brief(gate, self.form.by_id)
        if len(told) > LONGEST_GATE:
            told = "other answers call for it"
        return [
            f"`{name}` is asked only if {told}; this example does not say so: {', and '.join(dict.fromkeys(mends))}",
            *own,
        ]

    def _answered(self, leaf: Asked, holds: bool) -> list[str]:
        name = leaf.question
        answer, needed = self.sight.answer(name), either(self._ordered(name, leaf.picked))
        needs = f"{'this' if self.within else 'the rule'} needs {needed}"
        if answer.state is not State.answered and (holds or leaf.picked.isdisjoint(answer.picked)):
            return [f"say what `{name}` is ({needs})" if holds else f"say what `{name}` is (not {needed})"]
        said = f"`{name}` is [{', '.join(self._ordered(name, answer.picked))}]"
        return [f"{said}; {needs}" if holds else f"{said}; it must not hold {needed}"]

    def _stated(self, leaf: Stated, holds: bool) -> str:
        if not holds:
            said = either(self.sight.setting(leaf.setting) or ("not stated",))
            return f"the setting `{leaf.setting}` is {said}; it must not be {either(sorted(leaf.values))}"
        return f'add `settings: {{{leaf.setting}: "{min(leaf.values)}"}}`'

    def _ordered(self, question: str, picked: Iterable[str]) -> list[str]:
        order = [choice.id for choice in self.form.by_id[question].choices]
        return sorted(picked, key=lambda each: order.index(each) if each in order else len(order))
