"""The small things: leases, people and places, numbers, settings, wordings, files, and facts that stay."""

from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from store import files, leases, people, refs, settings, wordings
from store.engine import Store
from store.tables import AnswerSetRow, FactRow, PersonRow, PlaceRow, ResultRow
from tests.databases import Clock

LEASE = timedelta(seconds=30)


def take(store: Store, holder: str) -> bool:
    with store.write() as session:
        return leases.take(session, "worker", holder=holder, now=store.now(), lease=LEASE)


def renew(store: Store, holder: str) -> bool:
    with store.write() as session:
        return leases.renew(session, "worker", holder=holder, now=store.now(), lease=LEASE)


def test_a_duty_has_one_holder_at_a_time(store: Store, clock: Clock) -> None:
    assert take(store, "one")
    assert not take(store, "two")
    clock.forward(seconds=29)
    assert renew(store, "one")
    clock.forward(seconds=29)
    assert not take(store, "two")
    clock.forward(seconds=1)
    assert take(store, "two")
    assert not renew(store, "one")  # the old holder learns of it
    assert not take(store, "one")


def test_a_lease_that_ran_out_is_not_renewed_but_taken_anew(store: Store, clock: Clock) -> None:
    take(store, "one")
    clock.forward(seconds=30)
    assert not renew(store, "one")
    assert take(store, "one")


def test_a_duty_is_given_back_by_its_holder_only(store: Store) -> None:
    take(store, "one")
    with store.write() as session:
        leases.release(session, "worker", holder="two")
    assert not take(store, "two")
    with store.write() as session:
        leases.release(session, "worker", holder="one")
    assert take(store, "two")
    assert not renew(store, "nobody")


def test_people_have_one_opaque_id_each(store: Store) -> None:
    with store.write() as session:
        ana = people.person(session, team="T1", slack_user="U1", now=store.now(), name="Ana")
        assert people.person(session, team="T1", slack_user="U1", now=store.now()) == ana
        assert people.person(session, team="T2", slack_user="U1", now=store.now()) != ana
        assert "U1" not in ana


def test_what_is_known_of_a_person_is_noted_when_it_changes(store: Store, clock: Clock) -> None:
    with store.write() as session:
        ana = people.person(session, team="T", slack_user="U1", now=clock(), name="Ana", zone="Asia/Tokyo")
    first = clock()
    clock.forward(days=1)
    with store.write() as session:
        people.person(session, team="T", slack_user="U1", now=clock(), name="Ana")
        assert session.get_one(PersonRow, ana).updated_at == _day_of(first)
        people.person(session, team="T", slack_user="U1", now=clock(), deleted=True)
        row = session.get_one(PersonRow, ana)
        assert (row.name, row.zone, row.deleted, row.updated_at) == (
            "Ana",
            "Asia/Tokyo",
            True,
            _day_of(clock()),
        )


