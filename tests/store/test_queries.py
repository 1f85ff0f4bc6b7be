"""Who sees which use: one filter for every query."""

from __future__ import annotations

from typing import Any

import pytest

from store import extract, queries
from store.engine import Store
from store.tables import ConversationRow, DecisionRow, PersonRow, PlaceRow, ReaderRow, ToolRow, UseRow
from tests.builders import ANA, BEN, CLEO, DAN, DM, NOW
from triage.case import DecisionKind, Status
from triage.register import OVERSIGHT, PUBLIC, Reader

STRANGER = Reader(person=DAN)
OVERSEER = Reader(person=BEN, roles=frozenset({"reviewer"}))
REQUESTER, OWNER = Reader(person=ANA), Reader(person=CLEO)
NAMED = Reader(person="P-named")
READERS = {
    "requester": REQUESTER,
    "owner": OWNER,
    "reviewer": OVERSEER,
    "named reader": NAMED,
    "colleague": STRANGER,
}


@pytest.fixture
def register(store: Store) -> Store:
    """For every status one open and one confidential use of Ana's, owned by Cleo; two name a reader."""
    with store.write() as session:
        for person in (ANA, BEN, CLEO, DAN, "P-named"):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        tool: dict[str, Any] = {
            "slug": "otter",
            "name": "Otter",
            "vendor": "",
            "state": "known",
            "source": "catalogue",
        }
        session.add(ToolRow(id="otter", updated_at=NOW, **tool))
        session.flush()
        number = 0
        for status in Status:
            for confidential in (False, True):
                number += 1
                session.add(
                    UseRow(
                        id=f"{status.value}-{'secret' if confidential else 'open'}",
                        ref=None if status is Status.draft else f"AIU-2026-{number:04}",
                        state=status.value,
                        title=f"Use {number}",
                        summary="words",
                        requester_id=ANA,
                        owner_id=CLEO,
                        tool_id="otter",
                        confidential=confidential,
                        version=1,
                        submitted_at=None if status is Status.draft else NOW,
                        created_at=NOW,
                        updated_at=NOW,
                    )
                )
        session.flush()
        for use in ("declined-open", "approved-secret"):
            session.add(ReaderRow(use_id=use, person_id="P-named"))
    return store


def seen(store: Store, reader: Reader) -> set[str]:
    with store.read() as session:
        return {entry.id for entry in queries.entries(session, reader)}


ALL = {f"{status.value}-{kind}" for status in Status for kind in ("open", "secret")}
OPEN_PUBLIC = {f"{status.value}-open" for status in PUBLIC}
WHO_SEES_WHAT = {
    "requester": ALL,
    "owner": {use for use in ALL if not use.startswith("draft")},
    "reviewer": {f"{status.value}-open" for status in Status if status is not Status.draft},
    "named reader": OPEN_PUBLIC | {"declined-open", "approved-secret"},
    "colleague": OPEN_PUBLIC,
}


@pytest.mark.parametrize("who", WHO_SEES_WHAT)
def test_who_sees_what(register: Store, who: str) -> None:
    assert seen(register, READERS[who]) == WHO_SEES_WHAT[who]


@pytest.mark.parametrize("role", OVERSIGHT)
def test_oversight_never_shows_drafts_nor_what_is_confidential(register: Store, role: str) -> None:
    found = seen(register, Reader(person=DAN, roles=frozenset({role})))
    assert found == WHO_SEES_WHAT["reviewer"]


def test_a_role_that_does_not_oversee_shows_no_more(register: Store) -> None:
    assert seen(register, Reader(person=DAN, roles=frozenset({"requester", "owner"}))) == OPEN_PUBLIC


@pytest.mark.parametrize("who", WHO_SEES_WHAT)
def test_one_use_and_the_list_show_the_same(register: Store, who: str) -> None:
    """Whether by id, by reference or in the list: the same answer."""
    reader = READERS[who]
    with register.read() as session:
        by_id = {use for use in ALL if queries.may_see(session, reader, use)}
        everything = queries.entries(session, REQUESTER)
        by_ref = {
            entry.id
            for entry in everything
            if entry.ref and queries.entry(session, reader, entry.ref.lower())
        }
    assert by_id == WHO_SEES_WHAT[who]
    assert by_ref == {use for use in WHO_SEES_WHAT[who] if not use.startswith("draft")}


