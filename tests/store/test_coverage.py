"""Coverage out of a whole story: what fires, as of any day, counted on from where it stood, and in confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from store import audit, coverage
from store.columns import to_text
from store.engine import Store
from store.ledger import Ledger
from store.tables import AuditHeadRow, DoneRow
from store.trail import Record
from tests.bot.cli import storied
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, NOW
from triage.aims.covered import Covered
from triage.aims.evidence import plan
from triage.confidences import Confide

LAST = NOW + timedelta(days=20)
FIRES = {"campaigns", "decided", "handled", "patterns", "readings", "sightings", "specialists", "wrong"}


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store, beforehand=True)
    return store


def found(store: Store, until: datetime | None = LAST) -> tuple[Covered, ...]:
    with store.read() as session:
        return coverage.covered(session, "UTC", until)


def fired(points: Iterable[Covered]) -> set[str]:
    return {each.name for point in points for each in point.evidence}


def at(point: str, points: Iterable[Covered]) -> Covered:
    return next(each for each in points if each.point == point)


def test_a_story_shows_what_it_did_and_nothing_else(told: Store) -> None:
    points = found(told)
    assert fired(points) == FIRES
    decided = next(each for each in at("8.2", points).evidence if each.name == "decided")
    with told.read() as session:
        lines = [
            line
            for line in audit.records(session)
            if line.what in {"case.approved", "case.approved_with_conditions", "case.declined"}
        ]
    assert decided.count == len(lines)
    assert decided.newest == max(datetime.fromisoformat(line.at) for line in lines)
    assert set(decided.sample) == {line.detail["ref"] for line in lines[-5:]}


def test_what_was_asked_for_and_not_decided_shows_nothing(store: Store) -> None:
    with store.write() as session:
        for number, what in enumerate(
            ("case.submitted", "draft.begun", "case.withdrawn", "condition.done", "plan.written")
        ):
            audit.append(
                session,
                what,
                actor=ANA,
                subject_kind="use",
                subject_id=f"u{number}",
                detail={"ref": "AIU-1"},
                at=NOW,
            )
    assert {each.standing for each in found(store)} == {"nothing"}


def test_as_of_a_day_is_as_if_nothing_had_come_after_it(told: Store) -> None:
    moment = NOW + timedelta(days=3, hours=1)
    before = found(told, moment)
    assert fired(before) < fired(found(told)), "later days showed more"
    late = [line.seq for line in every(told) if line.at > to_text(moment)]
    tamper(
        told,
        f"DELETE FROM aims_step WHERE line IN ({', '.join(map(str, late))})",
        f"DELETE FROM audit_text WHERE seq IN ({', '.join(map(str, late))})",
        f"DELETE FROM audit_line WHERE seq IN ({', '.join(map(str, late))})",
    )
    assert found(told, moment) == before


def every(store: Store) -> list[Record]:
    with store.read() as session:
        return list(audit.records(session))


def test_what_was_kept_is_counted_on_and_comes_to_the_same(store: Store) -> None:
    with store.write() as session:
        coverage.keep(session, coverage.counted_on(session), NOW)
    storied.tell(store, beforehand=True)
    with store.read() as session:
        anew = coverage.covered(session, "UTC", LAST)
        assert coverage.now_covered(session, LAST, "UTC") == anew
        half = coverage.counted(session, plan(), NOW + timedelta(days=3))
    with store.write() as session:
        coverage.keep(session, coverage.counted_on(session), NOW)
    with store.read() as session:
        assert coverage.kept_counts(session).seq == coverage.counted_on(session).seq
        assert coverage.now_covered(session, LAST, "UTC") == anew
        assert not coverage.is_behind(session)
    assert half.tallies


def test_as_of_a_day_is_read_from_what_was_kept_at_any_time_and_comes_to_the_same(store: Store) -> None:
    """The clock came by before that day, on it, or later: its counts tell that day from what came later."""
    storied.tell(store, beforehand=True)
    moments = [NOW + timedelta(days=day, hours=1) for day in range(12)]
    anew = {moment: found(store, moment) for moment in moments}
    assert len({str(each) for each in anew.values()}) > 3, "the days differ"
    lines = len(every(store))
    for until in moments:
        for seen in (3, lines // 2, lines):
            with store.write() as session:
                keep_up_to(session, seen, until)
            with store.read() as session:
                for moment in moments:
                    assert coverage.was_covered(session, moment, "UTC") == anew[moment]


def keep_up_to(session: Session, seen: int, until: datetime) -> None:
    """As the clock does, at a time when there were no more lines."""
    if (row := session.get(DoneRow, coverage.KEY)) is not None:
        session.delete(row)
        session.flush()
    head, last = session.get_one(AuditHeadRow, 1), coverage._lines

    def fewer(session: Session, *, after: int) -> Iterator[tuple[int, str]]:
        yield from (each for each in last(session, after=after) if each[0] <= seen)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(coverage, "_lines", fewer)
        coverage.keep(session, coverage.counted_on(session, until), NOW)
    assert head.seq >= seen


def test_on_the_next_day_the_clock_goes_on_from_where_it_stood(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    storied.tell(store, beforehand=True)
    monkeypatch.setattr(coverage, "AT_ONCE", 2)
    moments = [NOW + timedelta(days=day, hours=1) for day in (2, 3, 30)]
    anew = [found(store, moment) for moment in moments]
    read: list[int] = []
    last = coverage._lines

    def noted(session: Session, *, after: int) -> Iterator[tuple[int, str]]:
        read.append(after)
        yield from last(session, after=after)

    monkeypatch.setattr(coverage, "_lines", noted)
    for moment, known in zip(moments, anew, strict=True):
        with store.write() as session:
            assert coverage.is_behind(session, moment), "a day of which nothing is kept"
            kept = coverage.kept_counts(session).seq
            read.clear()
            coverage.keep(session, coverage.counted_on(session, moment), NOW)
            assert read == ([kept, kept] if moment == moments[2] else [kept, 0])
            assert not coverage.is_behind(session, moment)
            read.clear()
            assert coverage.was_covered(session, moment, "UTC") == known
            assert read == [session.get_one(AuditHeadRow, 1).seq], "nothing is read that was counted"
        if moment == moments[1]:
            for number in range(3):
                with store.write() as session:
                    late(session, f"late{number}", moments[2] - timedelta(hours=2))
            anew[2] = found(store, moments[2])


def late(session: Session, id: str, at: datetime) -> None:
    audit.append(
        session,
        "case.approved",
        actor=ANA,
        subject_kind="use",
        subject_id=id,
        detail={"ref": "AIU-2026-0099"},
        at=at,
    )


def test_counts_of_other_sources_are_not_gone_on_from(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with told.write() as session:
        coverage.keep(session, coverage.counted_on(session), NOW)
    known = plan()
    fewer = known.model_copy(update={"sources": {n: s for n, s in known.sources.items() if n != "concerns"}})
    monkeypatch.setattr(coverage, "plan", lambda: fewer)
    with told.read() as session:
        assert coverage.kept_counts(session) == coverage.NOTHING


def test_where_too_much_came_since_nobody_waits_for_it(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "BEHIND", 3)
    with told.read() as session:
        assert coverage.now_covered(session, LAST, "UTC") is None
        assert coverage.was_covered(session, LAST, "UTC") is None
        assert session.get_one(AuditHeadRow, 1).seq > 3


def test_a_confidential_use_is_counted_and_never_named(told: Store) -> None:
    before = at("8.2", found(told))
    ref = "AIU-2026-0002"
    assert any(ref in each.sample for each in before.evidence)
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    after = found(told)
    assert ref not in str(after)
    assert at("8.2", after).count == before.count
    assert any(each.startswith("line ") for one in at("8.2", after).evidence for each in one.sample)
    assert ref not in str(found(told, NOW + timedelta(days=8))), "nor as of a day on which it was open"


def test_a_line_that_was_changed_shows_nothing(told: Store) -> None:
    count = at("8.2", found(told)).count
    seq = next(line.seq for line in every(told) if line.what == "case.approved")
    tamper(told, f"UPDATE audit_line SET sealed = replace(sealed, 'AIU-2026', 'AIU-2025') WHERE seq = {seq}")
    assert at("8.2", found(told)).count < count


def test_a_digest_that_was_sent_is_told_and_shows_nothing(store: Store) -> None:
    with store.write() as session:
        session.add(DoneRow(key="digest:week:2026-W45", at=NOW))
        session.add(DoneRow(key="digests", at=NOW))
    point = at("9.1", found(store))
    assert [(each.name, each.count, each.alone, each.sample) for each in point.evidence] == [
        ("digests", 1, True, ("digest:week:2026-W45",))
    ]
    assert point.stage == "missing"
