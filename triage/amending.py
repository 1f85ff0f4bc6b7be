"""What other rules of an organisation's own change, rule by rule: what is new, gone, looser, stricter, or said anew."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from intake.source import Faults
from intake.value import Value
from triage.loosened import loosened
from triage.own import OWN, OwnSource
from triage.rules import Rule, RuleBook


class How(StrEnum):
    """In the order in which they are told: first what asks for most attention."""

    looser = "looser"
    gone = "gone"
    new = "new"
    stricter = "stricter"
    said_anew = "said_anew"


class Amended(Value):
    """One rule. `before` and `after` are its result and level, as in `tier.3`; "" where there is no such rule."""

    rule: str
    how: How
    before: str
    after: str
    sentence: str
    source: str


def amended(old: RuleBook, new: RuleBook, language: str = "en") -> tuple[Amended, ...]:
    """What only follows from that in rules of ours goes without saying."""
    less = {each.rule for each in loosened(old, new)}
    found = sorted(_each(old, new, less, language), key=lambda each: list(How).index(each.how))
    return tuple(found)


def is_same(one: str, other: str) -> bool:
    """Whether two files say the same, examples included, in whatever order and layout. Both can be read."""
    faults = Faults()
    return OwnSource(one, faults).said == OwnSource(other, faults).said


def _each(old: RuleBook, new: RuleBook, less: set[str], language: str) -> Iterator[Amended]:
    before, after = ({rule.id: rule for rule in book.rules()} for book in (old, new))
    for id_ in dict.fromkeys((*_theirs(new), *_theirs(old))):
        was, now = before.get(id_), after.get(id_)
        sentence = (new if now else old).sentence(id_, language)
        if was == now and sentence == old.sentence(id_, language):
            continue
        yield Amended(
            rule=id_,
            how=_how(was, now, new, is_less=id_ in less),
            before=_reached(was),
            after=_reached(now),
            sentence=sentence,
            source=_source(new if id_ in _theirs(new) else old, id_),
        )


def _how(was: Rule | None, now: Rule | None, book: RuleBook, *, is_less: bool) -> How:
    if was is None or now is None:
        return How.new if now else How.gone
    if is_less:
        return How.looser
    levels = next(result.levels for result in book.results if result.name == now.result)
    moves = now.level != levels[0] and (was.level, was.when) != (now.level, now.when)
    return How.stricter if moves else How.said_anew


def _theirs(book: RuleBook) -> tuple[str, ...]:
    """The rules that an organisation wrote, and those of ours that it moved."""
    own = [rule.id for policy in book.policies if policy.name == OWN for rule in policy.rules]
    return (*own, *book.changes)


def _source(book: RuleBook, id_: str) -> str:
    if id_ in book.changes:
        return book.changes[id_].source
    return next(rule.source for rule in book.rules() if rule.id == id_)


def _reached(rule: Rule | None) -> str:
    return f"{rule.result}.{rule.level}" if rule else ""
