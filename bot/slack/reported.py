"""Two presses by anybody who sees a use: an answer was wrong, with words or without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens, windows
from bot.slack.front import Front
from bot.slack.ids import Action, Field, View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_scene
from store.queries import may_see
from triage.afterwards import ReportWrong
from triage.outcome import Refused
from triage.reporting import check_may_report

Reply = dict[str, Any]


def press(front: Front, pressed: Press, person: str) -> None:
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        check_may_report(case)
        drawn = screens.report_view(make_scene(front, session, case, desk, person))
    windows.open_window(front, pressed, person, drawn)


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """Who may see it no more is told as if there were none."""
    words = (submission.fields.get(Field.WORDS.value) or ("",))[0]
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        if not may_see(session, front.reader(person, desk), submission.about):
            raise Refused("unknown_case", case="")
    wish = ReportWrong(actor=person, key=submission.key, case=submission.about, words=words)
    done = front.do(wish, desk)
    text = front.words.line("reporting.done", ref=done.case.ref or "")
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.REPORT_WRONG: press}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.REPORT_WRONG: handed}
