"""What is pressed by whoever was asked an open question: an answer, the window for it, not sure, why."""

from __future__ import annotations

from bot.slack import screens, windows
from bot.slack.front import Front
from bot.slack.payloads import Press
from bot.slack.scenes import make_scene
from intake.answers import answered
from intake.form import Kind
from triage.case import Case
from triage.commands import Reply
from triage.desk import Desk
from triage.outcome import Refused
from triage.replying import asked_in, check_may_reply, check_waits


def reply(front: Front, press: Press, person: str) -> None:
    """One choice of a single question; a person is only ever named in a window."""
    about = windows.about(press)
    asked = front.office.library.form.by_id.get(about.question)
    if asked is None or asked.kind is not Kind.one:
        raise Refused("unknown_button")
    answers = {about.question: answered(about.choice)}
    command = Reply(actor=person, key=press.key, case=about.case, number=about.turn, answers=answers)
    front.do(command, front.desk(actor=person))


def not_sure(front: Front, press: Press, person: str) -> None:
    about = windows.about(press)
    command = Reply(actor=person, key=press.key, case=about.case, number=about.turn, unsure=True)
    front.do(command, front.desk(actor=person))


def window(front: Front, press: Press, person: str) -> None:
    """Who may not answer, or comes too late, is told at once, before writing anything."""
    about, desk = windows.about(press), front.desk(actor=person)
    case = _asked(front, press, person, desk)
    asked = asked_in(case, about.turn)
    check_may_reply(case, person, asked[0], desk)
    check_waits(case, asked, [r.question for r in asked])
    with front.office.store.read() as session:
        drawn = screens.reply_view(make_scene(front, session, case, desk, person, counted=False), about.turn)
    windows.open_window(front, press, person, drawn)


def why(front: Front, press: Press, person: str) -> None:
    """For everybody before whom the question stands."""
    about, desk = windows.about(press), front.desk(actor=person)
    case = _asked(front, press, person, desk)
    asked = asked_in(case, about.turn)
    check_waits(case, asked, [r.question for r in asked])
    with front.office.store.read() as session:
        scene = make_scene(front, session, case, desk, person, counted=False)
        drawn = screens.reply_why_view(scene, about.turn)
    windows.open_window(front, press, person, drawn)


def _asked(front: Front, press: Press, person: str, desk: Desk) -> Case:
    """The case of a press, if it stands before the person's eyes or they may see it."""
    with front.office.store.read() as session:
        return windows.before_them(front, session, press, person, desk)
