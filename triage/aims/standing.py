"""How far the management system is set up: what stands, waits or is missing, in the order in which one would do it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from intake.value import Value
from triage.aims.decide import may_approve
from triage.aims.entry import Draft, Entry, wanted
from triage.aims.errands import CLOSED as CLOSED
from triage.aims.errands import errands
from triage.aims.kinds import Kind, kinds
from triage.desk import Desk
from triage.settling import LEAD

ORDER = (
    *("context", "issue", "party", "scope", "policy", "commitment", "duty", "objective", "appetite"),
    *("sector_pack", "document", "action"),
)
BESIDES = frozenset(("sector_pack", "document", "action"))
"""What an organisation may do without, so it counts for nothing in how far it is."""

WORK = (
    "risk",
    "portfolio_assessment",
    "nonconformity",
    "improvement",
    "expectation",
    "inquiry",
    "trust_pack",
    "system_paper",
    "planned_post",
    "telling",
    "programme",
    "audit",
    "access",
    "review_call",
    "management_review",
    "opportunity",
    "resource",
    "training",
    "competence",
    "tagged",
    "phase",
)
"""What is worked on from day to day once the set-up stands, in the order in which it is shown."""

LEADING = (LEAD, "risk_owner")
"""Who takes up what nobody asked for: the first of these roles that somebody holds."""

State = Literal["in_place", "waits", "missing"]


class Stood(Value):
    """One kind: its entries that count or wait, oldest first. `again`: something in it is to be looked at once more."""

    kind: Kind
    state: State
    entries: tuple[Entry, ...] = ()
    again: bool = False

    @property
    def counting(self) -> tuple[Entry, ...]:
        return tuple(each for each in self.entries if each.in_force is not None)

    @property
    def waiting(self) -> tuple[Entry, ...]:
        return tuple(each for each in self.entries if each.proposed is not None)


class Worked(Value):
    """Of one kind of the daily work: how much is still open, how much of that is late, how much waits for a yes.

    `ever`: how much there ever was, whatever became of it.
    """

    kind: str
    ever: int = 0
    still: int = 0
    late: int = 0
    waiting: int = 0


class Standing(Value):
    steps: tuple[Stood, ...]

    def count(self, state: State) -> int:
        return sum(each.state == state for each in self.needed)

    @property
    def needed(self) -> tuple[Stood, ...]:
        return tuple(each for each in self.steps if each.kind.id not in BESIDES)

    @property
    def waiting(self) -> tuple[Entry, ...]:
        return tuple(entry for each in self.steps for entry in each.waiting)


def standing(entries: Iterable[Entry], desk: Desk) -> Standing:
    """Of all kinds that belong to the set-up, whatever else is among them."""
    found: dict[str, list[Entry]] = {kind: [] for kind in ORDER}
    for entry in entries:
        if entry.kind in found and (entry.in_force is not None or entry.proposed is not None):
            found[entry.kind].append(entry)
    return Standing(steps=tuple(_stood(kinds()[kind], held, desk) for kind, held in found.items()))


def _stood(kind: Kind, entries: list[Entry], desk: Desk) -> Stood:
    counts = any(each.in_force is not None for each in entries)
    state: State = "in_place" if counts else "waits" if entries else "missing"
    again = any(_is_due_again(each, desk) for each in entries)
    return Stood(kind=kind, state=state, entries=tuple(entries), again=again)


def _is_due_again(entry: Entry, desk: Desk) -> bool:
    """Whether what counts has not been looked at for as long as its kind allows."""
    return any(each.kind == "renewal" and each.due <= desk.day for each in errands(entry, desk))


def approvers(entry: Entry, desk: Desk) -> tuple[str, ...]:
    """Who can say yes to what waits, as `decide` lets them: those of the first role before others."""
    held = dict.fromkeys(one for role in entry.of.approvers for one in sorted(desk.roles.get(role, ())))
    return tuple(one for one in held if may_approve(entry, one, desk))


def leading(desk: Desk) -> tuple[str, ...]:
    """Whoever leads; where nobody does who is there, those who answer for risks."""
    held = (sorted(desk.roles.get(role, ())) for role in LEADING)
    there = (tuple(one for one in each if not desk.staff(one).gone) for each in held)
    return next(filter(None, there), ())


def missing_yeses(draft: Draft, kind: Kind) -> int:
    return max(wanted(kind, draft.by, draft.number, guarded=draft.guarded) - len(draft.yeses), 0)
