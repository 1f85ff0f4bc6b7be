"""Whoever answers for a use confirms what was said last time, or says what is different; silence confirms nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from intake.answers import NOT_ASKED, Answer
from triage import advancing, changing
from triage.appointed import holder
from triage.cadence import cadence
from triage.case import Case, Status
from triage.changing import CHANGED
from triage.conditions import Condition, conditions_of, needs_second
from triage.covering import Cover, Effect
from triage.desk import Desk
from triage.fingerprint import facts_digest
from triage.interview import judged
from triage.lifecycle import WAITING
from triage.onward import MoveOn
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.parts import DEPUTY
from triage.rejudging import is_stricter
from triage.reopening import opened, reopened
from triage.review import check_seen
from triage.reviewed import Result, ReviewStep
from triage.reviews import Review, open_review
from triage.reviewtold import after_review, bounds_of, stopped, told_readers
from triage.reviewwishes import ConfirmReview
from triage.stages import Stage
from triage.weighty import NEVER, weighty
from triage.whereabouts import keeper, stage_of

LONGEST = 1000
RESULTS: Mapping[str, Result] = {
    "": "unchanged",
    Effect.stands: "updated",
    Effect.narrows: "updated",
    Effect.lapses: "reapproval",
}


def reviewer_of(case: Case, desk: Desk) -> str:
    """Who is asked now: whoever answers for it, their deputy where they are gone; "" where nobody is."""
    review = open_review(case)
    if review is None or review.state != "open" or not case.in_use:
        return ""
    return next((each for each in answerers(case, desk) if not desk.staff(each).gone), "")


def is_review_due(case: Case, desk: Desk) -> bool:
    """Whether somebody is asked for it now; late is what `review_due_on` says."""
    return bool(reviewer_of(case, desk))


def review_due_on(case: Case) -> date | None:
    """The last day for the one that is open, whoever has it."""
    review = open_review(case)
    return review.due if review else None


def answerers(case: Case, desk: Desk) -> tuple[str, ...]:
    """Whoever owns it, and the deputy who took that on."""
    deputy = holder(case, DEPUTY, desk)
    return tuple(dict.fromkeys(each for each in (keeper(case), deputy) if each))


def check_may_answer(case: Case, actor: str, desk: Desk) -> Review:
    if case.status is Status.draft and actor != case.requester:
        raise Refused("unknown_case", case=case.id)
    people = answerers(case, desk)
    if actor not in people:
        raise Refused("not_your_review", case=case.id, people=" ".join(people))
    review = open_review(case)
    if review is None or not case.in_use:
        raise Refused("decided_anew" if case.status in WAITING else "no_review", case=case.id)
    if review.state == "second":
        raise Refused("review_read", case=case.id)
    return review


def to_confirm(case: Case, review: Review, desk: Desk) -> tuple[str, ...]:
    """The facts that are asked, the most telling first."""
    if review.questions:
        return tuple(q for q in review.questions if q in desk.form.by_id and q in case.answers)
    most = {"one_fact": 1, "short": cadence().short, "full": len(desk.form.by_id)}[review.depth]
    found = weighty(case, desk)
    only = (
        {q for step in review.called for q in step.questions} & case.answers.keys() & desk.form.by_id.keys()
    )
    return tuple(dict.fromkeys((*found[:most], *sorted(only))))


def asks_sample(case: Case, review: Review) -> bool:
    """Whether whoever answers for it says what came of looking at some of its results: where all of high risk is."""
    return review.depth == "full" and not review.questions and needs_second(case)


def lasting(case: Case) -> tuple[Condition, ...]:
    """Conditions that hold all the time: no day ever asks for them."""
    return tuple(each for each in conditions_of(case) if each.term.due is None)


def in_one_press(case: Case, review: Review, desk: Desk) -> str:
    """The one fact that is all there is to confirm; "" where there is more."""
    asked = to_confirm(case, review, desk)
    if review.depth != "one_fact" or len(asked) != 1 or lasting(case) or review.returned:
        return ""
    return asked[0]


def seen_of(case: Case, review: Review, question: str) -> str:
    """What a button on a message was drawn from: another answer since, and it counts for nothing."""
    answer = case.answers.get(question, NOT_ASKED)
    told = "|".join((review.id, question, answer.state.value, *answer.picked))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def comes_to(
    case: Case, told: Mapping[str, Answer], broken: tuple[int, ...], actor: str, desk: Desk
) -> tuple[Outcome, Cover | None]:
    """What it comes to, before anybody has confirmed it; no cover where everything is as it was."""
    cover: Cover | None
    if told:
        outcome, cover = changing.foreseen(case, told, actor, desk)
    else:
        after = judged(case, desk)
        stricter = case.verdict is not None and after.verdict is not None
        stricter = stricter and is_stricter(desk.book, case.verdict, after.verdict)  # type: ignore[arg-type]
        outcome = Outcome(case=after)
        cover = Cover(effect=Effect.lapses, more=("rules",)) if stricter else None
    gone = tuple(f"condition:{number:03}" for number in broken)
    if gone:
        before = cover or Cover(effect=Effect.lapses)
        cover = Cover(effect=Effect.lapses, more=(*before.more, *gone), less=before.less)
    if cover is not None and cover.effect is Effect.lapses and outcome.case.in_use:
        line = opened(outcome.case)
        card = () if told else (Notice(say=Say.card), Notice(say=Say.summary))
        outcome = Outcome(
            case=reopened(outcome.case, desk),
            happened=(*outcome.happened, line),
            notices=(*outcome.notices, *card),
        )
    return outcome, cover


def confirm(case: Case, command: ConfirmReview, desk: Desk) -> Outcome:
    """What follows has to be what was shown before they confirmed it."""
    review = check_may_answer(case, command.actor, desk)
    if review.id != command.review:
        raise Refused("changed_since", case=case.id)
    if command.seen:
        question = in_one_press(case, review, desk)
        if command.same != (question,) or command.seen != seen_of(case, review, question):
            raise Refused("changed_since", case=case.id)
    else:
        check_seen(case, command.version)
    if command.ends == "suspend":
        return _suspended(case, review, command, desk)
    if command.ends == "retire":
        return _retired(case, review, command, desk)
    _check_whole(case, review, command, desk)
    outcome, cover = comes_to(case, command.answers, command.broken, command.actor, desk)
    if command.effect != (cover.effect.value if cover else ""):
        raise Refused("changed_since", case=case.id)
    return _answered(case, outcome, review, command, cover, desk)


def _check_whole(case: Case, review: Review, command: ConfirmReview, desk: Desk) -> None:
    """Nothing counts as confirmed that nobody confirmed."""
    said = {*command.same, *command.answers}
    if NEVER & command.answers.keys():
        raise Refused("changed_since", case=case.id)
    held = {each.number for each in lasting(case)}
    if set(to_confirm(case, review, desk)) - said or held - {*command.kept, *command.broken}:
        raise Refused("review_unanswered", case=case.id)
    if asks_sample(case, review) and not command.sample:
        raise Refused("review_unanswered", case=case.id)
    if set(command.kept) & set(command.broken) or set(command.broken) - held:
        raise Refused("changed_since", case=case.id)


def _answered(
    case: Case, outcome: Outcome, review: Review, command: ConfirmReview, cover: Cover | None, desk: Desk
) -> Outcome:
    after, result = outcome.case, RESULTS[cover.effect if cover else ""]
    second = result != "reapproval" and (needs_second(case) or needs_second(after))
    changed = tuple(q for q in after.answers if after.answers[q] != case.answers.get(q))
    step = _step(review, command, desk).model_copy(
        update={
            "asked": to_confirm(case, review, desk),
            "changed": changed,
            "kept": _conditions(case, command),
            "sample": (command.sample,) if asks_sample(case, review) else (),
            "before": bounds_of(case.verdict),
            "after": bounds_of(after.verdict),
            "facts": facts_digest(after),
            "outcome": result,
            "second": second,
        }
    )
    kept = after.model_copy(update={"review_steps": (*after.review_steps, step)})
    lines = (line_of(step), *outcome.happened)
    notices = told_readers(kept, step) if second else after_review(kept, step, command.actor, desk)
    return Outcome(case=kept, happened=lines, notices=(*outcome.notices, *notices))


def _conditions(case: Case, command: ConfirmReview) -> tuple[str, ...]:
    """Those with a day as they stand by their own clock, those without as they were confirmed."""
    said = dict.fromkeys(command.kept, "kept") | dict.fromkeys(command.broken, "broken")
    return tuple(f"{each.id} {said.get(each.number, 'dated')}" for each in conditions_of(case))


def _step(review: Review, command: ConfirmReview, desk: Desk) -> ReviewStep:
    words = command.words.strip()[:LONGEST]
    given = {"id": command.key, "review": review.id, "kind": "answered", "by": command.actor}
    return ReviewStep.model_validate(given | {"at": desk.now, "words": words})


def line_of(step: ReviewStep) -> Happened:
    detail: Facts = {"step": step.id, "review": step.review}
    for name in ("cause", "outcome", "facts"):
        detail |= {name: value} if (value := getattr(step, name)) else {}
    for name in ("asked", "changed", "kept", "before", "after", "sample"):
        detail |= {name: value} if (value := getattr(step, name)) else {}
    detail |= {"second": True} if step.second else {}
    texts = {"words": step.words} if step.words else {}
    return Happened(what=f"review.{step.kind}", detail=detail, texts=texts)


def _suspended(case: Case, review: Review, command: ConfirmReview, desk: Desk) -> Outcome:
    """At once, by whoever answers for it; those who decide look at it again."""
    if not command.words.strip():
        raise Refused("reason_needed", case=case.id)
    after = judged(case, desk)
    ends = {"outcome": "suspend", "before": bounds_of(case.verdict), "after": bounds_of(after.verdict)}
    step = _step(review, command, desk).model_copy(update=ends | {"facts": facts_digest(after)})
    return stopped(after, step, line_of(step), desk)


def _retired(case: Case, review: Review, command: ConfirmReview, desk: Desk) -> Outcome:
    """On its own way, with the tasks that end it."""
    step = _step(review, command, desk).model_copy(
        update={"outcome": "retire", "before": bounds_of(case.verdict), "facts": facts_digest(case)}
    )
    if stage_of(case) is Stage.retiring:
        moved = Outcome(case=case, notices=(Notice(say=Say.card), Notice(say=Say.summary)))
    else:
        wish = MoveOn(actor=command.actor, key=command.key, case=case.id, to="retiring")
        moved = advancing.move_on(case, wish, desk)
    after = moved.case.model_copy(update={"review_steps": (*moved.case.review_steps, step)})
    return moved.model_copy(update={"case": after, "happened": (line_of(step), *moved.happened)})


def changes_in(happened: tuple[Happened, ...]) -> tuple[str, ...]:
    """The questions of a change, as its line tells them."""
    found = next((line.detail.get("questions") for line in happened if line.what == CHANGED), ())
    return found if isinstance(found, tuple) else ()
