"""Which status may follow which; everything not in the table is refused."""

from triage.case import Case, Status
from triage.outcome import Refused

MOVES: dict[Status, frozenset[Status]] = {
    Status.draft: frozenset({Status.in_review, Status.disclosed, Status.blocked, Status.withdrawn}),
    Status.disclosed: frozenset({Status.in_review, Status.blocked, Status.withdrawn, Status.retired}),
    Status.needs_info: frozenset({Status.in_review, Status.declined, Status.blocked, Status.withdrawn}),
    Status.in_review: frozenset(
        {
            Status.needs_info,
            Status.approved,
            Status.approved_with_conditions,
            Status.declined,
            Status.blocked,
            Status.withdrawn,
        }
    ),
    Status.blocked: frozenset({Status.in_review, Status.declined, Status.withdrawn}),
    Status.approved: frozenset({Status.under_reassessment, Status.lapsed, Status.retired}),
    Status.approved_with_conditions: frozenset({Status.under_reassessment, Status.lapsed, Status.retired}),
    Status.under_reassessment: frozenset({Status.in_review, Status.blocked, Status.lapsed, Status.retired}),
    Status.lapsed: frozenset({Status.under_reassessment, Status.retired}),
    Status.declined: frozenset(),
    Status.withdrawn: frozenset({Status.in_review, Status.disclosed, Status.blocked}),
    Status.retired: frozenset(),
}

DECIDED = frozenset({Status.approved, Status.approved_with_conditions, Status.declined})
WAITING = frozenset({Status.in_review, Status.needs_info, Status.blocked})
FINAL = frozenset({Status.declined, Status.withdrawn, Status.retired})
"""Nobody has to do anything any more, unless somebody takes it up again."""
NOT_IN_USE = (Status.draft, *sorted(FINAL))
"""Not begun, or over: the organisation uses nothing of it."""


def check_move(case: Case, to: Status) -> None:
    """Raises the refusal; of two who decide at once, the second reads who was first."""
    if to in MOVES[case.status]:
        return
    if case.status not in DECIDED | FINAL:
        raise Refused("not_now", case=case.id)
    made = case.decision
    first = made.signatures[0].person if made and made.signatures and case.status in DECIDED else ""
    raise Refused("already_" + case.status.value, case=case.id, by=first)
