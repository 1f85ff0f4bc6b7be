"""What each policy answers of its source, point by point: by which rules, or why by none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from intake.source import Entry, Faults, did_you_mean
from intake.value import Value
from triage.policies import POLICIES
from triage.rules import Policy, RuleBook
from triage.sources import needed


class Point(Value):
    """`by`: rules, duties and calls of any policy; empty where `because` says why there are none."""

    policy: str
    id: str
    title: str
    by: tuple[str, ...] = ()
    because: str = ""


def load_points(book: RuleBook, folder: Path = POLICIES) -> tuple[Point, ...]:
    """The points of all policies of the book; raises Damaged with all faults: unknown rules, rules without a point."""
    faults = Faults()
    points: list[Point] = []
    entries: list[tuple[Policy, Entry]] = []
    for policy in book.policies:
        entry = needed(folder, f"{policy.name}/points.yaml", faults)
        if entry:
            entries.append((policy, entry))
            points += [_point(each, policy.name, book, faults) for each in entry.items(faults)]
    answering = {id_ for point in points for id_ in point.by}
    for policy, entry in entries:
        for id_ in sorted({item.id for item in policy.items()} - answering):
            faults.add(entry, f"`{id_}` answers no point", "Name it at the point for which it is there.")
    faults.stop_if_any()
    return tuple(points)


def _point(entry: Entry, policy: str, book: RuleBook, faults: Faults) -> Point:
    fields = entry.fields(faults, ("id", "title"), ("by", "because"))
    told = {name: fields[name].text(faults) for name in ("id", "title", "because") if name in fields}
    by = tuple(fields["by"].texts(faults)) if "by" in fields else ()
    if bool(by) == ("because" in fields):
        faults.add(entry, "must say either by what or why not", "Write `by:` or `because:`, one of them.")
    for id_ in by:
        if id_ not in book.policy_of:
            faults.add(fields["by"], f"`{id_}` is not a rule here", did_you_mean(id_, book.policy_of))
    return Point(policy=policy, by=by, **{"id": "", "title": "", **told})


def page(points: Iterable[Point], book: RuleBook) -> str:
    """All points in Markdown, a table for each policy."""
    points = tuple(points)
    answered = sum(1 for point in points if point.by)
    lines = [
        "# What the policies answer",
        "",
        f"Of {len(points)} points {answered} are answered by a rule, a duty or a call; for the other "
        f"{len(points) - answered} it says why not.",
        "Made by `steward policy coverage`. It sorts by rules whose sources it names, and is no legal advice.",
    ]
    for policy in book.policies:
        own = [point for point in points if point.policy == policy.name]
        lines += ["", f"## {policy.title}", "", "| Point | What | Answered by |", "|---|---|---|"]
        lines += [f"| {point.id} | {point.title} | {_answer(point)} |" for point in own]
    return "\n".join(lines) + "\n"


def _answer(point: Point) -> str:
    return ", ".join(_named(point.by)) or point.because


def _named(ids: Iterable[str]) -> Iterator[str]:
    return (f"`{id_}`" for id_ in ids)
