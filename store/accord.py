"""Whether the register says what the trail says: states and decisions, each row of a record, and the settings.

The trail proves only itself. Somebody who changes a record leaves it untouched; here the two are laid side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sqlmodel import Session

from store import (
    absences,
    acknowledged,
    aims_proof,
    beside,
    campaigns,
    comparing,
    delegated,
    discussion,
    employees,
    genuine,
    incident_proof,
    legible,
    model_proof,
    settings,
    sightings,
    trained,
)
from store.audit import ERASED, records
from store.content import RECORD
from store.legible import rows
from store.records import USE
from store.sheets import SHEET
from store.telling import Told, told

DECIDED = (
    "case.signed_off",
    "case.approved",
    "case.approved_with_conditions",
    "case.declined",
    "case.recorded",
)


BESIDE = {
    "a setting": settings,
    "the files of a form": genuine,
    "a tool": beside,
    "the people file": employees,
    "an absence": absences,
    "what somebody did in the place of another": delegated,
    "a message below a card": discussion,
    "an incident": incident_proof,
    "an entry of the management system": aims_proof,
    "who read a policy": acknowledged,
    "who did a training": trained,
    "what lists of other systems showed": sightings,
    "a campaign": campaigns,
    "an answer that a model suggested": model_proof,
}
"""What has its own way of being held against the trail, as docs/verify.md names it."""


class Compared(NamedTuple):
    """One sentence for each record that differs, and for each that nothing proves any more since an erasure."""

    differ: list[str]
    unproven: list[str]


def compare(session: Session, *, tick: Callable[[], object] = lambda: None) -> Compared:
    """A trail that is itself not whole is read as far as it is true. `tick` is called after each part."""
    uses, sheets_told = told(session), told(session, of=SHEET)
    unproven = [*_unproven(uses), *_unproven(sheets_told), *settings.unproven(session)]
    return Compared(list(_differences(session, uses, sheets_told, tick)), unproven)


def differences(session: Session) -> Iterator[str]:
    """As of `compare`, one after the other as they are found."""
    return _differences(session, told(session), told(session, of=SHEET), lambda: None)


def _differences(
    session: Session, uses: dict[str, Told], sheets_told: dict[str, Told], tick: Callable[[], object]
) -> Iterator[str]:
    states, decided, names, bare = _told(session)
    tick()
    yield from legible.faults(session)
    yield from (f"line {seq} says {what} and names no decision" for seq, what in bare)
    yield from _of_uses(session, states, names)
    yield from _of_decisions(session, decided, names)
    yield from comparing.differences(session, uses)
    yield from comparing.differences_of_sheets(session, sheets_told)
    for each in BESIDE.values():
        tick()
        yield from each.differences(session)


def _unproven(uses: dict[str, Told]) -> Iterator[str]:
    for use, known in sorted(uses.items(), key=lambda each: (each[1].ref or "", each[0])):
        for seq, field in known.erased:
            what = "what line {} recorded" if field == RECORD else "the words of line {}"
            yield f"{known.ref or use}: {what.format(seq)} (erased)"
        for seq in sorted({seq for seq, _ in known.replaced}):
            yield f"{known.ref or use}: what line {seq} said of a person who was erased (a pseudonym stands there)"


Decided = dict[str, tuple[str, str]]


def _told(session: Session) -> tuple[dict[str, str], Decided, dict[str, str], list[tuple[int, str]]]:
    """By the trail: each use's last state, (use, state) of each decision, the reference of each use; and lines
    that tell of a decision without naming one, though lines before them commit to records."""
    states: dict[str, str] = {}
    decided: Decided = {}
    names: dict[str, str] = {}
    bare: list[tuple[int, str]] = []
    began = False
    for line in records(session):
        (kind, use), detail = line.subject, line.detail
        if kind != USE:
            continue
        began = began or RECORD in line.texts
        names[use] = str(detail.get("ref", names.get(use, use)))
        if "status" in detail:
            states[use] = str(detail["status"])
        elif line.what != ERASED and not line.what.endswith(".refused"):
            states.pop(use, None)  # a line from before states were told: what holds now is not known
        if "decision" in detail:
            decided[str(detail["decision"])] = (use, line.what.removeprefix("case."))
        elif began and line.what in DECIDED:
            bare.append((line.seq, line.what))
    return states, decided, names, bare


def _of_uses(session: Session, states: dict[str, str], names: dict[str, str]) -> Iterator[str]:
    kept: dict[str, str] = {}
    refs: dict[str, str | None] = {}
    for row in rows(session, "use"):
        kept[row["id"]], refs[row["id"]] = row["state"], row["ref"]
    for use in sorted(states.keys() - kept.keys()):
        yield f"{names[use]} is missing, the trail knows it as {states[use]}"
    for use, state in sorted(kept.items(), key=lambda each: refs[each[0]] or each[0]):
        if use not in names:
            yield f"{refs[use] or use} is {state}, the trail does not know it"
        elif states.get(use, state) != state:
            yield f"{refs[use] or use} is {state}, the trail says {states[use]}"


def _of_decisions(
    session: Session, decided: dict[str, tuple[str, str]], names: dict[str, str]
) -> Iterator[str]:
    kept = {row["id"]: row for row in rows(session, "decision", subject_kind=USE)}
    for id in sorted(decided.keys() - kept.keys()):
        of, state = decided[id]
        yield f"the decision {id} on {names[of]} ({state}) is missing"
    for id, row in sorted(kept.items()):
        use = names.get(row["subject_id"], row["subject_id"])
        if id not in decided:
            yield f"the trail does not know the decision {id} on {use} ({row['outcome']})"
        elif decided[id] != (row["subject_id"], row["outcome"]):
            yield f"the decision {id} on {use} is {row['outcome']}, the trail says {decided[id][1]}"
