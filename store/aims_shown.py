"""Entries as they are shown: without the references of uses and incidents that are confidential now.

What is kept stays as it is; whoever may read such a use finds it where it stands itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select

from store.tables import IncidentRow, UseRow
from triage.aims.differing import HIDDEN
from triage.aims.entry import Entry, Said, Step
from triage.aims.kinds import RULE

CLOSED = re.compile(r"\bAI[UI]-[0-9]{4}-[0-9]{4,8}\b")
"""What may be confidential, by how it is numbered."""
LEFT = "AI…"
"""In its place where a rule named it within a sentence."""


def hidden_refs(session: Session, refs: Iterable[str]) -> frozenset[str]:
    """Of these references those that are not for everybody in governance."""
    asked = {ref for ref in refs if CLOSED.fullmatch(ref)}
    if not asked:
        return frozenset()
    uses = select(UseRow.ref).where(col(UseRow.ref).in_(asked), col(UseRow.confidential))
    of_closed = select(UseRow.id).where(col(UseRow.confidential))
    incidents = select(IncidentRow.ref).where(
        col(IncidentRow.ref).in_(asked),
        col(IncidentRow.confidential) | col(IncidentRow.use_id).in_(of_closed),
    )
    return frozenset(str(ref) for query in (uses, incidents) for ref in session.exec(query).all())


def refs_of(said: Mapping[str, Said]) -> frozenset[str]:
    """Those that a version names."""
    return frozenset(each for value in said.values() if isinstance(value, tuple) for each in value)


def shown(session: Session, entry: Entry) -> Entry:
    """To be read; never to be decided about."""
    hidden = hidden_refs(session, {ref for step in entry.steps for ref in _named(step)})
    if not hidden:
        return entry
    steps = tuple(_without(step, hidden) for step in entry.steps)
    return Entry(id=entry.id, kind=entry.kind, name=entry.name, ref=entry.ref, steps=steps)


def unnamed(entry: Entry) -> Entry:
    """For a paper that has to come out alike on every day: of what a rule wrote all such references are left out,
    whether they are confidential now or not."""
    if not any(step.role == RULE for step in entry.steps):
        return entry
    steps = (
        step.model_copy(update={"texts": {name: CLOSED.sub(LEFT, text) for name, text in step.texts.items()}})
        if step.role == RULE
        else step
        for step in entry.steps
    )
    return Entry(id=entry.id, kind=entry.kind, name=entry.name, ref=entry.ref, steps=tuple(steps))


def _named(step: Step) -> Iterable[str]:
    for value in step.detail.values():
        yield from value if isinstance(value, tuple) else ()
    for text in step.texts.values() if step.role == RULE else ():
        yield from CLOSED.findall(text)


def _without(step: Step, hidden: frozenset[str]) -> Step:
    """What people wrote stays as they wrote it."""
    detail = {name: _counted(value, hidden) for name, value in step.detail.items()}
    texts: Mapping[str, str] = step.texts
    if step.role == RULE:
        texts = {
            name: CLOSED.sub(lambda at: LEFT if at[0] in hidden else at[0], text)
            for name, text in step.texts.items()
        }
    return step.model_copy(update={"detail": detail, "texts": texts})


def _counted(value: Said, hidden: frozenset[str]) -> Said:
    if not isinstance(value, tuple) or not (gone := hidden & set(value)):
        return value
    return (*(each for each in value if each not in hidden), f"{HIDDEN}{len(gone)}")
