"""What became of a review, step by step. Steps are only added; how a review stands follows from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from intake.value import Value

Cause = Literal[
    "attestation",
    "periodic",
    "change",
    "incident",
    "rule_change",
    "vendor_terms",
    "vendor_subprocessors",
    "vendor_ai_features",
    "vendor_paper",
    "condition",
    "retirement",
]
Depth = Literal["one_fact", "short", "full"]
Result = Literal["", "unchanged", "updated", "reapproval", "suspend", "retire"]
SAMPLED = ("right", "some_wrong", "nobody_looked")
"""What is said of a sample of its results since the last time; that nobody looked is an answer, too."""
DEPTHS: tuple[Depth, ...] = ("one_fact", "short", "full")
STEPS = ("opened", "joined", "answered", "agreed", "returned", "closed")


class ReviewStep(Value):
    """`review` is the id of the step that opened it; `by` is empty where the clock or a rule did it.

    `trigger`: what opened or joined it, by an id; `questions`: the only facts it is about, none for those of its depth.
    `sample`: what was said of a sample of its results, where that is asked.
    Of an answer: `asked`, which of them `changed`, each condition with whether it is `kept`, the bounds of every result
    before and after, and the digest of the facts that it leaves. `second`: somebody else has to read it.
    """

    id: str
    review: str
    kind: Literal["opened", "joined", "answered", "agreed", "returned", "closed"]
    ref: str = ""
    cause: Cause | Literal[""] = ""
    trigger: str = ""
    depth: Depth | Literal[""] = ""
    seed: str = ""
    sampled: bool = False
    due: date | None = None
    questions: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    sample: tuple[str, ...] = ()
    facts: str = ""
    outcome: Result = ""
    second: bool = False
    by: str = ""
    at: datetime
    words: str = ""
