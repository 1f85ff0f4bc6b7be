"""The report of an internal audit out of its entries, and its sample drawn again out of what was there then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from sqlmodel import Session

from store.aims_shown import shown
from store.auditing import population, seed
from triage.aims.audited import AUDIT, NONCONFORMITY, Audited, audited
from triage.aims.auditing import Drawable, digest, drawn
from triage.aims.entry import Entry

Same = Literal["same", "differs", "other_seed", "other_register", "not_drawn"]


class Again(NamedTuple):
    """`then`: out of how many it was drawn; `now`: how many the trail tells of today for that moment."""

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
    """Whether the recorded seed is the trail's, and draws the recorded sample out of what was there with that yes."""
    done = next((each for each in reversed(entry.done_now) if each.act == "drawn"), None)
    if done is None:
        return Again("not_drawn")
    return compared(population(session, entry), seed(session, entry), done.said, done.said.get("sample"))


def compared(found: tuple[Drawable, ...], seed: str, said: Mapping[str, object], sample: object) -> Again:
    """What was recorded of a draw, held against what could be drawn then and the seed that the trail gives."""
    size, then = (int(str(said.get(name, 0))) for name in ("size", "population"))
    about = (then, len(found))
    if said.get("seed") != seed:
        return Again("other_seed", *about)
    if digest(found) != said.get("digest"):
        return Again("other_register", *about)
    return Again("same" if drawn(found, seed, size) == sample else "differs", *about)
