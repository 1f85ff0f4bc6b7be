"""All uses beside each other are counted as plain counting does, and what stands out stands out by rule."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.aims.portfolio import ASKED, NAMED, Portfolio, Seen, Then, portfolio, theme, themes
from triage.aims.theming import Led, check_themes, refs, to_line
from triage.outcome import Refused

DAY, BEFORE = date(2027, 11, 30), date(2026, 11, 30)
NAMES = st.sampled_from(["", "One", "Two"])
CHOICES = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3).map(tuple)
USE = st.builds(
    Seen,
    tier=st.integers(0, 4),
    unit=NAMES,
    tool=NAMES,
    vendor=NAMES,
    owned=st.booleans(),
    confidential=st.booleans(),
    answers=st.dictionaries(st.sampled_from(ASKED), CHOICES),
)
USES = st.lists(USE, max_size=12)
THENS = st.builds(
    Then,
    uses=USES,
    risks=st.lists(st.sampled_from(["low", "high"]), max_size=4),
    incidents=st.lists(st.sampled_from(["incident", "concern"]), max_size=4),
)


def recounted(then: Then, about: str, value: str, *, closed: bool) -> int:
    """Without any table: each use is asked by itself."""
    if closed:
        return sum(use.confidential for use in then.uses)
    told = [use for use in then.uses if not use.confidential]
    match about:
        case "risk":
            return list(then.risks).count(value)
        case "incident":
            return list(then.incidents).count(value)
        case "owner":
            return sum(use.owned is (value == "named") for use in told)
        case "tier":
            return sum((str(use.tier) if use.tier else "") == value for use in then.uses)
    if about in NAMED:
        return sum(getattr(use, about) == value for use in told)
    picked = [use.answers.get(about, ()) for use in told]
    return sum(value in each if value else not each for each in picked)


@given(THENS, THENS)
def test_each_number_is_what_plain_counting_finds(now: Then, then: Then) -> None:
    found = portfolio(DAY, BEFORE, now, then)
    assert (found.uses, found.uses_before) == (len(now.uses), len(then.uses))
    for each in found.shares:
        assert each.count == recounted(now, each.about, each.value, closed=each.closed), each
        assert each.before == recounted(then, each.about, each.value, closed=each.closed), each
    for about in (*ASKED, *NAMED, "owner"):
        closed = sum(each.count for each in found.of(about) if each.closed)
        assert closed == found.confidential, "one row in each, whatever they say"
    for about in NAMED:
        assert sum(each.count for each in found.of(about)) == found.uses, "each use once, and none left out"


@given(THENS, THENS)
def test_the_same_uses_in_any_order_give_the_same(now: Then, then: Then) -> None:
    turned = now._replace(uses=tuple(reversed(now.uses)))
    assert portfolio(DAY, BEFORE, now, then).digest == portfolio(DAY, BEFORE, turned, then).digest


def use(**more: object) -> Seen:
    return Seen(**{"tier": 1, "owned": True, **more})  # type: ignore[arg-type]


def of(now: list[Seen], then: list[Seen] | None = None, **more: object) -> Portfolio:
    return portfolio(DAY, BEFORE, Then(now, **more), Then(then or []))  # type: ignore[arg-type]


def ids(found: Portfolio) -> dict[str, tuple[str, ...]]:
    return {each.share.id: each.whys for each in themes(found)}


def test_what_a_confidential_use_is_called_is_named_nowhere() -> None:
    secret = use(unit="Mergers", tool="Oracle of Delphi", vendor="Pythia", confidential=True)
    found = of([secret] * 9 + [use(unit="Sales", tool="Otter", vendor="Otter.ai")])
    for name in ("Mergers", "Delphi", "Pythia"):
        assert name not in found.model_dump_json()
    assert found.confidential == 9
    assert not [each for each in ids(found) if "confidential" in each]


@given(USE, USE, USES)
def test_nobody_works_out_what_a_confidential_use_says(one: Seen, other: Seen, rest: list[Seen]) -> None:
    """Whatever they answered and whoever owns them, with the same risk the paper is the same."""
    some, others = ([*rest, each._replace(tier=3, confidential=True)] for each in (one, other))
    assert of(some, some) == of(others, others)


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        ([use(vendor="One")] * 2 + [use(vendor="")] * 6, [use(vendor="One")] * 2, {"vendor.One": ("much",)}),
        ([use(vendor="One")] * 2 + [use(vendor="")] * 7, [use(vendor="One")] * 2, {}),
        ([use(unit="One")] * 3 + [use()] * 10, [use(unit="One")] * 2, {}),
        ([use(unit="One")] * 3 + [use()] * 10, [use(unit="One")], {"unit.One": ("grew",)}),
        ([use(answers={"data": ("public",)})] * 8, [], {}),
        ([use(tier=4)], [], {"tier.4": ("heavy",)}),
        ([use(owned=False)], [], {"owner.none": ("heavy",)}),
    ],
)
def test_what_stands_out_does_so_by_rule(
    now: list[Seen], then: list[Seen], expected: dict[str, tuple[str, ...]]
) -> None:
    assert ids(of(now, then)) == expected


def test_heavy_risks_and_what_went_wrong_stand_out() -> None:
    found = of([], risks=["low", "critical"], incidents=["near_miss"])
    assert ids(found) == {"risk.critical": ("heavy",), "incident.near_miss": ("wrong",)}
    assert theme(found, "risk.low") is None


KNOWN = {"AIR-2027-0001": "risk", "AIM-2027-0001": "action", "AIM-2027-0002": "issue"}


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("Too much on one => AIR-2027-0001", True),
        ("Too much on one => AIM-2027-0001", True),
        ("Too much on one => accepted: we can leave in a week", True),
        ("Too => much => AIR-2027-0001", True),
        ("Too much on one", False),
        ("Too much on one => AIM-2027-0002", False),
        ("Too much on one => AIR-2027-0009", False),
        ("Too much on one => accepted:", False),
        ("Too much on one => accepted:  ", False),
        (" => AIR-2027-0001", False),
        ("Too much on one => later", False),
    ],
)
def test_each_theme_leads_to_a_risk_or_an_action_or_is_accepted_for_a_reason(
    line: str, *, fits: bool
) -> None:
    if fits:
        check_themes({"themes": (line,)}, KNOWN)
        return
    with pytest.raises(Refused) as refusal:
        check_themes({"themes": (line,)}, KNOWN)
    assert refusal.value.facts == {"field": "themes", "wrong": "leads"}


def test_what_it_leads_to_is_read_back() -> None:
    lines = (
        to_line(Led("Much\non one", "risk", "AIR-2027-0001")),
        to_line(Led("Two", "accepted", "AIR-2027-0002")),
    )
    assert lines[1] == "Two => accepted: AIR-2027-0002"
    assert refs({"themes": lines}) == {"AIR-2027-0001"}
