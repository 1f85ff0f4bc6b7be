"""By function: an outcome is in place only where operation shows every point that it rests on."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.functions import titles
from triage.aims.covered import Covered, Evidence, Standing
from triage.aims.functions import Outcome, functions, outcomes
from triage.aims.standard import points

DONE = Evidence(
    name="x", count=3, newest=datetime(2026, 11, 1, tzinfo=UTC), sample=("AIU-2026-0001", "AIU-2026-0002")
)


def covered(point: str, standing: Standing = "operating", left_out: str = "") -> Covered:
    evidence = (DONE,) if standing == "operating" else ()
    documents = ("AIM-2026-0001",) if standing == "document" else ()
    return Covered(point=point, standing=standing, evidence=evidence, documents=documents, left_out=left_out)


def found(id: str, *changed: Covered) -> Outcome:
    by = {each.point: each for each in changed}
    every = [by.get(point, covered(point)) for point in points()]
    return next(each for each in outcomes(every) if each.id == id)


def test_all_72_subcategories_of_four_functions_stand_there_with_a_title_and_what_they_rest_on() -> None:
    every = {id: rests for group in functions().outcomes.values() for id, rests in group.items()}
    assert (len(functions().outcomes), len(every)) == (4, 72)
    assert all(every.values())
    assert set(every) == {each for each in titles() if not each.startswith("GAI")}
    assert len(functions().traits) == 7


def test_it_is_in_place_where_operation_shows_all_of_it() -> None:
    one = found("GOVERN 1.4")
    assert (one.stage, one.shown, one.open) == ("in_place", ("6.1.2", "6.1.3", "8.3"), ())
    assert one.records == ("AIU-2026-0001", "AIU-2026-0002")


def test_a_document_never_makes_it_in_place() -> None:
    one = found("GOVERN 1.7", covered("A.6.2.6", "document"))
    assert (one.stage, one.records, one.documents) == ("partly", (), ("AIM-2026-0001",))


def test_one_gap_is_enough_and_nothing_at_all_is_missing() -> None:
    assert found("GOVERN 1.4", covered("8.3", "nothing")).stage == "partly"
    assert found("GOVERN 1.4", covered("8.3", "nothing")).open == ("8.3",)
    assert found("GOVERN 1.7", covered("A.6.2.6", "nothing")).stage == "missing"


def test_what_does_not_apply_counts_for_nothing() -> None:
    one = found("GOVERN 6.1", covered("A.10.2", "nothing", "AIM-2026-0009"))
    assert (one.stage, one.shown) == ("in_place", ("A.10.3",))
    gone = (covered(point, "nothing", "AIM-2026-0009") for point in ("A.10.2", "A.10.3"))
    assert found("GOVERN 6.1", *gone).stage == "left_out"


def test_a_control_says_which_subcategories_it_serves() -> None:
    assert "GOVERN 1.7" in functions().of_point("A.6.2.6")
    assert all(functions().of_point(point) for point in ("6.1.2", "A.5.4"))
