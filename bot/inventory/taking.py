"""Takes an inventory in, some rows at a time, and counts what is new, the same, changed or refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from bot.inventory.disclosure import Refusal, to_disclose, with_key
from bot.inventory.lines import Bad, Row
from bot.inventory.mapping import Map
from bot.office import Office
from intake.catalogue import Catalogue
from store.errors import Absent
from store.inventory import disclosed
from store.offers import look_through
from triage.case import Case
from triage.commands import Disclose
from triage.submission import disclose

ROWS_AT_ONCE = 50
"""In one transaction: short enough that a click does not wait for long."""


class Wish(NamedTuple):
    line: int
    command: Disclose


class Taking:
    """One import. `refused` is told the line and why; `went_on` the bytes that are done."""

    def __init__(
        self,
        plan: Map,
        catalogue: Catalogue,
        *,
        refused: Callable[[int, str], None],
        went_on: Callable[[int], object] = lambda size: None,
    ) -> None:
        self._plan, self._catalogue = plan, catalogue
        self._refused, self._went_on = refused, went_on
        self._lines: dict[str, int] = {}
        self.counts: Counter[str] = Counter()
        self.strange: Counter[tuple[str, str]] = Counter()

    def take(self, rows: Iterable[Row | Bad], office: Office, *, dry: bool = False) -> None:
        """Rows that were stored stay stored, whatever happens later: importing again goes on from there."""
        wishes = self._wishes(rows)
        while batch := list(islice(wishes, ROWS_AT_ONCE)):
            self._settle(batch, office, dry=dry)
        if self.counts["new"] and not dry:
            with office.store.write() as session:
                look_through(session, office.now())

    def summary(self) -> str:
        kinds = ("new", "same", "changed", "refused")
        return ", ".join([f"read {self.counts.total()}", *(f"{kind} {self.counts[kind]}" for kind in kinds)])

    def _wishes(self, rows: Iterable[Row | Bad]) -> Iterator[Wish]:
        for row in rows:
            try:
                yield Wish(row.line, self._wish(row))
            except Refusal as refusal:
                self.counts["refused"] += 1
                self._refused(row.line, str(refusal))
            self._went_on(row.size)

    def _wish(self, row: Row | Bad) -> Disclose:
        if isinstance(row, Bad):
            raise Refusal(row.problem)
        command = to_disclose(row.cells, self._plan, self._catalogue, strange=self._note)
        first = self._lines.setdefault(command.source_id, row.line)
        if first != row.line:
            raise Refusal(f"`{self._plan.id}` {command.source_id} stands in line {first} already")
        return command

    def _note(self, column: str, cell: str) -> None:
        self.strange[column, cell] += 1

    def _settle(self, batch: list[Wish], office: Office, *, dry: bool) -> None:
        known = self._known(batch, office)
        todo, kinds = [], Counter[str]()
        for _, command in batch:
            case = known.get(command.source_id)
            kind = _kind(case, command, office)
            kinds[kind] += 1
            if kind != "same":
                todo.append(with_key(command, case.version if case else 0))
        if todo and not dry:
            office.ledger.execute_many(todo, office.desk({}))
        self.counts += kinds  # only now: what could not be stored did not go in

    def _known(self, batch: list[Wish], office: Office) -> dict[str, Case]:
        try:
            with office.store.read() as session:
                return disclosed(session, self._plan.name, [wish.command.source_id for wish in batch])
        except Absent:  # a trial run before there is a database
            return {}


def _kind(known: Case | None, command: Disclose, office: Office) -> str:
    if known is None:
        return "new"
    return "same" if disclose(known, command, office.desk({})).case == known else "changed"
