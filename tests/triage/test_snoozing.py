"""Putting off what one is reminded of: bounded by risk, by whoever it waits for, and nothing is settled by it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.builders import ANA, BEN, NOW, a_desk, key, says
from tests.triage.test_conditions import bound, fulfil
from triage.afterwards import Snooze
from triage.case import Case
from triage.decide import decide
from triage.errands import errands
from triage.ladders import snooze_of
from triage.outcome import Outcome, Refused
from triage.snoozing import last_day, times_left


def put_off(case: Case, *, days: int = 3, actor: str = ANA, **more: Any) -> Outcome:
    (waits,) = [each for each in errands(case, a_desk()) if each.kind == "condition"]
    given = {"actor": actor, "key": key(), "case": case.id, "errand": waits.name, "reason": "A journey"}
    return decide(
        case, Snooze.model_validate(given | {"until": NOW.date() + timedelta(days=days)} | more), a_desk()
    )


def refused(case: Case, **more: Any) -> str:
    with pytest.raises(Refused) as told:
        put_off(case, **more)
    return told.value.key


def test_what_is_due_stays_due() -> None:
    case = bound()
    after = put_off(case)
    assert errands(after.case, a_desk()) == errands(case, a_desk())
    assert [line.what for line in after.happened] == ["errand.snoozed"]
    assert after.happened[0].texts == {"reason": "A journey"}
    assert says(after) == ["card"], "nobody is told of it"


@pytest.mark.parametrize("high", [False, True])
def test_so_often_and_so_long_as_its_risk_bears(high: bool) -> None:
    case = bound(high=high)
    limit = snooze_of(3 if high else 1)
    assert last_day(case, a_desk()) == NOW.date() + timedelta(days=limit.days)
    assert refused(case, days=limit.days + 1) == "snooze_too_long"
    assert refused(case, days=0) == "snooze_too_long"
    for left in range(limit.times, 0, -1):
        (waits,) = [each for each in errands(case, a_desk()) if each.kind == "condition"]
        assert times_left(case, waits.name) == left
        case = put_off(case, days=limit.days).case
    assert refused(case) == "snoozed_enough"


def test_only_by_whom_it_waits_for_and_with_a_reason() -> None:
    assert refused(bound(), actor=BEN) == "nothing_to_snooze"
    assert refused(bound(owner=BEN)) == "nothing_to_snooze"
    assert refused(bound(), reason="  ") == "reason_needed"
    assert refused(bound(), errand="condition:other:001") == "nothing_to_snooze"
    settled = fulfil(bound()).case
    given = {"actor": ANA, "key": key(), "case": settled.id, "errand": "condition:d1:001", "reason": "x"}
    wish = Snooze.model_validate(given | {"until": date(2026, 11, 25)})
    with pytest.raises(Refused, match="nothing_to_snooze"):
        decide(settled, wish, a_desk())
