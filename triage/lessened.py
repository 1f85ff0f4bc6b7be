"""Whether a use became less than what people said yes to: the approval stays, and loosens nothing by itself."""

from __future__ import annotations

from triage.case import Case
from triage.fingerprint import facts_digest


def lessened(case: Case) -> bool:
    """By its tier; what its gates need for less is for those to say who say yes again."""
    made, tier = case.decision, case.verdict.tier.ceiling if case.verdict else None
    if not case.in_use or made is None or tier is None or case.approved_tier is None:
        return False
    return int(tier) < case.approved_tier and made.facts_digest != facts_digest(case)
