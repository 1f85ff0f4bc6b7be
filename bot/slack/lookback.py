"""What whoever audits asks of the register: how it was on an earlier day, and a sample that nobody chose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.cli.days import end_of, latest
from bot.cli.scope import of_scope
from bot.slack import screens, windows
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.message import Message
from bot.slack.payloads import Press
from bot.slack.screens.sample import Drawn, sample, sample_view
from store import samples
from store.listed_then import then
from store.queries import entry
from triage.aims.auditing import SIZES
from triage.aims.taking import check_may_look_back
from triage.outcome import Refused

LONGEST = 9
"""Digits; what is longer is no number of uses."""


def listing(front: Front, person: str, typed: str, words: str) -> Message:
    """As it was known at the end of a day; `words` narrow it."""
    desk = front.desk(actor=person)
    check_may_look_back(person, desk)
    day = _day(typed)
    with front.office.store.read() as session:
        if day > latest(session, front.office.now()):
            raise Refused("list_ahead")
        at = end_of(day, session)
        found = then(session, front.reader(person, desk), at, of_scope(session, at))
    return screens.listing(windows.voice(front), found.entries, words.strip(), found.veiled, day=day)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refused("list_day") from None


def called(front: Front, person: str, size: str, key: str) -> Message:
    return sample(front.words, _drawn(front, person, size, key))


def press(front: Front, pressed: Press, person: str) -> None:
    windows.about(pressed)  # a damaged press is refused like any other
    drawn = _drawn(front, person, "", pressed.key)
    windows.turn(front, pressed, person, sample_view(front.words, drawn))


def _drawn(front: Front, person: str, size: str, key: str) -> Drawn:
    """Sealed before it is shown; asked for twice by one press it is one."""
    desk = front.desk(actor=person)
    check_may_look_back(person, desk)
    if len(size) > LONGEST:
        raise Refused("audit_size", most=str(SIZES[1]))
    with front.office.store.write() as session:
        found = samples.draw(session, person, int(size) if size else None, key=key, now=front.office.now())
    reader = front.reader(person, desk)
    with front.office.store.read() as session:
        known = (entry(session, reader, ref) for ref in found.refs)
        return Drawn(found, tuple(each for each in known if each is not None))


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.SAMPLE: press}
