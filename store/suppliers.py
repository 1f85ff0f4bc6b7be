"""Tools with what is held of their suppliers: documents, assessment, and how many approved uses hang on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from store import entries
from store.tables import ToolRow, UseRow
from store.tools import facts_of, noted_by, part
from store.visibility import visible
from store.watch import IN_USE
from triage.aims import supplied
from triage.aims.entry import Entry, last_day
from triage.aims.supplied import ASSESSMENT, HOLDS, PAPER, Known, Paper, Standing
from triage.aims.suppliers import NAME
from triage.asset import CHANGES
from triage.case import Case
from triage.lifecycle import WAITING
from triage.register import Reader
from triage.underlying import STANDS, Underlying

TIERS = (1, 2, 3, 4)
WAITS = tuple(sorted(status.value for status in WAITING))


class Held(NamedTuple):
    """One tool: `uses`: how many approved ones of each tier the reader may know of."""

    known: Known
    entry: Entry | None
    standing: Standing
    papers: tuple[Paper, ...]
    uses: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.uses.values())

    @property
    def next_day(self) -> date | None:
        """On which the first of all this ends that has not ended yet."""
        until = last_day(self.entry) if self.entry is not None and self.standing != "ended" else None
        return min(
            filter(None, (until, *(each.until for each in self.papers if not each.lapsed))), default=None
        )


def known(session: Session, key: str, name: str = "") -> Known:
    """By its id, or as people call it."""
    row = session.get(ToolRow, key)
    if row is None:
        return Known(key=key, name=name or key)
    return _known(row)


def _known(row: ToolRow) -> Known:
    noted: dict[str, str] = {what: str(part(row.record, what).get("terms", "")) for what in CHANGES}
    return Known(key=row.id, name=row.name, vendor=row.vendor, facts=facts_of(noted))


def of_case(session: Session, case: Case, day: date) -> Held | None:
    """None where nobody said yet which tool it is."""
    key = supplied.key_of(case.tool_id, case.tool_name)
    if not key:
        return None
    papers = entries.of_kind(session, PAPER, "in_force")
    tool = known(session, key, case.tool_name)
    return _held(session, tool, papers, day, {}, long=supplied.is_long_due(case))


def of_key(session: Session, key: str, day: date, reader: Reader | None = None) -> Held:
    papers, found = entries.of_kind(session, PAPER, "in_force"), used(session, reader).get(key)
    tool, uses = known(session, key, found.name if found else ""), found.uses if found else {}
    return _held(session, tool, papers, day, uses, long=supplied.needs_long(uses))


def _held(
    session: Session,
    tool: Known,
    papers: Iterable[Entry],
    day: date,
    uses: Mapping[int, int],
    *,
    long: bool = False,
) -> Held:
    entry = entries.load(session, f"{ASSESSMENT}:{tool.key}")
    theirs = supplied.papers_of(papers, tool, day)
    return Held(tool, entry, supplied.standing(entry, tool, theirs, day, long=long), theirs, uses)


def underlying(session: Session, case: Case, day: date) -> Underlying:
    """What a yes to this use rests on, and whether it waits for it."""
    held = of_case(session, case, day)
    entry = held.entry.in_force if held and held.entry else None
    digest = f"{held.entry.ref}.{entry.number}" if held and held.entry and entry else ""
    standing = held.standing if held else "none"
    return Underlying(
        name=NAME,
        title=held.known.name if held else "",
        due=supplied.is_due(case),
        standing=STANDS if standing in HOLDS else standing,
        digest=digest,
        refusal="supplier_first",
    )


class Used(NamedTuple):
    name: str
    uses: dict[int, int]


def used(session: Session, reader: Reader | None, *, confidential: bool = False) -> dict[str, Used]:
    """By tool, the approved uses of each tier, also none where one waits.

    Without a reader those that are confidential only where it is asked.
    """
    tier = func.coalesce(UseRow.tier_final, UseRow.tier_ceiling)
    query = select(UseRow.tool_id, UseRow.tool_name, UseRow.state, tier)
    query = query.where(col(UseRow.state).in_((*IN_USE, *WAITS)))
    if reader is not None:
        query = query.where(visible(reader))
    elif not confidential:
        query = query.where(col(UseRow.confidential).is_(False))
    found: dict[str, Used] = {}
    for tool, name, state, at_most in session.exec(query):
        if key := supplied.key_of(tool, name):
            one = found.setdefault(key, Used(name or key, defaultdict(int)))
            if state in IN_USE:
                one.uses[at_most or TIERS[-1]] += 1
    return found


def hang(hangs: dict[str, Used], case: Case) -> None:
    """One more approved use of its tool."""
    if key := supplied.key_of(case.tool_id, case.tool_name):
        one = hangs.setdefault(key, Used(case.tool_name or key, defaultdict(int)))
        one.uses[supplied.tier_of(case)] += 1


def in_use(session: Session) -> Iterator[tuple[str, Known]]:
    """Every use in use with its tool, those that are confidential, too."""
    tools = {row.id: _known(row) for row in session.exec(select(ToolRow))}
    query = select(UseRow.id, UseRow.tool_id, UseRow.tool_name).where(col(UseRow.state).in_(IN_USE))
    for use, tool, name in session.exec(query.order_by(UseRow.id)):
        if key := supplied.key_of(tool, name):
            yield use, tools.get(key) or Known(key=key, name=name or key)


class Supplies:
    """All that is held, read once: for whoever asks about many uses. `until`: as it was at a moment, also by what was
    noted of terms until then.
    """

    def __init__(self, session: Session, day: date, until: datetime | None = None) -> None:
        self._day, self._until = day, until
        self._noted = noted_by(session, until) if until is not None else {}
        self._tools = {row.id: row for row in session.exec(select(ToolRow))}
        self.papers = as_of(entries.of_kind(session, PAPER), until)
        self._stated = {each.name: each for each in as_of(entries.of_kind(session, ASSESSMENT), until)}

    def of_case(self, case: Case) -> Held | None:
        key = supplied.key_of(case.tool_id, case.tool_name)
        return self._held(key, case.tool_name, {}, long=supplied.is_long_due(case)) if key else None

    def every(self, hangs: Mapping[str, Used]) -> list[Held]:
        """Each tool that something hangs on, or of which something is stated: the most approved uses first."""
        stated = {name for name, each in self._stated.items() if each.state in ("in_force", "proposed")}
        found = []
        for key in hangs.keys() | stated:
            name, uses = hangs.get(key, Used("", {}))
            found.append(self._held(key, name, uses, long=supplied.needs_long(uses)))
        return sorted(found, key=lambda each: (-each.total, same(each), each.known.key))

    def _held(self, key: str, name: str, uses: Mapping[int, int], *, long: bool) -> Held:
        entry = self._stated.get(key)
        tool = _known(self._tools[key]) if key in self._tools else Known(key=key, name=name or key)
        papers = supplied.papers_of(self.papers, tool, self._day)
        counts = entry.in_force if entry is not None else None
        if self._until is not None:
            rested_on = str(counts.said.get("known", "")) if counts is not None else ""
            tool = tool.model_copy(update={"facts": self._facts(key, rested_on)})
        return Held(tool, entry, supplied.standing(entry, tool, papers, self._day, long=long), papers, uses)

    def _facts(self, key: str, rested_on: str) -> str:
        """What was noted by then; where its words are gone, nobody can say that it was anything else."""
        noted = self._noted.get(key, {})
        words = {what: text for what, text in noted.items() if text is not None}
        return facts_of(words) if len(words) == len(noted) else rested_on


def as_of(found: Iterable[Entry], until: datetime | None) -> list[Entry]:
    """As they were at a moment; without those that began later."""
    if until is None:
        return list(found)
    then = ((each, each.until(until)) for each in found)
    return [Entry(id=e.id, kind=e.kind, name=e.name, ref=e.ref, steps=steps) for e, steps in then if steps]


def overview(
    session: Session, day: date, reader: Reader | None = None, *, confidential: bool = False
) -> list[Held]:
    """Every tool that uses hang on, or would, or of which something is stated."""
    return Supplies(session, day).every(used(session, reader, confidential=confidential))


def same(held: Held) -> str:
    return held.known.name.casefold()


def loose(papers: Iterable[Entry], tools: Sequence[Held]) -> list[Entry]:
    """Documents that are about no tool that is known here."""
    taken = {each.entry for tool in tools for each in tool.papers}
    return [each for each in papers if each.id not in taken]
