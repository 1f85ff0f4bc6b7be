"""The report of an internal audit out of its entries, and its sample drawn again out of what was there then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from sqlmodel import Session, col, select

from store.aims_shown import shown
from store.auditing import STRICTEST, seed
from store.earlier import verdict_at
from store.entries import every_one
from store.records import USE
from store.tables import DecisionRow
from store.telling import told
from triage.aims.audited import AUDIT, NONCONFORMITY, Audited, audited
from triage.aims.auditing import Drawable, digest, drawn, weight
from triage.aims.entry import Entry

Same = Literal["same", "differs", "other_seed", "other_register", "not_drawn"]


class Again(NamedTuple):
    """`then`: out of how many it was drawn; `now`: how many can be drawn from for that moment today."""

    came_to: Same
    then: int = 0
    now: int = 0


def reports(session: Session, entries: Iterable[Entry], *, whole: bool = False) -> list[Audited]:
    """Of each audit among them, in the order of the references. `whole`: confidential uses by reference, too."""
    known = [each for each in entries if each.kind in (AUDIT, NONCONFORMITY)]
    known = known if whole else [shown(session, each) for each in known]
    found = [each for each in known if each.kind == NONCONFORMITY]
    made = (audited(each, found) for each in sorted(known, key=lambda one: one.ref))
    return [each for each in made if each is not None]


def again(session: Session, entry: Entry) -> Again:
    """Whether the recorded seed is the trail's, and draws the recorded sample out of what was there at that moment."""
    done = next((each for each in reversed(entry.done_now) if each.act == "drawn"), None)
    if done is None:
        return Again("not_drawn")
    size, then = (int(str(done.said.get(name, 0))) for name in ("size", "population"))
    found = population_at(session, done.at)
    about = (then, len(found))
    if done.said.get("seed") != seed(session, entry):
        return Again("other_seed", *about)
    if digest(found) != done.said.get("digest"):
        return Again("other_register", *about)
    is_same = drawn(found, str(done.said["seed"]), size) == done.said.get("sample")
    return Again("same" if is_same else "differs", *about)


def population_at(session: Session, at: datetime) -> tuple[Drawable, ...]:
    """What could be drawn then, by the trail: also what is confidential since, which is drawn from and not told."""
    decided = select(DecisionRow.subject_id).where(
        DecisionRow.subject_kind == USE, col(DecisionRow.decided_at) <= at
    )
    made, found_in = set(session.exec(decided).all()), set[str]()
    for each in every_one(session, at):
        said = each.said("from") if each.kind == NONCONFORMITY else None
        found_in.update(said if isinstance(said, tuple) else ())
    found = []
    for use, known in told(session, until=at).items():
        if use in made and known.ref and not known.columns.get("confidential"):
            verdict = verdict_at(session, use, at)
            tier = int(verdict.results["tier"].ceiling) if verdict is not None else STRICTEST
            found.append(Drawable(known.ref, weight(tier or STRICTEST, found_before=known.ref in found_in)))
    return tuple(sorted(found))
