"""The organisation's own rules in the database: one proposal at a time, a line a step, a run over the register."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import func, select

from store import audit, own, rerun, settings
from store.engine import Store
from store.ledger import Ledger
from store.sessions import Session
from store.tables import PersonRow, PlaceRow, ResultRow
from tests.builders import ANA, BEN, DM, GOVERNANCE, LOW, NOW, a_desk, key
from tests.triage.test_own import a_file, a_rule
from triage.case import Status
from triage.commands import Approve, Rejudge
from triage.own import OWN, digest_of
from triage.policies import load_book
from triage.proposing import Proposal
from triage.talking import Begin, Fill, Submit

WISH = Proposal(
    digest=digest_of("rules: []"),
    base="",
    made="p",
    by=ANA,
    reason="Since & <so>",
    looser=True,
    agreed=(ANA,),
    rehearsed=("1 0 0 0 0 0",),
)


def test_a_proposal_comes_back_as_it_was_made(store: Store) -> None:
    with store.write() as session:
        assert own.proposal(session) is None
        own.set_proposal(session, WISH, what="rules.proposed", by=ANA, now=NOW)
        assert own.proposal(session) == WISH
        own.set_proposal(session, None, what="rules.withdrawn", by=ANA, now=NOW)
        assert own.proposal(session) is None
        own.set_proposal(session, WISH, what="rules.proposed", by=ANA, now=NOW)
        own.keep_text(session, WISH.digest, "rules: []", now=NOW)
        own.put_into_force(session, WISH, by=BEN, now=NOW)
        assert (own.in_force(session), own.proposal(session)) == (WISH.digest, None)
        assert own.text_of(session, WISH.digest) == "rules: []"
        assert not list(settings.differences(session))
        own.keep_text(session, "d" * 64, "rules: []", now=NOW)
    for digest in ("0" * 64, "d" * 64):
        with pytest.raises(LookupError), store.read() as session:
            own.text_of(session, digest)


def test_each_line_says_which_rules_it_is_about(store: Store) -> None:
    """From the trail alone: what was proposed upon what, by whom it was agreed, and what came into force."""
    with store.write() as session:
        own.set_proposal(session, WISH, what="rules.proposed", by=ANA, now=NOW)
        own.put_into_force(session, WISH.model_copy(update={"agreed": (ANA, BEN)}), by=BEN, now=NOW)
        later = WISH.model_copy(update={"digest": "e" * 64, "base": WISH.digest})
        own.set_proposal(session, later, what="rules.proposed", by=ANA, now=NOW)
        own.set_proposal(session, None, what="rules.withdrawn", by=BEN, now=NOW)
        lines = list(audit.records(session))
    told = [(line.what, line.detail["rules"], line.detail["upon"], line.detail["agreed"]) for line in lines]
    assert told == [
        ("rules.proposed", WISH.digest, "", [ANA]),
        ("rules.in_force", WISH.digest, "", [ANA, BEN]),
        ("rules.settled", WISH.digest, "", [ANA, BEN]),
        ("rules.proposed", "e" * 64, WISH.digest, [ANA]),
        ("rules.withdrawn", "e" * 64, WISH.digest, [ANA]),
    ]
    assert {line.detail["looser"] for line in lines} == {True}


def test_a_setting_that_was_changed_behind_the_trail_is_noticed(store: Store) -> None:
    with store.write() as session:
        own.put_into_force(session, WISH, by=BEN, now=NOW)
        settings.change(session, own.IN_FORCE, "e" * 64, by=BEN, now=NOW)
        assert any(own.IN_FORCE in told for told in settings.differences(session))


def approved(store: Store, case: str, *, decided: bool = True) -> None:
    ledger = Ledger(store)
    on: dict[str, Any] = {"actor": ANA, "case": case}
    ledger.execute(
        Begin(**on, key=key(), words="I'd like to use Otter", place=DM, root=f"17.{case}"), a_desk()
    )
    ledger.execute(Fill(**on, key=key(), answers=LOW), a_desk())
    ledger.execute(Submit(**on, key=key()), a_desk())
    if decided:
        ledger.execute(Approve(actor=BEN, case=case, key=key(), reason="Fits."), a_desk())


@pytest.fixture(autouse=True)
def _people(store: Store) -> None:
    with store.write() as session:
        for person in (ANA, BEN):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))


def test_a_run_takes_every_use_once_and_knows_what_it_opened_again(store: Store) -> None:
    for case in ("case-1", "case-2", "case-3"):
        approved(store, case, decided=case != "case-3")
    with store.read() as session:
        assert [rerun.next_uses(session, after, 2) for after in ("", "case-2", "case-3")] == [
            ["case-1", "case-2"],
            ["case-3"],
            [],
        ]
    later = NOW + timedelta(hours=1)
    text = a_file(a_rule())
    desk = a_desk(now=later, book=load_book(a_desk().form, own=text))
    wishes = [
        Rejudge(actor="", key=f"run:{case}", case=case, rules="r") for case in ("case-1", "case-2", "case-3")
    ]
    first, again = (Ledger(store).execute_many(wishes, desk) for _ in range(2))
    assert [(done.changed, done.case.status) for done in first] == [(True, Status.in_review)] * 3
    assert [(done.changed, done.repeated) for done in again] == [(False, True)] * 3
    with store.read() as session:
        assert rerun.reopened(session, "run:") == ["case-1", "case-2"]
        assert rerun.reopened(session, "another:") == []
        assert _results(session) == 6


def _results(session: Session) -> int:
    return int(session.exec(select(func.count()).select_from(ResultRow)).one())


def test_what_does_not_move_is_not_touched(store: Store) -> None:
    approved(store, "case-1")
    wish = Rejudge(actor="", key="run:1", case="case-1", rules="r")
    done = Ledger(store).execute(wish, a_desk(now=NOW + timedelta(days=3)))
    assert (done.changed, done.case.status) == (False, Status.approved)
    book = load_book(a_desk().form, own=a_file(a_rule(level=1)))
    assert book.policies[-1].name == OWN
    milder = Rejudge(actor="", key="run:2", case="case-1", rules="r")
    assert not Ledger(store).execute(milder, a_desk(book=book)).changed
