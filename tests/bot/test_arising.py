"""What is late or went wrong is put forward once a day, once for each matter, and counts once somebody confirms it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot import arising, lapsing
from bot.keeping import keep_questionnaire
from bot.words import Words
from intake.answers import answered
from store import aims
from store.arising import found as looked_for
from store.engine import Store
from store.errors import Unavailable
from store.ledger import Ledger
from store.sessions import Session
from store.tables import ConditionRow, ConditionStepRow, DecisionRow, OutboxRow, PersonRow, UseRow
from tests.bot.cli import storied
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_desk
from tests.triage.aims.test_entries import on
from tests.triage.test_before_use import BEYOND, PASSED, PLANNED
from triage.aims.arising import Arising, Matter, rules
from triage.aims.entry import Entry
from triage.aims.wishes import ApproveEntry, DraftEntry, SendEntryBack
from triage.confidences import Confide
from triage.contributing import Contribute
from triage.desk import Desk
from triage.schemes import questionnaire

LEAD = {"governance_lead": frozenset((BEN, CLEO)), "risk_owner": frozenset((CLEO,))}


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    return store


def desk(days: int) -> Desk:
    return a_desk(roles=LEAD, now=NOW + timedelta(days=days))


def known(store: Store) -> list[Entry]:
    with store.read() as session:
        return aims.of_kind(session, arising.NONCONFORMITY)


def test_what_is_late_is_put_forward_once_and_counts_for_nothing_yet(told: Store) -> None:
    late = desk(400)
    first = arising.look(told, Words(), late)
    assert first > 0
    assert arising.look(told, Words(), late) == 0
    assert arising.look(told, Words(), replace(late, now=late.now + timedelta(days=1))) == 0
    found = known(told)
    assert len(found) == first
    assert {each.state for each in found} == {"proposed"}
    assert {each.steps[0].role for each in found} == {"rule"}
    assert all(each.steps[0].by == "" for each in found)


def test_a_use_that_cannot_be_reviewed_holds_up_no_nonconformity(
    told: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def damaged(*_: object) -> int:
        raise ValueError("of somebody")

    monkeypatch.setattr(lapsing, "look", damaged)
    assert arising.look(told, Words(), desk(400)) == len(known(told)) > 0
    assert "Reviews for what has ended wait" in caplog.text
    assert "of somebody" not in caplog.text


def test_while_the_database_is_away_the_day_is_not_over(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> int:
        raise Unavailable("Locked.")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(lapsing, "look", away)
        with pytest.raises(Unavailable):
            arising.look(told, Words(), desk(400))
    assert arising.look(told, Words(), desk(400)) > 0


def test_before_its_day_nothing_is_put_forward(told: Store) -> None:
    assert arising.look(told, Words(), desk(12)) == 0


def test_somebody_confirms_it_or_says_why_it_is_none(told: Store) -> None:
    arising.look(told, Words(), desk(400))
    first, *_ = known(told)
    with told.write() as session:
        back = SendEntryBack(**on(first, BEN), draft=1, reason="The day was wrong")
        assert aims.carry_out(session, back, desk(401)).state == "withdrawn"
    assert arising.look(told, Words(), desk(402)) == 0
    assert known(told)[0].state == "withdrawn"


def test_confirmed_it_is_worked_on(told: Store) -> None:
    arising.look(told, Words(), desk(400))
    first, *_ = known(told)
    with told.write() as session:
        confirmed = aims.carry_out(session, ApproveEntry(**on(first, BEN), draft=1), desk(401))
    assert confirmed.state == "in_force"


def test_nothing_of_a_confidential_use_is_put_forward(told: Store) -> None:
    wish = Confide(actor=ANA, key="closed", case=storied.CONDITIONAL)
    Ledger(told).execute(wish, storied.day(9))
    arising.look(told, Words(), desk(400))
    said: list[Any] = [each.said("from") for each in known(told)]
    assert not any("AIU-2026-0002" in refs for refs in said)


def says(store: Store, at: Desk, **met: str) -> None:
    """As the owner of the first use says what came out."""
    said = {**PASSED, **{f"{kind}_tests": answered(said) for kind, said in met.items()}}
    about = {
        "actor": ANA,
        "case": storied.CONDITIONAL,
        "form": "use-tests",
        "page": "safety",
        "answers": said,
    }
    wish = Contribute.model_validate(about | {"key": f"tested {at.now}"})
    keep_questionnaire(store, questionnaire("use-tests"))
    Ledger(store).contribute(wish, questionnaire("use-tests"), at)


def of_tests(store: Store, at: Desk) -> list[tuple[str, str]]:
    with store.read() as session:
        found = looked_for(session, at.now, "UTC")
    return [
        (e.matter.about.partition(":")[2], e.matter.since.isoformat()) for e in found if e.rule.of == "test"
    ]


def test_a_failed_test_is_put_forward_until_it_is_passed(told: Store) -> None:
    says(told, desk(9))
    assert of_tests(told, desk(9)) == []
    says(told, desk(10), fairness=BEYOND)
    first = (NOW + timedelta(days=10)).date().isoformat()
    assert of_tests(told, desk(10)) == [("fairness", first)]
    says(told, desk(12), fairness=BEYOND, safety=BEYOND)
    later = (NOW + timedelta(days=12)).date().isoformat()
    assert of_tests(told, desk(12)) == [("fairness", first), ("safety", later)]
    arising.put_forward(told, Words(), desk(12))
    assert "A test of AIU-2026-0002 failed" in [each.title for each in known(told)]
    says(told, desk(13), safety=PLANNED)
    assert of_tests(told, desk(13)) == [], "what is not measured yet has not failed"


def test_a_failed_test_of_a_confidential_use_is_not_put_forward(told: Store) -> None:
    says(told, desk(9), safety=BEYOND)
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), desk(10))
    assert of_tests(told, desk(11)) == []


def matters(*numbers: int) -> tuple[Arising, ...]:
    """So many of each of the first rules."""
    day = NOW.date()
    return tuple(
        Arising(rule=rule, matter=Matter(of=rule.of, ref=f"AIU-2026-{n:04}", about=f"{n}", since=day))
        for rule, number in zip(rules(), numbers, strict=False)
        for n in range(1, number + 1)
    )


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def given(*numbers: int) -> None:
        monkeypatch.setattr(arising, "found", lambda *_: matters(*numbers))

    return given


@pytest.fixture
def led(store: Store) -> Store:
    with store.write() as session:
        for number, person in enumerate((ANA, BEN, CLEO, DAN, EVE)):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{number}", updated_at=NOW))
    return store


def test_many_of_one_rule_are_one_and_say_how_many(led: Store, finds: Callable[..., None]) -> None:
    finds(0, 0, 0, 41)
    assert arising.look(led, Words(), desk(0)) == 1
    (one,) = known(led)
    assert one.title == "41 conditions over their day"
    assert one.said("from") == tuple(f"AIU-2026-{n:04}" for n in range(1, arising.NAMED + 1))
    assert one.owner is None
    assert arising.look(led, Words(), desk(1)) == 0


def test_one_look_puts_forward_so_many_and_the_next_one_goes_on(
    led: Store, finds: Callable[..., None]
) -> None:
    finds(5, 5, 5, 5, 5)
    assert arising.look(led, Words(), desk(0)) == arising.AT_ONCE == 20
    assert arising.look(led, Words(), desk(0)) == 5
    finds(5, 5, 5, 5, 5, 5)
    assert arising.look(led, Words(), desk(0)) == 0, "nothing was left, so that it is enough for the day"
    assert len(known(led)) == 25


def test_nothing_is_looked_for_while_others_wait_to_write_and_each_is_written_by_itself(
    led: Store, finds: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    finds(3)
    real, writes, looked = led.write, list[int](), list[int]()

    @contextmanager
    def write() -> Iterator[Session]:
        with real() as session:
            writes.append(1)
            yield session
            writes.append(-1)

    def found(*_: Any) -> tuple[Arising, ...]:
        looked.append(sum(writes))
        return matters(3)

    monkeypatch.setattr(led, "write", write)
    monkeypatch.setattr(arising, "found", found)
    assert arising.look(led, Words(), desk(0)) == 3
    assert looked == [0]
    assert writes == [1, -1] * 4, "three of them, and the mark of the day"


def test_two_processes_that_found_the_same_put_it_forward_once(
    led: Store, finds: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one had looked before the first one wrote."""
    finds(3, 9)
    assert arising.put_forward(led, Words(), desk(0)) == 4
    monkeypatch.setattr(arising, "told", lambda _: frozenset())
    assert arising.put_forward(led, Words(), desk(0)) == 0
    assert {len(each.steps) for each in known(led)} == {1}


