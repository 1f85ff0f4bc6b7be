"""Reviews as rows: found by their day, numbered, once for each key, and held against the trail."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

import pytest
from sqlmodel import select

from store import beside, comparing, reviews, tools
from store.engine import Store
from store.ledger import Ledger
from store.reviewlist import listed
from store.tables import OutboxRow, ReviewStepRow, ToolRow, UseRow
from store.telling import told
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, CLEO, DAN, EVE, NOW, a_desk, key
from tests.store.test_staged import CASE, book, case_of
from triage.asset import Asset, Change
from triage.cadence import cadence
from triage.desk import Desk
from triage.outcome import Refused
from triage.register import Reader
from triage.reviewing import to_confirm
from triage.reviews import last_review, open_review
from triage.reviewwishes import ConfirmReview, OpenReview, ReadReview

__all__ = ["book"]
AUDITOR = Reader(person="", roles=frozenset({"auditor"}))
DAY = NOW.date() + timedelta(days=190)


def later() -> Desk:
    """Half a year on, the same people."""
    roles = {"risk_owner": frozenset({CLEO}), "legal": frozenset({EVE}), "privacy": frozenset({DAN})}
    return a_desk(now=NOW + timedelta(days=190), roles=roles)


def opens(store: Store, book: Ledger, day: date = DAY) -> None:
    with store.read() as session:
        (ripe,) = reviews.ripe(session, day)
    book.execute(_wish(ripe), later())


def _wish(ripe: reviews.Ripe) -> OpenReview:
    trigger = ripe.day.isoformat() if ripe.day else ""
    return OpenReview(actor="", key=ripe.key, case=ripe.case, cause="periodic", trigger=trigger, seed="s")


def confirms(store: Store, book: Ledger, press: str = "press") -> None:
    case = case_of(store)
    review = open_review(case)
    assert review is not None
    same = to_confirm(case, review, later())
    wish = {"actor": ANA, "key": press, "case": CASE, "review": review.id, "same": same, "sample": "right"}
    book.execute(ConfirmReview.model_validate(wish), later())


def reads(store: Store, book: Ledger, person: str = CLEO, verdict: str = "agree") -> None:
    review = open_review(case_of(store))
    assert review is not None
    assert review.answer is not None
    given = {"actor": person, "key": key(), "case": CASE, "step": review.answer.id, "verdict": verdict}
    book.execute(ReadReview.model_validate(given | {"words": "Since when?"}), later())


def differences(store: Store) -> list[str]:
    with store.read() as session:
        return [*comparing.differences(session, told(session)), *beside.differences(session)]


def steps(store: Store) -> list[str]:
    with store.read() as session:
        rows = session.exec(select(ReviewStepRow)).all()
    return [row.kind for row in reviews.ordered(rows)]


def test_it_is_found_two_weeks_before_its_day_and_opened_once(store: Store, book: Ledger) -> None:
    planned = case_of(store).next_review_on
    assert planned is not None
    opening = planned - timedelta(days=cadence().ahead)
    with store.read() as session:
        assert reviews.ripe(session, opening - timedelta(days=1)) == []
        (ripe,) = reviews.ripe(session, opening)
    for _ in range(2):  # two clocks, or one after a kill
        book.execute(_wish(ripe), later())
    assert steps(store) == ["opened"]
    with store.read() as session:
        (again,) = reviews.ripe(
            session, opening
        )  # the use has another version: tried once more, and nothing is done
        assert reviews.reviewed_by(session, ANA) == [CASE]
        assert reviews.reviewed_by(session, CLEO) == []
    book.execute(_wish(again), later())
    assert steps(store) == ["opened"]
    with store.read() as session:
        assert reviews.ripe(session, opening) == []
        (row,) = session.exec(select(UseRow)).all()
        assert row.next_review_on == planned, "an opening moves no day"


def test_the_same_press_counts_once_and_what_it_owes_is_kept_with_it(store: Store, book: Ledger) -> None:
    opens(store, book)
    confirms(store, book)
    case = case_of(store)
    review = open_review(case)
    assert review is not None
    again = ConfirmReview(actor=ANA, key="press", case=CASE, review=review.id, same=())
    assert book.execute(again, later()).repeated
    assert steps(store) == ["opened", "answered"]
    with store.read() as session:
        owed = [row.payload for row in session.exec(select(OutboxRow)).all() if row.kind == "post"]
    notes = [each for each in owed if each.get("facts", {}).get("about") == "review_answered"]
    assert len(notes) == 1, "whoever reads it is told, whatever ends the process after the commit"


def test_what_was_said_is_read_back_and_proven(store: Store, book: Ledger) -> None:
    opens(store, book)
    confirms(store, book)
    reads(store, book, verdict="return")
    confirms(store, book, "press-2")
    reads(store, book)
    case = case_of(store)
    done = last_review(case)
    assert done is not None
    assert (done.ref, done.outcome) == ("AIV-2027-0001", "unchanged")
    assert [step.kind for step in done.steps] == ["opened", "answered", "returned", "answered", "agreed"]
    assert differences(store) == []
    with store.read() as session:
        (row,) = listed(session, AUDITOR)
        assert (row.review, reviews.reviewed_by(session, ANA)) == (done, [])
        assert list(listed(session, AUDITOR, NOW)) == [], "not opened by then"


def test_nobody_reads_their_own_and_the_attempt_is_kept(store: Store, book: Ledger) -> None:
    opens(store, book)
    confirms(store, book)
    with pytest.raises(Refused, match="own_request"):
        reads(store, book, ANA)
    assert steps(store) == ["opened", "answered"]


@pytest.mark.parametrize(
    ("deed", "named"),
    [
        ("UPDATE review_step SET outcome = 'updated' WHERE kind = 'answered'", "the step of a review"),
        ("UPDATE review_step SET \"by\" = 'P-ana' WHERE kind = 'agreed'", "read by nobody else"),
        ("DELETE FROM review_step WHERE kind = 'opened'", "nothing had opened that"),
        ("UPDATE use SET next_review_on = '2030-01-01'", "next_review_on was changed"),
        ("UPDATE counter SET last = 9 WHERE prefix = 'AIV'", "the last number of AIV-2027"),
    ],
)
def test_what_was_changed_behind_the_trail_is_named(
    store: Store, book: Ledger, deed: str, named: str
) -> None:
    opens(store, book)
    confirms(store, book)
    reads(store, book)
    tamper(store, deed)
    assert [one for one in differences(store) if named in one] != []


def test_terms_of_a_tool_are_told_with_the_day(store: Store) -> None:
    otter = Asset(id="otter", name="Otter.ai", vendor="Otter")

    def check(terms: str | None, day: date) -> bool:
        with store.write() as session:
            return tools.check_terms(session, otter, terms, day, known_as="catalogue", now=NOW)

    first = date(2026, 11, 1)
    assert check("Trains on nothing.", first)
    assert check("Trains on nothing.", first), "the same once more goes on with what follows"
    assert not check(None, date(2026, 12, 1)), "looked at, and as it was"
    assert differences(store) == []
    with store.read() as session:
        known = tools.assets(session)["otter"]
    assert (known.terms, known.checked_on) == ("Trains on nothing.", date(2026, 12, 1))
    tamper(store, "UPDATE tool SET record = '{}' WHERE id = 'otter'")
    assert differences(store) == ["the tool otter: record was changed"]


def test_each_kind_of_change_of_a_tool_is_told_by_itself(store: Store) -> None:
    otter, day = Asset(id="otter", name="Otter.ai", vendor="Otter"), date(2026, 11, 1)
    with store.write() as session:
        for what, words in (("subprocessors", "Also Acme"), ("terms", "Trains on nothing.")):
            assert tools.check_terms(
                session, otter, words, day, known_as="catalogue", now=NOW, what=cast(Change, what)
            )
    assert differences(store) == []
    with store.read() as session:
        known = tools.assets(session)["otter"]
    assert known.changed == {"terms": "Trains on nothing.", "subprocessors": "Also Acme"}
    with store.write() as session:
        row = session.get_one(ToolRow, "otter")
        row.record = {**row.record, "subprocessors": {**row.record["subprocessors"], "terms": "Also us"}}
        session.add(row)
    assert differences(store) == ["the tool otter: record was changed"]
