"""A register judged by two rule books side by side: what moves, which way, why, and which approvals would lapse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from intake.answers import Answers
from intake.form import Form
from intake.value import Value
from triage.case import Status
from triage.current import current
from triage.judge import bounds
from triage.lanes import Settings, side_by_side
from triage.organisation import complete
from triage.program import Program, Truths, compiled
from triage.rules import (
    NOT_DECIDED,
    PRACTICE_EXCEPTED,
    SIGNATURES,
    TIER_DECIDED,
    Level,
    ResultKind,
    RuleBook,
)
from triage.seating import seated
from triage.trace import Trace
from triage.verdict import Bounds, Seated

AT_ONCE = 500
"""Uses judged in one pass: more are hardly faster, and memory stays flat."""
STANDING = frozenset({Status.approved, Status.approved_with_conditions})


class Registered(Value):
    """A use as the register has it; `stated` is what its last verdict was told beside the answers."""

    name: str
    title: str
    status: Status
    answers: Answers
    stated: Settings
    confidential: bool = False


class Move(Value):
    """One use that comes out differently. `results`: before and after; `up`, `down`: a bound or a flag of it went so;
    where none moves, a seat (with another tier one seat takes the place of another, which loosens nothing).
    `seats_gained`: whose yes it needs then and not now, `role x2` where it needs that of so many more.

    `because`: rules that hold after and did not before (where only seats move, their ids); `no_longer`: the other way
    round. `lapses`: it is approved, and by the same facts a result is stricter than by the rules in force.
    """

    name: str
    title: str
    status: Status
    results: Mapping[str, tuple[Bounds, Bounds]]
    flags_gained: tuple[str, ...]
    flags_lost: tuple[str, ...]
    seats_gained: tuple[str, ...] = ()
    seats_lost: tuple[str, ...] = ()
    up: bool
    down: bool
    lapses: bool
    because: tuple[str, ...]
    no_longer: tuple[str, ...]


def rehearse(form: Form, old: RuleBook, new: RuleBook, uses: Iterable[Registered]) -> Iterator[Move]:
    """In their order; those that come out alike are left out. Nothing is changed."""
    before, after = compiled(form, old), compiled(form, new)
    same = new.signed_for <= old.signed_for
    stated_for = _as_it_is if same else _unsigned
    remaining = iter(uses)
    while some := list(islice(remaining, AT_ONCE)):
        cases = [(current(form, use.answers), complete(use.stated)) for use in some]
        told = _Judged(before, cases), _Judged(after, [(given, stated_for(s)) for given, s in cases])
        different = _different(*told)
        for lane, use in enumerate(some):
            if different >> lane & 1 and (move := _move(use, *told, lane)) is not None:
                yield move


def _as_it_is(stated: Settings) -> Settings:
    return complete(stated)


def _unsigned(stated: Settings) -> Settings:
    """What two people settled beside the rules holds for the rules that they settled it by."""
    unsigned = {**stated, TIER_DECIDED: NOT_DECIDED, PRACTICE_EXCEPTED: NOT_DECIDED}
    return {**unsigned, SIGNATURES: ("0",)} if SIGNATURES in stated else unsigned


class _Judged:
    """Many uses by one book, a lane for each."""

    def __init__(self, program: Program, cases: Sequence[tuple[Answers, Settings]]) -> None:
        self.program = program
        leaves = side_by_side(program.leaves, cases)
        self.everywhere = (1 << len(cases)) - 1
        self.truths: Truths = program.run(leaves, self.everywhere)

    def scales(self) -> dict[str, tuple[Level, ...]]:
        return {r.name: r.levels for r in self.program.book.results if r.kind is ResultKind.scale}

    def bounds(self, lane: int) -> dict[str, Bounds]:
        return bounds(self.program, self.truths, lane)

    def reached(self, result: str) -> dict[Level, tuple[int, int]]:
        """For each level the lanes in which it is sure, and in which it is possible."""
        sure, possible = self.truths
        steps = self.program.thresholds.get(result, ())
        return {level: (sure[node], possible[node]) for level, node in steps}

    def rules(self, lane: int) -> dict[str, tuple[str, Level]]:
        """Those that hold, and what each lifts to which level."""
        trace = Trace(self.program, self.truths, lane)
        holding = (rule for rule in self.program.book.rules() if trace.holds(self.program.rules[rule.id]))
        return {rule.id: (rule.result, rule.level) for rule in holding}

    def called_by(self, lane: int) -> dict[str, str]:
        """The ids of seats, and whom each calls."""
        return {id: seat.role for seat in self.seated(lane) for id in seat.by}

    def seated(self, lane: int) -> tuple[Seated, ...]:
        trace, nodes = Trace(self.program, self.truths, lane), self.program.seats
        return seated(seat for seat in self.program.book.seats() if not trace.excluded(nodes[seat.id]))

    def seats(self, lane: int) -> dict[str, int]:
        """In which roles so many have to say yes."""
        return {seat.role: seat.people for seat in self.seated(lane)}

    def calls(self) -> dict[tuple[str, str, int, tuple[str, ...]], int]:
        """For whoever's yes a seat says is needed, the lanes that may call it."""
        possible, nodes = self.truths.possible, self.program.seats
        found = ((seat, possible[nodes[seat.id]]) for seat in self.program.book.seats())
        return {(seat.id, seat.role, seat.people, seat.unless): lanes for seat, lanes in found}

    def flags(self, lane: int) -> set[str]:
        """Those that hold or still may."""
        trace = Trace(self.program, self.truths, lane)
        nodes = {name: self.program.thresholds[name][0].node for name in self.program.book.flags}
        return {name for name, node in nodes.items() if not trace.excluded(node)}


