"""What a modal that was handed in means; the answer goes back into the modal."""

from __future__ import annotations

import logging
from collections.abc import Callable

from bot.slack import (
    accepting,
    acknowledged,
    agreed,
    askedtoread,
    assessed,
    assessing,
    campaigned,
    changed,
    changing,
    conditioned,
    consulted,
    covered,
    deciding,
    entrytold,
    facts,
    hometab,
    incidents,
    joined,
    jointly,
    measured,
    minuting,
    motioned,
    offering,
    onward,
    packed,
    patterned,
    portfolio,
    queueing,
    reported,
    retiring,
    reviewed,
    screens,
    snoozed,
    soa,
    soacontrol,
    stated,
    training,
    trusting,
    unnamed,
    visiting,
    weighing,
)
from bot.slack.abouts import from_about
from bot.slack.confided import HANDED as OF_READERS
from bot.slack.fields import Field
from bot.slack.filled import CLOSE, Reply, field, missing
from bot.slack.front import Front
from bot.slack.ids import View
from bot.slack.payloads import Submission, Who
from bot.slack.reading import to_answers
from bot.slack.ruling import rules_handed_in
from intake.answers import NOT_ASKED, Answer
from intake.check import Problem
from triage import commands
from triage.commands import (
    Command,
    Settle,
)
from triage.outcome import Refused
from triage.talking import Fill, Type

log = logging.getLogger(__name__)


def handed(front: Front, submission: Submission) -> Reply:
    """Carry out what was handed in; what does not fit goes back to its field, and the words stay there."""
    if submission.callback in unnamed.HANDED:  # before anybody looks at who it is
        return unnamed.handed(front, submission)
    person = front.person(submission.who)
    try:
        view = View(submission.callback)
    except ValueError:
        log.warning("A window came back that this version does not know", extra={"view": submission.callback})
        written = _written(submission)
        return {"response_action": "update", "view": screens.lost_view(front.words, written)}
    handler = HANDLERS.get(view)
    if handler is None:
        return CLOSE
    try:
        visiting.note(front, person, view.value, from_about(submission.about).case, key=submission.key)
        return queueing.onward(front, submission, person, handler(front, submission, person))
    except Refused as refusal:
        case = from_about(submission.about).case
        text = front.refused(refusal, person, wish=view.value, case=case, key=submission.key)
        if (next_one := queueing.after_refusal(front, submission, person, text)) is not None:
            return next_one
        if refusal.key == "entry_moved" and view in LONG:
            return {
                "response_action": "update",
                "view": screens.lost_view(front.words, _written(submission), text),
            }
        if view in OF_ENTRIES and (
            sentences := [each for each in _written(submission) if " " in each.strip()]
        ):
            return {"response_action": "update", "view": screens.lost_view(front.words, sentences, text)}
        return {"response_action": "update", "view": screens.note_view(front.words, text)}


OF_ENTRIES = frozenset((View.STATE_ENTRY, View.ACT_ENTRY))
"""What is refused here is refused with the sentences given back; ids and days are chosen anew in a moment."""
LONG = frozenset((View.REVIEW_MINUTES, View.PORTFOLIO_LEADS))
"""In these somebody wrote for long: where they moved on meanwhile, the words are given back."""


def _written(submission: Submission) -> list[str]:
    return [text for held in submission.fields.values() for text in held]


TICK = Field.CONFIDENTIAL.value
Made = Callable[[Front, Submission, str, dict[str, Answer]], Command]
"""From the answers of a window to the command that they are meant for."""


def _questions(make: Made) -> Callable[[Front, Submission, str], Reply]:
    """A window whose fields are questions: what does not fit goes back to its field, and the words stay there."""

    def handle(front: Front, submission: Submission, person: str) -> Reply:
        answers, problems = _read(front, submission)
        if problems:
            texts = {q: front.words.label(f"problem.{p.key}", **p.facts) for q, p in problems.items()}
            return {"response_action": "errors", "errors": texts}
        front.do(make(front, submission, person, answers), front.desk(actor=person))
        return CLOSE

    return handle


