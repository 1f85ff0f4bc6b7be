"""Nobody approves on results that today's rules or settings would no longer give."""

from __future__ import annotations

import pytest

from tests.builders import BEN, a_case, a_desk, key
from triage.case import Status
from triage.commands import Approve
from triage.decide import decide
from triage.organisation import Organisation
from triage.outcome import Refused, Say

ELSEWHERE = Organisation(regions=("eu", "uk"), public_body=False, units=("Sales",), zone="Europe/Berlin")


def test_a_changed_organisation_is_judged_before_anything_is_approved() -> None:
    case = a_case(Status.in_review)
    command = Approve(actor=BEN, key=key(), case=case.id)
    outcome = decide(case, command, a_desk(organisation=ELSEWHERE))
    assert outcome.case.status is Status.in_review
    assert outcome.case.decisions == ()
    assert outcome.case.verdict is not None
    assert not outcome.case.verdict.results["eu"].settled
    assert [h.what for h in outcome.happened] == ["case.rejudged"]
    assert "eu minimal..minimal -> out_of_scope..minimal" in str(outcome.happened[0].detail["results"])
    assert {n.say for n in outcome.notices} == {Say.card, Say.card_note, Say.summary}


def test_the_next_press_meets_the_new_results() -> None:
    desk = a_desk(organisation=ELSEWHERE)
    case = decide(a_case(Status.in_review), Approve(actor=BEN, key=key(), case="case-1"), desk).case
    with pytest.raises(Refused, match="still_open"):
        decide(case, Approve(actor=BEN, key=key(), case=case.id), desk)


def test_what_did_not_change_is_approved_at_once() -> None:
    case = a_case(Status.in_review)
    outcome = decide(case, Approve(actor=BEN, key=key(), case=case.id), a_desk())
    assert outcome.case.status is Status.approved
