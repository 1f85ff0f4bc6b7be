"""A pattern ends with what it was made from, is told of before its last day, and is renewed by two."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import BEN, DAN, EVE, NOW, a_decision, key, says
from tests.triage.patterns import LAST, confirm, desk, propose, source
from triage.afterwards import Expire
from triage.beforehand import TellOfPattern
from triage.case import Case, Status
from triage.climbing import at_step, called
from triage.confidences import Confide
from triage.decide import decide
from triage.desk import Desk
from triage.errands import errands
from triage.lasting import HEARD_OF
from triage.outcome import Outcome, Refused, Say
from triage.pattern import WARNED, ends_soon, state
from triage.patterning import known_of, live
from triage.staff import Colleague

DAY = NOW.date()
TOLD = {Say.pattern_told}


def confirmed(**change: Any) -> Case:
    return confirm(propose(source(**change)).case).case


def on(day: Any) -> Desk:
    return desk(now=NOW + (day - DAY))


def told(outcome: Outcome) -> list[tuple[str, str]]:
    return [(each.to, str(each.facts["about"])) for each in outcome.notices if each.say in TOLD]


def tell(case: Case, at: Desk) -> Outcome:
    return decide(case, TellOfPattern(actor="", key=key(), case=case.id, pattern="p1"), at)


def waits(case: Case, at: Desk) -> list[str]:
    return [each.name for each in errands(case, at) if each.kind in ("pattern", "ended")]


def lapsed(case: Case) -> Outcome:
    assert case.decision is not None
    wish = Expire(actor="", key=key(), case=case.id, decision=case.decision.id)
    return decide(case, wish, on(DAY + timedelta(days=3)))


def test_it_ends_with_the_approval_that_it_was_made_from_and_both_hear_of_it_that_day() -> None:
    yes = a_decision(valid_until=DAY + timedelta(days=1))
    outcome = lapsed(confirmed(decisions=(yes,)))
    assert outcome.case.status is Status.lapsed
    (pattern,) = outcome.case.patterns
    last = outcome.case.pattern_steps[-1]
    assert (last.kind, last.by, last.role) == ("withdrawn", "", "")
    assert [line.what for line in outcome.happened] == ["case.lapsed", "pattern.unfounded"]
    assert told(outcome) == [], "in the one message of their day"
    day = DAY + timedelta(days=3)
    assert waits(outcome.case, on(day)) == [f"ended:p1:{BEN}", f"ended:p1:{EVE}"]
    assert waits(outcome.case, on(day + HEARD_OF)) != []
    assert waits(outcome.case, on(day + HEARD_OF + timedelta(days=1))) == [], "it is news no more"
    for person in (BEN, EVE):
        said = called(outcome.case, f"ended:p1:{person}", 0, on(day))
        assert said is not None
        assert (said.people, said.happened.what) == ((person,), "pattern.end_told")
    assert says(outcome).count("card") == 1
    again = outcome.case.model_copy(update={"status": Status.approved})
    assert state(known_of(again, pattern), DAY) == "withdrawn", "for good, whatever becomes of the use"


def test_of_what_nobody_confirmed_only_the_first_is_told() -> None:
    yes = a_decision(valid_until=DAY + timedelta(days=1))
    over = lapsed(propose(source(decisions=(yes,))).case).case
    assert waits(over, on(DAY + timedelta(days=3))) == [f"ended:p1:{BEN}"]


def test_what_was_over_already_is_not_ended_twice() -> None:
    yes = a_decision(valid_until=DAY + timedelta(days=1))
    case = confirmed(decisions=(yes,))
    over = lapsed(case).case.model_copy(update={"status": Status.approved})
    assert lapsed(over).case.pattern_steps == over.pattern_steps


def test_nothing_that_is_read_by_all_rests_on_what_is_kept_among_readers() -> None:
    case = confirmed()
    outcome = decide(case, Confide(actor=case.requester, key="k", case=case.id), desk())
    assert outcome.case.confidential
    assert told(outcome) == [(BEN, "confidential"), (EVE, "confidential")]
    assert waits(outcome.case, desk()) == [], "told at once, and of nothing else"
    assert state(known_of(outcome.case, case.patterns[0]), DAY) == "withdrawn"
    opened = outcome.case.model_copy(update={"confidential": False})
    assert state(known_of(opened, case.patterns[0]), DAY) == "withdrawn", "nothing comes back by itself"


def test_before_its_last_day_each_whose_yes_it_is_hears_of_it_while_it_can_be_renewed() -> None:
    case = confirmed()
    assert waits(case, desk()) == [f"pattern:p1:{BEN}", f"pattern:p1:{EVE}"]
    for each in errands(case, desk()):
        due = at_step(0, each, case, desk()).date()
        assert due <= LAST - timedelta(days=21)
        assert ends_soon(case.patterns[0], due)
    near = on(LAST - timedelta(days=21))
    said = called(case, f"pattern:p1:{EVE}", 0, near)
    assert said is not None
    assert (said.people, said.happened.what) == ((EVE,), "pattern.expiry_told")
    assert [note.say for note in said.notes] == [Say.card], "which offers the renewal now"
    assert waits(propose(source()).case, near) == [], "nothing is in force yet"
    assert waits(case, on(LAST + timedelta(days=1))) == []


def test_whoever_left_hears_of_no_pattern_and_nobody_in_their_place() -> None:
    case, near = confirmed(), on(LAST - timedelta(days=21))
    left = replace(near, staff=lambda person: Colleague(gone=person == BEN, manager=DAN, deputy=DAN))
    assert called(case, f"pattern:p1:{BEN}", 0, left) is None
    assert called(case, f"pattern:p1:{EVE}", 0, left) is not None


def test_after_its_last_day_the_card_shows_it() -> None:
    case = confirmed()
    assert tell(case, on(LAST)).notices == ()
    outcome = tell(case, on(LAST + timedelta(days=1)))
    assert says(outcome) == ["card", "card_note"]
    assert [line.what for line in outcome.happened] == ["pattern.over"]


def test_it_is_renewed_by_two_and_never_are_two_in_force() -> None:
    case, near = confirmed(), on(LAST - WARNED)
    later = LAST + timedelta(days=90)
    with pytest.raises(Refused, match="pattern_there"):
        propose(case, on(LAST - WARNED - timedelta(days=1)), key="p2", last_day=later)
    waits = propose(case, near, key="p2", last_day=later).case
    with pytest.raises(Refused, match="pattern_there"):
        propose(waits, near, actor=EVE, key="p3", last_day=later)
    first, second = waits.patterns
    states = [state(known_of(waits, each), near.day) for each in (first, second)]
    assert states == ["in_force", "proposed"], "the one that is there counts until then"
    with pytest.raises(Refused, match="pattern_second"):
        confirm(waits, near, actor=BEN, pattern="p2", key="c2")
    outcome = confirm(waits, near, pattern="p2", key="c2")
    renewed = outcome.case
    states = [state(known_of(renewed, each), near.day) for each in (first, second)]
    assert states == ["withdrawn", "in_force"]
    assert [line.what for line in outcome.happened] == ["pattern.confirmed", "pattern.withdrawn"]
    found = live(renewed, near.day)
    assert found is not None
    assert found.pattern.id == "p2"
