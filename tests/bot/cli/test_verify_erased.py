"""After an erasure the register is still held against what lines say themselves, and nothing is reported in vain."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import pytest

from store import accord, audit
from store.engine import Store
from store.ledger import Ledger
from tests.bot.cli import storied
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, EVE, NOW
from tests.databases import Databases
from tests.triage.patterns import TOOLS
from triage.onward import AcceptPart, MoveOn


@pytest.fixture
def database_url(sqlite_databases: Databases) -> str:
    """What is compared is the same everywhere; that it can be read on PostgreSQL other files try."""
    return sqlite_databases.copy()


def erase(steward: Any, store: Store, what: str, field: str = "record", last: bool = True) -> int:
    """That of the last such line, or of the first."""
    with store.read() as session:
        lines = [line.seq for line in audit.records(session) if line.what == what and field in line.texts]
    seq = lines[-1 if last else 0]
    assert steward("erase", "--line", str(seq), "--field", field, "--because", "Asked for it.")[0] == 0
    return seq


@pytest.mark.parametrize("what", ["case.approved_with_conditions", "case.approved", "draft.begun"])
def test_nobody_tampered_where_a_record_was_erased(steward: Any, store: Store, what: str) -> None:
    storied.tell(store, beforehand=True)
    erase(steward, store, what)
    code, out, errors = steward("verify")
    assert (code, errors) == (0, ""), out


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "UPDATE condition SET due_on = '2028-01-01' WHERE decision_id = 'bound'",
            "due_on of its condition 1",
        ),
        ("UPDATE condition SET otherwise = NULL WHERE decision_id = 'bound'", "otherwise of its condition 1"),
        (
            f"UPDATE condition SET owner_id = '{EVE}' WHERE decision_id = 'bound'",
            "owner_id of its condition 1",
        ),
    ],
)
def test_what_a_condition_is_bound_to_is_still_held(
    steward: Any, store: Store, sentence: str, said: str
) -> None:
    storied.tell(store)
    erase(steward, store, "case.approved_with_conditions")
    tamper(store, sentence)
    code, out, errors = steward("verify")
    assert code == 1
    assert said in out + errors


def found(store: Store, *sentences: str, erasing: Iterable[int]) -> list[str]:
    """What a check finds after these records went and the sentences were carried out; nothing of it stays."""
    sentence: list[str] = []
    with suppress(Undone), store.write() as session:
        for seq in erasing:
            audit.erase(session, seq=seq, field="record", actor=None, at=NOW, because="Asked for it.")
        for each in sentences:
            assert session.connection().exec_driver_sql(each).rowcount, each
        sentence = list(accord.compare(session).differ)
        raise Undone
    return sentence


class Undone(Exception):
    pass


def recorded(store: Store, what: str = "") -> list[int]:
    with store.read() as session:
        lines = list(audit.records(session))
    return [line.seq for line in lines if "record" in line.texts and line.what.startswith(what)]


@pytest.fixture
def whole(store: Store) -> Store:
    """Nothing forbids a change any more, and much has happened."""
    storied.tell(store, beforehand=True)
    on: dict[str, Any] = {"case": storied.SOURCE}
    book, at = Ledger(store), storied.day(8, assets=TOOLS)
    book.execute(AcceptPart(actor=ANA, key="i-own-it", appointment="general:owner", **on), at)
    book.execute(MoveOn(actor=ANA, key="further", to="pilot", **on), at)
    tamper(store)
    return store


def test_no_erasure_makes_it_look_as_if_somebody_had_tampered(whole: Store) -> None:
    """One of each kind by itself, then all."""
    with whole.read() as session:
        kinds = {line.what: line.seq for line in audit.records(session) if "record" in line.texts}
    assert len(kinds) > 20
    assert not {what: said for what, seq in kinds.items() if (said := found(whole, erasing=[seq]))}
    assert not found(whole, erasing=recorded(whole))


TAMPERED = [
    ("case.approved", "UPDATE signature SET person_id = 'P-cleo' WHERE decision_id = 'decided'"),
    ("case.approved", "UPDATE signature SET signed_at = '2027-01-29T08:00:00.000000Z' WHERE decision_id = 'decided'"),
    ("case.approved", "UPDATE decision SET kind = 'approve_with_conditions' WHERE id = 'decided'"),
    ("case.approved", "UPDATE decision SET reason = 'No.' WHERE id = 'decided'"),
    ("case.approved", "INSERT INTO signature (decision_id, person_id, role, signed_at) SELECT 'decided', 'P-cleo', "
                      "'committee', '2026-11-21T09:00:00.000000Z'"),
    ("case.declined", "UPDATE decision SET kind = 'confirm_prohibited' WHERE id = 'no'"),
    ("case.approved_with_conditions", "INSERT INTO condition (id, decision_id, use_id, text, state, owner_id) SELECT "
                                      "'bound:003', 'bound', 'case-2', 'More', 'open', 'P-ana'"),
    ("condition.done", "UPDATE condition_step SET by = 'P-ben' WHERE id = 'met'"),
    ("condition.done", "UPDATE condition_step SET kind = 'verified' WHERE id = 'met'"),
    ("condition.done", "UPDATE condition_step SET condition_id = 'bound:002' WHERE id = 'met'"),
    ("condition.done", "UPDATE condition_step SET words = 'Not yet.' WHERE id = 'met'"),
    ("condition.done", "DELETE FROM condition_step WHERE id = 'met'"),
    ("condition.done", "INSERT INTO condition_step (id, use_id, condition_id, kind, by, at, version) SELECT 'more', "
                       "use_id, condition_id, 'verified', 'P-ben', at, version FROM condition_step WHERE id = 'met'"),
    ("part.accepted", "UPDATE appointment SET kind = 'refused' WHERE kind = 'accepted'"),
    ("part.accepted", "UPDATE appointment SET person_id = 'P-dan', by = 'P-dan' WHERE kind = 'accepted'"),
    ("stage.moved", "UPDATE stage_move SET by = 'P-ben' WHERE id = 'further'"),
    ("case.taken", "UPDATE assignment SET person_id = 'P-cleo' WHERE id = 'mine'"),
    ("case.recused", "UPDATE assignment SET kind = 'taken' WHERE id = 'aside'"),
    ("answer.reported", "UPDATE report SET by = 'P-ben'"),
    ("plan.written", "UPDATE plan SET every = 'quarterly'"),
    ("pattern.confirmed", "UPDATE pattern_step SET by = 'P-cleo' WHERE id = 'two'"),
    ("pattern.proposed", "UPDATE pattern SET last_day = '2028-01-01' WHERE id = 'p2'"),
    ("case.approved", "UPDATE task_step SET due_on = '2028-01-01' WHERE kind = 'called'"),
]  # fmt: skip


def test_what_lines_say_themselves_is_held_against_the_rows(whole: Store) -> None:
    """All of them in one story, which takes its time to be told; nothing stays of any."""
    unseen = [each for what, each in TAMPERED if not found(whole, each, erasing=recorded(whole, what))]
    assert not unseen
