"""What other rules of an organisation's own change, rule by rule: what is new, gone, looser, stricter, or said anew."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from intake.source import Faults
from intake.value import Value
from triage.loosened import loosened
from triage.own import OWN, OwnSource
from triage.rules import Rule, RuleBook, Seat, Usual

Entry = Rule | Seat | Usual
"""What an organisation may write down itself."""


class How(StrEnum):
    """In the order in which they are told: first what asks for most attention."""

    looser = "looser"
    gone = "gone"
    new = "new"
    stricter = "stricter"
    said_anew = "said_anew"


OFFERED = "rules.offered"
"""What a condition of the library comes to."""


class Amended(Value):
    """A rule, seat or condition. `before`, `after`: its result and level (`tier.3`), whom a seat asks; "" for none."""

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
    before, after = (_entries(book) for book in (old, new))
    for id_ in dict.fromkeys((*_theirs(new), *_theirs(old))):
        was, now = before.get(id_), after.get(id_)
        sentence = _sentence(new if now else old, id_, language)
        if was == now and sentence == _sentence(old, id_, language):
            continue
        yield Amended(
            rule=id_,
            how=_how(was, now, new, is_less=id_ in less),
            before=_reached(was),
            after=_reached(now),
            sentence=sentence,
            source=_source(new if id_ in _theirs(new) else old, id_),
        )


def _entries(book: RuleBook) -> dict[str, Entry]:
    found: list[Entry] = [*book.rules(), *book.seats(), *_conditions(book)]
    return {each.id: each for each in found}


def _conditions(book: RuleBook) -> tuple[Usual, ...]:
    return tuple(each for each in book.usual if each.text)


def _how(was: Entry | None, now: Entry | None, book: RuleBook, *, is_less: bool) -> How:
    if was is None or now is None:
        return How.new if now else How.gone
    if is_less:
        return How.looser
    if isinstance(was, Usual) or isinstance(now, Usual):
        return How.said_anew
    if isinstance(was, Seat) or isinstance(now, Seat):
        return How.stricter if was != now else How.said_anew
    levels = next(result.levels for result in book.results if result.name == now.result)
    moves = now.level != levels[0] and (was.level, was.when) != (now.level, now.when)
    return How.stricter if moves else How.said_anew


def _theirs(book: RuleBook) -> tuple[str, ...]:
    """The rules that an organisation wrote, and those of ours that it moved."""
    own = [e.id for policy in book.policies if policy.name == OWN for e in (*policy.rules, *policy.seats)]
    return (*own, *book.changes, *(each.id for each in _conditions(book)))


def _source(book: RuleBook, id_: str) -> str:
    if id_ in book.changes:
        return book.changes[id_].source
    return _entries(book)[id_].source


def _sentence(book: RuleBook, id_: str, language: str) -> str:
    """Of a condition, what is agreed to."""
    return next((each.text for each in _conditions(book) if each.id == id_), "") or book.sentence(
        id_, language
    )


def _reached(rule: Entry | None) -> str:
    if isinstance(rule, Usual):
        return OFFERED
    if isinstance(rule, Seat):
        return f"role.{rule.role}"
    return f"{rule.result}.{rule.level}" if rule else ""
