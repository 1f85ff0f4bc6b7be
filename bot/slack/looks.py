"""What somebody let in to audit looked at, in a window, for whoever may read the access."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import windows
from bot.slack.entries import check_inside, open_here, seen
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press
from bot.slack.screens.looks import MOST, looks_view
from store.looked import looks
from triage.aims.access import ACCESS
from triage.outcome import Refused


def press(front: Front, pressed: Press, person: str) -> None:
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    with front.office.store.read() as session:
        entry = seen(session, windows.about(pressed).choice, person, desk)
        if entry.kind != ACCESS:
            raise Refused("unknown_entry")
        found = looks(session, entry.id, MOST + 1)
    open_here(front, pressed, person, looks_view(front.words, entry, found))


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.ACCESS_LOOKS: press}
