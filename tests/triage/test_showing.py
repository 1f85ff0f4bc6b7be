"""Whatever moves the version of a use has its card drawn anew, where one stands: else the next press would be refused.

Every wish in every state is tried in tests/hostile/test_table.py; here is what nobody wishes.
"""

from __future__ import annotations

from tests.builders import ANA, a_case, a_desk, key
from tests.triage.test_rejudging import PLAIN, STRICT, rejudged
from tests.triage.test_reviewing import LATER, in_use
from triage.case import Case, Status
from triage.commands import Command
from triage.decide import decide
from triage.desk import Desk
from triage.outcome import Notice, Outcome, Say
from triage.reviewwishes import OpenReview
from triage.showing import WHERE_IT_STANDS
from triage.talking import Edit

STANDING = Notice(say=Say.card, facts={WHERE_IT_STANDS: True})


def cards(case: Case, command: Command, desk: Desk) -> list[Notice]:
    outcome = decide(case, command, desk)
    assert outcome.case != case
    return _of(outcome)


def _of(outcome: Outcome) -> list[Notice]:
    return [notice for notice in outcome.notices if notice.say is Say.card]


def test_a_review_that_the_clock_opens_is_on_the_card() -> None:
    case = in_use()
    assert case.next_review_on is not None
    day = case.next_review_on.isoformat()
    opens = OpenReview(actor="", key=key(), case=case.id, cause="periodic", trigger=day)
    assert cards(case, opens, LATER) == [STANDING]


def test_a_draft_has_none() -> None:
    case = a_case(Status.draft)
    assert cards(case, Edit(actor=ANA, key=key(), case=case.id, question="data"), a_desk()) == []


def test_milder_rules_draw_thousands_of_cards_no_more() -> None:
    """What stands as it was approved is not drawn for the sake of its version."""
    case, outcome = rejudged(Status.approved, STRICT, PLAIN)
    assert outcome.case != case
    assert _of(outcome) == []