def _different(before: _Judged, after: _Judged) -> int:
    """The lanes in which any level of any result may come out differently: most uses need no second look."""
    if before.scales() != after.scales():
        return before.everywhere
    lanes = 0
    for name in before.program.thresholds.keys() | after.program.thresholds.keys():
        old, new = before.reached(name), after.reached(name)
        for level in old.keys() | new.keys():
            (sure, possible), (surely, possibly) = old.get(level, (0, 0)), new.get(level, (0, 0))
            lanes |= (sure ^ surely) | (possible ^ possibly)
    called, calling = before.calls(), after.calls()
    for seat in called.keys() | calling.keys():
        lanes |= called.get(seat, 0) ^ calling.get(seat, 0)
    return lanes


def _move(use: Registered, before: _Judged, after: _Judged, lane: int) -> Move | None:
    old, new = before.bounds(lane), after.bounds(lane)
    results = {name: (old[name], new[name]) for name in new if name in old and old[name] != new[name]}
    held, holding = before.flags(lane), after.flags(lane)
    asked, asking = before.seats(lane), after.seats(lane)
    more, fewer = _more(asking, asked), _more(asked, asking)
    by_seats = not results and held == holding
    if by_seats and asked == asking:
        return None
    ways = [directions(after.program.book, name, *pair) for name, pair in results.items()]
    stricter = any(up for up, _ in ways)
    rules_before: Mapping[str, object] = before.rules(lane)
    rules_after: Mapping[str, object] = after.rules(lane)
    if by_seats:
        rules_before, rules_after = before.called_by(lane), after.called_by(lane)
    return Move(
        name=use.name,
        title=use.title,
        status=use.status,
        results=results,
        flags_gained=tuple(sorted(holding - held)),
        flags_lost=tuple(sorted(held - holding)),
        seats_gained=more,
        seats_lost=fewer,
        up=stricter or bool(holding - held) or (by_seats and bool(more)),
        down=any(down for _, down in ways) or bool(held - holding) or (by_seats and bool(fewer)),
        lapses=stricter and use.status in STANDING,
        because=_only_in(rules_after, rules_before),
        no_longer=_only_in(rules_before, rules_after),
    )


def _more(some: Mapping[str, int], others: Mapping[str, int]) -> tuple[str, ...]:
    """Roles that are asked here and not there, or fewer people of them."""
    found = sorted((role, people) for role, people in some.items() if people > others.get(role, 0))
    return tuple(f"{role} x{people}" if people > 1 else role for role, people in found)


def _only_in(some: Mapping[str, object], others: Mapping[str, object]) -> tuple[str, ...]:
    """A rule that lifts further than before counts as another one."""
    return tuple(sorted(id_ for id_, lifts in some.items() if others.get(id_) != lifts))


def directions(book: RuleBook, result: str, old: Bounds, new: Bounds) -> tuple[bool, bool]:
    """Whether either bound went up, and whether either went down; from a level that is no more it may be either."""
    levels = next(r.levels for r in book.results if r.name == result and r.kind is ResultKind.scale)
    pairs = [(was, now) for was, now in ((old.floor, new.floor), (old.ceiling, new.ceiling)) if was != now]
    up = any(was not in levels or levels.index(was) < levels.index(now) for was, now in pairs)
    down = any(was not in levels or levels.index(was) > levels.index(now) for was, now in pairs)
    return up, down
