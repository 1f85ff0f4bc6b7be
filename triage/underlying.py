"""Assessments that a yes rests on: one that is due is completed and looked at first, and the yes names it exactly."""

from __future__ import annotations

from collections.abc import Iterable

from intake.value import Value
from triage.case import Case
from triage.outcome import Refused

STANDS = "stands"


class Underlying(Value):
    """`due`: whether a yes to this use needs it; `digest`: its version, and exactly its answers.

    `refusal`: what is said where it is due and does not stand.
    """

    name: str
    title: str
    due: bool
    standing: str
    digest: str = ""
    refusal: str = "assessment_first"


def check_assessed(case: Case, known: Iterable[Underlying]) -> None:
    for each in known:
        if each.due and each.standing != STANDS:
            raise Refused(each.refusal, case=case.id, title=each.title, ref=case.ref or "")


def named(known: Iterable[Underlying]) -> dict[str, tuple[str, ...]]:
    """For the line of the trail: what was there when the yes was said, due or not."""
    found = tuple(f"{each.name} {each.digest} {each.standing}" for each in known if each.digest)
    return {"assessments": found} if found else {}
