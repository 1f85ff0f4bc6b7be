"""What a digest counts: sums over the register, none of which is about a person."""

from __future__ import annotations

from datetime import date, datetime

from intake.value import Value


class Count(Value):
    """`tier`: the strictest one that is still possible; 0 where nothing was judged yet.

    `open`: of these, those of which every tier is still possible, as nothing that tells is answered.
    """

    state: str
    tier: int
    uses: int
    open: int = 0


class Flow(Value):
    """`came_in`: handed in by colleagues; `imported`: taken in from an inventory; `again`: decided once more."""

    came_in: int = 0
    imported: int = 0
    approved: int = 0
    approved_with_conditions: int = 0
    declined: int = 0
    by_pattern: int = 0
    again: int = 0

    @property
    def decided(self) -> int:
        """By people."""
        return self.approved + self.approved_with_conditions + self.declined


class Stock(Value):
    """At one moment: what stands in the register, waits, is overdue, and may be used.

    `unclaimed`: of what is only on record, that which nobody has taken up.
    """

    counts: tuple[Count, ...] = ()
    overdue: int = 0
    unclaimed: int = 0

    def of(self, *states: str) -> int:
        return sum(each.uses for each in self.counts if each.state in states)

    @property
    def uses(self) -> int:
        return sum(each.uses for each in self.counts)


class Speed(Value):
    """Hours from handing in to the first decision, nights and weekends included: of half of them, of nine in ten."""

    uses: int = 0
    half: int = 0
    most: int = 0


class Queue(Value):
    """How many overdue requests wait for a role; one may wait for several."""

    role: str
    uses: int


class Lack(Value):
    """So many uses lack a fact: a question of the form, or a column of the register."""

    fact: str
    uses: int


class LawDate(Value):
    """From `day` on the law asks `duties` of so many uses; some of them still lack facts."""

    day: date
    duties: tuple[str, ...]
    uses: int
    incomplete: int = 0
    missing: tuple[Lack, ...] = ()


class Bound(Value):
    """Conditions with a day that nobody has handed anything in for. `oldest`: the reference of the one longest over."""

    due: int = 0
    overdue: int = 0
    oldest: str = ""


class Reviews(Value):
    due: int = 0
    overdue: int = 0


class Incidents(Value):
    """`clocks`: deadlines that run; `soon`: those that end within two days; `missed`: those that went by and wait.

    `fell_missed`: those that fell due in the time and were missed, whatever became of them and of their incident since.
    `marks`: of those that are open, by what they may mean for the organisation; nothing of what is confidential.
    """

    open: int = 0
    reported: int = 0
    clocks: int = 0
    soon: int = 0
    missed: int = 0
    fell_missed: int = 0
    marks: tuple[tuple[str, int], ...] = ()


class Sighted(Value):
    """AI that lists of other systems showed: `tools`, in so many `teams`; `new`: a tool in a team for the first time.

    `waiting`: teams that were asked and have not said whether it is theirs; `dismissed`: what turned out to be over.
    """

    tools: int = 0
    teams: int = 0
    new: int = 0
    waiting: int = 0
    dismissed: int = 0


class Suppliers(Value):
    """`tool`: the one that most approved uses hang on, `uses` of them, where that is many.

    `ending`: assessments and documents that end within thirty days; `ended`: those that are over. `untried`: approved
    uses of which the work was not done without them, as a try, within a year.
    """

    tool: str = ""
    uses: int = 0
    ending: int = 0
    ended: int = 0
    untried: int = 0


class PhaseTold(Value):
    title: str
    since: date
    begun: bool


class RollOut(Value):
    """`recorded`: how many uses are only recorded, as their phase has not begun or they have not come up yet."""

    phases: tuple[PhaseTold, ...]
    recorded: int


class Watched(Value):
    """What was read of uses in use in the time that the digest is about."""

    readings: int = 0
    past_limit: int = 0
    without_value: int = 0


class Reached(Value):
    """What an objective counts, by its measure: at the end of the time, and before it began."""

    measure: str
    part: int = 0
    whole: int = 0
    part_before: int = 0
    whole_before: int = 0


class Share(Value):
    """So many uses are of a kind."""

    kind: str
    uses: int


class Benefits(Value):
    """Of the approved uses from medium risk on, of so many somebody said what gets better by them."""

    uses: int = 0
    named: int = 0


class Management(Value):
    """What only a review by management asks for, in the time that the digest is about.

    `origins`, `parts`: at its end, of all that is not over, where their AI comes from and what it does.
    `in_place`: of so many `points`, clauses and controls that apply; `skipped`: in the calendar, as of its end.
    `worked`, `failed`: actions whose effect was looked at; `unchecked`: those that are done and wait for that.
    `trained`: of all `trainings` that people need, each of each person, those that are done and hold. `bare`: of the
    `grave` risks, high or worse, those with neither a control nor an acceptance that holds.
    `exposed`: of the risks that count, by what they may mean for the organisation.
    """

    rules_changed: int = 0
    settings_changed: int = 0
    reports: int = 0
    unmet: int = 0
    misfits: int = 0
    watched: Watched = Watched()
    origins: tuple[Share, ...] = ()
    parts: tuple[Share, ...] = ()
    benefits: Benefits = Benefits()
    in_place: int = 0
    in_place_before: int = 0
    points: int = 0
    skipped: int = 0
    objectives: tuple[Reached, ...] = ()
    worked: int = 0
    failed: int = 0
    unchecked: int = 0
    trained: int = 0
    trainings: int = 0
    bare: int = 0
    grave: int = 0
    exposed: tuple[tuple[str, int], ...] = ()


class Figures(Value):
    """From `since` to `at`; `then` and `before` are the same a span earlier, to compare with.

    `in_use`: approved uses, of which `lacks` says which facts they lack. `oldest`: the reference of the request that
    is longest overdue; like every reference here, never that of a confidential use.
    """

    since: datetime
    at: datetime
    flow: Flow = Flow()
    before: Flow = Flow()
    stock: Stock = Stock()
    then: Stock = Stock()
    speed: Speed = Speed()
    speed_before: Speed = Speed()
    queues: tuple[Queue, ...] = ()
    oldest: str = ""
    in_use: int = 0
    lacks: tuple[Lack, ...] = ()
    law: tuple[LawDate, ...] = ()
    conditions: Bound = Bound()
    reviews: Reviews | None = None
    incidents: Incidents | None = None
    sighted: Sighted | None = None
    suppliers: Suppliers | None = None
    roll_out: RollOut | None = None
    management: Management | None = None
