"""The page of one use: facts, results, decisions, conditions, questions and reviews, as the tables have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.pack.sections import Cell, Section, Sheet, table
from bot.pack.tally import MET_ALONE, MET_SEEN
from bot.words import Words
from bot.written import Written
from intake.texts import Wording
from triage.case import Case
from triage.reviews import reviews_of

Named = Mapping[str, str]
"""Names of people by their opaque id; empty where a pack is to have none."""


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


def sheet(
    case: Case,
    name: str,
    written: Written,
    words: Words,
    wording: Wording,
    people: Named,
    standing: Iterable[tuple[str, str]] = (),
    onward: Mapping[str, Sequence[Iterable[str | Cell]]] = MappingProxyType({}),
) -> Sheet:
    """The one place that decides what a use's page holds; `standing` and `onward`: of a use under way."""
    (use,) = written.uses
    return Sheet(
        f"uses/{name}.html",
        f"{name}: {case.title or case.tool_name or case.words[:80]}",
        (
            words.label(f"status.{case.status.value}"),
            level(words, "tier", (use["results"] or {}).get("tier")),
        ),
        tuple(_sections(case, use, written, words, wording, people, standing, onward)),
        (
            Cell(words.label("pack.register.title"), "../register.html"),
            Cell(words.label("pack.index"), "../index.html"),
        ),
    )


def _sections(
    case: Case,
    use: Mapping[str, Any],
    written: Written,
    words: Words,
    wording: Wording,
    people: Named,
    standing: Iterable[tuple[str, str]],
    onward: Mapping[str, Sequence[Iterable[str | Cell]]],
) -> Iterable[Section]:
    def section(id: str, rows: Iterable[Iterable[str | Cell]], *, bare: bool = False) -> Iterable[Section]:
        drawn = table(() if bare else words.label(f"pack.use.{id}_heads").split(" | "), rows)
        if drawn.rows:
            yield Section(id, words.label(f"pack.use.{id}"), (), (drawn,))

    yield from section("open", onward.get("open", ()))
    yield from section("about", (*_about(case, use, words, people), *standing), bare=True)
    yield from section("results", _results(use, words), bare=True)
    yield from section("facts", _facts(use, wording, words, people))
    yield from section(
        "decisions",
        (
            (
                *(moment(made["at"]), str(made["kind"]).replace("_", " "), str(made["reason"])),
                ", ".join(f"{who(people, sign['person'])} ({sign['role']})" for sign in made["signatures"]),
                *(made["valid_until"] or "", str(made["id"])),
            )
            for made in written.decisions
        ),
    )
    yield from section(
        "conditions",
        (
            (
                *(str(one["text"]), condition_state(words, one), one["due_on"] or ""),
                *(who(people, one["owner"]), str(one["evidence"] or one["shows"] or "")),
            )
            for one in written.conditions
        ),
    )
    for name in ("tasks", "parts", "readings", "incidents"):
        yield from section(name, onward.get(name, ()))
    yield from section(
        "inquiries",
        (
            (
                moment(each["asked_at"]),
                who(people, each["asked_by"]),
                each["question"],
                each["answer"],
                each["files"],
            )
            for each in written.inquiries
        ),
    )
    yield from section(
        "reviews",
        (
            (
                each.ref,
                words.label(f"dossier.review_state.{each.state}"),
                each.due.isoformat(),
                each.depth.replace("_", " "),
                each.outcome.replace("_", " "),
            )
            for each in reviews_of(case)
        ),
    )
    yield from section(
        "teams",
        ((each["unit"], who(people, each["owner"]), each["joined_at"][:10]) for each in written.deployments),
    )


def condition_state(words: Words, one: Mapping[str, Any]) -> str:
    """In the words of the index; what is met says by whose word it is."""
    met = {True: MET_SEEN, False: MET_ALONE}[bool(one["looked_at_by"])]
    return words.label(f"pack.condition_state.{met if one['state'] == 'met' else one['state']}")


def _about(case: Case, use: Mapping[str, Any], words: Words, people: Named) -> Iterable[tuple[str, str]]:
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


def _results(use: Mapping[str, Any], words: Words) -> Iterable[tuple[str, str]]:
    for kind in ("tier", "eu", "dpia", "iso_impact"):
        if use["results"] and kind in use["results"]:
            yield words.label(f"pack.use.result.{kind}"), level(words, kind, use["results"][kind])


def _facts(
    use: Mapping[str, Any], wording: Wording, words: Words, people: Named
) -> Iterable[tuple[str, str, str, str]]:
    for question, fact in use["facts"].items():
        value = fact["value"] if isinstance(fact["value"], list) else [fact["value"]]
        said = ", ".join(_label(wording, question, each) for each in value if each is not None)
        state = "" if fact["state"] == "answered" else str(fact["state"]).replace("_", " ")
        by = who(people, fact["by"]) or str(fact["from"])
        yield (
            asked(wording, question),
            " ".join(filter(None, (said, f"({state})" if state else ""))),
            by,
            fact["at"][:10],
        )


def asked(wording: Wording, question: str) -> str:
    try:
        return wording.short(question)
    except KeyError:
        return question


def _label(wording: Wording, question: str, choice: str) -> str:
    try:
        return wording.label(question, choice)
    except KeyError:
        return choice
