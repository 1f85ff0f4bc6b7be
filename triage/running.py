"""A use that runs already though nobody has said yes to it: it is not extended meanwhile, and stops after a no."""

from __future__ import annotations

from intake.answers import NOT_ASKED, Answers, State
from triage.case import REFUSALS, Case, DecisionKind

HELD_BACK = ("secrets_credentials", "special", "personal", "client_owned", "confidential")
"""What nobody puts in before somebody has said yes, the most delicate first."""


BY_PEOPLE = frozenset({DecisionKind.approve, DecisionKind.approve_with_conditions})
APPROVALS = BY_PEOPLE | {DecisionKind.by_pattern}


def is_running(answers: Answers) -> bool:
    """As it was told; the stage, where somebody named it, says it more exactly than what was wanted at first."""
    stage = answers.get("stage", NOT_ASKED)
    if stage.state is State.answered:
        return "in_use" in stage.picked
    return "report_existing" in answers.get("kind", NOT_ASKED).picked


def held_back(answers: Answers) -> tuple[str, ...]:
    """The kinds of data, of those that it is known to get, which stay out from now on."""
    goes_in = answers.get("data", NOT_ASKED).picked
    return tuple(kind for kind in HELD_BACK if kind in goes_in)


def has_to_stop(case: Case) -> bool:
    """Whether a no ends something: it ran before anybody was asked, or was approved once."""
    last = case.decision
    declined = last is not None and last.kind in REFUSALS
    return declined and (was_approved(case) or is_running(case.answers))


def was_approved(case: Case) -> bool:
    """Ever, whatever came later."""
    return any(d.kind in APPROVALS for d in case.decisions)
