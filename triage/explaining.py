"""Why a verdict is as it is: each reason with who gave its facts, and what was looked at and did not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from intake.form import Form
from intake.value import Value
from triage.case import Case, Source
from triage.lanes import Settings
from triage.program import compiled
from triage.relevance import Outlook
from triage.rules import Level, Rule, RuleBook


class Ground(Value):
    """One fact that settled a rule; `by`, `at` and `source` are missing for what the organisation states."""

    name: str
    value: tuple[str, ...]
    by: str | None = None
    at: datetime | None = None
    source: Source | None = None


class Finding(Value):
    """One rule and what became of it: `holds` (True), does not (False), or is still open (None)."""

    rule: str
    policy: str
    result: str
    level: Level
    because: str
    reference: str
    holds: bool | None
    grounds: tuple[Ground, ...]
    open_questions: tuple[str, ...] = ()


def explain(
    form: Form, book: RuleBook, case: Case, settings: Settings, language: str = "en"
) -> tuple[Finding, ...]:
    """Every rule of every policy, result by result, the strictest first."""
    outlook = Outlook(compiled(form, book), case.answers, settings)
    return tuple(
        _finding(outlook, book, rule, case, settings, language) for rule, _ in outlook.program.strictest_first
    )


def _finding(
    outlook: Outlook, book: RuleBook, rule: Rule, case: Case, settings: Settings, language: str
) -> Finding:
    now, node = outlook.now, outlook.program.rules[rule.id]
    is_open = now.open(node)
    return Finding(
        rule=rule.id,
        policy=book.policy_of[rule.id],
        result=rule.result,
        level=rule.level,
        because=book.sentence(rule.id, language),
        reference=" ".join(rule.source.split()),
        holds=None if is_open else now.holds(node),
        grounds=() if is_open else tuple(_grounds(now.facts(node), case, settings)),
        open_questions=tuple(sorted(now.open_questions(node))),
    )


def _grounds(names: frozenset[str], case: Case, settings: Mapping[str, tuple[str, ...]]) -> Iterator[Ground]:
    for name in sorted(names):
        if fact := case.facts.get(name):
            yield Ground(name=name, value=fact.answer.picked, by=fact.by, at=fact.at, source=fact.source)
        else:
            yield Ground(name=name, value=settings.get(name, ()))
