"""What people who are affected said of a use, as its impact assessment holds it now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from intake.value import Value
from triage.case import Fact

FORM = "ai-impact"
NOBODY = "nobody"
QUESTIONS = ("heard", "heard_who", "heard_said", "heard_why")


class Heard(Value):
    """`how`: themselves, spoken_for or nobody; then `why` not. `by`: who wrote it last, `at`: when."""

    how: str
    who: str = ""
    said: str = ""
    why: str = ""
    by: str | None = None
    at: datetime


def heard_of(facts: Iterable[Fact]) -> Heard | None:
    """From the answers in the order in which they were given; None while nobody said whether anybody was heard."""
    last = {fact.question: fact for fact in facts if fact.question in QUESTIONS}
    if "heard" not in last or not last["heard"].answer.text:
        return None
    told = {name: fact.answer.text for name, fact in last.items()}
    how, latest = told["heard"], max(last.values(), key=lambda fact: fact.at)
    nobody = how == NOBODY
    return Heard(
        how=how,
        who="" if nobody else told.get("heard_who", ""),
        said="" if nobody else told.get("heard_said", ""),
        why=told.get("heard_why", "") if nobody else "",
        by=latest.by,
        at=latest.at,
    )
