"""Judgement: from a form, the rules, answers and a day to a verdict that says why, and what is still open.

Nothing here is legal advice. What is not known stays open: it never counts as harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from intake.answers import NOT_ASKED, Answer, Answers, State
from intake.check import UNSURE_WORD
from intake.form import Form, Kind, Question
from triage.current import current
from triage.lanes import Settings
from triage.program import Program, Truths, compiled
from triage.relevance import Outlook
from triage.rules import Duty, Level, ResultKind, RuleBook
from triage.seating import seated
from triage.verdict import Bounds, DutyOwed, Fact, Gap, PolicyUsed, Reason, Verdict

REQUESTER = "requester"


def judge(
    form: Form, book: RuleBook, answers: Answers, settings: Settings, day: date, language: str = "en"
) -> Verdict:
    """The day moves duties only: what is high-risk is so before the law asks anything of it."""
    known = current(form, answers)
    outlook = Outlook(compiled(form, book), known, settings)
    program, now = outlook.program, outlook.now
    flags = {name: program.thresholds[name][0].node for name in book.flags}
    owed = [duty for duty in book.duties() if now.holds(program.duties[duty.id])]
    return Verdict(
        results=bounds(program, outlook.truths),
        flags=tuple(name for name, node in flags.items() if now.holds(node)),
        flags_open=tuple(name for name, node in flags.items() if now.open(node)),
        reasons=tuple(_reasons(outlook, known, settings, language)),
        gaps=tuple(_gaps(outlook, known)),
        ignored=tuple(
            name for name, given in answers.items() if _is_given(given) and outlook.shown(name) is False
        ),
        duties_today=_in_words(book, [duty for duty in owed if duty.since <= day], language),
        duties_coming=_in_words(book, [duty for duty in owed if duty.since > day], language),
        policies=tuple(PolicyUsed(name=p.name, version=p.version, digest=p.digest) for p in book.policies),
        day=day,
        stated=dict(settings),
        seats=seated(seat for seat in book.seats() if not now.excluded(program.seats[seat.id])),
    )


def bounds(program: Program, truths: Truths, lane: int = 0) -> dict[str, Bounds]:
    """Of every scale: the strictest level that is sure, and the strictest that is not excluded."""
    found = {}
    for result in program.book.results:
        if result.kind is ResultKind.scale:
            floor = strictest(program, result.name, truths.sure, lane)
            ceiling = strictest(program, result.name, truths.possible, lane)
            found[result.name] = Bounds(floor=floor or result.mildest, ceiling=ceiling or result.mildest)
    return found


def strictest(program: Program, result: str, where: list[int], lane: int) -> Level | None:
    return next((level for level, node in program.thresholds[result] if where[node] >> lane & 1), None)


def _reasons(outlook: Outlook, answers: Answers, settings: Settings, language: str) -> Iterator[Reason]:
    """Every rule that surely holds: result by result, the strictest first; its facts in the order of the form, what
    is stated last."""
    program, now = outlook.program, outlook.now
    place = {name: at for at, name in enumerate(program.form.by_id)}
    for rule, node in program.strictest_first:
        if now.holds(node):
            facts = sorted(now.facts(node), key=lambda name: (place.get(name, len(place)), name))
            yield Reason(
                rule=rule.id,
                because=program.book.sentence(rule.id, language),
                source=rule.source,
                facts={name: _fact(program.form, name, answers, settings) for name in facts},
                result=rule.result,
                level=rule.level,
                policy=program.book.policy_of[rule.id],
            )


def _fact(form: Form, name: str, answers: Answers, settings: Settings) -> Fact:
    if name in form.by_id:
        return _as_given(form.by_id[name], answers.get(name, NOT_ASKED))
    values = settings.get(name, ())
    return values[0] if len(values) == 1 else values


def _as_given(question: Question, answer: Answer) -> Fact:
    """As `intake.check.to_answers` reads it: a list for many, and "unsure" for what is open."""
    picked = (*answer.picked, UNSURE_WORD) if answer.state is State.unsure else answer.picked
    return picked if question.kind is Kind.many else picked[0] if picked else ""


def _gaps(outlook: Outlook, answers: Answers) -> Iterator[Gap]:
    for question, moved in outlook.gaps.items():
        unsure = answers.get(question, NOT_ASKED).state is State.unsure
        who = outlook.program.form.by_id[question].settled_by if unsure else REQUESTER
        yield Gap(question=question, bounds=moved, who=who)


def _is_given(answer: Answer) -> bool:
    return answer.state in (State.answered, State.unsure)


def _in_words(book: RuleBook, duties: Iterable[Duty], language: str) -> tuple[DutyOwed, ...]:
    ordered = sorted(duties, key=lambda duty: duty.since)
    return tuple(
        DutyOwed.model_validate(
            {
                "duty": duty.id,
                "from": duty.since,
                "what": book.sentence(duty.id, language),
                "source": duty.source,
            }
        )
        for duty in ordered
    )
