"""The calendar of the management system in a window, for whoever may look at how far it is set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bot.slack import windows
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press
from bot.slack.scenes import make_voice
from bot.slack.screens import agenda as drawn
from store import entries
from store.agenda import now_dated
from store.aims_shown import shown
from store.ready import record_now
from store.sessions import Session
from triage.aims.certification import CERTIFICATION
from triage.aims.entry import Entry
from triage.aims.kinds import kinds
from triage.aims.seeing import check_may_look, may_draft, shown_to
from triage.desk import Desk


def press(front: Front, pressed: Press, person: str) -> None:
    windows.about(pressed)  # a damaged press is refused like any other
    windows.open_window(front, pressed, person, view(front, person, 0))


def turn(front: Front, pressed: Press, person: str) -> None:
    """Another page, in the same window."""
    windows.turn(front, pressed, person, view(front, person, windows.about(pressed).turn))


def view(front: Front, person: str, page: int) -> dict[str, Any]:
    """As it stands now, for this person."""
    desk = front.desk(actor=person)
    check_may_look(person, desk)
    with front.office.store.read() as session:
        every = list(_readable(session, person, desk))
        found = now_dated(session, every, desk)
        way = next((each for each in every if each.kind == CERTIFICATION), None)
        seen = drawn.Seen(
            found=found,
            today=desk.day,
            way=way,
            drafts=may_draft(kinds()[CERTIFICATION], person, desk),
            record=record_now(session, desk),
        )
        return drawn.agenda_view(make_voice(front), seen, page)


def _readable(session: Session, person: str, desk: Desk) -> Iterator[Entry]:
    """What counts or waits, where this person may read it."""
    for each in entries.standing(session):
        if shown_to(each, person, desk) != (None, None):
            yield shown(session, each)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.AGENDA: press,
    Action.AGENDA_PAGE: turn,
}
