"""Uses, incidents and entries as they go by: each gets its page and its row, is counted, and its gaps are noted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bot.drafting import outside_words
from bot.library import library
from bot.pack import gaps, ofuse, onward, using
from bot.pack.gaps import Gap
from bot.pack.incidents import PAGE, Kept, clocks
from bot.pack.life import Lived
from bot.pack.pages import Register
from bot.pack.scope import Marks
from bot.pack.sections import Cell, Sheet
from bot.pack.tally import Tally
from bot.pack.using import Showing
from bot.proof import Proof
from bot.words import Words
from bot.written import Written
from store import suppliers
from store.earlier import verdict_at
from store.extract import Found
from store.records import load
from store.sessions import Session
from store.suppliers import Supplies, Used
from triage.aims.applied import Statement
from triage.aims.covered import Covered
from triage.aims.entry import Entry
from triage.aims.scoped import mark_of
from triage.calendar import Calendar
from triage.case import Case
from triage.incidents.incident import Incident
from triage.incidents.severity import severity_of

if TYPE_CHECKING:
    from bot.pack.make import Wanted

UNUSUAL = re.compile(r"[^A-Za-z0-9_-]")
"""What the name of a page cannot hold; references have none of it."""
NOTHING: Mapping[str, frozenset[str]] = MappingProxyType({})


class Passing:
    def __init__(
        self,
        words: Words,
        people: Mapping[str, str],
        wanted: Wanted,
        tally: Tally,
        register: Register,
        show: Callable[[Sheet], None],
        tick: Callable[[], object],
        known: Iterable[Incident] = (),
        assessed: Mapping[str, frozenset[str]] = NOTHING,
        supplies: Supplies | None = None,
        marks: Marks | None = None,
        lived: Lived | None = None,
        files: Mapping[str, Cell] = MappingProxyType({}),
    ) -> None:
        """`known`: all incidents by the day of the pack; `assessed`: by use, the forms that stand; `supplies`:
        what is held of suppliers; `marks`: of the scope, where one counted; `lived`: what became of uses; `files`: the
        wordings of the pack, by digest. `hangs`: as uses go by, how many approved ones hang on each tool.
        """
        self._words, self._people, self._wanted = words, people, wanted
        self._tally, self._register, self._show, self._tick = tally, register, show, tick
        shelf, roles = library(words.language), lived.texts.roles if lived else {}
        self._seen = Showing(words, shelf.wording, shelf.form, people, wanted.day, {}, files, roles)
        self._lived, self._drawn = lived, set[str]()
        self._known, self._assessed, self._supplies = tuple(known), assessed, supplies
        self._marks, self._calendar = marks, Calendar(words.zone)
        self.hangs: dict[str, Used] = {}
        self._about = defaultdict[str, list[Cell]](list)
        for each in self._known:
            if each.now.use and (wanted.whole or not each.confidential):
                self._about[each.now.use].append(Cell(each.ref, f"../{PAGE}#{each.ref}"))

    def see(self, found: Found, written: Written | None, hides: bool) -> None:
        self._tick()
        if found.case is None or written is None:
            return
        case, name = found.case, UNUSUAL.sub("-", found.name)
        self._tally.count(case)
        if hides:
            self._tally.confidential += 1
            self._register.add(self._row(case, Cell(name), written, hides=True))
            return
        href = f"uses/{name}.html"
        self._tally.look(case)
        held = self._supplies.of_case(case) if self._supplies else None
        if case.in_use:
            suppliers.hang(self.hangs, case)
        stand, at, day = self._assessed.get(case.id, frozenset()), self._wanted.at, self._wanted.day
        beside: dict[str, Any] = {"stand": stand, "supplier": held, "calendar": self._calendar}
        found_open = tuple(gaps.of_use(case, name, href, at, day, **beside))
        self._tally.take(found_open)
        self._register.add(self._row(case, Cell(name, href), written, hides=False))
        words, people, about = self._words, self._people, self._about.get(case.id, ())
        rows = onward.parts(case, written, found_open, about, words, people)
        mark = mark_of(self._marks.scope if self._marks else None, case)
        standing = (
            *onward.standing(case, words),
            *onward.scoped(mark, words),
            *onward.supplier(held, words),
        )
        many, lines = self._lived.of(case.id) if self._lived else (0, ())
        self._show(ofuse.sheet(case, name, written, self._seen, standing, rows, many, lines))
        if case.id in self._about:
            self._drawn.add(case.id)

    def _row(self, case: Case, name: Cell, written: Written, *, hides: bool) -> Sequence[str | Cell]:
        tier = using.level(self._words, "tier", (written.uses[0]["results"] or {}).get("tier"))
        if hides:
            return (name, self._words.label("pack.register.closed"), "", tier, "", "", *self._hidden())
        return (
            *(
                name,
                case.title or case.tool_name or case.words[:80],
                self._words.label(f"status.{case.status.value}"),
            ),
            *(tier, case.unit, using.who(self._people, case.owner)),
            *self._mark(case),
        )

    def _mark(self, case: Case) -> Iterator[str]:
        if self._marks is not None:
            yield self._words.label(f"scope.is.{self._marks.take(case)['scope']}")

    def _hidden(self) -> Iterator[str]:
        if self._marks is not None:
            self._marks.hidden += 1
            yield ""

    def incidents(self, session: Session) -> tuple[Kept, ...]:
        """A row of each; of one about a confidential use only that there is one."""
        return tuple(self._incident(session, each) for each in self._known)

    def _incident(self, session: Session, incident: Incident) -> Kept:
        severity, now = severity_of(incident), incident.now
        ends = dict.fromkeys(str(end) for end in (severity.floor, severity.ceiling))
        level, closed = "..".join(ends), self._words.label("pack.register.closed")
        if incident.confidential and not self._wanted.whole:
            return Kept((incident.ref, closed, "", level, "", ""), incident.ref)
        case = self._then(session, now.use) if now.use else None
        self._tally.take(gaps.of_incident(incident, case, self._wanted.at, self._wanted.day))
        reported = incident.steps[0].at.date().isoformat()
        kind, use = now.kind.value.replace("_", " "), (case.ref or "") if case else ""
        about = (kind, now.status.value, level, reported, use)
        cell = Cell(incident.ref, f"{PAGE}#{incident.ref}")
        running = clocks(incident, case, self._wanted.at)
        says = (outside_words(self._words, incident),)
        name = UNUSUAL.sub("-", use)
        link = Cell(name, f"uses/{name}.html") if now.use in self._drawn else use
        return Kept((cell, *about), incident.ref, tuple(filter(None, says)), running, incident, link)

    def _then(self, session: Session, use: str) -> Case | None:
        """With what was found about it by the day of the pack."""
        case, until = load(session, use), self._wanted.until
        if case is None or until is None:
            return case
        return case.model_copy(update={"verdict": verdict_at(session, use, until)})

    def beside(
        self,
        covered: Iterable[Covered],
        statement: Statement | None,
        entries: Iterable[Entry],
        beside: Iterable[Gap],
        erased: Iterable[Gap],
        unreadable: Iterable[str],
        proof: Proof | None,
    ) -> None:
        take = self._tally.take
        take(gaps.of_covered(covered))
        take(gaps.of_statement(statement))
        for entry in entries:
            take(gaps.of_entry(entry, self._wanted.day, self._calendar))
        take(beside)
        take(erased)
        take(Gap("unreadable", name) for name in unreadable)
        if proof is not None:
            take(Gap("records_differ", "", told) for told in (*proof.texts, *proof.records))
        if self._tally.confidential and not self._wanted.whole:
            take([Gap("hidden", "", str(self._tally.confidential), "", "register.html")])
