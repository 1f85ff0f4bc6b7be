"""How often each flag and rule holds over a register, and on what: whether a flag is worth reading."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from intake.form import Form
from intake.value import Value
from triage.current import current
from triage.lanes import side_by_side
from triage.organisation import complete
from triage.program import compiled
from triage.rehearsing import AT_ONCE, Registered
from triage.rules import RuleBook

NAMED = 3


class Tally(Value):
    """A flag or rule: in how many uses it surely holds, in how many it may, and the first of those where it holds."""

    id: str
    holds: int
    open: int
    first: tuple[str, ...]


class Tallied(Value):
    uses: int
    flags: tuple[Tally, ...]
    rules: tuple[Tally, ...]


class _Count:
    def __init__(self, id_: str, node: int) -> None:
        self.id, self.node = id_, node
        self.holds = self.open = 0
        self.first: list[str] = []

    def take(self, sure: int, possible: int, names: list[str]) -> None:
        self.holds += sure.bit_count()
        self.open += (possible & ~sure).bit_count()
        lanes = (lane for lane in range(len(names)) if sure >> lane & 1)
        self.first += [names[lane] for lane in islice(lanes, NAMED - len(self.first))]

    def tally(self) -> Tally:
        return Tally(id=self.id, holds=self.holds, open=self.open, first=tuple(self.first))


def tally(form: Form, book: RuleBook, uses: Iterable[Registered]) -> Tallied:
    """One pass, in flat memory."""
    program = compiled(form, book)
    flags = [_Count(name, program.thresholds[name][0].node) for name in book.flags]
    rules = [_Count(id_, node) for id_, node in program.rules.items()]
    remaining, total = iter(uses), 0
    while some := list(islice(remaining, AT_ONCE)):
        cases = [(current(form, use.answers), complete(use.stated)) for use in some]
        sure, possible = program.run(side_by_side(program.leaves, cases), (1 << len(cases)) - 1)
        names = [f"{use.name} {use.title}".strip() for use in some]
        for each in (*flags, *rules):
            each.take(sure[each.node], possible[each.node], names)
        total += len(some)
    return Tallied(
        uses=total,
        flags=tuple(each.tally() for each in flags),
        rules=tuple(each.tally() for each in rules),
    )
