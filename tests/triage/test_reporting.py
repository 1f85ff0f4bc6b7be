"""Who may say that an answer was wrong, of what, and whom it reaches."""

import pytest

from tests.builders import ANA, BEN, DAN, a_case, a_desk, key, says
from triage.afterwards import ReportWrong
from triage.case import Case, Status
from triage.decide import decide
from triage.outcome import Outcome, Refused
from triage.reporting import LONGEST, OVER, RUNS, may_report


def report(case: Case, words: str = "", actor: str = DAN) -> Outcome:
    return decide(case, ReportWrong(case=case.id, actor=actor, key=key(), words=words), a_desk())


def test_it_is_added_and_changes_nothing_else() -> None:
    case = a_case(Status.approved)
    outcome = report(case, "  It made a name up.  ")
    (made,) = outcome.case.reports
    assert (made.by, made.words) == (DAN, "It made a name up.")
    assert outcome.case.model_copy(update={"reports": ()}) == case
    again = report(outcome.case)
    assert again.case.reports[:1] == (made,)
    assert len(again.case.reports) == 2
    assert [(each.what, dict(each.texts)) for each in outcome.happened] == [
        ("answer.reported", {"words": "It made a name up."})
    ]


def test_it_reaches_whoever_answers_for_it() -> None:
    case = a_case(Status.approved)
    assert says(report(case)) == ["reported"]
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
