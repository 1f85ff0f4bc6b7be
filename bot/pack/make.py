"""Makes a pack out of one snapshot: pages go into the ZIP as uses go by, the rest waits on disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from bot.config import current
from bot.extract import Plain
from bot.library import library
from bot.pack import (
    agenda,
    aside,
    awareness,
    gaps,
    gapwords,
    incidents,
    index,
    lacking,
    laid,
    life,
    links,
    onpaper,
    risks,
    standing,
    suppliers,
    trained,
)
from bot.pack.attached import attach
from bot.pack.container import Container, growing
from bot.pack.gathered import Told, settings_of, trail_of
from bot.pack.pages import Register, drawn
from bot.pack.papers import Papers, workroom
from bot.pack.passing import Passing
from bot.pack.pdf import printed
from bot.pack.script import script
from bot.pack.sections import Sheet
from bot.pack.sheets import sheets
from bot.pack.tally import Tally
from bot.pack.using import who
from bot.pack.verify import contents
from bot.pack.workbook import Workbook
from bot.proof import prove
from bot.riskplan import Line, plan
from bot.snapshot import Snapshot
from bot.words import Words
from store import acknowledged, aims, assessments, audit, extract
from store import agenda as kept
from store import trained as store_trained
from store.incidents import every_one as every_incident
from store.sessions import Session
from store.suppliers import Supplies
from triage.aims.agenda import Dated
from triage.aims.covered import Covered
from triage.aims.entry import Entry
from triage.calendar import Calendar

GROWING = ".papers"
NAME = "steward-evidence-{day}.zip"


class Wanted(NamedTuple):
    """`day` and its last moment; `until`: that moment where something was recorded after it, else None.

    `whole`: confidential uses, too; `proof`: the register is held against its trail, as `steward verify` does.
    """

    day: date
    at: datetime
    until: datetime | None = None
    whole: bool = False
    names: bool = False
    proof: bool = True


class Made(NamedTuple):
    seal: str
    contents: str
    head: str
    lines: int
    uses: int
    gaps: int
    unreadable: tuple[str, ...]
    ok: bool


def to_wanted(session: Session, day: date, at: datetime, **more: bool) -> Wanted:
    """A day after which nothing was recorded is told from what is there, and not from what the trail says was."""
    return Wanted(day, at, None if audit.none_after(session, at) else at, **more)


def make(session: Session, path: Path, wanted: Wanted, *, tick: Callable[[], object] = lambda: None) -> Made:
    """`tick` is called for each use and each line of the trail. A failure leaves nothing behind."""
    with workroom(path.with_name(path.name + GROWING)) as room, growing(path) as container:
        return _Making(session, container, room, wanted, tick).make()


class _Making:
    def __init__(
        self, session: Session, container: Container, room: Path, wanted: Wanted, tick: Callable[[], object]
    ) -> None:
        self._session, self._container, self._wanted, self._tick = session, container, wanted, tick
        config = current(session)
        self._words, self._zone = Words(config.language, config.timezone), config.timezone
        self._people = {id: name or id for id, _, _, name in extract.names(session)} if wanted.names else {}
        self._workbook = Workbook(room / "book")
        self._folder = room / "papers"
        self._folder.mkdir(mode=0o700)
        self._papers = Papers(self._folder, self._workbook, tick)
        self._ranked = gapwords.Ranked(room / "gaps")
        self._stamp = self._words.label("pack.stamp", day=wanted.day.isoformat())

    def make(self) -> Made:
        session, wanted = self._session, self._wanted
        covered = aside.covered(self._session, self._wanted.at, self._zone)
        statement = aside.statement(self._session, covered, self._wanted.until, self._people, self._words)
        wordings = aside.wordings(self._session, self._container, self._wanted.until)
        with ExitStack() as stack:
            waiting = stack.enter_context(TemporaryFile(dir=self._folder.parent))
            lived = life.Lived(self._session, self._wanted.until, waiting)
            put_gap = stack.enter_context(self._papers.table("gaps", gapwords.COLUMNS))
            outside = links.Links(stack.enter_context(self._papers.table("links", links.COLUMNS)))
            self._papers.see = outside.look
            tally = Tally(self._ranked.put, library().catalogue.embedded)
            every = tuple(aims.every_one(self._session, self._wanted.until))
            supplies = Supplies(self._session, self._wanted.day, self._wanted.until)
            marks = aside.marks(self._session, every, self._people, self._papers, stack)
            register = Register(self._words, self._stamp, self._container.put, scoped=marks is not None)
            passing = Passing(
                self._words,
                self._people,
                self._wanted,
                tally,
                register,
                self._look,
                self._tick,
                known=every_incident(self._session, self._wanted.until),
                assessed=gaps.assessed_ones(every),
                supplies=supplies,
                marks=marks,
                lived=lived,
                files=aside.linked(wordings),
            )
            told = self._records(passing, lived)
            register.end()
            standing.put(covered, statement, self._papers, self._words)
            proof = prove(self._session) if self._wanted.proof else None
            trail = trail_of(self._folder / "audit.jsonl", told["head"])
            aside.put_draws(self._papers, self._session, every, self._wanted.until, whole=self._wanted.whole)
            entries = tuple(every if self._wanted.whole else assessments.veiled(self._session, every))
            planned = self._risks()
            dated = self._agenda(covered, entries, planned)
            settings = settings_of(session, wanted.until)
            versions = awareness.versions(acknowledged.every(session, wanted.until))
            trainings = trained.trained(store_trained.every(session, wanted.until), entries)
            listed = passing.incidents(self._session)
            incidents.put(listed, self._papers)
            held = tuple(supplies.every(passing.hangs))
            suppliers.put(held, self._papers)
            passing.beside(
                covered,
                statement.made if statement else None,
                entries,
                (
                    *(*agenda.gaps(dated, self._words), *risks.gaps(planned)),
                    *lacking.every(session, wanted, settings, entries, versions, trainings),
                ),
                trail.erased,
                told["unreadable"],
                proof,
            )
            self._ranked.write(put_gap, self._words)
        gathered = Told(
            day=wanted.day.isoformat(),
            zone=self._zone,
            uses=told["uses"],
            first_uses=tuple(register.first),
            tally=tally,
            trail=trail,
            texts={"written": told["texts"]["written"], **told["texts"]["left_out"]},
            settings=settings,
            incidents=listed,
            entries=entries,
            risks=planned,
            versions=versions,
            trainings=trainings,
            dated=dated,
            laid=tuple(laid.papers(session, entries, self._container, self._zone, self._words)),
            covered=covered,
            statement=statement,
            suppliers=held,
            scope=marks,
            outside=outside,
            tagged=aside.frameworks(session, wanted.until, self._people, self._papers),
            wordings=wordings,
            attached=attach(
                session,
                self._papers,
                self._container,
                self._folder,
                whole=wanted.whole,
                then=wanted.until is not None,
            ),
            proof=proof,
            whole=wanted.whole,
            named=wanted.names,
        )
        seal, digest = self._finish(gathered, told)
        many, unreadable = sum(tally.found.values()), tuple(told["unreadable"])
        ok = proof is None or proof.ok
        return Made(seal, digest, told["head"], told["audit_lines"], told["uses"], many, unreadable, ok)

    def _records(self, passing: Passing, lived: life.Lived) -> Plain:
        wanted, texts = self._wanted, lived.texts
        snapshot = Snapshot(
            self._papers, self._session, wanted.until, whole=wanted.whole, see=passing.see, texts=texts
        )
        return snapshot.write(with_names=wanted.names)

    def _look(self, sheet: Sheet) -> None:
        self._container.put(sheet.name, drawn(sheet, self._words, self._stamp))

    def _agenda(
        self, covered: tuple[Covered, ...], entries: tuple[Entry, ...], planned: tuple[Line, ...]
    ) -> tuple[Dated, ...]:
        of = (self._session, self._wanted.at, Calendar(self._zone), covered, entries)
        every = kept.dated(*of, stale=risks.stale(planned))
        return agenda.put(every, self._wanted, self._papers, self._container, self._words, self._people)

    def _risks(self) -> tuple[Line, ...]:
        wanted, people = self._wanted, self._people
        of = (self._session, self._words, wanted.day, wanted.until)
        return risks.put(plan(*of, lambda one: who(people, one), whole=wanted.whole), self._papers)

    def _finish(self, told: Told, records: Plain) -> tuple[str, str]:
        words, people, container = self._words, self._people, self._container
        for each in sheets(self._session, told, self._wanted.day, words, people):
            self._look(each)
        for name, file in self._papers.written():
            container.put_file(name, file)
        container.put_file("register.xlsx", self._workbook.close())
        container.put("verify.py", script().encode())
        page = index.sheet(told, words, people, contents(container.members))
        container.put(page.name, drawn(page, words, self._stamp))
        annexes = onpaper.annexes(told, words)
        container.put("evidence.pdf", printed(onpaper.for_paper(page), self._wanted.at, self._stamp, annexes))
        form = library().form
        return container.seal(
            {
                "format": 1,
                "as_of": told.day,
                "time_zone": told.zone,
                **{
                    name: records[name]
                    for name in ("uses", "decisions", "unreadable", "audit_lines", "head", "texts")
                },
                "gaps": dict(told.tally.found),
                "links": told.outside.count,
                "confidential": {"shown_whole": told.whole, "count": told.tally.confidential},
                "names": told.named,
                "attachments": {"written": len(told.attached.rows), "left_out": told.attached.left_out},
                "proof": {"ok": told.proof.ok, "found": str(told.proof)} if told.proof else None,
                "form": {"id": form.id, "version": form.version, "digest": form.digest},
            },
            self._folder,
        )
