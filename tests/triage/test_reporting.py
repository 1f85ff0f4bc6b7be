"""Who may say that an answer was wrong, of what, and whom it reaches."""

from datetime import timedelta
from pathlib import Path

import pytest

from intake.source import Damaged
from tests.builders import ANA, BEN, DAN, NOW, a_case, a_desk, key, says
from triage.afterwards import ReportWrong
from triage.case import Case, Status
from triage.decide import decide
from triage.enough import most
from triage.outcome import Outcome, Refused
from triage.reporting import LONGEST, OVER, RUNS, may_report


def report(case: Case, words: str = "", actor: str = DAN, hours: int = 0) -> Outcome:
    at = a_desk(now=NOW + timedelta(hours=hours))
    return decide(case, ReportWrong(case=case.id, actor=actor, key=key(), words=words), at)


def test_it_is_added_and_changes_nothing_else() -> None:
    case = a_case(Status.approved)
    outcome = report(case, "  It made a name up.  ")
    (made,) = outcome.case.reports
    assert (made.by, made.words) == (DAN, "It made a name up.")
    assert outcome.case.model_copy(update={"reports": (), "next_review_on": None}) == case
    again = report(outcome.case)
    assert again.case.reports[:1] == (made,)
    assert len(again.case.reports) == 2
    assert [(each.what, dict(each.texts)) for each in outcome.happened] == [
        ("answer.reported", {"words": "It made a name up."})
    ]


def test_it_reaches_whoever_answers_for_it() -> None:
    case = a_case(Status.approved)
    assert says(report(case)) == ["reported", "card"]
    assert report(case).notices[0].to == "", "in their own thread"
    assert report(case.model_copy(update={"owner": BEN})).notices[0].to == BEN
    imported = case.model_copy(update={"talk": None, "owner": None})
    assert report(imported).notices[0].to == ANA


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.draft])
def test_of_what_runs_or_may_still_run(status: Status) -> None:
    assert may_report(a_case(status)) == (status in RUNS)


def test_of_a_draft_nobody_else_hears() -> None:
    with pytest.raises(Refused, match="unknown_case"):
        report(a_case(Status.draft))


def test_what_waits_again_after_a_yes_may_still_be_used() -> None:
    was = a_case(Status.approved)
    assert may_report(was.model_copy(update={"status": Status.in_review}))
    assert not any(may_report(was.model_copy(update={"status": over})) for over in OVER)


def test_words_are_cut_where_nobody_reads_on() -> None:
    assert len(report(a_case(Status.approved), "x" * 5000).case.reports[0].words) == LONGEST


def reported(times: int) -> Case:
    case = a_case(Status.approved)
    for _ in range(times):
        case = report(case).case
    return case


def test_one_person_says_so_a_few_times_a_day_and_again_the_next() -> None:
    full = reported(most())
    with pytest.raises(Refused) as refused:
        report(full, hours=23)
    assert (refused.value.key, refused.value.facts["count"]) == ("reported_enough", str(most()))
    assert len(report(full, hours=24).case.reports) == most() + 1
    assert len(report(full, actor=BEN).case.reports) == most() + 1, "others are not held back by it"


def test_two_ids_of_one_person_are_one_person() -> None:
    same = a_desk(same=lambda one, other: {one, other} <= {DAN, BEN})
    with pytest.raises(Refused, match="reported_enough"):
        decide(reported(most()), ReportWrong(case="case-1", actor=BEN, key=key()), same)


def test_how_often_is_read_from_a_file_that_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    file = tmp_path / "reporting.yaml"
    file.write_text("a_day: 0\n")
    with pytest.raises(Damaged) as damaged:
        most(file)
    assert "too few" in str(damaged.value.faults)
    file.write_text("a_day: 5\n")
    most.cache_clear()
    assert most(file) == 5
