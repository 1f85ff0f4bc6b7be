"""Once a day: a document of a supplier that has ended, of a kind that matters, has the uses of its tool looked at."""

from __future__ import annotations

from collections.abc import Iterator

from bot.toolchanges import AT_ONCE
from store import entries, suppliers
from store.engine import Store
from store.ledger import Ledger
from store.sessions import Session
from store.tables import DoneRow
from triage.aims.entry import Entry, has_ended, last_day
from triage.aims.supplied import PAPER, is_about
from triage.aims.suppliers import suppliers as data
from triage.desk import Desk
from triage.reviewwishes import OpenReview

LOOKED = "suppliers:ended:"
"""Before the entry and the day of what was seen to."""


def look(store: Store, ledger: Ledger, desk: Desk) -> int:
    """How many reviews were opened; again, or in a second process, none is opened twice."""
    with store.read() as session:
        found = [each for each in entries.of_kind(session, PAPER, "in_force") if _matters(each, desk)]
        new = [each for each in found if session.get(DoneRow, _key(each)) is None]
        uses = {each.id: list(_uses(session, each)) for each in new}
    for paper in new:
        wishes = [_wish(paper, use) for use in uses[paper.id]]
        for start in range(0, len(wishes), AT_ONCE):
            ledger.execute_many(wishes[start : start + AT_ONCE], desk)
        with store.write() as session:
            if session.get(DoneRow, _key(paper)) is None:  # last, so that a stop in between is gone on from
                session.add(DoneRow(key=_key(paper), at=desk.now))
    return sum(map(len, uses.values()))


def _matters(paper: Entry, desk: Desk) -> bool:
    return has_ended(paper, desk.day) and paper.said("what") in data().review_by


def _uses(session: Session, paper: Entry) -> Iterator[str]:
    for use, known in suppliers.in_use(session):
        if is_about(paper, known):
            yield use


def _key(paper: Entry) -> str:
    return f"{LOOKED}{paper.id}:{last_day(paper)}"


def _wish(paper: Entry, use: str) -> OpenReview:
    trigger = f"{paper.ref}:{last_day(paper)}"
    return OpenReview(actor="", key=f"paper:{trigger}:{use}", case=use, cause="vendor_paper", trigger=trigger)
