"""The examples beside the rules of severity: for each rule answers that fire it, and one change that just misses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from intake.answers import Answer, answered
from intake.condition import View
from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.incidents.asked import problem, view
from triage.incidents.incident import Kind
from triage.incidents.rulebook import Book, Class, Rule

FILE = Path(__file__).with_name("severity.cases.yaml")
ALWAYS = frozenset({"recorded"})
"""What holds for everything that is reported, so that no example misses it."""
KIND = "kind"
_NEEDED = ("rule", "fires", "given", "misses", "but")


class Given(Value):
    kind: str
    answers: Mapping[str, Answer]

    @property
    def sight(self) -> View:
        return view(self.answers, {KIND: (self.kind,)})


class Example(Value):
    """`fires` and `misses` say in a few words what the two sides are."""

    rule: str
    fires: str
    firing: Given
    misses: str
    missing: Given


def items(book: Book) -> Mapping[str, Rule | Class]:
    """Everything that has examples, by its id."""
    every: tuple[Rule | Class, ...] = (*book.rules, *book.raising, *book.lowering, *book.classes)
    return {each.id: each for each in every}


def examples(book: Book, file: Path = FILE) -> tuple[Example, ...]:
    """Damaged says all faults, rules without one included."""
    faults = Faults()
    entry = read_file(file, faults)
    faults.stop_if_any()
    assert entry is not None
    ids = items(book)
    found = [each for each in (_example(below, ids, faults) for below in entry.items(faults)) if each]
    for id_ in sorted(ids.keys() - ALWAYS - {each.rule for each in found}):
        faults.add(entry, f"`{id_}` has no example", "Add one that fires it, and one change that misses it.")
    faults.stop_if_any()
    return tuple(found)


def _example(entry: Entry, ids: Mapping[str, object], faults: Faults) -> Example | None:
    fields = entry.fields(faults, _NEEDED)
    if len(fields) < len(_NEEDED):
        return None
    rule = fields["rule"].text(faults)
    if rule not in ids:
        faults.add(fields["rule"], f"`{rule}` is not a rule of severity", did_you_mean(rule, ids))
    given, but = (_values(fields[name], faults) for name in ("given", "but"))
    if len(but) != 1:
        faults.add(fields["but"], "must change exactly one thing", "Then it just misses the rule.")
    said = {name: fields[name].text(faults) for name in ("fires", "misses")}
    return Example(rule=rule, firing=_given(given), missing=_given(given | but), **said)


def _values(entry: Entry, faults: Faults) -> dict[str, tuple[str, ...]]:
    """The kind is written like an answer."""
    if not isinstance(entry.value, dict):
        faults.add(entry, "must be a mapping of questions", "Write it as `question: answer` lines.")
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for name, below in entry.value.items():
        plain = below.plain()
        picked = tuple(map(str, plain)) if isinstance(plain, list) else (str(plain),)
        wrong = problem(name, answered(*picked)) if name != KIND else "" if {*picked} <= {*Kind} else "kind"
        if wrong:
            faults.add(below, f"is no answer to `{name}`", "Look at questions.yaml for what can be answered.")
        found[name] = picked
    return found


def _given(values: Mapping[str, tuple[str, ...]]) -> Given:
    answers = {name: answered(*picked) for name, picked in values.items() if name != KIND}
    return Given(kind=next(iter(values.get(KIND, (Kind.incident.value,)))), answers=answers)


def failures(book: Book, tried: Iterable[Example]) -> Iterator[str]:
    """Those that do not come out as they say."""
    rules = items(book)
    for each in tried:
        if rules[each.rule].when.truth(each.firing.sight) is not True:
            yield f"severity: {each.rule}: “{each.fires}”: it does not fire."
        if rules[each.rule].when.truth(each.missing.sight) is not False:
            yield f"severity: {each.rule}: “{each.misses}”: it does not miss."
