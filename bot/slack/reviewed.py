"""Reviews from the press that opens the window to the wish, and the clock by which they are opened."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from bot.slack import screens, windows
from bot.slack.changed import read_fields
from bot.slack.fields import Field
from bot.slack.filled import Reply, field
from bot.slack.front import Front
from bot.slack.ids import Action, View, numbered
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_scene
from bot.slack.screens.raising import raise_button
from intake.answers import Answer
from store import reviews
from store.records import facts_of, load
from store.sessions import Session
from triage.case import Case
from triage.desk import Desk
from triage.interview import learn
from triage.outcome import Refused
from triage.review import check_seen
from triage.reviewing import check_may_answer, comes_to, lasting, to_confirm
from triage.reviews import Review, open_review
from triage.reviewwishes import ConfirmReview, OpenReview, ReadReview
from triage.secondreader import check_may_read
from triage.weighty import following

LONGEST = 2900
"""Characters that a window carries from one step to the next; Slack takes 3,000."""
MOST = 12
"""So many questions that follow are asked; what is open then is settled by those who decide."""


class Carried(NamedTuple):
    """What was said so far; `different`: what is asked for anew, `effect`: what was shown to follow."""

    case: str
    version: int
    review: str
    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    kept: tuple[int, ...] = ()
    broken: tuple[int, ...] = ()
    words: str = ""
    effect: str = ""
    sample: str = ""
    answers: Mapping[str, Answer] = {}

    def written(self) -> str:
        """The case first, so that whatever goes wrong is noted with it."""
        plain = self._asdict() | {"answers": {q: a.model_dump(mode="json") for q, a in self.answers.items()}}
        short = {name: value for name, value in plain.items() if value}
        return f"{self.case}|{json.dumps(short, ensure_ascii=False, separators=(',', ':'))}"


def carried(text: str) -> Carried:
    """What is not ours is refused in words."""
    try:
        plain = json.loads(text.partition("|")[2])
        told = {q: Answer.model_validate(a) for q, a in plain.pop("answers", {}).items()}
        lists = {name: tuple(value) for name, value in plain.items() if isinstance(value, list)}
        return Carried(**plain | lists | {"answers": told})
    except (ValueError, TypeError, AttributeError) as damaged:
        raise Refused("unknown_button") from damaged


def press(front: Front, pressed: Press, person: str) -> None:
    """One button, wherever it stands: it opens what is this person's to do."""
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        drawn = _window(front, session, case, person, desk)
    windows.open_window(front, pressed, person, drawn)


def _window(front: Front, session: Session, case: Case, person: str, desk: Desk) -> dict[str, Any]:
    review = open_review(case)
    if review is not None and review.state == "second":
        _, said, _ = check_may_read(case, person, desk)
        known_at = said.at - timedelta(microseconds=1)
        was = {q: fact.answer for q, fact in facts_of(session, case.id, known_at=known_at).items()}
        return screens.read_view(make_scene(front, session, case, desk, person, counted=False), review, was)
    held = check_may_answer(case, person, desk)
    return screens.review_view(make_scene(front, session, case, desk, person, counted=False), held)


