"""Which risks of the library the rules name for the uses of the register, and which of those nobody has weighed yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

from intake.form import Form
from intake.value import Value
from triage.aims.entry import Entry
from triage.aims.risks import Known, weighing
from triage.current import current
from triage.lanes import side_by_side
from triage.organisation import complete
from triage.program import calling
from triage.rehearsing import AT_ONCE, Registered
from triage.rules import RuleBook

NAMED = 5


class Suggestion(Value):
    """`uses`: for how many it surely is one, `open` for how many it may be; `first`: references of some of them.

    `weighed`: the references of what the risk register has of it already.
    """

    risk: str
    uses: int
    open: int
    first: tuple[str, ...] = ()
    weighed: tuple[str, ...] = ()


class _Count:
    def __init__(self, known: Known, nodes: list[int]) -> None:
        self.known, self.nodes = known, nodes
        self.uses = self.open = 0
        self.first: list[str] = []

    def take(self, sure: list[int], possible: list[int], names: list[str]) -> None:
        """One name stays empty for a use that is not to be named."""
        surely = maybe = 0
        for node in self.nodes:
            surely |= sure[node]
            maybe |= possible[node]
        self.uses += surely.bit_count()
        self.open += (maybe & ~surely).bit_count()
        lanes = (names[lane] for lane in range(len(names)) if surely >> lane & 1)
        self.first += islice((name for name in lanes if name), NAMED - len(self.first))


def suggested(
    form: Form,
    book: RuleBook,
    uses: Iterable[Registered],
    risks: Iterable[Entry],
    unnamed: Collection[str] = (),
) -> tuple[Suggestion, ...]:
    """What concerns most first, of what concerns any; one pass in flat memory. `unnamed`: counted, and not named."""
    program = calling(form, book)
    counts = [_Count(known, _nodes(known, book, program.calls)) for known in weighing().library if known.by]
    remaining = iter(uses)
    while some := list(islice(remaining, AT_ONCE)):
        cases = [(current(form, use.answers), complete(use.stated)) for use in some]
        sure, possible = program.run(side_by_side(program.leaves, cases), (1 << len(cases)) - 1)
        names = ["" if use.name in unnamed else use.name for use in some]
        for each in counts:
            each.take(sure, possible, names)
    weighed = list(risks)
    found = [
        Suggestion(
            risk=each.known.id,
            uses=each.uses,
            open=each.open,
            first=tuple(each.first),
            weighed=tuple(entry.ref for entry in weighed if entry.said("library") == each.known.id),
        )
        for each in counts
        if each.uses or each.open
    ]
    return tuple(sorted(found, key=lambda each: (-each.uses, -each.open, each.risk)))


def _nodes(known: Known, book: RuleBook, calls: dict[str, int]) -> list[int]:
    by = set(known.by)
    return [
        calls[call.id] for call in book.calls() if any(by & set(things) for things in call.things.values())
    ]
