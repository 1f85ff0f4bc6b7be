"""What changed of tools, by hand or by a file: noted once, and each use in use that it concerns gets a review."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256
from typing import Literal, NamedTuple

from bot.inventory.lines import Bad, Row
from bot.office import Office, tool_named
from intake.tool import Tool
from store import tools
from store.tables import DoneRow
from store.tools import TERMS, terms_digest
from triage.asset import CHANGES, Asset, Change
from triage.reviewed import Cause
from triage.reviewwishes import OpenReview

COLUMNS = frozenset({"tool", "what", "changed", "day", "link"})
LONGEST = 4000
AT_ONCE = 50
Through = Literal["command", "file"]
"""How it came in, at the command line both times; the trail says it."""
CAUSES: dict[Change, Cause] = {
    "terms": "vendor_terms",
    "subprocessors": "vendor_subprocessors",
    "ai_features": "vendor_ai_features",
}


class Found(NamedTuple):
    """`words`: what it comes to; None: it was looked at, and is as it was."""

    tool: Tool
    what: Change
    words: str | None
    day: date


class Counts(NamedTuple):
    new: int = 0
    same: int = 0
    older: int = 0
    refused: int = 0
    uses: int = 0


def not_come(office: Office, day: date) -> bool:
    """A day still ahead, where the organisation is, would outdo all that is found until then."""
    return day > office.desk({}).day


def newer(office: Office, found: Found) -> date | None:
    """The day of what is known of it already, where that is the later one; a day ahead is a slip, and binds nobody."""
    with office.store.read() as session:
        last = tools.last_checked(session, found.tool.id, found.what)
    return None if last is None or not_come(office, last) or last <= found.day else last


def note(office: Office, found: Found, through: Through) -> tuple[bool, int]:
    """Whether it is other than before, and of how many uses; done again, as after a stop, none is opened twice."""
    asset = Asset(id=found.tool.id, name=found.tool.name, vendor=found.tool.vendor)
    with office.store.write() as session:
        changed = tools.check_terms(
            session,
            asset,
            found.words,
            found.day,
            known_as="catalogue",
            now=office.now(),
            what=found.what,
            through=through,
        )
    return changed, _open_reviews(office, found) if changed else 0


def _open_reviews(office: Office, found: Found) -> int:
    mark, day = terms_digest(found.words or "")[:16], found.day.isoformat()
    kind = "terms" if found.what == TERMS else f"terms:{found.what}"
    with office.store.read() as session:
        uses = list(tools.in_use_with(session, found.tool.id))
    desk = office.desk({})
    for start in range(0, len(uses), AT_ONCE):
        wishes = [
            OpenReview(
                actor="",
                key=f"{kind}:{found.tool.id}:{day}:{mark}:{use}",
                case=use,
                cause=CAUSES[found.what],
                trigger=f"{found.tool.id}:{day}",
            )
            for use in uses[start : start + AT_ONCE]
        ]
        office.ledger.execute_many(wishes, desk)
    return len(uses)


def take(office: Office, rows: Iterable[Row | Bad], refused: Callable[[int, str], None]) -> Counts:
    """Each row once for ever; one that is older than what is known of the same changes nothing, and is named, too."""
    counts = Counts()
    for row in rows:
        found = _read(office, row)
        if isinstance(found, str):
            refused(row.line, found)
            counts = counts._replace(refused=counts.refused + 1)
            continue
        key = f"tools:{_mark(found)}"
        with office.store.read() as session:
            known = session.get(DoneRow, key) is not None
        if known:
            counts = counts._replace(same=counts.same + 1)
        elif last := newer(office, found):
            refused(row.line, f"is older than what is known of it, of {last.isoformat()}")
            counts = counts._replace(older=counts.older + 1)
        else:
            counts = _take(office, found, key, counts)
    return counts


def _take(office: Office, found: Found, key: str, counts: Counts) -> Counts:
    changed, uses = note(office, found, "file")
    with office.store.write() as session:
        session.add(DoneRow(key=key, at=office.now()))  # last, so that a stop in between is gone on from
    return counts._replace(
        new=counts.new + changed, same=counts.same + (not changed), uses=counts.uses + uses
    )


def _mark(found: Found) -> str:
    said = "\n".join((found.tool.id, found.what, found.day.isoformat(), found.words or ""))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _read(office: Office, row: Row | Bad) -> Found | str:
    """A sentence where it cannot be taken."""
    if isinstance(row, Bad):
        return row.problem
    cells = {name: cell.strip() for name, cell in row.cells.items()}
    tool = tool_named(cells["tool"], office.library.catalogue)
    if tool is None:
        return f"names no tool of the catalogue: {cells['tool'][:80]!r}"
    what = next((each for each in CHANGES if each == cells["what"]), None)
    if what is None:
        return f"says {cells['what'][:40]!r} changed, which is none of {', '.join(CHANGES)}"
    try:
        day = date.fromisoformat(cells["day"])
    except ValueError:
        return f"names no day like 2026-12-31: {cells['day'][:40]!r}"
    if not_come(office, day):
        return f"names a day that has not come yet: {day.isoformat()}"
    if not cells["changed"]:
        return "does not say what changed"
    link = f" ({cells['link']})" if cells["link"] else ""
    return Found(tool, what, f"{cells['changed'][:LONGEST]}{link[:500]}", day)
