"""By the clock: what a phase of the roll-out put off comes up for a decision, a few a day. Twice, it is the same."""

from __future__ import annotations

from bot.slack.front import Front
from store import phased
from store.sessions import Session
from triage.commands import Rejudge
from triage.desk import Desk
from triage.phased import BY_PLAN


def look(front: Front, desk: Desk) -> None:
    """Where there never was a phase, nothing is looked for."""
    if not desk.planned:
        return
    with front.office.store.read() as session:
        due = [case.id for case in phased.coming_up(session, desk)]
    wishes = [Rejudge(actor="", key=f"{phased.KEY}{id}:{desk.day}", case=id, rules=BY_PLAN) for id in due]
    front.do_each(wishes, desk)


def told(front: Front, session: Session, desk: Desk) -> str:
    """How far the roll-out is; "" without a plan."""
    if not desk.phases:
        return ""
    words, waits = front.words, phased.waiting(session, desk)
    lines = [words.line("phase.head")]
    for each in desk.phases:
        key, count = ("phase.begun", 0) if each.since <= desk.day else ("phase.comes", waits[each.ref])
        lines.append(words.line(key, what=each.title, day=words.day(each.since), count=count))
    if waits[None]:
        lines.append(words.line("phase.due", count=waits[None], most=phased.A_DAY))
    return "\n".join(lines)
