"""A reminder put off: the window, and the wish; what is not mine any more goes the way of every change of owner."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import changed, screens, windows
from bot.slack.fields import Field
from bot.slack.filled import Reply, day, field, sent_back
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_scene
from triage.afterwards import Snooze
from triage.outcome import Refused
from triage.snoozing import check_may_snooze


def press(front: Front, pressed: Press, person: str) -> None:
    desk, about = front.desk(actor=person), windows.about(pressed)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        check_may_snooze(case, about.choice, person, desk)
        drawn = screens.snooze_view(
            make_scene(front, session, case, desk, person, counted=False), about.choice
        )
    windows.open_window(front, pressed, person, drawn)


def handed(front: Front, submission: Submission, person: str) -> Reply:
    case, _, errand = submission.about.partition("|")
    until = day(field(submission, Field.UNTIL))
    if until is None:
        return sent_back(front, Field.UNTIL, "problem.needed")
    wish = Snooze(
        actor=person,
        key=submission.key,
        case=case,
        errand=errand,
        until=until,
        reason=field(submission, Field.REASON),
    )
    try:
        front.do(wish, front.desk(actor=person))
    except Refused as refusal:
        if refusal.key == "snooze_too_long":
            return sent_back(front, Field.UNTIL, "problem.snooze_day")
        if refusal.key == "reason_needed":
            return sent_back(front, Field.REASON, "problem.needed")
        raise
    text = front.words.line("snooze.done", day=front.words.day(until))
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.SNOOZE: press,
    Action.NOT_MINE: changed.press_owner,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.SNOOZE: handed}
