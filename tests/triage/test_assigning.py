"""Who has a request: taken, passed on, stepped aside from; nobody has to wait for whoever took it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from intake.answers import answered, unsure
from tests.builders import ANA, BEN, CLEO, DAN, EVE, LOW, a_case, a_desk, key, some_answers
from tests.triage.test_seats import seated, yes
from triage.assigning import has_it, held_seats, is_taken, recuse
from triage.assigning import take as take_it
from triage.case import Case, Status
from triage.commands import Approve, Command, Decline, PassOn, Recuse, Settle, Take
from triage.decide import decide
from triage.desk import Desk
from triage.outcome import Notice, Outcome, Refused, Say
from triage.seats import deciding_people
from triage.verdict import Seated

DESK = a_desk(
    roles=dict.fromkeys(("reviewer", "risk_owner", "committee", "legal"), frozenset({BEN, CLEO, DAN}))
)


def after(case: Case, command: Command, desk: Desk = DESK) -> Outcome:
    return decide(case, command, desk)


def take(actor: str) -> Take:
    return Take(actor=actor, key=key(), case="case-1")


def aside(actor: str, case: Case) -> Recuse:
    return Recuse(actor=actor, key=key(), case="case-1", version=case.version, reason="My brother sells it")


def holder(case: Case, desk: Desk = DESK) -> str:
    found = has_it(case, desk)
    return found.person if found else ""


@pytest.fixture
def waits() -> Case:
    return a_case(Status.in_review, LOW)


def test_whoever_takes_it_has_it_and_everybody_sees_that(waits: Case) -> None:
    outcome = after(waits, take(BEN))
    assert holder(outcome.case) == BEN
    assert [line.what for line in outcome.happened] == ["case.taken"]
    assert {notice.say for notice in outcome.notices} == {Say.card, Say.card_note, Say.summary}
    assert outcome.case.status is waits.status


def test_a_second_press_changes_nothing(waits: Case) -> None:
    taken = after(waits, take(BEN)).case
    assert after(taken, take(BEN)) == Outcome(case=taken)


def note(outcome: Outcome) -> Notice:
    return next(notice for notice in outcome.notices if notice.say is Say.card_note)


def test_whoever_had_it_is_told_when_somebody_takes_it_over(waits: Case) -> None:
    outcome = after(after(waits, take(BEN)).case, take(CLEO))
    assert holder(outcome.case) == CLEO
    assert note(outcome).facts["former"] == BEN


def test_it_is_passed_on_to_somebody_who_may_decide_and_to_nobody_else(waits: Case) -> None:
    taken = after(waits, take(BEN)).case
    given = after(taken, PassOn(actor=BEN, key=key(), case="case-1", person=DAN))
    assert holder(given.case) == DAN
    assert "former" not in note(given).facts
    for wrong in (ANA, "somebody", ""):
        with pytest.raises(Refused, match="cannot_take"):
            after(taken, PassOn(actor=BEN, key=key(), case="case-1", person=wrong))
    with pytest.raises(Refused, match="has_it_already"):
        after(taken, PassOn(actor=CLEO, key=key(), case="case-1", person=BEN))
    with pytest.raises(Refused, match="changed_since"):
        after(taken, PassOn(actor=BEN, key=key(), case="case-1", person=DAN, version=taken.version - 1))


def test_nobody_waits_for_whoever_took_it(waits: Case) -> None:
    taken = after(waits, take(BEN)).case
    done = after(taken, Approve(actor=CLEO, key=key(), case="case-1", version=taken.version)).case
    assert done.status is Status.approved
    assert holder(done) == ""
    with pytest.raises(Refused, match="already_approved"):
        after(done, take(DAN))


def test_who_left_the_role_has_nothing_any_more(waits: Case) -> None:
    taken = after(waits, take(BEN)).case
    left = replace(DESK, roles={"reviewer": frozenset({CLEO})})
    assert holder(taken, left) == ""


def test_what_was_decided_is_with_nobody_when_it_waits_again(waits: Case) -> None:
    taken = after(waits, take(BEN)).case
    later = replace(DESK, now=DESK.now.replace(year=DESK.now.year + 1))
    done = after(taken, Approve(actor=BEN, key=key(), case="case-1"), later).case
    again = done.model_copy(update={"status": Status.in_review})
    assert holder(again, later) == ""


@pytest.mark.parametrize("command", [Approve, Decline, Take, PassOn, Recuse], ids=lambda c: c.__name__)
def test_who_stepped_aside_decides_nothing_here(waits: Case, command: Any) -> None:
    out = after(after(waits, take(BEN)).case, aside(BEN, waits))
    case = out.case
    assert holder(case) == ""
    assert deciding_people(case, DESK) == (CLEO, DAN)
    assert "My brother sells it" in out.happened[0].texts.values()
    assert "My brother sells it" not in str(out.happened[0].detail)
    more = {"reason": "So", "person": CLEO}
    said = {name: value for name, value in more.items() if name in command.model_fields}
    with pytest.raises(Refused, match="recused"):
        after(case, command(actor=BEN, key=key(), case="case-1", **said))


def test_who_stepped_aside_answers_nothing_either() -> None:
    open_one = a_case(Status.in_review, some_answers(data=unsure(), area=unsure()))
    case = after(open_one, aside(BEN, open_one)).case
    asked = {"data": answered("internal")}
    with pytest.raises(Refused, match="not_yours_to_settle"):
        after(case, Settle(actor=BEN, key=key(), case="case-1", answers=asked))


def test_under_another_id_it_is_the_same_person(waits: Case) -> None:
    case = after(waits, aside(BEN, waits)).case
    one = replace(DESK, same=lambda a, b: a == b or {a, b} == {BEN, CLEO})
    with pytest.raises(Refused, match="recused"):
        after(case, take(CLEO), one)


BESIDE = (Seated(role="legal"), Seated(role="privacy"), Seated(role="committee", step=2))
TABLE = a_desk(
    roles={"legal": frozenset({BEN, DAN}), "privacy": frozenset({CLEO}), "committee": frozenset({EVE})}
)


def has(case: Case) -> dict[str, str]:
    return {seat: each.person for seat, each in held_seats(case, TABLE).items()}


def test_each_seat_that_waits_beside_others_has_somebody_of_its_own() -> None:
    case = seated(*BESIDE)
    assert not is_taken(case, TABLE)
    case = take_seat(case, BEN)
    assert (has(case), is_taken(case, TABLE)) == ({"legal": BEN}, False)
    outcome = decide_here(case, CLEO)
    assert has(outcome.case) == {"legal": BEN, "privacy": CLEO}
    assert is_taken(outcome.case, TABLE)
    assert all("former" not in notice.facts for notice in outcome.notices)
    outcome = decide_here(outcome.case, DAN)
    assert has(outcome.case) == {"legal": DAN, "privacy": CLEO}
    assert [n.facts["former"] for n in outcome.notices if "former" in n.facts] == [BEN]
    assert decide_here(outcome.case, DAN).case == outcome.case


def test_whose_yes_is_said_has_it_no_more_and_the_others_have() -> None:
    case = take_seat(take_seat(seated(*BESIDE), BEN), CLEO)
    assert has(yes(case, BEN, TABLE)) == {"privacy": CLEO}


def test_who_steps_aside_leaves_the_seat_to_nobody() -> None:
    case = take_seat(take_seat(seated(*BESIDE), BEN), DAN)
    assert has(recuse(case, aside(DAN, case), TABLE).case) == {}


def decide_here(case: Case, actor: str) -> Outcome:
    return take_it(case, take(actor), TABLE)


def take_seat(case: Case, actor: str) -> Case:
    return decide_here(case, actor).case
