"""The calendar as a file that calendar programs open (RFC 5545): what is ahead or was skipped, each a whole day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from bot.agenda import Name, as_is, more, what
from bot.words import Words
from triage.aims.agenda import Dated

OURS = "-//Steward//AI management system//EN"
DOMAIN = "steward.invalid"
"""No address of anybody: it only makes the names of events unlike those of others."""


def ics(words: Words, found: Sequence[Dated], stamp: datetime, name: Name = as_is) -> bytes:
    """`stamp`: when it was so; the same input gives the same bytes."""
    book = Calendar()
    book.add("prodid", OURS)
    book.add("version", "2.0")
    book.add("x-wr-calname", words.label("agenda.title"))
    for each in found:
        if each.state != "done":
            book.add_component(_event(words, each, stamp, name))
    return bytes(book.to_ical())


def _event(words: Words, each: Dated, stamp: datetime, name: Name) -> Event:
    """It takes no time of anybody's day, so nobody looks busy because of it."""
    event = Event()
    event.add("uid", f"{each.uid}@{DOMAIN}")
    event.add("dtstamp", stamp)
    event.add("dtstart", each.day)
    event.add("dtend", each.day + timedelta(days=1))
    event.add("summary", what(words, each))
    told = [each.ref, words.label(f"agenda.is.{each.state}"), *more(words, each, name)]
    event.add("description", "\n".join(told))
    event.add("transp", "TRANSPARENT")
    return event
