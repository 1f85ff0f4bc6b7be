"""A notice drafted in a window, and there in another language or for others."""

from __future__ import annotations

from collections.abc import Callable

from bot import announcing
from bot.slack import screens, windows
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press
from bot.slack.scenes import make_scene
from bot.words import speaking
from store.tables import PersonRow
from triage.announcing import Audience, check_may_announce
from triage.outcome import Refused


def press(front: Front, pressed: Press, person: str) -> None:
    audience, language = _wished(windows.about(pressed).choice)
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        check_may_announce(case, person)
        known = session.get(PersonRow, person)
        tongue = announcing.spoken(language, known.language if known else None, front.words.language)
        words = speaking(tongue, front.words.zone)
        scene, outside = make_scene(front, session, case, desk, person), front.office.config.outside or ""
        drawn = screens.announce_view(scene, words, audience, outside)
    if pressed.view and pressed.view.get("callback_id") == drawn["callback_id"]:
        windows.redraw(front, pressed, drawn)
    else:
        windows.open_window(front, pressed, person, drawn)


def _wished(choice: str) -> tuple[Audience, str]:
    audience, _, language = choice.partition(".")
    if audience not in {each.value for each in Audience}:
        raise Refused("unknown_button")
    return Audience(audience), language


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.ANNOUNCE: press}
