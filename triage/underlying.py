"""Assessments that a yes rests on: one that is due is completed and looked at first, and the yes names it exactly."""

from __future__ import annotations

from collections.abc import Iterable

from intake.value import Value
from triage.case import Case
from triage.outcome import Refused

STANDS = "stands"


class Underlying(Value):
    """`due`: whether a yes to this use needs it; `digest`: its version, and exactly its answers.

    `task`: what is done by it, once it is `whole`; `roles`: whose word it needs that it stands.
    `refusal`: what is said where it is due and does not stand.
    """

    name: str
    title: str
    due: bool
    standing: str
    digest: str = ""
    task: str = ""
    whole: bool = False
    roles: tuple[str, ...] = ()
    refusal: str = "assessment_first"


def check_assessed(case: Case, known: Iterable[Underlying]) -> None:
    for each in known:
        if each.due and each.standing != STANDS:
            key, role = ("committee_first", each.roles[0]) if each.roles else (each.refusal, "")
            raise Refused(key, case=case.id, title=each.title, ref=case.ref or "", role=role)


def named(known: Iterable[Underlying]) -> dict[str, tuple[str, ...]]:
    """For the line of the trail: what was there when the yes was said, due or not."""
    found = tuple(f"{each.name} {each.digest} {each.standing}" for each in known if each.digest)
    return {"assessments": found} if found else {}


def unfinished(known: Iterable[Underlying], tasks: Iterable[str]) -> tuple[Underlying, ...]:
    """Of these tasks, what they are done by and is not whole."""
    wanted = frozenset(tasks)
    return tuple(each for each in known if each.task in wanted and not each.whole)


def check_whole(case: Case, known: Iterable[Underlying], tasks: Iterable[str]) -> None:
    """What was done once is looked at again, since answers change."""
    for each in unfinished(known, tasks):
        raise Refused("plan_first", case=case.id, title=each.title, ref=case.ref or "")
