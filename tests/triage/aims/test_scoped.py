"""Which use the scope covers: by its units, its activities and what it leaves out; never outside by silence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.answers import Answer, answered, unsure
from tests.builders import BEN, DAN, NOW, a_case, a_desk, some_answers
from tests.triage.aims.test_entries import approved, drafted, drafting, on
from tests.triage.aims.test_entries import desk as of_entries
from triage.aims.decide import decide
from triage.aims.entry import Entry
from triage.aims.scoped import WITHIN, About, Mark, Scope, about, mark, mark_of, scope_of
from triage.aims.wishes import ApproveEntry
from triage.around import Deployment
from triage.case import Case, Status

FREE = {"covers": "All AI that we use", "activities": ("Whatever we sell",)}
HIRING = {"area": answered("employment")}


def scope(entry: Entry | None = None, **said: Any) -> Scope:
    desk = a_desk()
    stated = entry or approved(drafted(said={**FREE, **said}))
    found = scope_of(stated, desk.form, desk.wording, desk.organisation.units)
    assert found is not None
    return found


def use(unit: str = "Sales", answers: dict[str, Answer] | None = None, **more: Any) -> Case:
    return a_case(answers=some_answers(**(answers or {})), unit=unit, ref="AIU-2026-0007", **more)


def marked(case: Case, **said: Any) -> tuple[str, str]:
    found = mark(scope(**said), about(case))
    return found.within, found.why


def test_without_a_scope_that_counts_nothing_is_marked() -> None:
    desk = a_desk()
    for entry in (None, drafted()):
        assert scope_of(entry, desk.form, desk.wording, ()) is None
    assert mark_of(None, use()) is None


def test_its_units_say_who_is_in() -> None:
    assert marked(use("Sales"), units=("Sales",)) == ("within", "unit")
    assert marked(use("sales "), units=("Sales",)) == ("within", "unit")
    assert marked(use("People"), units=("Sales",)) == ("outside", "other_unit")
    assert marked(use("People")) == ("within", "everything")


def test_of_whose_unit_nobody_knows_it_is_not_sure_and_never_outside() -> None:
    assert marked(use(""), units=("Sales",)) == ("not_sure", "no_unit")
    assert marked(use(""), left_out=("People: a company of its own",)) == ("not_sure", "no_unit")
    assert marked(use(""), left_out=("DeepL: is replaced",)) == ("within", "everything")


def test_a_team_that_is_in_takes_it_in() -> None:
    joined = Deployment(id="d", unit="Sales", owner=BEN, joined_at=NOW)
    left = joined.model_copy(update={"left_at": NOW})
    assert marked(use("People", deployments=(joined,)), units=("Sales",)) == ("within", "unit")
    assert marked(use("People", deployments=(left,)), units=("Sales",)) == ("outside", "other_unit")
    out = ("People: a company of its own",)
    assert marked(use("People", deployments=(joined,)), left_out=out)[0] == "within"
    assert marked(use("People", deployments=(left,)), left_out=out) == ("outside", "left_out")


@pytest.mark.parametrize(
    "line",
    [
        "Sales: certified elsewhere",
        "sales – certified elsewhere",
        "Otter.ai: a trial",
        "AIU-2026-0007: a trial",
        "Sales",
    ],
)
def test_what_is_left_out_is_outside_with_its_reason(line: str) -> None:
    found = mark(scope(left_out=("Nobody knows this: or why", line), units=("Sales",)), about(use()))
    assert found == Mark("outside", "left_out", line)


def test_what_is_left_out_by_an_answer_hangs_on_that_answer() -> None:
    for line in ("Employment: decided by our parent", "Hiring, managing or assessing staff: by our parent"):
        assert marked(use(answers=HIRING), left_out=(line,)) == ("outside", "left_out")
        assert marked(use(), left_out=(line,)) == ("within", "everything")
        assert marked(use(answers={"area": unsure()}), left_out=(line,)) == ("not_sure", "open")
    unsaid = a_case(answers={}, unit="Sales")
    assert marked(unsaid, left_out=("Employment: not ours",)) == ("not_sure", "open")


def test_activities_leave_out_only_where_each_of_them_can_be_read() -> None:
    named, both = ("Employment",), ("Employment", "Whatever we sell")
    assert marked(use(answers=HIRING), activities=named) == ("within", "everything")
    assert marked(use(), activities=named) == ("outside", "other_activity")
    assert marked(use(answers={"area": unsure()}), activities=named) == ("not_sure", "open")
    assert marked(use(), activities=both) == ("within", "everything")


def test_another_scope_marks_at_once_and_the_old_one_still_says_what_it_said_then() -> None:
    first = approved(drafted(said={**FREE, "units": ("Sales",)}))
    second = decide(first, drafting(said={**FREE, "units": ("People",)}, seen=1), of_entries())
    assert mark_of(scope(second), use()) == Mark("within", "unit", "Sales"), "a draft marks nothing"
    waiting = second.proposed
    assert waiting is not None
    changed = decide(second, ApproveEntry(**on(second, DAN), draft=waiting.number), of_entries())
    assert mark_of(scope(changed), use()) == Mark("outside", "other_unit", "Sales")


words = st.sampled_from(["Sales", "People", "Employment: why", "Otter.ai: why", "", "Anything: at all"])


@given(
    units=st.lists(st.sampled_from(["Sales", "People"]), max_size=2),
    left=st.lists(words.filter(bool), max_size=3),
    activities=st.lists(words.filter(bool), min_size=1, max_size=2),
)
def test_of_what_nobody_said_anything_it_is_never_outside(
    units: list[str], left: list[str], activities: list[str]
) -> None:
    said: dict[str, Any] = {
        name: tuple(told) for name, told in (("units", units), ("left_out", left)) if told
    }
    found = scope(activities=tuple(activities), **said)
    told = mark(found, About(ref="", tool="", units=(), answers={}))
    assert told.within in WITHIN
    assert told.within != "outside"


def test_a_mark_changes_nothing_of_how_a_use_is_judged() -> None:
    """It is in nothing that a verdict, a decision or a term is made of."""
    plain, marked_desk = a_desk(), a_desk(scope=scope(units=("People",)))
    case = use(status=Status.in_review)
    assert plain.settings(case) == marked_desk.settings(case)
