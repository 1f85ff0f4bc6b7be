"""What is said of a review once it was answered or read: to whom, and under which name it is found again."""

from __future__ import annotations

from triage.case import Case
from triage.desk import Desk
from triage.outcome import Facts, Happened, Notice, Outcome, Say
from triage.parts import named_ones
from triage.reopening import opened, reopened
from triage.reviewed import ReviewStep
from triage.teams import standing
from triage.verdict import Verdict
from triage.whereabouts import keeper


def bounds_of(verdict: Verdict | None) -> tuple[str, ...]:
    """Every result, floor and ceiling, in words that are kept."""
    results = verdict.results if verdict else {}
    return tuple(f"{name} {results[name].floor}..{results[name].ceiling}" for name in sorted(results))


def reading_of(review: str) -> str:
    """The name of the note below the card in which it is read."""
    return f"review:{review}"


def told_readers(case: Case, step: ReviewStep) -> tuple[Notice, ...]:
    """Below the card, for those who decide."""
    facts: Facts = {"about": "review_answered", "step": step.id, "until": reading_of(step.review)}
    return (
        Notice(say=Say.card),
        Notice(say=Say.card_note, facts=facts | {"fresh": True}),
        Notice(say=Say.summary),
    )


def read_no_more(step: ReviewStep) -> Notice:
    """The same note without its button."""
    facts: Facts = {"about": "review_answered", "step": step.id, "until": reading_of(step.review)}
    return Notice(say=Say.card_note, facts=facts | {"over": True})


def after_review(case: Case, step: ReviewStep, actor: str, desk: Desk) -> tuple[Notice, ...]:
    """Whoever answered hears when the next one comes, or that it is decided anew."""
    about = "again" if step.outcome == "reapproval" else "done"
    return (told(case, actor, {"about": about, "step": step.id}), Notice(say=Say.summary))


def told(case: Case, person: str, facts: Facts) -> Notice:
    """Whoever asked for the use reads it in their thread, others in a message of their own."""
    there = case.talk.person if case.talk else ""
    return Notice(say=Say.review, to="" if person == there else person, facts=facts)


def stopped(case: Case, step: ReviewStep, line: Happened, desk: Desk) -> Outcome:
    """Everybody whom it concerns is told to stop until those who decide have said yes again."""
    kept = case.model_copy(update={"review_steps": (*case.review_steps, step)})
    people = {case.requester, keeper(case), *named_ones(case), *(each.owner for each in standing(case))}
    facts: Facts = {"about": "stopped", "step": step.id}
    return Outcome(
        case=reopened(kept, desk),
        happened=(line, opened(case)),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": "review_stopped", "step": step.id}),
            *(told(case, each, facts) for each in sorted(people - {""})),
            Notice(say=Say.summary),
        ),
    )
