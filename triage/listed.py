"""The points of a message with several lists, numbered throughout: each that is typed is an answer to its own list."""

from __future__ import annotations

from collections.abc import Iterable

from intake.answers import answered
from intake.condition import View
from intake.form import Kind
from intake.matching import UNSURE_PIECE, Match, Matcher, Option, split
from intake.typed import NotUnderstood, Reason
from intake.vocabulary import normal, speech
from triage.case import Case
from triage.current import current
from triage.desk import Desk
from triage.interview import advance, learn, said, settle, talk_of
from triage.outcome import Outcome
from triage.talking import Type

LONGEST = 2_000
PIECE = 80

Point = tuple[str, str]
"""A question and one of its choices."""


def points(case: Case, asked: Iterable[str], desk: Desk) -> tuple[Point, ...]:
    """In the order in which they are drawn; what denies a whole list is no point of it."""
    view = View(desk.form.gates, current(desk.form, case.answers), desk.settings(case))
    known = [desk.form.by_id[question] for question in asked if question in desk.form.by_id]
    return tuple(
        (question.id, choice.id)
        for question in known
        for choice in question.choices
        if choice.id != question.none and choice.when.truth(view) is not False
    )


def points_told(case: Case, command: Type, desk: Desk) -> Outcome | NotUnderstood | None:
    """None where the words name no point: then they may be a wish, or about the first list alone."""
    asked = talk_of(case).current
    words = command.words
    if asked is None or not asked.also or normal(words) in speech().control or len(words) > LONGEST:
        return None
    drawn = points(case, (asked.question, *asked.also), desk)
    options = [_option(point, desk) for point in drawn]
    match = Matcher(options, speech()).several(words)
    if match.found and UNSURE_PIECE not in match.found:
        by_id = {option.id: point for option, point in zip(options, drawn, strict=True)}
        return _answers(case, [by_id[found] for found in match.found], command, desk)
    return _no_such_point(match, words)


def _option(point: Point, desk: Desk) -> Option:
    """A bare yes says nothing where several things are asked, so it is called by what it is about."""
    question, choice = point
    if desk.form.by_id[question].kind is Kind.one:
        return Option(id=question, label=desk.wording.short(question))
    return Option(id=f"{question}.{choice}", label=desk.wording.label(question, choice))


def _no_such_point(match: Match, words: str) -> NotUnderstood | None:
    """Numbers count throughout; in no list by itself is the same number the same."""
    pieces = [words[begin:end].strip(" #.)") for begin, end in split(words)]
    if not match.wrong_number and not any(piece.isdecimal() for piece in pieces):
        return None
    reason: Reason = "no_such_number" if match.wrong_number else "not_found"
    return NotUnderstood(reason=reason, piece=match.piece.strip()[:PIECE])


def _answers(case: Case, told: Iterable[Point], command: Type, desk: Desk) -> Outcome:
    """Each list of which something was named is answered; the others are asked again."""
    chosen: dict[str, list[str]] = {}
    for question, choice in told:
        chosen.setdefault(question, []).append(choice)
    given = {question: answered(*choices) for question, choices in chosen.items()}
    for question, answer in given.items():
        case = learn(case, question, answer, command.actor, desk)
    case, settled = settle(case, command.key)
    outcome = advance(case, desk, *settled)
    return outcome.model_copy(
        update={"happened": tuple(said("question.answered", q, a) for q, a in given.items())}
    )
