"""Once a day: what rules see as a nonconformity is put forward, and counts for one once somebody confirms it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from bot import lapsing
from bot.words import Words
from store import aims, audit
from store.aims_owed import tell_leads
from store.arising import TOLD, found, told
from store.engine import Store
from store.errors import Unavailable
from store.ledger import Ledger
from store.linked import arisen_from
from store.sessions import Session
from store.tables import DoneRow
from triage.aims.arising import Arising, Together, to_put_forward
from triage.aims.entry import entry_id
from triage.aims.kinds import kinds
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.outcome import Refused

log = logging.getLogger(__name__)

NONCONFORMITY = "nonconformity"
DAYS = timedelta(days=30)
"""By when it is to be put right, unless somebody says otherwise."""
AT_ONCE = 20
"""In one look: writers wait for no more than one of them, and the next look goes on."""
NAMED = 10
"""References that are named of many."""


def look(store: Store, words: Words, desk: Desk) -> int:
    """How many were put forward, and reviews opened by what has ended.

    A look on a day on which nothing is left, and a second process, do nothing.
    """
    day = f"{TOLD}{desk.day.isoformat()}"
    with store.read() as session:
        if session.get(DoneRow, day) is not None:
            return 0
        new = _new(session, desk)
    opened = _lapse(store, desk)
    done = sum(_put_forward(store, each, words, desk) for each in new[:AT_ONCE])
    if len(new) <= AT_ONCE:
        with store.write() as session:
            session.connection().execute(audit.HEAD)
            if session.get(DoneRow, day) is None:
                session.add(DoneRow(key=day, subject_kind=aims.AIMS, subject_id="", at=desk.now))
    return done + opened


def _lapse(store: Store, desk: Desk) -> int:
    """A use of which no review can be opened holds up no nonconformity, and is tried again tomorrow."""
    try:
        return lapsing.look(store, Ledger(store), desk)
    except Unavailable:
        raise
    except Exception as bug:  # said without its words: they may be somebody's
        log.error("Reviews for what has ended wait", extra={"because": type(bug).__name__})
        return 0


def put_forward(store: Store, words: Words, desk: Desk) -> int:
    """All that is new, whether there was a look today or not."""
    with store.read() as session:
        new = _new(session, desk)
    return sum(_put_forward(store, each, words, desk) for each in new)


def _new(session: Session, desk: Desk) -> Sequence[Arising | Together]:
    known = told(session)
    every = found(session, desk.now, desk.organisation.zone)
    new = (each for each in every if each.key in known or not _worked_on(session, each))
    return to_put_forward(new, known, desk.day)


def _worked_on(session: Session, each: Arising) -> bool:
    """Somebody made a nonconformity of this very incident before any rule did."""
    return each.matter.of == "incident" and bool(arisen_from(session, each.matter.ref, (NONCONFORMITY,)))


def _put_forward(store: Store, each: Arising | Together, words: Words, desk: Desk) -> bool:
    """In a transaction of its own. What somebody sent back stays so: the same matter is put forward once."""
    wish = to_draft(each, words, desk)
    try:
        with store.write() as session:
            session.connection().execute(audit.HEAD)  # of two processes the second sees what the first did
            if session.get(DoneRow, wish.key) is not None:
                return False
            aims.carry_out(session, wish, desk, tell_leads)
            _hold(session, each, wish.entry, desk)
    except Refused as refusal:  # one that does not fit its fields holds up no other
        log.error("A nonconformity could not be put forward (%s): %s", refusal.key, each.rule.id)
        return False
    return True


def _hold(session: Session, each: Arising | Together, entry: str, desk: Desk) -> None:
    """What is told with others for good is told."""
    keys = [f"{TOLD}{key}" for key in each.holds] if isinstance(each, Together) else []
    session.add_all(DoneRow(key=key, subject_kind=aims.AIMS, subject_id=entry, at=desk.now) for key in keys)


def to_draft(each: Arising | Together, words: Words, desk: Desk) -> DraftEntry:
    rule = each.rule
    about = _many(each, words) if isinstance(each, Together) else _one(each, words)
    said: dict[str, str | tuple[str, ...]] = {
        **about,
        "source": rule.source,
        "weight": rule.weight,
        "points": rule.points,
        "due": (desk.day + DAYS).isoformat(),
    }
    key = f"{TOLD}{each.key}"
    entry = entry_id(kinds()[NONCONFORMITY], "", key)
    return DraftEntry(actor="", key=key, entry=entry, kind=NONCONFORMITY, said=said, by_rule=True)


def _one(each: Arising, words: Words) -> dict[str, str | tuple[str, ...]]:
    matter = each.matter
    about = {"ref": matter.ref, "day": words.day(matter.since)}
    owner: dict[str, str | tuple[str, ...]] = {"owner": matter.owner} if matter.owner else {}
    return owner | {
        "title": words.label(f"aims_arising.{each.rule.id}.title", **about),
        "what": words.label(f"aims_arising.{each.rule.id}.what", **about),
        "from": (matter.ref,),
    }


def _many(each: Together, words: Words) -> dict[str, str | tuple[str, ...]]:
    """With how many they are, and by name those that wait the longest."""
    number, day = str(len(each.matters)), words.day(each.matters[0].since)
    return {
        "title": words.label(f"aims_arising.{each.rule.id}.titles", number=number),
        "what": words.label(f"aims_arising.{each.rule.id}.whats", number=number, day=day),
        "from": tuple(dict.fromkeys(matter.ref for matter in each.matters))[:NAMED],
    }
