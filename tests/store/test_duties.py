"""The days of duties that are kept as rows are those of the results, also of what was there before such rows were."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from store import accord
from store.duties import ahead
from store.engine import Store
from store.ledger import Ledger
from store.migrate import migrate
from store.tables import DutyRow, ResultRow
from tests.builders import ANA, DM, LOW, key
from tests.store.test_digest import HIRING, Story, book, cases
from tests.store.test_ledger import play
from triage.case import Status
from triage.talking import Begin, Fill, Submit
from triage.verdict import DutyOwed

__all__ = ["book"]
Kept = set[tuple[str, str, date]]


def kept(store: Store) -> Kept:
    with store.read() as session:
        return {(row.use_id, row.duty, row.begins) for row in session.exec(select(DutyRow))}


def wanted(store: Store) -> Kept:
    """What lay ahead by each result, or might have in another zone."""
    return {
        (case.id, duty.duty, duty.since)
        for case in cases(store)
        if case.verdict is not None and case.status is not Status.draft
        for duty in (*case.verdict.duties_today, *case.verdict.duties_coming)
        if duty.since > case.verdict.day - timedelta(days=2)
    }


@pytest.fixture
def story(store: Store, book: Ledger) -> Story:
    story = Story(store, book, seed=4)
    for _ in range(30):
        story.goes_on()
    return story


def test_they_go_with_the_answers(store: Store, story: Story) -> None:
    assert kept(store) == wanted(store)
    assert len({use for use, _, _ in kept(store)}) > 2


def test_a_draft_has_none(store: Store, book: Ledger, story: Story) -> None:
    play(book, Begin(actor=ANA, key=key(), case="draft", words="We want Otter", place=DM, root="draft"))
    play(book, Fill(actor=ANA, key=key(), case="draft", answers=LOW | HIRING))
    assert "draft" not in _uses(store)
    play(book, Submit(actor=ANA, key=key(), case="draft"))
    assert "draft" in _uses(store)


def test_they_are_worked_out_again_by_verify_and_so_is_what_a_use_lacks(store: Store, story: Story) -> None:
    assert _differ(store) == []
    with store.write() as session:
        session.connection().execute(text("UPDATE duty SET begins = '2031-01-01'"))
    assert {each.partition(": ")[2].split(" of ")[0] for each in _differ(store)} >= {"the day 2031-01-01"}
    with store.write() as session:
        session.connection().execute(text("DELETE FROM duty"))
        session.connection().execute(text("DELETE FROM lack"))
    found = _differ(store)
    assert all(each.endswith(" is missing") for each in found)
    assert any(": that it lacks " in each for each in found)
    assert any(" of the duty " in each for each in found)


def _differ(store: Store) -> list[str]:
    with store.read() as session:
        return list(accord.differences(session))


def _uses(store: Store) -> set[str]:
    return {use for use, _, _ in kept(store)}


def test_what_was_there_before_gets_its_rows(store: Store, story: Story, database_url: str) -> None:
    before, use = kept(store), next(iter(_uses(store)))
    near = _judged_again(store, use)
    with store.write() as session:
        for sentence in (
            "DROP TABLE duty",
            "DROP INDEX ix_use_confidential_state",
            "UPDATE alembic_version SET version_num = '0016'",
        ):
            session.connection().execute(text(sentence))
    store.engine.dispose()
    migrate(database_url, "0017")
    assert kept(store) == {each for each in before if each[0] != use} | near
    assert before


def _judged_again(store: Store, use: str) -> Kept:
    """With a duty for each day around that of the result, today's and coming ones mixed; gives those to be kept."""
    with store.write() as session:
        query = select(ResultRow).where(ResultRow.subject_id == use).order_by(col(ResultRow.version).desc())
        last = session.exec(query).first()
        assert last is not None
        day = date.fromisoformat(last.verdict["day"])
        days = {f"of-{number}": day + timedelta(days=number) for number in range(-4, 4)}
        owed = [{"duty": name, "from": each.isoformat()} for name, each in days.items()]
        told = last.verdict | {"duties_today": owed[:6], "duties_coming": owed[3:]}
        same = last.model_dump() | {"id": "again", "version": last.version + 1, "verdict": told}
        session.add(ResultRow(**same))
    return {(use, name, days[name]) for name in ("of--1", "of-0", "of-1", "of-2", "of-3")}


def test_a_day_that_another_zone_has_not_reached_yet_is_kept() -> None:
    day = date(2026, 12, 2)
    told = ({"duty": str(n), "from": day + timedelta(days=n), "what": "", "source": ""} for n in range(-4, 4))
    owed = [DutyOwed.model_validate(each) for each in told]
    assert [name for _, name in ahead(owed, day)] == ["-1", "0", "1", "2", "3"]
