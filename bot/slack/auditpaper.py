"""The report of an internal audit out of the window of its audit: asked for by a press, made by the worker of packs."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from bot.slack import screens, windows
from bot.slack.carrying import Made
from bot.slack.entries import check_inside, open_here, seen
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press
from store import aims, packs, people
from store.audited import reports
from store.entries import every_one
from store.packs import Order
from store.sessions import Session
from triage.aims.audited import AUDIT
from triage.aims.seeing import shown_to
from triage.desk import Desk
from triage.outcome import Refused

FORM = "pdf"


def press(front: Front, pressed: Press, person: str) -> None:
    id, desk = windows.about(pressed).choice, front.desk(actor=person)
    check_inside(front, person, desk)
    with front.office.store.read() as session:
        entry = seen(session, id, person, desk)
    if entry.kind != AUDIT or entry.in_force is None:
        raise Refused("unknown_entry")
    now = front.office.now()
    order = Order(
        id=uuid4().hex,
        what="report",
        person=person,
        day=now.date().isoformat(),
        about=id,
        name=f"{entry.ref}.{FORM}",
    )
    asked = {"new": True}  # pressed twice, it is asked for once

    def ask(session: Session) -> None:
        asked["new"] = packs.ask(session, order, now=now)

    front.once(f"audit_report:{pressed.key}", ask)
    open_here(front, pressed, person, screens.report_asked(front.words, entry, new=asked["new"]))


def may_have(front: Front, id: str, person: str, desk: Desk) -> bool:
    """Whoever may read the audit, when it is made and sent."""
    if front.reader(person, desk).outsider:
        return False
    with front.office.store.read() as session:
        entry = aims.load(session, id)
    return entry is not None and shown_to(entry, person, desk)[0] is not None


def made(front: Front, id: str) -> tuple[str, Made]:
    """The reference, and the paper; of confidential uses it tells their number, whoever asked for it."""
    from bot.auditreport import written  # late: most processes never make one

    with front.office.store.read() as session:
        entry, found = aims.load(session, id), every_one(session)
        told = next((each for each in reports(session, found) if entry and each.ref == entry.ref), None)
        named = people.names(session)
    if told is None:
        raise LookupError("the audit counts no more")
    return told.ref, Made(f"{told.ref}.{FORM}", written(front.words, told, named, FORM))


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.AUDIT_REPORT: press}
