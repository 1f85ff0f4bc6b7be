"""`/steward …` and the shortcuts: quick looks that only the caller sees, and ways to begin."""

from __future__ import annotations

from typing import Any

from bot.slack import changing, screens, windows
from bot.slack.front import Front
from bot.slack.ids import Shortcut
from bot.slack.message import Message
from bot.slack.payloads import Call, Press, plain
from intake.sentence import read
from store import queries
from store.records import load
from triage.outcome import Refused

Reply = dict[str, Any]

VERBS = frozenset({"list", "show", "settings", "help"})
"""What a command can begin with; everything else is read as a question whether something may be used."""


def called(front: Front, call: Call) -> Reply:
    """The answer to a command, seen by the caller alone."""
    person = front.person(call.who)
    verb, _, rest = call.text.strip().partition(" ")
    wish = verb.lower() or "help"
    if wish not in VERBS:
        wish = "can"
    try:
        match wish:
            case "list":
                shown = listing(front, person, rest)
            case "show":
                shown = show(front, person, rest)
            case "settings":
                changing.check_may_change(front, person)
                windows.settings(front, call.trigger)
                return {}
            case "help":
                shown = screens.command_help(windows.voice(front))
            case _:
                shown = can_i(front, person, call.text)
    except Refused as refusal:
        text = front.refused(refusal, person, wish=wish, case="", key=call.key)
        return {"response_type": "ephemeral", "text": text}
    return {"response_type": "ephemeral", "text": shown.text, "blocks": shown.blocks}


def can_i(front: Front, person: str, words: str) -> Message:
    """What may be done with a tool today: from the register and the catalogue alone, with the record cited."""
    desk = front.desk(actor=person)
    reader = front.reader(person, desk)
    if reader.outsider:
        raise Refused("for_colleagues")
    asked = plain(words)
    reading = read(asked, front.office.library.catalogue)
    found = reading.tool.tools
    uses: tuple[Any, ...] = ()
    if found:
        with front.office.store.read() as session:
            uses = tuple(
                e for tool in found for e in queries.entries(session, reader, tool=tool.id, limit=10)
            )
    return screens.can_i(windows.voice(front), reading, uses, desk, asked)


def listing(front: Front, person: str, words: str) -> Message:
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        entries = queries.entries(session, front.reader(person, desk), limit=200)
    return screens.listing(windows.voice(front), entries, words.strip())


def show(front: Front, person: str, ref: str) -> Message:
    """One use, whole; a reference that is hidden from the caller reads like one that does not exist."""
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        entry = queries.entry(session, front.reader(person, desk), ref)
        case = load(session, entry.id) if entry else None
        if case is None:
            raise Refused("unknown_ref", ref=ref.strip()[:40])
        scene = windows.scene(front, session, case, desk, person)
    return screens.show(scene)


def shortcut(front: Front, press: Press) -> None:
    """A window to begin a request, empty or with the words of the message it was called on."""
    person = front.person(press.who)
    known = {s.value for s in Shortcut}
    if press.action not in known:
        front.refuse(Refused("unknown_button"), person, channel=press.channel, thread=None, key=press.key)
        return
    windows.begin_with(front, press, str(press.element.get("text", "")))
