"""What nobody answers for, offered to a unit: drawn as it stands, and what somebody says about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens, windows
from bot.slack.colleagues import check_colleague
from bot.slack.fields import Field
from bot.slack.filled import Reply, field, missing
from bot.slack.front import Front
from bot.slack.ids import Action, View, to_choice
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission, Who
from bot.slack.scene import Scene
from bot.slack.scenes import make_scene, make_voice
from bot.slack.screens.offering import Offer
from store import offered, offers
from store.offered import REST
from store.outbox import Owed
from store.queries import may_see
from store.records import load
from store.sessions import Session
from store.tables import DoneRow
from triage.case import Case
from triage.claiming import check_may_deny, check_may_name, check_may_take_over
from triage.claims import NameOwner, NotOurs, NotUsed, OfClaims, TakeOver
from triage.desk import Desk
from triage.outcome import Refused

IN_FIELD = frozenset(
    {"owner_signed", "owner_no_reader", "part_gone", "part_outside", "reader_unclear", "named_already"}
)


def draw(front: Front, owed: Owed) -> Message | None:
    """None where nothing of it is left to offer; one that stands tells what became of it."""
    kind, unit = str(owed.payload["kind"]), str(owed.payload["unit"])
    with front.office.store.read() as session:
        cases = [case for id in offered.shown(session, kind, unit) if (case := load(session, id))]
        step = offered.newest(session, kind, unit) or 0
    desk = front.desk(beside=[person for each in cases for person in (each.owner, each.requester) if person])
    with front.office.store.read() as session:
        total = offers.left(session, kind, unit, desk)
        scenes = [make_scene(front, session, case, desk, "", counted=False) for case in cases]
    if owed.kind == "post" and not total:
        return None
    told = Offer(kind, unit, scenes, total, rest=unit == REST, step=step)
    return screens.offer(make_voice(front), told)


def _seen(front: Front, session: Session, id: str, person: str, desk: Desk) -> Case:
    """What was offered in a channel stands open there, as long as it is not confidential."""
    case = load(session, id)
    hidden = case is None or (
        not may_see(session, front.reader(person, desk), id)
        and (case.confidential or front.directory.outsider(person) or not offered.stood(session, id))
    )
    if case is None or hidden:
        raise Refused("unknown_case", case="")
    return case


Check = Callable[[Case, str, Desk], None]


def _opening(check: Check, view: Callable[[Scene], dict[str, Any]]) -> Callable[[Front, Press, str], None]:
    """Who may not is told before reading on."""

    def handle(front: Front, press: Press, person: str) -> None:
        id = windows.about(press).case
        desk = _desk(front, id, person)
        with front.office.store.read() as session:
            case = _seen(front, session, id, person, desk)
            check(case, person, desk)
            drawn = view(make_scene(front, session, case, desk, person, counted=False))
        windows.open_window(front, press, person, drawn)

    return handle


def _desk(front: Front, id: str, person: str, *more: str) -> Desk:
    """With what is known of those who answered for it."""
    with front.office.store.read() as session:
        case = load(session, id)
    theirs = [each for each in (case.owner, case.requester) if each] if case else []
    return front.desk(actor=person, beside=[*theirs, person, *more])


def _check_colleague(front: Front, who: Who, person: str) -> None:
    """Whoever presses for the first time may be a guest whom nobody has looked up yet."""
    check_colleague(front, who.team, who.user, person, outside="for_colleagues")


def not_ours(front: Front, press: Press, person: str) -> None:
    """It counts for the offer that it was pressed on, while no later one asks about the same use."""
    _check_colleague(front, press.who, person)
    about = windows.about(press)
    desk = _desk(front, about.case, person)
    with front.office.store.read() as session:
        case = _seen(front, session, about.case, person, desk)
        unit, step = offered.asked_last(session, about.case) or (REST, 0)
        if session.get(DoneRow, press.key) is None:
            check_may_deny(case, person, desk)
            if (about.choice, about.turn) != (to_choice(unit), step):
                raise Refused("old_offer", case=case.id, unit=case.unit or "")
    front.do(NotOurs(actor=person, key=press.key, case=about.case, asked=unit), desk)


def taken(front: Front, submission: Submission, person: str) -> Reply:
    _check_colleague(front, submission.who, person)
    return _handed(front, TakeOver(actor=person, key=submission.key, case=submission.about), person)


def unused(front: Front, submission: Submission, person: str) -> Reply:
    reason = field(submission, Field.REASON)
    if not reason:
        return missing(front, Field.REASON)
    _check_colleague(front, submission.who, person)
    wish = NotUsed(actor=person, key=submission.key, case=submission.about, reason=reason)
    return _handed(front, wish, person)


def named(front: Front, submission: Submission, person: str) -> Reply:
    user = field(submission, Field.PERSON)
    if not user:
        return missing(front, Field.PERSON)
    whom = front.person(Who(submission.who.team, user))
    wish = NameOwner(actor=person, key=submission.key, case=submission.about, person=whom)
    try:
        check_colleague(front, submission.who.team, user, whom, outside="part_outside")
        return _handed(front, wish, person, whom)
    except Refused as refusal:
        if refusal.key not in IN_FIELD:
            raise
        said = front.words.label(f"refusal.{refusal.key}")
        return {"response_action": "errors", "errors": {Field.PERSON.value: said}}


def _handed(front: Front, wish: OfClaims, person: str, *more: str) -> Reply:
    desk = _desk(front, wish.case, person, *more)
    with front.office.store.read() as session:
        _seen(front, session, wish.case, person, desk)
    case = front.do(wish, desk).case
    done = f"offering.{wish.do}" if case.decisions else f"offering.{wish.do}_listed"
    text = front.words.line(done, title=case.title or case.tool_name)
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.TAKE_OVER: _opening(check_may_take_over, screens.take_over_view),
    Action.NAME_OWNER: _opening(check_may_name, screens.name_owner_view),
    Action.NOT_USED: _opening(check_may_take_over, screens.not_used_view),
    Action.NOT_OURS: not_ours,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.TAKE_OVER: taken,
    View.NAME_OWNER: named,
    View.NOT_USED: unused,
}
