"""A statement of applicability in a store: decided by one person, asked for by another, approved by a third."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

from store import aims
from store.aims import of_kind
from store.engine import Store
from tests.builders import BEN, CLEO, DAN, NOW, a_desk
from triage.aims.control import CONTROL
from triage.aims.entry import Entry
from triage.aims.standard import controls
from triage.aims.statement import STATEMENT, said_of
from triage.aims.wishes import ApproveEntry, DraftEntry, OfEntries
from triage.desk import Desk

ROLES = {
    "governance_lead": frozenset((BEN,)),
    "risk_owner": frozenset((CLEO,)),
    "executive": frozenset((DAN,)),
}
SAID = {"applies": "yes", "because": "The register has such uses.", "owner": CLEO, "state": "begun"}
_numbers = count(1)


def on_day(day: int = 0) -> Desk:
    return replace(a_desk(roles=ROLES), now=NOW + timedelta(days=day))


def carry(store: Store, wish: OfEntries, day: int = 0) -> Entry:
    with store.write() as session:
        return aims.carry_out(session, wish, on_day(day))


def decide(store: Store, control: str, day: int = 0, actor: str = CLEO, **said: Any) -> Entry:
    entry = f"control:{control}"
    with store.read() as session:
        before = aims.load(session, entry)
    seen = len(before.drafts) if before else 0
    about: dict[str, Any] = {"entry": entry, "kind": CONTROL, "name": control, "seen": seen, "actor": actor}
    return carry(store, DraftEntry(**about, key=f"soa{next(_numbers)}", said=SAID | said), day)


def decide_all(store: Store, day: int = 0) -> None:
    for each in controls():
        decide(store, each.id, day)


def ask(store: Store, day: int = 0, actor: str = BEN, key: str = "") -> Entry:
    with store.read() as session:
        before = aims.load(session, STATEMENT)
        said = said_of(of_kind(session, CONTROL))
    about: dict[str, Any] = {"entry": STATEMENT, "kind": STATEMENT, "actor": actor, "said": said}
    seen = len(before.drafts) if before else 0
    return carry(store, DraftEntry(**about, key=key or f"ask{next(_numbers)}", seen=seen), day)


def approve(store: Store, day: int = 0, actor: str = DAN) -> Entry:
    with store.read() as session:
        waiting = aims.load(session, STATEMENT)
    draft = waiting.proposed.number if waiting and waiting.proposed else 0
    wish = ApproveEntry(entry=STATEMENT, actor=actor, key=f"yes{next(_numbers)}", draft=draft)
    return carry(store, wish, day)


def approved(store: Store, day: int = 0) -> None:
    decide_all(store, day)
    ask(store, day)
    approve(store, day)