def _form(front: Front, submission: Submission, person: str, answers: dict[str, Answer]) -> Command:
    told = _emptied(front, submission) | answers
    left = tuple(sorted(submission.left & told.keys()))
    ticked = submission.fields.get(TICK)  # a window of before has no such box
    closed = None if ticked is None or TICK in submission.left else bool(ticked)
    return Fill(
        actor=person,
        key=submission.key,
        case=submission.about,
        answers=told,
        left=left,
        echo=True,
        confidential=closed,
    )


def _emptied(front: Front, submission: Submission) -> dict[str, Answer]:
    """Fields that came back: each takes back what it held, where nothing else stands in it."""
    return {id: NOT_ASKED for id in submission.fields if id in front.office.library.form.by_id}


def _settle(front: Front, submission: Submission, person: str, answers: dict[str, Answer]) -> Command:
    case = from_about(submission.about).case
    return Settle(actor=person, key=submission.key, case=case, answers=answers)


def _reply(front: Front, submission: Submission, person: str, answers: dict[str, Answer]) -> Command:
    about = from_about(submission.about)
    return commands.Reply(
        actor=person, key=submission.key, case=about.case, number=about.version or 0, answers=answers
    )


def _read(front: Front, submission: Submission) -> tuple[dict[str, Answer], dict[str, Problem]]:
    """The fields as answers, and what does not fit."""

    def to_person(user: str) -> str:
        return front.person(Who(submission.who.team, user))

    library = front.office.library
    fields = {name: held for name, held in submission.fields.items() if name != TICK}
    return to_answers(library.form, fields, library.catalogue, to_person)


def _answer(submission: Submission, person: str) -> Command | Field:
    words = field(submission, Field.WORDS)
    return (
        Type(actor=person, key=submission.key, case=submission.about, words=words) if words else Field.WORDS
    )


def _start(front: Front, submission: Submission, person: str) -> Reply:
    """A request begun from Home, a shortcut or a command: kept first, its thread is opened right after."""
    words = field(submission, Field.WORDS)
    if not words:
        return missing(front, Field.WORDS)
    front.begin_later(person, words, key=submission.key)
    return CLOSE


HANDLERS: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.FORM: _questions(_form),
    **deciding.HANDED,
    **OF_READERS,
    **consulted.HANDED,
    **covered.HANDED,
    **packed.HANDED,
    View.CHANGE: changed.asked,
    View.CHANGED: changed.confirmed,
    View.JOIN: joined.handed,
    View.FULFIL: conditioned.handed,
    View.SEND_BACK: conditioned.sent_back,
    **jointly.HANDED,
    **queueing.HANDED,
    **patterned.HANDED,
    **reported.HANDED,
    **measured.HANDED,
    **snoozed.HANDED,
    **incidents.HANDED,
    **onward.HANDED,
    **offering.HANDED,
    **campaigned.HANDED,
    **facts.HANDED,
    **reviewed.HANDED,
    **motioned.HANDED,
    **stated.HANDED,
    **retiring.HANDED,
    **agreed.HANDED,
    **entrytold.HANDED,
    **minuting.HANDED,
    **portfolio.HANDED,
    **trusting.HANDED,
    **acknowledged.HANDED,
    **askedtoread.HANDED,
    **training.HANDED,
    **soa.HANDED,
    **soacontrol.HANDED,
    **weighing.HANDED,
    **accepting.HANDED,
    View.START: _start,
    **hometab.HANDED,
    View.ANSWER: deciding.decision(_answer),
    View.SETTLE: _questions(_settle),
    View.ASSESS: assessing.begin,
    View.ASSESS_PAGE: assessing.handed,
    View.ASSESS_REVIEW: assessed.looked,
    View.REPLY: _questions(_reply),
    View.SETTINGS: changing.handed_in,
    View.RULES: rules_handed_in,
}