def test_what_happened_and_was_told_with_others_is_not_told_again(
    led: Store, finds: Callable[..., None]
) -> None:
    finds(0, 9)
    assert arising.look(led, Words(), desk(0)) == 1
    assert arising.look(led, Words(), desk(60)) == 0


def messages(store: Store, kind: str) -> list[tuple[str | None, str]]:
    with store.read() as session:
        found = session.exec(select(OutboxRow).where(OutboxRow.kind == kind)).all()
    return sorted((row.person_id, str(row.payload["say"])) for row in found)


EVERYBODY = {role: frozenset((ANA, DAN, EVE)) for role in ("executive", "legal", "auditor", "privacy")}


@pytest.mark.parametrize(
    ("leads", "told"),
    [
        ({"governance_lead": frozenset((BEN, CLEO)), "risk_owner": frozenset((DAN,))}, [BEN, CLEO]),
        ({"risk_owner": frozenset((DAN,))}, [DAN]),
    ],
)
def test_those_who_lead_hear_once_of_the_whole_look_and_nobody_else(
    led: Store, finds: Callable[..., None], leads: dict[str, frozenset[str]], told: list[str]
) -> None:
    finds(5, 5, 5)
    arising.look(led, Words(), replace(desk(0), roles=EVERYBODY | leads))
    assert messages(led, "post") == [(each, "aims") for each in told]
    assert messages(led, "publish") == [(each, "home") for each in told]


