"""What a request is laid beside: decided uses that whoever looks may see, with the newest of each answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake.answers import answered
from store.decided import decided_beside
from store.engine import Store
from store.tables import AnswerSetRow, FactRow
from tests.builders import LOW, NOW, a_case
from tests.store.test_queries import OVERSEER, STRANGER, register
from triage.case import Status
from triage.lifecycle import DECIDED
from triage.register import Reader

__all__ = ["register"]
CASE = a_case(Status.in_review, LOW, id="case-1", tool_id="otter")


def beside(store: Store, reader: Reader) -> set[str]:
    with store.read() as session:
        return {use.id for use in decided_beside(session, reader, CASE)}


@pytest.mark.parametrize(
    ("reader", "shown"),
    [
        (OVERSEER, {f"{status.value}-open" for status in DECIDED}),
        (STRANGER, {"approved-open", "approved_with_conditions-open"}),
        (Reader(person="P", outsider=True), set()),
    ],
    ids=["reviewer", "colleague", "outsider"],
)
def test_only_what_one_may_see_is_laid_beside(register: Store, reader: Reader, shown: set[str]) -> None:
    assert beside(register, reader) == shown


def test_of_each_answer_the_newest_counts(register: Store) -> None:
    with register.write() as session:
        session.add(
            AnswerSetRow(
                id="s",
                form="ai-use",
                form_digest="d",
                subject_kind="use",
                subject_id="approved-open",
                opened_at=NOW,
            )
        )
        session.flush()
        for day, choice in enumerate(("public", "internal")):
            session.add(
                FactRow(
                    answer_set_id="s",
                    question="data",
                    state="answered",
                    value=[choice],
                    source="person",
                    said_at=NOW,
                    recorded_at=NOW + timedelta(days=day),
                )
            )
            session.flush()
    with register.read() as session:
        (use,) = [each for each in decided_beside(session, OVERSEER, CASE) if each.id == "approved-open"]
    assert use.answers["data"] == answered("internal")
    assert use.status is Status.approved
