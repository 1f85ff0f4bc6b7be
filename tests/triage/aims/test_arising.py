"""What is late or went wrong is put forward by rules as data; each rule fires once over its day, and not before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from triage.aims.arising import FEW, Arising, Matter, Rule, Together, arising, rules, to_put_forward
from triage.incidents.rulebook import book

TODAY = date(2026, 12, 1)
LEVELS = book().levels


def matter(rule: Rule, days: int) -> Matter:
    since = TODAY - timedelta(days=days)
    return Matter(of=rule.of, ref="AIU-2026-0001", about="a", since=since, level=rule.level)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_each_rule_holds_from_its_day_on_and_not_before(rule: Rule) -> None:
    (found,) = arising([matter(rule, rule.days)], TODAY, LEVELS)
    assert found.rule == rule
    assert arising([matter(rule, rule.days - 1)], TODAY, LEVELS) == ()


def test_an_incident_below_the_level_is_none() -> None:
    mild = Matter(of="incident", ref="AII-2026-0001", about="", since=TODAY, level=LEVELS[0])
    assert arising([mild], TODAY, LEVELS) == ()


def test_the_same_matter_has_the_same_key_and_another_one_another() -> None:
    rule = rules()[0]
    first, again, other = (
        arising([each], TODAY, LEVELS)[0].key
        for each in (matter(rule, 40), matter(rule, 40), matter(rule, 41))
    )
    assert first == again != other


def of(rule: Rule, number: int) -> list[Arising]:
    late = (matter(rule, rule.days + each) for each in range(1, number + 1))
    return list(arising(late, TODAY, LEVELS))


def named(id: str) -> Rule:
    return next(each for each in rules() if each.id == id)


def keys(found: Iterable[Arising | Together]) -> set[str]:
    return {each.key for each in found}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_few_are_put_forward_one_by_one_and_many_as_one(rule: Rule) -> None:
    few = of(rule, FEW)
    assert to_put_forward(few, (), TODAY) == tuple(few)
    many = of(rule, FEW + 1)
    (one,) = to_put_forward(many, (), TODAY)
    assert isinstance(one, Together)
    assert len(one.matters) == FEW + 1
    assert one.matters[0].since == min(each.matter.since for each in many)


def test_what_lasts_is_told_of_once_a_month_as_long_as_it_lasts() -> None:
    rule = named("condition_late")
    told = keys(to_put_forward(of(rule, 9), (), TODAY))
    for number in (9, 12, 3):
        assert to_put_forward(of(rule, number), told, TODAY + timedelta(days=30)) == ()
    assert len(to_put_forward(of(rule, 12), told, TODAY + timedelta(days=31))) == 1


def test_what_was_put_forward_one_by_one_is_not_put_forward_together_before_more_comes() -> None:
    rule = named("condition_late")
    told = keys(of(rule, FEW + 1))
    assert to_put_forward(of(rule, FEW + 1), told, TODAY) == ()
    (one,) = to_put_forward(of(rule, FEW + 2), told, TODAY)
    assert isinstance(one, Together)
    assert len(one.matters) == FEW + 2


def test_what_happened_is_told_once_for_good() -> None:
    rule = named("incident_high")
    (one,) = to_put_forward(of(rule, 9), (), TODAY)
    assert isinstance(one, Together)
    told = {one.key, *one.holds}
    later = TODAY + timedelta(days=40)
    assert to_put_forward(of(rule, 9), told, later) == ()
    (new,) = to_put_forward(of(rule, 10), told, TODAY)
    assert isinstance(new, Arising)
    assert to_put_forward(of(rule, 18), told, TODAY) == (), "many more of one day are one of the next"
    (again,) = to_put_forward(of(rule, 18), told, later)
    assert isinstance(again, Together)
    assert len(again.matters) == 9
