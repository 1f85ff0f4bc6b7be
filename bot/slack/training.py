"""Trainings in Slack: what somebody needs, what they say they did, and who confirms it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from bot.slack import screens, windows
from bot.slack.entries import check_inside, open_here
from bot.slack.fields import Field
from bot.slack.filled import Reply, day, field, missing, sent_back
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import training as drawn
from bot.slack.screens.entrylook import from_asked
from bot.slack.screens.matrix import matrix_view
from bot.words import Words
from store import aims, trained
from store import training as trainings
from store.competence import gaps
from store.sessions import Session
from triage.aims.barring import barred_since, many
from triage.aims.decide import check_in_role
from triage.aims.entry import Entry
from triage.aims.kinds import kinds
from triage.aims.training import (
    KIND,
    Trainee,
    check_counts,
    check_may_look,
    is_confirmed,
    to_confirm,
    trainees,
)
from triage.attaching import is_evidence
from triage.desk import Desk
from triage.outcome import Refused


def for_home(session: Session, person: str, desk: Desk) -> bool:
    """Whether there is something for them to do."""
    return any(each.calls(desk.day) for _, each in trainings.mine(session, person))


def barring(mine: Iterable[tuple[Entry, Trainee]], person: str, desk: Desk) -> dict[str, date]:
    """Of what is theirs to do, from which day on others decide in their place."""
    return {
        training.id: since
        for training, each in mine
        if any(desk.holds(person, role) for role in many(training, "roles"))
        if (since := barred_since(training, each.due)) is not None
        if each.calls(desk.day) or since <= desk.day
    }


def mine(front: Front, pressed: Press, person: str) -> None:
    windows.about(pressed)
    windows.open_window(front, pressed, person, _view(front, person))


def called(front: Front, person: str, trigger: str) -> None:
    """The same for whoever wrote its name."""
    windows.open_by(front, trigger, _view(front, person))


def _view(front: Front, person: str) -> dict[str, Any]:
    return drawn.mine_view(make_voice(front), *_mine(front, person))


def told(front: Front, person: str) -> Message:
    """The same in a message."""
    return drawn.mine_told(make_voice(front), *_mine(front, person))


def _mine(front: Front, person: str) -> tuple[list[tuple[Entry, Trainee]], date, dict[str, date]]:
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    with front.office.store.read() as session:
        found = trainings.mine(session, person)
    return found, desk.day, barring(found, person, desk)


def did(front: Front, pressed: Press, person: str) -> None:
    about, desk = windows.about(pressed), front.desk(actor=person)
    check_inside(front, person, desk)
    with front.office.store.read() as session:
        known = check_counts(aims.load(session, about.choice))
    windows.open_window(front, pressed, person, drawn.did_view(make_voice(front), known, desk.day))


def handed(front: Front, submission: Submission, person: str) -> Reply:
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    _, id = next(iter(from_asked(submission.about).versions), (0, ""))
    done, link = day(field(submission, Field.SINCE)), field(submission, Field.LINK)
    if done is None:
        return missing(front, Field.SINCE)
    if done > desk.day:
        return sent_back(front, Field.SINCE, "problem.training_day")
    if not is_evidence(link):
        return sent_back(front, Field.LINK, "problem.training_link")
    with front.office.store.write() as session:
        known = check_counts(aims.load(session, id))
        trainings.say_done(session, id, person, done, link, desk, by=person)
    front.office.changed()
    front.wake()
    text = front.words.line("training.noted_waits" if is_confirmed(known) else "training.noted")
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


def who(front: Front, pressed: Press, person: str) -> None:
    about, desk = windows.about(pressed), front.desk(actor=person)
    with front.office.store.read() as session:
        known = check_counts(aims.load(session, about.choice))
        view = _standing(front, session, known, person, desk)
    open_here(front, pressed, person, view)


def matrix(front: Front, pressed: Press, person: str) -> None:
    windows.about(pressed)
    desk = front.desk(actor=person)
    check_in_role(person, kinds()[KIND].proposes, desk)
    with front.office.store.read() as session:
        found = gaps(session, desk)
    open_here(front, pressed, person, matrix_view(make_voice(front), found))


def confirm(front: Front, pressed: Press, person: str) -> None:
    about, desk = windows.about(pressed), front.desk(actor=person)
    try:
        done = date.fromordinal(about.turn)
    except (ValueError, OverflowError) as damaged:
        raise Refused("unknown_button") from damaged
    with front.office.store.write() as session:
        trainings.confirm(session, about.choice, about.case, done, desk, by=person)
    with front.office.store.read() as session:
        known = check_counts(aims.load(session, about.choice))
        view = _standing(front, session, known, person, desk)
    front.office.changed()
    front.wake()
    windows.redraw(front, pressed, view)


def _standing(front: Front, session: Session, training: Entry, person: str, desk: Desk) -> dict[str, Any]:
    check_may_look(training, person, desk)
    rows = trained.of(session, training.id)
    waiting = to_confirm(training, rows, person, desk)
    links = trained.links(session, training.id, [each.person for each in waiting])
    return drawn.standing_view(
        make_voice(front), training, trainees(training, rows), waiting, links, desk.day
    )


def way_out(words: Words, refusal: Refused, text: str) -> list[dict[str, Any]]:
    """For whoever may not decide before a training is done: one press to it."""
    return drawn.way_out(words, text) if refusal.key in ("training_first", "training_nobody") else []


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.TRAININGS: mine,
    Action.TRAINING_DID: did,
    Action.TRAINED: who,
    Action.TRAINING_CONFIRM: confirm,
    Action.MATRIX: matrix,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.TRAINING_DID: handed}
