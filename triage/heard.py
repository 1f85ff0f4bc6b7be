"""What people who are affected said of a use, as its impact assessment holds it now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from intake.value import Value
from triage.case import Fact

FORM = "ai-impact"
NOBODY = "nobody"
AFFECTED, STAFF = "affected", "staff_applicants"
WORDS = ("heard_who", "heard_said", "heard_answer", "heard_changed", "heard_why")
QUESTIONS = ("heard", *WORDS, AFFECTED)


class Heard(Value):
    """`how`: themselves, spoken_for or nobody; then `why` not. `by`: who wrote it last, `at`: when.

    `answer`: what they were told; `changed`: what came of it in what is decided. `staff`: people who work here are
    affected, so their representatives are to be thought of.
    """

    how: str
    who: str = ""
    said: str = ""
    answer: str = ""
    changed: str = ""
    staff: bool = False
    why: str = ""
    by: str | None = None
    at: datetime


def heard_of(facts: Iterable[Fact]) -> Heard | None:
    """From the answers in the order in which they were given; None while nobody said whether anybody was heard."""
    last = {fact.question: fact for fact in facts if fact.question in QUESTIONS}
    if "heard" not in last or not last["heard"].answer.text:
        return None
    told = {name: fact.answer.text for name, fact in last.items()}
    how = told["heard"]
    written = {} if how == NOBODY else told
    latest = max((fact for name, fact in last.items() if name != AFFECTED), key=lambda fact: fact.at)
    return Heard(
        how=how,
        who=written.get("heard_who", ""),
        said=written.get("heard_said", ""),
        answer=written.get("heard_answer", ""),
        changed=written.get("heard_changed", ""),
        staff=AFFECTED in last and STAFF in last[AFFECTED].answer.picked,
        why=told.get("heard_why", "") if how == NOBODY else "",
        by=latest.by,
        at=latest.at,
    )
