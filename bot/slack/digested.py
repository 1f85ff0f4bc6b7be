"""Digests in Slack: owed by the clock, drawn from the figures of their moment, with picture and file where we may."""

from __future__ import annotations

import logging
from datetime import datetime

from bot import charting, digesting
from bot.digestfile import as_html, plain
from bot.slack.carrying import Made
from bot.slack.front import Front
from bot.slack.message import Message
from bot.slack.screens.digest import digest_message
from bot.words import Words, speaking
from store import digested
from store.digest import figures
from store.outbox import Owed
from triage.calendar import Calendar
from triage.desk import Desk
from triage.digest import Digest, digest
from triage.digested import Due, monthly, weekly
from triage.settling import LEAD

log = logging.getLogger(__name__)


def look(front: Front, desk: Desk) -> None:
    """Late or twice, in one process or in several, it comes to the same."""
    rhythm = front.office.config.digest
    zone = rhythm.zone or desk.organisation.zone
    week = weekly(rhythm.day, rhythm.time, zone, desk.now)
    if week is not None and desk.governance is not None:
        _owe(front, week, zone, desk.now, place=desk.governance)
    month = monthly(rhythm.day, rhythm.time, Calendar(zone, desk.organisation.country), desk.now)
    leads = tuple(sorted(desk.roles.get(LEAD, ())))
    if month is not None and leads:
        _owe(front, month, zone, desk.now, people=leads)


def _owe(
    front: Front, due: Due, zone: str, now: datetime, *, place: str = "", people: tuple[str, ...] = ()
) -> None:
    """Adding up a large register takes its time, so it is done before the write, for which others would wait."""
    with front.office.store.read() as session:
        if not digested.is_open(session, due):
            return
        embedded = front.office.library.catalogue.embedded
        monthly = due.kind == "month"
        found = figures(session, due.since, now, zone=zone, monthly=monthly, embedded=embedded)
    made = digest(found, due.kind)
    with front.office.store.write() as session:
        owed = digested.owe(session, due, made, place=place, people=people, now=now)
    if owed:
        front.wake()


def draw(front: Front, owed: Owed) -> Message | None:
    """Figures of the moment in which it was owed; what can be opened, as it is now. A file says nothing itself."""
    words = _words(front)
    if owed.payload["say"] == digested.FILE:
        return Message(text=words.label("digest.file")) if owed.kind == "upload" else None
    made = _made(owed)
    refs = [each.ref for each in made.things if each.ref]
    with front.office.store.read() as session:
        uses = {ref: id for ref in refs if (id := digested.use_of(session, ref))}
    picture = str(owed.payload.get("picture") or "")
    return digest_message(words, front.office.library.wording, made, picture=picture, uses=uses)


def picture(front: Front, owed: Owed) -> Made:
    """Without bytes where there is nothing to draw, or no way to: the words say all."""
    words, made = _words(front), _made(owed)
    said = plain(digesting.page(words, front.office.library.wording, made)["picture"])
    rows, content = digesting.rows(words, made.figures.stock.counts), b""
    try:
        if rows:
            content = charting.picture(charting.svg(rows, digesting.legend(words), said, inline=False))
    except Exception:
        log.exception("A picture could not be drawn", extra={"owed": owed.id})
    return Made(f"{_name(made)}.png", content, said)


def file(front: Front, owed: Owed) -> Made:
    made = _made(owed)
    text = as_html(_words(front), front.office.library.wording, made)
    return Made(f"{_name(made)}.html", text.encode())


def _made(owed: Owed) -> Digest:
    return Digest.model_validate(owed.payload["digest"])


def _words(front: Front) -> Words:
    """In the zone of the channel."""
    zone = front.office.config.digest.zone
    return speaking(front.words.language, zone) if zone else front.words


def _name(made: Digest) -> str:
    return f"ai-register-{made.kind}-{made.figures.at:%Y-%m-%d}"
