"""Sector packs only ever raise: no answer makes anything milder, shorter or less asked for because one is on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from tests.triage.drawing import Drawn
from tests.triage.promises import drawn
from tests.triage.reading import FORM
from triage import judge
from triage.aims.sectors import packs, suggested
from triage.calls import calls_for
from triage.lanes import side_by_side
from triage.policies import SECTORS, book_with
from triage.program import Truths, compiled
from triage.rules import ResultKind, RuleBook
from triage.verdict import Seated, Verdict

MANY, DAY = 400, date(2027, 12, 31)
WITHOUT = book_with(())
SOURCES = ("Regulation (EU) 2024/1689, ", "Regulation (EU) 2016/679, ", "Regulation (EU) 2022/2554, Art. 19",
           "Regulation (EU) 2017/745, Art. 87")  # fmt: skip


def truths(book: RuleBook, sets: list[Drawn]) -> Truths:
    program = compiled(FORM, book)
    return program.run(side_by_side(program.leaves, sets), (1 << len(sets)) - 1)


@pytest.mark.parametrize("name", SECTORS)
def test_a_pack_never_lowers_a_tier_nor_takes_a_flag_or_duty_away(name: str) -> None:
    sets, book = drawn(MANY, seed=54), book_with((name,))
    before, after = compiled(FORM, WITHOUT), compiled(FORM, book)
    was, now = truths(WITHOUT, sets), truths(book, sets)
    scales = {each.name: each.levels for each in WITHOUT.results if each.kind is ResultKind.scale}
    for lane in range(MANY):
        held, holds = judge.bounds(before, was, lane), judge.bounds(after, now, lane)
        for result, levels in scales.items():
            assert levels.index(holds[result].floor) >= levels.index(held[result].floor)
            assert levels.index(holds[result].ceiling) >= levels.index(held[result].ceiling)
        for result, thresholds in before.thresholds.items():
            if result not in scales:
                one, other = thresholds[0].node, after.thresholds[result][0].node
                assert was.sure[one] >> lane & 1 == now.sure[other] >> lane & 1
                assert was.possible[one] >> lane & 1 == now.possible[other] >> lane & 1


@pytest.mark.parametrize("name", SECTORS)
def test_no_reason_gap_call_or_seat_is_gone_because_of_it(name: str) -> None:
    book = book_with((name,))
    for answers, settings in drawn(40, seed=55):
        was = judge.judge(FORM, WITHOUT, answers, settings, DAY)
        now = judge.judge(FORM, book, answers, settings, DAY)
        assert {each.rule for each in was.reasons} <= {each.rule for each in now.reasons}
        for gap in was.gaps:
            mine = [each for each in now.gaps if each.question == gap.question]
            assert mine or is_settled(now, gap.bounds), gap
        assert (was.flags, was.duties_today, was.duties_coming) == (
            now.flags,
            now.duties_today,
            now.duties_coming,
        )
        assert strictness(was.seats) <= strictness(now.seats)
        wanted, wants = (calls_for(FORM, each, answers, settings) for each in (WITHOUT, book))
        things = {(each.kind, each.thing) for each in wanted.called}
        assert things <= {(each.kind, each.thing) for each in wants.called}


def is_settled(verdict: Verdict, names: Iterable[str]) -> bool:
    """What was open is settled at its strictest by now, so nobody has to be asked for it."""
    return all(name == "tier" and verdict.results["tier"].settled for name in names)


def strictness(seats: tuple[Seated, ...]) -> set[str]:
    """Who has to say yes; the risk owner does what a reviewer would."""
    roles = {each.role for each in seats}
    return (roles | {"reviewer"}) if roles & {"risk_owner", "committee"} else roles


@pytest.mark.parametrize("name", SECTORS)
def test_each_rule_lifts_the_tier_alone_and_names_a_source_that_is_held_here(name: str) -> None:
    (policy,) = [each for each in book_with((name,)).policies if each.name == name]
    assert {rule.result for rule in policy.rules} == {"tier"}
    assert all(int(rule.level) > 1 for rule in policy.rules)
    assert not policy.duties
    assert not policy.gates
    assert not [seat for seat in policy.seats if seat.unless]
    for item in policy.items():
        assert item.id.startswith(f"{name}-")
        assert item.source.startswith(SOURCES), item.id
        assert not item.when.questions() - set(FORM.by_id), "no question of its own"


def test_what_fits_is_suggested_by_words_of_the_sector() -> None:
    def ids(sector: str | None, public: bool | None = None) -> list[str]:
        return [each.id for each in suggested(sector, public)]

    assert ids("Hospital group") == ["health"]
    assert ids("Banking and insurance") == ["finance", "insurance"]
    assert ids("University") == ["education"]
    assert ids("manufacturing", public=True) == ["public"]
    assert ids("manufacturing", public=False) == ids(None) == ids("", None) == []
    assert [each.policy for each in packs().values()] == list(SECTORS)
