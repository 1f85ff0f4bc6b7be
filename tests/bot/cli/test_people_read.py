"""`steward people acknowledge` and `acknowledged`, and the page of a pack that says who read which policy."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli.starting import utc_now
from store import acknowledged, aims
from store.engine import Store
from store.tables import PersonRow
from tests.bot.cli.conftest import Steward
from tests.bot.cli.packed import packed
from tests.builders import ANA, BEN, CLEO, NOW, a_desk
from tests.store.test_acknowledging import HELD, counts
from triage.aims.acknowledging import call_id
from triage.aims.entry import Entry
from triage.aims.wishes import ApproveEntry, DraftEntry


@pytest.fixture
def policy(register: Store) -> Entry:
    with register.write() as session:
        session.add(PersonRow(id=CLEO, team="T", slack_user="UCLEO", updated_at=NOW))
        session.flush()
        return counts(session)


def asks(store: Store, policy: Entry) -> None:
    said = {"title": "AI policy", "policy": policy.id, "everybody": "yes", "days": "14"}
    wish = DraftEntry(
        actor=BEN, key="c", entry=call_id(policy), kind="acknowledgement", name=policy.name, said=said
    )
    with store.write() as session:
        aims.carry_out(session, wish, a_desk(roles=HELD))


def test_an_operators_word_asks_nobody_before_somebody_says_yes(
    steward: Steward, register: Store, policy: Entry
) -> None:
    code, said, _ = steward("people", "acknowledge", policy.ref, "--everybody")
    assert code == 0
    assert "Nobody is asked before somebody says yes" in said
    with register.read() as session:
        call = aims.load(session, call_id(policy))
    assert call is not None
    assert call.in_force is None
    assert call.proposed is not None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("acknowledge", "AIM-2026-0009", "--everybody"), "is no policy that counts"),
        (("acknowledge", "{policy}"), "Say who"),
    ],
)
def test_what_cannot_be_asked_is_said(
    steward: Steward, policy: Entry, words: tuple[str, ...], told: str
) -> None:
    code, _, errors = steward("people", *(word.format(policy=policy.ref) for word in words))
    assert code != 0
    assert told in errors


def test_who_has_read_it_and_who_has_not_is_told(steward: Steward, register: Store, policy: Entry) -> None:
    assert "Nobody is asked" in steward("people", "acknowledged")[2]
    asks(register, policy)
    with register.write() as session:
        acknowledged.note(session, "read", policy, 1, ANA, now=NOW)
    _, said, _ = steward("people", "acknowledged", policy.ref)
    assert "1 of " in said
    assert "█" in said
    every = [json.loads(line) for line in steward("people", "acknowledged", "--json")[1].splitlines()]
    missing = [
        json.loads(line) for line in steward("people", "acknowledged", "--json", "--missing")[1].splitlines()
    ]
    assert ANA in {row["person"] for row in every if row["read"]}
    assert {row["person"] for row in missing} == {row["person"] for row in every} - {ANA}


def test_a_pack_says_who_read_which_version(
    steward: Steward, register: Store, policy: Entry, tmp_path: Path
) -> None:
    with register.write() as session:
        acknowledged.note(session, "asked", policy, 1, BEN, now=NOW)
        acknowledged.note(session, "read", policy, 1, ANA, now=NOW)
    with zipfile.ZipFile(packed(steward, tmp_path)) as zipped:
        page, index = (zipped.read(name).decode() for name in ("people.html", "index.html"))
        rows = zipped.read("tables/acknowledged.csv").decode()
    assert f"{policy.ref}-1" in page
    assert NOW.date().isoformat() in page
    assert "not yet" in page.casefold()
    assert "people.html" in index
    assert ANA in rows
    assert BEN in rows


def test_who_could_not_say_so_is_not_missed(steward: Steward, register: Store, policy: Entry) -> None:
    """Guests, closed accounts, and whoever is let in to audit."""
    asks(register, policy)
    since, until = (utc_now().date() + timedelta(days=each) for each in (0, 2))
    days = {"since": since.isoformat(), "until": until.isoformat()}
    said = {"title": "Stage 2", "auditor": CLEO, "purpose": "The certificate", **days}
    roles = {"governance_lead": frozenset((BEN,)), "executive": frozenset((ANA,))}
    wish = DraftEntry(actor=BEN, key="x", entry="let-in", kind="access", said=said)
    yes = ApproveEntry(actor=ANA, key="y", entry="let-in", draft=1)
    with register.write() as session:
        session.add(PersonRow(id="guest", team="T", slack_user="UGUEST", restricted=True, updated_at=NOW))
        aims.carry_out(session, wish, a_desk(roles=roles, now=utc_now()))
        aims.carry_out(session, yes, a_desk(roles=roles, now=utc_now()))
    told = [json.loads(line) for line in steward("people", "acknowledged", "--json")[1].splitlines()]
    people = {row["person"] for row in told}
    assert ANA in people
    assert people.isdisjoint({"guest", CLEO})