def same(front: Front, pressed: Press, person: str) -> None:
    """One fact, one press; where rules that are others now come to more, that is shown first."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        review = check_may_answer(case, person, desk)
        _, cover = comes_to(case, {}, (), person, desk)
        said = Carried(case.id, case.version, review.id, same=(about.question,))
        drawn = _shown(front, session, case, review, said, person, desk) if cover is not None else None
    if drawn is not None:
        windows.open_window(front, pressed, person, drawn)
        return
    wish = ConfirmReview(
        actor=person,
        key=pressed.key,
        case=case.id,
        review=review.id,
        same=(about.question,),
        seen=about.choice,
    )
    front.do(wish, desk)


def answered(front: Front, submission: Submission, person: str) -> Reply:
    """The first step: what is as it was, and what is not."""
    id, version, review = [*submission.about.split("|", 2), "", ""][:3]
    ends, words = submission.fields.get(Field.ENDS.value, ()), field(submission, Field.WORDS)
    desk = front.desk(actor=person)
    if len(ends) > 1:
        return _problem(front, Field.ENDS, "problem.one_of_both")
    if "suspend" in ends and not words:
        return _problem(front, Field.WORDS, "problem.why_stop")
    with front.office.store.read() as session:
        case = _loaded(session, id)
        held = check_may_answer(case, person, desk)
        if not version.isdecimal() or held.id != review:
            raise Refused("changed_since", case=case.id)
        check_seen(case, int(version))
        said = _said(case, held, submission, words, desk)
        if not ends and said.different:
            scene = make_scene(front, session, case, desk, person, counted=False)
            drawn = screens.review_facts_view(scene, held, said.different, (), said.written())
            return {"response_action": "update", "view": drawn}
        if not ends and comes_to(case, {}, said.broken, person, desk)[1] is not None:
            view = _shown(front, session, case, held, said, person, desk)
            return {"response_action": "update", "view": view}
    return _confirm(front, submission, person, said, desk, ends=next(iter(ends), ""))


def _said(case: Case, review: Review, submission: Submission, words: str, desk: Desk) -> Carried:
    def chosen(name: str) -> str:
        return (submission.fields.get(name) or ("",))[0]

    asked, held = to_confirm(case, review, desk), lasting(case)
    conditions = {one.number: chosen(numbered(Field.CONDITION, one.number)) for one in held}
    return Carried(
        case.id,
        case.version,
        review.id,
        same=tuple(q for q in asked if chosen(q) == "same"),
        different=tuple(q for q in asked if chosen(q) == "changed"),
        kept=tuple(number for number, each in conditions.items() if each == "kept"),
        broken=tuple(number for number, each in conditions.items() if each == "broken"),
        words=words,
        sample=chosen(Field.SAMPLE),
    )


def changed(front: Front, submission: Submission, person: str) -> Reply:
    """The second step: what it is instead, then what follows from that, then what it comes to."""
    said, desk = carried(submission.about), front.desk(actor=person)
    answers, problems = read_fields(front, submission)
    if problems:
        return {"response_action": "errors", "errors": problems}
    told = {**said.answers, **{q: a for q, a in answers.items() if q in (*said.different, *said.follow)}}
    with front.office.store.read() as session:
        case = _loaded(session, said.case)
        held = check_may_answer(case, person, desk)
        check_seen(case, said.version)
        if still := [q for q in said.different if case.answers.get(q) == told.get(q, case.answers.get(q))]:
            return {"response_action": "errors", "errors": {still[0]: front.words.label("problem.as_it_was")}}
        now = case
        for question, answer in told.items():
            now = learn(now, question, answer, person, desk)
        more = following(case, now, desk)
        new = tuple(q for q in more if q not in (*said.follow, *said.different))
        said = said._replace(answers=told)
        if len(said.written()) > LONGEST:
            longest = max(told, key=lambda q: len(told[q].text))
            return {"response_action": "errors", "errors": {longest: front.words.label("problem.too_much")}}
        if new and len(said.follow) < MOST:
            said = said._replace(follow=(*said.follow, *new))
            scene = make_scene(front, session, now, desk, person, counted=False)
            view = screens.review_facts_view(scene, held, (), new, said.written())
        else:
            view = _shown(front, session, case, held, said, person, desk)
    return {"response_action": "update", "view": view}


def _shown(
    front: Front, session: Session, case: Case, review: Review, said: Carried, person: str, desk: Desk
) -> dict[str, Any]:
    outcome, cover = comes_to(case, said.answers, said.broken, person, desk)
    if cover is None:
        raise Refused("nothing_changed", case=case.id)
    told = {q: a for q, a in said.answers.items() if outcome.case.answers.get(q) != case.answers.get(q)}
    about = said._replace(effect=cover.effect.value, answers=told).written()
    scene = make_scene(front, session, outcome.case, desk, person, counted=False)
    return screens.review_shown_view(scene, review, case.answers, cover, about)


def confirmed(front: Front, submission: Submission, person: str) -> Reply:
    """The last step: recorded as it was shown."""
    return _confirm(front, submission, person, carried(submission.about), front.desk(actor=person))


def _confirm(
    front: Front, submission: Submission, person: str, said: Carried, desk: Desk, *, ends: str = ""
) -> Reply:
    wish = ConfirmReview.model_validate(
        {
            "actor": person,
            "key": submission.key,
            "case": said.case,
            "version": said.version,
            "review": said.review,
            "same": said.same,
            "answers": said.answers,
            "kept": said.kept,
            "broken": said.broken,
            "effect": said.effect,
            "ends": ends,
            "sample": said.sample,
            "words": said.words,
        }
    )
    after = front.do(wish, desk).case
    review = open_review(after)
    key = ends or (said.effect if said.effect == "lapses" else "second" if review is not None else "done")
    idea = raise_button(front.words, "improvement", after.ref or "", 0)
    view = screens.note_view(front.words, front.words.line(f"review.noted_{key}"), idea)
    return {"response_action": "update", "view": view}


def read(front: Front, submission: Submission, person: str) -> Reply:
    id, version, answer = [*submission.about.split("|", 2), "", ""][:3]
    verdict, words = field(submission, Field.RULING), field(submission, Field.WORDS)
    if verdict != "agree" and not words:
        return _problem(front, Field.WORDS, "problem.needed")
    desk = front.desk(actor=person)
    front.case(id, front.reader(person, desk))
    if not version.isdecimal():
        raise Refused("changed_since", case=id)  # a window of before, which tells nothing of what it showed
    given = {"actor": person, "key": submission.key, "case": id, "version": int(version), "step": answer}
    front.do(ReadReview.model_validate(given | {"verdict": verdict, "words": words}), desk)
    view = screens.note_view(front.words, front.words.line(f"review.read_{verdict}"))
    return {"response_action": "update", "view": view}


def _loaded(session: Session, id: str) -> Case:
    case = load(session, id)
    if case is None:
        raise Refused("unknown_case", case="")
    return case


def _problem(front: Front, name: Field, said: str) -> Reply:
    return {"response_action": "errors", "errors": {name.value: front.words.label(said)}}


def look(front: Front, desk: Desk) -> None:
    """By the clock. Late, twice, or in two processes, it comes to the same."""
    with front.office.store.read() as session:
        found = [*reviews.ripe(session, desk.day), *reviews.unplanned(session)]
    wishes = (
        OpenReview(
            actor="",
            key=each.key,
            case=each.case,
            cause="periodic",
            trigger=each.day.isoformat() if each.day else "",
            seed=secrets.token_hex(8),
        )
        for each in found
    )
    front.do_each(wishes, desk)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.REVIEW: press,
    Action.REVIEW_SAME: same,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.REVIEW: answered,
    View.REVIEW_FACTS: changed,
    View.REVIEW_SHOWN: confirmed,
    View.READ_REVIEW: read,
}
