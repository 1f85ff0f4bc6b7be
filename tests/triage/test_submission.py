"""Handing in: defaults, who decides by when; and what came in by import."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from intake.answers import NOT_ASKED, Answer, answered, unsure
from tests.builders import ANA, NOW, a_case, a_desk, after, key, says, some_answers
from triage.calendar import Calendar
from triage.case import Case, Fact, Source, Status
from triage.commands import Disclose
from triage.decide import decide
from triage.interview import talk_of
from triage.organisation import Organisation
from triage.submission import TITLE_LENGTH
from triage.talk import Phase
from triage.talking import Submit

SUBMIT = Submit(actor=ANA, key="submit", case="case-1")


def submitted(**change: Any) -> Case:
    return decide(a_case(Status.draft, **change), SUBMIT, a_desk()).case


def test_submitting_makes_a_request_with_a_card() -> None:
    outcome = after(a_case(Status.draft), SUBMIT)
    assert outcome.case.status is Status.in_review
    assert (outcome.case.submitted_at, talk_of(outcome.case).phase) == (NOW, Phase.closed)
    assert says(outcome) == ["submitted", "summary", "card"]
    (line,) = outcome.happened
    assert line.what == "case.submitted"
    assert line.detail == {"eu_floor": "minimal", "eu_ceiling": "minimal", "tier_floor": 1, "tier_ceiling": 1}


def test_defaults_are_marked_as_ours() -> None:
    case = submitted()
    assert {q: case.facts[q].source for q in ("owner", "title", "stage")} == {
        "owner": Source.organisation,
        "title": Source.organisation,
        "stage": Source.organisation,
    }
    assert case.answers["owner"].text == ANA
    assert case.answers["stage"].text == "idea"
    assert case.title == "Otter.ai: Write down what is said in our own team meetings"
    assert "unit" not in case.facts


def test_what_somebody_said_is_not_overwritten_by_a_default() -> None:
    said = some_answers(title=answered("Minutes"), stage=answered("pilot"), unit=answered("People"))
    case = submitted(answers=said)
    assert (case.title, case.unit, case.answers["stage"].text) == ("Minutes", "People", "pilot")
    assert case.facts["title"].source is Source.person


def test_the_only_unit_is_filled_in() -> None:
    desk = a_desk(organisation=Organisation(regions=("eu",), units=("Sales",)))
    assert decide(a_case(Status.draft), SUBMIT, desk).case.unit == "Sales"


def test_a_title_is_one_line_of_bounded_length() -> None:
    case = submitted(answers=some_answers(purpose=answered("many\nlines " * 50)))
    assert len(case.title) <= TITLE_LENGTH
    assert "\n" not in case.title


def test_what_is_in_use_already_says_so() -> None:
    assert submitted(answers=some_answers(kind=answered("report_existing"))).answers["stage"].text == "in_use"


def test_a_prohibited_practice_is_blocked_and_named_in_the_trail() -> None:
    outcome = after(a_case(Status.draft, some_answers(red_flag=answered("social_scoring"))), SUBMIT)
    assert outcome.case.status is Status.blocked
    assert outcome.happened[0].what == "case.blocked"
    assert "card" in says(outcome)


def test_an_open_request_may_be_handed_in() -> None:
    assert submitted(answers=some_answers(data=unsure())).status is Status.in_review


@pytest.mark.parametrize(
    ("now", "days", "due"),
    [
        ("2026-11-21T09:00", 1, "2026-11-23T16:00"),  # from a Saturday: Monday, the first working day after
        ("2026-11-20T09:00", 1, "2026-11-23T16:00"),  # from a Friday
        ("2026-12-24T09:00", 2, "2026-12-29T16:00"),  # Christmas and a weekend between
        ("2026-12-31T09:00", 1, "2027-01-04T16:00"),  # New Year's Day is in the next year
        ("2026-10-23T09:00", 1, "2026-10-26T16:00"),  # the clocks went back: 17:00 is an hour later in UTC
        ("2026-03-27T09:00", 1, "2026-03-30T15:00"),  # and forth
    ],
)
def test_working_days(now: str, days: int, due: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = Calendar("Europe/Berlin", "DE").after(moment, days)
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_without_a_country_only_weekends_are_free() -> None:
    moment = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
    assert Calendar("UTC", None).after(moment, 1).day == 25


def row(**change: Any) -> Disclose:
    given: dict[str, Any] = {
        "actor": "",
        "key": key(),
        "case": "case-9",
        "source_map": "list",
        "source_id": "7",
        "title": "Chat assistant",
        "unit": "Sales",
        "answers": {"stage": answered("in_use"), "data": NOT_ASKED},
    }
    return Disclose(**given | change)


def disclosed(**change: Any) -> Case:
    return decide(None, row(**change), a_desk()).case


def test_a_row_becomes_a_disclosed_use_with_what_it_states_and_no_more() -> None:
    outcome = decide(None, row(), a_desk())
    case = outcome.case
    assert (case.status, case.owner, case.discovered_via) == (Status.disclosed, None, "import")
    assert {q: a.picked for q, a in case.answers.items()} == {
        "title": ("Chat assistant",),
        "unit": ("Sales",),
        "stage": ("in_use",),
    }
    assert {fact.source for fact in case.facts.values()} == {Source.imported}
    assert case.verdict is not None
    assert not case.verdict.settled
    assert (outcome.happened[0].what, outcome.notices) == ("use.disclosed", ())


def test_the_same_row_again_changes_nothing() -> None:
    case = disclosed()
    again = decide(case, row(), a_desk())
    assert again.case == case
    assert again.happened == ()


@pytest.mark.parametrize(
    ("change", "facts"),
    [
        ({"title": "Chat helper"}, ("title",)),
        ({"unit": ""}, ("unit",)),
        ({"answers": {"stage": answered("retired")}}, ("stage",)),
        ({"answers": {"stage": NOT_ASKED}}, ("stage",)),
        ({"words": "New remark"}, ()),
    ],
)
def test_a_changed_row_changes_its_facts(change: dict[str, Any], facts: tuple[str, ...]) -> None:
    outcome = decide(disclosed(), row(**change), a_desk())
    (line,) = outcome.happened
    assert line.what == "facts.changed"
    assert line.detail["facts"] == facts


def test_what_a_person_said_since_is_theirs() -> None:
    case = disclosed()
    said: Answer = answered("pilot")
    fact = Fact(question="stage", answer=said, by=ANA, at=NOW, source=Source.person)
    case = case.model_copy(update={"facts": {**case.facts, "stage": fact}})
    again = decide(case, row(answers={"stage": answered("retired")}), a_desk())
    assert again.case.answers["stage"] == said
