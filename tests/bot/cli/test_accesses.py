"""`steward audits --accesses` and `--looked`: who is let in to audit, and what they looked at."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlmodel import select

from bot.cli.starting import utc_now
from store import aims, audit
from store.engine import Store
from store.looked import LOOKED
from store.tables import UseRow
from tests.bot.cli.conftest import Steward
from tests.builders import ANA, BEN, CLEO, NOW, a_desk
from triage.aims.entry import Entry
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry

ROLES = {"governance_lead": frozenset((BEN,)), "executive": frozenset((ANA,))}


def let_in(store: Store) -> Entry:
    today = utc_now().date()
    days = {"since": today.isoformat(), "until": (today + timedelta(days=2)).isoformat()}
    said = {"title": "Stage 2", "auditor": CLEO, "purpose": "The certificate", **days}
    wish = DraftEntry(actor=BEN, key="x", entry="let-in", kind="access", said=said)
    desk = a_desk(roles=ROLES, now=utc_now())
    with store.write() as session:
        entry = aims.carry_out(session, wish, desk)
        return aims.carry_out(session, ApproveEntry(actor=ANA, key="y", entry=entry.id, draft=1), desk)


def looked(store: Store, entry: Entry, wish: str, about: str) -> None:
    told = {"subject_kind": "access", "subject_id": entry.id, "detail": {"about": about, "wish": wish}}
    with store.write() as session:
        audit.append(session, LOOKED, actor=CLEO, at=NOW, **told)  # type: ignore[arg-type]


def test_who_is_let_in_is_told_with_how_it_stands(steward: Steward, register: Store) -> None:
    assert "0 accesses" in steward("audits", "--accesses")[2]
    entry = let_in(register)
    (row,) = map(json.loads, steward("audits", "--accesses", "--format", "json")[1].splitlines())
    assert (row["ref"], row["state"]) == (entry.ref, "runs")
    off = ActOnEntry(
        actor=BEN, key="off", entry=entry.id, act="revoked", said={"because": "Over"}, seen=entry.version
    )
    with register.write() as session:
        aims.carry_out(session, off, a_desk(roles=ROLES, now=utc_now()))
    assert f"{entry.ref}  revoked" in steward("audits", "--accesses")[1]


def test_what_was_looked_at_is_told_and_nothing_confidential_is_named(
    steward: Steward, register: Store
) -> None:
    entry = let_in(register)
    with register.write() as session:
        one, other = session.exec(select(UseRow).where(UseRow.ref != None).limit(2)).all()  # noqa: E711
        other.confidential = True
        session.add(other)
        first, second = (one.id, str(one.ref)), (other.id, str(other.ref))
    for about in ("", *first, *second):
        looked(register, entry, "home_show", about)
    code, said, errors = steward("audits", "--looked", entry.ref, "--format", "json")
    assert (code, errors.strip()) == (0, "looked at: 5")
    told = [json.loads(line)["about"] for line in said.splitlines()]
    assert told == ["confidential", "confidential", first[1], first[1], ""], "the newest first"
    assert steward("audits", "--looked", "AIX-2026-0099")[0] == 2
