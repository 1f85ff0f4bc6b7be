"""The teams that joined an approved use, each with its own owner."""

from __future__ import annotations

from triage.case import Case, Deployment


def standing(case: Case) -> tuple[Deployment, ...]:
    """Of the teams that have not left."""
    return tuple(each for each in case.deployments if each.left_at is None)


def theirs(case: Case, person: str) -> Deployment | None:
    return next((each for each in standing(case) if each.owner == person), None)
