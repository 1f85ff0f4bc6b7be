"""Two presses by anybody who sees a use: an answer was wrong, with words or without; also on a message naming it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.slack import screens, windows
from bot.slack.fields import Field
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission, plain
from bot.slack.scenes import make_scene
from intake.sentence import read
from store import queries
from store.queries import may_see
from store.records import load
from store.sessions import Session
from triage.afterwards import ReportWrong
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Refused
from triage.register import Reader
from triage.reporting import check_may_report, may_report

Reply = dict[str, Any]
REFERENCE = re.compile(r"(?<![^\W_])AIU-\d{4}-\d{4,6}(?![^\W_])", re.IGNORECASE)
"""Also between signs that make it slanted or bold."""
SEVERAL = 20
"""So many uses of a tool, the latest first, are there to pick from."""


def press(front: Front, pressed: Press, person: str) -> None:
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        check_may_report(case)
        drawn = screens.report_view(make_scene(front, session, case, desk, person))
    windows.open_window(front, pressed, person, drawn)


def on_message(front: Front, press: Press, person: str) -> None:
    """The uses that a message names, by their reference or by their tool; of several one is picked in the window."""
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        reader = front.reader(person, desk)
        uses = _named_in(session, reader, plain(str(press.element.get("text", ""))), desk)
        if not uses:
            raise Refused("no_use_named")
        scene = make_scene(front, session, uses[0], desk, person, counted=False)
    drawn = screens.report_view(scene) if len(uses) == 1 else screens.which_wrong_view(scene, uses)
    windows.open_by(front, press.trigger, drawn)


def _named_in(session: Session, reader: Reader, text: str, desk: Desk) -> list[Case]:
    """Those that the reader may see and of which something can be reported; what is hidden is as if it were not."""
    refs = dict.fromkeys(ref.upper() for ref in REFERENCE.findall(text))
    found = [seen for ref in refs if (seen := queries.entry(session, reader, ref)) is not None]
    if not found:
        tools = [] if reader.outsider else read(text, desk.catalogue).tool.tools
        found = [
            each for tool in tools for each in queries.entries(session, reader, tool=tool.id, limit=SEVERAL)
        ]
    cases = (load(session, each.id) for each in found)
    return [case for case in cases if case is not None and may_report(case)][:SEVERAL]


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """Who may see it no more is told as if there were none."""
    words = (submission.fields.get(Field.WORDS.value) or ("",))[0]
    about = submission.about or (submission.fields.get(Field.USE.value) or ("",))[0]
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        if not may_see(session, front.reader(person, desk), about):
            raise Refused("unknown_case", case="")
    wish = ReportWrong(actor=person, key=submission.key, case=about, words=words)
    done = front.do(wish, desk)
    text = front.words.line("reporting.done", ref=done.case.ref or "")
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.REPORT_WRONG: press}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.REPORT_WRONG: handed}
