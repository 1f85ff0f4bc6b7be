"""A pattern ends with what it was made from, is told of before its last day, and is renewed by two."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import BEN, EVE, NOW, a_decision, key, says
from tests.triage.patterns import LAST, confirm, desk, propose, source
from triage.afterwards import Expire
from triage.beforehand import TellOfPattern
from triage.case import Case, Status
from triage.confidences import Confide
from triage.decide import decide
from triage.desk import Desk
from triage.outcome import Outcome, Refused, Say
from triage.pattern import WARNED, state
from triage.patterning import known_of, live

DAY = NOW.date()
TOLD = {Say.pattern_told}


def confirmed(**change: Any) -> Case:
    return confirm(propose(source(**change)).case).case


def on(day: Any) -> Desk:
    return desk(now=NOW + (day - DAY))


def told(outcome: Outcome) -> list[tuple[str, str]]:
    return [(each.to, str(each.facts["about"])) for each in outcome.notices if each.say in TOLD]


def tell(case: Case, about: str, at: Desk) -> Outcome:
    wish = {"actor": "", "key": key(), "case": case.id, "pattern": "p1", "about": about}
    return decide(case, TellOfPattern.model_validate(wish), at)


def lapsed(case: Case) -> Outcome:
    assert case.decision is not None
    wish = Expire(actor="", key=key(), case=case.id, decision=case.decision.id)
    return decide(case, wish, on(DAY + timedelta(days=3)))


def test_it_ends_with_the_approval_that_it_was_made_from_and_both_are_told() -> None:
    yes = a_decision(valid_until=DAY + timedelta(days=1))
    outcome = lapsed(confirmed(decisions=(yes,)))
    assert outcome.case.status is Status.lapsed
    (pattern,) = outcome.case.patterns
    last = outcome.case.pattern_steps[-1]
    assert (last.kind, last.by, last.role) == ("withdrawn", "", "")
    assert [line.what for line in outcome.happened] == ["case.lapsed", "pattern.unfounded"]
    assert told(outcome) == [(BEN, "over"), (EVE, "over")]
    assert says(outcome).count("card") == 1
    again = outcome.case.model_copy(update={"status": Status.approved})
    assert state(known_of(again, pattern), DAY) == "withdrawn", "for good, whatever becomes of the use"


def test_of_what_nobody_confirmed_only_the_first_is_told() -> None:
    yes = a_decision(valid_until=DAY + timedelta(days=1))
    assert told(lapsed(propose(source(decisions=(yes,))).case)) == [(BEN, "over")]


def test_what_was_over_already_is_not_ended_twice() -> None:
    yes = a_decision(valid_until=DAY + timedelta(days=1))
    case = confirmed(decisions=(yes,))
    over = lapsed(case).case.model_copy(update={"status": Status.approved})
    assert told(lapsed(over)) == []


def test_nothing_that_is_read_by_all_rests_on_what_is_kept_among_readers() -> None:
    case = confirmed()
    outcome = decide(case, Confide(actor=case.requester, key="k", case=case.id), desk())
    assert outcome.case.confidential
    assert told(outcome) == [(BEN, "confidential"), (EVE, "confidential")]
    assert state(known_of(outcome.case, case.patterns[0]), DAY) == "withdrawn"
    opened = outcome.case.model_copy(update={"confidential": False})
    assert state(known_of(opened, case.patterns[0]), DAY) == "withdrawn", "nothing comes back by itself"


def test_before_its_last_day_those_whose_yes_it_is_are_told() -> None:
    case = confirmed()
    assert told(tell(case, "soon", on(LAST - WARNED - timedelta(days=1)))) == []
    outcome = tell(case, "soon", on(LAST - WARNED))
    assert told(outcome) == [(BEN, "soon"), (EVE, "soon")]
    assert outcome.case == case, "nothing changes by it"
    assert [line.what for line in outcome.happened] == ["pattern.expiry_told"]
    assert tell(propose(source()).case, "soon", on(LAST)).notices == ()


def test_after_its_last_day_the_card_shows_it() -> None:
    case = confirmed()
    assert tell(case, "over", on(LAST)).notices == ()
    outcome = tell(case, "over", on(LAST + timedelta(days=1)))
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
