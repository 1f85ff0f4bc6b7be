"""Guests, bots and people of other workspaces see what is theirs, whatever they hold."""

from __future__ import annotations

import pytest

from store import queries
from store.engine import Store
from store.tables import PersonRow, UseRow
from tests.builders import ANA, CLEO, DAN, NOW
from triage.case import Status
from triage.register import OVERSIGHT, Reader


@pytest.fixture
def register(store: Store) -> Store:
    """For every status one use of Ana's, owned by Cleo."""
    with store.write() as session:
        for person in (ANA, CLEO, DAN):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        for status in Status:
            session.add(
                UseRow(
                    id=status.value,
                    ref=None if status is Status.draft else f"AIU-2026-{status.value}",
                    state=status.value,
                    title="A use",
                    summary="words",
                    requester_id=ANA,
                    owner_id=CLEO,
                    version=1,
                    created_at=NOW,
                    updated_at=NOW,
                )
            )
    return store


@pytest.mark.parametrize("roles", [frozenset(), frozenset(OVERSIGHT)], ids=["none", "every role"])
@pytest.mark.parametrize("person", [ANA, CLEO, DAN], ids=["requester", "owner", "stranger"])
def test_an_outsider_sees_only_what_is_theirs(register: Store, person: str, roles: frozenset[str]) -> None:
    outsider, colleague = (Reader(person=person, roles=roles, outsider=out) for out in (True, False))
    with register.read() as session:
        seen = {entry.id for entry in queries.entries(session, outsider)}
        more = {entry.id for entry in queries.entries(session, colleague)}
        mine = {entry.id for entry in queries.entries(session, Reader(person=person, outsider=True))}
        found = {status.value for status in Status if queries.may_see(session, outsider, status.value)}
    assert seen == mine == found
    assert not outsider.oversees
    if person == DAN:
        assert seen == set()
        assert {"approved", "approved_with_conditions"} <= more
    else:
        assert {"approved", "in_review"} <= seen <= more
