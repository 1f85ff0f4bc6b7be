"""Whether an approval holds for other answers: laws that hold for whatever anybody answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.answers import NOT_ASKED, Answer, answered, unsure
from intake.form import Kind
from tests.builders import LOW, a_case, a_desk, facts, shelf, some_answers
from triage.case import Case
from triage.covering import Cover, Effect, changed, covers, extent, reworded
from triage.interview import judged
from triage.rehearsing import directions
from triage.rules import ResultKind

DESK = a_desk()
CHOICES = {
    q.id: tuple(choice.id for choice in q.choices)
    for q in shelf().form.questions()
    if q.kind in (Kind.one, Kind.many) and not q.claim and not q.after
}


def use(**change: Answer) -> Case:
    return judged(a_case(answers=some_answers(**change)), DESK)


@st.composite
def uses(draw: st.DrawFn) -> Case:
    told = dict(LOW)
    for question in draw(st.lists(st.sampled_from(sorted(CHOICES)), max_size=5, unique=True)):
        told[question] = draw(st.sampled_from([unsure(), *map(answered, CHOICES[question])]))
    return judged(a_case().model_copy(update={"facts": facts(told)}), DESK)


def cover(before: Case, after: Case) -> Cover:
    changes = changed(DESK.form, before.answers, after.answers)
    return covers(DESK.book, extent(before, DESK), extent(after, DESK), reworded(DESK.form, changes))


def is_more(before: Case, after: Case) -> bool:
    """Written out by itself: a bound went up, a flag came or may come, or somebody more is to be asked."""
    was, now = before.verdict, after.verdict
    assert was is not None
    assert now is not None
    scales = [r.name for r in DESK.book.results if r.kind is ResultKind.scale]
    up = any(directions(DESK.book, name, was.results[name], now.results[name])[0] for name in scales)
    opened = any(was.results[name].settled and not now.results[name].settled for name in scales)
    known = {*was.flags}
    flags = bool({*now.flags} - known) or bool({*now.flags_open} - {*was.flags_open})
    asked = {*extent(after, DESK).calls.of("approver")} - {*extent(before, DESK).calls.of("approver")}
    return up or opened or flags or bool(asked)


@given(uses(), uses())
def test_what_is_more_never_stands_nor_narrows(before: Case, after: Case) -> None:
    if is_more(before, after):
        assert cover(before, after).effect is Effect.lapses


@given(uses(), uses())
def test_what_stands_is_the_same_in_everything_that_rules_find(before: Case, after: Case) -> None:
    if cover(before, after).effect is not Effect.stands:
        return
    was, now = before.verdict, after.verdict
    assert was is not None
    assert now is not None
    assert (dict(was.results), {*was.flags}, {*was.flags_open}) == (
        dict(now.results), {*now.flags}, {*now.flags_open},
    )  # fmt: skip
    one, other = ({(c.kind, c.thing) for c in extent(case, DESK).calls.called} for case in (before, after))
    assert one == other


@given(uses(), uses())
def test_there_and_back(before: Case, after: Case) -> None:
    """What narrows one way lapses the other, and what stands one way stands the other."""
    there, back = cover(before, after), cover(after, before)
    if there.effect is Effect.narrows:
        assert back.effect is Effect.lapses
    assert (there.effect is Effect.stands) == (back.effect is Effect.stands)


@given(uses())
def test_the_same_answers_are_covered(case: Case) -> None:
    assert cover(case, case) == Cover(effect=Effect.stands)


@pytest.mark.parametrize(
    ("change", "effect", "why"),
    [
        ({"title": answered("Another title")}, Effect.stands, ""),
        ({"unit": answered("People")}, Effect.stands, ""),
        ({"data": answered("public")}, Effect.stands, ""),
        ({"data": answered("personal")}, Effect.lapses, "tier"),
        ({"data": unsure()}, Effect.lapses, "open:tier"),
        ({"purpose": answered("Choose whom to invite")}, Effect.lapses, "words:purpose"),
        ({"tool": answered("grain")}, Effect.lapses, "words:tool"),
        ({"purpose": NOT_ASKED}, Effect.lapses, "words:purpose"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_examples(change: dict[str, Answer], effect: Effect, why: str) -> None:
    found = cover(use(), use(**change))
    assert found.effect is effect
    assert not why or why in found.more


def test_less_narrows_and_names_what_is_gone() -> None:
    found = cover(use(data=answered("personal", "special")), use(data=answered("personal")))
    assert found.effect is Effect.narrows
    assert {"tier", "call:approver.executive", "flag:data_review"} <= {*found.less}


def test_a_list_in_another_order_says_the_same() -> None:
    one = {"data": answered("personal", "special")}
    assert changed(DESK.form, one, {"data": answered("special", "personal")}) == {}
    assert changed(DESK.form, one, {"gone": answered("x")}) == {}
