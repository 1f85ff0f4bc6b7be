"""A case is one AI use on its way through the register: what is known, what was judged, what was decided.

Facts, results and decisions are kept apart and never overwrite each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from intake.answers import Answer
from intake.value import Value
from triage.around import Assignment as Assignment
from triage.around import Deployment as Deployment
from triage.around import Referral as Referral
from triage.around import Report as Report
from triage.pattern import Pattern, PatternStep, Under
from triage.plan import Measurement, Plan
from triage.reviewed import ReviewStep
from triage.stages import Appointment, StageMove, TaskStep
from triage.steps import ConditionStep, Snoozed, Term
from triage.talk import Talk
from triage.verdict import Verdict


class Status(StrEnum):
    draft = "draft"
    disclosed = "disclosed"
    needs_info = "needs_info"
    in_review = "in_review"
    approved = "approved"
    approved_with_conditions = "approved_with_conditions"
    declined = "declined"
    blocked = "blocked"
    under_reassessment = "under_reassessment"
    lapsed = "lapsed"
    withdrawn = "withdrawn"
    retired = "retired"


class Source(StrEnum):
    """Where a fact came from; what a sentence seemed to say is a person's fact once confirmed, and what a model read
    out of one is so too, and says that it was.
    """

    person = "person"
    catalogue = "catalogue"
    organisation = "organisation"
    imported = "import"
    model = "model"


class Fact(Value):
    question: str
    answer: Answer
    by: str | None
    at: datetime
    source: Source


class Signature(Value):
    person: str
    role: str
    at: datetime


class DecisionKind(StrEnum):
    approve = "approve"
    approve_with_conditions = "approve_with_conditions"
    decline = "decline"
    annex_claim = "annex_claim"
    annex_rebuttal = "annex_rebuttal"
    annex_objection = "annex_objection"
    sign_off = "sign_off"
    by_pattern = "by_pattern"
    motion = "motion"
    motion_objection = "motion_objection"
    override_tier = "override_tier"
    accept_residual_risk = "accept_residual_risk"
    except_practice = "except_practice"
    confirm_prohibited = "confirm_prohibited"
    confided = "confided"
    opening = "opening"
    opened = "opened"
    reader_named = "reader_named"
    reader_dropped = "reader_dropped"


REFUSALS = frozenset({DecisionKind.decline, DecisionKind.confirm_prohibited})
RULINGS = frozenset(
    {
        DecisionKind.approve,
        DecisionKind.approve_with_conditions,
        DecisionKind.by_pattern,
        *REFUSALS,
    }
)
"""What decides about the use itself; the others are about what two people settle beside the rules, or one
yes of several that are needed."""


class Basis(Value):
    """What signatures under an exception rest on: they count while the answers to `questions` have this digest.

    Of a motion (see triage.moved) `ground` says what it sets, and `digest` is of what was stated then. `claim`: the
    decision that a second person confirms, or objects to.
    """

    ground: str
    questions: tuple[str, ...]
    digest: str
    claim: str = ""


class Delegated(Value):
    """In whose place somebody acts, and the days for which they were named, both included."""

    of: str
    since: date
    until: date


class Decision(Value):
    """What named people settled, and on which facts and rules; `valid_until` is its last day, if it has one.

    `terms`: of each of its conditions, where any has some. `basis`: where it is about an exception. `seat`: the role in
    whose place it was signed; `rests_on`: the other yeses it needs, each with a digest of the `result` it was said to.
    `under`: the pattern that it was recorded by; it bears no signature then: the yes is that of the two named there.
    `delegated`: where whoever signed it last did so in the place of somebody who was away.
    """

    id: str
    kind: DecisionKind
    reason: str
    conditions: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    would_change: str = ""
    signatures: tuple[Signature, ...]
    facts_digest: str
    policies: tuple[str, ...]
    at: datetime
    valid_until: date | None = None
    basis: Basis | None = None
    seat: str = ""
    rests_on: tuple[str, ...] = ()
    result: str = ""
    under: Under | None = None
    delegated: Delegated | None = None


class Inquiry(Value):
    """A reviewer's question to the requester; open until answered. `files`: a line for each that came with it."""

    id: str
    asked_by: str
    question: str
    asked_at: datetime
    answered_by: str | None = None
    answer: str = ""
    files: str = ""
    answered_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.answered_at is None


class Case(Value):
    """`approved_tier`: at the last yes; what became less since loosens nothing. `former_owners`: once named."""

    id: str
    ref: str | None = None
    version: int = 0
    status: Status = Status.draft
    title: str = ""
    words: str = ""
    requester: str
    owner: str | None = None
    former_owners: tuple[str, ...] = ()
    unit: str = ""
    tool_id: str | None = None
    tool_name: str = ""
    facts: Mapping[str, Fact] = {}
    verdict: Verdict | None = None
    approved_tier: int | None = None
    decisions: tuple[Decision, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    referrals: tuple[Referral, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    reports: tuple[Report, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    condition_steps: tuple[ConditionStep, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    pattern_steps: tuple[PatternStep, ...] = ()
    plans: tuple[Plan, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    stage_moves: tuple[StageMove, ...] = ()
    task_steps: tuple[TaskStep, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    snoozes: tuple[Snoozed, ...] = ()
    review_steps: tuple[ReviewStep, ...] = ()
    talk: Talk | None = None
    handed_over: bool = False
    discovered_via: str = "request"
    confidential: bool = False
    due_at: datetime | None = None
    next_review_on: date | None = None
    created_at: datetime
    submitted_at: datetime | None = None
    source_map: str | None = None
    source_id: str | None = None

    @property
    def answers(self) -> dict[str, Answer]:
        return {question: fact.answer for question, fact in self.facts.items()}

    @property
    def decision(self) -> Decision | None:
        """The last that decided about the use itself."""
        return next((d for d in reversed(self.decisions) if d.kind in RULINGS), None)

    @property
    def inquiry(self) -> Inquiry | None:
        """The question to the requester that still waits; one that a decision overtook waits no more."""
        last = self.inquiries[-1] if self.inquiries else None
        return last if last and last.open and self.status is Status.needs_info else None

    @property
    def recused(self) -> frozenset[str]:
        """Who said that they have an interest of their own in it."""
        return frozenset(each.person for each in self.assignments if each.kind == "recused")

    @property
    def in_use(self) -> bool:
        return self.status in (Status.approved, Status.approved_with_conditions)
