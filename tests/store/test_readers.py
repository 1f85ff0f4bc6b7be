"""Each use has its readers from the moment it was handed in; who owns it no longer is one no more."""

from __future__ import annotations

from sqlmodel import select

from store.engine import Store
from store.saving import save
from store.tables import PersonRow, PlaceRow, ReaderRow
from tests.builders import ANA, BEN, CLEO, DM, NOW, a_case, a_desk
from triage.case import Status


def readers(store: Store) -> set[str]:
    with store.read() as session:
        return set(session.exec(select(ReaderRow.person_id)))


def test_requester_and_owner_are_readers_from_submission_on(store: Store) -> None:
    with store.write() as session:
        for person in (ANA, BEN, CLEO):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
        session.flush()
        draft = save(session, None, a_case(Status.draft, owner=CLEO), a_desk()).case
    assert readers(store) == set()
    with store.write() as session:
        handed = save(session, draft, a_case(owner=CLEO, talk=draft.talk), a_desk()).case
    assert readers(store) == {ANA, CLEO}
    with store.write() as session:
        save(session, handed, handed.model_copy(update={"owner": BEN}), a_desk())
    assert readers(store) == {ANA, BEN}
