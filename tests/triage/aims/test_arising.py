"""What is late or went wrong is put forward by rules as data; each rule fires once over its day, and not before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from triage.aims.arising import Matter, Rule, arising, rules
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
