"""How many people have signed for an exception, as long as it rests on what they signed for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from intake.answers import State
from triage.case import Case, Decision, DecisionKind
from triage.rules import RuleBook

COUNTED = {DecisionKind.annex_claim: 1, DecisionKind.annex_rebuttal: 2}
OUTCOMES = {
    DecisionKind.annex_claim: "exception.claimed",
    DecisionKind.annex_rebuttal: "exception.confirmed",
    DecisionKind.annex_objection: "exception.objected",
}
"""What became of it, in the words of the trail; of a decision about the use itself it is its state."""

Holds = Callable[[str, str], bool]
"""Whether a person holds a role now."""


def signatures(case: Case, book: RuleBook, holds: Holds) -> int:
    found = standing(case, book, holds)
    return COUNTED[found.kind] if found else 0


def standing(case: Case, book: RuleBook, holds: Holds) -> Decision | None:
    """What was said of an exception and still counts: one person's claim, or the yes of two."""
    last = last_said(case)
    return last if last is not None and not gone(case, last, book, holds) else None


def last_said(case: Case) -> Decision | None:
    """The last claim or confirmation that nobody objected to."""
    last = next((d for d in reversed(case.decisions) if d.kind in OUTCOMES), None)
    return last if last is not None and last.kind in COUNTED else None


def gone(case: Case, said: Decision, book: RuleBook, holds: Holds) -> str:
    """Why it counts no more: `facts`, `rules`, `recused` or `role`; empty while it counts.

    What two signed stays when one of them leaves; who has signed alone has to be there for the second. Whoever turns
    out to have an interest in it had one when they signed.
    """
    if said.basis is None or digest_of(answers_of(case), said.basis.questions) != said.basis.digest:
        return "facts"
    if not book.signed_for <= set(said.policies):
        return "rules"
    if any(s.person in case.recused for s in said.signatures):
        return "recused"
    waits = said.kind is DecisionKind.annex_claim
    return "role" if waits and not all(holds(s.person, s.role) for s in said.signatures) else ""


def answers_of(case: Case) -> dict[str, list[str]]:
    return {question: [fact.answer.state.value, *fact.answer.picked] for question, fact in case.facts.items()}


def digest_of(answers: Mapping[str, Sequence[str]], questions: Iterable[str]) -> str:
    """Names exactly these answers; one that was taken back is as one that was never given."""
    asked = sorted(set(questions))
    given = {
        q: list(answers[q]) for q in asked if answers.get(q, [State.not_asked.value])[0] != State.not_asked
    }
    return hashlib.sha256(
        json.dumps(given, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    ).hexdigest()
