"""At which stage a use is, and who answers for it there."""

from __future__ import annotations

from intake.answers import NOT_ASKED
from triage.case import Case
from triage.running import is_running
from triage.stages import Stage


def stage_of(case: Case) -> Stage:
    """Before its first yes it is where whoever asked says that it is."""
    return case.stage_moves[-1].to if case.stage_moves else told(case)


def stage_named(case: Case) -> str:
    """As the register has it: where it moved to, else in the words of whoever asked."""
    if case.stage_moves:
        return case.stage_moves[-1].to.value
    return case.facts["stage"].answer.text if "stage" in case.facts else ""


def told(case: Case) -> Stage:
    """What runs already did not pass a gate: its tasks are called for all the same."""
    if is_running(case.answers):
        return Stage.in_use
    return Stage.pilot if "pilot" in case.answers.get("stage", NOT_ASKED).picked else Stage.idea


def is_in_use(case: Case) -> bool:
    """Where it moved to counts, whatever was said of it before."""
    return stage_of(case) is Stage.in_use


def keeper(case: Case) -> str:
    """Whoever owns it; of what nobody owns yet, whoever asked."""
    return case.owner or case.requester
