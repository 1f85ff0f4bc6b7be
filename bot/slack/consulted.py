"""A press about what a model says: one's answer taken from it, a draft asked for, and what became of one."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import answering, incident_seen, windows
from bot.slack.fields import Field
from bot.slack.filled import Reply, field, missing
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission
from bot.slack.screens import consulted as screens
from bot.slack.screens.form import note_view
from bot.slack.subjects import reader_of
from store import consults, suggested, weighed
from store.consult_owed import NOTHING
from store.entitled import is_closed, may_have
from store.outbox import Owed
from store.owed import redraw
from store.records import load
from store.sessions import Session
from store.tables import ConsultRow
from triage.consulting import OF_A_USE, OF_AN_INCIDENT, About, Suggestion, check_may_ask, waits_for
from triage.desk import Desk
from triage.incidents.permissions import check_handles, check_open
from triage.outcome import Notice, Refused, Say

INCIDENT = "incident"


def use_suggestion(front: Front, press: Press, person: str) -> None:
    """What is pressed is what stands there: of a question of one's own, as the box has it."""
    about = windows.about(press)
    with front.office.store.read() as session:
        windows.load_own(session, about.case, person)
        found = suggested.by_question(session, about.case).get(about.question)
    if found is None:
        raise Refused("unknown_button")
    consult, one = found
    if screens.named(one) != about.choice:
        _draw_again(front, about.case, about.turn, one)
        raise Refused("suggestion_changed")
    answering.answer(front, press, person, one.answer, suggested=consult)


def _draw_again(front: Front, id: str, turn: int, one: Suggestion) -> None:
    """What a model reads of a later message may be something else: it is seen before it is confirmed."""
    with front.office.store.write() as session:
        case = load(session, id)
        current = case.talk.current if case is not None and case.talk else None
        if case is not None and current and (current.turn, current.question) == (turn, one.question):
            shown = Notice(say=Say.question, facts={"turn": turn, "question": one.question})
            redraw(session, case, shown, front.desk())
    front.wake()


def press(front: Front, pressed: Press, person: str) -> None:
    """The window, for whoever decides about the use or handles the incident."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    with front.office.store.read() as session:
        kind = INCIDENT if about.question == INCIDENT else ""
        offered = _check(front, session, about.case, kind, person, desk, pressed)
    words, model = front.words, front.office.config.model.use[0].partition(" ")[0]
    view = screens.consult_view(words, f"{about.case}|{kind}", offered, model)
    windows.open_window(front, pressed, person, view)


def handed(front: Front, submission: Submission, person: str) -> Reply:
    subject, _, kind = submission.about.partition("|")
    chosen, desk = field(submission, Field.CONSULT), front.desk(actor=person)
    if not chosen:
        return missing(front, Field.CONSULT)
    with front.office.store.read() as session:
        offered = _check(front, session, subject, kind, person, desk)
        case = load(session, subject) if not kind else None
    if chosen not in {each.value for each in offered}:
        raise Refused("unknown_button")
    number = len(case.decisions) if case is not None else 0
    with front.office.store.write() as session:
        consults.ask(session, About(chosen), subject, by=person, key=submission.key, number=number, desk=desk)
    return {"response_action": "update", "view": note_view(front.words, front.words.line("model.asked"))}


def _check(
    front: Front,
    session: Session,
    subject: str,
    kind: str,
    person: str,
    desk: Desk,
    pressed: Press | None = None,
) -> tuple[About, ...]:
    """What this person may ask for; the same refusal whether it is hidden, does not exist, or nothing may leave."""
    models = front.office.config.model
    if kind == INCIDENT:
        seen = incident_seen.known_to(front, session, subject, person, desk)
        check_handles(person, desk)
        check_open(seen.incident)
        closed = seen.incident.confidential or seen.incident.now.anonymous
        offered: tuple[About, ...] = OF_AN_INCIDENT
    else:
        case = windows.before_them(front, session, pressed, person, desk) if pressed else None
        case = case or front.case(subject, front.reader(person, desk))
        check_may_ask(case, person, desk)
        closed = case.confidential
        offered = OF_A_USE
    if not models.use or (closed and not models.confidential):
        raise Refused("unknown_button")
    return offered


def mark(front: Front, press: Press, person: str) -> None:
    about, desk = windows.about(press), front.desk(actor=person)
    with front.office.store.write() as session:
        weighed.mark(session, about.case, about.choice, by=person, key=press.key, desk=desk)
    front.wake()


def draw(front: Front, owed: Owed) -> Message | None:
    """As the box has it now; None where nobody waits for it any more, or may not read it."""
    desk, models = front.desk(), front.office.config.model
    with front.office.store.read() as session:
        found = suggested.told(session, owed.subject_id or "")
        if found is None:
            return _none(front, session, owed)
        row, case, incident = found
        if is_closed(case, incident) and not models.confidential:
            return None
        if not may_have(session, row, case, incident, reader_of(front, row, desk), desk):
            return None
        about = About(row.about)
        if about is About.follow_up and (case is None or not waits_for(about, case, row.turn)):
            return None
        ref = incident.ref if incident is not None else (case.ref or "") if case is not None else ""
        made = str(row.made.get(row.about, ""))
        said, model = str(row.said["text"]), row.model
    return screens.told(
        front.words, owed.subject_id or "", about.value, said, ref=ref, made=made, model=model
    )


def _none(front: Front, session: Session, owed: Owed) -> Message | None:
    """Whoever asked hears that nothing comes, and what to do; of anything else nothing is said."""
    row = session.get(ConsultRow, owed.subject_id or "")
    if row is None or row.state not in NOTHING or not row.asked_by or row.asked_by != owed.person_id:
        return None
    return screens.none(front.words, row.about, row.state)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.USE_SUGGESTION: use_suggestion,
    Action.CONSULT: press,
    Action.MADE_OF_IT: mark,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.CONSULT: handed}
