"""What waits for one person, one at a time in one window: shown, decided right there, and the next one follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.markup import Mrkdwn, cut, one_line
from bot.slack import screens, sitting, windows
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press, Submission
from bot.slack.scene import Home
from bot.slack.scenes import make_home, make_scene
from bot.slack.sitting import Sitting
from store import asks
from store.records import load
from triage.lifecycle import WAITING
from triage.outcome import Refused

Reply = dict[str, Any]
CLOSES = "clear"
NOTHING = Mrkdwn("")


def called(front: Front, person: str, trigger: str) -> None:
    """`/steward queue`."""
    windows.open_by(front, trigger, drawn(front, person, Sitting()))


def press(front: Front, pressed: Press, person: str) -> None:
    windows.about(pressed)  # a damaged press is refused like any other
    windows.open_window(front, pressed, person, drawn(front, person, Sitting()))


def drawn(front: Front, person: str, held: Sitting, told: Mrkdwn = NOTHING) -> dict[str, Any]:
    """As it stands now, whatever the window showed before."""
    desk = front.desk(actor=person)
    reader = front.reader(person, desk)
    with front.office.store.read() as session:
        shown = sitting.stand([each.id for each in asks.queue(session, reader, desk)], held)
        if shown is not None:
            case = front.loaded(session, shown.id)
            scene = make_scene(front, session, case, desk, person, counted=False, compared=True)
            return screens.queue_view(scene, shown, held, told)
    return screens.queue_empty(front.words, told, _besides(make_home(front, person)))


def _besides(home: Home) -> int:
    """What waits for the same person otherwise, as Home counts it."""
    return len(home.referred) + len(home.signing) + len(home.looking)


def _step(move: Callable[[Sitting], Sitting]) -> Callable[[Front, Press, str], None]:
    def handle(front: Front, pressed: Press, person: str) -> None:
        held = sitting.of_view(pressed.view)
        if held is None:
            raise Refused("unknown_button")
        windows.redraw(front, pressed, drawn(front, person, move(held)))

    return handle


def _stay(held: Sitting) -> Sitting:
    return held


def check_shown(front: Front, pressed: Press) -> None:
    """Nobody begins to decide on a picture of how it was."""
    held = sitting.of_view(pressed.view)
    if held is None or windows.about(pressed).case != held.case:
        return
    with front.office.store.read() as session:
        case = load(session, held.case)
    if case is not None and case.status in WAITING and case.version != held.version:
        raise Refused("queue_outdated", case=held.case)


def told(front: Front, pressed: Press, person: str, text: str) -> bool:
    """Why a press came to nothing, in the window in which it was pressed, above what waits now."""
    held = sitting.of_view(pressed.view)
    if held is None:
        return False
    windows.redraw(front, pressed, drawn(front, person, held, Mrkdwn(text)))
    return True


def onward(front: Front, submission: Submission, person: str, reply: Reply) -> Reply:
    """After a decision the next one is shown; what does not fit stays where it was written."""
    held = sitting.read(submission.about)
    if held is None or reply.get("response_action") != CLOSES:
        return reply
    return _update(front, person, held, _came_to(front, held.case))


def after_refusal(front: Front, submission: Submission, person: str, text: str) -> Reply | None:
    held = sitting.read(submission.about)
    return None if held is None else _update(front, person, held, Mrkdwn(text))


def _update(front: Front, person: str, held: Sitting, told: Mrkdwn) -> Reply:
    return {"response_action": "update", "view": drawn(front, person, held, told)}


def _came_to(front: Front, id: str) -> Mrkdwn:
    """What was decided, as the register has it."""
    with front.office.store.read() as session:
        case = front.loaded(session, id)
    status = front.words.line(f"status.{case.status.value}")
    title = cut(one_line(case.title or case.tool_name), 80)
    key = "queue.noted" if case.status in WAITING else "queue.done"
    return front.words.line(key, ref=case.ref or "", title=title, status=status)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.QUEUE: press,
    Action.QUEUE_NEXT: _step(Sitting.next),
    Action.QUEUE_LATER: _step(Sitting.later),
    Action.QUEUE_BACK: _step(_stay),
}
