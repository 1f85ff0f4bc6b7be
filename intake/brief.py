"""A condition in one line, by the names that people write in their own rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intake.condition import Always, Asked, Condition, Every, Not, Some, Stated
from intake.form import Kind, Question

SHOWN = 4
"""Choices named one by one; of more it says how many there are."""


def brief(condition: Condition, questions: Mapping[str, Question]) -> str:
    """As in "`worst` is rights_or_livelihood and `reverse` is never"; "always" where nothing is asked for."""
    match condition:
        case Always():
            return "always"
        case Asked():
            verb = "contains" if questions[condition.question].kind is Kind.many else "is"
            order = [choice.id for choice in questions[condition.question].choices]
            return f"`{condition.question}` {verb} {either(sorted(condition.picked, key=order.index))}"
        case Stated():
            return f"the setting `{condition.setting}` is {either(sorted(condition.values))}"
        case Every():
            return " and ".join(_inner(part, questions) for part in condition.of)
        case Some(count=1):
            return " or ".join(_inner(part, questions) for part in condition.of)
        case Some():
            parts = "; ".join(brief(part, questions) for part in condition.of)
            return f"at least {condition.count} of these hold ({parts})"
        case Not(of=Some(count=1) as some):
            return f"none of these holds ({'; '.join(brief(part, questions) for part in some.of)})"
        case Not():
            return f"this does not hold ({brief(condition.of, questions)})"
    raise TypeError(f"{type(condition).__name__} has no words of its own here")


def either(ids: Iterable[str]) -> str:
    ids = list(ids)
    if len(ids) > SHOWN + 1:
        return f"{', '.join(ids[: SHOWN - 1])} or another of {len(ids)}"
    return ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} or {ids[-1]}"


def _inner(part: Condition, questions: Mapping[str, Question]) -> str:
    told = brief(part, questions)
    return f"({told})" if isinstance(part, Every | Some) and len(part.of) > 1 else told
