"""What shows each clause and control, from counted records and from entries as they stood; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from triage.aims.audited import NONCONFORMITY
from triage.aims.covered import DOCUMENT, FAULT, LOOKED, ON_TIME, Covered, Standing
from triage.aims.entry import Entry, has_ended
from triage.aims.evidence import Acts, Approved, Plan, Rests
from triage.aims.tally import Counting, Named, Tally, evidence
from triage.expiring import after as months_after

CONTROL, STATEMENT, ACTION, CLOSED = "control", "applicability", "action", "closed"
OWNER = "owner"
BEGUN = ("begun", "done", "verified")
"""How far a control is when its decision says more than what shall be."""


def cover(
    plan: Plan,
    tallies: Mapping[str, Tally],
    entries: Iterable[Entry],
    day: date,
    hidden: Collection[str],
    behind: Collection[str] = (),
) -> tuple[Covered, ...]:
    """In the standard's order. `entries`: as they were then; `hidden`: references that are not named.

    `behind`: kinds with which somebody is late whom no entry names.
    """
    every = list(entries)
    held = [entry for entry in every if entry.in_force is not None]
    late = frozenset(entry.kind for entry in every if _is_late(entry, day)).union(behind)
    found = _counted(plan, tallies, held)
    looked = _looked_at(plan, held)
    faulted = {point for each in every if is_open(each) for point in _points(each, "points")}
    documents, actions, out = _documents(plan, held, day), _actions(held), _left_out(held)
    points = [
        _point(plan, rests, found, day, hidden, documents[name], late, looked.get(name), name in faulted)
        for name, rests in plan.rests.items()
    ]
    return tuple(
        each.model_copy(update={"actions": actions[each.point], "left_out": out.get(each.point, "")})
        for each in points
    )


def _point(
    plan: Plan,
    rests: Rests,
    found: Mapping[str, Tally],
    day: date,
    hidden: Collection[str],
    documents: tuple[str, ...],
    late: frozenset[str],
    looked: datetime | None,
    faulted: bool,
) -> Covered:
    since = months_after(day, -rests.months)
    known = [evidence(plan.sources[name], found.get(name, Tally()), since, hidden) for name in rests.shows]
    lives = [each.name for each in known if each.shows]
    short = [name for name in rests.needs if name not in lives]
    if rests.document and not documents:
        short.append(DOCUMENT)
    if lives and _is_own_word(plan, rests, lives, found, looked):
        short.append(LOOKED)
    if late & set(rests.on_time):
        short.append(ON_TIME)
    if lives and faulted:
        short.append(FAULT)
    standing: Standing = "operating" if lives else "document" if documents else "nothing"
    old = [each.newest for each in known if each.newest and not each.alone]
    return Covered(
        point=rests.point,
        standing=standing,
        evidence=tuple(each for each in known if each.count or each.older),
        documents=documents,
        missing=tuple(each.name for each in known if not each.count),
        short=tuple(short),
        until=months_after(max(old).date(), rests.months) if old and not lives else None,
        next=rests.next,
    )


def _is_own_word(
    plan: Plan, rests: Rests, lives: Sequence[str], found: Mapping[str, Tally], looked: datetime | None
) -> bool:
    """Whether it rests on what owners say of their own uses, and nobody else has `looked` at this point since."""
    own = [name for name in lives if plan.sources[name].by == OWNER]
    if not own or (len(own) < len(lives) and not set(own) & set(rests.needs)):
        return False
    said = [each.newest for name in own if (each := found[name]).newest is not None]
    return looked is None or looked < max(said)


def is_open(entry: Entry) -> bool:
    """A nonconformity that nobody has closed or taken back, confirmed or not: what a rule found is so until then."""
    return entry.kind == NONCONFORMITY and entry.state in ("proposed", "in_force") and entry.stage != CLOSED


def _looked_at(plan: Plan, held: Sequence[Entry]) -> Mapping[str, datetime]:
    """By point, when an audit held against it was over last; what it found there and is still open counts by itself."""
    found: dict[str, datetime] = {}
    for acts in filter(None, (plan.sources[name].acts for name in plan.looks)):
        for entry in held:
            for record in _done(entry, acts):
                for point in _points(entry, "criteria"):
                    found[point] = max(record.at, found.get(point, record.at))
    return found


def _points(entry: Entry, field: str) -> tuple[str, ...]:
    said = entry.said(field)
    return said if isinstance(said, tuple) else ()


def _is_late(entry: Entry, day: date) -> bool:
    """It waits past its day, whether somebody has confirmed it or not."""
    waits = entry.state in ("proposed", "in_force") and entry.stage != CLOSED
    return waits and entry.due is not None and entry.due < day


def _counted(plan: Plan, tallies: Mapping[str, Tally], held: Sequence[Entry]) -> Mapping[str, Tally]:
    """Also what was done with entries, and the yes that made some of them count."""
    counting = Counting(tallies)
    for source in plan.sources.values():
        records: list[Named] = []
        for entry in held:
            records += _done(entry, source.acts) if source.acts else ()
            records += _approved(entry, source.approved) if source.approved else ()
        for record in sorted(records, key=lambda each: (each.at, each.ref)):
            counting.take(source.id, record)
    return counting.tallies()


def _done(entry: Entry, wanted: Acts) -> Iterator[Named]:
    if entry.kind in wanted.kinds and (not wanted.names or set(wanted.names) & set(_points(entry, "points"))):
        for each in entry.done:
            if each.act in wanted.acts and each.by:
                yield Named(ref=entry.ref, place=entry.ref, at=each.at)


def _approved(entry: Entry, wanted: Approved) -> Iterator[Named]:
    counts = entry.in_force
    if entry.kind not in wanted.kinds or counts is None or not counts.yeses:
        return
    by_them = not wanted.by or any(each.role == wanted.by for each in counts.yeses)
    earlier = any(each.since is not None and each.number < counts.number for each in entry.drafts)
    if by_them and (earlier or not wanted.again):
        yield Named(ref=entry.ref, place=entry.ref, at=counts.yeses[-1].at)


def _documents(plan: Plan, held: Iterable[Entry], day: date) -> Mapping[str, tuple[str, ...]]:
    """What has ended documents nothing any more."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for entry in (each for each in held if not has_ended(each, day)):
        for point in _documented(plan, entry):
            found[point] = (*found[point], entry.ref)
    return found


def _documented(plan: Plan, entry: Entry) -> Iterator[str]:
    """The points that an entry documents."""
    if entry.kind in plan.plans:
        return
    named = _points(entry, "points") if entry.kind in plan.lists else ()
    if entry.kind == CONTROL and entry.said("applies") != "no" and entry.said("state") in BEGUN:
        named = (entry.name,)
    yield from dict.fromkeys((*entry.of.points, *named))


def _actions(held: Iterable[Entry]) -> Mapping[str, tuple[str, ...]]:
    """What is still open of it."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for entry in held:
        for point in _points(entry, "points") if entry.kind == ACTION and entry.stage != CLOSED else ():
            found[point] = (*found[point], entry.ref)
    return found


def _left_out(held: Sequence[Entry]) -> Mapping[str, str]:
    """Controls that do not apply: the decision, once a statement that came after it was approved."""
    approved = next((each.in_force for each in held if each.kind == STATEMENT), None)
    if approved is None or not approved.yeses or approved.since is None:
        return {}
    return {
        each.name: each.ref
        for each in held
        if each.kind == CONTROL
        and each.said("applies") == "no"
        and each.in_force is not None
        and each.in_force.since is not None
        and each.in_force.since <= approved.at
    }
