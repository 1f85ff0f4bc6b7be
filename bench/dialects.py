"""Conditions of ours in the languages of other rule engines, word for word; nothing unknown can be said in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeAlias

from intake.condition import Always, Asked, Condition, Every, Not, Some, Stated

Json: TypeAlias = Any

BEFORE = "q_"
"""Before each name: some of ours are words of theirs."""


def parts(condition: Condition) -> int:
    """How many conditions it is made of, written out."""
    match condition:
        case Every(of=inner) | Some(of=inner):
            return 1 + sum(map(parts, inner))
        case Not(of=inner):
            return 1 + parts(inner)
    return 1


def to_cel(condition: Condition, many: Collection[str]) -> str:
    return _text(condition, many, _CEL)


def to_zen(condition: Condition, many: Collection[str]) -> str:
    return _text(condition, many, _ZEN)


class _Words:
    """How a language writes what two of them write alike otherwise."""

    def __init__(self, both: str, either: str, deny: str, quote: str) -> None:
        self.both, self.either, self.deny, self.quote = both, either, deny, quote


_CEL = _Words(both=" && ", either=" || ", deny="!", quote='"')
_ZEN = _Words(both=" and ", either=" or ", deny="not ", quote="'")


def _text(condition: Condition, many: Collection[str], words: _Words) -> str:
    match condition:
        case Always():
            return "true"
        case Asked(question=name, picked=picked) | Stated(setting=name, values=picked):
            values = [f"{words.quote}{value}{words.quote}" for value in sorted(picked)]
            if name in many:
                return f"({words.either.join(f'{value} in {BEFORE}{name}' for value in values)})"
            return f"({BEFORE}{name} in [{', '.join(values)}])"
        case Not(of=part):
            return f"{words.deny}({_text(part, many, words)})"
        case Every(of=inner):
            return f"({words.both.join(_each(inner, many, words))})" if inner else "true"
        case Some(of=inner, count=1):
            return f"({words.either.join(_each(inner, many, words))})" if inner else "false"
        case Some(of=inner, count=count):
            return f"({' + '.join(f'({part} ? 1 : 0)' for part in _each(inner, many, words))} >= {count})"
    raise TypeError(f"no words for {type(condition).__name__}")


def _each(conditions: Sequence[Condition], many: Collection[str], words: _Words) -> list[str]:
    return [_text(each, many, words) for each in conditions]


def to_json_logic(condition: Condition, many: Collection[str]) -> Json:
    match condition:
        case Always():
            return True
        case Asked(question=name, picked=picked) | Stated(setting=name, values=picked):
            seen = {"var": f"{BEFORE}{name}"}
            if name in many:
                return {"or": [{"in": [value, seen]} for value in sorted(picked)]}
            return {"in": [seen, sorted(picked)]}
        case Not(of=part):
            return {"!": [to_json_logic(part, many)]}
        case Every(of=inner):
            return {"and": [to_json_logic(each, many) for each in inner]} if inner else True
        case Some(of=inner, count=1):
            return {"or": [to_json_logic(each, many) for each in inner]} if inner else False
        case Some(of=inner, count=count):
            ones = [{"if": [to_json_logic(each, many), 1, 0]} for each in inner]
            return {">=": [{"+": ones}, count]}
    raise TypeError(f"no words for {type(condition).__name__}")


def turned(condition: Condition, by: int, choices: Callable[[str], Sequence[str]]) -> Condition:
    """The same shape about other choices of the same questions, so that a copy of a rule is a rule of its own."""
    match condition:
        case Asked(question=name, picked=picked):
            known = choices(name)
            found = frozenset(known[(known.index(each) + by) % len(known)] for each in picked)
            return Asked(question=name, picked=found)
        case Not(of=part):
            return Not(of=turned(part, by, choices))
        case Every(of=inner):
            return Every(of=tuple(turned(each, by, choices) for each in inner))
        case Some(of=inner, count=count):
            return Some(of=tuple(turned(each, by, choices) for each in inner), count=count)
    return condition
