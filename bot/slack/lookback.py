"""What whoever audits asks of the register: how it was on an earlier day, and a sample that nobody chose.

Of a large register a worker makes both, outside of the request.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from bot.cli.days import end_of, latest
from bot.cli.scope import of_scope
from bot.slack import screens, windows
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.lookmade import seen
from bot.slack.message import Message
from bot.slack.payloads import Press
from bot.slack.screens.pack import pack_asked_for, pack_noted
from bot.slack.screens.sample import Drawn, sample, sample_view
from store import packs, samples
from store.listed_then import then
from store.packs import Order
from store.queries import are_more_than
from store.sessions import Session
from triage.aims.auditing import SIZES
from triage.aims.taking import check_may_look_back
from triage.outcome import Refused

LONGEST = 9
"""Digits; what is longer is no number of uses."""
MANY = 1_000
"""With more uses it takes a second and more, and Slack waits three."""


def listing(front: Front, person: str, typed: str, words: str, key: str) -> Message:
    """As it was known at the end of a day; `words` narrow it. Of a large register all of it comes as a file."""
    desk = front.desk(actor=person)
    check_may_look_back(person, desk)
    day = _day(typed)
    with front.office.store.read() as session:
        if day > latest(session, front.office.now()):
            raise Refused("list_ahead")
        if are_more_than(session, MANY):
            return _is_made(
                front, person, Order(id=uuid4().hex, what="register", person=person, day=f"{day}"), key
            )
        at = end_of(day, session)
        found = then(session, front.reader(person, desk), at, of_scope(session, at))
    return screens.listing(windows.voice(front), found.entries, words.strip(), found.veiled, day=day)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refused("list_day") from None


def _is_made(front: Front, person: str, order: Order, key: str) -> Message:
    """Asked for twice by one call it is one."""
    asked = {"new": True}

    def ask(session: Session) -> None:
        asked["new"] = packs.ask(session, order, now=front.office.now())

    front.once(f"lookback:{person}:{key}", ask)
    return pack_asked_for(front.words, order, new=asked["new"])


def called(front: Front, person: str, size: str, key: str) -> Message:
    wanted = _size(front, person, size)
    if (order := _large(front, person, wanted)) is not None:
        return _is_made(front, person, order, key)
    return sample(front.words, _drawn(front, person, wanted, key))


def press(front: Front, pressed: Press, person: str) -> None:
    windows.about(pressed)  # a damaged press is refused like any other
    wanted = _size(front, person, "")
    if (order := _large(front, person, wanted)) is not None:
        told = _is_made(front, person, order, pressed.key)
        windows.turn(front, pressed, person, pack_noted(front.words, told))
        return
    windows.turn(front, pressed, person, sample_view(front.words, _drawn(front, person, wanted, pressed.key)))


def _size(front: Front, person: str, size: str) -> int | None:
    check_may_look_back(person, front.desk(actor=person))
    if len(size) > LONGEST or (size and not SIZES[0] <= int(size) <= SIZES[1]):
        raise Refused("audit_size", most=str(SIZES[1]))
    return int(size) if size else None


def _large(front: Front, person: str, size: int | None) -> Order | None:
    """What is asked of the worker; None where it is quick enough to be done at once."""
    with front.office.store.read() as session:
        if not are_more_than(session, MANY):
            return None
    day = front.office.now().date().isoformat()
    return Order(id=uuid4().hex, what="sample", person=person, day=day, about=str(size or ""))


def _drawn(front: Front, person: str, size: int | None, key: str) -> Drawn:
    """Sealed before it is shown; asked for twice by one press it is one."""
    with front.office.store.write() as session:
        found = samples.draw(session, person, size, key=key, now=front.office.now())
    return seen(front, person, found)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.SAMPLE: press}
