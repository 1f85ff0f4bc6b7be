"""Uses, incidents and entries as they go by: each gets its page and its row, is counted, and its gaps are noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.library import library
from bot.pack import gaps, using
from bot.pack.gaps import Gap
from bot.pack.pages import Register
from bot.pack.sections import Cell, Sheet
from bot.pack.tally import Tally
from bot.proof import Proof
from bot.words import Words
from bot.written import Written
from store import incidents
from store.extract import Found
from store.records import load
from store.sessions import Session
from triage.aims.applied import Statement
from triage.aims.covered import Covered
from triage.aims.entry import Entry
from triage.calendar import Calendar
from triage.case import Case
from triage.incidents.incident import Incident
from triage.incidents.severity import severity_of

if TYPE_CHECKING:
    from bot.pack.make import Wanted

UNUSUAL = re.compile(r"[^A-Za-z0-9_-]")
"""What the name of a page cannot hold; references have none of it."""


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
    ) -> None:
        self._words, self._people, self._wanted = words, people, wanted
        self._tally, self._register, self._show, self._tick = tally, register, show, tick
        self._wording = library(words.language).wording

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
        self._tally.take(gaps.of_use(case, name, href, self._wanted.at, self._wanted.day))
        self._register.add(self._row(case, Cell(name, href), written, hides=False))
        self._show(using.sheet(case, name, written, self._words, self._wording, self._people))

    def _row(self, case: Case, name: Cell, written: Written, *, hides: bool) -> Sequence[str | Cell]:
        tier = using.level(self._words, "tier", (written.uses[0]["results"] or {}).get("tier"))
        if hides:
            return (name, self._words.label("pack.register.closed"), "", tier, "", "")
        return (
            *(
                name,
                case.title or case.tool_name or case.words[:80],
                self._words.label(f"status.{case.status.value}"),
            ),
            *(tier, case.unit, using.who(self._people, case.owner)),
        )

    def incidents(self, session: Session) -> tuple[tuple[str, ...], ...]:
        """A row of each; of one about a confidential use only that there is one."""
        return tuple(
            self._incident(session, each) for each in incidents.every_one(session, self._wanted.until)
        )

    def _incident(self, session: Session, incident: Incident) -> tuple[str, ...]:
        severity, now = severity_of(incident), incident.now
        ends = dict.fromkeys(str(end) for end in (severity.floor, severity.ceiling))
        level, closed = "..".join(ends), self._words.label("pack.register.closed")
        if incident.confidential and not self._wanted.whole:
            return (incident.ref, closed, "", level, "", "")
        case = load(session, now.use) if now.use else None
        self._tally.take(gaps.of_incident(incident, case, self._wanted.at, self._wanted.day))
        reported = incident.steps[0].at.date().isoformat()
        kind, use = now.kind.value.replace("_", " "), (case.ref or "") if case else ""
        return (incident.ref, kind, now.status.value, level, reported, use)

    def beside(
        self,
        covered: Iterable[Covered],
        statement: Statement | None,
        entries: Iterable[Entry],
        erased: Iterable[Gap],
        unreadable: Iterable[str],
        proof: Proof | None,
    ) -> None:
        take = self._tally.take
        take(gaps.of_covered(covered))
        take(gaps.of_statement(statement))
        calendar = Calendar(self._words.zone)
        for entry in entries:
            take(gaps.of_entry(entry, self._wanted.day, calendar))
        take(erased)
        take(Gap("unreadable", name) for name in unreadable)
        if proof is not None:
            take(Gap("records_differ", "", told) for told in (*proof.texts, *proof.records))
        if self._tally.confidential and not self._wanted.whole:
            take([Gap("hidden", "", str(self._tally.confidential), "", "register.html")])