def _day_of(moment: datetime) -> datetime:
    """The day is all that is kept of when a person was seen."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


@pytest.mark.parametrize(("channel", "kind"), [("D1", "dm"), ("C1", "channel"), ("G1", "group")])
def test_places_know_their_kind(store: Store, channel: str, kind: str) -> None:
    with store.write() as session:
        place = people.place(session, team="T", slack_channel=channel)
        found = people.find_place(session, team="T", slack_channel=channel)
        assert found is not None
        assert (found.id, found.kind) == (place, kind)


def test_what_is_known_of_a_place_is_not_forgotten(store: Store) -> None:
    with store.write() as session:
        ana = people.person(session, team="T", slack_user="U1", now=store.now())
        place = people.place(session, team="T", slack_channel="C7", kind="dm", person_id=ana)
        assert people.place(session, team="T", slack_channel="C7", kind=None, person_id=None) == place
        assert people.place(session, team="T", slack_channel="C7", archived=True) == place
        row = session.get_one(PlaceRow, place)
        assert (row.kind, row.person_id, row.archived) == ("dm", ana, True)


def test_numbers_are_counted_by_prefix_and_year_and_not_reused(store: Store) -> None:
    with store.write() as session:
        drawn = [
            refs.next_ref(session, *of) for of in [("AIU", 2026), ("AIU", 2026), ("AIR", 2026), ("AIU", 2027)]
        ]
    assert drawn == ["AIU-2026-0001", "AIU-2026-0002", "AIR-2026-0001", "AIU-2027-0001"]
    with pytest.raises(LookupError), store.write() as session:
        raise LookupError(refs.next_ref(session, "AIU", 2026))
    with store.write() as session:
        assert refs.next_ref(session, "AIU", 2026) == "AIU-2026-0003"  # never shown to anybody before


def test_a_seed_does_not_undo_what_people_changed(store: Store, clock: Clock) -> None:
    with store.write() as session:
        ana = people.person(session, team="T", slack_user="U1", now=clock())
        assert settings.seed(session, {"roles": ["a"], "language": "en"}, now=clock()) == [
            "roles",
            "language",
        ]
        settings.change(session, "roles", [], by=ana, now=clock())
    with store.write() as session:
        assert settings.seed(session, {"roles": ["a"], "zone": "UTC"}, now=clock()) == ["zone"]
        assert settings.values(session) == {"roles": [], "language": "en", "zone": "UTC"}
        assert settings.value(session, "roles", default=["x"]) == []
        assert settings.value(session, "unknown", default=["x"]) == ["x"]


def test_what_was_left_empty_can_still_be_seeded(store: Store, clock: Clock) -> None:
    """Else whoever forgot to name a lead could never name one: only a lead may change settings in Slack."""
    with store.write() as session:
        settings.change(session, "roles.legal", [], by=None, now=clock())  # as earlier versions seeded it
        assert settings.seed(session, {"roles.governance_lead": [], "country": None}, now=clock()) == []
        later = {"roles.governance_lead": ["U1"], "roles.legal": ["U2"], "country": "DE"}
        assert settings.seed(session, later, now=clock()) == list(later)


def test_wordings_and_files_are_kept_once_under_their_digest(store: Store, clock: Clock) -> None:
    with store.write() as session:
        assert wordings.keep(
            session, digest="d1", kind="form", name="ai-use", version="1", body="ä", now=clock()
        )
        clock.forward(seconds=60)
        assert not wordings.keep(
            session, digest="d1", kind="form", name="ai-use", version="1", body="other", now=clock()
        )
        kept = wordings.find(session, "d1")
        assert kept is not None
        assert kept.body == "ä"
        assert kept.first_seen < clock()
        body = bytes(range(256))
        assert files.keep(session, body, media="a/b", name="x") == files.keep(
            session, body, media="c/d", name="y"
        )
    with store.read() as session:
        file = files.find(session, sha256(body).hexdigest())
        assert file is not None
        assert (file.body, file.size, file.name) == (body, 256, "x")
        assert files.find(session, "none") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE fact SET state = 'unsure'",
        "DELETE FROM fact",
        "UPDATE result SET facts_digest = 'x'",
        "DELETE FROM result",
    ],
)
def test_facts_and_results_are_added_never_changed(store: Store, sentence: str) -> None:
    now = store.now()
    with store.write() as session:
        session.add(
            AnswerSetRow(id="S", form="f", form_digest="d", subject_kind="use", subject_id="U", opened_at=now)
        )
        session.add(
            FactRow(
                answer_set_id="S",
                question="q",
                state="answered",
                value=["a"],
                source="import",
                said_at=now - timedelta(days=9),
                recorded_at=now,
            )
        )
        session.add(
            ResultRow(
                id="R",
                subject_kind="use",
                subject_id="U",
                answer_set_id="S",
                facts_digest="d",
                policies=[],
                verdict={"tier": 1},
                judged_at=now,
            )
        )
    with pytest.raises(DBAPIError, match="kept as they are"), store.write() as session:
        session.connection().execute(text(sentence))
    with store.read() as session:
        fact = session.exec(select(FactRow)).one()
        assert (fact.value, fact.state, fact.recorded_at - fact.said_at) == (
            ["a"],
            "answered",
            timedelta(days=9),
        )
