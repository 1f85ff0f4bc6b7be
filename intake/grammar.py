"""The words in which forms and rules write conditions, read into `intake.condition` and written back.

{question: data, is: personal}            one: it was picked; a list means any of them
{question: data, contains: [special]}     many: it is among the picked
{setting: regions, is: eu}                what the organisation or the request states
{all: [..]} {any: [..]} {none: [..]} {not: {..}} {at_least: {count: 2, of: [..]}}
{term: impact}                            a condition that the file, or the form, has named
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from intake.condition import Always, Asked, Condition, Every, Not, Some, Stated
from intake.form import Kind, Question
from intake.reach import can_hold
from intake.source import Entry, Faults, did_you_mean

SETTINGS: Mapping[str, frozenset[str] | None] = {
    "regions": frozenset(("eu", "uk", "us", "canada", "other")),
    "single_region": frozenset(("yes", "no")),
    "public_body": frozenset(("yes", "no")),
    "sector": None,
    "works_council": frozenset(("yes", "no")),
    "tool_in_catalogue": frozenset(("yes", "no")),
    "signatures": frozenset(("0", "1", "2")),
    # What two people settled beside the rules: another tier, practices that the ban leaves out.
    "tier_decided": frozenset(("none", "1", "2", "3", "4")),
    "practice_excepted": frozenset(
        ("none", "crime_prediction", "emotion_work_school", "sensitive_biometric_cat", "realtime_rbi")
    ),
    # The results as they stand (the ceiling), for questions that are asked after triage.
    "eu": frozenset(("out_of_scope", "minimal", "limited", "high", "prohibited")),
    "tier": frozenset(("1", "2", "3", "4")),
}
"""What may be stated, and its values; None: any text."""

MEANT: Mapping[str, str] = {
    "and": "all",
    "both": "all",
    "or": "any",
    "either": "any",
    "neither": "none",
    "nor": "none",
    "unless": "none",
    "except": "none",
}
"""Words for the same in other languages of rules."""

Extra = Callable[[Entry, Faults], Condition]
NEVER = Some(of=())
"""Stands in for a condition that could not be read; its fault is already noted."""


@dataclass(frozen=True)
class Vocabulary:
    """What a condition may speak of; `extra` adds conditions by their leading word (a rule's `result`)."""

    questions: Mapping[str, Question]
    settings: Mapping[str, frozenset[str] | None] = field(default_factory=lambda: SETTINGS)
    terms: Mapping[str, Condition] = field(default_factory=dict)
    extra: Mapping[str, Extra] = field(default_factory=dict)
    gates: Mapping[str, Condition] = field(default_factory=dict)


def parse_condition(
    entry: Entry, faults: Faults, words: Vocabulary, *, may_never_hold: bool = False
) -> Condition:
    """The condition; whatever is wrong with it becomes faults, and so does one that can never hold."""
    before = len(faults.found)
    condition = _parse(entry, faults, words)
    if may_never_hold:
        return condition
    if len(faults.found) == before and not can_hold(condition, words.questions, words.gates):
        faults.add(entry, "can never hold", "Remove it, or take out the part that contradicts the rest.")
    return condition


def parse_terms(entry: Entry, faults: Faults, words: Vocabulary) -> dict[str, Condition]:
    """The named conditions of a file; each may use those of `words` and those above it."""
    terms = dict(words.terms)
    if not isinstance(entry.value, dict):
        faults.add(entry, "must be a mapping of names to conditions", "Write it as `name: {...}` lines.")
        return terms
    for name, below in entry.value.items():
        if name in terms:
            faults.add(below, f"the term `{name}` has been taken", "Choose another name.")
        scope = Vocabulary(words.questions, words.settings, dict(terms), words.extra, words.gates)
        terms[name] = parse_condition(below, faults, scope)
    return terms


def _parse(entry: Entry, faults: Faults, words: Vocabulary) -> Condition:
    if not isinstance(entry.value, dict) or not entry.value:
        faults.add(entry, "is not a condition", "Write `{question: …, is: …}`, `{all: […]}` or the like.")
        return NEVER
    lead = next((word for word in (*words.extra, *_READERS) if word in entry.value), None)
    if lead is None:
        known = (*_READERS, *words.extra)
        first = next(iter(entry.value))
        meant = MEANT.get(first.lower().replace(" ", "_"))
        mend = f"Did you mean `{meant}`?" if meant else did_you_mean(first, known)
        faults.add(entry, f"`{first}` does not begin a condition", mend)
        return NEVER
    if lead in words.extra:
        return words.extra[lead](entry, faults)
    return _READERS[lead](entry, faults, words)


def _question(entry: Entry, faults: Faults, words: Vocabulary) -> Condition:
    fields = entry.fields(faults, needed=("question",), allowed=("is", "contains"))
    name = fields["question"].text(faults)
    question = words.questions.get(name)
    if question is None:
        mend = did_you_mean(name, words.questions)
        faults.add(fields["question"], f"`{name}` is not a question that may be looked at here", mend)
        return NEVER
    if question.kind not in (Kind.one, Kind.many):
        faults.add(fields["question"], f"`{name}` has no choices", "Only `one` and `many` can be compared.")
        return NEVER
    operator = "contains" if question.kind is Kind.many else "is"
    other = "is" if operator == "contains" else "contains"
    if other in fields:
        problem = f"`{other}` does not fit `{name}`, which is a `{question.kind}` question"
        faults.add(fields[other], problem, f"Write `{operator}`.")
        return NEVER
    if operator not in fields:
        faults.add(entry, f"`{operator}` is missing", f"Add `{operator}:` with one choice or a list.")
        return NEVER
    picked = _known(fields[operator], faults, sorted(question.choice_ids), f"choice of `{name}`")
    return Asked(question=name, picked=frozenset(picked)) if picked else NEVER


def _setting(entry: Entry, faults: Faults, words: Vocabulary) -> Condition:
    fields = entry.fields(faults, needed=("setting", "is"))
    if len(fields) < 2:
        return NEVER
    name = fields["setting"].text(faults)
    if name not in words.settings:
        faults.add(fields["setting"], f"`{name}` is not a setting", did_you_mean(name, words.settings))
        return NEVER
    values = words.settings[name]
    if values is None:
        picked = fields["is"].texts(faults)
    else:
        picked = _known(fields["is"], faults, sorted(values), f"value of `{name}`")
    return Stated(setting=name, values=frozenset(picked)) if picked else NEVER


def _known(entry: Entry, faults: Faults, known: list[str], what: str) -> list[str]:
    found = []
    for at, text in zip(_each(entry), entry.texts(faults), strict=False):
        if text in known:
            found.append(text)
        elif text:
            faults.add(at, f"`{text}` is not a {what}", did_you_mean(text, known))
    return found


def _each(entry: Entry) -> list[Entry]:
    return entry.value if isinstance(entry.value, list) else [entry]


def _parts(entry: Entry, faults: Faults, words: Vocabulary) -> tuple[Condition, ...]:
    return tuple(_parse(part, faults, words) for part in entry.items(faults))


def _all(entry: Entry, faults: Faults, words: Vocabulary) -> Condition:
    return Every(of=_parts(_only(entry, faults, "all"), faults, words))


def _any(entry: Entry, faults: Faults, words: Vocabulary) -> Condition:
    return Some(of=_parts(_only(entry, faults, "any"), faults, words))


def _none(entry: Entry, faults: Faults, words: Vocabulary) -> Condition:
    return Not(of=Some(of=_parts(_only(entry, faults, "none"), faults, words)))


def _not(entry: Entry, faults: Faults, words: Vocabulary) -> Condition:
    return Not(of=_parse(_only(entry, faults, "not"), faults, words))


def _at_least(entry: Entry, faults: Faults, words: Vocabulary) -> Condition:
    fields = _only(entry, faults, "at_least").fields(faults, needed=("count", "of"))
    if len(fields) < 2:
        return NEVER
    parts = _parts(fields["of"], faults, words)
    count = fields["count"].whole(faults)
    if parts and not 1 <= count <= len(parts):
        faults.add(fields["count"], f"must lie between 1 and {len(parts)}", "Count the parts below `of`.")
        return NEVER
    return Some(of=parts, count=max(count, 1))


def _term(entry: Entry, faults: Faults, words: Vocabulary) -> Condition:
    named = _only(entry, faults, "term")
    name = named.text(faults)
    term = words.terms.get(name)
    if term is None:
        faults.add(named, f"`{name}` is not a term", did_you_mean(name, words.terms))
        return NEVER
    if later := sorted(term.questions() - words.questions.keys()):
        problem = f"the term `{name}` looks at {', '.join(later)}, which may not be looked at here"
        faults.add(named, problem, "Ask that question earlier, or write the condition out.")
        return NEVER
    return term


def _only(entry: Entry, faults: Faults, word: str) -> Entry:
    return entry.fields(faults, needed=(word,))[word]


_READERS: Mapping[str, Callable[[Entry, Faults, Vocabulary], Condition]] = {
    "question": _question,
    "setting": _setting,
    "all": _all,
    "any": _any,
    "none": _none,
    "not": _not,
    "at_least": _at_least,
    "term": _term,
}


def to_plain(condition: Condition, questions: Mapping[str, Question]) -> object:
    """The condition in the words of the grammar, terms written out; None if it always holds."""
    match condition:
        case Always():
            return None
        case Asked():
            many = questions[condition.question].kind is Kind.many
            order = [choice.id for choice in questions[condition.question].choices]
            picked = sorted(condition.picked, key=order.index)
            return {"question": condition.question, "contains" if many else "is": _bare(picked)}
        case Stated():
            return {"setting": condition.setting, "is": _bare(sorted(condition.values))}
        case Every():
            return {"all": [to_plain(part, questions) for part in condition.of]}
        case Some(count=1):
            return {"any": [to_plain(part, questions) for part in condition.of]}
        case Some():
            parts = [to_plain(part, questions) for part in condition.of]
            return {"at_least": {"count": condition.count, "of": parts}}
        case Not(of=Some(count=1) as some):
            return {"none": [to_plain(part, questions) for part in some.of]}
        case Not():
            return {"not": to_plain(condition.of, questions)}
    raise TypeError(f"{type(condition).__name__} has no words of its own here")


def _bare(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values
