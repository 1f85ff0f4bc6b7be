"""What a use calls for: the union of all that holds or still may, and the shortest time between reviews."""

import random

import pytest

from intake.answers import Answers
from tests.triage.drawing import draw
from tests.triage.reading import EU, FORM, HARMLESS, given
from triage.calls import Calls, calls_for
from triage.organisation import to_settings
from triage.policies import book_with

EVERY = book_with()
NEVER = 999


def called(answers: Answers) -> Calls:
    return calls_for(FORM, EVERY, answers, to_settings(EU, tool_in_catalogue=True))


def test_grammar_help_calls_for_next_to_nothing() -> None:
    found = called(given(HARMLESS))
    assert found.of("action") == ("ai_literacy_training", "use_guidelines_ack")
    assert found.of("approver") == ("line_manager", "legal")
    assert found.of("threat") == ()
    assert found.of("outcome") == ("GOVERN-1.6", "GOVERN-2.2", "MAP-1.1", "MANAGE-1.1")
    assert found.of("risk") == ()
    assert found.review_months == 12  # the EU's reach asks for a look once a year


def test_ranking_applicants_calls_for_what_each_of_its_reasons_calls_for() -> None:
    found = called(given(HARMLESS | {"area": ["employment"], "function": "employment.ranking"}))
    assert {"dpia", "bias_test", "worker_notice", "appeal_channel"} <= set(found.of("action"))
    assert {"hr", "works_council", "executive"} <= set(found.of("approver"))
    assert {"A.5.4", "A.7.4"} <= set(found.of("control"))
    assert {"MEASURE-2.11", "MAP-3.5"} <= set(found.of("outcome"))
    assert "GAI-6" in found.of("risk")
    assert found.review_months == 6
    bias = next(each for each in found.called if each.thing == "bias_test")
    assert bias.by == ("call-cv-screening-recruitment", "sector-staff-told")
    assert bias.sure


def test_the_shortest_time_between_reviews_counts() -> None:
    agent = HARMLESS | {"output_use": ["acts_in_systems"], "powers": ["write_internal"]}
    assert called(given(agent)).review_months == 3


def test_what_is_not_known_is_called_for_and_said_not_to_be_sure() -> None:
    found = called(given(HARMLESS | {"data": ["unsure"]}))
    dpia = next(each for each in found.called if each.thing == "dpia")
    assert not dpia.sure
    assert "dpia" not in called(given(HARMLESS)).of("action")


@pytest.mark.parametrize("seed", range(40))
def test_withholding_answers_never_takes_a_call_away(seed: int) -> None:
    """Nor makes the time between reviews longer, nor anything sure that was not."""
    dice = random.Random(seed)
    for _ in range(50):
        answers, settings = draw(FORM, dice)
        fewer = {name: answer for name, answer in answers.items() if dice.random() < 0.7}
        whole, part = (calls_for(FORM, EVERY, each, settings) for each in (answers, fewer))
        assert {(c.kind, c.thing) for c in whole.called} <= {(c.kind, c.thing) for c in part.called}
        assert {(c.kind, c.thing) for c in part.called if c.sure} <= {
            (c.kind, c.thing) for c in whole.called if c.sure
        }
        assert (part.review_months or NEVER) <= (whole.review_months or NEVER)
