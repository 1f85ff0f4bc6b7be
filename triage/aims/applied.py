"""A row of the statement of applicability, what operation proposes of it, and what a decision rested on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Literal

from intake.value import Value
from triage.aims.covered import Covered

Applies = Literal["", "yes", "no", "partly"]
PROPOSED = "proposed"
"""Under which what was proposed stands among what a decision rested on."""


class Rest(Value):
    """What the law asks for, from which day, and where it says so."""

    what: str
    source: str
    since: date


class Why(Value):
    """A reason that holds, or may. `uses`: of so many, `refs` a few of them, none of which is confidential."""

    reason: str
    holds: bool = True
    uses: int = 0
    open: int = 0
    refs: tuple[str, ...] = ()
    tools: int = 0
    times: int = 0
    law: Rest | None = None

    @property
    def count(self) -> int:
        return self.uses or self.times

    @property
    def more(self) -> int:
        """Those that are counted only."""
        return self.count - len(self.refs)


class Proposal(Value):
    """`open`: reasons that do not hold, and may once more is known of some uses. `uses`: of so many in the register.

    `beside`: parts that the context says are played, beside which it may be needed all the same.
    """

    control: str
    applies: Applies = ""
    whys: tuple[Why, ...] = ()
    open: tuple[Why, ...] = ()
    uses: int = 0
    beside: tuple[str, ...] = ()

    @property
    def rests(self) -> tuple[str, ...]:
        """What a decision keeps of it, to tell later whether that changed."""
        return (f"{PROPOSED}={self.applies}", *(f"{each.reason}={each.count}" for each in self.whys))


class Moved(Value):
    """What a decision rested on and how it is now. `what`: a reason came, went, or holds for more or fewer uses."""

    what: Literal["came", "went", "count", "proposed"]
    reason: str = ""
    before: str = ""
    now: str = ""
    why: Why | None = None


def moved(rested: Iterable[str], proposal: Proposal, applies: str) -> Iterator[Moved]:
    """What speaks otherwise now. Of a yes it is enough that there is a use; a no and a partly rest on how many."""
    before = dict(each.partition("=")[::2] for each in rested)
    now = dict(each.partition("=")[::2] for each in proposal.rests)
    if not before:
        return
    known = {each.reason: each for each in proposal.whys}
    if before.get(PROPOSED) != now[PROPOSED]:
        yield Moved(what="proposed", before=before.get(PROPOSED, ""), now=now[PROPOSED])
    for reason in sorted(now.keys() - before.keys()):
        yield Moved(what="came", reason=reason, now=now[reason], why=known.get(reason))
    for reason in sorted(before.keys() - now.keys()):
        yield Moved(what="went", reason=reason, before=before[reason])
    for reason in sorted(before.keys() & now.keys() - {PROPOSED}):
        if applies != "yes" and before[reason] != now[reason]:
            yield Moved(
                what="count", reason=reason, before=before[reason], now=now[reason], why=known[reason]
            )


class Decided(Value):
    """What a named person decided of one control, and in which words. `left_out`: uses for which it does not apply."""

    applies: Applies
    because: str
    by: str
    role: str
    at: datetime
    version: int
    state: str = ""
    how: str = ""
    owner: str | None = None
    evidence: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    seen_on: date | None = None
    rests: tuple[str, ...] = ()


class Applied(Value):
    """A row. `own`: a control of the organisation's own. `moved`: what the decision rested on and is otherwise now.

    `decided` is None where nobody decided it yet: nobody's silence is a yes. `changed`: since the approved statement.
    """

    control: str
    title: str
    summary: str = ""
    group: str = ""
    own: bool = False
    ref: str = ""
    decided: Decided | None = None
    proposal: Proposal | None = None
    moved: tuple[Moved, ...] = ()
    covered: Covered | None = None
    changed: bool = False

    @property
    def stale(self) -> bool:
        return bool(self.moved)

    @property
    def applies(self) -> Applies:
        return self.decided.applies if self.decided is not None else ""


class Approved(Value):
    """One approved version: what each control was decided as, by its number."""

    number: int
    digest: str
    decided: Mapping[str, int]
    drafted_by: str
    approved_by: tuple[str, ...]
    at: datetime
    words: str = ""


class Statement(Value):
    """`digest`: over the decisions in all rows. `approved`: the last approved version; it counts while that is so.

    `waiting`: the digest that waits for somebody's yes.
    """

    rows: tuple[Applied, ...]
    digest: str
    approved: Approved | None = None
    waiting: str = ""

    @property
    def undecided(self) -> tuple[str, ...]:
        return tuple(row.control for row in self.rows if row.decided is None and not row.own)

    @property
    def stale(self) -> tuple[str, ...]:
        return tuple(row.control for row in self.rows if row.stale)

    @property
    def changed(self) -> tuple[str, ...]:
        """Since the approved version, also what is not there any more."""
        gone = set(self.approved.decided) - {row.control for row in self.rows} if self.approved else set()
        return (*(row.control for row in self.rows if row.changed), *sorted(gone))

    @property
    def is_approved(self) -> bool:
        """Whole, and as top management approved it."""
        return not self.undecided and self.approved is not None and self.approved.digest == self.digest

    def row(self, control: str) -> Applied | None:
        return next((row for row in self.rows if row.control == control), None)
