"""A register by two rule books: what moves, which way, and whose approval would lapse; the rest is left out."""

import random
import shutil
from pathlib import Path

import pytest

from tests.triage.drawing import draw
from tests.triage.reading import BOOK, DAY, EU, FORM, HARMLESS, given
from triage.case import Status
from triage.judge import judge
from triage.organisation import to_settings
from triage.policies import POLICIES, load_book
from triage.rehearsing import AT_ONCE, Registered, rehearse
from triage.rules import RuleBook

STATED = to_settings(EU, tool_in_catalogue=True)
NAMES: dict[str, object] = {"data": ["personal"], "profiling": "no", "monitoring": ["none"]}


def a_use(name: str, answers: dict[str, object], status: Status = Status.approved) -> Registered:
    return Registered(name=name, title=name, status=status, answers=given(HARMLESS | answers), stated=STATED)


@pytest.fixture
def stricter(tmp_path: Path) -> RuleBook:
    """Personal data is tier 3, and a notice to the works council is asked for nowhere."""
    folder = tmp_path / "policy"
    shutil.copytree(POLICIES, folder)
    rules = folder / "internal-tier" / "rules.yaml"
    text = rules.read_text()
    old = "- id: tier-guarded-data\n  result: tier\n  level: 2"
    assert old in text
    rules.write_text(text.replace(old, old.replace("level: 2", "level: 3")))
    return load_book(FORM, folder=folder)


def test_only_what_moves_is_named_with_its_way_and_its_rules(stricter: RuleBook) -> None:
    uses = [a_use("notes", {}), a_use("letters", NAMES)]
    (move,) = rehearse(FORM, BOOK, stricter, uses)
    assert move.name == "letters"
    assert [str(each.floor) for each in move.results["tier"]] == ["2", "3"]
    assert (move.up, move.down) == (True, False)
    assert "tier-guarded-data" in move.because
    (back,) = rehearse(FORM, stricter, BOOK, uses)
    assert (back.up, back.down) == (False, True)


@pytest.mark.parametrize("status", list(Status))
def test_an_approval_lapses_where_what_was_approved_is_stricter_now(
    stricter: RuleBook, status: Status
) -> None:
    use = a_use("letters", NAMES, status)
    standing = status in (Status.approved, Status.approved_with_conditions)
    assert [move.lapses for move in rehearse(FORM, BOOK, stricter, [use])] == [standing]
    assert [move.lapses for move in rehearse(FORM, stricter, BOOK, [use])] == [False]


def test_many_uses_come_out_one_by_one_as_they_are_judged_one_by_one(stricter: RuleBook) -> None:
    dice = random.Random(4)
    uses = []
    for number in range(AT_ONCE + 40):
        answers, stated = draw(FORM, dice)
        uses.append(
            Registered(name=str(number), title="", status=Status.approved, answers=answers, stated=stated)
        )
    moves = {move.name: move for move in rehearse(FORM, BOOK, stricter, uses)}
    assert list(moves) == sorted(moves, key=int)
    assert moves
    for use in uses:
        old, new = (judge(FORM, book, use.answers, use.stated, DAY) for book in (BOOK, stricter))
        moved = {name: (old.results[name], new.results[name]) for name in new.results}
        moved = {name: pair for name, pair in moved.items() if pair[0] != pair[1]}
        assert (dict(moves[use.name].results) if use.name in moves else {}) == moved


def test_the_same_rules_move_nothing() -> None:
    assert not list(rehearse(FORM, BOOK, BOOK, [a_use("letters", NAMES)]))


def changed(folder: Path, file: str, *changes: tuple[str, str]) -> RuleBook:
    shutil.copytree(POLICIES, folder, dirs_exist_ok=True)
    for name in file.split():
        text = (folder / name).read_text()
        for old, new in changes:
            text = text.replace(old, new)
        (folder / name).write_text(text)
    return load_book(FORM, folder=folder)


def test_another_mildest_level_is_a_change_for_whoever_stood_there(tmp_path: Path) -> None:
    """No rule need hold for it, so nothing but the scale tells."""
    new = changed(tmp_path, "gdpr/policy.yaml gdpr/rules.yaml", ("not_indicated", "nothing_seen"))
    (move,) = rehearse(FORM, BOOK, new, [a_use("notes", {})])
    assert [str(each.floor) for each in move.results["dpia"]] == ["not_indicated", "nothing_seen"]
    assert not list(rehearse(FORM, BOOK, BOOK, [a_use("notes", {})]))


def test_a_level_that_is_no_more_may_be_stricter_or_looser(tmp_path: Path) -> None:
    new = changed(
        tmp_path,
        "gdpr/policy.yaml gdpr/rules.yaml gdpr/duties.yaml iso42001/calls.yaml internal-tier/seats.yaml",
        ("ask_dpo, presumed,", "ask_dpo,"),
        ("level: presumed", "level: ask_dpo"),
        ("reaches: presumed", "reaches: ask_dpo"),
    )
    hiring: dict[str, object] = {
        "people": ["staff_applicants"],
        "area": ["employment"],
        "function": "admin_only",
    }
    (move,) = rehearse(FORM, BOOK, new, [a_use("hiring", NAMES | hiring)])
    assert [str(each.ceiling) for each in move.results["dpia"]] == ["presumed", "ask_dpo"]
    assert (move.up, move.down) == (True, True)


def test_whose_yes_is_needed_moves_too(tmp_path: Path) -> None:
    """By no result: only the table of seats is another one."""
    seats = "internal-tier/seats.yaml"
    two = changed(tmp_path / "two", seats, ("  role: reviewer\n", "  role: reviewer\n  people: 2\n"))
    legal = changed(tmp_path / "legal", seats, ("  role: reviewer\n", "  role: legal\n"))
    use = a_use("notes", {})
    (more,), (fewer,) = rehearse(FORM, BOOK, two, [use]), rehearse(FORM, two, BOOK, [use])
    assert (dict(more.results), more.seats_gained, more.seats_lost) == ({}, ("reviewer x2",), ())
    assert (more.up, more.down, more.lapses) == (True, False, False)
    assert (fewer.seats_lost, fewer.up, fewer.down) == (("reviewer x2",), False, True)
    (other,) = rehearse(FORM, BOOK, legal, [use])
    assert (other.seats_gained, other.seats_lost) == (("legal",), ("reviewer",))
    assert (other.up, other.down) == (True, True)
    assert other.because == other.no_longer == ("seat-reviewer",)
