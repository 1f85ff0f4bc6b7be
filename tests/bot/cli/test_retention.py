"""What was kept for long enough goes by the clock, sealed, and not while a legal hold stands on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlmodel import Session

from bot.jobs import purge
from bot.keptfor import ahead, keep_no_longer
from store import audit, holds, retaining, settings
from store.engine import Store
from store.guards import differences
from store.ledger import Ledger
from store.retaining import Due, Seen, due
from store.tables import ConsultRow, InboxRow, UseRow, metadata
from tests.bot.cli import storied
from tests.bot.cli.test_person import dumped
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW
from tests.databases import Clock
from triage.talking import Steer

OLD = 3651
WORDS = ("Otter for poems", "Not needed.", "A contract.")
"""Of the use that was declined on the third day."""


@pytest.fixture
def told(store: Store, clock: Clock) -> Store:
    storied.tell(store)
    clock.moment = NOW + timedelta(days=10)
    return store


def said(store: Store, *words: str) -> set[str]:
    return {table for table, row in dumped(store) for word in words if word in row}


def test_nothing_goes_before_its_day(told: Store, clock: Clock) -> None:
    before = sorted(dumped(told))
    assert keep_no_longer(told) == 0
    assert sorted(dumped(told)) == before
    assert said(told, *WORDS) >= {"use", "decision", "audit_text"}


def test_words_of_a_use_that_is_over_go_and_the_rest_stays_proven(
    steward: Any, told: Store, clock: Clock
) -> None:
    clock.forward(days=OLD)
    assert keep_no_longer(told) >= 1
    assert said(told, *WORDS[1:]) == set()
    code, proof, _ = steward("verify")
    assert (code, "records differ" in proof) == (0, False), proof
    with told.read() as session:
        assert list(differences(session)) == [], "every guard stands again"
        row = session.get_one(UseRow, storied.DECLINED)
        assert (row.state, row.title, row.summary) == ("declined", "(erased)", "")
        lines = [line.what for line in audit.records(session) if line.subject[1] == storied.DECLINED]
        live = session.get_one(UseRow, storied.APPROVED)
    assert lines.count("retention.applied") == 1
    assert live.title != "(erased)", "what is in use stays whole"
    assert steward("story", str(row.ref), "--all")[0] == 0


def test_it_goes_once(told: Store, clock: Clock) -> None:
    clock.forward(days=OLD)
    keep_no_longer(told)
    before = sorted(dumped(told))
    assert keep_no_longer(told) == 0
    assert sorted(dumped(told)) == before


def test_a_hold_keeps_it(told: Store, clock: Clock) -> None:
    clock.forward(days=OLD)
    with told.write() as session:
        held = holds.put(session, "use", storied.DECLINED, because="A claim", by=BEN, now=clock())
    keep_no_longer(told)
    assert said(told, WORDS[1]) != set()
    with told.write() as session:
        holds.lift(session, held, by=BEN, now=clock())
        holds.lift(session, held, by=DAN, now=clock())
    keep_no_longer(told)
    assert said(told, WORDS[1]) == set()


@pytest.mark.parametrize("who", [ANA, BEN, CLEO])
def test_a_hold_on_a_person_keeps_every_use_in_which_they_have_a_part(
    told: Store, clock: Clock, who: str
) -> None:
    """Who asked, who decided, and who owns it by a row alone."""
    clock.forward(days=OLD)
    with told.write() as session:
        session.get_one(UseRow, storied.DECLINED).owner_id = CLEO
        held = holds.put(session, "person", who, because="A claim", by=BEN, now=clock())
    keep_no_longer(told)
    assert said(told, WORDS[1]) != set()
    with told.write() as session:
        holds.lift(session, held, by=BEN, now=clock())
        holds.lift(session, held, by=DAN, now=clock())
    keep_no_longer(told)
    assert said(told, WORDS[1]) == set()


def test_a_hold_on_somebody_without_a_part_keeps_nothing(told: Store, clock: Clock) -> None:
    clock.forward(days=OLD)
    with told.write() as session:
        holds.put(session, "person", EVE, because="A claim", by=BEN, now=clock())
    keep_no_longer(told)
    assert said(told, WORDS[1]) == set()


def test_what_is_held_takes_no_turn_from_others(told: Store, clock: Clock) -> None:
    clock.forward(days=OLD)
    with told.write() as session:
        session.get_one(UseRow, storied.APPROVED).state = "retired"
        session.get_one(UseRow, storied.DECLINED).updated_at -= timedelta(days=1)
        holds.put(session, "use", storied.DECLINED, because="A claim", by=BEN, now=clock())
    with told.read() as session:
        found = {one.use for soon in ahead(session, clock(), limit=1) for one in soon.due}
    assert storied.APPROVED in found
    assert storied.DECLINED not in found


def held_now(session: Session) -> None:
    holds.put(session, "person", EVE, because="A claim", by=BEN, now=NOW)


def told_now(session: Session) -> None:
    audit.append(
        session, "case.read", actor=EVE, subject_kind="use", subject_id=storied.DECLINED, detail={}, at=NOW
    )


@pytest.mark.parametrize("happens", [held_now, told_now])
def test_what_happens_between_reading_and_writing_lets_it_wait(
    told: Store, clock: Clock, happens: Callable[[Session], None]
) -> None:
    clock.forward(days=OLD)
    each, seen = looked_at(told, clock)
    assert seen is not None
    with told.write() as session:
        happens(session)
    with told.write() as session:
        assert not retaining.apply(session, each, seen, now=clock())
    assert said(told, WORDS[1]) != set()
    keep_no_longer(told)
    assert said(told, WORDS[1]) == set(), "and the next turn sees to it"


def test_a_hold_that_came_while_it_was_looked_for_is_seen(told: Store, clock: Clock) -> None:
    clock.forward(days=OLD)
    with told.read() as session:
        after = retaining.end_of(session)
    with told.write() as session:
        holds.put(session, "use", storied.DECLINED, because="A claim", by=BEN, now=clock())
    assert looked_at(told, clock, after=after)[1] is None


def looked_at(store: Store, clock: Clock, *, after: int | None = None) -> tuple[Due, Seen | None]:
    with store.read() as session:
        (each,) = due(session, "register", clock(), held=())
        return each, retaining.look(
            session, each, after=retaining.end_of(session) if after is None else after
        )


@contextmanager
def heard() -> Iterator[list[str]]:
    """Every statement, on whichever database."""
    found: list[str] = []

    def hear(_: Any, __: Any, statement: str, *___: Any) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def test_nobody_waits_while_the_trail_is_read(told: Store, clock: Clock) -> None:
    """Within a write lines are found by their number alone, and each of those of a use is read once."""
    clock.forward(days=OLD)
    each, seen = looked_at(told, clock)
    assert seen is not None
    with told.write() as session, heard() as statements:
        assert retaining.apply(session, each, seen, now=clock())
    read = [one for one in statements if "FROM audit_line" in one]
    assert read
    assert [one for one in read if "audit_line.seq " not in one.partition("WHERE")[2]] == []


def test_guards_are_lifted_only_where_something_changes(told: Store, clock: Clock) -> None:
    clock.forward(days=OLD)
    with heard() as statements:
        keep_no_longer(told)
    switched = {
        one.split("TRIGGER ")[1].removesuffix("_no_update")
        for one in statements
        if one.startswith(("DROP TRIGGER", "ALTER TABLE"))
    }
    assert switched == {"fact"}
    with told.read() as session:
        assert list(differences(session)) == []


def test_readers_and_retention_do_not_wait_for_each_other(told: Store, clock: Clock) -> None:
    """A long export has read every table."""
    clock.forward(days=OLD)
    with told.read() as session:
        for name in metadata.tables:
            session.connection().execute(text(f'SELECT count(*) FROM "{name}"'))
        assert keep_no_longer(told) >= 1
    assert said(told, WORDS[1]) == set()


def test_a_table_that_another_one_writes_lets_it_wait_for_the_next_turn(told: Store, clock: Clock) -> None:
    if told.on_sqlite:
        pytest.skip("there one writes at a time")
    clock.forward(days=OLD)
    with told.engine.connect() as other:
        other.execute(text("LOCK TABLE fact IN ROW EXCLUSIVE MODE"))
        keep_no_longer(told)
        assert said(told, WORDS[1]) != set(), "all of it waits"
        other.rollback()
    keep_no_longer(told)
    assert said(told, WORDS[1]) == set()
    with told.read() as session:
        assert list(differences(session)) == []


def test_a_few_in_each_turn(told: Store, clock: Clock) -> None:
    clock.forward(days=OLD)
    with told.write() as session:
        session.connection().execute(text("UPDATE \"use\" SET state = 'retired'"))
    assert keep_no_longer(told, limit=1) == 1
    with told.read() as session:
        assert len(due(session, "register", clock(), held=(), limit=100)) > 1


def test_a_draft_that_was_given_up_goes_after_a_year(told: Store, clock: Clock) -> None:
    Ledger(told).execute(Steer(actor=ANA, case=storied.DRAFT, key="up", wish="cancel"), storied.day(10))
    clock.forward(days=300)
    keep_no_longer(told)
    assert said(told, "Perhaps Otter") != set()
    clock.forward(days=100)
    keep_no_longer(told)
    assert said(told, "Perhaps Otter") == set()


@pytest.mark.parametrize(("days", "gone"), [(None, True), (30, False)])
def test_events_go_after_the_days_that_were_settled(
    told: Store, clock: Clock, days: int | None, gone: bool
) -> None:
    with told.write() as session:
        row = InboxRow(key="e", kind="event", payload={"text": "Hi"}, received_at=clock(), state="done")
        row.done_at = clock()
        session.add(row)
        if days is not None:
            settings.change(session, "retention.events", days, by=None, now=clock())
    clock.forward(days=3)
    purge(told)
    with told.read() as session:
        assert (session.get(InboxRow, row.id) is None) == gone


def test_words_of_a_model_go_after_the_days_that_were_settled(told: Store, clock: Clock) -> None:
    about: dict[str, Any] = {"subject_kind": "use", "subject_id": storied.APPROVED, "about": "x", "turn": 1}
    with told.write() as session:
        row = ConsultRow(
            id="c", **about, text="Hi", state="done", due_at=clock(), asked_at=clock(), asked_by=ANA,
        )  # fmt: skip
        session.add(row)
        settings.change(session, "retention.model", 5, by=None, now=clock())
    clock.forward(days=6)
    purge(told)
    with told.read() as session:
        assert session.get_one(ConsultRow, "c").text == ""


def test_it_is_shown_what_goes_when_and_why(
    steward: Any, told: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.retention.utc_now", clock)
    with told.read() as session:
        ref = session.get_one(UseRow, storied.DECLINED).ref
    code, out, _ = steward("retention")
    assert code == 0
    assert "Drafts that were never handed in: 365 days from their last change" in out
    clock.forward(days=OLD - 15)
    assert f"1 go within 30 days: {ref}" in steward("retention")[1]
    clock.forward(days=20)
    assert f"1 go at the next turn of the clock: {ref}" in steward("retention")[1]
    found = [json.loads(line) for line in steward("retention", "--json")[1].splitlines()]
    assert {each["id"]: each["due"] for each in found}["register"] == [storied.DECLINED]
    assert steward("retention", "--apply")[0] == 0
    assert said(told, WORDS[1]) == set()


def test_a_hold_is_set_by_one_and_lifted_by_two(steward: Any, told: Store) -> None:
    code, out, _ = steward("retention", "hold", "AIU-2026-0001", "--because", "A claim", "--by", BEN)
    assert (code, out.startswith("held: ")) == (0, True)
    id = out.split()[1].rstrip(".")
    assert id in steward("retention", "holds")[1]
    assert steward("retention", "lift", id, "--by", f"U{BEN}")[0] == 0
    code, _, errors = steward("retention", "lift", id, "--by", BEN)
    assert (code, "somebody else" in errors) == (1, True)
    assert steward("retention", "lift", id, "--by", "U0NOBODY")[0] == 1
    assert steward("retention", "lift", id, "--by", DAN)[1] == "lifted.\n"
    assert id not in steward("retention", "holds")[1]
    assert steward("verify")[0] == 0
    assert steward("retention", "hold", "AIU-2026-9999", "--because", "x", "--by", BEN)[0] == 1
