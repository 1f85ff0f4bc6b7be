"""What a digest says of its figures: at most three things to do, the same for the same figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words import Words
from intake.source import Damaged
from triage.digest import FIGURES, MOST, OTHER_LAW, digest, law_name, load_rules, rules
from triage.figures import Bound, Count, Figures, Incidents, Lack, LawDate, Reviews, Stock

AT = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
COUNTS = st.integers(0, 5)


def some(**change: object) -> Figures:
    return Figures(since=AT - timedelta(days=7), at=AT).model_copy(update=change)


@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_first_three_with_something_to_do_are_named(
    late: int, bound: int, missed: int, reviews: int, lacking: int, unclaimed: int
) -> None:
    found = some(
        stock=Stock(overdue=late, counts=(Count(state="disclosed", tier=0, uses=unclaimed),)),
        conditions=Bound(overdue=bound, oldest="AIU-2026-0001"),
        incidents=Incidents(missed=missed),
        reviews=Reviews(overdue=reviews),
        lacks=(Lack(fact="owner_id", uses=lacking),),
    )
    named = digest(found).things
    wanted = [each for each in rules().things if FIGURES[each.figure](found) >= each.least][:MOST]
    assert [(each.id, each.count) for each in named] == [
        (each.id, FIGURES[each.figure](found)) for each in wanted
    ]


def test_nothing_to_do_is_nothing() -> None:
    assert digest(some()).things == ()


def test_what_may_be_confidential_cannot_be_opened_from_it() -> None:
    [open_] = digest(some(conditions=Bound(overdue=1, oldest="AIU-2026-0001"))).things
    assert (open_.button, open_.ref) == ("entry", "AIU-2026-0001")
    [closed] = digest(some(conditions=Bound(overdue=1))).things
    assert (closed.button, closed.ref) == ("", "")


def test_law_dates_have_short_names_and_each_thing_its_words() -> None:
    coming = LawDate(day=date(2027, 12, 2), duties=("eu-duty-inform",), uses=9)
    assert law_name(coming) == "eu_annex_iii"
    assert law_name(coming.model_copy(update={"duties": ("us-duty-x",)})) == OTHER_LAW
    words = Words()
    assert all(words.has(f"digest.law.{each.name}") for each in rules().law)
    assert all(words.has(f"digest.thing.{each.id}") for each in rules().things)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("figure: overdue,", "figure: overdu,", "is no figure"),
        ("button: queue", "button: press", "is no button"),
        ("ahead_days: 400", "ahead_days: soon", "is no number of days"),
        ('day: "2027-12-02"', 'day: "2027-13-02"', "is no day"),
    ],
)
def test_a_damaged_file_names_what_is_wrong(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (Path(__file__).parents[2] / "triage" / "digest.yaml").read_text()
    assert old in text
    file = tmp_path / "digest.yaml"
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(Damaged, match=told):
        load_rules(file)
