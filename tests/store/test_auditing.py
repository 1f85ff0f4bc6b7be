"""What an audit draws from, who has a part in it, and which of its findings are open."""

from __future__ import annotations

from typing import Any

import pytest

from store import aims, audit, auditing
from store.engine import Store
from store.ledger import Ledger
from store.tables import PersonRow
from tests.bot.cli import storied
from tests.builders import ANA, BEN, CLEO, DAN, NOW, a_desk
from tests.triage.aims.test_auditing import AUDIT
from tests.triage.aims.test_entries import drafting, on
from triage.aims.auditing import digest, drawn
from triage.aims.entry import Entry
from triage.aims.wishes import ActOnEntry, ApproveEntry, OfEntries
from triage.confidences import Confide
from triage.outcome import Refused

FAY = "P-fay"
HELD = {
    "governance_lead": frozenset((BEN,)),
    "executive": frozenset((DAN,)),
    "auditor": frozenset((CLEO, FAY)),
}


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    with store.write() as session:
        session.add(PersonRow(id=FAY, team="T", slack_user="UFAY", updated_at=NOW))
    return store


def does(store: Store, wish: OfEntries) -> Entry:
    with store.write() as session:
        return aims.carry_out(session, wish, a_desk(roles=HELD, now=storied.day(12).now))


def an_audit(store: Store, *auditors: str) -> Entry:
    entry = does(store, drafting(kind="audit", said=AUDIT | {"auditors": auditors}, actor=BEN))
    return does(store, ApproveEntry(**on(entry, DAN), draft=1))


def drawing(store: Store, entry: Entry, person: str) -> ActOnEntry:
    with store.read() as session:
        found, seed = auditing.population(session), auditing.seed(session, entry)
    said: dict[str, Any] = {"seed": seed, "size": 60, "population": len(found), "digest": digest(found)}
    said["sample"] = drawn(found, seed, 60)
    return ActOnEntry(**on(entry, person), act="drawn", said=said, seen=entry.version)


def test_what_was_decided_is_drawn_from_and_nothing_confidential(told: Store) -> None:
    with told.read() as session:
        before = [each.ref for each in auditing.population(session)]
    assert {"AIU-2026-0001", "AIU-2026-0002"} <= set(before)
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    with told.read() as session:
        assert {each.ref for each in auditing.population(session)} == set(before) - {"AIU-2026-0002"}


def test_who_decided_about_it_does_not_audit_it(told: Store) -> None:
    mine = an_audit(told, CLEO)
    with pytest.raises(Refused) as refused:
        does(told, drawing(told, mine, CLEO))
    assert refused.value.key == "audit_own"
    others = an_audit(told, FAY)
    assert does(told, drawing(told, others, FAY)).stage == "drawn"


def test_a_finding_keeps_its_audit_open_and_makes_its_use_likelier(told: Store) -> None:
    entry = an_audit(told, FAY)
    with told.read() as session:
        before = {each.ref: each.weight for each in auditing.population(session)}
    finding = {
        "title": "No reason given",
        "what": "The approval has no reason",
        "source": "audit",
        "weight": "minor",
        "points": ("8.1",),
        "from": (entry.ref, "AIU-2026-0001"),
        "due": "2027-01-15",
    }
    found = does(told, drafting(kind="nonconformity", said=finding, actor=FAY))
    with told.read() as session:
        assert auditing.open_findings(session, entry.ref) == (found.ref,)
        after = {each.ref: each.weight for each in auditing.population(session)}
    assert after["AIU-2026-0001"] == 2 * before["AIU-2026-0001"]
    assert after["AIU-2026-0002"] == before["AIU-2026-0002"]


def ends(store: Store) -> str:
    with store.read() as session:
        end = audit.end(session)
    assert end is not None
    return end.digest


def test_the_seed_is_where_the_trail_ended_with_the_yes_and_no_other_draws(told: Store) -> None:
    entry = an_audit(told, FAY)
    seed = ends(told)
    wish = drawing(told, entry, FAY)
    assert wish.said["seed"] == seed
    with pytest.raises(Refused) as refused:
        does(told, wish.model_copy(update={"said": {**wish.said, "seed": "mine"}}))
    assert refused.value.key == "entry_moved"
    entry = does(told, wish)
    assert ends(told) != seed
    with told.read() as session:
        assert auditing.seed(session, entry) == seed
    about: dict[str, Any] = {"kind": "audit", "entry": entry.id, "seen": 1, "actor": BEN}
    does(told, drafting(said=AUDIT | {"auditors": (FAY,)}, **about))
    entry = does(told, ApproveEntry(**on(entry, DAN), draft=2))
    with told.read() as session:
        assert auditing.seed(session, entry) == ends(told)
    assert does(told, drawing(told, entry, FAY)).stage == "drawn"
