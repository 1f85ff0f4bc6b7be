"""The examples beside the rules: for each rule answers that fire it, and one change that just misses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from intake.answers import Answer, Answers
from intake.check import Problem, to_answers
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
    "tier_decided": ("none",),
    "practice_excepted": ("none",),
}
"""What an example states unless it says otherwise."""
SAID = "settings"
"""Where an example says otherwise, for both of its sides."""
_NEEDED = ("rule", "fires", "given", "misses", "but")


class Given(Value):
    """What was answered and what is stated."""

    answers: Answers
    settings: Mapping[str, tuple[str, ...]]


class Example(Value):
    """`fires` and `misses` say in a few words what the two sides are; `lines`: where the two of them stand."""

    rule: str
    policy: str
    fires: str
    firing: Given
    misses: str
    missing: Given
    lines: tuple[int, int] = (1, 1)


def own_examples(form: Form, own: str) -> tuple[Example, ...]:
    """Those that stand beside the organisation's own rules, in the same file."""
    faults = Faults()
    theirs = OwnSource(own, faults)
    faults.stop_if_any()
    ids = [entry.id for entry in (*theirs.rules, *theirs.seats)]
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
    fields = entry.fields(faults, _NEEDED, (SAID,))
    if len(fields.keys() & set(_NEEDED)) < len(_NEEDED):
        return None
    rule = fields["rule"].text(faults)
    if rule not in ids:
        faults.add(fields["rule"], f"`{rule}` is not a rule of this policy", did_you_mean(rule, ids))
    stated = dict(_settings(fields[SAID], faults)) if SAID in fields else {}
    given, but = (dict(_values(fields[name], faults)) for name in ("given", "but"))
    if len(but) != 1:
        faults.add(fields["but"], "must change exactly one thing", "Then it just misses the rule.")
    firing = _given(stated | given, form, faults)
    _given(but, form, faults)
    missing = _given(stated | given | but, form, Faults())  # all of whose faults are told by now
    said = {name: fields[name].text(faults) for name in ("fires", "misses")}
    if len(faults.found) > before:
        return None
    lines = (fields["fires"].line, fields["misses"].line)
    return Example(rule=rule, policy=policy, firing=firing, missing=missing, lines=lines, **said)


def _values(entry: Entry, faults: Faults) -> Iterator[tuple[str, Entry]]:
    if not isinstance(entry.value, dict):
        mend = "Write it as `question: answer` lines."
        faults.add(entry, "must be a mapping of questions or statements", mend)
        return
    for name, below in entry.value.items():
        if name == SAID:
            yield from _settings(below, faults)
        else:
            yield name, below


def _settings(entry: Entry, faults: Faults) -> Iterator[tuple[str, Entry]]:
    if not isinstance(entry.value, dict):
        faults.add(entry, "must be a mapping of settings", 'Write it as `{tool_in_catalogue: "no"}`.')
        return
    for name, below in entry.value.items():
        if name in SETTINGS:
            yield name, below
        else:
            faults.add(below, f"`{name}` is not a setting", did_you_mean(name, SETTINGS))


def _given(values: Mapping[str, Entry], form: Form, faults: Faults) -> Given:
    """A statement is written like an answer."""
    settings = {name: _stated(name, at, faults) for name, at in values.items() if name in SETTINGS}
    answers: dict[str, Answer] = {}
    for name, at in values.items():
        if name not in SETTINGS:
            found, problems = to_answers(form, {name: at.plain()})
            answers |= found
            for problem in problems:
                faults.add(at, *_told(problem, form))
    return Given(answers=answers, settings={**STATED, **settings})


def _told(problem: Problem, form: Form) -> tuple[str, str]:
    """As it is said of a condition."""
    question = form.by_id.get(problem.question)
    if question is None:
        mend = did_you_mean(problem.question, [*form.by_id, *SETTINGS])
        return f"`{problem.question}` is not a question", mend
    choice = str(problem.facts.get("choice", problem.facts.get("value", "")))
    if question.choices and choice and choice not in question.choice_ids:
        known = [each.id for each in question.choices]
        return f"`{choice}` is not a choice of `{question.id}`", did_you_mean(choice, known)
    return str(problem), "Look at the form for its questions and choices."


def _stated(name: str, at: Entry, faults: Faults) -> tuple[str, ...]:
    plain = at.plain()
    stated = tuple(map(str, plain)) if isinstance(plain, list) else (str(plain),)
    known = SETTINGS[name]
    for each in stated:
        if known is not None and each not in known:
            faults.add(
                at,
                f"`{each}` is not a value of `{name}`",
                _quoted(plain, known) or did_you_mean(each, sorted(known)),
            )
    return stated


def _quoted(plain: object, known: Iterable[str]) -> str:
    if isinstance(plain, bool) and "yes" in known:
        return f'Write "{"yes" if plain else "no"}", in quotation marks.'
    return ""
