"""Uses of an audit's sample to choose among, where somebody says what they saw; nobody types what was drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.markup import one_line
from bot.slack import blocks as b
from bot.slack.front import Front
from bot.slack.sampling import is_drawing
from bot.slack.screens.entrywords import named
from store import aims, queries
from triage.aims.auditing import DROPPED, LOOKED, findings, sampled, seen
from triage.aims.entry import Entry
from triage.aims.kinds import Act
from triage.desk import Desk
from triage.register import Entry as Registered

USES, SHOWN = "uses", 12
Offers = Mapping[str, Sequence[b.Block]]
"""By field, what can be chosen there."""


def offers(front: Front, entry: Entry, act: Act, person: str, desk: Desk) -> Offers:
    """None where nothing of it may be read: it is typed then. No sample is larger than a menu."""
    if entry.kind != "audit" or act.id not in (LOOKED, DROPPED):
        return {}
    reader = front.reader(person, desk)
    with front.office.store.read() as session:
        known = aims.load(session, entry.id)
        if known is None:
            return {}
        said = seen(known)
        refs = sampled(known) if act.id == LOOKED else tuple(each.use for each in findings(known))
        found = [each for ref in refs if (each := queries.entry(session, reader, ref)) is not None]
    options = [_option(front, use, looked=use.ref in said and act.id == LOOKED) for use in found]
    return {USES: options} if options else {}


def told(front: Front, entry: Entry, act: Act, person: str, desk: Desk) -> str:
    """Which were drawn, and what comes next; nothing of other acts."""
    if not is_drawing(entry.kind, act.id):
        return ""
    reader = front.reader(person, desk)
    with front.office.store.read() as session:
        found = [each for ref in sampled(entry) if (each := queries.entry(session, reader, ref)) is not None]
    names = [f"{each.ref} ({one_line(each.tool_name)})" for each in found[:SHOWN]]
    names += [front.words.label("aims.more_of_them", count=len(found) - SHOWN)] if len(found) > SHOWN else []
    what = named(front.words, entry)
    return front.words.line("aims.after.drawn", count=len(found), what=what, uses=", ".join(names))


def _option(front: Front, use: Registered, *, looked: bool) -> b.Block:
    words = front.words
    what = one_line(use.title or use.tool_name) or words.label("entry.untitled")
    drawn = b.option(f"{use.ref} {what}", use.ref or "")
    note = b.plain(words.label("aims.looked_at"), b.OPTION)
    return drawn | ({"description": note} if looked else {})
