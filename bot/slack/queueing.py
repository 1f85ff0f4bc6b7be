"""What waits for one person, one at a time in one window: shown, decided right there, and the next one follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.markup import Mrkdwn, cut, one_line
from bot.slack import screens, sitting, windows
from bot.slack.fields import Field
from bot.slack.filled import field
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_scene
from bot.slack.screens.queue import ANY
from bot.slack.sitting import Sitting
from store import asks
from store.narrowing import narrowed
from store.records import load
from triage.lifecycle import WAITING
from triage.narrowing import WHOLE, WORDS, Narrowed
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
        whole = asks.queue(session, reader, desk)
        waiting = whole if held.wanted.is_whole else narrowed(session, whole, held.wanted, person, desk)
        shown = sitting.stand([each.id for each in waiting], held)
        if shown is not None:
            case = front.loaded(session, shown.id)
            scene = make_scene(front, session, case, desk, person, counted=False, compared=True)
            return screens.queue_view(scene, shown, held, told, len(whole))
        besides = sum(len(asks.queue(session, reader, desk, kind)) for kind in (asks.ANSWER, asks.SECOND))
    if whole:
        return screens.queue_none_fits(front.words, told, held, len(whole))
    return screens.queue_empty(front.words, told, besides)


def _step(move: Callable[[Sitting], Sitting]) -> Callable[[Front, Press, str], None]:
    def handle(front: Front, pressed: Press, person: str) -> None:
        held = sitting.of_view(pressed.view)
        if held is None:
            raise Refused("unknown_button")
        windows.redraw(front, pressed, drawn(front, person, move(held)))

    return handle


def _stay(held: Sitting) -> Sitting:
    return held


def _whole(held: Sitting) -> Sitting:
    return held._replace(wanted=WHOLE)


def narrow(front: Front, pressed: Press, person: str) -> None:
    """What they want to see of it, in the place of the queue, or from Home."""
    windows.about(pressed)
    held, desk = sitting.of_view(pressed.view) or Sitting(), front.desk(actor=person)
    reader = front.reader(person, desk)
    roles = sorted(reader.roles | reader.stands_in)
    windows.open_window(front, pressed, person, screens.filter_view(front.words, held, roles))


def narrowed_to(front: Front, submission: Submission, person: str) -> Reply:
    held = sitting.read(submission.about)
    if held is None:
        raise Refused("unknown_button")
    words = one_line(field(submission, Field.WORDS))[:WORDS]
    given = {
        "tier": field(submission, Field.TIER) or "0",
        "whose": field(submission, Field.WHOSE),
        "late": bool(field(submission, Field.LATE)),
        "before": field(submission, Field.BEFORE),
        "role": field(submission, Field.ROLE),
        "words": words,
    }
    chosen = {name: "" if value == ANY else value for name, value in given.items()}
    try:
        wanted = Narrowed.model_validate(chosen | {"tier": chosen["tier"] or 0})
    except ValueError as damaged:
        raise Refused("unknown_button") from damaged
    return _update(front, person, Sitting(laid=held.laid, wanted=wanted), NOTHING)


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
    Action.QUEUE_FILTER: narrow,
    Action.QUEUE_ALL: _step(_whole),
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.QUEUE_FILTER: narrowed_to}
