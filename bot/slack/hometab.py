"""What is pressed on Home about Home itself: another page of a list, and the question what may be used."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import called, screens, windows
from bot.slack.fields import Field
from bot.slack.filled import Reply, field, missing
from bot.slack.front import Front
from bot.slack.homes import is_list, is_of_lead, make_home
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from store import overview
from triage.desk import Desk
from triage.outcome import Refused
from triage.overview import is_stale
from triage.settling import LEAD

LAST = 10_000
"""No page lies behind this one."""


def turn(front: Front, pressed: Press, person: str) -> None:
    """The page that the button names, drawn from what stands there now, on the Home of whoever pressed it."""
    about = windows.about(pressed)
    if about.choice and (not is_list(about.choice) or not 0 <= about.turn <= LAST):
        raise Refused("unknown_button")
    if is_of_lead(about.choice) and not front.desk(actor=person).holds(person, LEAD):
        raise Refused("not_your_figures", role=LEAD)
    page = (about.choice, about.turn) if about.choice else None
    drawn = screens.home(make_home(front, person, page))
    front.client.views_publish(user_id=pressed.who.user, view=drawn)


def look(front: Front, desk: Desk) -> None:
    """Counts how the register stands, where somebody leads and it is too long ago; late or twice, it is the same."""
    store = front.office.store
    if not desk.roles.get(LEAD):
        return
    with store.read() as session:
        if not is_stale(overview.kept(session), desk.now):
            return
        found = overview.count(session, desk.now, desk.day)
    with store.write() as session:
        overview.keep(session, found)


def ask(front: Front, pressed: Press, person: str) -> None:
    windows.about(pressed)  # a damaged press is refused like any other
    if front.reader(person, front.desk()).outsider:
        raise Refused("for_colleagues")
    windows.open_window(front, pressed, person, screens.may_i_view(front.words))


def asked(front: Front, submission: Submission, person: str) -> Reply:
    """The same answer as to `/steward …`, in the place of the question."""
    words = field(submission, Field.WORDS)
    if not words:
        return missing(front, Field.WORDS)
    told = called.can_i(front, person, words)
    return {"response_action": "update", "view": screens.may_i_told(front.words, told)}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.HOME_PAGE: turn, Action.HOME_ASK: ask}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.HOME_ASK: asked}
