"""Windows that a press opens. A trigger lives three seconds, so these calls cannot wait for the outbox."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack import elements, ids, screens, sitting
from bot.slack.errors import CLOSED_TO_US, GONE, code_of
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press
from bot.slack.scene import Scene, Voice
from bot.slack.scenes import make_scene, make_voice
from store import outbox
from store.queries import may_see
from store.records import load
from store.sessions import Session
from triage.approving import check_turn
from triage.case import Case, Status
from triage.desk import Desk
from triage.outcome import Refused
from triage.review import APPROVALS, check_may_become, check_may_decide

log = logging.getLogger(__name__)

LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"})

LEFT = frozenset({"not_found", "view_not_found", "hash_conflict"})
"""What Slack says of a window that was closed or changed in the meantime."""

WINDOWS: dict[Action, Callable[[Scene], dict[str, Any]]] = {
    Action.APPROVE: screens.approve_view,
    Action.APPROVE_WITH_CONDITIONS: screens.conditions_view,
    Action.ASK: screens.ask_view,
    Action.DECLINE: screens.decline_view,
}


LEADS_TO = {
    Action.APPROVE: Status.approved,
    Action.APPROVE_WITH_CONDITIONS: Status.approved_with_conditions,
    Action.ASK: Status.needs_info,
    Action.DECLINE: Status.declined,
}


def about(press: Press) -> ids.Press:
    """What a press is about; one that is not ours, or damaged, is refused."""
    try:
        return elements.read_press(press.element)
    except ValueError as damaged:
        raise Refused("unknown_button") from damaged


def voice(front: Front) -> Voice:
    return make_voice(front)


def scene(front: Front, session: Session, case: Case, desk: Desk, person: str) -> Scene:
    return make_scene(front, session, case, desk, person)


def load_own(session: Session, case: str, person: str) -> Case:
    """A case in whose conversation `person` is."""
    known = load(session, case)
    if known is None or known.talk is None or known.talk.person != person:
        raise Refused("not_your_request", case=case)
    return known


def form(front: Front, press: Press, person: str) -> None:
    """The form instead of the questions, filled with what is known."""
    desk = front.desk()
    with front.office.store.read() as session:
        case = load_own(session, about(press).case, person)
        drawn = screens.form_view(make_scene(front, session, case, desk, person))
    open_window(front, press, person, drawn)


def whole_form(front: Front, press: Press, person: str) -> None:
    """The same window with every question; what was typed into it stays, as Slack keeps fields by their names."""
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = load_own(session, about(press).case, person)
        drawn = screens.form_view(make_scene(front, session, case, desk, person), whole=True)
    turn(front, press, person, drawn)


def turn(front: Front, press: Press, person: str, drawn: dict[str, Any]) -> None:
    """What stands in the window in which it was pressed, from now on."""
    view = press.view or {}
    if not view.get("id"):
        raise Refused("unknown_button")
    try:
        front.client.views_update(view_id=view["id"], hash=view.get("hash"), view=drawn)
    except SlackApiError as error:
        if str(error.response.get("error")) not in LEFT:
            raise
        _offer_again(front, press, person)


def deciding(action: Action) -> Callable[[Front, Press, str], None]:
    """A window for a decision; who may not decide is told at once, before writing anything."""

    def handle(front: Front, press: Press, person: str) -> None:
        desk = front.desk(actor=person)
        with front.office.store.read() as session:
            case = before_them(front, session, press, person, desk)
            check_may_decide(case, person, desk)
            check_may_become(case, LEADS_TO[action])
            if LEADS_TO[action] in APPROVALS:
                check_turn(case, person, desk)
            drawn = WINDOWS[action](make_scene(front, session, case, desk, person, compared=True))
        open_window(front, press, person, drawn)

    return handle


def before_them(front: Front, session: Session, press: Press, person: str, desk: Desk) -> Case:
    """The case of a press by somebody who sees it; the same refusal whether it is hidden or does not exist."""
    wanted = about(press).case
    case = load(session, wanted)
    if case is None or not (
        _stands_open(front, press, case) or may_see(session, front.reader(person, desk), wanted)
    ):
        raise Refused("unknown_case", case="")
    return case


def on_card(front: Front, press: Press) -> bool:
    """Whoever presses where cards are has the case before their eyes, whatever else they may see."""
    return press.channel is not None and press.channel == front.office.config.channels.governance


def _stands_open(front: Front, press: Press, case: Case) -> bool:
    """Of a confidential use nothing stands there but its reference."""
    return on_card(front, press) and not case.confidential


def reasons(front: Front, press: Press, person: str) -> None:
    """Why this tier: every rule that holds, with its source, and what is still open."""
    case, desk = _seen(front, press, person)
    with front.office.store.read() as session:
        drawn = screens.reasons_view(make_scene(front, session, case, desk, person))
    open_window(front, press, person, drawn)


def entry(front: Front, press: Press, person: str) -> None:
    case, desk = _seen(front, press, person)
    with front.office.store.read() as session:
        drawn = screens.entry_view(make_scene(front, session, case, desk, person))
    open_window(front, press, person, drawn)


def answer(front: Front, press: Press, person: str) -> None:
    """A reviewer's question, answered in a window instead of in the thread."""
    with front.office.store.read() as session:
        case = load_own(session, about(press).case, person)
        if case.inquiry is None:
            raise Refused("nothing_asked", case=case.id)
        drawn = screens.answer_view(make_scene(front, session, case, front.desk(), person))
    open_window(front, press, person, drawn)


