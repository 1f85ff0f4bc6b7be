"""`/steward away until 14 December @somebody`, and `/steward back`: when nobody should wait for somebody."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from bot.slack import blocks as b
from bot.slack.colleagues import check_colleague
from bot.slack.days import read_day
from bot.slack.front import Front
from bot.slack.message import Message, message
from bot.slack.payloads import Call, Who
from bot.words import Words
from store import absences, asks
from store.records import load
from store.staff import given_to
from triage.aims.access import check_no_visitor
from triage.assigning import has_it
from triage.desk import Desk
from triage.outcome import Refused
from triage.roles import SEATED
from triage.staff import Away

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
SPAN = re.compile(r"(?:from (?P<since>.+?) )?(?:until|till|to|through) (?P<until>.+)", re.IGNORECASE)
FILLING = re.compile(r"\b(?:deputy|with|and|for me)\b|[,;]", re.IGNORECASE)
LONGEST = timedelta(days=366)
AT_ONCE = 50
"""Cards of what nobody has taken that name a deputy at once; the rest do when they are drawn again."""


class Wished(NamedTuple):
    since: date
    until: date
    deputy: str
    """Slack's id, or empty."""


def is_meant(front: Front, rest: str) -> bool:
    """Whether `away …` is about days; else it is the name of something, and a question."""
    said, today = _said(rest), front.office.now().date()
    return not said or SPAN.fullmatch(said) is not None or read_day(said, today, front.words) is not None


def away(front: Front, person: str, call: Call, rest: str) -> Message:
    """Without days it says what is known."""
    if front.directory.outsider(person):
        raise Refused("for_colleagues")
    desk = front.desk(actor=person)
    if not _said(rest):
        return _told(front, person, desk)
    wished = read_wished(rest, desk.calendar(person).day_of(desk.now), front.words)
    deputy = _deputy(front, person, wished.deputy)
    told = Away(wished.since, wished.until, deputy)
    _note(front, person, told, call, back=False)
    if deputy is not None:
        _tell(front, deputy, person, told, call, desk)
    return _told(front, person, front.desk(actor=person))


def back(front: Front, person: str, call: Call) -> Message:
    """From today on; what is not over yet ends the day before."""
    desk = front.desk(actor=person)
    known, today = _last(front, person), desk.calendar(person).day_of(desk.now)
    if known is None or known.until < today:
        raise Refused("not_away")
    yesterday = today - timedelta(days=1)
    over = replace(known, since=min(known.since, yesterday), until=yesterday)
    _note(front, person, over, call, back=True)
    return message(front.words, text := front.words.line("away.back"), [b.section(text)])


def read_wished(rest: str, today: date, words: Words) -> Wished:
    """Raises the refusal that says how to write it."""
    mentioned, said = MENTION.findall(rest), _said(rest)
    span = SPAN.fullmatch(said)
    first, last = (span["since"], span["until"]) if span else ("", said)
    since = read_day(first, today, words) if first else today
    until = read_day(last, since or today, words)
    if since is None or until is None or len(mentioned) > 1:
        raise Refused("which_days")
    if until < max(since, today) or until - since > LONGEST:
        raise Refused("days_over")
    return Wished(since, until, mentioned[0] if mentioned else "")


def _said(rest: str) -> str:
    return " ".join(FILLING.sub(" ", MENTION.sub(" ", rest)).split())


def _deputy(front: Front, person: str, user: str) -> str | None:
    if not user:
        return None
    deputy = front.person(Who(front.directory.team, user))
    if front.same(deputy, person) or user == front.directory.us():
        raise Refused("no_deputy", whom=deputy)
    try:
        check_colleague(front, front.directory.team, user, deputy, outside="no_deputy")
    except Refused as refusal:
        unclear = refusal.key == "reader_unclear"
        raise Refused("deputy_unclear" if unclear else "no_deputy", whom=deputy) from refusal
    return deputy


def _tell(front: Front, deputy: str, person: str, told: Away, call: Call, desk: Desk) -> None:
    """Whoever stands in hears of it at once, and what that means."""
    words, roles = front.words, passed_on(person, desk)
    facts = {"person": front.directory.mention(person)}
    days = {"since": words.day(told.since), "until": words.day(told.until)}
    listed = words.listed(words.line(f"role_name.{role}") for role in roles)
    text = words.line("away.named", **facts, **days, roles=listed) if roles else ""
    text = text or words.line("away.named_only", **facts, **days)
    front.tell(deputy, text, channel=None, key=f"deputy:{call.key}")


def passed_on(person: str, desk: Desk) -> tuple[str, ...]:
    """The roles that somebody's deputy decides in."""
    return tuple(
        role for role in SEATED if desk.deputies and role in desk.book.delegable & _held_by(person, desk)
    )


def _held_by(person: str, desk: Desk) -> frozenset[str]:
    return frozenset(role for role in desk.roles if desk.holds(person, role))


def _note(front: Front, person: str, told: Away, call: Call, *, back: bool) -> None:
    check_no_visitor(person, front.desk())
    now, before = front.office.now(), _last(front, person)
    front.once(f"away:{call.key}", lambda s: absences.note(s, person, told, back=back, now=now))
    front.staff.forget()
    deputies = {each.deputy for each in (told, before) if each and each.deputy}
    _redraw(front, person, deputies)


def _redraw(front: Front, person: str, deputies: Collection[str]) -> None:
    """The cards of what they and whoever stands in have say so at once, and those that are due first."""
    desk = front.desk()
    with front.office.store.read() as session:
        theirs = given_to(session, {person, *deputies})
        asked = [each.id for each in asks.queue(session, front.reader(person, desk), desk)[:AT_ONCE]]
    for id in dict.fromkeys((*theirs, *asked)):
        front.office.ledger.show_card(id, desk)
    front.wake()


def _held(front: Front, person: str, desk: Desk) -> list[str]:
    with front.office.store.read() as session:
        theirs = given_to(session, {person})
        cases = [case for id in theirs if (case := load(session, id)) is not None]
    return [case.id for case in cases if (held := has_it(case, desk)) is not None and held.person == person]


def _last(front: Front, person: str) -> Away | None:
    with front.office.store.read() as session:
        return absences.last(session, [person]).get(person)


def _told(front: Front, person: str, desk: Desk) -> Message:
    words, known, today = front.words, _last(front, person), desk.calendar(person).day_of(desk.now)
    if known is None or known.until < today:
        text = words.line("away.here")
    else:
        named = known.deputy or desk.staff(person).deputy
        has = len(_held(front, person, desk))
        text = words.page(
            "away",
            since=words.day(known.since) if known.since > today else "",
            until=words.day(known.until),
            deputy=front.directory.mention(named) if named else "",
            decides=bool(known.deputy and passed_on(person, desk)),
            has=has,
        )["line"]
    return message(words, text, [b.section(text)])
