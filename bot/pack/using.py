"""How the page of one use calls people, moments, levels and answers, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from bot.pack.sections import Cell
from bot.pack.tally import MET_ALONE, MET_SEEN
from bot.words import Words
from intake.form import Form, Kind
from intake.texts import Wording
from triage.case import Case

Named = Mapping[str, str]
"""Names of people by their opaque id; empty where a pack is to have none."""
OURS = ("title", "owner", "unit")
"""Questions of which the register keeps the answer itself."""
STAGE = "stage"
SHORT = 12
"""Characters of a digest by which a person finds it again."""


class Showing(NamedTuple):
    """What every page of a use is drawn with. `day`: that of the pack; `files`: by digest, the form, texts or rules
    that lie in the pack; `roles`: in which role each step was said; `said`: what levels were once put into words.
    """

    words: Words
    wording: Wording
    form: Form
    people: Named
    day: date
    said: dict[tuple[object, ...], str]
    files: Mapping[str, Cell] = MappingProxyType({})
    roles: Mapping[str, str] = MappingProxyType({})


def who(people: Named, person: Any) -> str:
    return people.get(str(person), str(person)) if person else ""


def moment(text: Any) -> str:
    """To the minute, in UTC."""
    return str(text or "")[:16].replace("T", " ")


def level(words: Words, kind: str, bounds: Mapping[str, Any] | None) -> str:
    """`floor` and `ceiling` in words, as one where they meet."""
    if not bounds:
        return words.label("pack.not_judged")
    ends = [_level(words, kind, bounds[end]) for end in ("floor", "ceiling")]
    return words.label("pack.between", floor=ends[0], ceiling=ends[1]) if ends[0] != ends[1] else ends[0]


def _level(words: Words, kind: str, value: Any) -> str:
    key = f"{'tier' if kind == 'tier' else f'{kind}_name'}.{value}"
    return words.label(key) if words.has(key) else str(value)


def condition_state(words: Words, one: Mapping[str, Any]) -> str:
    """In the words of the index; what is met says by whose word it is."""
    met = {True: MET_SEEN, False: MET_ALONE}[bool(one["looked_at_by"])]
    return words.label(f"pack.condition_state.{met if one['state'] == 'met' else one['state']}")


def about(case: Case, use: Mapping[str, Any], words: Words, people: Named) -> Iterable[tuple[str, str]]:
    told = {
        "summary": use["summary"],
        "tool": case.tool_name,
        "unit": case.unit,
        "owner": who(people, case.owner),
        "requester": who(people, case.requester),
        "submitted": moment(use["submitted_at"]),
        "via": case.discovered_via.replace("_", " "),
    }
    return ((words.label(f"pack.use.{name}"), str(value)) for name, value in told.items() if value)


def facts(use: Mapping[str, Any], case: Case, show: Showing) -> Iterator[tuple[str, str, str, str]]:
    """As they were answered: what the register keeps by itself is told above, and a stage may have moved on since."""
    say, wording = show.words.label, show.wording
    for question, fact in use["facts"].items():
        if question in OURS:
            continue
        value = fact["value"] if isinstance(fact["value"], list) else [fact["value"]]
        said = ", ".join(_picked(question, each, show) for each in value if each is not None)
        state = "" if fact["state"] == "answered" else known(show.words, "said", fact["state"])
        answer = " ".join(filter(None, (said, f"({state})" if state else "")))
        if question == STAGE and case.stage_moves:
            answer = say("pack.use.stage_then", said=answer)
        by = who(show.people, fact["by"]) or known(show.words, "dossier.source", fact["from"])
        yield asked(wording, question), answer, by, fact["at"][:10]


def _picked(question: str, each: str, show: Showing) -> str:
    kind = show.form.by_id[question].kind if question in show.form.by_id else None
    return who(show.people, each) if kind is Kind.person else chosen(show.wording, question, each)


def asked(wording: Wording, question: str) -> str:
    try:
        return wording.short(question)
    except KeyError:
        return question


def chosen(wording: Wording, question: str, choice: str) -> str:
    try:
        return wording.label(question, choice)
    except KeyError:
        return choice


def known(words: Words, kind: str, name: object) -> str:
    """A word of ours where there is one; else the name itself."""
    key = f"{kind}.{name}"
    return words.label(key) if words.has(key) else str(name).replace("_", " ")
