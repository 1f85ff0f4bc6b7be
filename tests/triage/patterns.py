"""A low use of an assessed tool, approved by one person, and what two make of it beforehand."""

from __future__ import annotations

from datetime import date
from typing import Any

from intake.answers import Answer, answered
from tests.builders import BEN, DAN, EVE, LOW, a_case, a_decision, a_desk, a_talk, facts
from triage.asset import Asset
from triage.beforehand import ConfirmPattern, ProposePattern
from triage.case import Case, Status
from triage.decide import decide
from triage.desk import Desk
from triage.interview import judged
from triage.outcome import Outcome
from triage.pattern import Known
from triage.patterning import known_of
from triage.talk import Phase
from triage.talking import Submit

TOOLS = {id: Asset(id=id, name=id, assessed=True) for id in ("otter", "deepl")}
PLAIN: dict[str, Answer] = {
    question: answer for question, answer in LOW.items() if question not in ("account", "train_on_data")
} | {"kind": answered("use_catalogue")}
LAST = date(2027, 6, 30)
SEED = "pattern-sample-1, by no chance at all"


def desk(**change: Any) -> Desk:
    return a_desk(**({"assets": TOOLS} | change))


def source(**change: Any) -> Case:
    """Ben said yes to it."""
    given: dict[str, Any] = {"id": "source", "decisions": (a_decision(),)}
    return judged(a_case(Status.approved, PLAIN, **(given | change)), desk())


def propose(case: Case, at: Desk | None = None, actor: str = BEN, **change: Any) -> Outcome:
    given = {"actor": actor, "key": "p1", "case": case.id, "covers": "Minutes of our own meetings"}
    wish = ProposePattern.model_validate(given | {"last_day": LAST, "version": None, "secret": SEED} | change)
    return decide(case, wish, at or desk())


def confirm(
    case: Case, at: Desk | None = None, actor: str = EVE, pattern: str = "p1", key: str = "c1"
) -> Outcome:
    wish = ConfirmPattern(actor=actor, key=key, case=case.id, pattern=pattern)
    return decide(case, wish, at or desk())


def in_force(case: Case | None = None, **change: Any) -> Known:
    """Proposed by Ben, confirmed by Eve."""
    made = confirm(propose(case or source()).case).case
    return known_of(made, made.patterns[-1]).model_copy(update=change)


def draft(answers: dict[str, Answer] | None = None, **change: Any) -> Case:
    given: dict[str, Any] = {
        "id": "draft",
        "requester": DAN,
        "owner": DAN,
        "facts": facts(answers or PLAIN, DAN),
    }
    given |= {"talk": a_talk(person=DAN, phase=Phase.summary)}
    return judged(a_case(Status.draft, **(given | change)), desk())


def submit(case: Case, known: Known | None = None, pattern: str = "p1", **change: Any) -> Outcome:
    at = desk(patterns=(known or in_force(),), **change)
    return decide(case, Submit(actor=case.requester, key="s1", case=case.id, pattern=pattern), at)
