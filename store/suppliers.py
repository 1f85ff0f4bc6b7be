"""Tools with what is held of their suppliers: documents, assessment, and how many approved uses hang on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from store import entries
from store.tables import ToolRow, UseRow
from store.tools import part, terms_digest
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
        """On which the first of all this ends, or has ended."""
        until = last_day(self.entry) if self.entry is not None else None
        return min(filter(None, (until, *(each.until for each in self.papers))), default=None)


def known(session: Session, key: str, name: str = "") -> Known:
    """By its id, or as people call it."""
    row = session.get(ToolRow, key)
    if row is None:
        return Known(key=key, name=name or key)
    return _known(row)


def _known(row: ToolRow) -> Known:
    noted = [str(part(row.record, what).get("terms", "")) for what in CHANGES]
    facts = terms_digest("\n\0".join(noted))[:32] if any(noted) else ""
    return Known(key=row.id, name=row.name, vendor=row.vendor, facts=facts)


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
    query = select(UseRow.tool_id, UseRow.tool_name, UseRow.tier_final, UseRow.tier_ceiling, UseRow.state)
    query = query.where(col(UseRow.state).in_((*IN_USE, *WAITS)))
    if reader is not None:
        query = query.where(visible(reader))
    elif not confidential:
        query = query.where(col(UseRow.confidential).is_(False))
    found: dict[str, Used] = {}
    for tool, name, final, ceiling, state in session.exec(query):
        if key := supplied.key_of(tool, name):
            one = found.setdefault(key, Used(name or key, defaultdict(int)))
            if state in IN_USE:
                one.uses[final or ceiling or TIERS[-1]] += 1
    return found


def overview(
    session: Session, day: date, reader: Reader | None = None, *, confidential: bool = False
) -> list[Held]:
    """Every tool that uses hang on, or would, or of which something is held: the most approved uses first."""
    hangs = used(session, reader, confidential=confidential)
    stated = {each.name: each for each in entries.of_kind(session, ASSESSMENT, "in_force", "proposed")}
    papers = entries.of_kind(session, PAPER, "in_force")
    rows = {row.id: row for row in session.exec(select(ToolRow).where(_among(hangs.keys() | stated.keys())))}
    found = []
    for key in hangs.keys() | stated.keys():
        tool = (
            _known(rows[key])
            if key in rows
            else Known(key=key, name=hangs[key].name if key in hangs else key)
        )
        theirs = supplied.papers_of(papers, tool, day)
        uses = hangs[key].uses if key in hangs else {}
        standing = supplied.standing(stated.get(key), tool, theirs, day, long=supplied.needs_long(uses))
        found.append(Held(tool, stated.get(key), standing, theirs, uses))
    return sorted(found, key=lambda each: (-each.total, same(each), each.known.key))


def same(held: Held) -> str:
    return held.known.name.casefold()


def _among(keys: Iterable[str]) -> Any:
    return col(ToolRow.id).in_(sorted(keys))


def loose(papers: Iterable[Entry], tools: Sequence[Held]) -> list[Entry]:
    """Documents that are about no tool that is known here."""
    taken = {each.entry for tool in tools for each in tool.papers}
    return [each for each in papers if each.id not in taken]