def test_one_that_does_not_fit_holds_up_no_other(
    led: Store, finds: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    finds(2, 2)
    real, first = arising.to_draft, matters(1)[0]
    spoil = {"points": ("0.0",)}

    def to_draft(each: Any, words: Words, now: Desk) -> DraftEntry:
        wish = real(each, words, now)
        return wish.model_copy(update={"said": {**wish.said, **spoil}}) if each == first else wish

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(arising, "to_draft", to_draft)
        assert arising.look(led, Words(), desk(0)) == 3
    assert "could not be put forward" in caplog.text


def test_a_condition_counts_by_the_last_that_was_said_of_it(told: Store) -> None:
    with told.write() as session:
        row, *_ = session.exec(select(ConditionRow).where(ConditionRow.use_id == storied.CONDITIONAL)).all()
        for other in session.exec(select(ConditionRow)).all():
            other.due_on = None
        row.due_on = NOW.date()
        counts(session)
        for step in session.exec(select(ConditionStepRow)).all():
            session.delete(step)
    steps = (("done", False), ("not_yet", True), ("done", False), ("verified", False))
    for version, (kind, late) in enumerate(steps, start=100):
        with told.write() as session:
            session.add(
                ConditionStepRow(
                    id=f"step-{999 - version}", use_id=storied.CONDITIONAL, condition_id=row.id,
                    kind=kind, at=NOW, version=version,
                )
            )  # fmt: skip
        assert (row.id in late_conditions(told, 31)) is late
    assert late_conditions(told, 400) == []


def test_a_condition_is_late_from_the_day_of_its_rule_on(told: Store) -> None:
    with told.write() as session:
        for row in session.exec(select(ConditionRow)).all():
            row.due_on = NOW.date()
        counts(session)
    assert late_conditions(told, 29) == []
    assert late_conditions(told, 30) != []


def counts(session: Session) -> None:
    """The decision, and the use is in use, whatever became of them in the story."""
    for use in session.exec(select(UseRow).where(UseRow.id == storied.CONDITIONAL)).all():
        use.state, use.confidential = "approved_with_conditions", False
    for decision in session.exec(select(DecisionRow)).all():
        decision.superseded_by = None


def late_conditions(store: Store, days: int) -> list[str]:
    now = desk(days)
    with store.read() as session:
        found = looked_for(session, now.now, now.organisation.zone)
    return [each.matter.about for each in found if each.rule.of == "condition"]