def test_a_tool_and_states_narrow_the_list(register: Store) -> None:
    with register.read() as session:
        assert queries.entries(session, REQUESTER, tool="another") == ()
        found = queries.entries(session, REQUESTER, states=[Status.declined], tool="otter")
        assert {entry.id for entry in found} == {"declined-open", "declined-secret"}
        assert len(queries.entries(session, REQUESTER, limit=3)) == 3


def test_mine_is_what_i_asked_for_or_own(register: Store) -> None:
    with register.read() as session:
        everything = {entry.id for entry in queries.mine(session, ANA)}
        assert everything == {use for use in ALL if not use.startswith("withdrawn")}
        owned = {entry.id for entry in queries.mine(session, CLEO)}
        assert owned == {use for use in everything if not use.startswith("draft")}
        assert queries.mine(session, DAN) == ()


def test_a_reference_that_nobody_gave_finds_nothing(register: Store) -> None:
    with register.read() as session:
        for ref in ("", "AIU-1999-0001", "%", "' OR 1=1 --"):
            assert queries.entry(session, OVERSEER, ref) is None


def test_conversations_are_found_by_place_and_root(register: Store) -> None:
    with register.write() as session:
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
        session.flush()
        for number, status in enumerate(["asking", "closed", "paused"]):
            session.add(
                ConversationRow(
                    id=f"c{number}",
                    use_id=f"{['draft-open', 'approved-open', 'draft-secret'][number]}",
                    person_id=ANA,
                    place_id=DM,
                    root_ts=f"{number}.0",
                    status=status,
                    updated_at=NOW,
                )
            )
    with register.read() as session:
        assert [talk.id for talk in queries.open_talks(session, ANA)] == ["c0", "c2"]
        assert queries.open_talks(session, BEN) == []
        found = queries.talk_at(session, DM, "1.0")
        assert found is not None
        assert found.id == "c1"
        assert queries.talk_at(session, DM, "9.9") is None


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_was_never_handed_in_is_its_writers_alone(register: Store, state: str) -> None:
    """Naming somebody as owner puts no words before them, and a cancelled draft is nobody's evidence."""
    with register.write() as session:
        session.add(
            UseRow(
                id="never",
                state=state,
                title="",
                summary="what I thought of aloud",
                requester_id=ANA,
                owner_id=CLEO,
                version=1,
                created_at=NOW,
                updated_at=NOW,
            )
        )
        session.flush()
        session.add(ReaderRow(use_id="never", person_id="P-named"))
    who = {name for name, reader in READERS.items() if "never" in seen(register, reader)}
    assert who == {"requester"}
    with register.read() as session:
        assert "never" not in {entry.id for entry in queries.mine(session, CLEO)}
        assert "never" not in {found.case.id for found in extract.cases(session) if found.case}
        assert "withdrawn-open" in {found.case.id for found in extract.cases(session) if found.case}


def test_what_was_approved_before_and_waits_is_told_apart(register: Store) -> None:
    """Wherever an entry comes from; a claim or a no before is no approval, and what is approved does not wait."""
    decided = {
        "in_review-open": DecisionKind.approve_with_conditions,
        "needs_info-open": DecisionKind.annex_claim,
        "blocked-open": DecisionKind.decline,
        "approved-open": DecisionKind.approve,
        "in_review-secret": DecisionKind.approve,
    }
    with register.write() as session:
        for use, kind in decided.items():
            row = DecisionRow(
                id=use,
                subject_kind="use",
                subject_id=use,
                subject_version=1,
                kind=kind,
                outcome="",
                decided_at=NOW,
            )
            session.add(row)
    with register.read() as session:
        one = queries.entry(session, OWNER, session.get_one(UseRow, "in_review-open").ref or "")
        lists = (
            queries.entries(session, REQUESTER),
            queries.mine(session, ANA),
        )
    for found in lists:
        assert {entry.id for entry in found if entry.again} == {"in_review-open", "in_review-secret"}
    assert one is not None
    assert (one.again, one.standing) == (True, "opened_again")
