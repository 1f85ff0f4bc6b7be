"""Suppliers at the desk: every tool with what is held of it, one of them whole, and the way to what is added."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.office import tool_named
from bot.slack import windows
from bot.slack.entries import look
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press
from bot.slack.scenes import make_voice
from bot.slack.screens import suppliers as screens
from bot.slack.screens.suppliers import One
from store import aims, suppliers
from store.aims_shown import shown
from triage.aims import supplied
from triage.aims.kinds import kinds
from triage.aims.seeing import GOVERNING, may_draft
from triage.aims.supplied import ASSESSMENT
from triage.desk import Desk
from triage.outcome import Refused


def may_look(person: str, desk: Desk) -> bool:
    return any(desk.holds(person, role) for role in GOVERNING)


def check_may_look(front: Front, person: str, desk: Desk) -> None:
    if front.reader(person, desk).outsider or not may_look(person, desk):
        raise Refused("not_your_suppliers")


def called(front: Front, person: str, words: str, trigger: str) -> None:
    """With a name behind it, that tool."""
    desk = front.desk(actor=person)
    check_may_look(front, person, desk)
    key = key_named(front, person, desk, words) if words.strip() else ""
    if words.strip() and not key:
        raise Refused("supplier_none")
    windows.open_by(front, trigger, view(front, person, desk, key))


def key_named(front: Front, person: str, desk: Desk, words: str) -> str:
    """Of the tool that goes by this name, the first of its vendor, or one of the catalogue; "" for none."""
    wanted = supplied.same_name(words)
    with front.office.store.read() as session:
        found = suppliers.overview(session, desk.day, front.reader(person, desk))
    key = next((each.known.key for each in found if wanted in each.known.names), "")
    tool = tool_named(words, front.office.library.catalogue) if words and not key else None
    return tool.id if tool is not None else key


def press(front: Front, pressed: Press, person: str) -> None:
    """One of them, or the list, in the same window; from elsewhere in a window of its own."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    check_may_look(front, person, desk)
    drawn = view(front, person, desk, about.choice)
    inside = (pressed.view or {}).get("callback_id") == drawn["callback_id"]
    go = windows.turn if inside else windows.open_window
    go(front, pressed, person, drawn)


def view(front: Front, person: str, desk: Desk, key: str) -> dict[str, Any]:
    """As it stands now, for this person; without a key all of them."""
    voice, reader = make_voice(front), front.reader(person, desk)
    with front.office.store.read() as session:
        if not key:
            return screens.suppliers_view(voice, suppliers.overview(session, desk.day, reader))
        found = suppliers.of_key(session, key, desk.day, reader)
        held = [aims.load(session, each.entry) for each in found.papers]
        looks = [look(shown(session, each), person, desk) for each in held if each is not None]
        entry = look(shown(session, found.entry), person, desk) if found.entry else None
    drafts = may_draft(kinds()[ASSESSMENT], person, desk)
    return screens.supplier_view(voice, One(found, looks, entry, drafts))


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.SUPPLIERS: press}
