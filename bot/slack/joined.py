"""Another team joins an approved use in one press and a window; its owner accepts what is new, or leaves."""

from __future__ import annotations

from typing import Any

from bot.markup import Mrkdwn
from bot.slack import screens, windows
from bot.slack.fields import Field
from bot.slack.front import Front
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_scene, make_voice
from bot.slack.screens.beforehand import first_of_all
from store.queries import unit_of
from store.records import load
from triage.afterwards import AcceptTerms, Join, Leave
from triage.case import Case, Status
from triage.desk import Desk
from triage.joining import check_may_join
from triage.outcome import Refused
from triage.talking import Steer
from triage.tasks import before_start

Reply = dict[str, Any]


def press(front: Front, pressed: Press, person: str) -> None:
    """What it was approved for, and on which conditions, before anybody joins it."""
    _check_colleague(front, person)
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        check_may_join(case, person, desk)
        unit = unit_of(session, person, desk.organisation.units)
        about = f"{case.id}|{case.version}|{windows.about(pressed).choice}"
        drawn = screens.join_view(make_scene(front, session, case, desk, person), unit, about)
    windows.open_window(front, pressed, person, drawn)


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """The draft that it was offered in is not needed any more."""
    _check_colleague(front, person)
    case, version, draft = [*submission.about.split("|", 2), "", ""][:3]
    unit = (submission.fields.get(Field.UNIT.value) or ("",))[0]
    wanted = int(version) if version.isdecimal() else -1
    command = Join(actor=person, key=submission.key, case=case, version=wanted, unit=unit)
    desk = front.desk(actor=person)
    done = front.do(command, desk)
    if draft:
        _drop(front, draft, person, submission.key)
    ref, first = done.case.ref or "", _first(front, done.case, desk, person)
    words = front.words
    text = (
        words.line("joining.done_early", ref=ref, first=first)
        if first
        else words.line("joining.done", ref=ref)
    )
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


def accept(front: Front, pressed: Press, person: str) -> None:
    about = windows.about(pressed)
    wish = AcceptTerms(
        actor=person,
        key=pressed.key,
        case=about.case,
        deployment=about.choice,
        decision=about.question,
    )
    front.do(wish, front.desk(actor=person))


def leave(front: Front, pressed: Press, person: str) -> None:
    about = windows.about(pressed)
    wish = Leave(actor=person, key=pressed.key, case=about.case, deployment=about.choice)
    front.do(wish, front.desk(actor=person))


def _first(front: Front, case: Case, desk: Desk, person: str) -> Mrkdwn:
    """What has to be there before anybody uses it, who does it and by when."""
    if not before_start(case, desk):
        return Mrkdwn("")
    return first_of_all(case, make_voice(front), desk, person)


def _drop(front: Front, draft: str, person: str, key: str) -> None:
    with front.office.store.read() as session:
        known = load(session, draft)
    mine = known is not None and known.talk is not None and known.talk.person == person
    if mine and known is not None and known.status is Status.draft:
        front.do(Steer(actor=person, key=f"{key}:draft", case=draft, wish="cancel"))


def _check_colleague(front: Front, person: str) -> None:
    if front.directory.outsider(person):
        raise Refused("for_colleagues")
