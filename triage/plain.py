"""Conditions and policies as a person reads them: the form's own words instead of ids, and no brackets of code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from intake.condition import Always, Asked, Condition, Every, Not, Some, Stated
from intake.form import Form
from intake.texts import Wording
from triage.examples import Example
from triage.rules import Call, Duty, Gate, Item, Policy, RuleBook, Seat
from triage.sources import TASK, to_key

SETTING_WORDS = {
    "regions": "the organisation works in",
    "single_region": "the organisation works in one region only",
    "public_body": "the organisation is a public body",
    "sector": "the organisation's sector",
    "works_council": "there is a works council",
    "tool_in_catalogue": "the tool is in the catalogue",
    "signatures": "people who signed that the exception applies",
    "tier_decided": "the tier that two people set instead",
    "practice_excepted": "practices of which two people said that the ban leaves them out",
}
"""How a fact that the organisation or the request states is named."""


def in_words(condition: Condition, form: Form, wording: Wording, deep: int = 0) -> Iterator[str]:
    """Lines of a list in Markdown: what has to be so, one thing a line, what belongs together below its heading."""
    match condition:
        case Always():
            yield _line(deep, "always")
        case Asked(question=name, picked=picked):
            yield _line(deep, f"{wording.short(name)}: {_picked(name, picked, form, wording)}")
        case Stated(setting=name, values=values):
            yield _line(deep, f"{SETTING_WORDS.get(name, name)}: {_listed(sorted(values))}")
        case Not(of=Some(of=parts, count=1)):
            yield from _group(deep, "none of these", parts, form, wording)
        case Not(of=part):
            yield from _group(deep, "not so", (part,), form, wording)
        case Every(of=(part,)) | Some(of=(part,), count=1):
            yield from in_words(part, form, wording, deep)
        case Every(of=parts):
            yield from _group(deep, "all of these", parts, form, wording)
        case Some(of=parts, count=count):
            least = "any of these" if count == 1 else f"at least {count} of these"
            yield from _group(deep, least, parts, form, wording)


def _group(
    deep: int, heading: str, parts: Iterable[Condition], form: Form, wording: Wording
) -> Iterator[str]:
    yield _line(deep, f"{heading}:")
    seen: set[str] = set()
    for part in parts:
        told = "\n".join(in_words(part, form, wording, deep + 1))
        if told not in seen:
            yield told
        seen.add(told)


def _line(deep: int, told: str) -> str:
    return f"{'  ' * deep}- {told}"


def _picked(question: str, picked: frozenset[str], form: Form, wording: Wording) -> str:
    """Where nearly all choices count, those that do not are shorter to read."""
    choices = [choice.id for choice in form.by_id[question].choices]
    rest = [choice for choice in choices if choice not in picked]
    if len(picked) > 6 and len(rest) <= 2:
        return (
            f"anything but {_listed([wording.label(question, choice) for choice in rest])}"
            if rest
            else "anything"
        )
    return _listed([wording.label(question, choice) for choice in choices if choice in picked])


def _listed(parts: list[str]) -> str:
    return " *or* ".join(f"“{part}”" for part in parts)


def page(policy: Policy, book: RuleBook, form: Form, wording: Wording, examples: Iterable[Example]) -> str:
    """A policy in Markdown: every rule with its sentence, condition, source, and an example on both sides."""
    shown = {example.rule: example for example in examples if example.policy == policy.name}
    lines = [
        f"# {policy.title}",
        "",
        f"`{policy.name}`, version {policy.version}, since {policy.effective}, digest `{policy.digest[:12]}`.",
        f"Source: {' '.join(policy.source.split())}",
        "",
        "This sorts by rules whose sources it names. It is no legal advice; where the two differ, the source is right.",
    ]
    for heading, items in _sections(policy, book):
        lines += ["", f"## {heading}"]
        for item in items:
            lines += ["", *_item(item, book, form, wording, shown)]
    lines += _moved(policy, book)
    return "\n".join(lines) + "\n"


def _sections(policy: Policy, book: RuleBook) -> Iterator[tuple[str, list[Item]]]:
    for result in book.results:
        for level in reversed(result.levels):
            found: list[Item] = [r for r in policy.rules if (r.result, r.level) == (result.name, level)]
            if found:
                yield f"{result.name}: {level}", found
    if policy.duties:
        yield "Duties", list(policy.duties)
    if policy.calls:
        yield "What a use calls for", list(policy.calls)
    if policy.seats:
        yield "Whose yes it needs", list(policy.seats)
    if policy.gates:
        yield "What must exist before it moves on", list(policy.gates)


def _moved(policy: Policy, book: RuleBook) -> Iterator[str]:
    """What an organisation changed in rules of ours."""
    if policy.changes:
        yield from ("", "## Rules of Steward's that count at another level here")
    for change in policy.changes:
        yield from ("", f"### {book.sentence(change.rule)}", "")
        yield f"`{change.rule}`: {change.level} in place of {change.was}. Source: {' '.join(change.source.split())}"


def _called(call: Call, book: RuleBook) -> Iterator[str]:
    for kind, things in call.things.items():
        told = "; ".join(f"{book.sentence(to_key(kind, thing))} (`{thing}`)" for thing in things)
        yield f"- {kind}: {told}"
    if call.review_months:
        yield f"- reviewed at least every {call.review_months} months"


def _seat(seat: Seat) -> Iterator[str]:
    yield f"- whose yes: {seat.role.replace('_', ' ')}{f', {seat.people} people' if seat.people > 1 else ''}"
    yield f"- step {seat.step}{', by somebody who fills no other seat' if seat.apart else ''}"
    for what, roles in (("in their place", seat.fallback), ("not where one of these is called", seat.unless)):
        if roles:
            yield f"- {what}: {', '.join(role.replace('_', ' ') for role in roles)}"


def _gate(gate: Gate, book: RuleBook) -> Iterator[str]:
    yield f"- before: {gate.before.replace('_', ' ')}, within {gate.days} working days"
    yield from (f"- {book.sentence(to_key(TASK, task))} (`{task}`)" for task in gate.tasks)


def _item(
    item: Item, book: RuleBook, form: Form, wording: Wording, shown: Mapping[str, Example]
) -> Iterator[str]:
    since = f", owed from {item.since} on" if isinstance(item, Duty) else ""
    yield f"### {book.sentence(item.id)}"
    yield ""
    yield f"`{item.id}`{since}. Source: {' '.join(item.source.split())}"
    if isinstance(item, Call):
        yield ""
        yield from _called(item, book)
    if isinstance(item, Seat):
        yield ""
        yield from _seat(item)
    if isinstance(item, Gate):
        yield ""
        yield from _gate(item, book)
    yield ""
    yield from in_words(item.when, form, wording)
    if example := shown.get(item.id):
        yield ""
        yield f"Fires: {example.fires}. Just misses: {example.misses}."
