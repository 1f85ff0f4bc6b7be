"""What is held of a supplier: documents that end, an assessment that holds while nothing moves below it; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from intake.value import Value
from triage.aims.entry import Draft, Entry, Said, has_ended, last_day
from triage.aims.kinds import kinds
from triage.aims.suppliers import suppliers
from triage.case import Case
from triage.outcome import Refused

PAPER, ASSESSMENT = "supplier_paper", "supplier"
Standing = Literal["none", "waits", "fit", "with_conditions", "not_fit", "short", "stale", "ended"]
"""`short`: the short form stands where the long one is needed. `stale`: what it rests on is other than it was."""
HOLDS: frozenset[Standing] = frozenset(("fit", "with_conditions"))
"""What a yes to a use may rest on."""


class Known(Value):
    """A tool as the register knows it. `facts`: a digest of what was noted of its terms last; "" where nothing was."""

    key: str
    name: str
    vendor: str = ""
    facts: str = ""

    @property
    def names(self) -> frozenset[str]:
        """By which a document may name it; one of its vendor is about all that they make."""
        return frozenset(filter(None, map(same_name, (self.key, self.name, self.vendor))))


class Paper(Value):
    """`checked`: when somebody else looked into it last, and what they found: it `holds`, partly, or not."""

    entry: str
    ref: str
    title: str
    what: str
    until: date | None = None
    lapsed: bool = False
    checked: date | None = None
    holds: str = ""


def same_name(text: str) -> str:
    return " ".join(text.casefold().split())


def key_of(tool_id: str | None, tool_name: str | None) -> str:
    """By which an assessment is found: the id in the catalogue, else the name as people say it."""
    return tool_id or same_name(tool_name or "")[:60].strip()


def is_about(paper: Entry, known: Known) -> bool:
    return same_name(str(paper.said("tool") or "")) in known.names


def paper_of(entry: Entry, day: date) -> Paper | None:
    """None for what counts no more, or not yet."""
    held = entry.in_force
    if held is None:
        return None
    until = last_day(entry)
    seen = next((each for each in reversed(entry.done) if held.since and each.at >= held.since), None)
    return Paper(
        entry=entry.id,
        ref=entry.ref,
        title=str(held.said.get("title", "")),
        what=str(held.said.get("what", "")),
        until=until,
        lapsed=has_ended(entry, day),
        checked=seen.at.date() if seen else None,
        holds=str(seen.said.get("holds", "")) if seen else "",
    )


def papers_of(entries: Iterable[Entry], known: Known, day: date) -> tuple[Paper, ...]:
    """What ends first comes first."""
    found = [paper for each in entries if is_about(each, known) and (paper := paper_of(each, day))]
    return tuple(sorted(found, key=lambda each: (each.until or date.max, each.ref)))


def standing(
    entry: Entry | None, known: Known, papers: Iterable[Paper], day: date, *, long: bool = False
) -> Standing:
    """`long`: whether the long form is needed."""
    held = entry.in_force if entry is not None else None
    if held is None:
        return "waits" if entry is not None and entry.proposed is not None else "none"
    until = _day(held.said.get("until"))
    if until is None or until < day:
        return "ended"
    if str(held.said.get("known", "")) != known.facts or _has_ended_since(held, papers):
        return "stale"
    if long and not is_long(held.said):
        return "short"
    fit = held.said.get("fit")
    return "fit" if fit == "fit" else "with_conditions" if fit == "with_conditions" else "not_fit"


def _has_ended_since(held: Draft, papers: Iterable[Paper]) -> bool:
    """A document that was there when it was looked at, and is over by now."""
    since = held.since.date() if held.since else date.max
    return any(each.lapsed and each.until is not None and each.until >= since for each in papers)


def is_long(said: Mapping[str, Said]) -> bool:
    return all(said.get(each) for each in kinds()[ASSESSMENT].deep)


def lacks(said: Mapping[str, Said]) -> tuple[str, ...]:
    """What the short form still needs before somebody can look at it."""
    return tuple(each for each in suppliers().short if not said.get(each))


def unfinished(entry: Entry) -> bool:
    """Whether what waits lacks a part, and so waits for nobody's yes yet."""
    waits = entry.proposed
    return entry.kind == ASSESSMENT and waits is not None and not waits.retires and bool(lacks(waits.said))


def asked(entry: Entry) -> tuple[str, ...]:
    """The roles whose part is missing; where all that is missing is nobody's part, whoever keeps it."""
    waits = entry.proposed
    missing = set(lacks(waits.said)) if waits is not None else set()
    found = tuple(role for role, fields in suppliers().parts.items() if missing & set(fields))
    return found or (entry.of.keeper,)


def check_whole(waiting: Draft) -> None:
    if missing := lacks(waiting.said):
        raise Refused("supplier_unfinished", count=str(len(missing)))
    if waiting.said.get("fit") == "with_conditions" and not waiting.said.get("bounds"):
        raise Refused("supplier_unfinished", count="1")


def check_as_known(waiting: Draft, known: Known | None, day: date) -> None:
    """Nobody says yes to what is stale already."""
    if known is None or str(waiting.said.get("known", "")) != known.facts:
        raise Refused("supplier_moved")
    until = _day(waiting.said.get("until"))
    if until is None or until <= day:
        raise Refused("supplier_over")


def is_due(case: Case) -> bool:
    """Whether a yes to this use waits for the assessment of its tool; what may still be counts."""
    return bool(key_of(case.tool_id, case.tool_name)) and tier_of(case) >= suppliers().waits_from


def is_long_due(case: Case) -> bool:
    return tier_of(case) >= suppliers().long_from


def needs_long(uses: Mapping[int, int]) -> bool:
    """By how many uses of each tier hang on it."""
    return any(count and tier >= suppliers().long_from for tier, count in uses.items())


def tier_of(case: Case) -> int:
    """At most; the highest where nothing was judged."""
    return int(case.verdict.tier.ceiling) if case.verdict is not None else 4


def _day(said: Said | None) -> date | None:
    return date.fromisoformat(str(said)) if said else None
