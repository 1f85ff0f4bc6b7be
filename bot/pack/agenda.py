"""The calendar in a pack: a picture, what was skipped, what comes and what was done; in short for the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot import agenda
from bot.icsfile import ics
from bot.pack.container import Container
from bot.pack.gaps import Gap
from bot.pack.papers import Papers
from bot.pack.sections import Bars, Cell, Section, Sheet, Table, table
from bot.pack.using import Named, who
from bot.words import Words
from triage.aims.agenda import LANES, Dated, State

if TYPE_CHECKING:
    from bot.pack.make import Wanted

PAGE = "calendar.html"
STATES: tuple[State, ...] = ("late", "ahead", "done")
OF_ITSELF = frozenset(
    {
        *("milestone", "stage", "audit_begins", "audit_report", "review_next"),
        *("programme_ends", "objective_due", "certificate_ends"),
    }
)
"""What no other kind of gap tells."""
FEW = 5


def put(
    found: Iterable[Dated], wanted: Wanted, papers: Papers, container: Container, words: Words, people: Named
) -> tuple[Dated, ...]:
    """Into its table and the file for calendar programs; as it is returned, the pages show it, too."""
    every = tuple(agenda.come(found, wanted.day))
    with papers.table("calendar", agenda.COLUMNS) as put:
        for each in every:
            put(agenda.plain(each))
    container.put("calendar.ics", ics(words, every, wanted.at, lambda one: who(people, one)))
    return every


def gaps(found: Iterable[Dated], words: Words) -> Iterator[Gap]:
    for each in found:
        if each.state == "late" and each.what in OF_ITSELF:
            yield Gap("skipped", each.ref, agenda.what(words, each), each.day.isoformat(), PAGE)


def sheet(found: Sequence[Dated], today: date, words: Words, people: Named) -> Sheet:
    sections = [
        Section("picture", words.label("pack.calendar.picture"), (), (_picture(found, today, words),))
    ]
    for state in STATES:
        rows = [_row(each, words, people) for each in agenda.of(found, state)]
        says = () if rows else (words.label("pack.none"),)
        heads = words.label("pack.calendar.heads").split(" | ")
        title = words.label(f"pack.calendar.{state}")
        sections.append(Section(state, title, says, (table(heads, rows),) if rows else ()))
    links = (Cell(words.label("pack.index"), "index.html"), Cell("calendar.ics", "calendar.ics"))
    return Sheet(
        PAGE, words.label("pack.calendar.title"), (words.label("pack.calendar.says"),), tuple(sections), links
    )


def _picture(found: Sequence[Dated], today: date, words: Words) -> Bars:
    """The rows say the same where nothing can be drawn."""
    counts = tuple(
        (
            words.label(f"agenda.lane.{lane}"),
            tuple(sum(each.lane == lane and each.state == state for each in found) for state in STATES),
        )
        for lane in LANES
    )
    legend = tuple(words.label(f"agenda.is.{state}") for state in STATES)
    return Bars(agenda.picture(words, found, today), legend, counts)


def _row(each: Dated, words: Words, people: Named) -> tuple[str | Cell, ...]:
    whom = who(people, each.person) if each.person else ""
    role = words.label(f"role_name.{each.role}") if each.role and not whom else ""
    nobody = each.model_copy(update={"person": "", "role": ""})
    more = "; ".join(agenda.more(words, nobody))
    ref = Cell(each.ref, f"system.html#{each.ref}")
    return (each.day.isoformat(), agenda.what(words, each), ref, whom or role, more)


def in_short(found: Sequence[Dated], words: Words) -> Section:
    """What was skipped is among the gaps; here is how many, and what comes next."""
    late, ahead = agenda.of(found, "late"), agenda.of(found, "ahead")
    rows = [
        (each.day.isoformat(), agenda.what(words, each), Cell(each.ref, f"system.html#{each.ref}"))
        for each in [one for one in ahead if not one.early][:FEW]
    ]
    own = sum(each.what in OF_ITSELF for each in late)
    counts = {"late": len(late), "own": own, "others": len(late) - own, "ahead": len(ahead)}
    says = (words.label("pack.calendar.counts", **counts),)
    blocks: list[Table] = [table(words.label("pack.calendar.next").split(" | "), rows)] if rows else []
    blocks.append(table((), ((Cell(words.label("pack.calendar.all"), PAGE),),)))
    return Section("calendar", words.label("pack.calendar.title"), says, tuple(blocks))
