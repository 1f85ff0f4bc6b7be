"""Which risks somebody looks at, when each comes up next, and the matrix as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.riskmap import by_level, by_level_after, counted
from tests.builders import ANA, CLEO, NOW
from tests.triage.aims.test_risks import RISK, a_risk, accepting, desk
from triage.aims.decide import decide
from triage.aims.entry import Entry
from triage.aims.risk import standing
from triage.aims.risks import LEVELS, weighing
from triage.aims.sifting import (
    PLAIN,
    Sift,
    Weighed,
    fits,
    from_text,
    is_bare,
    is_unaccepted,
    levels_of,
    next_day,
    to_text,
)

MARK = st.integers(1, 5).map(str)
SIX = st.fixed_dictionaries(
    {f"{name}{when}": MARK for name in ("likelihood", "impact") for when in ("", "_now", "_after")}
)


def weighed(entry: Entry, facts: str | None = None) -> Weighed:
    return Weighed(entry, standing(entry, None, NOW.date(), facts))


@given(st.lists(SIX, max_size=6))
def test_the_matrix_holds_each_risk_once_now_and_once_afterwards(many: list[dict[str, str]]) -> None:
    found = [weighed(a_risk(**said)) for said in many]
    now, after = counted(found)
    assert sum(now.values()) == sum(after.values()) == len(many)
    for fields, levels in ((now, by_level(found)), (after, by_level_after(found))):
        told = dict.fromkeys(LEVELS, 0)
        for place, number in fields.items():
            told[weighing().level(*place)] += number
        assert told == levels


@given(SIX, st.sampled_from(("likelihood_now", "impact_now")))
def test_what_gets_more_likely_or_worse_is_never_less_in_need_of_an_acceptance(
    said: dict[str, str], which: str
) -> None:
    worse = said | {which: str(min(5, int(said[which]) + 1))}
    mild, bad = weighed(a_risk(**said)), weighed(a_risk(**worse))
    assert not is_unaccepted(mild.standing) or is_unaccepted(bad.standing)
    assert not is_bare(mild) or is_bare(bad)


@pytest.mark.parametrize("text", [*PLAIN, "level:high", "use:AIU-2026-0001", "tool:abc"])
def test_what_is_asked_for_comes_back(text: str) -> None:
    assert to_text(from_text(text)) == text


@pytest.mark.parametrize("text", ["level:worst", "mine:x", "x", "use:", ":"])
def test_what_is_not_ours_asks_for_everything(text: str) -> None:
    assert from_text(text) == Sift()


def test_what_is_closed_is_shown_where_it_is_asked_for() -> None:
    entry = a_risk(uses=("AIU-2026-0001",))  # type: ignore[arg-type]
    entry = decide(entry, accepting(entry, CLEO), desk())
    one = weighed(entry)
    assert fits(one, Sift(), ANA, desk(), {})
    assert not fits(one, Sift("closed"), ANA, desk(), {})
    assert fits(one, Sift("mine"), ANA, desk(), {})
    assert not fits(one, Sift("mine"), CLEO, desk(), {})
    assert not fits(one, Sift("unaccepted"), ANA, desk(), {})
    assert fits(one, Sift("use", "AIU-2026-0001"), ANA, desk(), {})
    assert fits(one, Sift("tool", "Otter"), ANA, desk(), {entry.id: ("Otter",)})
    assert not fits(one, Sift("tool", "Otter"), ANA, desk(), {})
    assert next_day(entry, (), desk().calendar()) is not None


def test_a_high_risk_is_bare_until_there_is_a_control_or_an_acceptance() -> None:
    high = a_risk(likelihood_now="4", impact_now="4")
    assert is_bare(weighed(high))
    assert not is_bare(weighed(a_risk()))
    held = a_risk(likelihood_now="4", impact_now="4", controls_now=("Two read it",))  # type: ignore[arg-type]
    assert not is_bare(weighed(held))


def test_a_level_is_said_as_soon_as_both_are_chosen() -> None:
    assert levels_of({"likelihood": "4", "impact": "4", "likelihood_now": "3"}) == ("high", None, None)
    assert levels_of({"likelihood": "9", "impact": ""}) == (None, None, None)
    assert levels_of(RISK) == ("high", "medium", "low")
