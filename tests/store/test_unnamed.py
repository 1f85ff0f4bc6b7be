"""What came without a name: kept apart until a full hour, taken in once, found by its phrase alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from bot.phrase import MANY, as_typed, known, new_phrase
from store import incidents, unnamed
from store.engine import Store
from store.outbox import OPEN
from store.tables import AuditLineRow, DoneRow, IncidentRow, LetterRow, OutboxRow, PhraseRow
from tests.builders import NOW, a_desk
from tests.databases import Clock, Databases
from triage.desk import Desk
from triage.outcome import Refused

PHRASE, OTHER = "acorn " * 7 + "acorn", "acorn " * 7 + "adult"
WORDS = "Somebody pastes names into it"


def desk(now: datetime) -> Desk:
    """Nobody holds a role and no channel is chosen, so nothing is owed to a person of the tests."""
    return a_desk(now=now, roles={}, governance=None)


def raised(session: Session, id: str = "one", phrase: str = PHRASE, at: datetime = NOW) -> datetime:
    return unnamed.raise_one(session, id, phrase, WORDS, {}, at)


@pytest.mark.parametrize(
    ("at", "hour", "day"),
    [
        ((9, 0), 10, 1),
        ((9, 49), 10, 1),
        ((9, 50), 10, 1),
        ((9, 51), 11, 1),
        ((23, 55), 1, 2),
        ((22, 50), 23, 1),
    ],
)
def test_only_a_full_hour_is_known_of_when(at: tuple[int, int], hour: int, day: int) -> None:
    due = unnamed.hour_after(datetime(2026, 3, 1, *at, tzinfo=UTC))
    assert due == datetime(2026, 3, day, hour, tzinfo=UTC)


def test_it_waits_for_its_hour_and_is_taken_in_once(store: Store) -> None:
    with store.write() as session:
        due = raised(session)
        assert raised(session) == due, "the same window again"
        assert len(session.exec(select(LetterRow)).all()) == 1
    early, then = desk(now=due - timedelta(seconds=1)), desk(now=due)
    assert unnamed.take_in(store, early) == 0
    assert (unnamed.take_in(store, then), unnamed.take_in(store, then)) == (1, 0)
    with store.write() as session:
        found = incidents.load(session, "one")
        assert found is not None
        assert (found.now.words, found.now.anonymous, found.now.reporter) == (WORDS, True, "")
        assert session.exec(select(LetterRow)).all() == []
        raised(session)  # by a window that is delivered days later
        assert session.exec(select(LetterRow)).all() == []
        assert [row.person_id for row in session.exec(select(OutboxRow)) if row.person_id] == []


def test_what_breaks_off_is_neither_lost_nor_doubled(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two letters; the process ends while the second is taken in."""
    with store.write() as session:
        due = raised(session)
        raised(session, "two", OTHER)
    real, calls = incidents.carry_out, []

    def dies(*given: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as dying:
        dying.setattr(incidents, "carry_out", dies)
        with pytest.raises(KeyboardInterrupt):
            unnamed.take_in(store, desk(now=due))
    with store.read() as session:
        assert len(session.exec(select(LetterRow)).all()) == 2
        assert session.exec(select(IncidentRow)).all() == []
    assert unnamed.take_in(store, desk(now=due)) == 2
    with store.read() as session:
        assert len(session.exec(select(IncidentRow)).all()) == 2


def test_what_cannot_be_taken_in_stays_and_holds_nobody_up(store: Store) -> None:
    with store.write() as session:
        unnamed.write_on(session, "r", "nothing", WORDS, NOW)
        due = raised(session)
    assert unnamed.take_in(store, desk(now=due)) == 1
    with store.read() as session:
        assert [row.id for row in session.exec(select(LetterRow))] == ["r"]


def test_a_damaged_letter_holds_nobody_up_and_nothing_of_it_is_told(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with store.write() as session:
        raised(session, "bad")
        due = raised(session, "good", OTHER)
        session.get_one(LetterRow, "bad").said = {"words": WORDS, "answers": {"people": {"strange": WORDS}}}
    assert unnamed.take_in(store, desk(now=due)) == 1
    with store.read() as session:
        assert [row.id for row in session.exec(select(LetterRow))] == ["bad"]
        assert [row.id for row in session.exec(select(IncidentRow))] == ["good"]
    (said,) = [each for each in caplog.records if each.levelname == "WARNING"]
    assert said.exc_info is None
    assert "bad" not in str(vars(said))
    assert WORDS not in str(vars(said))


def test_what_was_written_before_its_report_was_taken_in_comes_behind_it(store: Store) -> None:
    with store.write() as session:
        raised(session)
        for number in range(3):
            unnamed.write_on(
                session, f"{9 - number}", "one", f"More {number}", NOW + timedelta(minutes=number)
            )
            unnamed.write_on(session, f"{9 - number}", "one", f"More {number}", NOW)
        assert [words for words, _ in unnamed.waiting(session, "one")] == [
            WORDS,
            "More 0",
            "More 1",
            "More 2",
        ]
    assert unnamed.take_in(store, desk(now=NOW + timedelta(hours=2))) == 4
    with store.read() as session:
        found = incidents.load(session, "one")
        assert found is not None
        assert [each.words for each in found.now.relayed] == ["More 0", "More 1", "More 2"]


def test_a_phrase_opens_its_own_concern_alone(store: Store) -> None:
    with store.read() as session:
        assert unnamed.opened_by(session, PHRASE) is None
    with store.write() as session:
        raised(session)
        raised(session, "two", OTHER)
    with store.read() as session:
        assert [unnamed.opened_by(session, each) for each in (PHRASE, OTHER, "acorn")] == ["one", "two", None]
        assert len({row.salt for row in session.exec(select(PhraseRow))}) == 1
        assert all("acorn" not in row.digest for row in session.exec(select(PhraseRow)))


def test_more_than_so_many_wait_for_the_next_hour(store: Store) -> None:
    """A limit for each person would have to know the person."""
    with store.write() as session:
        for number in range(unnamed.MOST):
            unnamed.write_on(session, f"{number}", "i", WORDS, NOW)
        with pytest.raises(Refused, match="letters_full"):
            raised(session)
        assert session.exec(select(PhraseRow)).all() == []


def test_letters_that_cannot_be_taken_in_keep_no_others_out_for_ever(store: Store) -> None:
    with store.write() as session:
        for number in range(unnamed.MOST):
            unnamed.write_on(session, f"{number}", "nothing", WORDS, NOW)
    assert unnamed.take_in(store, desk(now=NOW + timedelta(hours=2))) == 0
    with store.write() as session:
        with pytest.raises(Refused, match="letters_full"):
            raised(session, at=NOW + timedelta(hours=2))
        raised(session, at=NOW + timedelta(days=2))


def test_of_what_was_taken_in_no_row_tells_the_minute(store: Store) -> None:
    """It was written at 17 minutes past, and is taken in with the clock's next look behind the hour."""
    wrote, taken = NOW.replace(minute=17, second=33), NOW.replace(minute=0, second=5) + timedelta(hours=1)
    with store.write() as session:
        raised(session, at=wrote)
        assert all(
            (row.due_at.minute, row.due_at.second) == (0, 0) for row in session.exec(select(LetterRow))
        )
    assert unnamed.take_in(store, desk(now=taken)) == 1
    with store.read() as session:
        moments = {row.at for row in session.exec(select(DoneRow))}
        moments |= {row.queued_at for row in session.exec(select(OutboxRow).where(OutboxRow.state.in_(OPEN)))}  # type: ignore[attr-defined]
        lines = [row.sealed for row in session.exec(select(AuditLineRow))]
    assert moments == {taken}
    assert not any(":17:33" in line for line in lines)


# -- the phrase


def test_a_phrase_has_seventy_two_bits() -> None:
    assert len(known()) == 512 == len(set(known()))
    assert len({each[:4] for each in known()}) == 512
    phrases = [new_phrase() for _ in range(200)]
    assert {len(each.split()) for each in phrases} == {MANY}
    assert len(set(phrases)) == 200
    assert len({word for each in phrases for word in each.split()}) > 450, "all words are drawn from"


@pytest.mark.parametrize(
    ("typed", "meant", "strange"),
    [
        ("acorn adult", "acorn adult", ()),
        ("  Acorn,\n1. ADULT ", "acorn adult", ()),
        ("acor adul", "acorn adult", ()),
        ("acorn xylophon", "acorn xylophon", ("xylophon",)),
        ("", "", ()),
    ],
)
def test_a_phrase_is_read_as_people_type_it(typed: str, meant: str, strange: tuple[str, ...]) -> None:
    assert as_typed(typed) == (meant, strange)


def test_what_was_handed_in_again_with_more_words_is_kept_with_them(store: Store) -> None:
    """Slack may have told them that it was not kept, though it was."""
    with store.write() as session:
        raised(session)
        unnamed.raise_one(session, "one", PHRASE, f"{WORDS}, every day", {}, NOW)
        (row,) = session.exec(select(LetterRow)).all()
        assert row.said["words"] == f"{WORDS}, every day"
        assert len(session.exec(select(PhraseRow)).all()) == 1


def test_where_a_phrase_lies_tells_nothing_of_the_order_in_which_they_came(
    sqlite_databases: Databases, clock: Clock
) -> None:
    sqlite_store = Store(sqlite_databases.copy(), now=clock)
    with sqlite_store.write() as session:
        due = max(raised(session, "zeta", PHRASE), raised(session, "alpha", OTHER))
        assert _as_they_lie(session) == ["zeta", "alpha"]
    assert unnamed.take_in(sqlite_store, desk(now=due)) == 2
    with sqlite_store.read() as session:
        assert _as_they_lie(session) == ["alpha", "zeta"]
        assert unnamed.opened_by(session, PHRASE) == "zeta"
    sqlite_store.close()


def _as_they_lie(session: Session) -> list[str]:
    return [id for (id,) in session.execute(text("SELECT incident_id FROM phrase ORDER BY rowid"))]