def open_by(front: Front, trigger: str, view: dict[str, Any]) -> None:
    """A window for whoever wrote a command."""
    try:
        front.client.views_open(trigger_id=trigger, view=view)
    except SlackApiError as error:
        if str(error.response.get("error")) not in LATE:
            raise
        raise Refused("too_late") from error


def settle(front: Front, press: Press, person: str) -> None:
    """What is still open, to be answered by whoever knows; whose answer counts is checked with it."""
    case, desk = _seen(front, press, person)
    with front.office.store.read() as session:
        drawn = screens.settle_view(make_scene(front, session, case, desk, person))
    open_window(front, press, person, drawn)


def begin(front: Front, press: Press, person: str) -> None:
    """Empty, or with the tool whose button it was."""
    tool = front.office.library.catalogue.get(about(press).choice)
    open_window(front, press, person, screens.start_view(make_voice(front), tool.name if tool else ""))


def begin_with(front: Front, press: Press, words: str) -> None:
    open_window(front, press, front.person(press.who), screens.start_view(make_voice(front), words))


def open_list(front: Front, press: Press, person: str) -> None:
    """Draw the question anew with its list to tick; a change of the picture only."""
    if press.channel is None or press.ts is None:
        raise Refused("unknown_button")
    desk, wanted = front.desk(), about(press)
    with front.office.store.read() as session:
        case = load_own(session, wanted.case, person)
        current = case.talk.current if case.talk else None
        if current is None or current.turn != wanted.turn:
            raise Refused("old_button")
        shown = screens.question_list(make_scene(front, session, case, desk, person))
    content: dict[str, Any] = {"text": shown.text, "blocks": shown.blocks, "parse": "none"}
    try:
        front.client.chat_update(channel=press.channel, ts=press.ts, **content)
    except SlackApiError as error:
        if code_of(error) not in GONE | CLOSED_TO_US:
            raise
        raise Refused("unknown_button") from error


def _seen(front: Front, press: Press, person: str) -> tuple[Case, Desk]:
    """The case of a press, if the person may see it."""
    desk = front.desk(actor=person)
    return front.case(about(press).case, front.reader(person, desk)), desk


def open_window(front: Front, press: Press, person: str, view: dict[str, Any]) -> None:
    """Open or, from inside a window, lay on top; where Slack closed the door before, with a button that is fresh.

    What is decided in a queue takes the place of what was shown there, so that one window is all there is.
    """
    if (held := sitting.of_view(press.view)) is not None and sitting.takes_its_place(view):
        return redraw(front, press, screens.within_queue(front.words, view, held))
    try:
        if press.view is not None and press.view.get("type") == "modal":
            front.client.views_push(trigger_id=press.trigger, view=view)
        else:
            front.client.views_open(trigger_id=press.trigger, view=view)
    except SlackApiError as error:
        code = str(error.response.get("error"))
        if code not in LATE | LEFT:
            raise
        log.info("A window could not be opened in time", extra={"error": code})
        _offer_again(front, press, person)


def redraw(front: Front, press: Press, view: dict[str, Any]) -> None:
    """In its place; a window that was closed, or shows something newer already, is left as it is."""
    held = press.view or {}
    try:
        front.client.views_update(view_id=held.get("id", ""), hash=held.get("hash"), view=view)
    except SlackApiError as error:
        if str(error.response.get("error")) not in LEFT:
            raise


def _offer_again(front: Front, press: Press, person: str) -> None:
    """The same button anew: in the thread where it was pressed if that is their own, else in a direct message."""
    action, pressed = elements.wished(press.action, press.element)
    shown = screens.fresh_button(make_voice(front), action, pressed)
    own = press.channel is not None and press.channel.startswith("D")
    thread = (press.thread or press.ts) if own else None
    place = front.directory.place(press.channel) if own and press.channel else None
    payload = {"text": shown.text, "blocks": shown.blocks, "thread": thread}

    def owe(session: Session) -> None:
        outbox.put(
            session,
            kind="post",
            place_id=place,
            person_id=None if place else person,
            payload=payload,
            priority=0,
            now=front.office.now(),
        )

    front.once(f"fresh:{press.key}", owe)
