"""A dossier says of what had to be done first what the gates say: parts that were accepted and plans count."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dossier import gaps, lived
from bot.dossier.voice import Voice
from bot.library import library
from bot.words import Words
from intake.answers import answered
from store.dossier import Kept
from store.trail import FIRST, End
from tests.builders import ANA, DAN, NOW, a_desk
from tests.triage.incidents import PIA, does, later, reported, used
from tests.triage.test_incidents import assessed
from tests.triage.test_stages import all_done, approved
from triage.appointed import holders
from triage.case import Case
from triage.incidents.incident import Incident
from triage.incidents.wishes import SettleClock
from triage.plan import Plan
from triage.stages import TaskStep


def kept(case: Case, *incidents: Incident, at: Any = NOW) -> Kept:
    nothing: dict[str, Any] = {"judged": (), "history": (), "conditions": (), "left_out": 0, "lines": ()}
    who = holders(case, a_desk())
    return Kept(case, at, End(seq=0, digest=FIRST), incidents=incidents, names={}, holders=who, **nothing)


def voice(found: Kept) -> Voice:
    return Voice(Words(), library().form, library().wording, found, "inside")


def still_open(case: Case) -> set[str]:
    found = kept(case)
    return {
        line.rpartition(": ")[2]
        for part in gaps.gaps(found, voice(found)).parts
        for line in getattr(part, "lines", ())
        if line.startswith("Asked for and not done")
    }


def stands(case: Case) -> dict[str, tuple[str, ...]]:
    found = kept(case)
    tables = [t for part in lived.used(found, voice(found)).parts for t in getattr(part, "tables", ())]
    return {row[0]: row[1:] for table in tables for row in table.rows}


def test_parts_that_were_accepted_are_done_and_not_open() -> None:
    case = approved(high=True).case
    assert {"owner", "deputy", "overseer"} <= still_open(case)
    assert stands(case)["overseer"][0] == "asked for"
    ready = all_done(case)
    assert still_open(ready) == set()
    assert stands(ready)["overseer"][0] == "done"
    assert "P-eve" in stands(ready)["overseer"][2]


def test_what_somebody_gave_back_is_open_again() -> None:
    ready = all_done(approved(high=True).case)
    named = next(a for a in ready.appointments if a.task == "overseer" and a.kind == "accepted")
    given = named.model_copy(update={"id": "back", "kind": "refused"})
    back = ready.model_copy(update={"appointments": (*ready.appointments, given)})
    assert ("overseer" in still_open(back)) == ("overseer" not in holders(back, a_desk()))


def test_a_plan_that_was_written_is_done() -> None:
    case = approved().case
    call = TaskStep(id="c", task="monitoring_plan", kind="called", before="in_use", at=NOW)
    asked = case.model_copy(update={"task_steps": (*case.task_steps, call)})
    assert "monitoring plan" in still_open(asked)
    assert stands(asked)["monitoring plan"][0] == "asked for"
    plan = Plan(id="p", by=ANA, at=NOW, measures=(), every="monthly")
    written = asked.model_copy(update={"plans": (plan,)})
    assert "monitoring plan" not in still_open(written)
    assert stands(written)["monitoring plan"][0] == "done"


@pytest.mark.parametrize(("hours", "said"), [(70, "in time"), (80, "missed")])
def test_a_settled_clock_is_named_with_its_due_moment_and_whether_it_was_missed(
    hours: int, said: str
) -> None:
    case = used()
    found = assessed(reported(DAN, case), personal_data=answered("ordinary"))
    clock: dict[str, Any] = {"clock": "gdpr-authority", "outcome": "met"}
    over = does(found, SettleClock, PIA, case, later(hours=hours), **clock)
    told = kept(case, over, at=later(hours=200).now)
    (card,) = lived.incidents(told, voice(told)).parts
    (line,) = [row[0] for row in card.tables[0].rows if "GDPR, 72 hours" in row[0]]  # type: ignore[union-attr]
    assert said in line
    assert f"due {later(hours=72).now:%Y-%m-%d %H:%M}" in line
