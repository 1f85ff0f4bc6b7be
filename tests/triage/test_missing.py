"""What is missing is asked of its owner alone, the most telling first, a few at a time, and once for several uses."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.answers import State, answered, unsure
from tests.builders import ANA, BEN, DAN, LOW, NOW, a_case, a_desk, key
from triage.afterwards import Change, GiveFacts
from triage.case import Case, Status
from triage.changing import foreseen
from triage.climbing import called, whom
from triage.decide import decide
from triage.errands import errands
from triage.missing import AFTER, AT_ONCE, NAME, asked_for, telling, together
from triage.outcome import Refused
from triage.staff import Away, Colleague
from triage.verdict import Gap

FEW = {name: LOW[name] for name in ("kind", "tool", "purpose")}


def listed(without: tuple[str, ...] = (), **change: Any) -> Case:
    """As an inventory names it, and Ana has said that it is hers."""
    answers = {name: answer for name, answer in LOW.items() if name not in without}
    given = {"requester": "", "owner": ANA, "source_map": "m", "source_id": "7", "ref": None, "talk": None}
    return a_case(Status.disclosed, answers, **(given | change))


def asked(*cases: Case) -> list[str]:
    return [each.question for each in together(cases, a_desk())]


def _gaps(case: Case, question: str) -> list[Gap]:
    return [gap for gap in asked_for(case, a_desk()) if gap.question == question]


def gives(case: Case, actor: str = ANA, **answers: Any) -> Case:
    return decide(case, GiveFacts(actor=actor, key=key(), case=case.id, answers=answers), a_desk()).case


def test_the_same_of_several_is_asked_once_and_named_for_each() -> None:
    first, second = listed(("data",)), listed(("data", "people"), id="case-2")
    found = together([first, second], a_desk())
    assert {each.question: [case.id for case in each.cases] for each in found} == {
        "data": ["case-1", "case-2"],
        "people": ["case-2"],
    }


@given(st.lists(st.sets(st.sampled_from(sorted(LOW.keys() - FEW.keys()))), min_size=1, max_size=4))
def test_a_few_at_a_time_and_the_most_telling_first(without: list[set[str]]) -> None:
    cases = [listed(tuple(each), id=f"case-{number}") for number, each in enumerate(without)]
    found = together(cases, a_desk())
    assert len(found) <= AT_ONCE
    weights = [
        sum(telling(gap.bounds) for case in each.cases for gap in _gaps(case, each.question))
        for each in found
    ]
    assert all(earlier >= later for earlier, later in pairwise(weights))
    everything = {gap.question for case in cases for gap in asked_for(case, a_desk())}
    assert len(found) == min(len(everything), AT_ONCE)


def test_what_would_change_the_tier_comes_first() -> None:
    assert telling(("tier",)) > telling(("eu",)) > telling(("dpia",))


def test_not_sure_is_an_answer_and_makes_nothing_less() -> None:
    case = listed(("data",))
    after = gives(case, data=unsure())
    assert after.facts["data"].answer.state is State.unsure
    assert "data" not in asked(after)
    assert case.verdict is not None
    assert after.verdict is not None
    assert after.verdict.tier == case.verdict.tier


def test_each_is_judged_by_what_was_said() -> None:
    case = listed(("area",))
    after = gives(case, area=answered("none"))
    assert after.verdict is not None
    assert after.verdict.tier.settled
    assert after.status is Status.disclosed


@pytest.mark.parametrize(
    ("case", "actor", "answers", "because"),
    [
        (listed(("data",)), DAN, {"data": answered("internal")}, "not_yours_to_change"),
        (listed(("data",), owner=None), ANA, {"data": answered("internal")}, "not_yours_to_change"),
        (a_case(Status.approved), ANA, {"data": answered("internal")}, "not_now"),
        (a_case(Status.draft), DAN, {"data": answered("internal")}, "unknown_case"),
        (listed(), ANA, {}, "nothing_changed"),
        (listed(), ANA, {"owner": answered(DAN)}, "nothing_changed"),
        (listed(("data",)), ANA, {"data": answered("no such choice")}, "nothing_changed"),
    ],
)
def test_who_gives_what(case: Case, actor: str, answers: dict[str, Any], because: str) -> None:
    with pytest.raises(Refused, match=because):
        gives(case, actor, **answers)


def test_nobody_else_hears_of_it_however_long_it_waits() -> None:
    gone, away = Colleague(gone=True, manager=DAN), Colleague(away=Away(NOW.date(), NOW.date()), deputy=BEN)
    case = listed(("data",))
    for known in (gone, away, Colleague()):
        desk = a_desk(staff=lambda person, known=known: known if person == ANA else Colleague())
        (waits,) = [each for each in errands(case, desk) if each.kind == "facts"]
        assert waits.due == (NOW + AFTER).date()
        assert whom(waits, "keeper", case, desk)[0] == (() if known.gone else (ANA,))
        said = called(case, NAME, 0, desk)
        assert (said is None) is known.gone
        assert said is None or said.notes == ()
    assert [each for each in errands(listed(), a_desk()) if each.kind == "facts"] == []
    assert errands(listed(("data",), owner=None), a_desk()) == ()


def test_it_is_settled_where_it_stands_once_nothing_is_missing() -> None:
    made = a_case(Status.approved, {name: answer for name, answer in LOW.items() if name != "data"})
    desk, told = a_desk(now=NOW + timedelta(days=1)), {"data": answered("internal")}
    effect = foreseen(made, told, ANA, desk)[1].effect.value
    wish = Change(actor=ANA, key=key(), case="case-1", answers=told, effect=effect)
    outcome = decide(made, wish, desk)
    (over,) = [notice for notice in outcome.notices if notice.facts.get("what") == NAME]
    assert over.facts["over"] is True
