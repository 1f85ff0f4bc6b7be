"""Objectives to choose from, and what was counted for one: nothing is told as counted that was not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from intake.source import Damaged
from tests.builders import BEN, DAN, a_desk
from tests.triage.aims.test_entries import approved, drafting, on
from tests.triage.aims.test_every_kind import desk, filled
from triage.aims import objectives
from triage.aims.decide import Beside, decide
from triage.aims.entry import Entry
from triage.aims.kinds import kinds
from triage.aims.objectives import FILE, Counted, counted_for, held, known, load, measure_of
from triage.aims.wishes import ActOnEntry
from triage.outcome import Refused

KIND = kinds()["objective"]
FOUND = Counted(measure="reviewed_in_time", part=18, whole=20)
SAID: dict[str, Any] = {"as_of": "2026-11-20", "value": "18 of 20", "met": "yes", "part": 18, "of": 20}


def stated(**more: Any) -> Entry:
    said = {name: value for name, value in {**filled(KIND.fields), **more}.items() if value}
    return approved(decide(None, drafting(BEN, KIND.id, "", said=said), desk(KIND)), DAN)


def measured(entry: Entry, beside: Beside, **said: Any) -> Entry:
    given = {name: value for name, value in said.items() if value is not None}
    wish = ActOnEntry(**on(entry, BEN), act="measured", said=given, seen=entry.version)
    return decide(entry, wish, desk(KIND), beside)


def test_every_objective_of_the_list_can_be_stated_as_it_is() -> None:
    fits = {each.id: decide(None, drafting(BEN, KIND.id, "", said={**each.said(), "owner": BEN, "due": "2027-03-01"}),
                            desk(KIND)) for each in known().library}  # fmt: skip
    assert len(fits) >= 10
    assert {each.counts for each in known().library} - {""} == set(known().measures), "each has its objective"
    assert any(not each.counts for each in known().library), "not all is in the register"


def test_what_was_counted_stands_beside_what_somebody_says() -> None:
    entry = measured(
        stated(), Beside(counted=FOUND), **SAID | {"value": "17 of 20, one was answered by mistake"}
    )
    (once,) = held(entry)
    assert once.counted == FOUND
    assert once.value == "17 of 20, one was answered by mistake"
    assert once.day.isoformat() == "2026-11-20"


@pytest.mark.parametrize(
    ("said", "found", "refused"),
    [
        ({"part": 20}, FOUND, "entry_moved"),
        ({"of": 18}, FOUND, "entry_moved"),
        ({"part": None, "of": None}, FOUND, "entry_moved"),
        ({}, None, "entry_moved"),
        ({"as_of": None}, FOUND, "entry_moved"),
        ({"as_of": "2026-11-21"}, FOUND, "entry_field"),
        ({"as_of": "2027-01-01"}, FOUND, "entry_field"),
    ],
)
def test_nobody_tells_as_counted_what_was_not(
    said: dict[str, Any], found: Counted | None, refused: str
) -> None:
    assert a_desk().day.isoformat() == "2026-11-21"
    with pytest.raises(Refused, match=refused):
        measured(stated(), Beside(counted=found), **SAID | said)


def test_without_a_measure_a_person_says_the_figure_alone() -> None:
    entry = measured(stated(counts=""), Beside(), value="87 %", met="no")
    assert [(each.value, each.counted) for each in held(entry)] == [("87 %", None)]
    assert counted_for([entry]) == ()
    assert counted_for([entry, stated(), stated()]) == ("reviewed_in_time",), "each once"


def test_what_was_counted_for_another_measure_is_not_drawn_beside_this_one() -> None:
    entry = measured(stated(), Beside(counted=FOUND), **SAID)
    said = {**filled(KIND.fields), "counts": "actions_worked"}
    again = drafting(BEN, KIND.id, "", said=said, seen=1, entry=entry.id)
    waiting = decide(entry, again, desk(KIND))
    assert measure_of(waiting) == "reviewed_in_time", "a version that waits counts nothing"
    entry = approved(waiting, DAN)
    assert measure_of(entry) == "actions_worked"
    assert [each.counted for each in held(entry)] == [None]


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 0, None), (199, 200, 99), (200, 200, 100), (1, 3, 33)]
)
def test_nothing_is_whole_as_long_as_anything_is_missing(part: int, whole: int, percent: int | None) -> None:
    assert Counted(measure="reviewed_in_time", part=part, whole=whole).percent == percent


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("form: share", "form: shares", "`shares` is no form"),
        ("id: days_to_decide", "id: days_to_decided", "are not those that an objective may count"),
        ("counts: actions_worked", "counts: actions_work", "`actions_work` is not known"),
        ('points: ["7.3", "A.2.2"]', 'points: ["7.9"]', "`7.9` is not known"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, before: str, after: str, fault: str) -> None:
    text = FILE.read_text()
    assert before in text
    (broken := tmp_path / "objectives.yaml").write_text(text.replace(before, after, 1))
    with pytest.raises(Damaged, match=fault):
        load(broken)
    assert objectives.proposed("no-such") is None
