"""The evidence pack and the check of the trail: asked for in a window, made by a worker, told to whoever asked."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from slack_sdk.errors import SlackApiError

from bot.cli.days import latest
from bot.slack import auditpaper, lookmade, screens, windows
from bot.slack.carrying import OURS
from bot.slack.fields import Field
from bot.slack.filled import Reply, day, field, sent_back
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission
from store import packs
from store.outbox import Owed
from store.owed import UPLOAD
from store.packs import PACK, Order
from store.sessions import Session
from triage.aims.taking import check_may_take_pack, may_take_pack


def press(front: Front, pressed: Press, person: str) -> None:
    windows.about(pressed)  # a damaged press is refused like any other
    check_may_take_pack(person, front.desk(actor=person))
    with front.office.store.read() as session:
        today = latest(session, front.office.now())
    drawn = screens.pack_view(front.words, today, sends=sends(front))
    windows.open_window(front, pressed, person, drawn)


def sends(front: Front) -> bool:
    """Whether we may upload; where Slack does not say, that is found out when it is sent."""
    try:
        return OURS in front.granted()
    except (SlackApiError, OSError):
        return True


def handed(front: Front, submission: Submission, person: str) -> Reply:
    check_may_take_pack(person, front.desk(actor=person))
    with front.office.store.read() as session:
        today = latest(session, front.office.now())
    wanted = day(field(submission, Field.AS_OF)) or today
    if wanted > today:
        return sent_back(front, Field.AS_OF, "problem.pack_ahead")
    order = Order(id=uuid4().hex, person=person, day=wanted.isoformat())
    asked = {"new": True}  # handed in twice, it is asked for once

    def ask(session: Session) -> None:
        asked["new"] = packs.ask(session, order, now=front.office.now())

    front.once(f"pack:asked:{submission.key}", ask)
    return {"response_action": "update", "view": screens.pack_asked(front.words, wanted, new=asked["new"])}


def prove(front: Front, pressed: Press, person: str) -> None:
    """The whole trail is checked outside of every request, and what is found comes as a message."""
    check_may_take_pack(person, front.desk(actor=person))
    now = front.office.now()
    order = Order(id=uuid4().hex, what="proof", person=person, day=now.date().isoformat())
    asked = {"new": True}

    def ask(session: Session) -> None:
        asked["new"] = packs.ask(session, order, now=now)

    front.once(f"proof:asked:{pressed.key}", ask)
    windows.turn(front, pressed, person, screens.proof_asked(front.words, new=asked["new"]))


def may_have(front: Front, order: Order) -> bool:
    """Asked again when it is made and when it is sent."""
    desk = front.desk(actor=order.person)
    if order.what == "report":
        return auditpaper.may_have(front, order.about, order.person, desk)
    return may_take_pack(order.person, desk)


def draw(front: Front, owed: Owed) -> Message | None:
    """How far it is, or what stands beside the file; only for who may still have it when it is sent."""
    with front.office.store.read() as session:
        order = packs.known(session, owed.subject_id or "")
    if order is None:
        return None
    may = may_have(front, order)
    if may and order.what == "sample" and order.state == "made":
        return lookmade.told(front, order)
    if owed.purpose == PACK:
        told = order if may else order.model_copy(update={"state": "failed", "why": "role"})
        return screens.pack_progress(front.words, told)
    if not may:
        return None
    why = str((owed.payload.get("facts") or {}).get("why") or "")
    return screens.pack_told(front.words, order, "" if owed.kind == UPLOAD else why or "other")


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.PACK: press, Action.PROVE: prove}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.PACK: handed}
