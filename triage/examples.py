"""The examples beside the rules: for each rule answers that fire it, and one change that just misses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from intake.answers import Answers
from intake.check import to_answers
from intake.form import Form
from intake.grammar import SETTINGS
from intake.source import Entry, Faults, did_you_mean
from intake.value import Value
from triage.own import OWN, OwnSource
from triage.policies import POLICIES
from triage.rules import RuleBook
from triage.sources import needed

STATED: Mapping[str, tuple[str, ...]] = {
    "regions": ("eu",),
    "single_region": ("yes",),
    "public_body": ("no",),
    "works_council": ("no",),
    "tool_in_catalogue": ("yes",),
    "signatures": ("0",),
}
"""What an example states unless it says otherwise."""


class Given(Value):
    """What was answered and what is stated."""

    answers: Answers
    settings: Mapping[str, tuple[str, ...]]


class Example(Value):
    """`fires` and `misses` say in a few words what the two sides are."""

    rule: str
    policy: str
    fires: str
    firing: Given
    misses: str
    missing: Given


def own_examples(form: Form, own: str) -> tuple[Example, ...]:
    """Those that stand beside the organisation's own rules, in the same file."""
    faults = Faults()
    theirs = OwnSource(own, faults)
    faults.stop_if_any()
    ids = [entry.id for entry in theirs.rules]
    found = [_example(each, ids, form, OWN, faults) for each in theirs.cases]
    faults.stop_if_any()
    return tuple(example for example in found if example)


def load_examples(form: Form, book: RuleBook, folder: Path = POLICIES) -> tuple[Example, ...]:
    """The examples of our policies of the book; Damaged says all faults, rules without one included."""
    faults = Faults()
    examples: list[Example] = []
    for policy in (each for each in book.policies if each.name != OWN):
        ids = [item.id for item in policy.items()]
        entry = needed(folder, f"{policy.name}/cases.yaml", faults)
        if entry:
            found = [_example(each, ids, form, policy.name, faults) for each in entry.items(faults)]
            examples += [example for example in found if example]
            for id_ in sorted(set(ids) - {example.rule for example in found if example}):
                faults.add(
                    entry, f"`{id_}` has no example", "Add one that fires it, and one change that misses it."
                )
    faults.stop_if_any()
    return tuple(examples)


def _example(entry: Entry, ids: Iterable[str], form: Form, policy: str, faults: Faults) -> Example | None:
    before = len(faults.found)
    fields = entry.fields(faults, ("rule", "fires", "given", "misses", "but"))
    if len(fields) < 5:
        return None
    rule = fields["rule"].text(faults)
    if rule not in ids:
        faults.add(fields["rule"], f"`{rule}` is not a rule of this policy", did_you_mean(rule, ids))
    given, but = (dict(_values(fields[name], faults)) for name in ("given", "but"))
    if len(but) != 1:
        faults.add(fields["but"], "must change exactly one thing", "Then it just misses the rule.")
    firing = _given(fields["given"], given, form, faults)
    missing = _given(fields["but"], given | but, form, faults)
    said = {name: fields[name].text(faults) for name in ("fires", "misses")}
    if len(faults.found) > before:
        return None
    return Example(rule=rule, policy=policy, firing=firing, missing=missing, **said)


def _values(entry: Entry, faults: Faults) -> Iterator[tuple[str, object]]:
    plain = entry.plain()
    if not isinstance(plain, dict):
        faults.add(
            entry, "must be a mapping of questions or statements", "Write it as `question: answer` lines."
        )
        return
    yield from plain.items()


def _given(at: Entry, values: Mapping[str, object], form: Form, faults: Faults) -> Given:
    """A statement is written like an answer."""
    settings = {name: _as_stated(value) for name, value in values.items() if name in SETTINGS}
    answers, problems = to_answers(
        form, {name: value for name, value in values.items() if name not in SETTINGS}
    )
    for problem in problems:
        faults.add(at, str(problem), "Look at the form for its questions and choices.")
    return Given(answers=answers, settings={**STATED, **settings})


def _as_stated(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
